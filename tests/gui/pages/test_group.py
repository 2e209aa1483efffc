"""The group page: accepted reports added up, each with who signed and whether the recalculation agreed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.store import GroupFile
from gui.office import Office
from gui.pages import discover
from gui.pages._group import GroupPage, bars, safe, to_csv
from gui.settings import Settings
from gui.window import Window
from tests.gui.trusted import keys, report
from tests.gui.walk import beyond, clipped, nameless, out_of_order, stretched

LONG = 60_000
SMALL, LARGE = "=HYPERLINK plant", "Test plant 测试工厂"


@pytest.fixture
def office(qtbot: QtBot, tmp_path: Path) -> Iterator[Office]:
    """Two plants of 2023, one of them of 2024 too."""
    made = Office(GroupFile.open(tmp_path / "head.group"), "Wang Wei", 2023)
    made.believe([keys().authority])
    files = [tmp_path / f"{n}.pdf" for n in range(3)]
    for path, data in zip(files, (report(), report(SMALL, kwh="90000"), report(year=2024)), strict=True):
        path.write_bytes(data)
    with qtbot.waitSignal(made.idle, timeout=LONG):
        made.receive(files)
    assert [f.state for f in made.filed] == ["accepted"] * 3
    yield made
    made.close()


def opened(qtbot: QtBot, office: Office, settings: Settings, *, large: bool = False) -> tuple[Window, GroupPage]:
    window = Window(office, settings, discover("office"))
    qtbot.addWidget(window)
    window.resize(*((1920, 1080) if large else (1280, 800)))
    window.show()
    window.go("group")
    page = window.page("group")
    assert isinstance(page, GroupPage)
    qtbot.wait(30)
    return window, page


def words(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_the_year_is_added_up_and_can_be_changed(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    assert [p.filed.plant for p in page.table.model.records] == sorted([SMALL, LARGE])
    shown = {column.key: column for column in page.table.model.columns}
    first = page.table.model.records[0]
    assert shown["equal"].text(first) == "Equal"
    assert shown["signer"].text(first) == "Li Na"
    whole = sum(Decimal(shown["scope2_location"].value(p)) for p in page.table.model.records)
    assert whole == office.summary.totals["scope2_location"]
    window.topbar.year.setCurrentText("2024")
    window.topbar.year.activated.emit(0)
    assert [p.filed.plant for p in page.table.model.records] == [LARGE]
    qtbot.waitUntil(lambda: f"No accepted report for 2024 yet: {SMALL}" in words(page))


def test_the_bars_stand_for_plants_and_scopes(qtbot: QtBot, office: Office, settings: Settings) -> None:
    _window, page = opened(qtbot, office, settings)
    data = page.chart.data
    assert data is not None
    assert data.categories == (LARGE, SMALL)  # the larger one on top
    assert [s.name for s in data.series] == ["Scope 2, location-based"]  # nothing else was emitted
    page.view.setCurrentIndex(1)
    page.view.activated.emit(1)
    assert page.chart.data == bars(office.summary, "market")
    assert page.chart.data != data


def test_the_csv_has_all_digits_and_no_formula(
    qtbot: QtBot, office: Office, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _window, page = opened(qtbot, office, settings)
    out = tmp_path / "group.csv"
    monkeypatch.setattr("gui.pages._group.QFileDialog.getSaveFileName", lambda *_a: (str(out), ""))
    page.export.click()
    text = out.read_bytes()
    assert text.startswith(b"\xef\xbb\xbf")  # Excel needs it for Chinese
    rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
    assert rows[1][0] == f"'{SMALL}"
    assert rows[2][0] == LARGE
    total = office.summary.totals["scope2_location"]
    assert Decimal(rows[-1][5]) == total == sum(Decimal(row[5]) for row in rows[1:-1])
    assert text.decode("utf-8-sig") == to_csv(office.summary)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-12.5", "-12.5"), ("-a", "'-a"), ("工厂", "工厂"), ("", "")],
)
def test_cells_never_run(cell: str, expected: str) -> None:
    assert safe(cell) == expected


def test_a_year_without_reports_leads_to_the_inbox(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    office.show_year(2019)
    qtbot.wait(10)
    button = next(b for b in page.findChildren(QPushButton) if b.text() == "Go to the inbox")
    button.click()
    assert window.place == "inbox"


def test_a_double_click_opens_the_report_in_the_inbox(qtbot: QtBot, office: Office, settings: Settings) -> None:
    window, page = opened(qtbot, office, settings)
    page.table.view.go(0, 0)
    page.table.view.doubleClicked.emit(page.table.view.currentIndex())
    assert window.place == "inbox"
    row = window.page("inbox").table.current_record()  # type: ignore[attr-defined]
    assert row.filed.plant == SMALL


@pytest.mark.parametrize("long", [False, True])
def test_full_it_can_be_read_and_operated(
    qtbot: QtBot, office: Office, settings: Settings, monkeypatch: pytest.MonkeyPatch, long: bool
) -> None:
    def look() -> None:
        _window, page = opened(qtbot, office, settings, large=long)
        assert nameless(page) == []
        assert out_of_order(page) == []
        qtbot.waitUntil(lambda: clipped(page) == [])
        assert beyond(page) == []

    if long:
        with stretched(monkeypatch):
            look()
    else:
        look()
