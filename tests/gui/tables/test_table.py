from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from gui.settings import Settings
from gui.tables.table import BELOW, Column, Edits, Mark, Refusal, Table

Key = Qt.Key
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
FUELS = ("diesel", "natural gas", "coal")


@dataclass(frozen=True, slots=True)
class Bill:
    id: str
    item: str = ""
    amount: Decimal | None = None
    note: str = ""


def to_amount(bill: Bill, text: str) -> Bill:
    try:
        return replace(bill, amount=Decimal(text.replace(",", "")))
    except InvalidOperation:
        raise UserError(T("“{text}” is no number.", text=text)) from None


COLUMNS = (
    Column[Bill]("id", "Id", lambda b: b.id, width=6),
    Column[Bill](
        "item", "Item", lambda b: b.item, edit=lambda b, t: replace(b, item=t), choices=lambda b: FUELS, width=14
    ),
    Column[Bill](
        "amount",
        "Amount",
        lambda b: "" if b.amount is None else f"{b.amount:,.0f}",
        unit="t",
        align="right",
        sort=lambda b: b.amount or Decimal(0),
        plain=lambda b: "" if b.amount is None else str(b.amount),
        edit=to_amount,
    ),
    Column[Bill]("note", "Note", lambda b: b.note, edit=lambda b, t: replace(b, note=t), stretch=True),
)


class Book:
    """What a page does: one act, one change."""

    def __init__(self, table: Table[Bill], bills: list[Bill]) -> None:
        self.table, self.bills = table, bills
        self.acts: list[Edits[Bill]] = []
        self.refusals: list[tuple[Refusal, ...]] = []
        table.asked.connect(self.change)
        table.refused.connect(self.refusals.append)
        table.set_rows(bills)

    def change(self, edits: Edits[Bill]) -> None:
        self.acts.append(edits)
        for edit in edits.edits:
            if edit.before is None and edit.after is not None:
                self.bills = [*self.bills, edit.after]
            elif edit.after is None:
                self.bills = [b for b in self.bills if b != edit.before]
            else:
                self.bills = [edit.after if b == edit.before else b for b in self.bills]
        self.table.set_rows(self.bills)

    def column(self, name: str) -> list[object]:
        return [getattr(bill, name) for bill in self.bills]


def problems(bill: Bill) -> Mapping[str, Mark]:
    return {"item": Mark("bad", "Choose an item of the list.")} if bill.item not in FUELS else {}


@pytest.fixture
def book(qtbot: QtBot, settings: Settings) -> Book:
    numbers = iter(range(100, 10_000))
    table: Table[Bill] = Table(
        "bills", COLUMNS, settings, name="Bills", blank=lambda: Bill(f"n{next(numbers)}"), marks=problems
    )
    qtbot.addWidget(table)
    table.resize(900, 500)
    made = Book(
        table,
        [Bill("a", "diesel", Decimal(3)), Bill("b", "coal", Decimal(1000)), Bill("c", "natural gas", Decimal("20.25"))],
    )
    with qtbot.waitExposed(table):
        table.show()
    table.view.setFocus()
    return made


def shown(table: Table[Bill], column: int = 0) -> list[str]:
    model = table.model
    return [model.index(row, column).data() for row in range(len(model.visible))]


