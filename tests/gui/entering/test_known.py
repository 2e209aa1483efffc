"""A new record begins with what is known of it, and the keyboard where something is still to be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import BasePolicy, Person, Plant
from gui.actions.page import ActionsPage
from gui.entering.form import RecordForm
from gui.entering.known import known_of_new, money_of
from gui.renewables import words
from gui.renewables.page import RenewablesPage
from gui.session import Session
from gui.settings import Settings
from gui.targets.page import TargetsPage
from tests.gui.renewing import PV, certificates, keep


def said(form: RecordForm, key: str) -> object:
    return form._reads[key]()


def test_a_certificate_is_of_the_year_that_is_looked_at_and_of_the_country(
    qtbot: QtBot, bare: Session, settings: Settings
) -> None:
    page = RenewablesPage(bare, settings)
    qtbot.addWidget(page)
    page.go(words.INSTRUMENTS)
    page.instruments.ask_new()
    form = page.instruments.dialog
    assert (said(form, "market"), said(form, "start"), said(form, "end")) == (
        bare.ledger.plant.country, date(bare.year, 1, 1), date(bare.year, 12, 31),
    )  # fmt: skip
    assert form.focusWidget() is form.editors["name"].focusProxy()
    form.reject()
    page.way.options.ask_new()
    assert said(page.way.options.dialog, "first_year") == bare.year + 1
    page.way.options.dialog.reject()


def test_a_target_is_measured_from_the_base_year(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Base year"), BasePolicy(2021))
    page = TargetsPage(bare, settings)
    qtbot.addWidget(page)
    page.begin("target")
    assert said(page.targets.dialog, "base_year") == 2021
    page.targets.dialog.reject()
    page.begin("recalculation")
    assert said(page.base.triggers.dialog, "day") == date.today()
    page.base.triggers.dialog.reject()


def test_an_action_begins_next_year_and_is_of_whoever_enters_it(
    qtbot: QtBot, bare: Session, settings: Settings
) -> None:
    bare.put(T("Person"), Person("pe1", "Wang Fang", ("plant_manager",)))
    bare.act_as("Wang Fang")
    page = ActionsPage(bare, settings)
    qtbot.addWidget(page)
    page.add()
    form = page.plan.part.dialog
    assert (said(form, "start"), said(form, "owner")) == (date(bare.year + 1, 1, 1), "Wang Fang")
    form.reject()
    assert known_of_new(bare, "resolution") == {"day": date.today()}
    assert known_of_new(bare, "milestone") == {}


@pytest.mark.parametrize(("country", "money"), [("CN", "CNY"), ("PL", "PLN"), ("CH", "")])
def test_money_is_that_of_the_country_until_the_plant_names_another(bare: Session, country: str, money: str) -> None:
    plant = bare.ledger.plant
    assert isinstance(plant, Plant)
    bare.put(T("Plant"), replace(plant, country=country, region=""))
    assert money_of(bare.ledger) == money
    keep(bare, certificates(currency="EUR"))
    assert money_of(bare.ledger) == "EUR"
    keep(bare, replace(PV, currency="USD"))
    assert money_of(bare.ledger) == "USD"
