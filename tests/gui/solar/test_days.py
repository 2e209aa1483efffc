"""Days of the week and times of a tariff as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.ledger import Tariff
from core.solar.tariffs import bands_of
from gui.language import set_language
from gui.solar.days import band_words, days_words, parse_days, parse_time, split_band

DAYS = st.integers(1, 7)
PART = st.tuples(DAYS, DAYS).map(lambda pair: f"{pair[0]}-{pair[1]}") | DAYS.map(str)
KEPT = st.lists(PART, min_size=1, max_size=3).map(",".join)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("daily", "1-7"),
        ("每天", "1-7"),
        ("Mon-Fri", "1-5"),
        ("monday – friday", "1-5"),
        ("Sat, Sun", "6,7"),
        ("周一至周五", "1-5"),
        ("周六、周日", "6,7"),
        ("星期天", "7"),
        ("1-5, 7", "1-5,7"),
    ],
)
def test_days_are_understood_in_both_languages(typed: str, kept: str) -> None:
    assert parse_days(typed) == kept


@pytest.mark.parametrize("typed", ["", "8", "0-3", "workdays", "1-2-3", "Mon-", "周八"])
def test_what_names_no_days_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="names no days of the week"):
        parse_days(typed)


@pytest.mark.parametrize("language", ["en", "zh"])
@given(kept=KEPT)
def test_what_is_shown_is_understood_again(language: str, kept: str) -> None:
    set_language(language)
    assert parse_days(days_words(kept)) == kept


@pytest.mark.parametrize(("typed", "kept"), [("8", "08:00"), ("8:30", "08:30"), ("23：45", "23:45"), ("24", "24:00")])
def test_times_are_understood(typed: str, kept: str) -> None:
    assert parse_time(typed) == kept


@pytest.mark.parametrize("typed", ["", "25", "24:30", "8:60", "noon"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(UserError, match="no time of the day"):
        parse_time(typed)


@given(kept=KEPT, begin=st.integers(0, 23), end=st.integers(1, 24))
def test_what_is_put_together_is_a_band_of_a_tariff(kept: str, begin: int, end: int) -> None:
    if begin == end:
        return
    when = f"{parse_days(kept)} {parse_time(str(begin))}-{parse_time(str(end))}"
    assert split_band(when) == (kept, f"{begin:02d}:00", f"{end:02d}:00")
    assert bands_of(Tariff("t", "T", "EUR", date.min, date.max, ((when, "1"),)))[0].minutes


def test_bands_are_read_as_words() -> None:
    assert band_words("1-5 08:00-12:00") == "Mon-Fri 08:00-12:00"
    assert band_words("1-7 00:00-24:00") == "daily, at any other time"
    assert band_words("6,7 00:00-24:00") == "Sat, Sun"
    assert band_words("nonsense") == "nonsense"
    assert days_words("later") == "later"
