"""A plant's year in the window: created, imported, corrected, explained, proven, signed; in both languages."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLineEdit, QProgressBar, QTableView
from pytestqt.qtbot import QtBot

from core.handover import receive
from core.i18n import T
from core.inventory import Inventory, choices_of, compile_inventory
from core.library import all_policies, load_library
from core.library.places import regions
from core.signing import load_trust
from core.store import PlantFile
from core.store.trouble import read_only
from gui import theme
from gui.activity.import_dialog import ImportDialog
from gui.language import _, language, say
from gui.plant_form import PlantForm
from gui.session import Session
from gui.start import StartWindow
from gui.wording import TONNES, formula_of, tonnes
from tests.gui.trusted import PASSPHRASE, keys
from tests.stories.bills import YEAR, write, year_of_bills
from tests.stories.conftest import Start
from tests.stories.person import Person, cells, shown

both = pytest.mark.parametrize("lang", ["zh", "en"])


@dataclass
class Story:
    """Who tells it, where, and with which plant."""

    person: Person
    folder: Path
    lang: str
    file_dialog: Callable[[str, Path], None]
    """Which path the native dialog of this name gives; it is the only thing that is not real."""

    @property
    def plant(self) -> Path:
        return self.folder / "hillside.plant"

    @property
    def session(self) -> Session:
        """What really lies behind the window; only looked at."""
        assert isinstance(self.person.window.desk, Session)
        return self.person.window.desk

    @property
    def inventory(self) -> Inventory:
        """Calculated anew by the core, apart from the window."""
        ledger = self.session.ledger
        return compile_inventory(ledger, choices_of(ledger.audit(YEAR), YEAR), load_library())


@pytest.fixture
def story(start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> Story:
    def gives(name: str, path: Path) -> None:
        monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: (str(path), ""))

    program = start(lang)
    assert isinstance(program.window, StartWindow)
    return Story(Person(program, qtbot), tmp_path, lang, gives)


@both
def test_from_the_first_screen_to_a_signed_report(story: Story) -> None:
    create_the_plant(story)
    import_the_year(story)
    correct_a_cell(story)
    paste_two_rows(story)
    read_the_totals(story)
    switch_language_and_theme(story)
    ask_where_a_number_comes_from(story)
    attach_a_proof(story)
    decide_about_the_report(story)
    cancel_a_signature(story)
    sign(story)


def create_the_plant(story: Story) -> None:
    person = story.person

    def fill() -> None:
        person.presses(_("Choose where to save"))
        assert person.sees(_("Please fill this in.")), "a plant without a name is refused in place"
        person.fills(_("Name of the plant"), "Hillside 山坡")
        person.fills(_("Province or state"), say(regions()["CN-HE"]))
        person.fills(_("Legal entity"), "Test Group")
        person.fills(_("Your name"), "Wang Wei")
        story.file_dialog("getSaveFileName", story.plant)
        person.presses(_("Choose where to save"))

    with person.answering(fill, PlantForm):
        person.presses(_("New plant"))
    assert story.plant.exists()
    made = story.session.ledger.plant
    assert (made.name, made.country, made.region) == ("Hillside 山坡", "CN", "CN-HE")
    assert person.sees("Hillside 山坡")
    assert person.sees(_("No activity data yet")), "an empty page says what belongs here"
    person.presses(_("Enter activity data"))
    assert person.sees(_("Here belong the bills of the plant"))


def import_the_year(story: Story) -> None:
    person, bills = story.person, year_of_bills(story.lang)
    wrong = [*bills[:7], (*bills[7][:5], "many", *bills[7][6:]), *bills[8:]]
    story.file_dialog("getOpenFileName", write(story.folder / "wrong.xlsx", story.lang, wrong))
    before = story.session.file.entries

    def read_the_reason() -> None:
        (reason,) = [
            row for table in shown(person.screen, QTableView) for row in cells(table) if "many" in " ".join(row)
        ]
        assert reason[0] == "9", "as a spreadsheet program numbers the row"
        assert reason[3], "what to do"
        assert not [b for b in person.texts() if b == _("Import {count} rows", count=35)]
        person.presses(_("Close"))

    with person.answering(read_the_reason, ImportDialog):
        person.presses(_("Import a file"))
    assert story.session.file.entries == before
    assert story.session.ledger.activities == ()

    story.file_dialog("getOpenFileName", write(story.folder / "bills.xlsx", story.lang, bills))
    with person.answering(lambda: person.presses(_("Import {count} rows", count=36)), ImportDialog):
        person.presses(_("Import a file"))
    assert story.session.file.entries == before + 1, "one change"
    assert len(story.session.ledger.activities) == 36
    if story.session.year != YEAR:
        person.presses(_("Show {year}", year=str(YEAR)))
    assert len(cells(person.grid(_("Activity data")))) == 37, "all rows, and an empty one to go on"
    person.strikes("Ctrl+Z")
    assert story.session.ledger.activities == ()
    person.strikes("Ctrl+Shift+Z")
    assert len(story.session.ledger.activities) == 36


def correct_a_cell(story: Story) -> None:
    person = story.person
    grid = person.grid(_("Activity data"))
    first = story.session.ledger.activities[0]
    person.walks(grid, 0, _("Quantity"))
    before, quantity = story.session.file.entries, first.quantity
    QTest.keyClicks(grid, "5")
    editor = grid.viewport().findChild(QLineEdit)
    assert editor is not None
    QTest.keyClicks(editor, "00,123.5")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QApplication.processEvents()
    assert (held(story, first.id), story.session.file.entries) == (Decimal("500123.5"), before + 1)
    assert cells(grid)[0][5] == "500,123.5"
    assert grid.currentIndex().row() == 1, "Enter goes on below"
    person.strikes("Ctrl+Z")
    assert held(story, first.id) == quantity
    person.strikes("Ctrl+Shift+Z")
    assert held(story, first.id) == Decimal("500123.5")


def held(story: Story, key: str) -> Decimal:
    return next(a.quantity for a in story.session.ledger.activities if a.id == key)


def paste_two_rows(story: Story) -> None:
    person = story.person
    rows = [
        ("食堂", "固定燃烧", "液化石油气", "2023年3月1日", "2023年3月31日", "1.2", "吨")
        if story.lang == "zh"
        else ("Canteen", "stationary_combustion", "LPG", "2023-03-01", "2023-03-31", "1.2", "t"),
        ("Cars 公务车", "mobile_combustion", "gasoline", "2023-04-01", "2023-04-30", "1,310", "L"),
    ]
    person.copies("\n".join("\t".join(row) for row in rows))
    before, count = story.session.file.entries, len(story.session.ledger.activities)
    person.presses(_("Add row"))
    person.strikes("Ctrl+V")
    assert story.session.file.entries == before + 1, person.notice
    assert len(story.session.ledger.activities) == count + 2
    assert person.sees("Cars 公务车")
    assert {a.quantity for a in story.session.ledger.activities[-2:]} == {Decimal("1.2"), Decimal(1310)}


def read_the_totals(story: Story) -> None:
    person = story.person
    person.goes_to(_("Overview"))
    totals = story.inventory.totals
    assert totals.location > 0
    assert person.number(_("Total, location-based")) == f"{tonnes(totals.location)} {TONNES}"
    assert person.number(_("Total, market-based")) == f"{tonnes(totals.market)} {TONNES}"


def switch_language_and_theme(story: Story) -> None:
    person, session = story.person, story.session
    person.goes_to(_("Activity data"))
    for keys_, dark in (("Ctrl+Shift+L", False), ("Ctrl+Shift+D", True), ("Ctrl+Shift+L", True)):
        old = person.window
        person.strikes(keys_)
        person.waits(lambda old=old: person.window is not old)  # type: ignore[misc]
        assert story.session is session
        assert theme.tokens().dark is dark
        assert person.sees(_("Activity data")), "the same place in the other words"
        assert person.window.place == "activity"
        assert len(cells(person.grid(_("Activity data")))) == 39
    assert language() == story.lang
    person.strikes("Ctrl+Shift+D")
    person.waits(lambda: not theme.tokens().dark)


def ask_where_a_number_comes_from(story: Story) -> None:
    person = story.person
    person.goes_to(_("Activity data"))
    person.walks(person.grid(_("Activity data")), 0, _("Quantity"))
    person.strikes("F9")
    assert person.window.inspector.isVisible()
    line = next(one for one in story.inventory.lines if one.activity.id == story.session.ledger.activities[0].id)
    words = "\n".join(person.texts())
    assert all(formula_of(story.session.library, step) in words for step in line.trace), "the formula with its numbers"
    assert line.factor.publisher in words, "the factor with its source"
    assert _("History") in words
    assert say(story.session.history(line.activity)[0].change.why) in words


def attach_a_proof(story: Story) -> None:
    person = story.person
    bill = story.folder / "电费 2023-01.pdf"
    bill.write_bytes(b"%PDF-1.7 a scanned bill")
    grid = person.grid(_("Activity data"))
    person.drops([bill], grid.viewport(), grid.visualRect(grid.model().index(0, 0)).center())
    (kept,) = [one for one in story.session.ledger.evidence if one.kind != "import"]
    assert kept.activities == (story.session.ledger.activities[0].id,)
    assert person.sees(bill.name), "the inspector lists it"
    assert story.session.file.blob(kept.sha256) == bill.read_bytes()
    person.strikes("Ctrl+Z")
    assert not person.sees(f"{kept.sha256[:12]}")
    person.strikes("Ctrl+Shift+Z")
    assert person.sees(f"{kept.sha256[:12]}")
    person.strikes("F9")


def decide_about_the_report(story: Story) -> None:
    person = story.person
    person.goes_to(_("Report"))
    person.chooses(_("Language of the report"), _("Chinese") if story.lang == "zh" else _("English"))
    person.fills(_("Boundary: what belongs to the site"), "全厂区 The whole site")
    person.fills(_("Criteria"), "ISO 14064-1:2018")
    latest = next(policy for policy in all_policies() if policy.key == "gbt-32150-2025")
    person.chooses(_("Choice of emission factors"), say(latest.title))
    person.field(_("Language of the report"), QComboBox).setFocus()
    audit = story.session.audit
    assert (audit.boundary, audit.criteria, audit.policy) == (
        "全厂区 The whole site", "ISO 14064-1:2018", "gbt-32150-2025",
    )  # fmt: skip
    person.waits(lambda: person.sees(_("Page {page} of {pages}", page=1, pages=2).split("2")[0].strip()))


def prepare_to_sign(story: Story) -> Path:
    person = story.person
    person.fills(_("Key file (.p12)"), str(keys().auditor))
    person.fills(_("Passphrase"), PASSPHRASE)
    return Path(person.field(_("Signed report"), QLineEdit).text())


def cancel_a_signature(story: Story) -> None:
    person, before = story.person, story.session.file.entries
    out = prepare_to_sign(story)
    person.presses(_("Sign report"))
    person.waits(lambda: bool(shown(person.window.notices, QProgressBar)))
    person.presses(_("Cancel"))
    person.waits(lambda: person.notice == _("Cancelled. Nothing was changed."))
    assert not out.exists()
    assert (story.session.file.entries, story.session.audit.revision) == (before, 0)
    person.waits(person.button(_("Sign report")).isEnabled)


def sign(story: Story) -> None:
    person = story.person
    out = prepare_to_sign(story)
    shares: list[int] = []
    bar = person.window.notices.findChild(QProgressBar)
    assert bar is not None
    bar.valueChanged.connect(shares.append)
    person.presses(_("Sign report"))
    person.waits(lambda: out.exists() and _("Signed by {who}: {file}", who="Li Na", file=out.name) == person.notice)
    assert shares == sorted(shares)
    assert len(set(shares)) > 5, "the progress was seen"
    assert person.sees(_("Signed, revision {number}", number=1))
    receipt = receive(out.read_bytes(), load_trust(keys().authority), load_library(), datetime.now(UTC))
    assert receipt.valid, str(receipt.reason)
    assert (receipt.equal, receipt.rebuilt) == (True, "equal")
    assert receipt.inventory is not None
    assert receipt.inventory.totals.scopes == story.inventory.totals.scopes
    assert receipt.package is not None
    assert [e.name for e in receipt.package.ledger.evidence if e.kind != "import"] == ["电费 2023-01.pdf"]
    person.window.close()
    assert sorted(p.name for p in story.folder.glob("hillside*")) == sorted([story.plant.name, out.name]), "one file"


# ---------------------------------------------------------------------- what may be wrong with a file


@both
def test_the_second_program_on_a_file_reads_and_says_so(story: Story, start: Start, qtbot: QtBot) -> None:
    create_the_plant(story)
    program = start(story.lang)
    second = Person(program, qtbot)
    story.file_dialog("getOpenFileName", story.plant)
    second.presses(_("Open a plant file"))
    assert second.notice == read_only(story.plant).text(language())
    assert second.sees(_("read only"))
    second.goes_to(_("Activity data"))
    assert not second.button(_("Import a file")).isEnabled()
    assert not second.button(_("Type or paste rows")).isEnabled()
    assert not second.button(_("Undo")).isEnabled()
    second.window.close()
    assert story.session.writable, "the first program goes on"
    assert story.session.put(T("Test"), replace(story.session.ledger.plant, note="still mine")) is not None


@both
def test_a_broken_journal_is_shown_and_not_hidden(story: Story) -> None:
    create_the_plant(story)
    story.person.strikes("Ctrl+W")
    with closing(sqlite3.connect(story.plant)) as db:
        db.execute("update journal set change = replace(change, 'Wang Wei', 'Wang Bei')")
        db.commit()
    with PlantFile.open(story.plant, read_only=True) as plant:
        (problem, *_rest) = plant.health.problems()
    story.file_dialog("getOpenFileName", story.plant)
    story.person.presses(_("Open a plant file"))
    assert story.person.notice == say(problem)
    assert story.person.sees("Hillside 山坡"), "it can be read all the same"
