"""Parts of the page about actions by themselves: words, what an answer holds, bars by year, looks without colour."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.actions import Followed
from core.actions.measured import MeasuredYear
from core.actions.summary import Money
from core.i18n import T
from core.ledger import Milestone, Step
from gui.actions.answer import Answer, answer_of
from gui.actions.curve_view import CHOSEN, GIVEN, OPEN, _looks, vanishing
from gui.actions.figures import figures_of
from gui.actions.measured_view import Row, by_year
from gui.actions.timeline_view import LOOKS
from gui.actions.words import money, saving_words, status_title, tonnes_a_year
from gui.language import set_language
from gui.session import Session
from tests.core.actions.plans import action, d, in_tonnes
from tests.gui.actions.test_page import PLAN, TODAY


@pytest.fixture
def answer(bare: Session) -> Answer:
    bare.put(T("Test"), *PLAN)
    return answer_of(bare.ledger, bare.inventory, bare.library, bare.file.reader(), TODAY)


def test_numbers_are_short_and_nothing_is_told_from_zero() -> None:
    assert [tonnes_a_year(Decimal(one)) for one in ("9499.6", "99.94", "0", "-1.25")] == ["9,500", "99.9", "0", "−1.2"]
    assert tonnes_a_year(None) == money(None) == "–"
    assert money(Decimal("-563.6"), 2) == "−563.60"


def test_a_plan_in_energy_and_one_in_tonnes() -> None:
    assert saving_words(action(energy=250_000)) == "250.0 MWh"
    assert saving_words(in_tonnes(tonnes=12)) == "12.0 t CO₂e"
    assert saving_words(in_tonnes(tonnes=0)) == "–"


def test_every_status_has_its_word_and_its_look() -> None:
    words = [status_title(key) for key in LOOKS]
    assert words == ["Idea", "Planned", "Approved", "Running", "Done", "Stopped"]
    assert status_title("odd") == "odd"


def test_looks_of_the_curve_differ_in_their_filling() -> None:
    assert len({look.fill for look in _looks().values()}) == 3 == len({GIVEN, CHOSEN, OPEN})


def test_the_next_milestone_is_the_first_open_one(answer: Answer) -> None:
    roof = next(one for one in answer.situation.actions if one.id == "ac00003")
    assert answer.next_milestone(roof) == answer.situation.ledger.get("milestone", "mi00001")
    valves = next(one for one in answer.situation.actions if one.id == "ac00001")
    assert answer.next_milestone(valves) is None
    reached = replace(Milestone("mi00001", "ac00003", "Order", date(2024, 3, 31)), done="2024-03-01")
    ledger = answer.situation.ledger.apply([Step("milestone", "mi00001", answer.next_milestone(roof), reached)])
    later = replace(answer, situation=replace(answer.situation, ledger=ledger)).next_milestone(roof)
    assert later is not None and later.id == "mi00002"


def test_what_is_judged_belongs_to_its_action(answer: Answer) -> None:
    course = next(one for one in answer.situation.actions if one.id == "ac00004")
    assert {one.subject for one in answer.of(course)} == {"ac00004"}
    assert answer.today == TODAY


def test_the_sentence_about_all_renewable_electricity_is_always_there(answer: Answer) -> None:
    start = "With 100 % renewable electricity, market-based tonnes of electricity measures vanish"
    assert vanishing(answer, 2030).startswith(start) and vanishing(answer, 2030).endswith("from 2027 on.")
    never = replace(answer, situation=replace(answer.situation, shares=()))
    assert vanishing(never, 2024).startswith(start) and vanishing(never, 2024).endswith("is 0.0 % in 2024.")


@pytest.mark.usefixtures("dressed")
def test_figures_are_named_for_screen_readers(answer: Answer) -> None:
    names = [one.accessibleName() for one in figures_of(answer)]
    assert names[0].startswith("Saves in 2030: ") and names[2] == "Actions: 4"
    set_language("zh")
    assert names != [one.accessibleName() for one in figures_of(answer)]


@pytest.mark.usefixtures("dressed")
def test_money_of_two_currencies_is_never_one_number(answer: Answer) -> None:
    both = (Money("CNY", Decimal(100), Decimal(7), 2), Money("EUR", Decimal(5), Decimal(3), 1))
    found = figures_of(replace(answer, summary=replace(answer.summary, money=both)))[3]
    assert found.accessibleName() == "Net present value: 7 CNY"
    none = figures_of(replace(answer, summary=replace(answer.summary, money=())))[3]
    assert none.accessibleName() == "Net present value: –"


FOLLOWED = (
    Followed(action("a"), "measured", (MeasuredYear(2024, *d(1000, 800, 10, 8)), MeasuredYear(2025, *d(0, 0, 6, 9)))),
    Followed(in_tonnes("t"), "measured", (MeasuredYear(2024, *d(0, 0, 5, 5)),)),
    Followed(action("n"), "none"),
)


def test_bars_by_year_are_the_sums_of_all_actions() -> None:
    tonnes, energy = by_year(FOLLOWED, energy=False), by_year(FOLLOWED, energy=True)
    assert tonnes.categories == energy.categories == ("2024", "2025")
    assert [one.values for one in tonnes.series] == [tuple(d(15, 6)), tuple(d(13, 9))]
    assert [one.values for one in energy.series] == [tuple(d(1, 0)), (Decimal("0.8"), Decimal(0))]
    assert (tonnes.unit, energy.unit) == ("t CO₂e", "MWh") and tonnes.beside


def test_percent_of_the_plan_is_of_energy_where_it_was_planned_so() -> None:
    first, second = (Row("a", FOLLOWED[0], year) for year in FOLLOWED[0].years)
    assert (first.percent, second.percent) == (Decimal(80), Decimal(150))
    assert Row("n", FOLLOWED[2], None).percent is None
    assert Row("a", FOLLOWED[0], MeasuredYear(2024, *d(0, 0, 0, 3))).percent is None
