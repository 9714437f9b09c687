"""Finds the span of a passage that answers a question: MiniLM-L6 fine-tuned, int8, onnxruntime.

Input is ``[CLS] question [SEP] window [SEP]``. A span's score is the sum of its start and end
logits, "no answer" the same sum at ``[CLS]``, and the margin their difference, as in
Devlin et al. 2019, section 4.3. A second head judges whether the window answers at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding

from index.models.batches import length_buckets, pair_inputs
from index.models.onnx import open_session
from index.models.tokenizer import WordPiece
from index.models.weights import READER_FILE, WEIGHTS_DIR, known_sums
from index.types import Span

Floats = NDArray[np.float32]

MAX_PIECES = 384
MAX_QUESTION_PIECES = 64
MAX_SPAN_PIECES = 30
MAX_BATCH = 8
OUTPUTS = ("start_logits", "end_logits", "answerable_logit")


class WindowReading(NamedTuple):
    """The best span of a window, in characters of the window, and its margin in logits."""

    span: Span
    margin: float
    #: Logit of "the window answers the question"; 0 if the model has no head for it.
    verdict: float = 0.0


class Reader:
    """The extractive reader. Thread-safe: the session and the tokenizer are."""

    def __init__(
        self, tokenizer: WordPiece, *, threads: int = 0, folder: Path = WEIGHTS_DIR
    ) -> None:
        self._tokenizer = tokenizer
        self._session = open_session(READER_FILE, threads=threads, folder=folder)
        names = [output.name for output in self._session.get_outputs()]
        self._outputs = [name for name in OUTPUTS if name in names]
        self.name = f"reader/int8/{known_sums(folder)[READER_FILE][:12]}"

    def read(
        self, question: str, windows: Sequence[str], cues: Sequence[str] = ()
    ) -> list[WindowReading]:
        """The best span of each of ``windows``, in their order.

        ``cues``, one a window, are read before it, but no span is looked for in them. A window
        without a word piece reads as an empty span with margin -inf.
        """
        asked = self._tokenizer.encode(question).ids[:MAX_QUESTION_PIECES]
        encodings = self._tokenizer.encode_many(windows)
        before = [each.ids for each in self._tokenizer.encode_many(cues or [""] * len(windows))]
        rows = [self._row(asked, *pair) for pair in zip(before, encodings, strict=True)]
        readings = [WindowReading(Span(0, 0), -np.inf)] * len(rows)
        lengths = [len(row) for row in rows]
        asked_end = len(asked) + 2
        for batch in length_buckets(lengths, max_batch=MAX_BATCH):
            feed = pair_inputs([rows[index] for index in batch], [asked_end] * len(batch))
            starts, ends, *verdicts = map(np.asarray, self._session.run(self._outputs, feed))
            for row, index in enumerate(batch):
                first, stop = asked_end + len(before[index]), lengths[index] - 1
                if stop > first:
                    span, margin = _best_span(starts[row], ends[row], first, stop, encodings[index])
                    verdict = float(verdicts[0][row]) if verdicts else 0.0
                    readings[index] = WindowReading(span, margin, verdict)
        return readings

    def _row(self, question: Sequence[int], cue: Sequence[int], window: Encoding) -> list[int]:
        cls, sep = self._tokenizer.cls_id, self._tokenizer.sep_id
        room = MAX_PIECES - len(question) - len(cue) - 3
        return [cls, *question, sep, *cue, *window.ids[:room], sep]


def _best_span(
    starts: Floats, ends: Floats, first: int, stop: int, window: Encoding
) -> tuple[Span, float]:
    """The span ``i <= j < i + MAX_SPAN_PIECES`` of highest score, inside ``first..stop``, and
    its margin."""
    scores = starts[first:stop, None] + ends[None, first:stop]
    size = stop - first
    offsets = np.arange(size)
    reach = offsets[None, :] - offsets[:, None]
    scores = np.where((reach >= 0) & (reach < MAX_SPAN_PIECES), scores, -np.inf)
    i, j = divmod(int(scores.argmax()), size)
    margin = float(scores[i, j] - (starts[0] + ends[0]))
    return Span(window.offsets[i][0], window.offsets[j][1]), margin
