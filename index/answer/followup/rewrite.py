"""Candidates for what a question without a verb may mean: the question before it, changed."""

from __future__ import annotations

from collections.abc import Sequence

from index.answer.followup.candidates import Candidate, capital, sentence, with_topic
from index.answer.followup.cues import Cue
from index.answer.followup.mentions import Mention
from index.answer.followup.names import Names
from index.answer.followup.phrases import Phrase, Word, phrases, words_of
from index.answer.followup.substitute import substituted
from index.answer.followup.vocabulary import (
    AUXILIARIES,
    DETERMINERS,
    FUNCTION_WORDS,
    NEGATED,
    POSSESSIVE,
    PREPOSITIONS,
    WH,
)
from index.facts.types import FactKind
from index.types import Turn

#: Longest piece of a quoted sentence that is put into a question, in characters.
MAX_CLAUSE_CHARS = 160
#: A fragment takes the place of a phrase that it is so like; after "and" of any. Names and
#: figures are exchanged more readily than words.
MIN_LIKENESS, MIN_LIKENESS_OF_WORDS = 1.5, 2.5
#: "The EU" stands where a country may.
_POWERS = frozenset({FactKind.PLACE, FactKind.ORGANISATION})
_WHY = frozenset({"what for", "how come", "what reason", "for what reason", "why so"})


def bare_candidates(cue: Cue, turn: Turn, topic: Sequence[str]) -> list[Candidate]:
    """For "why?", "and how long?", "how many teams?": the question before with other question
    words, the sentence that answered it, or what the conversation is about."""
    asked = cue.text.rstrip(" ?!.")
    asked = "why" if asked.lower() in _WHY else asked
    previous = turn.resolved_question.rstrip(" ?!.")
    rest = _without_question_word(turn)
    if rest is not None and previous.lower().startswith(f"{asked.lower()} ") and turn.citations:
        rest = None  # "why?" again: of the answer
    found = []
    if rest is not None:
        found.append(Candidate(_why_not(asked, rest) or f"{capital(asked)} {rest}?", 1.0))
    elif (told := _told(turn)) is not None and asked.lower() != "why not":
        be = "is" if asked.lower().startswith("since") else "was"
        found.append(Candidate(f"{capital(asked)} {be} it that {told}?", 1.0))
    else:
        about = clause(turn.citations[0].quote) if turn.citations else previous
        found.append(Candidate(f"{capital(asked)}: {about}?", 1.0))
    if topic and _has_noun(asked):
        # "How many teams" has its own noun, "by how many votes" goes with the verb before.
        counts = asked.lower().startswith("how ")
        found.append(Candidate(with_topic(f"{capital(asked)}?", topic), 2.0 if counts else 1.0))
    return found


def _told(turn: Turn) -> str | None:
    """ "Ada Berg wrote the recipe" of "Who wrote the recipe?" and its answer."""
    words = words_of(turn.resolved_question)
    if len(words) < 3 or words[0].lower != "who" or words[1].lower in AUXILIARIES:
        return None
    predicate = turn.resolved_question[words[0].end :].strip(" ?!.")
    return f"{' '.join((turn.short_answer or 'somebody').split())} {predicate}"


def clause(quote: str) -> str:
    """The beginning of a sentence, in one line, to be put into a question."""
    flat = " ".join(quote.split()).rstrip(" .!?")
    if len(flat) <= MAX_CLAUSE_CHARS:
        return flat
    head = flat[:MAX_CLAUSE_CHARS]
    return head.rpartition(" ")[0] or head


def fragment_candidates(
    cue: Cue, turn: Turn, mentions: Sequence[Mention], topic: Sequence[str], names: Names
) -> list[Candidate]:
    """For "And Rubio?": the question before with one of its phrases exchanged or the fragment
    behind it, and the fragment by itself."""
    fragment = cue.text.rstrip(" ?!.")
    words = words_of(fragment)
    alone = [Candidate(with_topic(f"{capital(fragment)}?", topic), -1.0 if cue.is_sure else 1.2)]
    possessive = next((w for w in cue.pronouns if w.lower in POSSESSIVE), None)
    if possessive is not None:
        named = substituted(fragment, (possessive,), mentions)
        return [Candidate(f"What is {text}?", prior) for text, prior in named] or alone
    ones = next((w for w in cue.pronouns if w.lower in {"one", "ones"}), None)
    preposition = words[0].lower if words[0].lower in PREPOSITIONS and len(words) > 1 else None
    found: list[Candidate] = []
    for phrase in phrases(turn.resolved_question):
        if ones is not None and not phrase.text.split()[-1].islower():
            continue  # a name is not one of several
        exchanged = fragment if ones is None else _with_noun_of(phrase, fragment, ones)
        prior = _likeness(phrase, exchanged, preposition, names)
        if ones is not None:
            prior += 1.0 if phrase.is_plural == (ones.lower == "ones") else -1.0
            prior += 0.7 if len(phrase.bare.split()) > 1 else 0.0
        is_word = not (_is_name(fragment) or any(char.isdigit() for char in fragment))
        least = MIN_LIKENESS_OF_WORDS if is_word else MIN_LIKENESS
        if cue.is_sure or prior >= least:
            found.append(Candidate(_exchange(turn.resolved_question, phrase, exchanged), prior))
    if preposition is not None:
        found.append(Candidate(_appended(turn.resolved_question, fragment), 1.5))
    return [*found, *alone]


