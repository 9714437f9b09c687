"""Pairs of words that exclude each other, and words that deny."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from index.store.lexical import stem

#: Each row: words of one side / words of the other.
_PAIRS = """
increase rise grow climb gain surge soar / decrease fall drop decline shrink plunge reduce
rose risen grew grown / fell fallen shrank shrunk
raise / lower cut reduce
win won victory / lose lost loss defeat
accept approve agree endorse / reject refuse oppose decline
support back favour favor / oppose
allow permit legal / forbid forbade forbidden ban prohibit illegal
begin began begun start open launch / end finish stop close cease
arrive / leave depart
join enter / leave quit
buy bought purchase / sell sold
attack / defend
succeed success successful / fail failure unsuccessful
include / exclude
import / export
employ hire / fire dismiss
build built construct / demolish destroy
create found establish / abolish dissolve
alive survive living / dead die died
born / died
north northern / south southern
east eastern / west western
first / last
above / below
inside internal / outside external
early earlier / late later
old older oldest / young younger youngest new newest
large larger largest big bigger biggest / small smaller smallest
high higher highest / low lower lowest
long longer longest / short shorter shortest
fast faster fastest rapid / slow slower slowest
strong stronger strongest / weak weaker weakest
rich richer richest / poor poorer poorest
hot hotter hottest warm warmer / cold colder coldest cool
heavy heavier heaviest / light lighter lightest
easy easier easiest / hard harder hardest difficult
best better / worst worse
more most / less least fewer fewest
maximum / minimum
majority / minority
always / never
all every / none no
many / few
public / private
urban / rural
male man men boy boys / female woman women girl girls
father / mother
son / daughter
brother / sister
husband / wife
king / queen
uncle / aunt
positive positively / negative negatively
true / false
same / different
possible / impossible
able / unable
likely / unlikely
common / rare uncommon
known / unknown
happy / unhappy
dependent / independent
stable / unstable
direct / indirect
temporary / permanent
voluntary / compulsory mandatory
guilty / innocent
friendly / hostile
peace / war
ally / enemy
liberal / conservative
domestic / foreign
formal / informal
ancient / modern
major / minor
northward / southward
day / night
left / right
upper / lower
with / without
"""


def _tables() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    against: dict[str, set[str]] = defaultdict(set)
    beside: dict[str, set[str]] = defaultdict(set)
    for row in _PAIRS.strip().splitlines():
        sides = [stem(side.split()) for side in row.split("/")]
        for mine, theirs in (sides, sides[::-1]):
            for word in mine:
                against[word].update(theirs)
                beside[word].update(mine)
    opposites = {word: frozenset(others - {word}) for word, others in against.items()}
    return opposites, {word: frozenset(others) for word, others in beside.items()}


#: Stem to the stems that exclude it, and to those that say the same.
OPPOSITES, SAME_SIDE = _tables()

#: Words that deny what stands behind them.
NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without cannot nowhere hardly scarcely
    n't""".split()
)
#: Verbs and others that deny without such a word; as stems.
DENIALS = frozenset(
    stem(
        """fail refuse deny lack reject unable prevent avoid unlikely decline forbid prohibit
        ban stop halt cease absent exclude except instead despite only few little
        less last unless rather impossible lose lost oppose contrary false cancel
        abandon prior until seldom rarely unknown against ignore resist withdraw
        dismiss suspend missing empty abolish end disagree unaware dislike mixed
        fewer remain still barely doubt unsuccessful inability opposite illegal""".split()
    )
)
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "non-")


def denied_forms(word: str) -> tuple[str, ...]:
    """Stems of ``word`` with each prefix that turns it round, such as "unlikely" of "likely"."""
    return tuple(stem([prefix + word for prefix in _PREFIXES]))
