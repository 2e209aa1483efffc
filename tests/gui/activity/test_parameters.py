"""The form of what a method asks for: each edit one undoable change, errors at the field, the keyboard where it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from core.i18n import T
from core.ledger import Activity, OwnFactor
from core.methods import all_methods
from gui.activity.parameters import ChosenField, ParameterForm, form_of
from gui.fields import ParsedField
from gui.language import set_language
from gui.pages import Place
from gui.pages import activity as activity_place
from gui.session import Session
from gui.settings import Settings
from gui.window import Window
from tests.gui.walk import clipped, nameless, out_of_order, stretched

FREIGHT = Activity("f1", "Trucks", "freight", "articulated_truck", date(2024, 1, 1), date(2024, 12, 31), Decimal(120),
                   "t", parameters=(("distance", "500"),))  # fmt: skip
WASTE = Activity("w1", "Skip", "waste", "wood_waste", date(2024, 1, 1), date(2024, 12, 31), Decimal(12), "t")


def form(qtbot: QtBot, session: Session, record: Activity) -> ParameterForm:
    session.put(T("Entered"), record)
    made = form_of(record, session)
    assert made is not None
    qtbot.addWidget(made)
    made.resize(420, 900)
    made.show()
    return made


def held(session: Session, key: str) -> Activity:
    found = session.ledger.get("activity", key)
    assert isinstance(found, Activity)
    return found


def number(made: ParameterForm, key: str) -> ParsedField[Decimal]:
    found = made.fields[key]
    assert isinstance(found, ParsedField)
    return found


def chosen(made: ParameterForm, key: str) -> ChosenField:
    found = made.fields[key]
    assert isinstance(found, ChosenField)
    return found


def type_into(qtbot: QtBot, made: ParameterForm, key: str, text: str) -> None:
    line = number(made, key).line
    line.setText(text)
    line.editingFinished.emit()
    qtbot.wait(10)


def choose(qtbot: QtBot, made: ParameterForm, key: str, value: str) -> None:
    box = chosen(made, key).box
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())
    qtbot.wait(10)


def test_a_number_becomes_one_change_that_can_be_undone(qtbot: QtBot, bare: Session) -> None:
    made = form(qtbot, bare, FREIGHT)
    assert number(made, "distance").read() == 500
    type_into(qtbot, made, "distance", "620.5")
    assert held(bare, "f1").parameters == (("distance", "620.5"),)
    assert "Distance" in str(bare.undo_text)
    bare.undo()
    assert held(bare, "f1") == FREIGHT


def test_an_emptied_field_takes_the_parameter_away(qtbot: QtBot, bare: Session) -> None:
    made = form(qtbot, bare, FREIGHT)
    type_into(qtbot, made, "distance", "")
    assert held(bare, "f1").parameters == ()


@pytest.mark.parametrize("text", ["-5", "far", "1e400"])
def test_what_the_method_cannot_take_is_told_at_the_field(qtbot: QtBot, bare: Session, text: str) -> None:
    made = form(qtbot, bare, FREIGHT)
    before = bare.file.entries
    type_into(qtbot, made, "distance", text)
    assert number(made, "distance").message.startswith("⚠")
    assert held(bare, "f1") == FREIGHT
    assert bare.file.entries == before


def test_a_missing_required_choice_is_marked_until_it_is_made(qtbot: QtBot, bare: Session) -> None:
    made = form(qtbot, bare, WASTE)
    assert "Missing" in chosen(made, "treatment").message
    choose(qtbot, made, "treatment", "landfill")
    assert held(bare, "w1").parameters == (("treatment", "landfill"),)
    again = form_of(held(bare, "w1"), bare)
    assert again is not None
    qtbot.addWidget(again)
    assert "Missing" not in chosen(again, "treatment").message
    assert chosen(again, "treatment").value == "landfill"


def test_the_category_of_a_method_with_several_is_chosen(qtbot: QtBot, bare: Session) -> None:
    made = form(qtbot, bare, FREIGHT)
    choose(qtbot, made, "category", "9")
    assert held(bare, "f1").category == 9


def test_an_own_factor_is_chosen_by_its_name(qtbot: QtBot, bare: Session) -> None:
    own = OwnFactor("f00001", "Carrier 2024", "supplier", "Carrier", "Letter", "1", "articulated_truck",
                    "freight", "kg/tkm", (("CO2e", "0.05"),), date(2024, 1, 1), date(2024, 12, 31), "e1",
                    general=False)  # fmt: skip
    bare.put(T("Factor"), own)
    made = form(qtbot, bare, FREIGHT)
    choose(qtbot, made, "factor", "f00001")
    assert dict(held(bare, "f1").parameters)["factor"] == "f00001"


def test_what_no_longer_exists_is_shown_and_kept(qtbot: QtBot, bare: Session) -> None:
    gone = Activity(**{**{k: getattr(FREIGHT, k) for k in FREIGHT.__slots__}, "parameters": (("factor", "f9"),)})
    made = form(qtbot, bare, gone)
    assert chosen(made, "factor").value == "f9"
    assert held(bare, "f1").parameters == (("factor", "f9"),)


def test_of_many_inputs_those_that_matter_come_first(qtbot: QtBot, bare: Session) -> None:
    boiler = Activity("b1", "Boiler", "stationary_combustion", "natural_gas", date(2024, 1, 1), date(2024, 12, 31),
                      Decimal(10), "m3", parameters=(("oxidation", "98"),))  # fmt: skip
    made = form(qtbot, bare, boiler)
    assert number(made, "oxidation").isVisible()
    assert not made.fields["uncertainty"].isVisible()
    more = next(b for b in made.findChildren(QPushButton) if "more inputs" in b.text())
    more.click()
    qtbot.wait(10)
    assert made.fields["uncertainty"].isVisible()
    again = form_of(boiler, bare)
    assert again is not None
    qtbot.addWidget(again)
    again.show()
    assert again.fields["uncertainty"].isVisible()


@pytest.mark.parametrize("key", sorted(all_methods()))
def test_every_method_has_its_form(qtbot: QtBot, bare: Session, key: str) -> None:
    method = all_methods()[key]
    record = Activity("x", "Source", key, method.example.get("item", ""), date(2024, 1, 1), date(2024, 1, 31),
                      Decimal(1), method.example.get("unit", ""), parameters=method.example_parameters)  # fmt: skip
    made = form_of(record, bare)
    assert made is not None
    qtbot.addWidget(made)
    made.show()
    assert set(made.fields) >= {p.key for p in method.parameters} | {"uncertainty", "factor"}
    assert nameless(made) == []


def test_a_file_that_can_only_be_read_has_no_form(qtbot: QtBot, bare: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Session, "writable", property(lambda _self: False))
    assert form_of(FREIGHT, bare) is None


def test_in_the_inspector_tab_goes_on_after_the_change(qtbot: QtBot, bare: Session, settings: Settings) -> None:
    bare.put(T("Entered"), FREIGHT)
    window = Window(bare, settings, [Place(activity_place.PAGE, activity_place.create)])
    qtbot.addWidget(window)
    window.show()
    window.go("activity", "f1")
    window.activateWindow()
    qtbot.wait(30)
    made = window.inspector.findChild(ParameterForm)
    assert isinstance(made, ParameterForm)
    next(b for b in made.findChildren(QPushButton) if "more inputs" in b.text()).click()
    line = number(made, "distance").line
    line.setFocus()
    line.setText("700")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    qtbot.wait(50)
    assert held(bare, "f1").parameters == (("distance", "700"),)
    now = window.inspector.findChild(ParameterForm)
    assert isinstance(now, ParameterForm)
    at = QApplication.focusWidget()
    assert at is not None and now.isAncestorOf(at)
    assert not number(now, "distance").isAncestorOf(at)
    assert any(label.text() == "Trucks" for label in window.inspector.findChildren(QLabel))


BILL = Activity("m1", "Meter", "purchased_electricity", "electricity", date(2024, 1, 1), date(2024, 12, 31),
                Decimal(1000), "kWh", evidence="E-1")  # fmt: skip


@pytest.mark.parametrize("record", [FREIGHT, BILL], ids=["numbers", "common"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_form_can_be_read_and_operated(qtbot: QtBot, bare: Session, lang: str, record: Activity) -> None:
    set_language(lang)
    made = form(qtbot, bare, record)
    qtbot.wait(20)
    assert nameless(made) == [] and out_of_order(made) == [] and clipped(made) == []


def test_words_of_twice_the_length_have_room(qtbot: QtBot, bare: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    with stretched(monkeypatch):
        made = form(qtbot, bare, FREIGHT)
        qtbot.wait(20)
        assert clipped(made) == []
