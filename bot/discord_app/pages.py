"""The texts of /help, /status, /sources and /privacy: plain values in, sections out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.discord_app.rendering import escape, escape_name, fit
from bot.ledger import LedgerHealth
from index.types import Document

#: Of the 4000 characters of a page.
SECTION_CHARS = 3000
_MOST_LISTED = 25


@dataclass(frozen=True, slots=True)
class Vitals:
    """What /status tells."""

    documents: int
    passages: int
    reader: str
    build_id: str
    built_at: datetime
    working: int
    waiting: int
    started_at: float
    latency_s: float
    servers: int
    hears_all: bool
    ledger: LedgerHealth


def help_line(*, attachments: bool = False) -> str:
    """The answer to an address without a question."""
    if attachments:
        return "I can only read text. Please write your question, or use /help to see what I do."
    return "What would you like to know? Write your question after my name, or use /help."


def role_line(mention: str) -> str:
    """The answer to a mention of our role: it looks the same, but hides the question from us."""
    return (
        f"You have named my role, so Discord did not show me your question. Please ask {mention} "
        "itself: of the two of that name, the one in the list of members."
    )


def help_sections(documents: Sequence[Document], *, hears_all: bool) -> list[str]:
    about = (
        f"“{escape_name(documents[0].title)}”"
        if len(documents) == 1
        else f"{len(documents)} documents (see /sources)"
    )
    threads = (
        "In a thread that I opened, every message is a follow-up."
        if hears_all
        else "In a thread that I opened, mention me or use the Follow-up button."
    )
    return [
        f"I answer questions about {about}, and prove each answer with a quote from it, word "
        "for word. What is not in there, I say so.",
        "**Ask me**\n"
        "- Mention me with your question, or write to me directly.\n"
        "- `/ask` works everywhere; with `private` only you see the answer.\n"
        "- Reply to an answer, with the mention on, or press *Follow-up* to go on. "
        f"{threads}\n"
        "- `/who`, `/when`, `/where`, `/figures`, `/quotes`, `/timeline`, `/summary` and `/fact` "
        "look things up at once, with suggestions while you type.\n"
        "- In the menu of any message, under *Apps*: *Ask the document* and "
        "*Check against the document*.",
        "**Under an answer**\n"
        "- *Source* opens the quote where it stands; only you see it.\n"
        "- A question on a button is one that I can answer: press it to ask it.\n"
        "- *Helpful* and *Not helpful* tell my operator how I did.\n"
        "- *Delete* is for whoever asked, and for moderators.",
        "**More**\n`/new`, `/sources`, `/status`, `/privacy`, `/forget-me`; for those who manage "
        "the server `/reload`, `/channel`, `/gaps` and `/verify`.",
    ]


def status_sections(vitals: Vitals) -> list[str]:
    built = int(vitals.built_at.timestamp())
    latency = f"{vitals.latency_s * 1000:.0f} ms" if vitals.latency_s < 60 else "unknown"
    sections = [
        f"**Documents:** {vitals.documents}, in {count_of(vitals.passages, 'passage')}\n"
        f"**Read:** <t:{built}:f>, <t:{built}:R> (build {escape_name(vitals.build_id, 40)})\n"
        f"**Reader:** {escape_name(vitals.reader)}",
        f"**Questions:** {vitals.working} being answered, {vitals.waiting} waiting\n"
        f"**Running:** since <t:{int(vitals.started_at)}:R>, "
        f"in {count_of(vitals.servers, 'server')}\n"
        f"**Way to Discord:** {latency}\n"
        f"**Message Content intent:** {'on' if vitals.hears_all else 'off'}",
    ]
    if vitals.ledger.problem is not None:
        sections.append(
            "**My ledger is out of use.** I answer all the same, but buttons, votes and "
            "follow-ups may not outlive a restart. My log says why."
        )
    elif vitals.ledger.set_aside is not None:
        sections.append(
            "**My ledger was damaged** and has been begun anew; the old one was kept aside. "
            "Buttons under older answers no longer work."
        )
    return sections


def sources_sections(documents: Sequence[Document]) -> list[str]:
    lines = []
    for document in documents[:_MOST_LISTED]:
        dated = f", {document.published.isoformat()}" if document.published is not None else ""
        words = f"{len(document.text.split()):,}"
        lines.append(f"- **{escape_name(document.title)}** ({words} words{dated})")
    if len(documents) > _MOST_LISTED:
        lines.append(f"- and {len(documents) - _MOST_LISTED} more")
    if not lines:
        lines.append("None that may be shown here.")
    return [fit("\n".join(lines), SECTION_CHARS)]


def privacy_sections(retention_days: int, *, elsewhere: str | None = None) -> list[str]:
    """``elsewhere`` names who is sent the questions, where they do not stay on this machine."""
    return [
        "**What I keep.** Questions put to me, my answers with their quotes, and votes; they "
        "make the buttons work, and show my operator what the documents do not answer.",
        f"**How long.** {retention_days} days, then it is deleted.",
        "**Your name.** I do not store your user id, only a keyed hash of it, so that I can tell "
        "your answers from others'. Messages that are not put to me are not kept.",
        f"**Where.** In a file beside me. {_where_answered(elsewhere)}",
        "**/forget-me** deletes what I keep about you. Messages that I posted stay: delete them "
        "with their button first. Once I do not keep an answer any more, by your wish or by its "
        "age, I cannot tell whose it was, and only moderators can delete it.",
    ]


def _where_answered(elsewhere: str | None) -> str:
    if elsewhere is None:
        return "Questions are answered on the machine I run on."
    return (
        f"Answers are written by a language model at {escape_name(elsewhere)}: your question, "
        "what was said before it in the same conversation, and passages of the documents are "
        "sent there."
    )


def count_of(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def reload_line(stage: str, done: int, total: int) -> str:
    share = f" {done} of {total}" if total else ""
    return f"Reading the documents again: {escape(stage)}{share}. I go on answering meanwhile."
