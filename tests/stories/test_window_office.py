"""Head office in the window: trust, reports dropped on it, reasons, a decision, the group; in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.inventory import Inventory, choices_of, compile_inventory
from core.library import load_library
from core.store import GroupFile
from gui.language import _
from gui.start import StartWindow
from gui.wording import TONNES, tonnes
from tests.gui.trusted import keys, ledger, report, tampered
from tests.stories.conftest import Start
from tests.stories.person import Person, cells

NAME = "Test plant 测试工厂"


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
        return {row[7]: row for row in cells(self.person.grid(_("Received reports")))}


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
    decide(story)
    add_up(story)
    look_at_another_year(story)
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
    person.presses(_("Go to Trust"))
    person.presses(_("Trust an authority…"))
    assert person.notice == _("Trusted from now on: {file}", file="office.pem")
    (row,) = cells(person.grid(_("Authorities")))
    assert row[:3] == [_("Trusted"), "Test Office", _("External")]
    person.presses(_("Go to the inbox"))  # in the notice
    assert not person.sees(_("Nobody is trusted yet, so nothing can be verified."))


def drop_the_post(story: Story) -> None:
    person, post = story.person, story.folder / "post"
    post.mkdir()
    (post / "good.pdf").write_bytes(report())
    (post / "older.pdf").write_bytes(report(year=2022, kwh="60000"))
    (post / "tampered.pdf").write_bytes(tampered())
    (post / "rubbish.pdf").write_bytes(b"%PDF-1.7\nrubbish\n%%EOF")
    person.drops(sorted(post.iterdir()), person.window, QPoint(500, 400))
    states = {_("Accepted"), _("Held for a decision"), _("Rejected")}
    person.waits(lambda: [row[0] in states for row in story.inbox().values()] == [True] * 4)
    counted = ((_("Accepted"), 1), (_("Held for a decision"), 1), (_("Rejected"), 2))
    told = [_("{state} {count}", state=state.lower(), count=count) for state, count in counted]
    person.waits(lambda: all(words in person.notice for words in told))


def read_why(story: Story) -> None:
    person, rows = story.person, story.inbox()
    assert {name: row[0] for name, row in rows.items()} == {
        "good.pdf": _("Accepted"), "older.pdf": _("Held for a decision"), "tampered.pdf": _("Rejected"),
        "rubbish.pdf": _("Rejected"),
    }  # fmt: skip
    assert rows["good.pdf"][1:4] == [NAME, "2023", "1"]
    assert rows["good.pdf"][8:11] == ["Li Na", _("Equal"), _("Equal")]
    assert rows["older.pdf"][2] == "2022"
    for name in ("older.pdf", "tampered.pdf", "rubbish.pdf"):
        assert rows[name][6], "the reason stands in the row"
    assert rows["tampered.pdf"][6] != rows["rubbish.pdf"][6]
    stand_on(story, "tampered.pdf")
    person.strikes("F9")
    person.waits(lambda: person.sees(_("Not intact")))
    assert person.sees(rows["tampered.pdf"][6])
    stand_on(story, "good.pdf")
    person.waits(lambda: person.sees(_("Every line and total is equal to the last digit.")))


def stand_on(story: Story, file: str) -> None:
    """Go to the row of a file."""
    rows = story.inbox()
    story.person.walks(story.person.grid(_("Received reports")), list(rows).index(file), _("File"))


def decide(story: Story) -> None:
    """The older year is far below the newer one: somebody has to say whether that can be."""
    person = story.person
    stand_on(story, "older.pdf")
    person.waits(lambda: person.sees(_("A person has to decide. The decision is final and carries your name and your "
                                       "reason.")))  # fmt: skip

    def give_reason() -> None:
        person.fills(_("Reason"), "The second hall was opened in 2023")
        person.presses(_("Accept the report"))
        person.waits(lambda: person.screen is person.window)

    with person.answering(give_reason):
        person.presses(_("Accept…"))
    person.waits(lambda: story.inbox()["older.pdf"][0] == _("Accepted"))
    person.waits(lambda: person.sees(_("Accepted by decision")))
    assert person.sees("The second hall was opened in 2023") and person.sees("Li Na")
    person.strikes("F9")


def add_up(story: Story) -> None:
    person = story.person
    person.goes_to(_("Group"))
    person.chooses(_("Year"), "2023")
    adds_up_to(story, 2023, "120000")


def adds_up_to(story: Story, year: int, kwh: str) -> None:
    """What the plant itself calculated is what head office shows."""
    totals, person = inventory(year, kwh).totals, story.person
    location = f"{tonnes(totals.location)} {TONNES}"

    def is_shown() -> bool:
        """It is worked out off the window's thread, and not there meanwhile."""
        try:
            return person.number(_("Total, location-based")) == location
        except StopIteration:
            return False

    person.waits(is_shown)
    assert person.number(_("Total, market-based")) == f"{tonnes(totals.market)} {TONNES}"


def look_at_another_year(story: Story) -> None:
    person = story.person
    person.chooses(_("Year"), "2022")
    assert person.sees(_("Group {year}", year="2022"))
    adds_up_to(story, 2022, "60000")
    person.chooses(_("Year"), "2023")


def come_back_tomorrow(story: Story) -> None:
    """Closed and opened again: everything is there, trust included, and the same file twice is noticed."""
    person = story.person
    person.strikes("Ctrl+W")
    assert sorted(p.name for p in story.folder.glob("group.group*")) == ["group.group"], "one file"
    with GroupFile.open(story.group) as group:
        assert {filed.state for filed in group.all()} == {"accepted", "rejected"}
    person.presses("group")  # among what was open last
    person.goes_to(_("Trust"))
    assert person.sees("Test Office")
    person.goes_to(_("Inbox"))
    rows = len(story.inbox())
    person.drops([story.folder / "post" / "good.pdf"], person.window, QPoint(500, 400))
    person.waits(lambda: person.notice == _("“{file}” was received before; nothing changed.", file="good.pdf"))
    assert len(story.inbox()) == rows
