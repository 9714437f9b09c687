"""From a question somebody asked to the answer they see: once, and never in silence."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace

import discord

from bot.close_questions import close_questions
from bot.cooldown import Cooldown
from bot.discord_app.failures import TROUBLE, describe
from bot.discord_app.rendering import render_answer, render_draft
from bot.discord_app.replies import Drafts, Reply, Undeliverable
from bot.discord_app.scope import Where, visible
from bot.discord_app.views import answer_view
from bot.errors import ShuttingDown
from bot.ledger import AnswerRecord, Claim, Ledger, Store
from bot.service import AnswerService
from index.errors import QuestionError
from index.types import Answer, Status, Turn

log = logging.getLogger(__name__)

#: Seconds that apologies may take once time for answers is up.
_APOLOGY_S = 3.0
#: Seconds for which a question in a message is worth an excuse after a crash.
_EXCUSED_S = 86_400.0
#: Seconds that the token of an interaction lives.
_TOKEN_S = 900.0
#: Seconds after which what was said is not gone on from any more: a day later it is a new talk.
HISTORY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it reached us. ``key`` is unique to the message or interaction."""

    key: str
    text: str
    user_id: int
    where: Where
    #: The exchange it continues; None begins a new one.
    conversation: str | None
    surface: str
    private: bool = False
    #: Documents to look in; None for all that may be seen there.
    documents: frozenset[str] | None = None
    #: Of an interaction, so that a restarted bot can still excuse itself.
    token: str | None = None
    #: Answers from memory in place of the reader; gets the documents to look in.
    look_up: Callable[[frozenset[str] | None], Answer] | None = None
    #: Whether the text is a message whose claims are to be checked.
    claims: bool = False
    #: Whether others cannot see what was asked, so that the answer has to say it.
    unseen: bool = False


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]


