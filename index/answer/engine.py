"""Question in, one Answer out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from index.answer.answerer import Answerer, Draft, Lookup, OnSettled
from index.answer.check import MAX_CLAIMS, check_claim, parse_claim, split_claims
from index.answer.clock import Clock
from index.answer.current_build import CurrentBuild
from index.answer.followup.conversation import Conversation
from index.answer.open_build import OpenBuild
from index.answer.question import Kind, Question, parse_question
from index.answer.readings import ask_back, weigh
from index.answer.retrieve import retrieve
from index.answer.small_talk import help_answer
from index.answer.support import Support
from index.answer.verdicts import check_answer
from index.ingest.build import BuildReport, OnProgress
from index.models.embedder import Embedder
from index.types import Answer, ClaimCheck, Document, Status, Turn

if TYPE_CHECKING:
    from index.facts.answers import FactBook
    from index.facts.types import FactSheet

NOT_FOUND_TEXT = "Not in the document."
NOT_FOUND_TEXT_MANY = "Not in the documents."


class Engine:
    """Answers questions from the current build of an index. Thread-safe."""

    def __init__(
        self,
        builds: CurrentBuild,
        embedder: Embedder,
        answerer: Answerer,
        support: Support,
        *,
        reader_name: str,
        threshold: float,
        top_k: int,
        max_question_chars: int,
    ) -> None:
        self._builds = builds
        self._embedder = embedder
        self.answerer = answerer
        self._support = support
        self.reader_name = reader_name
        self.threshold = threshold
        self._top_k = top_k
        self._max_question_chars = max_question_chars

    def prepare(self, progress: OnProgress | None = None) -> None:
        """Opens the current build; brings the index up to date before, if need be."""
        self._builds.prepare(progress)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        documents: Collection[str] | None = None,
        on_settled: OnSettled | None = None,
    ) -> Answer:
        """Answers ``question`` with proof, or says that it is not in the documents.

        ``documents`` restricts the search to those ids. ``on_settled`` hears the proven part of
        an answer that a language model is still writing. Raises QuestionError for a question that
        cannot be asked, and IndexBuildError if the index has gone.
        """
        clock = Clock()
        parsed = self._parse(question, history)
        with self._builds.lease() as opened:
            if parsed.kind is Kind.SMALL_TALK:
                return help_answer(parsed, opened.build, clock)
            lookups = self._look_up(parsed, opened, documents, clock, history)
            lookup, choices = weigh(lookups, self.answerer, self.threshold)
            clock.lap("resolve")
            if choices:
                return ask_back(lookup, choices, clock)
            draft = self.answerer.answer(lookup, on_settled) if lookup.hits else None
            clock.lap("read")
            return self._decide(lookup, draft, clock)

    def check(self, claim: str, *, documents: Collection[str] | None = None) -> ClaimCheck:
        """Whether the documents bear ``claim`` out, contradict it, or neither, with quotes.

        ``documents`` restricts the search to those ids. Raises QuestionError for a claim that
        cannot be checked, and IndexBuildError if the index has gone.
        """
        clock = Clock()
        clean = parse_claim(claim, self._max_question_chars)
        with self._builds.lease() as opened:
            question = Question(clean, clean, Kind.EXPLAIN)
            (lookup,) = self._look_up(question, opened, documents, clock)
            return check_claim(clean, lookup, self._support, clock)

    def check_text(self, text: str, *, documents: Collection[str] | None = None) -> Answer:
        """The verdicts on the first ``MAX_CLAIMS`` claims of ``text``, as one answer with the
        quotes of all. Raises as :meth:`check` does."""
        claims = split_claims(text) or (text,)
        checks = [self.check(claim, documents=documents) for claim in claims[:MAX_CLAIMS]]
        return check_answer(text, checks, len(claims) - len(checks))

    def look_up(self, question: str, history: Sequence[Turn] = ()) -> Lookup | None:
        """What would be answered from; None for small talk. Raises as :meth:`ask` does."""
        parsed = self._parse(question, history)
        if parsed.kind is Kind.SMALL_TALK:
            return None
        with self._builds.lease() as opened:
            return self._look_up(parsed, opened, None, Clock(), history)[0]

    def _parse(self, question: str, history: Sequence[Turn]) -> Question:
        return parse_question(question, self._max_question_chars, in_conversation=bool(history))

    def _look_up(
        self,
        question: Question,
        opened: OpenBuild,
        documents: Collection[str] | None,
        clock: Clock,
        history: Sequence[Turn] = (),
    ) -> tuple[Lookup, ...]:
        """What is found for each reading of ``question``, the likeliest first."""
        conversation = Conversation(history, opened, self._embedder, documents)
        mended = opened.speller.mend(question.text)
        found = []
        for resolution in conversation.resolve(mended).readings:
            changed = resolution.text != mended
            asked = question.resolved(resolution.text) if changed else question
            clock.lap("resolve")
            vector = self._embedder.embed([resolution.text])[0]
            clock.lap("embed")
            context = conversation.context(vector, resolution)
            probe = conversation.probe(vector, resolution, mended)
            clock.lap("resolve")
            hits = retrieve(opened.build, probe.text, probe.vector, self._top_k, documents, context)
            clock.lap("retrieve")
            found.append(
                Lookup(asked, resolution, vector, hits, opened.build, lambda: opened.facts)
            )
        return tuple(found)

    @property
    def build_id(self) -> str:
        """The id of the build that answers."""
        return self._builds.opened.build.manifest.build_id

    @property
    def built_at(self) -> datetime:
        """When that build was made, in UTC."""
        return self._builds.opened.build.manifest.built_at

    @property
    def passage_count(self) -> int:
        """How many passages it holds."""
        return len(self._builds.opened.build.passages)

    @property
    def passage_counts(self) -> Mapping[str, int]:
        """How many passages each document has, by its id."""
        return Counter(passage.document_id for passage in self._builds.opened.build.passages)

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents that are answered from."""
        return self._builds.opened.build.documents

    def document(self, document_id: str) -> Document | None:
        """The document of that id, if there is one."""
        return self._builds.opened.build.document(document_id)

    @property
    def fact_book(self) -> FactBook:
        """The fact sheets, ready to look things up in. Raises IndexBuildError."""
        return self._builds.opened.facts

    def facts(self, document_id: str) -> FactSheet | None:
        """The fact sheet of that document, if there is one. Raises IndexBuildError."""
        return self.fact_book.sheet(document_id)

    def refresh(self) -> bool:
        """Changes over to a newer published build, if there is one; costs a file stat."""
        return self._builds.refresh()

    def rebuild(self, progress: OnProgress | None = None, *, force: bool = False) -> BuildReport:
        """Brings the index up to date beside the build that answers, then changes over."""
        return self._builds.rebuild(progress, force=force)

    def close(self) -> None:
        """Releases the index; questions that are being answered are finished first."""
        self._builds.close()

    def _decide(self, lookup: Lookup, draft: Draft | None, clock: Clock) -> Answer:
        status = self._status(draft)
        shown = status is not Status.NOT_FOUND
        documents = lookup.build.documents
        nothing = NOT_FOUND_TEXT if len(documents) == 1 else NOT_FOUND_TEXT_MANY
        return Answer(
            question=lookup.question.asked,
            resolved_question=lookup.resolved,
            status=status,
            text=draft.text if draft and shown else nothing,
            short_answer=draft.short_answer if draft and shown else None,
            citations=draft.citations if draft and shown else (),
            confidence=draft.confidence if draft else 0.0,
            nearest=lookup.hits,
            rejected=draft.rejected if draft else (),
            engine=(draft and draft.engine) or self.answerer.name,
            build_id=lookup.build.manifest.build_id,
            timings_ms=clock.stop(),
            readings=draft.readings if draft else (),
            notice=self._notice(draft, shown) if draft else None,
        )

    @staticmethod
    def _notice(draft: Draft, shown: bool) -> str | None:
        return draft.notice if shown else draft.notice or draft.objection

    def _status(self, draft: Draft | None) -> Status:
        if draft is None:
            return Status.NOT_FOUND
        if draft.status is not None:
            return draft.status
        return Status.ANSWERED if draft.confidence >= self.threshold else Status.NOT_FOUND
