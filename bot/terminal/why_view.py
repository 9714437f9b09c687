"""How an answer came about: what ``/why`` shows."""

from __future__ import annotations

from bot.terminal.page import Line, Page, faint, item, line, marker, stack, strong, title, warning
from bot.terminal.rendering import opening, was_changed
from bot.terminal.wording import duration, shortened
from index.types import Answer, Hit, Reading, Status

#: Readings shown; those of the last passages rarely tell more.
READINGS_SHOWN = 5


def why_page(answer: Answer, *, threshold: float) -> Page:
    """Retrieval, reading, decision and timings of ``answer``.

    ``threshold`` is the lowest confidence that is shown as an answer.
    """
    return stack(
        _question(answer),
        _retrieved(answer.nearest),
        _read(answer.readings),
        _rejected(answer),
        _decided(answer, threshold),
        _timed(answer),
    )


def _question(answer: Answer) -> Page:
    rows = [line(title("Question"))]
    if was_changed(answer):
        rows.append(item(faint("asked      "), answer.question))
        rows.append(item(faint("looked up  "), answer.resolved_question))
    else:
        rows.append(line(answer.question))
    return tuple(rows)


def _retrieved(hits: tuple[Hit, ...]) -> Page:
    if not hits:
        return (line(title("Retrieved")), line("nothing"))
    rows: list[Line] = [line(title("Retrieved"), faint(" (fused from dense and lexical)"))]
    for rank, hit in enumerate(hits, start=1):
        scores = " · ".join(
            (
                f"fused {hit.score:.4f}",
                _ranked("dense", hit.dense_rank, hit.dense_score),
                _ranked("lexical", hit.lexical_rank, hit.lexical_score),
            )
        )
        rows.append(item(marker(f"{rank:2}. "), scores))
        rows.append(line(faint(opening(hit)), first="    "))
    return tuple(rows)


def _ranked(name: str, rank: int | None, score: float | None) -> str:
    if rank is None or score is None:
        return f"{name} –"
    return f"{name} #{rank} {score:.2f}"


def _read(readings: tuple[Reading, ...]) -> Page:
    if not readings:
        return ()
    rows = [line(title("Read"), faint(" (margin over “no answer”)"))]
    for reading in readings[:READINGS_SHOWN]:
        passage, span = reading.passage, reading.span
        words = passage.text[span.start - passage.start : span.end - passage.start]
        judged = f" · passage {reading.verdict:+.2f}" if reading.verdict else ""
        judged += "" if reading.alone is None else f" · sentence alone {reading.alone:+.2f}"
        margin = marker(f"{reading.margin:+6.2f}  ")
        rows.append(item(margin, shortened(words, 120) or "–", faint(judged)))
    if len(readings) > READINGS_SHOWN:
        rows.append(line(faint(f"and {len(readings) - READINGS_SHOWN} more")))
    return tuple(rows)


def _rejected(answer: Answer) -> Page:
    if not answer.rejected:
        return ()
    return (
        line(title("Dropped, because the citations do not bear it out")),
        *(
            line(warning(claim.text), faint(f" – {claim.reason}"), first="  ")
            for claim in answer.rejected
        ),
    )


def _decided(answer: Answer, threshold: float) -> Page:
    verdict = {
        Status.ANSWERED: "shown as an answer",
        Status.NOT_FOUND: "not in the document",
        Status.UNSUPPORTED: "not borne out by its citations",
    }[answer.status]
    against = f" against a threshold of {threshold:.2f}"
    return (
        line(title("Decided")),
        line(f"confidence {answer.confidence:.2f}{against}: ", strong(verdict)),
        *((line(warning(answer.notice)),) if answer.notice else ()),
        line(faint(f"{answer.engine}, build {answer.build_id}")),
    )


def _timed(answer: Answer) -> Page:
    stages = [
        f"{stage} {duration(ms)}" for stage, ms in answer.timings_ms.items() if stage != "total"
    ]
    total = answer.timings_ms.get("total")
    if total is not None:
        stages.append(f"total {duration(total)}")
    return (line(title("Took")), line(" · ".join(stages))) if stages else ()
