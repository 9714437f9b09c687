"""Turns a question and its answer into a statement, by rules of English word order.

"When did Rome fall?" and "476" give "Rome fell in 476.". A question that no rule fits gives None;
of those that fit, about one in ten comes out clumsy, and few come out false.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

_IRREGULAR = """
be was been;become became become;begin began begun;bring brought brought;build built built;
break broke broken;buy bought bought;catch caught caught;choose chose chosen;come came come;
cost cost cost;cut cut cut;deal dealt dealt;do did done;draw drew drawn;drink drank drunk;
drive drove driven;eat ate eaten;fall fell fallen;feel felt felt;fight fought fought;
find found found;flee fled fled;fly flew flown;forbid forbade forbidden;get got gotten;
give gave given;go went gone;grow grew grown;have had had;hear heard heard;hide hid hidden;
hit hit hit;hold held held;keep kept kept;know knew known;lay laid laid;lead led led;
leave left left;lend lent lent;let let let;lie lay lain;lose lost lost;make made made;
mean meant meant;meet met met;pay paid paid;put put put;read read read;ride rode ridden;
rise rose risen;run ran run;say said said;see saw seen;seek sought sought;sell sold sold;
send sent sent;set set set;shoot shot shot;show showed shown;sing sang sung;sink sank sunk;
speak spoke spoken;spend spent spent;spread spread spread;stand stood stood;steal stole stolen;
strike struck struck;swear swore sworn;take took taken;teach taught taught;tell told told;
think thought thought;throw threw thrown;understand understood understood;wear wore worn;
win won won;withdraw withdrew withdrawn;write wrote written;arise arose arisen;bear bore born;
bind bound bound;overcome overcame overcome;undergo underwent undergone;split split split;
shut shut shut;quit quit quit;hurt hurt hurt;feed fed fed;shine shone shone;sleep slept slept
"""
_FORMS = [tuple(row.split()) for row in _IRREGULAR.replace("\n", "").split(";")]
PAST = {base: past for base, past, _ in _FORMS}
PARTICIPLES = frozenset(participle for _, _, participle in _FORMS)

_BE = frozenset("is was are were".split())
_DO = frozenset("do does did".split())
_MODAL = frozenset("can could will would should may might must has have had".split())
_AUXILIARIES = _BE | _DO | _MODAL
_OPENERS = frozenset(
    "the a an his her its their this that these those of and or to in on at by for from with as"
    " 's who which our my your no any some each every most many other first new".split()
)
_PREPOSITIONS = frozenset(
    "in on at by for from with to of during after before since until between through under over"
    " near into about around because due within across along throughout against as like".split()
)
_ADJECTIVES = frozenset(
    "located situated available responsible similar famous able popular important common likely"
    " based composed bordered home native born different true active present".split()
)
_TIME = re.compile(
    r"^(?:\d{4}s?$|(?:January|February|March|April|May|June|July|August|September|October|"
    r"November|December)(?:\s+\d{4})?$|the\s|early\s|late\s|mid)", re.IGNORECASE
)  # fmt: skip
_DAY = re.compile(
    r"^(?:(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"\s+\d{1,2}\b|\d{1,2}\s+[A-Z]|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
)
_IN_PLACE = re.compile(r"\b(?:what|which)\b(?:\s+[a-z]+){0,3}$")
_WH = re.compile(r"^(?P<prep>(?:in|on|at|by|for|from|to|of|with|during|after|under|into)\s+)?"
                 r"(?P<wh>what|which|who|whom|whose|when|where|why|how\s+many|how\s+much|how\s+long|"
                 r"how)\b\s*", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statements:
    """Makes statements; ``verbs`` are the base forms that may be verbs."""

    verbs: frozenset[str]

    @staticmethod
    def learn(texts: Iterable[str]) -> Statements:
        """Verbs are the words that ``texts`` write behind "to" and also in the past."""
        counts: Counter[str] = Counter()
        behind_to: Counter[str] = Counter()
        for text in texts:
            words = re.findall(r"[a-z]+", text.lower())
            counts.update(words)
            behind_to.update(b for a, b in pairwise(words) if a == "to")
        regular = {w for w, n in behind_to.items() if n >= 3 and counts[past(w)] >= 3}
        return Statements(frozenset(regular | set(PAST)) - {"not", "also", "need"})

    def state(self, question: str, answer: str) -> str | None:
        """``question`` with ``answer`` as a statement, or None."""
        asked = " ".join(question.rstrip("?!. ").split())
        answer = " ".join(answer.strip(" .,;").split())
        if not asked or not answer or "?" in asked:
            return None
        made = self._in_place(asked, answer) or self._opening(asked, answer)
        if made is None or len(made.split()) < 4:
            return None
        return made[0].upper() + made[1:] + "."

    def _in_place(self, asked: str, answer: str) -> str | None:
        """ "It fell after what battle" """
        match = _IN_PLACE.search(asked)
        if match is None or match.start() < 12 or _WH.match(asked):
            return None
        return asked[: match.start()] + answer

    def _opening(self, asked: str, answer: str) -> str | None:
        match = _WH.match(asked)
        if match is None:
            return None
        wh = " ".join(match["wh"].lower().split())
        words = asked[match.end() :].split()
        lead = match["prep"].strip().lower() if match["prep"] else ""
        at = next((i for i, w in enumerate(words[:7]) if w.lower() in _AUXILIARIES), None)
        if at is None:
            if lead or wh in {"when", "where", "why", "how", "how long"} or len(words) < 2:
                return None
            return self._as_subject(wh, words, answer)
        noun, auxiliary, rest = words[:at], words[at].lower(), words[at + 1 :]
        if not rest:
            return None
        filler = _with_noun(wh, noun, answer)
        place = _place(wh, lead, noun, answer, filler)
        if noun and wh in {"when", "where", "why", "who"}:
            return None
        if auxiliary in _DO:
            return self._with_do(auxiliary, rest, place)
        subject_asked = not lead and wh in {"what", "which", "who", "how many", "how much"}
        split = self._split(rest, auxiliary)
        if split is not None:
            before, after = rest[:split], rest[split:]
            tail = _insert(after, place)
            return f"{' '.join(before)} {auxiliary} {tail}"
        if auxiliary in _BE and rest[-1].lower() in _PREPOSITIONS and len(rest) > 1:
            hanging = 3 if rest[-3:-1] in (["a", "part"], ["a", "member"]) else 1
            return f"{' '.join(rest[:-hanging])} {auxiliary} {' '.join(rest[-hanging:])} {answer}"
        if subject_asked:
            return f"{filler} {auxiliary} {' '.join(rest)}"
        if auxiliary in _BE and wh in {"when", "where"}:
            return f"{' '.join(rest)} {auxiliary} {place}"
        return None

    def _as_subject(self, wh: str, words: list[str], answer: str) -> str | None:
        """ "Who wrote it", "What organization runs it", "How many people came" """
        if wh == "who":
            return f"{answer} {' '.join(words)}"
        verb = next(
            (i for i, w in enumerate(words[:5]) if (i or wh == "what") and self._finite(w)), None
        )
        if verb is None:
            return None
        return f"{_with_noun(wh, words[:verb], answer)} {' '.join(words[verb:])}"

    def _finite(self, word: str) -> bool:
        lower = word.lower()
        bare = lower[:-1] if lower.endswith("s") else lower
        return word.islower() and (
            lower in PAST.values() or lower.endswith("ed") or bare in self.verbs
        )

    def _with_do(self, auxiliary: str, rest: list[str], place: str) -> str | None:
        at = self._base_verb(rest)
        if at is None:
            return None
        verb = rest[at].lower()
        inflected = {"did": past(verb), "does": _third(verb), "do": verb}[auxiliary]
        tail = _insert(rest[at + 1 :], place)
        return f"{' '.join(rest[:at])} {inflected} {tail}".strip()

    def _base_verb(self, rest: list[str]) -> int | None:
        for at in range(1, len(rest)):
            word, before = rest[at], rest[at - 1].lower()
            if word.islower() and word in self.verbs and before not in _OPENERS:
                return at
        return None

    def _split(self, rest: list[str], auxiliary: str) -> int | None:
        """Where the predicate begins in "the tower built in", behind the subject."""
        for at in range(1, len(rest)):
            word, before = rest[at], rest[at - 1].lower()
            if before in _OPENERS or before in _PREPOSITIONS or not word.islower():
                continue
            following = rest[at + 1].lower() if at + 1 < len(rest) else "to"
            closes = following in _PREPOSITIONS or following in {"as", "to", "by", "and"}
            if auxiliary in _MODAL:
                if word in self.verbs or word in {"been", "be"} or word in PARTICIPLES:
                    return at
            elif (
                (word.endswith("ed") or word in PARTICIPLES or word in _ADJECTIVES) and closes
            ) or word in _ADJECTIVES:
                return at
        return None


def past(verb: str) -> str:
    """The past tense."""
    if verb in PAST:
        return PAST[verb]
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + "ed"


def _third(verb: str) -> str:
    if verb in {"have", "do", "go"}:
        return {"have": "has", "do": "does", "go": "goes"}[verb]
    if verb.endswith(("s", "sh", "ch", "x", "z")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def _with_noun(wh: str, noun: list[str], answer: str) -> str:
    """The answer with the noun that was asked for, where it says it not itself."""
    words = {w.lower() for w in answer.split()}
    if not noun:
        return answer
    if wh in {"how many", "how much"}:
        return answer if words & {w.lower() for w in noun} else f"{answer} {' '.join(noun)}"
    if wh == "whose":
        return f"{answer}'s {' '.join(noun)}"
    return answer


def _place(wh: str, lead: str, noun: list[str], answer: str, filler: str) -> str:
    """The answer as it follows the verb."""
    first = answer.split()[0].lower()
    if first in _PREPOSITIONS:
        return answer
    if lead:
        on_day = lead == "in" and _DAY.match(answer)
        return f"{'on' if on_day else lead} {answer}"
    kind = noun[-1].lower() if noun else ""
    if wh == "when" or kind in {"year", "century", "decade", "month"}:
        return f"{'on' if _DAY.match(answer) else 'in'} {answer}"
    if wh == "where":
        return f"in {answer}"
    if wh == "why":
        return f"because of {answer}"
    if wh == "how":
        return f"by {answer}"
    if wh == "how long":
        return f"for {answer}"
    return filler


def _insert(words: list[str], place: str) -> str:
    """The words behind the verb with the answer: behind a last preposition, else before the first
    one, so that "called in 12 BC" becomes "called Argentoratum in 12 BC"."""
    opens = place.split()[0].lower() in _PREPOSITIONS
    if not words or opens or words[-1].lower() in _PREPOSITIONS or len(words) == 1:
        return " ".join([*words, place])
    if words[0].islower() and words[0] not in _PREPOSITIONS:
        if words[0].endswith("ed") or words[0] in PARTICIPLES or words[0] in _ADJECTIVES:
            return " ".join([words[0], place, *words[1:]])
        return " ".join([*words, place])
    return " ".join([place, *words])
