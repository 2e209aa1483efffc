"""Head office in the window: trust, reports dropped on it, reasons, the group added up; in both languages."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.inventory import Inventory, choices_of, compile_inventory
from core.library import load_library
from core.library.places import countries
from core.store import GroupFile
from gui.language import _, say
from gui.start import StartWindow
from gui.wording import SCOPES, TONNES, tonnes
from tests.gui.trusted import keys, ledger, report, tampered
from tests.stories.conftest import Start
from tests.stories.person import Person, cells

NAME = "Test plant 测试工厂"
SCOPE_KEYS = ("scope1", "scope2_location", "scope2_market", "scope3")


@dataclass
class Story:
    """Who tells it, and where."""

    person: Person
    folder: Path
    gives: pytest.MonkeyPatch

    @property
    def group(self) -> Path:
        return self.folder / "group.group"

    def save_as(self, path: Path) -> None:
        """What the native dialog gives; it is the only thing that is not real."""
        self.gives.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))

    def inbox(self) -> dict[str, list[str]]:
        """The rows of the inbox by file."""
        return {row[2]: row for row in cells(self.person.grid(_("Received reports")))}


def inventory(year: int, kwh: str) -> Inventory:
    """What the plant itself calculated."""
    held = ledger(year=year, kwh=kwh)
    return compile_inventory(held, choices_of(held.audit(year), year), load_library())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_from_the_post_to_the_group(
    start: Start, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    program = start(lang)
    assert isinstance(program.window, StartWindow)
    story = Story(Person(program, qtbot), tmp_path, monkeypatch)
    open_a_new_group(story)
    trust_the_authority(story)
    drop_the_post(story)
    read_why(story)
    add_up(story)
    look_at_another_year(story)
    write_the_table(story)
    come_back_tomorrow(story)


def open_a_new_group(story: Story) -> None:
    story.save_as(story.group)
    story.person.presses(_("Head office"))
    assert story.group.exists()
    assert story.person.sees(_("Nobody is trusted yet, so nothing can be verified."))
    assert story.person.sees(_("No reports yet"))


def trust_the_authority(story: Story) -> None:
    person = story.person
    names = [str(keys().authority)]
    story.gives.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: (names, ""))
    person.presses(_("Choose certificate…"))
    assert person.sees(_("Trusted: {name}", name="Test Office"))
    assert person.notice == _("Trusted from now on: {file}", file="office.pem")


def drop_the_post(story: Story) -> None:
    person, post = story.person, story.folder / "post"
    post.mkdir()
    (post / "good.pdf").write_bytes(report())
    (post / "older.pdf").write_bytes(report(year=2022, kwh="90000"))
    (post / "tampered.pdf").write_bytes(tampered())
    (post / "rubbish.pdf").write_bytes(b"%PDF-1.7\nrubbish\n%%EOF")
    person.drops(sorted(post.iterdir()), person.window, QPoint(500, 400))
    states = {_("Accepted"), _("Rejected")}
    person.waits(lambda: [row[0] in states for row in story.inbox().values()] == [True] * 4)
    told = _("{count} of {all} files rejected. “{file}”: {why}", count=2, all=4, file="rubbish.pdf", why="")
    person.waits(lambda: person.notice.startswith(told))
    assert len(person.notice) > len(told), "with the reason"


def read_why(story: Story) -> None:
    person, rows = story.person, story.inbox()
    assert {name: row[0] for name, row in rows.items()} == {
        "good.pdf": _("Accepted"), "older.pdf": _("Accepted"), "tampered.pdf": _("Rejected"),
        "rubbish.pdf": _("Rejected"),
    }  # fmt: skip
    assert rows["good.pdf"][3:7] == [NAME, "2023", "1", "Li Na"]
    assert rows["good.pdf"][7:12] == [_("Yes")] * 3 + [_("Equal")] * 2
    assert rows["older.pdf"][4] == "2022"
    for name in ("tampered.pdf", "rubbish.pdf"):
        assert rows[name][1], "the reason stands in the row"
    assert rows["tampered.pdf"][1] != rows["rubbish.pdf"][1]
    person.walks(person.grid(_("Received reports")), list(rows).index("tampered.pdf"), _("File"))
    person.strikes("F9")
    person.waits(lambda: person.sees(_("Not intact")))
    assert person.sees(rows["tampered.pdf"][1])
    person.walks(person.grid(_("Received reports")), list(rows).index("good.pdf"), _("File"))
    person.waits(lambda: person.sees(_("Every line and total is equal to the last digit.")))
    person.strikes("F9")


def add_up(story: Story) -> None:
    person = story.person
    person.goes_to(_("Group"))
    person.chooses(_("Year"), "2023")
    totals = inventory(2023, "120000").totals
    assert person.number(_("Total, location-based")) == f"{tonnes(totals.location)} {TONNES}"
    assert person.number(_("Total, market-based")) == f"{tonnes(totals.market)} {TONNES}"
    (row,) = cells(person.grid(_("Plants")))
    assert row[:4] == [NAME, say(countries()["CN"]), _("Equal"), "Li Na"]
    assert row[4:8] == [tonnes(totals.scopes[scope]) for scope in SCOPE_KEYS]


def look_at_another_year(story: Story) -> None:
    person = story.person
    person.chooses(_("Year"), "2022")
    assert person.sees(_("Group {year}", year="2022"))
    (row,) = cells(person.grid(_("Plants")))
    assert row[0] == NAME
    older = inventory(2022, "90000").totals.scopes
    assert row[4:8] == [tonnes(older[scope]) for scope in SCOPE_KEYS]
    person.chooses(_("Year"), "2023")


def write_the_table(story: Story) -> None:
    out = story.folder / "group-2023.csv"
    story.save_as(out)
    story.person.presses(_("Export CSV…"))
    with out.open(encoding="utf-8-sig", newline="") as stream:
        head, plant, group = list(csv.reader(stream))
    totals = inventory(2023, "120000").totals
    for scope in SCOPE_KEYS:
        place = head.index(f"{say(SCOPES[scope])} ({TONNES})")
        assert Decimal(plant[place]) == Decimal(group[place]) == totals.scopes[scope], "all digits"
    assert plant[0] == NAME
    assert group[0] == _("Group")


def come_back_tomorrow(story: Story) -> None:
    """Closed and opened again: everything is there, trust included, and the same file twice is noticed."""
    person = story.person
    person.strikes("Ctrl+W")
    assert sorted(p.name for p in story.folder.glob("group.group*")) == ["group.group"], "one file"
    with GroupFile.open(story.group) as group:
        assert {filed.state for filed in group.all()} == {"accepted", "rejected"}
    person.presses("group")  # among what was open last
    person.goes_to(_("Inbox"))
    assert person.sees(_("Trusted: {name}", name="Test Office"))
    rows = len(story.inbox())
    person.drops([story.folder / "post" / "good.pdf"], person.window, QPoint(500, 400))
    person.waits(lambda: person.notice == _("“{file}” was received before; nothing changed.", file="good.pdf"))
    assert len(story.inbox()) == rows
