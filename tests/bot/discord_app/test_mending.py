"""Events with no more in them than a question needs, over the sockets."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest

from bot.discord_app.mending import mend
from tests.bot.discord_app.conftest import StartBot
from tests.bot.scripted import ScriptedEngine
from tests.fakes.discord import LoopbackDiscord
from tests.fakes.discord.sessions import Session

Event = dict[str, Any]
#: What must be there, by the object it is in; all else is left out.
_MESSAGE = {"id", "channel_id", "guild_id", "author", "content", "mentions"}
_INTERACTION = {
    *("id", "application_id", "type", "token", "data", "channel_id", "guild_id", "guild"),
    *("member", "user", "message"),
}


def bare(event: str, data: Event) -> Event:
    """``data`` with the bare minimum, and ids as numbers."""
    keep = _MESSAGE if event == "MESSAGE_CREATE" else _INTERACTION
    kept = {key: copy.deepcopy(value) for key, value in data.items() if key in keep}
    if "message" in kept:
        inner = {"id", "channel_id", "author", "components"}
        kept["message"] = {key: v for key, v in kept["message"].items() if key in inner}
        kept["message"]["author"] = {"id": kept["message"]["author"]["id"]}
    for person in (kept.get("author"), kept.get("user"), *kept.get("mentions", ())):
        if person is not None:
            kept_id = int(person["id"])
            person.clear()
            person["id"] = kept_id
    if "member" in kept:
        user = {"id": int(kept["member"]["user"]["id"])}
        kept["member"] = {"user": user, "permissions": kept["member"]["permissions"]}
    return kept


def nulled(event: str, data: Event) -> Event:
    """``data`` with null in place of everything that may be missing."""
    without = bare(event, data)
    return without | {key: None for key in data if key not in without}


@pytest.mark.parametrize("spoil", [bare, nulled])
async def test_nothing_is_lost_for_want_of_what_is_not_needed(
    loopback_discord: LoopbackDiscord,
    start_bot: StartBot,
    monkeypatch: pytest.MonkeyPatch,
    spoil: Callable[[str, Event], Event],
) -> None:
    server = loopback_discord
    guild = server.guild()
    channel = guild.channel("general")
    ann = server.user("Ann", guild)
    async with start_bot(ScriptedEngine(), discord_cooldown_s=0):
        dispatch = Session.dispatch

        def spoilt(session: Session, name: str, data: Event) -> None:
            by_bot = data.get("author", {}).get("id") == str(server.bot.id)
            if name in {"MESSAGE_CREATE", "INTERACTION_CREATE"} and not by_bot:
                data = spoil(name, data)
            dispatch(session, name, data)

        monkeypatch.setattr(Session, "dispatch", spoilt)
        answer = await server.until_replied(ann.mentions_bot(channel, "When?"))
        await server.until_replied(ann.says(ann.dm, "When?"))
        asked = await server.until_response(ann.slash(channel, "ask", question="When?"))
        assert "opened in 1894" in asked.text
        in_private = await server.until_response(ann.slash(ann.dm, "ask", question="When?"))
        assert "opened in 1894" in in_private.text
        opened = await server.until_response(ann.clicks(answer, "Source 1"))
        assert "Source 1" in opened.text
        form = ann.clicks(answer, "Follow-up")
        await form.shown_modal()
        followed = await server.until_response(ann.submits(form, text="And then?"))
        assert "Asked: And then?" in followed.text


@pytest.mark.parametrize("data", [None, [], "x", {}, {"message": 5}, {"mentions": [1]}])
@pytest.mark.parametrize("event", ["MESSAGE_CREATE", "INTERACTION_CREATE", "TYPING_START"])
def test_what_cannot_be_mended_is_left_to_the_parser(event: str, data: Any) -> None:
    mend(event, copy.deepcopy(data))


def test_what_is_there_stays() -> None:
    whole: Event = {"type": 19, "content": "x", "mentions": [{"id": 1, "username": "a"}]}
    mended = copy.deepcopy(whole)
    mend("MESSAGE_CREATE", mended)
    assert (mended["type"], mended["content"]) == (19, "x")
    assert mended["mentions"][0]["username"] == "a"