def _has_noun(asked: str) -> bool:
    """Whether question words name what they ask for: "how many teams", but not "how long"."""
    words = words_of(asked)
    counted = [w.lower for w in words][-3:-1] in (["how", "many"], ["how", "much"])
    return counted or (len(words) > 1 and words[-2].lower in {"which", "what", "whose"})


def _without_question_word(turn: Turn) -> str | None:
    """ "did Trump announce it" of "When did Trump announce it", "was the showroom closed" of "Which
    showroom was closed"; None where the question word is the subject and nothing can take its
    place."""
    question = turn.resolved_question.rstrip(" ?!.")
    words = words_of(question)
    for position, word in enumerate(words[:6]):
        if word.lower not in AUXILIARIES:
            continue
        before = words[:position]
        if before and before[0].lower not in WH | PREPOSITIONS:
            return None
        auxiliary, predicate = question[word.start : word.end].lower(), question[word.end :]
        if before and _lacks_subject(words[position + 1 :]):
            noun = question[before[0].end : before[-1].end].strip()
            subject = f"the {noun}" if noun else turn.short_answer
            return f"{auxiliary} {subject}{predicate}" if subject else None
        return f"{auxiliary}{predicate}"
    return None


def _lacks_subject(rest: Sequence[Word]) -> bool:
    """Whether a participle or a preposition follows an auxiliary: "was closed", "is in Ghent"."""
    first = rest[0].lower if rest else ""
    return not rest or first in PREPOSITIONS or first.endswith(("ed", "ing"))


def _why_not(asked: str, rest: str) -> str | None:
    if asked.lower() != "why not":
        return None
    auxiliary, _, predicate = rest.partition(" ")
    negated = NEGATED.get(auxiliary.lower())
    return f"Why {negated} {predicate}?" if negated else None


def _appended(question: str, fragment: str) -> str:
    """ "Do I pay after the warranty?" of "Do I pay?" and "after the warranty"."""
    head, bracket, topic = question.rstrip(" ?!.").partition("? (")
    return sentence(f"{head} {fragment}{bracket}{topic}")


def _exchange(question: str, phrase: Phrase, new: str) -> str:
    start = phrase.start
    words = words_of(new)
    if phrase.preposition and words and words[0].lower in PREPOSITIONS and len(words) > 1:
        start = question[: phrase.start].rstrip().rfind(phrase.preposition[-1]) + 1
        start -= len(phrase.preposition)
    elif words and words[0].lower not in DETERMINERS | PREPOSITIONS and not _is_name(new):
        article, _, rest = phrase.text.partition(" ")
        if rest and article.lower() == "the" and not phrase.is_plural:
            new = f"{article} {new}"
    before = question[:start]
    return sentence(f"{before}{new}{question[phrase.end :]}")


def _with_noun_of(phrase: Phrase, fragment: str, ones: Word) -> str:
    """ "half one", of "a full plot": "half plot"."""
    noun = phrase.text.split()[-1]
    return f"{fragment[: ones.start]}{noun}{fragment[ones.end :]}"


def _likeness(phrase: Phrase, fragment: str, preposition: str | None, names: Names) -> float:
    """How well ``fragment`` can stand where ``phrase`` stands."""
    plain = fragment if preposition is None else fragment.partition(" ")[2]
    new = Phrase(plain, 0, len(plain))
    score = 0.0
    if preposition is not None:
        score += 2.0 if phrase.preposition == preposition else -1.0
    mine, its = names.kind_of(new.bare), names.kind_of(phrase.bare)
    if mine is not None and its is not None:
        score += 1.5 if mine == its else 0.5 if {mine, its} == _POWERS else -1.0
    score += 1.0 if new.is_name == phrase.is_name else -0.5
    score += 0.5 if new.is_plural == phrase.is_plural else 0.0
    if _counts(new) or _counts(phrase):
        score += 1.0 if _counts(new) and _counts(phrase) else -1.0
    shared = _content(new) & _content(phrase)
    score += 1.0 if shared else 0.0
    return score + (0.25 if phrase.is_subject else 0.0)


def _content(phrase: Phrase) -> set[str]:
    return {word.lower for word in words_of(phrase.bare)} - FUNCTION_WORDS - DETERMINERS


def _counts(phrase: Phrase) -> bool:
    """Whether it is a figure or a date rather than a name with a number in it."""
    return phrase.has_number and (phrase.bare[:1].isdigit() or not phrase.is_name)


def _is_name(text: str) -> bool:
    return Phrase(text, 0, len(text)).is_name
