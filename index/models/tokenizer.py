"""WordPiece for the embedder and the reader, which share one vocabulary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tokenizers import Encoding, Tokenizer

from index.models.weights import TOKENIZER_FILE, WEIGHTS_DIR, read_checked

CLS = "[CLS]"
SEP = "[SEP]"
#: Texts that are encoded at once where there may be a million: an encoding takes some kilobytes.
AT_ONCE = 4096


class WordPiece:
    """Texts to word pieces with offsets. Never truncates or pads by itself."""

    def __init__(self, folder: Path = WEIGHTS_DIR) -> None:
        data = read_checked(TOKENIZER_FILE, folder).decode("utf-8")
        self._tokenizer: Tokenizer = Tokenizer.from_str(data)
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self.cls_id = self._id(CLS)
        self.sep_id = self._id(SEP)

    def encode(self, text: str) -> Encoding:
        """Word pieces of ``text`` without special tokens; ``offsets`` index its characters."""
        return self._tokenizer.encode(text, add_special_tokens=False)

    def encode_many(self, texts: Sequence[str]) -> list[Encoding]:
        """Word pieces of each of ``texts``, without special tokens."""
        return self._tokenizer.encode_batch(list(texts), add_special_tokens=False)

    def count_pieces(self, texts: Sequence[str]) -> list[int]:
        """The number of word pieces in each of ``texts``."""
        return [
            len(encoding.ids)
            for start in range(0, len(texts), AT_ONCE)
            for encoding in self.encode_many(texts[start : start + AT_ONCE])
        ]

    def knows_word(self, word: str) -> bool:
        """Whether the lower-cased ``word`` is one piece of the vocabulary: a common word."""
        return self._tokenizer.token_to_id(word.lower()) is not None

    def _id(self, token: str) -> int:
        token_id = self._tokenizer.token_to_id(token)
        assert token_id is not None, token
        return token_id
