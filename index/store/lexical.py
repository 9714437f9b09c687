"""The lexical half of a build: BM25 over stemmed words (Robertson and Zaragoza 2009)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from index.errors import IndexBuildError

FOLDER = "bm25"
#: Stands in the folder of an index of no words, in place of the index.
_WORDLESS = "no-words"
_STEMMERS = {
    "ar": "arabic",
    "da": "danish",
    "nl": "dutch",
    "en": "english",
    "fi": "finnish",
    "fr": "french",
    "de": "german",
    "el": "greek",
    "hu": "hungarian",
    "it": "italian",
    "no": "norwegian",
    "nb": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "es": "spanish",
    "sv": "swedish",
    "tr": "turkish",
}
_WORD = re.compile(r"\w+(?:[.,]\d+)*")
# Scripts that write no spaces between words are indexed by character.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
#: Words that say what kind of question it is, not what it is about.
STOP_WORDS = frozenset(
    """a about an and any are as at be been being but by can could did do does for from had has
    have he her him his how i in into is it its me my of on or our s she should so some such t
    than that the their them then there these they this those to was we were what when where
    which who whom whose why will with would you your please tell know""".split()
)


def words(text: str) -> list[str]:
    """The lower-cased words of ``text``, compatibility forms and accents folded."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(char for char in folded if not unicodedata.combining(char))
    found: list[str] = []
    for word in _WORD.findall(folded):
        found.extend(word if _UNSPACED.search(word) else [word])
    return found


def content_words(text: str) -> list[str]:
    """The words of ``text`` that are not stop words."""
    return [word for word in words(text) if word not in STOP_WORDS]


def stem(items: Sequence[str], language: str | None = None) -> list[str]:
    """The stems of ``items`` in ``language`` (a BCP 47 tag; English where unknown)."""
    code = (language or "en").split("-")[0].lower()
    return list(_stemmer(_STEMMERS.get(code, "english")).stemWords(list(items)))


@cache
def _stemmer(name: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(name)


class LexicalStore:
    """BM25 over the passages of one build, by their position."""

    def __init__(self, index: bm25s.BM25 | None, language: str | None) -> None:
        self._index = index
        self._language = language

    @staticmethod
    def build(texts: Sequence[str], language: str | None = None) -> LexicalStore:
        """Indexes ``texts``, at least one."""
        tokens = [stem(content_words(text), language) for text in texts]
        if not any(tokens):
            return LexicalStore(None, language)
        index = bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        index.index(tokens, show_progress=False)
        return LexicalStore(index, language)

    def save(self, folder: Path) -> None:
        """Raises OSError."""
        target = folder / FOLDER
        target.mkdir()
        (target / "language").write_text(self._language or "", "utf-8")
        if self._index is None:
            (target / _WORDLESS).touch()
        else:
            self._index.save(str(target), show_progress=False)

    @staticmethod
    def load(folder: Path) -> LexicalStore:
        """Raises IndexBuildError."""
        source = folder / FOLDER
        try:
            language = (source / "language").read_text("utf-8") or None
            index = None if (source / _WORDLESS).exists() else bm25s.BM25.load(str(source))
            return LexicalStore(index, language)
        except (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise IndexBuildError(
                f"The word index cannot be read ({type(error).__name__}).",
                cure="Run footnote index --force to build the index anew.",
            ) from error

    def query(self, question: str, k: int) -> list[tuple[int, float]]:
        """Positions and scores of the ``k`` best passages that share a word with ``question``."""
        stems = stem(content_words(question), self._language)
        if self._index is None or not stems:
            return []
        ids = self._index.get_tokens_ids(stems)
        if not ids:
            return []
        scores = np.asarray(self._index.get_scores_from_ids(ids))
        best = np.argsort(-scores, kind="stable")[:k]
        return [(int(row), float(scores[row])) for row in best if scores[row] > 0]
