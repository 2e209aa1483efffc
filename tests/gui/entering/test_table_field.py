"""A small table in a form: typed into, read as it is kept, with other columns when another field asks for them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from core.entering.rows import RowColumn
from core.errors import UserError
from core.i18n import Name
from gui.entering.table_field import RowsField

FINDING = RowColumn("text", Name("Finding", "发现"), required=True)
DUE = RowColumn("due", Name("Due", "期限"), "day")
AMOUNT = RowColumn("amount", Name("Amount", "数量"), "number")


def shown(qtbot: QtBot, field: RowsField) -> RowsField:
    qtbot.addWidget(field)
    field.show()
    return field


def typed(field: RowsField, row: int, column: int, words: str) -> None:
    model = field.table.model
    model.setData(model.index(row, column), words)


def test_rows_are_typed_at_the_end_and_read_as_they_are_kept(qtbot: QtBot) -> None:
    field = shown(qtbot, RowsField("Findings", (FINDING, DUE, AMOUNT)))
    assert field.read() == ()
    with qtbot.waitSignal(field.changed, timeout=5000):
        typed(field, 0, 0, "Guard")
    typed(field, 0, 1, "31.5.2026")
    typed(field, 0, 2, "1,200")
    typed(field, 1, 0, "Exit")
    assert field.read() == (("Guard", "2026-05-31", "1200"), ("Exit", "", ""))


def test_a_row_without_words_is_gone(qtbot: QtBot) -> None:
    field = shown(qtbot, RowsField("Findings", (FINDING, DUE), (("Guard", ""), ("Guard", ""))))
    typed(field, 0, 0, "")
    assert field.read() == (("Guard", ""),)


def test_what_cannot_be_is_said_below(qtbot: QtBot) -> None:
    field = shown(qtbot, RowsField("Findings", (FINDING, DUE), (("", "2026-05-31"),)))
    with pytest.raises(UserError, match="Row 1, Finding"):
        field.read()
    assert "Row 1, Finding" in field.message


def test_another_table_follows_another_choice(qtbot: QtBot) -> None:
    field = RowsField("Rows", (), ())
    qtbot.addWidget(field)
    assert field.isHidden()
    assert field.read() == ()
    field.show_columns((FINDING, AMOUNT))
    assert not field.isHidden()
    typed(field, 0, 1, "5")
    assert [line.cells for line in field.table.records] == [("", "5")]
    field.show_columns((FINDING, AMOUNT))
    assert len(field.table.records) == 1
    field.show_columns((DUE,))
    assert field.read() == ()


def test_further_cells_where_a_row_may_have_them(qtbot: QtBot) -> None:
    rows = (("Guard", "x", "", "y"), ("Exit",))
    field = shown(qtbot, RowsField("Findings", (FINDING,), rows, more=True))
    typed(field, 0, 0, "Door")
    typed(field, 1, 2, "z")
    assert field.read() == (("Door", "x", "", "y"), ("Exit", "", "z"))
    wide = shown(qtbot, RowsField("Findings", (FINDING,), (("a", *"123456"),), more=True))
    assert wide.read() == (("a", *"123456"),)
