"""The ten minutes of the tutorial, done as they are written: each bold word is pressed, filled in or read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from core.library.places import regions
from core.store import PlantFile
from gui.activity.import_dialog import ImportDialog
from gui.language import _, language, say
from gui.plant_form import PlantForm
from gui.session import Session
from tests.stories.conftest import Start
from tests.stories.person import Person, cells

DOCS = Path(__file__).parents[2] / "docs"
YEAR = 2023
CALLED = re.compile(r"\*\*(.+?)\*\*")
NOT_ON_SCREEN = {"en": {"bold"}, "zh": {"粗体"}}
"""Bold, because the page says so of itself."""


def page(lang: str) -> str:
    return (DOCS / ("tutorial.zh.md" if lang == "zh" else "tutorial.md")).read_text(encoding="utf-8")


def bills(lang: str) -> str:
    """The lines that a reader saves."""
    found = re.search(r"```csv\n(.*?)```", page(lang), re.DOTALL)
    assert found is not None
    return found[1]


class Reader(Person):
    """Somebody who does what the page says, and notes each of its words that was met on the screen."""

    def __init__(self, *said: object) -> None:
        super().__init__(*said)  # type: ignore[arg-type]
        self.met: set[str] = set()

    def presses(self, words: str) -> None:
        self.met.add(words)
        super().presses(words)

    def fills(self, name: str, text: str) -> None:
        self.met.add(name)
        super().fills(name, text)

    def reads(self, words: str) -> None:
        """Finds words on the screen."""
        self.waits(lambda: self.sees(words))
        self.met.add(words)


@pytest.fixture
def gives(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """What the native file dialogs give; they are the only thing that is not real."""

    def give(path: Path) -> None:
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: (str(path), ""))

    yield give


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_tutorial_is_done_as_it_is_written(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gives: object, lang: str
) -> None:
    assert callable(gives)
    monkeypatch.setattr("core.cli.demo.demo_folder", lambda: tmp_path / "demo")
    reader = Reader(start(lang), qtbot)
    own_plant(reader, tmp_path, gives)
    year_of_bills(reader, tmp_path, gives)
    look_at_tonnes(reader, tmp_path)
    sign_the_demo(reader, tmp_path)
    receive(reader, tmp_path, gives)
    told = set(CALLED.findall(page(language()))) - NOT_ON_SCREEN[lang]
    assert told == reader.met, "the page names just what was done"


def session(reader: Reader) -> Session:
    desk = reader.window.desk
    assert isinstance(desk, Session)
    return desk


def own_plant(reader: Reader, folder: Path, gives: object) -> None:
    def fill() -> None:
        assert callable(gives)
        reader.fills(_("Name of the plant"), "Hillside")
        reader.fills(_("Province or state"), say(regions()["CN-HE"]))
        reader.fills(_("Your name"), "Li Na")
        gives(folder / "hillside.plant")
        reader.presses(_("Choose where to save"))

    with reader.answering(fill, PlantForm):
        reader.presses(_("New plant"))


def year_of_bills(reader: Reader, folder: Path, gives: object) -> None:
    assert callable(gives)
    file = folder / "bills.csv"
    file.write_text(bills(language()), encoding="utf-8")
    gives(file)
    reader.presses(_("Activity data"))

    def read_the_reason() -> None:
        (why,) = [row for row in cells(reader.grid(_("Refused cells"))) if "98l0" in " ".join(row)]
        assert why[0] == "7", "the row that the page names"
        assert all(why[2:4]), "the reason, and what to do"
        reader.presses(_("Close"))

    with reader.answering(read_the_reason, ImportDialog):
        reader.presses(_("Import a file"))
    assert session(reader).ledger.activities == ()
    file.write_text(bills(language()).replace("98l0", "9810"), encoding="utf-8")
    with reader.answering(lambda: reader.presses(_("Import {count} rows", count=7)), ImportDialog):
        super(Reader, reader).presses(_("Import a file"))
    assert len(session(reader).ledger.activities) == 7
    reader.met.add(_("Show {year}", year=str(YEAR)))
    if session(reader).year != YEAR:
        reader.presses(_("Show {year}", year=str(YEAR)))
    assert session(reader).year == YEAR


def number(text: str) -> float:
    return float(text.replace(",", ""))


def look_at_tonnes(reader: Reader, folder: Path) -> None:
    reader.presses(_("Overview"))
    told = re.findall(r"([\d,]+) t CO₂e", page(language()))
    for name, about in zip((_("Total, location-based"), _("Total, market-based")), told, strict=True):
        assert abs(number(reader.number(name).split()[0]) - number(about)) <= 1, "the figure that the page names"
        reader.met.add(name)
    reader.presses(_("Activity data"))
    grid = reader.grid(_("Activity data"))
    reader.walks(grid, 0, _("Quantity"))
    reader.strikes("F9")
    assert reader.window.inspector.isVisible()
    proof = folder / "meter.png"
    proof.write_bytes(b"\x89PNG a photo of the meter")
    reader.drops([proof], grid.viewport(), grid.visualRect(grid.model().index(0, 0)).center())
    reader.waits(lambda: any(one.name == "meter.png" for one in session(reader).ledger.evidence))
    reader.presses(_("Report"))
    reader.waits(lambda: reader.sees(_("Page {page} of {pages}", page=1, pages=2).split("2")[0].strip()))
    reader.strikes("Ctrl+W")
    with PlantFile.open(folder / "hillside.plant") as plant:
        assert len(plant.ledger.activities) == 7, "saved it was all the time"


def sign_the_demo(reader: Reader, folder: Path) -> None:
    reader.presses(_("Open the demo plant"))
    reader.waits(lambda: hasattr(reader.screen, "desk"))
    chosen = reader.window.topbar.year
    chosen.setCurrentIndex(chosen.findText("2024"))
    chosen.activated.emit(chosen.currentIndex())
    QApplication.processEvents()
    assert session(reader).year == 2024
    reader.presses(_("Report"))
    reader.fills(_("Key file (.p12)"), str(folder / "demo" / "auditor.p12"))
    reader.fills(_("Passphrase"), "plant-audit-demo")
    sign = _("Sign report")
    reader.waits(lambda: any(one == sign for one in reader.texts()) and reader.button(sign).isEnabled())
    reader.presses(sign)
    reader.waits(lambda: any(one.name in reader.notice for one in (folder / "demo").glob("*2024*.pdf")))
    reader.strikes("Ctrl+W")


def receive(reader: Reader, folder: Path, gives: object) -> None:
    assert callable(gives)
    gives(folder / "demo" / "head-office.group")
    reader.presses(_("Head office"))
    (report,) = (folder / "demo").glob("*2024*.pdf")
    reader.drops([report], reader.window, QPoint(500, 400))
    reader.waits(lambda: [row[0] for row in cells(reader.grid(_("Received reports")))] == [_("Accepted")])
    reader.met.add(_("Accepted"))
    altered = report.with_name("altered.pdf")
    altered.write_bytes(report.read_bytes().replace(b"%%EOF", b"%%EOG", 1))
    reader.drops([altered], reader.window, QPoint(500, 400))
    reader.waits(lambda: _("Rejected") in [row[0] for row in cells(reader.grid(_("Received reports")))])
    reader.presses(_("Group"))
    assert reader.window.place == "group"


def test_both_languages_tell_the_same() -> None:
    assert shape(page("en")) == shape(page("zh"))
    assert quantities(bills("en")) == quantities(bills("zh"))


def shape(text: str) -> list[str]:
    """Headings, steps and blocks, without their words."""
    return re.findall(r"^(?:#+ (?:\d\.)?|\d\. |```\w*|- )", text, re.MULTILINE)


def quantities(rows: str) -> list[str]:
    return [row.split(",")[5] for row in rows.splitlines()[1:]]
