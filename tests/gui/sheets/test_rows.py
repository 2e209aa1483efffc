"""Spans of days by the shortest name that says all of them."""

from __future__ import annotations

from datetime import date

import pytest

from gui.evidence.rows import period_words
from gui.language import set_language
from gui.sheets.rows import days

SPANS = [
    ("2024-02-01", "2024-02-29", "2024-02", "2024年2月"),
    ("2024-01-01", "2024-12-31", "2024", "2024年"),
    ("2024-01-01", "2024-03-31", "2024-01 – 2024-03", "2024年1月 – 2024年3月"),
    ("2023-07-01", "2024-06-30", "2023-07 – 2024-06", "2023年7月 – 2024年6月"),
    ("2024-01-15", "2024-02-14", "2024-01-15 – 2024-02-14", "2024年1月15日 – 2024年2月14日"),
    ("2023-02-01", "2023-02-27", "2023-02-01 – 2023-02-27", "2023年2月1日 – 2023年2月27日"),
]


@pytest.mark.parametrize(("start", "end", "en", "zh"), SPANS)
def test_months_and_years_by_their_name(start: str, end: str, en: str, zh: str) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert days(first, last) == period_words(start, end) == en
    set_language("zh")
    assert days(first, last) == period_words(start, end) == zh


def test_of_a_proof_both_days_may_be_unknown() -> None:
    assert period_words("", "") == ""
    assert period_words("2024-01-01", "") == "2024-01-01 – …"
    assert period_words("2024-01-01", "2024-01-01") == "2024-01-01"
    assert period_words("2024-01-01", "9999-12-31") == "2024-01-01 – 9999-12-31"
