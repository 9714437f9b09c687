"""What of a lying language model reaches the user: adversarial outputs through the whole path.

    python -m bench.llm_sins

Each output is written by a scripted model for a question about its document, from the passages
that retrieval shows; the answerer parses, locates and proves it as it does in use. Caught is an
output of which no sentence is shown. The judge is the guard alone, the checker alone, and both.
The development part is about the article and the texts of the tests, the reporting part about
documents that no rule was made in view of (bench/data/held).
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from bench.report import Cell, Report, Table, publish
from bench.sins import (
    DATA,
    HELD_INJECTIONS,
    HERE,
    INJECTED,
    INJECTIONS,
    NAMES,
    OTHERS,
    TELLABLE,
    TRUE,
    Material,
    Output,
    injected_text,
    make_outputs,
)
from index import Engine, open_engine
from index.answer.answerer import Draft, Lookup, OnSettled
from index.answer.evidence import cut
from index.answer.guard import Finding, examine
from index.answer.llm_answerer import LlmAnswerer
from index.answer.prove import Judge, Prover
from index.answer.support import Support
from index.answer.support_score import Judgement, SupportScore
from index.facts.types import FactKind
from index.models.checker import Checker
from index.models.embedder import MiniLmEmbedder
from index.models.llm.allowance import Allowance, Limits
from index.models.llm.client import LanguageModel
from index.models.llm.messages import Chunk, Message
from index.models.tokenizer import WordPiece
from index.settings import Settings
from index.types import BlockKind, Document, Passage, Verdict
from tests.data.cases import ARTICLE, TEXTS

MOST = 25
SEED = 0
_PIECE = 9
#: Not English, and not a text to take sentences from.
_LEFT_OUT = {"leuchtturm-sandhorn.txt", INJECTED}
PARTS = (
    Material(
        "development",
        (ARTICLE, *sorted(TEXTS.glob("*.txt")), *sorted(TEXTS.glob("*.md"))),
        DATA / "llm_claims.jsonl",
        INJECTIONS,
    ),
    Material(
        "reporting",
        tuple(sorted((DATA / "held").glob("*.txt"))),
        DATA / "llm_claims_held.jsonl",
        HELD_INJECTIONS,
    ),
)


class GuardAlone:
    """Everything that the guard lets pass is supported."""

    def judge(
        self, pairs: Sequence[tuple[str, str]], contexts: Sequence[str] | None = None
    ) -> tuple[Judgement, ...]:
        around = contexts or [""] * len(pairs)
        return tuple(
            _verdict(examine(claim, evidence, context))
            for (claim, evidence), context in zip(pairs, around, strict=True)
        )


class CheckerAlone:
    """The checker without the guard, at the shipped threshold."""

    def __init__(self, tokenizer: WordPiece) -> None:
        self._checker = Checker(tokenizer)
        self._score = SupportScore.load()

    def judge(
        self, pairs: Sequence[tuple[str, str]], contexts: Sequence[str] | None = None
    ) -> tuple[Judgement, ...]:
        return tuple(
            self._score.judge(claim, evidence, logits)
            for (claim, evidence), logits in zip(pairs, self._checker.check(pairs), strict=True)
        )


class Silent:
    """Stands where the reader would: what it would show is the document's own words."""

    name = "silent"

    def answer(self, lookup: Lookup, on_settled: OnSettled | None = None) -> Draft:
        return Draft("", None, (), 0.0)

    def promise(self, lookup: Lookup) -> float:
        """Nothing: what is wrong is asked for, not whether it is known."""
        return 0.0

    def weigh(self, lookup: Lookup) -> Draft:
        return self.answer(lookup)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--most", type=int, default=MOST, help="outputs of a sin")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--show", action="store_true", help="print what was shown, or lost, of the development part"
    )
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    args = parser.parse_args()
    publish(run(args.most, args.seed, show=args.show), args.json)
    return 0


def run(most: int, seed: int, *, show: bool = False) -> Report:
    """Every output of both parts before every judge."""
    tokenizer = WordPiece()
    embedder = MiniLmEmbedder(tokenizer)
    about: dict[str, str | int | float | None] = {"of a sin at most": most, "seed": seed}
    tables: list[Table] = []
    for part in PARTS:
        with tempfile.TemporaryDirectory(prefix="footnote-bench-") as folder:
            engine = _open(part, Path(folder))
            made = make_outputs(part, _sentences(engine), _documents(engine), most=most, seed=seed)
            outputs = tuple(made)
            shown: dict[str, list[bool]] = {}
            for name, judge in judges(tokenizer).items():
                prover = Prover(judge, embedder)
                shown[name] = [_is_shown(engine, prover, out, Path(folder)) for out in outputs]
            engine.close()
        if show and part is PARTS[0]:
            _tell(outputs, shown)
        tables.append(_table(part.name, outputs, shown))
        about[f"outputs, {part.name}"] = len(outputs)
    return Report("bench.llm_sins", tuple(tables), about)


