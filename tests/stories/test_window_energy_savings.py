"""An LED retrofit in the window: typed, its tonnes and money seen, altered, in the report, removed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.ledger import Measure
from core.library.library import regions_of
from core.savings import MONEY_SECTION, NEVER_SUBTRACTED, all_kinds
from core.solar.avoided import answers
from gui.language import _, say
from gui.savings.dialog import MeasureDialog
from gui.savings.rows import mwh
from gui.wording import TONNES, tonnes
from tests.core.report.poppler import needs_poppler
from tests.stories.conftest import Start
from tests.stories.engineer import Engineer, Job, in_dialog

both = pytest.mark.parametrize("lang", ["zh", "en"])
NAME = "LED hall 一号厂房"
HOURS = 16 * 250
BEFORE, AFTER, BETTER = (Decimal(400 * 2 * 58) / 1000 * HOURS, Decimal(400 * 60) / 1000 * HOURS,
                         Decimal(400 * 50) / 1000 * HOURS)  # fmt: skip
"""Energy of a year with the old lamps, the new ones, and still better ones. [kWh]"""
PRICE = Decimal("0.25")


@pytest.fixture
def job(start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> Job:
    """Somebody in front of a new plant with one bill."""
    made = Job(Engineer(start(lang), qtbot), tmp_path, monkeypatch)
    made.creates_a_plant("PL")
    made.pastes_a_bill(Decimal(1_000_000))
    return made


@needs_poppler
@both
def test_a_measure_is_typed_seen_altered_and_removed(job: Job) -> None:
    job.person.goes_to(_("Overview"))
    before = job.person.number(_("Total, location-based"))
    add(job)
    see_what_it_saves(job, BEFORE - AFTER)
    alter(job)
    see_what_it_saves(job, BEFORE - BETTER)
    job.person.goes_to(_("Overview"))
    assert job.person.number(_("Total, location-based")) == before, "a saving stands beside the inventory"
    words = job.draws_a_draft()
    assert "".join(NAME.split()) in words and mwh(BEFORE - BETTER) in words
    remove(job)


def titles() -> dict[str, str]:
    """What the fields of a lighting measure are called, by the key of the parameter."""
    sections = (*all_kinds()["lighting"].sections, MONEY_SECTION)
    found = (parameter for section in sections for parameter in section.parameters)
    return {one.key: f"{say(one.title)} ({one.unit})" if one.unit else say(one.title) for one in found}


def fill(job: Job, said: Mapping[str, str]) -> None:
    for key, typed in said.items():
        job.person.fills(titles()[key], typed)


def add(job: Job) -> None:
    person = job.person
    person.goes_to(_("Savings"))
    assert person.sees(_("No measures yet"))

    def enter() -> None:
        person.presses(_("Save"))
        assert person.sees(_("Please fill this in.")), "what is missing stands at its field"
        person.fills(_("Name"), NAME)
        fill(job, {"luminaires_before": "400", "lamps_before": "2", "watts_before": "58", "luminaires_after": "400",
                   "watts_after": "60", "hours_per_day": "16", "days": "250", "price": f"{PRICE}"})  # fmt: skip
        person.chooses(titles()["currency"], "EUR")
        person.presses(_("Save"))

    in_dialog(person, MeasureDialog, lambda: person.presses(_("Add measure")), enter)
    (made,) = job.session.ledger.held(Measure)
    assert (made.name, made.kind, made.start.year) == (NAME, "lighting", job.session.year)


def see_what_it_saves(job: Job, kwh: Decimal) -> None:
    person, session = job.person, job.session
    factor = answers(session.library, regions_of(session.ledger.plant), session.year)[0].factor
    assert factor is not None
    person.waits(lambda: person.number(_("Saved")) == f"{mwh(kwh)} MWh")
    assert person.number(_("Avoided (memo)")) == f"{tonnes(kwh / 1000 * factor.value)} {TONNES}"
    assert person.number(_("Saved money")) == f"{kwh * PRICE:,.0f} EUR"
    assert person.sees(say(NEVER_SUBTRACTED))
    (row,) = person.rows(_("Measures"))
    assert row[0] == NAME and mwh(kwh) in row


def alter(job: Job) -> None:
    person = job.person
    person.grid(_("Measures")).selectRow(0)

    def correct() -> None:
        fill(job, {"watts_after": "50"})
        person.presses(_("Save"))

    in_dialog(person, MeasureDialog, lambda: person.presses(_("Alter…")), correct)


def remove(job: Job) -> None:
    person = job.person
    person.goes_to(_("Savings"))
    person.grid(_("Measures")).selectRow(0)
    person.presses(_("Remove"))
    assert job.session.ledger.held(Measure) == ()
    assert person.sees(_("No measures yet"))
    person.strikes("Ctrl+Z")
    assert len(job.session.ledger.held(Measure)) == 1
