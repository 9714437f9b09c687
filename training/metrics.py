"""Figures of merit: SQuAD's exact match and F1, AUC, F1 over all, risk-coverage, intervals."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def normalize(text: str) -> str:
    """Lower case, no punctuation, no articles, single spaces: SQuAD's own rule."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def exact_match(given: str, golds: Sequence[str]) -> float:
    return float(any(normalize(given) == normalize(gold) for gold in golds))


def f1(given: str, golds: Sequence[str]) -> float:
    """The best overlap of words, as F1, with one of ``golds``."""
    return max((_word_f1(normalize(given).split(), normalize(g).split()) for g in golds), default=0)


def _word_f1(given: list[str], gold: list[str]) -> float:
    if not given or not gold:
        return float(given == gold)
    common = sum((Counter(given) & Counter(gold)).values())
    return 2 * common / (len(given) + len(gold))


def auc(scores: Floats, positive: npt.NDArray[np.bool_]) -> float:
    """Chance that a positive scores above a negative, ties counting half (Mann-Whitney)."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks = (last - (counts - 1) / 2)[inverse]
    n = int(positive.sum())
    m = len(positive) - n
    if n == 0 or m == 0:
        return float("nan")
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * m))


def f1_over_all(
    scores: Floats, f1s: Floats, answerable: npt.NDArray[np.bool_]
) -> tuple[float, float]:
    """SQuAD 2.0's F1 at the best threshold, and that threshold.

    A question that is answered earns its F1 (nothing where none exists), one that is refused
    earns 1 if it has no answer.
    """
    order = np.argsort(-scores, kind="stable")
    gains = np.where(answerable[order], f1s[order], -1.0)
    totals = np.concatenate([[0.0], np.cumsum(gains)]) + float((~answerable).sum())
    best = int(totals.argmax())
    threshold = float("inf") if best == 0 else float(scores[order][best - 1])
    return float(totals[best] / len(scores)), threshold


def risk_coverage(scores: Floats, right: Floats) -> tuple[Floats, Floats]:
    """Coverage and risk (1 - mean of ``right``) as questions are answered best score first."""
    ranked = right[np.argsort(-scores, kind="stable")]
    answered = np.arange(1, len(ranked) + 1)
    return answered / len(ranked), 1 - np.cumsum(ranked) / answered


def interval(
    statistic: Callable[[npt.NDArray[np.int64]], float],
    groups: Sequence[object],
    *,
    rounds: int = 1000,
    seed: int = 0,
) -> tuple[float, float]:
    """A 95% bootstrap interval; whole ``groups`` (paragraphs) are drawn, as their questions are
    not independent. ``statistic`` is given the indices of a draw."""
    members: dict[object, list[int]] = {}
    for index, group in enumerate(groups):
        members.setdefault(group, []).append(index)
    blocks = [np.array(m) for m in members.values()]
    rng = np.random.default_rng(seed)
    values = [
        statistic(np.concatenate([blocks[i] for i in rng.integers(0, len(blocks), len(blocks))]))
        for _ in range(rounds)
    ]
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)
