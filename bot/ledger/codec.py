"""An ``Answer`` or ``Turn`` as JSON, and back, equal in every field."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from index.types import (
    Answer,
    BlockKind,
    Citation,
    Hit,
    Passage,
    Reading,
    RejectedClaim,
    Span,
    Status,
    Turn,
)


def dump(value: Answer | Turn) -> str:
    # ASCII only: a lone surrogate in a question survives as its escape.
    return json.dumps(asdict(value), separators=(",", ":"), default=str)


def load_answer(text: str) -> Answer:
    """Raises ValueError, KeyError or TypeError for anything that :func:`dump` did not write."""
    raw = json.loads(text)
    return Answer(
        **{
            **raw,
            "status": Status(raw["status"]),
            "citations": tuple(_citation(item) for item in raw["citations"]),
            "nearest": tuple(
                Hit(**{**item, "passage": _passage(item["passage"])}) for item in raw["nearest"]
            ),
            "rejected": tuple(RejectedClaim(**item) for item in raw["rejected"]),
            "readings": tuple(
                Reading(
                    **{
                        **item,
                        "passage": _passage(item["passage"]),
                        "span": Span(*item["span"]),
                    }
                )
                for item in raw["readings"]
            ),
            "choices": tuple(raw.get("choices", ())),
        }
    )


def load_turn(text: str) -> Turn:
    raw = json.loads(text)
    return Turn(
        **{
            **raw,
            "citations": tuple(_citation(item) for item in raw["citations"]),
            "choices": tuple(raw.get("choices", ())),
        }
    )


def _passage(raw: dict[str, Any]) -> Passage:
    sentences = tuple(Span(*pair) for pair in raw["sentences"])
    kind = BlockKind(raw.get("kind", BlockKind.PARAGRAPH))
    return Passage(**{**raw, "sentences": sentences, "kind": kind})


def _citation(raw: dict[str, Any]) -> Citation:
    highlight = raw["highlight"]
    return Citation(
        **{
            **raw,
            "passage": _passage(raw["passage"]),
            "highlight": None if highlight is None else Span(*highlight),
        }
    )
