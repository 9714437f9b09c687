"""``footnote eval``: how well are questions with known answers answered?"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bot.terminal.commands.adding import Subparsers, add
from bot.terminal.exits import Exit

if TYPE_CHECKING:
    from bot.evaluation import Case, Result, Score
    from bot.terminal.page import Page
    from index import Engine

#: Thresholds that are shown beside the one in force.
_THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)

_EXAMPLES = """\
examples:
  footnote eval questions.jsonl            your questions, about your documents
  footnote eval --json questions.jsonl     one JSON object a question
  FOOTNOTE_THRESHOLD=0.6 footnote eval questions.jsonl

questions.jsonl holds one question a line, with the sentences that answer it, or none:
  {"question": "What is a topic?", "quotes": ["Tariffs are set to be a major topic of discussion."]}
  {"question": "Who will Witkoff meet in Spain?", "quotes": []}
exit codes: 0 done, 2 the questions cannot be read
"""


def register(subparsers: Subparsers) -> None:
    parser = add(
        subparsers,
        "eval",
        run,
        help="measure answers to your own questions",
        description="Counts what is answered rightly, answered wrongly and refused.",
        epilog=_EXAMPLES,
    )
    parser.add_argument("file", type=Path, metavar="FILE", help="questions: JSON lines or a list")
    parser.add_argument("--json", action="store_true", help="print one JSON object a question")


def run(args: argparse.Namespace) -> Exit:
    from bot.terminal import startup
    from bot.terminal.question_file import read_cases

    settings = startup.begin()
    cases = read_cases(args.file, settings.max_question_chars)
    engine = startup.open_reporting(settings)
    try:
        _check_quotes(engine, cases)
        return _evaluate(engine, cases, as_json=args.json)
    finally:
        engine.close()


def _evaluate(engine: Engine, cases: Sequence[Case], *, as_json: bool) -> Exit:
    from bot.evaluation import score
    from bot.terminal.contract import dumps
    from bot.terminal.output import write_line
    from bot.terminal.screen import open_screen

    threshold = engine.threshold
    results = _ask_all(engine, cases)
    if as_json:
        for result in results:
            write_line(dumps(_row(result, threshold)))
        return Exit.DONE
    scores = [score(results, each) for each in sorted({*_THRESHOLDS, threshold})]
    open_screen().show((*_failures(results, threshold), *_table(results, scores, threshold)))
    return Exit.DONE


def _check_quotes(engine: Engine, cases: Sequence[Case]) -> None:
    """Raises UsageError for an expected sentence that no document holds: nothing could be right."""
    from bot.terminal.exits import UsageError

    texts = [" ".join(document.text.split()) for document in engine.documents]
    for number, case in enumerate(cases, 1):
        for quote in case.quotes:
            if not any(" ".join(quote.split()) in text for text in texts):
                raise UsageError(
                    f"Question {number}: “{quote}” stands in no document.",
                    cure="Copy a whole sentence that answers it, or leave its quotes empty.",
                )


def _ask_all(engine: Engine, cases: Sequence[Case]) -> list[Result]:
    """Asks with no threshold, so that whatever would be shown at another is seen."""
    from bot.evaluation import Result
    from bot.terminal.startup import progress_bar
    from index import Progress

    results = []
    threshold, engine.threshold = engine.threshold, 0.0
    try:
        with progress_bar() as report:
            for done, case in enumerate(cases):
                if report is not None:
                    report(Progress("Asking", done, len(cases)))
                results.append(Result(case, engine.ask(case.question)))
    finally:
        engine.threshold = threshold
    return results


def _row(result: Result, threshold: float) -> dict[str, object]:
    cited = result.answer.citations
    return {
        "question": result.case.question,
        "outcome": result.outcome(threshold).name.lower(),
        "first_is_right": result.first_is_right if result.case.quotes else None,
        "confidence": result.answer.confidence,
        "short_answer": result.answer.short_answer,
        "quote": cited[0].quote if cited else None,
    }


def _failures(results: Sequence[Result], threshold: float) -> Page:
    """What was not as it should be, each with the quote that was found."""
    from bot.evaluation import Outcome
    from bot.terminal.page import BLANK, Line, faint, line, strong, warning

    page: list[Line] = []
    for result in results:
        outcome = result.outcome(threshold)
        if outcome in (Outcome.RIGHT, Outcome.REFUSED):
            continue
        sure = faint(f" ({result.answer.confidence:.2f})")
        page.append(line(warning(f"{outcome.value}: "), strong(result.case.question), sure))
        page += [line(citation.quote, first="  ") for citation in result.answer.citations[:1]]
    return (*page, BLANK) if page else ()


def _table(results: Sequence[Result], scores: Sequence[Score], threshold: float) -> Page:
    from bot.terminal.page import Line, faint, line, strong

    answerable = [result for result in results if result.case.quotes]
    first = sum(result.first_is_right for result in answerable)
    page: list[Line] = [
        line(
            f"{len(answerable)} questions that the documents answer"
            + (f" (the right sentence comes first for {first})" if answerable else "")
            + f", {len(results) - len(answerable)} that they do not."
        ),
        line(faint("threshold  answered rightly  refused rightly  right of what is shown")),
    ]
    for each in scores:
        cells = (each.answered_rightly, each.refused, each.right_of_shown)
        told = (f"{'-' if share is None else f'{share:.0%}':>{width}}" for share, width in
                zip(cells, (16, 15, 22), strict=True))  # fmt: skip
        row = f"{each.threshold:9.2f}  " + "  ".join(told)
        page.append(line(strong(row + "  in force") if each.threshold == threshold else row))
    return tuple(page)
