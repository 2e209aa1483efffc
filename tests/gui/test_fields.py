from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from core.errors import UserError
from gui.fields import ChoiceField, Field, Form, date_field, number_field, text_field
from gui.language import set_language


def shown(qtbot: QtBot, field: Field) -> None:
    qtbot.addWidget(field)
    field.show()


@pytest.mark.parametrize(
    ("text", "value"), [("1,234.5", "1234.5"), ("１２３４．５", "1234.5"), ("1.2万", "12000"), (" 7 ", "7")]
)
def test_numbers_are_read_in_both_forms(qtbot: QtBot, text: str, value: str) -> None:
    field = number_field("Quantity")
    shown(qtbot, field)
    field.line.setText(text)
    assert field.read() == Decimal(value)
    field.line.editingFinished.emit()
    assert field.line.text() == f"{Decimal(value):,f}"


@pytest.mark.parametrize("text", ["2026-03-05", "2026年3月5日", "2026/3/5"])
def test_days_are_read_in_both_forms(qtbot: QtBot, text: str) -> None:
    field = date_field("From")
    shown(qtbot, field)
    field.line.setText(text)
    assert field.read() == date(2026, 3, 5)


def test_a_month_is_its_first_or_last_day(qtbot: QtBot) -> None:
    start, end = date_field("From"), date_field("To", end=True)
    for field in (start, end):
        shown(qtbot, field)
        field.line.setText("2026年2月")
    assert (start.read(), end.read()) == (date(2026, 2, 1), date(2026, 2, 28))


def test_days_are_shown_as_the_language_writes_them(qtbot: QtBot) -> None:
    set_language("zh")
    field = date_field("From", date(2026, 3, 5))
    shown(qtbot, field)
    assert field.line.text() == "2026年3月5日"


def test_what_cannot_be_read_is_said_below_and_goes_when_mended(qtbot: QtBot) -> None:
    field = number_field("Quantity", hint="As on the bill.")
    shown(qtbot, field)
    assert field.message == "As on the bill."
    field.line.setText("many")
    field.line.editingFinished.emit()
    assert field.message.startswith("⚠ ")
    assert field.line.accessibleDescription() in field.message
    assert field.line.property("problem") is True
    with pytest.raises(UserError):
        field.read()
    field.line.clear()
    field.line.textEdited.emit("")
    assert field.message == "As on the bill."
    assert field.line.property("problem") is False


def test_what_is_ambiguous_is_asked_not_guessed(qtbot: QtBot) -> None:
    field = date_field("From")
    shown(qtbot, field)
    field.line.setText("03/04/2026")
    with pytest.raises(UserError):
        field.read()


def test_emptiness_counts_only_where_something_is_required(qtbot: QtBot) -> None:
    free, needed = text_field("Note"), text_field("Name", required=True)
    form = Form(free, needed)
    qtbot.addWidget(form)
    assert free.read() is None
    assert form.wrong() is needed
    needed.line.setText(" Plant ")
    assert form.wrong() is None
    assert needed.need() == "Plant"


def test_of_two_choices_called_alike_the_chosen_one_holds(qtbot: QtBot) -> None:
    field = ChoiceField("Rate", [("own", "Least reduction"), ("v2", "Least reduction")], "v2")
    shown(qtbot, field)
    assert field.read() == "v2"
    field.set("own")
    assert field.read() == "own"


def test_a_choice_takes_words_or_key_of_the_list(qtbot: QtBot) -> None:
    field = ChoiceField("Country", [("CN", "China"), ("PL", "Poland")], "PL", required=True)
    shown(qtbot, field)
    assert field.read() == "PL"
    for text in ("china", "cn"):
        field.box.setEditText(text)
        assert field.read() == "CN"
    field.box.setEditText("Atlantis")
    with pytest.raises(UserError):
        field.read()
    assert "Atlantis" in field.message
    field.set("")
    with pytest.raises(UserError):
        field.read()


def test_label_and_editor_belong_together(qtbot: QtBot) -> None:
    field = text_field("Legal entity")
    shown(qtbot, field)
    assert field.line.accessibleName() == "Legal entity"
    assert field.focusProxy() is field.line
