"""The closed classes of words that follow-ups are made of, in English."""

from __future__ import annotations

from enum import StrEnum


class Gender(StrEnum):
    """What a pronoun can stand for."""

    PERSON = "person"
    #: One thing, place or organisation, or what was said.
    THING = "thing"
    #: Several people or things, or an organisation.
    SEVERAL = "several"
    PLACE = "place"
    TIME = "time"


PRONOUNS: dict[str, Gender] = {
    **dict.fromkeys(
        ("he", "him", "his", "himself", "she", "her", "hers", "herself"), Gender.PERSON
    ),
    **dict.fromkeys(("it", "its", "itself", "this", "that"), Gender.THING),
    **dict.fromkeys(
        ("they", "them", "their", "theirs", "themselves", "these", "those"), Gender.SEVERAL
    ),
    "there": Gender.PLACE,
    "then": Gender.TIME,
}
POSSESSIVE = frozenset({"his", "her", "its", "their", "theirs", "hers"})
DEMONSTRATIVE = frozenset({"this", "that", "these", "those"})

AUXILIARIES = frozenset(
    """am is are was were be been being do does did has have had can could will would shall should
    may might must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't
    cannot couldn't won't wouldn't shouldn't""".split()
)
BE = frozenset("am is are was were be been being isn't aren't wasn't weren't".split())
HAVE = frozenset("has have had hasn't haven't hadn't".split())
#: What "why not?" makes of the auxiliary of a question.
NEGATED = {
    "am": "am not",
    "can": "can't",
    "will": "won't",
    "shall": "shan't",
    "may": "may not",
    "might": "might not",
    **{
        word: f"{word}n't"
        for word in "is are was were do does did has have had could would should must".split()
    },
}
WH = frozenset("who whom whose what which when where why how".split())
PREPOSITIONS = frozenset(
    """about above after against along among around at before behind below beneath beside besides
    between beyond by despite during except for from in inside into near of off on onto outside
    over past per since through throughout to toward towards under until up upon via with within
    without than while""".split()
)
DETERMINERS = frozenset(
    """the a an this that these those my your our his her its their some any each every both all
    no""".split()
)
PERSONAL = frozenset(
    "i you we he she it they me us him her them one people there anybody anyone somebody".split()
)
FUNCTION_WORDS = (
    AUXILIARIES
    | WH
    | PREPOSITIONS
    | PERSONAL
    | frozenset(
        """and or but so if not also too as only ever still yet just now please then that
        much many long more less most und oder aber auch nicht nur noch""".split()
    )
)
#: Words that ask about another thing than the one that was said.
OTHER = frozenset("other another else latter former".split())
