"""What a model may use: tokens and money, a question and a day.

A day is one in UTC. The day's use is kept in one small file beside the index, so that it holds
across restarts and processes. What a call may use at most is booked before it is made and put
right after it: a crash in between counts too much, never too little.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import LlmError
from index.models.llm.messages import Usage

log = logging.getLogger(__name__)

USAGE_FILE = "llm-usage.json"
_LOCK_TIMEOUT_S = 5.0
_MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """None is no limit. Prices are of a million tokens, in the currency of the limits."""

    day_tokens: int | None = None
    question_cost: float | None = None
    day_cost: float | None = None
    input_price: float = 0.0
    output_price: float = 0.0

    def cost(self, usage: Usage) -> float:
        """What ``usage`` costs."""
        return (usage.input * self.input_price + usage.output * self.output_price) / _MILLION


@dataclass(frozen=True, slots=True)
class Spent:
    """What was used on one day."""

    day: str
    tokens: int = 0
    cost: float = 0.0


def today() -> str:
    """The day in UTC, as 2026-01-31."""
    return datetime.now(UTC).date().isoformat()


class Allowance:
    """Books what is used against the limits."""

    def __init__(self, limits: Limits, folder: Path, *, day: Callable[[], str] = today) -> None:
        self._limits = limits
        self._file = folder / USAGE_FILE
        self._day = day
        #: In place of the file, where it cannot be written.
        self._kept = Spent(day())
        self._told = False

    @contextmanager
    def booked(self, most: Usage) -> Iterator[Callable[[Usage], None]]:
        """Books ``most`` for one call; the function given sets what it has used in the end.
        Raises LlmError if the limits do not allow it."""
        self._check_question(most)
        day = self._day()
        self._book(most, day, must_fit=True)
        used = most

        def use(usage: Usage) -> None:
            nonlocal used
            used = usage

        try:
            yield use
        finally:
            self._book(
                Usage(used.input - most.input, used.output - most.output), day, must_fit=False
            )

    def spent(self) -> Spent:
        """What was used today."""
        spent = self._read()
        return spent if spent.day == self._day() else Spent(self._day())

    def _check_question(self, most: Usage) -> None:
        limit, cost = self._limits.question_cost, self._limits.cost(most)
        if limit is not None and cost > limit:
            raise LlmError(
                "This question would cost more than a question may.",
                cure=f"It may cost {cost:.4f}, FOOTNOTE_LLM_QUESTION_COST is {limit:g}: raise it, "
                "or lower FOOTNOTE_LLM_MAX_TOKENS or FOOTNOTE_TOP_K.",
            )

    def _book(self, usage: Usage, day: str, *, must_fit: bool) -> None:
        """Adds ``usage`` to ``day``; a day that is over is not put right any more."""
        if self._limits.day_tokens is None and self._limits.day_cost is None:
            return
        if day != self._day():
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(f"{self._file}.lock", timeout=_LOCK_TIMEOUT_S):
                after = self._after(usage, must_fit=must_fit)
                part = self._file.with_suffix(".part")
                part.write_text(
                    json.dumps({"day": after.day, "tokens": after.tokens, "cost": after.cost}),
                    "utf-8",
                )
                part.replace(self._file)
        except (OSError, Timeout) as error:
            self._tell(error)
            after = self._after(usage, must_fit=must_fit)
        self._kept = after

    def _after(self, usage: Usage, *, must_fit: bool) -> Spent:
        """The day's use with ``usage``; raises LlmError if it has to fit and does not."""
        before = self.spent()
        tokens = max(0, before.tokens + usage.input + usage.output)
        cost = max(0.0, before.cost + self._limits.cost(usage))
        if must_fit:
            for used, limit, name in (
                (tokens, self._limits.day_tokens, "FOOTNOTE_LLM_DAILY_TOKENS"),
                (cost, self._limits.day_cost, "FOOTNOTE_LLM_DAILY_COST"),
            ):
                if limit is not None and used > limit:
                    raise LlmError(
                        "The language model has had its share for today.",
                        cure=f"{name} is {limit:g} and would be passed; the day ends at 00:00 UTC.",
                    )
        return Spent(before.day, tokens, cost)

    def _read(self) -> Spent:
        try:
            raw = json.loads(self._file.read_text("utf-8"))
            return Spent(str(raw["day"]), int(raw["tokens"]), float(raw["cost"]))
        except FileNotFoundError:
            return self._kept
        except (OSError, ValueError, KeyError, TypeError) as error:
            self._tell(error)
            return self._kept

    def _tell(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            log.warning(
                "%s cannot be used (%s); the day's use is counted in memory only.",
                self._file,
                type(error).__name__,
            )
