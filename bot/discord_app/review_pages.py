"""The texts of /gaps and /verify: plain values in, sections out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.discord_app.pages import SECTION_CHARS, count_of
from bot.discord_app.rendering import escape_name, fit
from bot.ledger import Gap
from bot.verification import Fallen, Standing, Verification

_MOST_LISTED = 20
_QUESTION_CHARS = 110
_WORDS = {
    Standing.STANDS: "rest on quotes that stand where they stood",
    Standing.MOVED: "rest on quotes that moved, word for word, to another place",
    Standing.CHANGED: "quote words that the document no longer has",
    Standing.GONE: "quote a document that is no longer among my sources",
}
_MARKS = {Standing.CHANGED: "words gone", Standing.GONE: "document gone"}


@dataclass(frozen=True, slots=True)
class _Counted:
    """A question, how often it was asked, and when last."""

    question: str
    times: int
    at: float


def gaps_sections(gaps: Sequence[Gap], days: int) -> list[str]:
    """``gaps`` newest first; questions that differ in capitals or closing marks alone are one."""
    if not gaps:
        return [f"Nothing that was asked here in the last {days} days was left open."]
    counted = _counted(gaps)
    lines = [
        f"- {escape_name(each.question, _QUESTION_CHARS)}"
        f" ({_times(each.times)}<t:{int(each.at)}:R>)"
        for each in counted[:_MOST_LISTED]
    ]
    if len(counted) > _MOST_LISTED:
        lines.append(f"- and {len(counted) - _MOST_LISTED} more")
    return [
        fit("\n".join(lines), SECTION_CHARS),
        f"-# {count_of(len(gaps), 'question')} in {days} days. What was asked in private, or in "
        "channels that you do not see, is left out.",
    ]


def _counted(gaps: Sequence[Gap]) -> list[_Counted]:
    """Most asked first, then newest."""
    same: dict[str, list[Gap]] = {}
    for gap in gaps:
        same.setdefault(" ".join(gap.question.casefold().split()).rstrip("?!. "), []).append(gap)
    counted = [_Counted(each[0].question, len(each), each[0].at) for each in same.values()]
    return sorted(counted, key=lambda each: (-each.times, -each.at))


def _times(times: int) -> str:
    return "" if times == 1 else f"{times} times, last "


def verification_sections(found: Verification, fallen: Sequence[Fallen]) -> list[str]:
    """``fallen`` are those of ``found`` that may be listed."""
    if not found.answers:
        return ["I keep no answer with a quote that I gave here."]
    counts = [
        f"- **{found.counts[standing]}** {words}"
        for standing, words in _WORDS.items()
        if found.counts[standing]
    ]
    sections = [f"Of {count_of(found.answers, 'answer')} that I keep:\n" + "\n".join(counts)]
    lines = [f"- {_fallen(each)}" for each in fallen[:_MOST_LISTED]]
    if len(fallen) > _MOST_LISTED:
        lines.append(f"- and {len(fallen) - _MOST_LISTED} more")
    if lines:
        lines.insert(0, "**Worth another look**, newest first:")
        sections.append(fit("\n".join(lines), SECTION_CHARS))
    hidden = len(found.fallen) - len(fallen)
    if hidden:
        sections.append(f"-# {hidden} more were given in private or where you cannot look.")
    return sections


def _fallen(each: Fallen) -> str:
    record = each.record
    question = escape_name(record.answer.question, _QUESTION_CHARS)
    link = ""
    if record.message_ids and record.channel_id is not None:
        shown_in = record.shown_in or record.channel_id
        place = f"{record.guild_id}/{shown_in}/{record.message_ids[0]}"
        link = f", https://discord.com/channels/{place}"
    return f"{question} ({_MARKS[each.standing]}, <t:{int(record.at)}:R>{link})"