def judges(tokenizer: WordPiece) -> dict[str, Judge]:
    """Who judges, by what the table calls them."""
    return {
        "guard alone": GuardAlone(),
        "checker alone": CheckerAlone(tokenizer),
        "both": Support.open(tokenizer),
    }


def _open(part: Material, folder: Path) -> Engine:
    sources = folder / "sources"
    sources.mkdir()
    for path in part.documents:
        (sources / path.name).write_bytes(path.read_bytes())
    (sources / INJECTED).write_text(injected_text(part.injections), "utf-8")
    return open_engine(Settings(sources=(sources,), index_dir=folder / "index"))


def _sentences(engine: Engine) -> dict[str, Sequence[str]]:
    """Whole sentences of running English text, by document."""
    found: dict[str, dict[str, None]] = {}
    for passage in _passages(engine):
        if passage.kind is not BlockKind.PARAGRAPH or passage.document_id in _LEFT_OUT:
            continue
        for span in passage.sentences:
            text = cut(passage, span)
            if 40 <= len(text) <= 300 and text.endswith(".") and "\n" not in text:
                found.setdefault(passage.document_id, {})[text] = None
    return {name: tuple(texts) for name, texts in found.items()}


def _documents(engine: Engine) -> dict[str, Document]:
    """The documents, with the whole names of people and places from their fact sheets."""
    found = {}
    for document in engine.documents:
        sheet = engine.facts(document.id)
        facts = () if sheet is None else (*sheet.of(FactKind.PERSON), *sheet.of(FactKind.PLACE))
        names = sorted({fact.name.text for fact in facts if fact.name.text[:1].isupper()})
        found[document.id] = replace(document, metadata={NAMES: "|".join(names)})
    return found


def _passages(engine: Engine) -> tuple[Passage, ...]:
    lookup = engine.look_up("What is it about?")
    assert lookup is not None  # not small talk
    return lookup.build.passages


def _is_shown(engine: Engine, prover: Prover, output: Output, folder: Path) -> bool:
    """Whether a sentence of ``output`` reaches the user."""
    lookup, number = _shown_to_the_model(engine, output)

    def transport(messages: Sequence[Message]) -> Iterator[Chunk]:
        said = output.text.replace(HERE, f"[{number}]")
        for start in range(0, len(said), _PIECE):
            yield Chunk(said[start : start + _PIECE])
        if output.breaks:
            raise ConnectionResetError

    model = LanguageModel(
        "scripted", lambda: transport, Allowance(Limits(), folder), timeout_s=60, max_tokens=2000
    )
    return bool(LlmAnswerer(model, prover, Silent()).answer(lookup).citations)


def _shown_to_the_model(engine: Engine, output: Output) -> tuple[Lookup, int]:
    """The passages for a question in the words of the sentence, and the number of the one that
    the output is to cite."""
    lookup = engine.look_up(output.at[:200])
    assert lookup is not None
    home = [p for p in lookup.build.passages if p.document_id == output.document]
    holding = next(p for p in home if " ".join(output.at.split()) in " ".join(p.text.split()))
    hits = list(lookup.hits)
    places = [i for i, hit in enumerate(hits, start=1) if hit.passage.id == holding.id]
    if not places:
        hits[-1] = replace(hits[-1], passage=holding)
        places = [len(hits)]
    if output.misplaced:
        places = [i for i, hit in enumerate(hits, start=1) if output.at not in hit.passage.text]
    return replace(lookup, hits=tuple(hits)), places[0]


def _table(part: str, outputs: Sequence[Output], shown: dict[str, list[bool]]) -> Table:
    def row(label: str, sins: Sequence[str], *, lost: bool = False) -> tuple[Cell, ...]:
        inside = [i for i, output in enumerate(outputs) if output.sin in sins]
        cells: list[Cell] = [label, len(inside)]
        for verdicts in shown.values():
            hidden = sum(not verdicts[i] for i in inside)
            cells.append(hidden / len(inside) if inside else math.nan)
        return tuple(cells)

    rows = [row(sin, [sin]) for sin in (*TELLABLE, *OTHERS)]
    rows.append(row("all that strings or polarity tell", TELLABLE))
    rows.append(row("all others", OTHERS))
    rows.append(row("true sentences lost", [TRUE]))
    return Table(
        f"Share of outputs of which nothing was shown, {part} part",
        ("output", "count", *shown),
        tuple(rows),
        ("Sins: the higher the better; true sentences: the lower the better.",),
    )


def _tell(outputs: Sequence[Output], shown: dict[str, list[bool]]) -> None:
    for name, verdicts in shown.items():
        for output, seen in zip(outputs, verdicts, strict=True):
            if seen != (output.sin == TRUE):
                print(f"{name}: {output.sin}: {output.text}\n    at: {output.at}")


def _verdict(finding: Finding | None) -> Judgement:
    if finding is None:
        return Judgement(Verdict.SUPPORTED, 1.0, None)
    return Judgement(finding.verdict, 0.0, finding.reason)


if __name__ == "__main__":
    sys.exit(main())
