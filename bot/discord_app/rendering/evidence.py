"""What the document has on a claim that somebody wrote. No verdict: the reader compares."""

from __future__ import annotations

from bot.discord_app.rendering.answer import Message, SourceLabel
from bot.discord_app.rendering.escape import escape, escape_name, quoted
from bot.discord_app.rendering.split import CONTENT_LIMIT, fit
from index.types import Answer, Status

_CLAIM = 300
_PASSAGE = 420
_MOST = 3


def render_evidence(claim: str, answer: Answer, *, titles: dict[str, str], cut: bool) -> Message:
    """The passages closest to ``claim``; ``cut`` says that only its beginning was looked up."""
    lines = ["**The message**", quoted(fit(escape(claim), _CLAIM)), ""]
    labels: list[SourceLabel] = []
    if answer.status is Status.ANSWERED and answer.citations:
        lines.append("**Closest evidence in the document**")
        for citation in answer.citations[:_MOST]:
            quote = quoted(fit(escape(citation.quote), _PASSAGE))
            lines.append(f"[{citation.number}] {escape_name(citation.title)}\n{quote}")
            labels.append(SourceLabel("s", citation.number, f"Source {citation.number}"))
    elif answer.nearest:
        lines.append("**Not found in the document.** The closest passages are:")
        for number, hit in enumerate(answer.nearest[:_MOST], start=1):
            title = titles.get(hit.passage.document_id, hit.passage.document_id)
            passage = quoted(fit(escape(hit.passage.text), _PASSAGE))
            lines.append(f"{number}. {escape_name(title)}\n{passage}")
            labels.append(SourceLabel("n", number, f"Passage {number}"))
    else:
        lines.append("**Not found in the document.** Nothing in it comes close.")
    if cut:
        lines.append("-# The message is long; I looked up its beginning.")
    lines.append("-# I show evidence, not a verdict: please compare the two yourself.")
    return Message((fit("\n".join(lines), CONTENT_LIMIT),), tuple(labels))
