"""What a greeting, thanks or "what can you do?" gets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.answer.clock import Clock
from index.answer.question import Question
from index.store.build import Build
from index.types import Answer, Document, Status

#: ``Answer.engine`` of an answer that is help.
HELP_ENGINE = "help"
_MAX_TITLES = 3
#: How it is answered before the help; a question about the bot is not greeted.
_REPLIES = (
    (re.compile(r"\b(?:thanks?|thx|ty|cheers|merci|danke)\b", re.IGNORECASE), "You are welcome. "),
    (re.compile(r"\b(?:bye|goodbye|see\s+you|cya|good\s+night)\b", re.IGNORECASE), "Goodbye! "),
    (re.compile(r"^\W*(?:what|who|how|can|could|help)\b", re.IGNORECASE), ""),
)
_GREETING = "Hello! "


def help_text(said: str, documents: Sequence[Document]) -> str:
    """What ``said`` gets: a word in return, and what can be asked, naming the documents."""
    titles = [f"“{document.title}”" for document in documents[:_MAX_TITLES]]
    more = len(documents) - len(titles)
    if more > 0:
        titles.append(f"{more} more")
    listed = " and ".join([", ".join(titles[:-1]), titles[-1]]) if len(titles) > 1 else titles[0]
    reply = next((reply for form, reply in _REPLIES if form.search(said)), _GREETING)
    return (
        f"{reply}Ask me about {listed}: who, what, when, where, how many, why. "
        "I answer with a sentence quoted letter for letter from the text, "
        "and when it is not in there, I say so."
    )


def help_answer(question: Question, build: Build, clock: Clock) -> Answer:
    """Help in place of a search. Its status is ``not_found``, for nothing was looked up; its
    engine says so."""
    return Answer(
        question=question.asked,
        resolved_question=question.text,
        status=Status.NOT_FOUND,
        text=help_text(question.text, build.documents),
        short_answer=None,
        citations=(),
        confidence=0.0,
        nearest=(),
        rejected=(),
        engine=HELP_ENGINE,
        build_id=build.manifest.build_id,
        timings_ms=clock.stop(),
    )
