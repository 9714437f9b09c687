"""What is under an answer: sources, follow-up, votes, delete; also after a restart."""

from __future__ import annotations

from dataclasses import replace

from bot.ledger import Store
from index.types import Span
from tests.bot.discord_app.conftest import StartBot
from tests.bot.scripted import ScriptedEngine, answered, document, not_found
from tests.fakes.discord import Actor, Channel, LoopbackDiscord, Permission

ADA = Span(26, 30)


def people(server: LoopbackDiscord) -> tuple[Channel, Actor, Actor]:
    guild = server.guild()
    return guild.channel("general"), server.user("Ann", guild), server.user("Bob", guild)


async def test_a_source_opens_for_whoever_clicks_and_survives_a_restart(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    async with start_bot():
        answer = await server.until_replied(ann.mentions_bot(channel, "Who will Witkoff meet?"))
    async with start_bot():
        clicked = bob.clicks(answer, "Source 1")
        opened = await server.until_response(clicked)
    assert clicked.is_ephemeral and not opened.pings
    assert "> Witkoff is set to meet French President **Emmanuel Macron**" in opened.text
    assert "US Secretary of State Marco Rubio" in opened.text  # what surrounds it
    assert "has changed" not in opened.text


async def test_a_source_of_a_changed_document_shows_the_stored_quote_and_says_so(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    engine = ScriptedEngine(lambda q: answered(document(), question=q, quote=Span(0, 44)))
    async with start_bot(engine):
        answer = await server.until_replied(ann.mentions_bot(channel, "When?"))
        engine.documents = (document("Rewritten from beginning to end."),)
        opened = await server.until_response(ann.clicks(answer, "Source 1"))
        assert "> The harbour was opened in 1894 by Ada Quill." in opened.text
        assert "has changed since" in opened.text
        engine.documents = (document("Another.", id="other.txt"),)
        opened = await server.until_response(ann.clicks(answer, "Source 1"))
        assert "no longer among my sources" in opened.text


async def test_what_was_nearest_opens_too(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    engine = ScriptedEngine(lambda q: not_found(document(), question=q))
    async with start_bot(engine) as running:
        answer = await server.until_replied(ann.mentions_bot(channel, "Who painted it?"))
        assert "not in the document" in answer.text and "The harbour was opened" in answer.text
        opened = await server.until_response(ann.clicks(answer, "Passage 1"))
        assert "Not an answer, only close" in opened.text
        (gap,) = await running.ledger.read(Store.gaps, channel.guild.id if channel.guild else 0)
        assert (gap.question, gap.channel_id) == ("Who painted it?", channel.id)


async def test_close_questions_are_offered_and_answered_even_after_a_restart(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    async with start_bot():
        asked = ann.mentions_bot(channel, "How much does the trip cost?")
        answer = await server.until_replied(asked)
        assert "Close to it, and answered there:" in answer.text
        offered = [b.label for b in answer.buttons if b.label and b.label.startswith("Who is")]
        assert "Who is Steve Witkoff?" in offered and len(offered) <= 3
        chosen = await server.until_response(ann.clicks(answer, "Who is Steve Witkoff?"))
        assert "special envoy" in chosen.text and "Asked: Who is Steve Witkoff?" in chosen.text
        hidden = ann.slash(channel, "ask", question="How much does the trip cost?", private=True)
        shown = await server.until_response(hidden)
        private = ann.clicks(shown, "Who is Steve Witkoff?")
        await server.until_response(private)
        assert private.is_ephemeral
    async with start_bot():
        again = await server.until_response(bob.clicks(answer, "Who is Steve Witkoff?"))
        assert "special envoy" in again.text
        await server.until_response(ann.slash(channel, "forget-me"))
        gone = await server.until_response(bob.clicks(answer, "Who is Steve Witkoff?"))
        assert "do not keep that answer" in gone.text


async def test_follow_up_continues_the_conversation_even_after_a_restart(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    engine = ScriptedEngine()
    async with start_bot(engine):
        answer = await server.until_replied(ann.mentions_bot(channel, "When was it opened?"))
        clicked = bob.clicks(answer, "Follow-up")
        await clicked.shown_modal()
    async with start_bot(engine):
        sent = bob.submits(clicked, text="And by whom?")
        follow_up = await server.until_response(sent)
        assert not sent.is_ephemeral and "Asked: And by whom?" in follow_up.text
    assert [len(history) for history in engine.histories] == [0, 1]


async def test_a_follow_up_to_a_private_answer_stays_private(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        asked = ann.slash(channel, "ask", question="When?", private=True)
        answer = await server.until_response(asked)
        clicked = ann.clicks(answer, "Follow-up")
        await clicked.shown_modal()
        sent = ann.submits(clicked, text="And by whom?")
        await server.until_response(sent)
        assert sent.is_ephemeral
    assert all(message.is_ephemeral for message in channel.bot_messages)


async def test_votes_are_counted_with_their_reason(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    async with start_bot(ScriptedEngine()) as running:
        answer = await server.until_replied(ann.mentions_bot(channel, "When?"))
        thanked = bob.clicks(answer, "👍 Helpful")
        assert "noted: helpful" in (await server.until_response(thanked)).text
        assert thanked.is_ephemeral
        clicked = ann.clicks(answer, "👎 Not helpful")
        await clicked.shown_modal()
        sent = ann.submits(clicked, text="Wrong year")
        assert "not helpful" in (await server.until_response(sent)).text
        (kept,) = await running.ledger.read(Store.answers_before, None, None, 9)
        votes = await running.ledger.read(Store.votes, kept.id)
        assert sorted((vote.helpful, vote.reason) for vote in votes) == [
            (False, "Wrong year"),
            (True, ""),
        ]
        assert str(ann.id) not in "".join(vote.user for vote in votes)


async def test_delete_is_for_the_asker_and_for_moderators(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    assert channel.guild is not None
    mods = channel.guild.role("mods", Permission.MANAGE_MESSAGES)
    mod = server.user("Mod", channel.guild, roles=(mods,))
    async with start_bot(ScriptedEngine()):
        answer = await server.until_replied(ann.mentions_bot(channel, "When?"))
        refused = await server.until_response(bob.clicks(answer, "Delete"))
        assert "Only whoever asked" in refused.text and not answer.is_deleted
        ann.clicks(answer, "Delete")
        await server.until(lambda: answer.is_deleted)
        second = await server.until_replied(ann.mentions_bot(channel, "When, again?"))
        mod.clicks(second, "Delete")
        await server.until(lambda: second.is_deleted)


async def test_in_direct_messages_whoever_clicks_is_who_asked(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    _, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        answer = await server.until_replied(ann.says(ann.dm, "When?"))
        await server.until_response(ann.slash(ann.dm, "forget-me"))
        ann.clicks(answer, "Delete")
        await server.until(lambda: answer.is_deleted)


async def test_delete_takes_all_parts_of_a_long_answer(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    source = document("A sentence of some length, no more. " * 45)
    engine = ScriptedEngine(lambda q: answered(source, question=q), documents=(source,))
    async with start_bot(engine):
        ann.mentions_bot(channel, "All of it?")
        parts = await server.until_posted(channel, 2)
        await server.until(lambda: parts[-1].buttons)
        assert not parts[0].buttons and parts[-1].buttons
        ann.clicks(parts[-1], "Delete")
        await server.until(lambda: all(part.is_deleted for part in parts))


async def test_buttons_of_a_forgotten_answer_say_so(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    async with start_bot(ScriptedEngine()):
        answer = await server.until_replied(ann.mentions_bot(channel, "When?"))
        told = await server.until_response(ann.slash(channel, "forget-me"))
        assert "Deleted: 1" in told.text
        for label in ("Source 1", "👍 Helpful"):
            shown = await server.until_response(bob.clicks(answer, label))
            assert "do not keep that answer" in shown.text
        told = await server.until_response(ann.slash(channel, "forget-me"))
        assert "nothing that I keep" in told.text


async def test_buttons_and_forms_of_older_versions_are_answered(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    async with start_bot(ScriptedEngine()):
        answer = await server.until_replied(ann.mentions_bot(channel, "When?"))
        for custom_id in ("src:1", "fn0:s:abc", "fn1:s:zz:1", "fn1:x"):
            shown = await server.until_response(ann.clicks_stale(answer, custom_id))
            assert "older version" in shown.text
        shown = await server.until_response(ann.sends_stale_command(channel, "old"))
        assert "do not know this command" in shown.text


async def test_an_edited_question_is_offered_once_and_never_answered_unasked(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    engine = ScriptedEngine()
    async with start_bot(engine):
        asked = ann.mentions_bot(channel, "When was it opend?")
        await server.until_replied(asked)
        ann.edits(asked, f"{server.bot.mention} When was it opened?")
        offer = (await server.until_posted(channel, 2))[-1]
        assert engine.asked == ["When was it opend?"]
        ann.edits(asked, f"{server.bot.mention} When was it closed?")
        refused = await server.until_response(bob.clicks(offer, "Ask the edited question"))
        assert "Only whoever wrote" in refused.text
        ann.clicks(offer, "Ask the edited question")
        await server.until(lambda: "[1]" in offer.content)
        assert engine.asked == ["When was it opend?", "When was it closed?"]
        assert len([m for m in channel.bot_messages if not m.is_ephemeral]) == 2


async def test_documents_of_one_server_are_not_shown_in_another(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    home, away = server.guild("Home"), server.guild("Away")
    inside, outside = home.channel("general"), away.channel("general")
    ann = server.user("Ann", home, away)
    secret = document(title="Minutes", id="minutes.txt", discord_servers=str(home.id))
    public = document(id="public.txt", title="Leaflet")
    engine = ScriptedEngine(documents=(secret, public))
    async with start_bot(engine):
        await server.until_replied(ann.mentions_bot(inside, "When?"))
        await server.until_replied(ann.mentions_bot(outside, "When?"))
        await server.until_replied(ann.says(ann.dm, "When?"))
        assert engine.scopes == [None, {"public.txt"}, {"public.txt"}]
        listed = await server.until_response(ann.slash(outside, "sources"))
        assert "Leaflet" in listed.text and "Minutes" not in listed.text
        named = ann.slash(outside, "ask", question="When?", document="minutes.txt")
        assert "[1]" not in (await server.until_response(named)).text
        typed = ann.types_autocomplete(outside, "ask", "document", "Min", question="x")
        assert "minutes.txt" not in [c["value"] for c in await typed.shown_choices()]


async def test_a_button_does_not_open_an_answer_of_another_channel(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, bob = people(server)
    assert channel.guild is not None
    other = channel.guild.channel("other")
    async with start_bot(ScriptedEngine()):
        hidden = await server.until_response(
            ann.slash(channel, "ask", question="When?", private=True)
        )
        stolen = hidden.button("Source 1").custom_id
        shown = await server.until_replied(bob.mentions_bot(other, "When?"))
        assert stolen is not None
        opened = await server.until_response(bob.clicks_stale(shown, stolen))
        assert "belongs to another channel" in opened.text and "1894" not in opened.text


async def test_answer_with_many_sources_has_rows_of_buttons(
    loopback_discord: LoopbackDiscord, start_bot: StartBot
) -> None:
    server = loopback_discord
    channel, ann, _ = people(server)
    source = replace(document(), title="T")
    engine = ScriptedEngine(
        lambda q: answered(source, question=q, short=ADA, count=12), documents=(source,)
    )
    async with start_bot(engine):
        ann.mentions_bot(channel, "When?")
        shown = await server.until(
            lambda: next((m for m in channel.bot_messages if m.buttons), None)
        )
        labels = [button.label for button in shown.buttons]
        assert labels[:10] == [f"Source {n}" for n in range(1, 11)]
        assert labels[-1] == "Delete"
