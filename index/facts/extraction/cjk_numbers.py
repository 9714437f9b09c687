"""Numbers with their counters in Chinese, Japanese and Korean: "約18億円", "240席", "300명"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

_MAGNITUDES = {
    "百": 100, "千": 1000, "万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8,
    "억": 10**8, "兆": 10**12, "조": 10**12,
}  # fmt: skip
#: A unit or counter: one or two characters that are no particles. Longer ones by name.
_COUNTER = (
    r"キロメートル|キログラム|キロ|センチ|ミリ|メートル|グラム|トン|リットル|パーセント|ドル|ユーロ|ポンド|"
    r"公里|公斤|美元|欧元|英镑|小时|分钟|平方米|[かヶカケ]月|個月|个月|週間|時間|年間|日間|分間|"
    r"%|％|퍼센트|킬로미터|미터|달러|유로|시간|개월|"
    r"[円元人名席冊台回本個件社国点枚頭匹羽軒戸棟階歳才秒分時日年歲岁个座条辆位家张只次米克吨명원개대권석층살분초번회]"
)
_COUNT = re.compile(
    rf"(?P<bound>約|およそ|おおよそ|大約|大约|약|최대|最大|最多|至少|少なくとも)?\s?"
    rf"(?<![\d.,])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)"
    rf"(?P<magnitude>[{''.join(_MAGNITUDES)}]*)\s?(?P<counter>{_COUNTER})(?P<more>以上|以下|未満)?"
)
#: A clock or a calendar, not a count: "午前9時", "第3回".
_NO_COUNT = re.compile(r"(?:午前|午後|上午|下午|오전|오후|第|제|[年月日時时])\Z")
_CLOCK = re.compile(r"[時时시]\Z")


class Count(NamedTuple):
    """Where a count stands, its plain decimal, and what it counts with."""

    start: int
    end: int
    value: str
    counter: str


def is_cjk(language: str | None) -> bool:
    """Whether numbers are written with counters right behind them."""
    return (language or "")[:2] in {"ja", "zh", "ko"}


def read_counts(text: str) -> Iterator[Count]:
    """The counts of a sentence in order."""
    for match in _COUNT.finditer(text):
        if _NO_COUNT.search(text, 0, match.start("number")) or _CLOCK.search(match["counter"]):
            continue
        value = Decimal(match["number"].replace(",", ""))
        for sign in match["magnitude"]:
            value *= _MAGNITUDES[sign]
        shown = match.start("bound") if match["bound"] else match.start("number")
        yield Count(shown, match.end(), format(value.normalize(), "f"), match["counter"])
