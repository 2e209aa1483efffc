"""Rules in the window: every one with its source, and numbers that an expert changes with another source."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from core.instruments import all_rules
from core.ledger import RuleValue
from core.renewables.claim_rules import all_claim_rules
from gui.renewables import words as said
from gui.renewables.rules import CHOSEN, RulesView
from gui.session import Session
from gui.settings import Settings
from tests.gui.renewing import keep, opened, words

KEY = "renewables.commissioning_years"


@pytest.fixture
def view(qtbot: QtBot, bare: Session, settings: Settings) -> RulesView:
    window, page = opened(qtbot, bare, settings, said.RULES)
    page.rules.kept_window = window  # type: ignore[attr-defined]
    return page.rules


def number(view: RulesView, key: str) -> dict[str, str]:
    row = next(one for one in view.numbers.model.records if one.id == key)
    return {column.key: column.text(row) for column in view.numbers.model.columns}


def test_every_rule_is_listed_with_its_source(view: RulesView) -> None:
    rows = view.rules.model.records
    assert {one.key for one in rows if one.about == "instrument"} == set(all_rules())
    assert {one.key for one in rows if one.about == "claim"} == set(all_claim_rules())
    assert all(one.source and one.levels for one in rows)


def test_every_number_that_a_rule_asks_is_listed_with_its_source(view: RulesView) -> None:
    asked = {one.key for row in view.rules.model.records for one in row.parameters}
    listed = {one.id: one.ruling for one in view.numbers.model.records}
    assert asked <= set(listed)
    assert {"zero_carbon.basic", "scope2_revision.longest_interval"} <= set(listed)
    assert all(one.source for one in listed.values())


def test_numbers_of_the_selected_rule(view: RulesView) -> None:
    view.rules.show_record("instrument:commissioning_age")
    view.which.setCurrentIndex(view.which.findData(CHOSEN))
    view.which.activated.emit(1)
    assert KEY in {one.id for one in view.numbers.model.records}
    view.rules.show_record("instrument:kinds" if "kinds" in all_rules() else view.rules.model.records[-1].id)
    assert KEY not in {one.id for one in view.numbers.model.records}


def test_a_weak_source_is_marked(view: RulesView) -> None:
    weak = [one for one in view.numbers.model.records if one.ruling.status == "WEAK"]
    assert weak and number(view, weak[0].id)["status"] == "Seen in a weak source"


def test_a_number_is_changed_with_its_source_and_brought_back(qtbot: QtBot, view: RulesView, bare: Session) -> None:
    view.numbers.show_record(KEY)
    assert not view.back_button.isEnabled()
    view.ask()
    dialog = view.dialog
    dialog.prefill({"value": "20", "source": "Decision of the board"})
    dialog._start()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    held = bare.ledger.get("rule_value", KEY)
    assert isinstance(held, RuleValue) and (held.value, held.source) == ("20", "Decision of the board")
    assert (number(view, KEY)["value"], number(view, KEY)["shipped"]) == ("20", "15")
    view.numbers.show_record(KEY)
    assert view.back_button.isEnabled()
    view.back_button.click()
    assert bare.ledger.get("rule_value", KEY) is None and number(view, KEY)["value"] == "15"


def test_a_value_without_a_source_is_refused(qtbot: QtBot, view: RulesView, bare: Session) -> None:
    view.numbers.show_record(KEY)
    view.ask()
    view.dialog.prefill({"value": "20"})
    view.dialog._start()
    qtbot.wait(10)
    assert view.dialog.isVisible() and bare.ledger.held(RuleValue) == ()


def test_a_changed_value_is_changed_again(view: RulesView, bare: Session) -> None:
    keep(bare, RuleValue(KEY, "20", "Board"))
    view.numbers.show_record(KEY)
    view.ask()
    assert view.dialog.editors["value"].line.text() == "20"  # type: ignore[attr-defined]
    assert not view.dialog.editors["id"].isEnabled()


def test_the_inspector_says_whose_the_rule_is(qtbot: QtBot, view: RulesView, bare: Session) -> None:
    keep(bare, RuleValue(KEY, "20", "Board"))
    view.rules.show_record("instrument:commissioning_age")
    shown = view.inspect()
    assert shown is not None
    qtbot.addWidget(shown)
    shown.show()
    seen = words(shown)
    assert "RE100 Technical Criteria" in seen and "Board" in seen and "15 years" in seen
