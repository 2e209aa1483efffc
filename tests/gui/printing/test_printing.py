"""What is seen of a page can be printed: its words and tables stand on paper. All pages are, where each is visited."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.report.letters.screen import print_seen
from core.report.letters.seen import Figure, Grid, Seen, Shot, Words
from gui import theme
from gui.chart import Chart
from gui.chart_data import BarData, Series
from gui.language import set_language
from gui.printing import gathering, paper
from gui.printing.dialog import PrintDialog, Thing
from gui.printing.gathering import gathered, of_table, without_repeats
from gui.printing.plots import shot_of
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import button, label, number_card
from tests.gui.printed import WHEN, bare, text_of
from tests.gui.walk import clipped, nameless, out_of_order


def test_a_table_is_printed_as_it_was_filtered_sorted_and_arranged(qtbot: QtBot, settings: Settings) -> None:
    columns = (
        Column[int]("id", "Number", str, align="right", sort=lambda n: n),
        Column[int]("word", "Word", lambda n: ("oil", "gas", "coal")[n % 3]),
        Column[int]("secret", "Secret", lambda n: "hidden", hidden=True),
    )
    table: Table[int] = Table("t", columns, settings, name="Numbers", identity=lambda n: n, editable=False)
    qtbot.addWidget(table)
    table.set_rows(range(300))
    table.model.sort(0)
    table.search.setText("coal")
    table.model.set_filter("coal")
    table.view.horizontalHeader().moveSection(1, 0)
    grid = of_table(table)
    assert (grid.name, grid.heads, grid.right) == ("Numbers", ("Word", "Number"), frozenset({1}))
    assert len(grid.rows) == 100 and grid.rows[0] == ["coal", "2"]
    assert "“coal”: 100 of 300 rows" in grid.note
    said = text_of(print_seen(Seen("T", "a", "P", "w", (grid,)), "en", WHEN))
    assert "299" in said and "Secret" not in said
    assert "1/3" in bare(said)


def test_words_beside_each_other_become_lines_cards_and_small_tables(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    card, _inside = number_card("Peak", "3,049", "kW", size=1.4)
    hidden = QLabel("not seen")
    for widget in (QLabel("Plain <b>words</b> &amp; signs"), card, hidden):
        column.addWidget(widget)
    hidden.hide()
    root.show()
    parts = gathered(root)
    assert parts[0] == Words("Plain words & signs")
    assert (
        isinstance(parts[1], Figure) and parts[1].name == "Peak" and "3,049" in parts[1].says and "kW" in parts[1].says
    )
    assert len(parts) == 2


def test_a_link_is_read_where_it_names_something_and_not_where_it_only_leads_there(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    for words, role in (("Go there", "link"), ("Boiler house, March 2024", "link"), ("锅炉房二月天然气账单", "link"),
                        ("Save everything that was entered", "")):  # fmt: skip
        column.addWidget(button(words, lambda: None, role=role))
    root.show()
    assert gathered(root) == (Words("Boiler house, March 2024"), Words("锅炉房二月天然气账单"))


def test_a_year_in_a_heading_is_no_number(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    column = QVBoxLayout(root)
    for words in ("2025 年活动数据", "12,713", "± 2.2 %"):
        column.addWidget(label(words, strong=True))
    root.show()
    assert gathered(root) == (Words("2025 年活动数据", heading=True), Words("12,713"), Words("± 2.2 %"))


def test_very_long_tables_are_cut_and_say_so(qtbot: QtBot, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "MOST_ROWS", 5)
    columns = (Column[int]("id", "Number", str),)
    table: Table[int] = Table("t", columns, settings, name="Numbers", identity=lambda n: n, editable=False)
    qtbot.addWidget(table)
    table.set_rows(range(6))
    grid = of_table(table)
    assert len(grid.rows) == 5 and "first 5 rows" in grid.note
    table.set_rows(range(5))
    assert not of_table(table).note


def test_what_repeats_is_said_once() -> None:
    grid = Grid("Meters", ("a",), [], (1.0,))
    found = without_repeats((Words("x"), Words("x"), Words("Meters 2025", heading=True), grid))
    assert found == (Words("x"), Words("Meters 2025", heading=True), replace(grid, name=""))
    shot = Shot("Load", b"png", 800, 500)
    assert without_repeats((Words("Load", heading=True), shot))[1] == replace(shot, name="")
    assert without_repeats((Words("Load"), shot))[1] == shot


@pytest.mark.parametrize("dress", ["light", "dark"])
def test_a_plot_comes_dark_on_white_with_its_key(qtbot: QtBot, dress: str) -> None:
    theme.apply(QApplication.instance(), dress)  # type: ignore[arg-type]
    try:
        chart = Chart("Emissions")
        qtbot.addWidget(chart)
        chart.resize(400, 300)
        chart.show()
        two = (Series("One", (Decimal(1), Decimal(2)), "#22968a"), Series("Two", (Decimal(2), Decimal(1)), "#c9842c"))
        chart.show_data(BarData("By month", ("Jan", "Feb"), two, "t", "Tonnes"))
        shot = shot_of(chart)
        assert isinstance(shot, Shot) and shot.name == "By month"
        image = QImage.fromData(shot.png)
        assert image.pixelColor(1, image.height() - 1).lightness() > 250
        assert theme.tokens().name == dress
        print_seen(Seen("T", "a", "P", "w", (shot,)), "zh", WHEN)
    finally:
        theme.apply(QApplication.instance(), "light")  # type: ignore[arg-type]


def test_chinese_and_signs_without_a_letter_do_not_stop_a_print() -> None:
    seen = Seen(
        "活动数据", "2025年", "张家口工厂", "王磊", (Words("排放源 \U0001f600 ⌀ 5"), Figure("总量", "1,234\nt CO₂e"))
    )
    said = text_of(print_seen(seen, "zh", WHEN, wide=True))
    assert "活动数据" in said and "排放源 ? ø 5" in said and "张家口工厂" in said


def test_the_dialog_makes_pages_and_saves_them(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "printers", lambda: [])
    seen = Seen("Page", "2025", "Plant", "Li", (Words("Something"),))
    pdf = print_seen(seen, "en", WHEN)
    dialog = PrintDialog([Thing("Page", seen), Thing("Report", None, pdf)], tmp_path)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=20_000)
    assert dialog.preview.showing and dialog.save_button.isEnabled()
    assert not dialog.print_button.isEnabled() and "no printer" in dialog.print_button.toolTip()
    dialog.save(tmp_path / "page.pdf")
    assert "Something" in text_of((tmp_path / "page.pdf").read_bytes())
    dialog.what.setCurrentIndex(1)
    dialog.what.activated.emit(1)
    assert dialog.pdf == pdf and dialog.lies.isHidden()
    with pytest.raises(UserError):
        dialog.save(tmp_path / "no" / "such" / "page.pdf")


def test_pages_go_to_a_printer_as_they_lie(tmp_path: Path) -> None:
    upright = print_seen(Seen("Page", "2025", "Plant", "Li", (Words("Something"),)), "en", WHEN)
    wide = print_seen(Seen("Page", "2025", "Plant", "Li", (Words("Something"),)), "en", WHEN, wide=True)
    for pdf, lies in ((upright, False), (wide, True)):
        out = tmp_path / f"{lies}.pdf"
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(out))
        paper.print_pdf(pdf, printer)
        document = pypdfium2.PdfDocument(out)
        width, height = document[0].get_size()
        assert (width > height) == lies and len(document) == 1
        document.close()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_dialog_is_read_in_order_and_nothing_is_cut(qtbot: QtBot, tmp_path: Path, lang: str) -> None:
    set_language(lang)
    dialog = PrintDialog([Thing("Page", Seen("Page", "2025", "Plant", "Li", (Words("Something"),)))], tmp_path)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog.pdf), timeout=20_000)
    assert nameless(dialog) == [] and out_of_order(dialog) == []
    qtbot.waitUntil(lambda: clipped(dialog) == [])