def select(table: Table[Bill], top: int, left: int, bottom: int, right: int) -> None:
    model = table.model
    table.view.go(top, left)
    block = QItemSelection(model.index(top, left), model.index(bottom, right))
    table.view.selectionModel().select(block, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def place(table: Table[Bill]) -> tuple[int, int]:
    return table.view.currentIndex().row(), table.view.currentIndex().column()


def editor(table: Table[Bill]) -> QLineEdit | None:
    found = [line for line in table.view.viewport().findChildren(QLineEdit) if line.isVisible()]
    return found[0] if found else None


def press(line: QLineEdit, key: Qt.Key) -> None:
    """A key in an editor, which closes after the key was processed."""
    QTest.keyClick(line, key)
    QApplication.processEvents()


# ---------------------------------------------------------------------- reading


def test_numbers_stand_right_and_the_unit_in_the_header(book: Book) -> None:
    model = book.table.model
    assert model.headerData(2, Qt.Orientation.Horizontal) == "Amount\nt"
    assert model.index(1, 2).data() == "1,000"
    assert model.index(1, 2).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(2, 2).data(Qt.ItemDataRole.EditRole) == "20.25"


def test_sorting_goes_by_value_and_a_third_click_brings_back_the_order_of_entry(book: Book) -> None:
    view = book.table.view
    view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    assert shown(book.table) == ["a", "c", "b"]
    view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert shown(book.table) == ["b", "c", "a"]
    view.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
    assert shown(book.table) == ["a", "b", "c"]


def test_the_filter_takes_every_word_anywhere(book: Book, qtbot: QtBot) -> None:
    table = book.table
    QTest.keyClicks(table.search, "GAS 20")
    qtbot.waitUntil(lambda: shown(table) == ["c"])
    assert table.count.text() == "1 of 3 rows"
    table.search.clear()
    qtbot.waitUntil(lambda: len(shown(table)) == 3)
    assert table.count.text() == "3 rows"
    table.set_rows(list(table.model.records)[:1])
    assert table.count.text() == "1 row"


def test_a_mark_is_an_icon_with_words(book: Book) -> None:
    book.change(Edits("edit", ()))
    book.bills[0] = replace(book.bills[0], item="dust")
    book.table.set_rows(book.bills)
    index = book.table.model.index(0, 1)
    assert index.data(Qt.ItemDataRole.ToolTipRole) == "Choose an item of the list."
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Item: dust. Choose an item of the list."
    assert book.table.model.index(1, 1).data(Qt.ItemDataRole.ToolTipRole) is None
    picture = book.table.view.grab().toImage()
    rect = book.table.view.visualRect(index)
    head = book.table.view.horizontalHeader().height()
    reds = {picture.pixelColor(rect.left() + x, rect.top() + head + rect.height() // 2).name() for x in range(8, 24)}
    assert len(reds) > 2


def test_columns_are_chosen_and_remembered(book: Book, settings: Settings, qtbot: QtBot) -> None:
    book.table.show_column("note", False)
    assert book.table.view.isColumnHidden(3)
    for key in ("id", "item", "amount"):
        book.table.show_column(key, False)
    assert not book.table.view.isColumnHidden(2), "the last column stays"
    again: Table[Bill] = Table("bills", COLUMNS, settings, name="Bills")
    qtbot.addWidget(again)
    assert [again.view.isColumnHidden(c) for c in range(4)] == [True, True, False, True]
    menu = again.column_menu()
    assert [action.isChecked() for action in menu.actions()] == [False, False, True, False]
    menu.actions()[3].trigger()
    assert not again.view.isColumnHidden(3)


def test_what_stretches_keeps_some_room_and_the_grid_scrolls(book: Book, settings: Settings, qtbot: QtBot) -> None:
    view, note = book.table.view, 3
    least = view.least[note]
    for wide in (1200, 300, 1200):
        book.table.resize(wide, 400)
        beside = sum(view.columnWidth(place) for place in range(note))
        room = wide == 1200
        qtbot.waitUntil(lambda: (view.horizontalScrollBar().maximum() == 0) is room)  # noqa: B023 - waited for here
        assert view.columnWidth(note) == (view.viewport().width() - beside if room else least)
    book.table.resize(300, 400)
    view.setColumnWidth(0, view.columnWidth(0) + 10)
    assert view.columnWidth(note) == least
    view.setColumnWidth(1, 222)
    qtbot.waitUntil(lambda: settings.column_widths("bills").get("item") == 222)
    assert "note" not in settings.column_widths("bills"), "nobody chose it"
    view.setColumnWidth(note, 333)
    qtbot.waitUntil(lambda: settings.column_widths("bills").get("note") == 333)
    book.table.resize(1200, 400)
    QApplication.processEvents()
    assert view.columnWidth(note) == 333, "somebody chose it"


def test_spare_buttons_leave_where_there_is_no_room(qtbot: QtBot, settings: Settings) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    table: Table[Bill] = Table("bills", COLUMNS, settings, name="Bills", parent=page)
    kept, *spare = (QPushButton(words) for words in ("Stays", "Leaves first", "Leaves last"))
    table.add_tool(kept)
    for one in spare:
        table.add_spare_tool(one)
    least = table.minimumSizeHint().width()
    table.resize(1000, 300)
    page.show()
    assert table.left_out == [] and table.minimumSizeHint().width() == least
    one_less = least + spare[1].sizeHint().width() + table.bar.spacing()
    for wide, gone in ((one_less, spare[:1]), (one_less - 1, spare), (least, spare), (1000, [])):
        table.resize(wide, 300)
        assert table.left_out == gone and table.minimumSizeHint().width() == least
        assert kept.isVisible()
    table.resize(one_less, 300)
    table.set_rows([Bill(str(number)) for number in range(100_000)])
    assert table.left_out == spare, "the count of rows has grown"


def test_dragged_widths_are_remembered(book: Book, settings: Settings, qtbot: QtBot) -> None:
    book.table.view.setColumnWidth(1, 222)
    qtbot.waitUntil(lambda: settings.column_widths("bills").get("item") == 222)
    again: Table[Bill] = Table("bills", COLUMNS, settings, name="Bills")
    qtbot.addWidget(again)
    assert again.view.columnWidth(1) == 222
    assert "note" not in settings.column_widths("bills"), "what stretches has no width of its own"


def test_an_empty_table_says_what_belongs_there(qtbot: QtBot, settings: Settings) -> None:
    table: Table[Bill] = Table("bills", COLUMNS, settings, name="Bills")
    qtbot.addWidget(table)
    hint = QLabel("Bills belong here.")
    table.set_empty(hint)
    table.show()
    assert hint.isVisible()
    table.set_rows([Bill("a")])
    assert not hint.isVisible()
    assert table.view.isVisible()


# ---------------------------------------------------------------------- editing


def test_typing_edits_and_enter_goes_down(book: Book, qtbot: QtBot) -> None:
    table = book.table
    table.view.go(0, 2)
    QTest.keyClicks(table.view, "1")
    line = editor(table)
    assert line is not None
    QTest.keyClicks(line, "2.50")
    press(line, Key.Key_Return)
    assert book.column("amount")[0] == Decimal("12.50")
    assert place(table) == (1, 2)
    assert [len(act.edits) for act in book.acts] == [1]


def test_tab_and_enter_walk_without_editing(book: Book, qtbot: QtBot) -> None:
    table = book.table
    table.view.go(0, 2)
    QTest.keyClick(table.view, Key.Key_Tab)
    assert place(table) == (0, 3)
    QTest.keyClick(table.view, Key.Key_Tab)
    assert place(table) == (1, 0)
    QTest.keyClick(table.view, Key.Key_Backtab)
    assert place(table) == (0, 3)
    QTest.keyClick(table.view, Key.Key_Return)
    QTest.keyClick(table.view, Key.Key_Return, SHIFT)
    assert place(table) == (0, 3)
    assert book.acts == []


def test_tab_leaves_the_last_cell_and_what_can_only_be_read(qtbot: QtBot, settings: Settings) -> None:
    for editable, steps in ((True, 3), (False, 0)):
        window = QWidget()
        qtbot.addWidget(window)
        column = QVBoxLayout(window)
        before, after = QLineEdit(), QLineEdit()
        table: Table[Bill] = Table("bills", COLUMNS, settings, name="Bills", editable=editable)
        for widget in (before, table, after):
            column.addWidget(widget)
        Book(table, [Bill("a", "diesel", Decimal(3))])
        window.show()
        qtbot.waitExposed(window)
        table.view.setFocus()
        table.view.go(0, 0)
        for _step in range(steps):
            QTest.keyClick(table.view, Key.Key_Tab)
            assert window.focusWidget() is table.view
        QTest.keyClick(table.view, Key.Key_Tab)
        assert window.focusWidget() is after
        table.view.setFocus()
        table.view.go(0, 0)
        QTest.keyClick(table.view, Key.Key_Backtab)
        assert window.focusWidget() not in (table.view, after)


def test_a_record_is_entered_without_the_mouse(book: Book, qtbot: QtBot) -> None:
    table = book.table
    table.view.go(3, 1)
    for text, key in (("diesel", Key.Key_Tab), ("7", Key.Key_Tab), ("new", Key.Key_Return)):
        QTest.keyClicks(table.view, text[0])
        line = editor(table)
        assert line is not None
        QTest.keyClicks(line, text[1:])
        press(line, key)
    assert book.bills[3:] == [Bill(book.bills[3].id, "diesel", Decimal(7), "new")]
    assert place(table) == (4, 3)
    assert table.model.rowCount() == 5, "one empty row follows"


def test_a_refused_text_stays_open_to_be_mended(book: Book, qtbot: QtBot) -> None:
    table = book.table
    table.view.go(0, 2)
    QTest.keyClicks(table.view, "x")
    line = editor(table)
    assert line is not None
    press(line, Key.Key_Return)
    assert [r.error.text("en") for r in book.refusals[0]] == ["“x” is no number."]
    assert line.property("problem")
    assert book.acts == []
    line.setText("5")
    press(line, Key.Key_Return)
    assert book.column("amount")[0] == 5
    table.view.go(0, 2)
    QTest.keyClicks(table.view, "y")
    line = editor(table)
    assert line is not None
    press(line, Key.Key_Escape)
    assert book.column("amount")[0] == 5


def test_an_unchanged_cell_makes_no_change(book: Book, qtbot: QtBot) -> None:
    book.table.view.go(0, 1)
    QTest.keyClick(book.table.view, Key.Key_F2)
    line = editor(book.table)
    assert line is not None
    assert line.text() == "diesel"
    assert line.completer().completionModel().rowCount() >= 1
    press(line, Key.Key_Return)
    assert book.acts == []
    assert place(book.table) == (1, 1)


def test_an_edited_row_does_not_jump_away(book: Book) -> None:
    table = book.table
    table.view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    table.view.go(0, 2)
    table.model.setData(table.model.index(0, 2), "5000")
    assert shown(table) == ["a", "c", "b"]
    assert place(table) == (0, 2)
    table.view.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    assert shown(table) == ["a", "b", "c"]


def test_the_place_is_kept_when_rows_come_and_go(book: Book) -> None:
    table = book.table
    table.view.go(2, 3)
    book.bills = [Bill("z"), *book.bills]
    table.set_rows(book.bills)
    assert table.current_record() == book.bills[3]
    table.set_rows(book.bills[:3])
    assert place(table)[1] == 3


def test_a_column_that_follows_from_others_is_read_only(book: Book, qtbot: QtBot) -> None:
    book.table.view.go(0, 0)
    QTest.keyClicks(book.table.view, "x")
    assert editor(book.table) is None


# ---------------------------------------------------------------------- ranges


def test_copy_takes_full_values_of_the_block(book: Book, qtbot: QtBot) -> None:
    select(book.table, 1, 1, 2, 2)
    QTest.keyClick(book.table.view, Key.Key_C, CTRL)
    assert QGuiApplication.clipboard().text() == "coal\t1000\nnatural gas\t20.25\n"
    QTest.keyClick(book.table.view, Key.Key_C, CTRL | SHIFT)
    assert QGuiApplication.clipboard().text().startswith("Item\tAmount (t)\ncoal")


def test_hidden_columns_are_not_copied(book: Book) -> None:
    book.table.show_column("item", False)
    select(book.table, 0, 0, 0, 2)
    assert book.table.view.copied() == "a\t3\n"


def test_a_block_from_excel_becomes_one_act(book: Book, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText('coal\t1,5\tx\r\ndiesel\t2\t"a\nb"\r\n')
    book.table.view.go(2, 1)
    QTest.keyClick(book.table.view, Key.Key_V, CTRL)
    assert [(act.act, len(act.edits)) for act in book.acts] == [("paste", 2)]
    assert [(b.item, b.amount, b.note) for b in book.bills[2:]] == [
        ("coal", Decimal(15), "x"),
        ("diesel", Decimal(2), "a\nb"),
    ]


def test_headings_that_came_along_are_left_out(book: Book) -> None:
    QGuiApplication.clipboard().setText("Item\tAmount (t)\ncoal\t9\n")
    book.table.view.go(0, 1)
    book.table.view.paste()
    assert (book.bills[0].item, book.bills[0].amount) == ("coal", Decimal(9))


def test_headings_say_where_columns_go_in_whatever_order_they_stand(book: Book) -> None:
    QGuiApplication.clipboard().setText("amount\tId\tITEM\n9\tz\tcoal\n8\t\tdiesel\n")
    book.table.view.go(0, 2)
    book.table.view.paste()
    assert book.column("item") == ["coal", "diesel", "natural gas"]
    assert book.column("amount") == [Decimal(9), Decimal(8), Decimal("20.25")]
    assert book.column("id") == ["a", "b", "c"], "what follows from other columns is left out"


def test_headings_of_somebody_else_are_understood_or_named(book: Book) -> None:
    book.table.view.named = {"Fuel": "item", "Tonnes": "amount"}.get  # type: ignore[assignment]
    QGuiApplication.clipboard().setText("Tonnes\tFuel\n9\tcoal\n")
    book.table.view.go(0, 1)
    book.table.view.paste()
    assert (book.bills[0].item, book.bills[0].amount) == ("coal", Decimal(9))
    QGuiApplication.clipboard().setText("Tonnes\tFuel\tPrice\n9\tcoal\t3\n")
    book.table.view.paste()
    assert len(book.acts) == 1
    assert [one.text for one in book.refusals[0]] == ["Price"]


def test_what_is_pasted_becomes_new_rows_where_nothing_is_selected(book: Book) -> None:
    book.table.view.clearSelection()
    QGuiApplication.clipboard().setText("coal\t1\ndiesel\t2\n")
    book.table.view.paste()
    assert book.column("item") == ["diesel", "coal", "natural gas", "coal", "diesel"]


def test_one_wrong_cell_refuses_the_whole_paste(book: Book) -> None:
    QGuiApplication.clipboard().setText("coal\t1\ndiesel\tmany\n")
    book.table.view.go(0, 1)
    book.table.view.paste()
    assert book.acts == []
    assert [(r.row, r.column, r.text) for r in book.refusals[0]] == [(2, "Amount", "many")]


def test_columns_beyond_the_table_are_refused(book: Book) -> None:
    QGuiApplication.clipboard().setText("1\tnote\tmore\n")
    book.table.view.go(0, 2)
    book.table.view.paste()
    assert book.acts == []
    assert "more columns" in book.refusals[0][0].error.text("en")


def test_one_cell_is_pasted_into_all_selected(book: Book) -> None:
    QGuiApplication.clipboard().setText("seen")
    select(book.table, 0, 3, 2, 3)
    book.table.view.paste()
    assert book.column("note") == ["seen"] * 3
    assert len(book.acts) == 1


def test_fill_down_copies_the_top_cells(book: Book, qtbot: QtBot) -> None:
    select(book.table, 0, 1, 2, 2)
    QTest.keyClick(book.table.view, Key.Key_D, CTRL)
    assert book.column("item") == ["diesel"] * 3
    assert book.column("amount") == [Decimal(3)] * 3
    assert [(act.act, len(act.edits)) for act in book.acts] == [("fill", 2)]


def test_fill_down_of_one_row_takes_the_row_above(book: Book, qtbot: QtBot) -> None:
    book.table.view.go(1, 1)
    QTest.keyClick(book.table.view, Key.Key_D, CTRL)
    assert book.column("item")[:2] == ["diesel", "diesel"]
    book.table.view.go(0, 1)
    QTest.keyClick(book.table.view, Key.Key_D, CTRL)
    assert len(book.acts) == 1


def test_delete_empties_cells_and_control_delete_removes_rows(book: Book, qtbot: QtBot) -> None:
    select(book.table, 0, 1, 1, 1)
    QTest.keyClick(book.table.view, Key.Key_Delete)
    assert book.column("item")[:2] == ["", ""]
    select(book.table, 0, 2, 0, 2)
    QTest.keyClick(book.table.view, Key.Key_Delete)
    assert book.refusals[-1][0].column == "Amount"
    select(book.table, 0, 1, 1, 1)
    QTest.keyClick(book.table.view, Key.Key_Delete, CTRL)
    assert book.column("id") == ["c"]
    assert book.acts[-1].act == "delete"


def test_the_menu_does_what_the_keys_do(book: Book) -> None:
    select(book.table, 0, 1, 2, 1)
    menu = {action.text(): action for action in book.table.view.menu().actions() if action.text()}
    menu["Copy"].trigger()
    assert QGuiApplication.clipboard().text() == "diesel\ncoal\nnatural gas\n"
    menu["Fill down"].trigger()
    assert book.column("item") == ["diesel"] * 3
    menu["Delete rows"].trigger()
    assert book.bills == []


def test_enter_opens_what_a_double_click_opens_in_a_grid_that_is_only_read(qtbot: QtBot, settings: Settings) -> None:
    table: Table[Bill] = Table("bills", COLUMNS, settings, name="Bills", editable=False)
    qtbot.addWidget(table)
    Book(table, [Bill("a", "diesel", Decimal(3)), Bill("b", "coal", Decimal(5))])
    table.view.go(0, 1)
    QTest.keyClick(table.view, Key.Key_Return)
    assert table.view.currentIndex().row() == 1, "nothing opens here"
    opened: list[int] = []
    table.view.doubleClicked.connect(lambda index: opened.append(index.row()))
    QTest.keyClick(table.view, Key.Key_Return)
    assert opened == [1]
    QTest.keyClick(table.view, Key.Key_Return, SHIFT)
    assert (opened, table.view.currentIndex().row()) == ([1], 0)


def test_where_rows_are_chosen_the_whole_row_is(book: Book) -> None:
    book.table.view.go(1, 1)
    assert [one.column() for one in book.table.view.selectedIndexes()] == [1]
    book.table.view.setSelectionBehavior(book.table.view.SelectionBehavior.SelectRows)
    book.table.show_record("c")
    assert {(one.row(), one.column()) for one in book.table.view.selectedIndexes()} == {(2, n) for n in range(4)}


def test_what_can_only_be_read_offers_no_change(qtbot: QtBot, settings: Settings) -> None:
    table: Table[Bill] = Table("bills", COLUMNS, settings, name="Bills", blank=lambda: Bill("new"), editable=False)
    qtbot.addWidget(table)
    book = Book(table, [Bill("a", "diesel", Decimal(3)), Bill("b", "coal", Decimal(5))])
    table.show()
    assert table.model.rowCount() == 2
    assert [action.text() for action in table.view.menu().actions()] == ["Copy", "Copy with headings"]
    table.view.go(0, 1)
    QTest.keyClicks(table.view, "x")
    assert editor(table) is None
    QGuiApplication.clipboard().setText("coal")
    table.view.paste()
    table.view.clear_cells()
    table.view.delete_rows()
    assert book.acts == []
    assert len(book.refusals) == 2


def test_going_to_a_record_lifts_the_filter_that_hides_it(book: Book, qtbot: QtBot) -> None:
    book.table.search.setText("coal")
    qtbot.waitUntil(lambda: shown(book.table) == ["b"])
    assert book.table.show_record("c", "amount")
    assert place(book.table) == (2, 2)
    assert not book.table.show_record("nobody")


# ---------------------------------------------------------------------- size


def test_a_hundred_thousand_rows_ask_only_for_the_cells_that_are_seen(
    qtbot: QtBot, settings: Settings, qapp: QApplication
) -> None:
    """No work per row while showing and scrolling; sorting and filtering ask each row once."""
    asked: Counter[str] = Counter()

    def counting(column: Column[Bill]) -> Column[Bill]:
        def text(bill: Bill) -> str:
            asked[column.key] += 1
            return column.text(bill)

        return replace(column, text=text)

    table: Table[Bill] = Table(
        "bills", [counting(c) for c in COLUMNS], settings, name="Bills", blank=lambda: Bill("new")
    )
    qtbot.addWidget(table)
    table.resize(1200, 800)
    table.show()
    count = 100_000
    table.set_rows([Bill(f"{i:06}", FUELS[i % 3], Decimal(i * 7919 % 100_003)) for i in range(count)])
    qapp.processEvents()
    assert 0 < asked.total() < count / 10
    asked.clear()
    table.view.sortByColumn(2, Qt.SortOrder.AscendingOrder)
    qapp.processEvents()
    assert asked.total() < count / 10, "numbers are sorted by their key"
    asked.clear()
    table.model.set_filter("gas")
    qapp.processEvents()
    assert max(asked.values()) <= count * 1.1, "each cell once"
    assert len(shown(table)) == 33_333
    asked.clear()
    for row in range(0, 3000, 100):
        table.view.scrollTo(table.model.index(row, 0))
        table.view.viewport().repaint()
    assert asked.total() < 30 * 60 * len(COLUMNS)


def test_as_many_rows_are_seen_as_were_asked_for(book: Book) -> None:
    view = book.table.view
    book.table.show_at_least(9)
    rows = view.minimumHeight() - view.horizontalHeader().sizeHint().height() - BELOW
    assert rows == 9 * view.verticalHeader().defaultSectionSize()
