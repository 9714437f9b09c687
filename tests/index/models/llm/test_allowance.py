from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from index.errors import LlmError
from index.models.llm.allowance import USAGE_FILE, Allowance, Limits, Spent
from index.models.llm.messages import Usage


def test_what_was_booked_is_put_right_by_what_was_used(tmp_path: Path) -> None:
    allowance = Allowance(Limits(day_tokens=1000), tmp_path, day=lambda: "2026-01-01")
    with allowance.booked(Usage(100, 500)) as use:
        assert allowance.spent() == Spent("2026-01-01", 600)
        use(Usage(90, 20))
    assert allowance.spent() == Spent("2026-01-01", 110)


def test_it_holds_across_restarts_and_ends_with_the_day(tmp_path: Path) -> None:
    today = "2026-01-01"
    with Allowance(Limits(day_tokens=100), tmp_path, day=lambda: today).booked(Usage(60, 30)):
        pass
    again = Allowance(Limits(day_tokens=100), tmp_path, day=lambda: today)
    with pytest.raises(LlmError, match="share for today"), again.booked(Usage(10, 1)):
        raise AssertionError("not allowed")
    today = "2026-01-02"
    with again.booked(Usage(10, 1)):
        assert again.spent() == Spent("2026-01-02", 11)


def test_a_refused_call_costs_nothing(tmp_path: Path) -> None:
    allowance = Allowance(Limits(day_tokens=100), tmp_path)
    with pytest.raises(LlmError), allowance.booked(Usage(90, 20)):
        raise AssertionError("not allowed")
    assert allowance.spent().tokens == 0


def test_money_is_counted_by_the_prices_of_a_million_tokens(tmp_path: Path) -> None:
    limits = Limits(day_cost=1.0, question_cost=0.5, input_price=2.0, output_price=10.0)
    allowance = Allowance(limits, tmp_path)
    with allowance.booked(Usage(100_000, 20_000)):
        assert allowance.spent().cost == pytest.approx(0.4)
    with pytest.raises(LlmError, match="more than a question may"):
        allowance.booked(Usage(100_000, 40_000)).__enter__()
    with allowance.booked(Usage(200_000, 0)), pytest.raises(LlmError, match="share for today"):
        allowance.booked(Usage(200_000, 1_000)).__enter__()


def test_a_call_that_fails_costs_what_it_used(tmp_path: Path) -> None:
    allowance = Allowance(Limits(day_tokens=1000), tmp_path)
    with pytest.raises(ZeroDivisionError), allowance.booked(Usage(100, 500)) as use:
        use(Usage(100, 3))
        raise ZeroDivisionError
    assert allowance.spent().tokens == 103


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"day": 1}', '{"day": "x", "tokens": "y"}'])
def test_a_damaged_file_is_replaced(
    tmp_path: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / USAGE_FILE).write_text(damage)
    with Allowance(Limits(day_tokens=100), tmp_path).booked(Usage(5, 5)):
        pass
    assert json.loads((tmp_path / USAGE_FILE).read_text())["tokens"] == 10
    assert [r.levelno for r in caplog.records] == [logging.WARNING]


def test_where_nothing_can_be_written_it_counts_in_memory(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("not a folder")
    allowance = Allowance(Limits(day_tokens=100), tmp_path / "file" / "index")
    with allowance.booked(Usage(60, 0)):
        pass
    with pytest.raises(LlmError, match="share for today"):
        allowance.booked(Usage(60, 0)).__enter__()
    assert len(caplog.records) == 1


def test_the_use_of_yesterday_is_not_put_right_today(tmp_path: Path) -> None:
    today = "2026-01-01"
    allowance = Allowance(Limits(day_tokens=1000), tmp_path, day=lambda: today)
    with allowance.booked(Usage(100, 500)) as use:
        use(Usage(90, 20))
        today = "2026-01-02"
        with allowance.booked(Usage(300, 0)):
            pass
    assert allowance.spent() == Spent("2026-01-02", 300)
