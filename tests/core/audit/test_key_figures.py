"""Key figures: amounts add up, states are averaged, both by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.audit.key_figures import KNOWN, changing, figure_title, monthly, named, names_of, over
from core.errors import UserError
from core.inventory import Period, year_of
from core.ledger import KeyFigure, Ledger
from core.library import load_library
from tests.core.samples import PLANT

UNITS = load_library().units
YEAR = year_of(2024)


def figure(key: str = "kf00001", **changes: object) -> KeyFigure:
    """Production of 2024."""
    made = KeyFigure(key, "production", "piece", YEAR.start, YEAR.end, Decimal(3660))
    return replace(made, **changes)  # type: ignore[arg-type]


def test_amounts_that_cross_the_end_are_cut_by_day() -> None:
    held = [
        figure("a", start=date(2023, 12, 17), end=date(2024, 6, 30), quantity=Decimal(1970)),
        figure("b", start=date(2024, 7, 1)),
    ]
    found = over(held, "production", YEAR, UNITS)
    whole = Decimal(1970) * 182 / 197
    assert found.quantity is not None and abs(found.quantity - (whole + 3660)) < Decimal("1e-20")
    assert found.records == ("a", "b") and found.missing is None


def test_states_are_averaged_over_time() -> None:
    held = [
        figure("a", name="headcount", unit="person", end=date(2024, 1, 31), quantity=Decimal(100)),
        figure("b", name="headcount", unit="person", start=date(2024, 2, 1), quantity=Decimal(200)),
    ]
    found = over(held, "headcount", YEAR, UNITS)
    assert found.quantity is not None and abs(found.quantity * 366 - (100 * 31 + 200 * 335)) < Decimal("1e-20")


def test_units_convert_and_others_do_not() -> None:
    held = [
        figure("a", unit="t", end=date(2024, 6, 30), quantity=Decimal(2)),
        figure("b", unit="kg", start=date(2024, 7, 1), quantity=Decimal(500)),
    ]
    assert over(held, "production", YEAR, UNITS, "kg").quantity == 2500
    assert over(held, "production", YEAR, UNITS).quantity == Decimal("2.5")
    unlike = over([held[0], replace(held[1], unit="piece")], "production", YEAR, UNITS)
    assert unlike.quantity is None and "piece" in str(unlike.missing)


@pytest.mark.parametrize(
    ("records", "words"),
    [
        ([], "Nothing is entered from 2024-01-01 to 2024-12-31."),
        ([figure(start=date(2024, 2, 1))], "from 2024-02-01 to 2024-12-31 only"),
        ([figure(end=date(2024, 12, 30))], "to 2024-12-30 only"),
        ([figure("a"), figure("b", start=date(2024, 12, 31))], "Two entries cover 2024-12-31."),
        (
            [figure("a", end=date(2024, 3, 31)), figure("b", start=date(2024, 5, 1))],
            "Nothing is entered between 2024-03-31 and 2024-05-01.",
        ),
    ],
)
def test_what_the_data_lack_is_said(records: list[KeyFigure], words: str) -> None:
    found = over(records, "production", YEAR, UNITS)
    assert found.quantity is None and words in str(found.missing)


def test_months_are_told_apart() -> None:
    held = [figure("a", end=date(2024, 1, 31), quantity=Decimal(31)), figure("b", start=date(2024, 3, 1))]
    found = monthly(held, "production", YEAR, UNITS)
    assert [one.quantity for one in found[:2]] == [31, None] and len(found) == 12


def test_names_in_both_languages_and_own_ones() -> None:
    assert named("产量") == named("Production") == named(" production ") == "production"
    assert named("Painted doors") == "Painted doors"
    held = [figure("a", name="Painted doors"), figure("b", name="headcount"), figure("c")]
    assert names_of(held) == ("production", "headcount", "Painted doors")
    assert str(figure_title("Painted doors")) == "Painted doors"
    assert figure_title("headcount").in_language("zh") != "Headcount"
    assert all(kind.title.in_language("zh") for kind in KNOWN.values())


DAYS = st.integers(0, 365).map(lambda n: YEAR.start + timedelta(days=n))


@given(st.lists(DAYS, unique=True, max_size=6), st.lists(st.integers(0, 10**6), min_size=7, max_size=7))
def test_the_sum_of_any_two_parts_of_a_year_is_the_year(cuts: list[date], quantities: list[int]) -> None:
    """Of amounts that were entered in whatever pieces; and the mean of states lies between the least and the most."""
    edges = sorted({YEAR.start, *cuts})
    ends = [*(one - timedelta(days=1) for one in edges[1:]), YEAR.end]
    held = [
        figure(f"k{n}", start=first, end=last, quantity=Decimal(quantities[n]))
        for n, (first, last) in enumerate(zip(edges, ends, strict=True))
    ]
    halves = (Period(YEAR.start, date(2024, 5, 13)), Period(date(2024, 5, 14), YEAR.end))
    whole, *parts = (over(held, "production", one, UNITS).quantity for one in (YEAR, *halves))
    assert whole is not None and parts[0] is not None and parts[1] is not None
    assert abs(parts[0] + parts[1] - whole) <= Decimal("1e-20")
    assert whole == sum(quantities[: len(held)])
    mean = over([replace(one, name="floor_area") for one in held], "floor_area", YEAR, UNITS).quantity
    assert mean is not None
    used = quantities[: len(held)]
    assert min(used) - Decimal("1e-20") <= mean <= max(used) + Decimal("1e-20")


def test_changing_is_one_change_and_can_be_undone() -> None:
    ledger = Ledger.of([PLANT, figure("kf00001")])
    new = figure("kf00002", start=date(2023, 1, 1), end=date(2023, 12, 31))
    found = changing(ledger, UNITS, [new, figure("kf00001", quantity=Decimal(5))])
    after = ledger.apply(found.steps)
    assert [one.quantity for one in after.held(KeyFigure)] == [5, 3660]
    gone = changing(after, UNITS, removed=["kf00002"])
    assert "removed" in str(gone.why) and len(after.apply(gone.steps).held(KeyFigure)) == 1
    assert "added" in str(changing(ledger, UNITS, [new]).why)
    assert "altered" in str(changing(ledger, UNITS, [figure(quantity=Decimal(1))]).why)
    assert changing(ledger, UNITS, [figure()]).steps == ()


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (figure("n", name=""), "name"),
        (figure("n", name="a:b"), "name"),
        (figure("n", unit=" "), "unit"),
        (figure("n", end=date(2023, 12, 31)), "before the start"),
        (figure("n", quantity=Decimal(-1)), "negative"),
        (figure("n", start=date(2024, 12, 31), end=date(2025, 1, 31)), "two entries cover 2024-12-31"),
        (figure("n", start=date(2025, 1, 1), end=date(2025, 1, 31), unit="t"), "does not convert"),
    ],
)
def test_what_cannot_be_is_refused_with_a_way_out(one: KeyFigure, words: str) -> None:
    with pytest.raises(UserError) as refused:
        changing(Ledger.of([PLANT, figure()]), UNITS, [one])
    assert words in refused.value.text("en") and refused.value.remedy is not None


def test_what_is_not_there_cannot_go() -> None:
    with pytest.raises(UserError, match="no key figure kf9"):
        changing(Ledger.of([PLANT]), UNITS, removed=["kf9"])
