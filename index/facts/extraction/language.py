"""The language of a text whose sidecar does not tell it, from its commonest little words."""

from __future__ import annotations

import re
from collections import Counter

from index.types import Document

#: Function words that few other languages share. Enough text has many of them.
_LITTLE_WORDS = {
    "en": "the and of to is was that for with from it by are this",
    "de": "der die und das ist nicht ein mit sich auf wurde dem den von",
    "fr": "le les et des est une dans que pour qui du sur pas aux",
    "es": "el los y las es una por que con del para se como más",
    "it": "il di che è una per del della con sono gli nel anche non",
    "pt": "o os e das é uma por que com do da não para em",
    "nl": "de het een en van is niet dat op met zijn voor werd ook",
    "sv": "och att det som en är av för med inte till på den ett",
    "da": "og at det som en er af for med ikke til på den et",
    "pl": "i w nie na się z jest do że to od przez oraz jak",
}
_SETS = {language: frozenset(words.split()) for language, words in _LITTLE_WORDS.items()}
_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
#: Characters that are looked at.
SAMPLE_CHARS = 20_000
#: Share of the letters that makes a script the text's own.
MIN_SCRIPT_SHARE = 0.2


def language_of(document: Document) -> str | None:
    """The language that the document names, else the likeliest one; None if none is likely."""
    if document.language:
        return document.language
    sample = document.text[:SAMPLE_CHARS]
    letters = sum(char.isalpha() for char in sample)
    for language, script in _SCRIPTS:
        if letters and len(script.findall(sample)) >= MIN_SCRIPT_SHARE * letters:
            return language
    counts = Counter(word.lower() for word in _WORD.findall(sample))
    total = sum(counts.values())
    scores = {code: sum(counts[word] for word in words) for code, words in _SETS.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if total and scores[best] >= 0.05 * total else None
