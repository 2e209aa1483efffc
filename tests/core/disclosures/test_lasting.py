"""What is known on one day says what is known on every later one, until somebody enters something."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from core.disclosures.catalogue import all_points
from core.disclosures.derived import all_derived, dated
from core.disclosures.known import Known
from core.disclosures.lasting import DAY, MOST_TURNS, Stretch, on, stretches
from core.disclosures.value import PointValue
from core.disclosures.values import answers_of, last_day, value_on, values_of
from core.ledger import Answer, Evidence, MineralDeclaration, Record, Supplier, Undertaking
from tests.core.disclosures.plants import FULL, TODAY, gathered


def answer(point: str, day: date, *evidence: str, **more: Any) -> Answer:
    return Answer(f"2023 {point}", point, 2023, day, "yes", evidence=evidence, **more)


ANSWERS: tuple[Record, ...] = (
    answer("check.G1", date(2024, 1, 31), "p1"), answer("policy.env", date(2022, 5, 1), "p1", "p2"),
    answer("risk.hr", date(2024, 2, 2), "p2", valid_to="2024-09-09"), answer("permit.list", date(2024, 2, 2), "gone"),
    Evidence("p1", "one.pdf", "other", "1" * 64, 1, valid_to="2024-12-24"),
    Evidence("p2", "two.pdf", "other", "2" * 64, 1),
    Supplier("su8", "Leaves soon", "CN", minerals=True, until="2025-02-27"),
    Supplier("su9", "Delivers", "CN", minerals=True),
    Undertaking("un8", "su9", "ilo", "2024", date(2024, 8, 1), valid_to="2025-08-01"),
    MineralDeclaration("md8", "CMRT", "6.5", "Delivers", "2024-02-29", "su9", "A", verdict="accepted"),
    MineralDeclaration("md9", "EMRT", "2.1", "Delivers", "2024-07-31", "su9", "A"),
)  # fmt: skip
KNOWN = gathered(*FULL, *ANSWERS)
KEPT = stretches(KNOWN)


def points_on(known: Known, day: date) -> dict[str, PointValue]:
    return dict(values_of(replace(known, today=day, _worked_out={})))


@given(st.integers(0, 2500))
@settings(max_examples=60, deadline=None)
def test_on_every_later_day_what_is_kept_is_what_is_worked_out_anew(later: int) -> None:
    day = TODAY + timedelta(days=later)
    assert {key: on(own, day) for key, own in KEPT.items()} == points_on(KNOWN, day)


def test_every_day_on_which_something_changes_is_seen() -> None:
    days = {date.fromisoformat(one.until) for own in KEPT.values() for one in own if one.until}
    assert {date(2024, 9, 9), date(2024, 12, 24), date(2025, 2, 27), date(2025, 2, 28), date(2025, 8, 1)} <= days
    for day in sorted(days):
        before, after = points_on(KNOWN, day), points_on(KNOWN, day + DAY)
        assert before != after, day
        for one, told in ((day, before), (day + DAY, after)):
            assert {key: on(own, one) for key, own in KEPT.items()} == told


def test_what_is_not_dated_never_looks_at_the_day() -> None:
    untouchable = cast(date, object())
    known = replace(KNOWN, today=untouchable, _worked_out={})
    for key, derive in all_derived().items():
        if key not in dated():
            derive(known)
    assert {one for one in dated() if len(KEPT[one]) > 1} >= {"cert.iso14001", "min.response_pct", "check.P1"}


def test_many_days_of_change_are_looked_ahead_for_and_no_more() -> None:
    gone = [Supplier(f"s{n:03}", f"S {n}", "CN", until=(TODAY + n * DAY).isoformat()) for n in range(1, 100)]
    kept = stretches(gathered(*gone))["check.P1"]
    end = TODAY + (MOST_TURNS + 1) * DAY
    assert len(kept) == MOST_TURNS + 1 and kept[-1].until == end.isoformat()
    assert on(kept, end) is not None and on(kept, end + DAY) is None


def test_what_is_no_day_is_known_for_today_alone() -> None:
    odd = replace(cast(Supplier, ANSWERS[6]), until="soon")
    kept = stretches(gathered(odd))
    assert [one.until for one in kept["check.P1"]] == [TODAY.isoformat()]
    assert [one.until for one in kept["ghg.s1"]] == [""]


def test_an_answer_of_the_last_year_there_is_has_a_last_day() -> None:
    point = all_points()["policy.env"]
    late = Answer("9999 policy.env", "policy.env", 9999, date(9999, 12, 31), "yes")
    assert last_day(point, late) == "9999-12-31"
    known = gathered(late, year=2023)
    assert stretches(known)["policy.env"] == (Stretch("", value_on(point, known, (), frozenset())),)
    assert "policy.env" not in answers_of(known)
