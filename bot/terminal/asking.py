"""What the terminal needs of an engine; :class:`index.Engine` fits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from index.types import Answer, ClaimCheck, Document, Turn

if TYPE_CHECKING:
    from index.facts.answers import FactBook


class Asker(Protocol):
    """Answers questions from its documents."""

    @property
    def documents(self) -> tuple[Document, ...]: ...

    @property
    def build_id(self) -> str: ...

    @property
    def passage_counts(self) -> Mapping[str, int]:
        """How many passages each document has, by its id."""
        ...

    @property
    def threshold(self) -> float:
        """Lowest confidence that is shown as an answer."""
        ...

    @property
    def fact_book(self) -> FactBook:
        """The fact sheets of the documents."""
        ...

    def document(self, document_id: str) -> Document | None: ...

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        *,
        on_settled: Callable[[str], None] | None = None,
    ) -> Answer:
        """``on_settled`` hears the proven part of an answer that is still being written. Raises
        QuestionError for a question that cannot be asked."""
        ...

    def check(self, claim: str) -> ClaimCheck:
        """Raises QuestionError for a claim that cannot be checked."""
        ...

    def check_text(self, text: str) -> Answer:
        """The verdicts on the claims of ``text``. Raises QuestionError."""
        ...

    def refresh(self) -> bool:
        """Changes over to a newer build, if there is one."""
        ...