class Questions:
    """Takes questions from every surface and brings the answers back."""

    def __init__(self, service: AnswerService, ledger: Ledger, cooldown: Cooldown) -> None:
        self._service = service
        self._ledger = ledger
        self._cooldown = cooldown
        self._inflight: dict[str, asyncio.Task[None]] = {}
        self._withdrawn: set[str] = set()
        self._closing = False

    @property
    def open_count(self) -> int:
        """Questions between arrival and answer."""
        return len(self._inflight)

    async def take(self, question: Question, reply: Reply) -> None:
        """Answer ``question`` through ``reply``, unless it was taken before. Never raises: what
        fails is said through ``reply`` and logged."""
        if question.key in self._inflight:
            return
        task = asyncio.create_task(self._take(question, reply), name=question.key)
        self._inflight[question.key] = task
        task.add_done_callback(lambda _: self._inflight.pop(question.key, None))
        await asyncio.wait([task])

    def withdraw(self, key: str) -> None:
        """The question was deleted: stop working on it and say nothing."""
        task = self._inflight.get(key)
        if task is not None:
            self._withdrawn.add(key)
            task.cancel()

    async def drain(self, timeout_s: float) -> None:
        """Wait for the questions at hand; after ``timeout_s`` apologise for the rest."""
        self._closing = True
        open_tasks = list(self._inflight.values())
        if open_tasks:
            _, late = await asyncio.wait(open_tasks, timeout=timeout_s)
            for task in late:
                task.cancel()
            if late:
                log.warning("%d questions were cut off by the shutdown", len(late))
                await asyncio.wait(late, timeout=_APOLOGY_S)

    async def _take(self, question: Question, reply: Reply) -> None:
        try:
            await reply.begin()  # Discord waits three seconds, people not much longer
            if not await self._claim(question):
                await reply.withdraw()
                return
            await self._answer(question, reply)
        except asyncio.CancelledError:
            await self._cancelled(question, reply)
        except Undeliverable:
            pass  # logged where it was found out
        except Exception as error:  # noqa: BLE001 - the edge: the user is told, the log knows why
            await self._say(reply, describe(error, f"A question ({question.surface})").line)
        await self._ledger.write(Store.finish, question.key)

    async def _claim(self, question: Question) -> bool:
        claim = Claim(
            key=question.key,
            at=self._ledger.now(),
            channel_id=question.where.channel_id,
            token=question.token,
            digest=digest(question.text),
            user=self._ledger.pseudonym(question.user_id),
        )
        return await self._ledger.claim(claim)

    async def _answer(self, question: Question, reply: Reply) -> None:
        if self._closing:
            raise ShuttingDown
        self._cooldown.take(question.user_id)
        answer = await self._find_answer(question, reply)
        if answer.status is Status.NOT_FOUND and answer.nearest and not answer.choices:
            book = self._service.engine.fact_book
            offered = await asyncio.to_thread(close_questions, answer, book)
            answer = replace(answer, choices=offered)
        record = self._record(question, answer)
        # Kept before it is shown: its buttons may be clicked at once.
        await self._ledger.save_answer(record)
        titles = {document.id: document.title for document in self._service.engine.documents}
        # In a thread: a document may hold one sentence of a million characters.
        message = await asyncio.to_thread(render_answer, answer, titles=titles)
        if question.unseen:
            message = message.with_question(question.text)
        shown = await reply.show(message, answer_view(record, message))
        await self._ledger.shown(record.id, tuple(each.id for each in shown), shown[0].channel.id)

    async def _find_answer(self, question: Question, reply: Reply) -> Answer:
        documents = self._documents(question)
        if question.look_up is not None:
            # In a thread: the first look reads the fact sheets of a build into memory.
            return await asyncio.to_thread(question.look_up, documents)
        if question.claims:
            return await self._service.check(
                question.text, documents=documents, on_wait=reply.waiting
            )
        drafts = Drafts(reply.draft)
        try:
            return await self._service.ask(
                question.text,
                await self._history(question),
                documents=documents,
                on_wait=reply.waiting,
                on_settled=lambda text: drafts.put(render_draft(text)),
            )
        finally:
            await drafts.close()

    async def _history(self, question: Question) -> tuple[Turn, ...]:
        if question.conversation is None:
            return ()
        since = self._ledger.now() - HISTORY_S
        return await self._ledger.read(Store.turns, question.conversation, since)

    def _documents(self, question: Question) -> frozenset[str] | None:
        """The documents to look in, None for all. Raises QuestionError when there are none."""
        engine = self._service.engine
        allowed = frozenset(d.id for d in visible(engine.documents, question.where))
        if question.documents is not None:
            wanted = question.documents & allowed
            if not wanted:
                raise QuestionError(
                    "There is no such document here.", cure="/sources lists those that there are."
                )
            return wanted
        if len(allowed) == len(engine.documents):
            return None
        if not allowed:
            raise QuestionError(
                "None of my documents may be shown here.",
                cure="Whoever runs me decides where each one is.",
            )
        return allowed

    def _record(self, question: Question, answer: Answer) -> AnswerRecord:
        return AnswerRecord(
            id=secrets.token_hex(6),
            at=self._ledger.now(),
            user=self._ledger.pseudonym(question.user_id),
            guild_id=question.where.guild_id,
            channel_id=question.where.channel_id,
            conversation=question.conversation or question.key,
            private=question.private,
            surface=question.surface,
            answer=answer,
        )

    async def _cancelled(self, question: Question, reply: Reply) -> None:
        if question.key in self._withdrawn:
            self._withdrawn.discard(question.key)
            await reply.withdraw()
            return
        await self._say(reply, describe(ShuttingDown(), "A question").line)

    async def _say(self, reply: Reply, line: str) -> None:
        try:
            await reply.say(line)
        except TROUBLE as error:
            log.error("A line could not be shown: %s", error)


async def excuse_unfinished(client: discord.Client, ledger: Ledger, started: float) -> int:
    """Say sorry for questions that an earlier run took up and never finished, as after a crash;
    the number of them."""
    claims = await ledger.read(Store.unfinished, started - _EXCUSED_S, started)
    line = describe(ShuttingDown(), "A question").line
    for claim in claims:
        kind, _, number = claim.key.partition(":")
        try:
            if kind == "i" and claim.token is not None and claim.at >= started - _TOKEN_S:
                await _edit_deferred(client, claim.token, line)
            elif kind == "m" and claim.channel_id is not None:
                await client.get_partial_messageable(claim.channel_id).send(
                    line,
                    reference=discord.MessageReference(
                        message_id=int(number),
                        channel_id=claim.channel_id,
                        fail_if_not_exists=False,
                    ),
                    mention_author=False,
                    # The answer's own nonce: if it was shown after all, this is not.
                    nonce=f"{number}-0",
                )
        except TROUBLE as error:
            log.info("A question of an earlier run cannot be excused: %s", error)
        await ledger.write(Store.finish, claim.key)
    return len(claims)


async def _edit_deferred(client: discord.Client, token: str, line: str) -> None:
    route = discord.http.Route(
        "PATCH",
        "/webhooks/{webhook_id}/{webhook_token}/messages/@original",
        webhook_id=client.application_id,
        webhook_token=token,
    )
    await client.http.request(route, json={"content": line, "allowed_mentions": {"parse": []}})
