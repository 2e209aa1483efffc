"""A person who works with meters and PV: turns tabs, opens menus, ticks meters, reads plots as a screen reader does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QListWidget,
    QMenu,
    QTabBar,
    QWidget,
)
from shiboken6 import isValid

from core.inventory import Inventory, choices_of, compile_inventory
from core.library import load_library
from core.library.places import countries
from gui.language import _, language, say
from gui.meters.import_dialog import SeriesImportDialog
from gui.plant_form import PlantForm
from gui.session import Session
from gui.wording import named
from tests.core.report.poppler import text
from tests.stories.person import Person, W, cells, shown

LEFT = Qt.MouseButton.LeftButton


class Engineer(Person):
    """A person with a plant."""

    def field(self, name: str, kind: type[W]) -> W:
        """The field with this label; says which there are, where there is none."""
        there = [one.accessibleName() for one in shown(self.screen, kind)]
        assert name in there, f"there is no “{name}” among {there}"
        return super().field(name, kind)

    def texts(self) -> list[str]:
        """Without the signs that keep the words of a key together."""
        plain = {"\u2060": "", "\u00a0": " ", "&nbsp;": " "}
        return [reduce(lambda text, sign: text.replace(sign, plain[sign]), plain, text) for text in super().texts()]

    def turns_to(self, title: str) -> None:
        """Clicks a tab; what is counted behind its title may be left out."""
        for bar in shown(self.screen, QTabBar):
            for place in range(bar.count()):
                if bar.isTabVisible(place) and (bar.tabText(place) == title or bar.tabText(place).startswith(title)):
                    QTest.mouseClick(bar, LEFT, pos=bar.tabRect(place).center())
                    QApplication.processEvents()
                    assert bar.currentIndex() == place
                    return
        raise AssertionError(f"there is no tab “{title}”")

    def picks(self, button: str, entry: str) -> None:
        """Opens the menu of a button and takes an entry of it."""
        self.presses(button)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(one for one in menu.actions() if one.text() == entry)
        assert action.isEnabled(), entry
        QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
        QApplication.processEvents()

    def ticks(self, name: str, words: str) -> None:
        """Sets the tick of an entry of a list with the space bar."""
        box = self.field(name, QListWidget)
        row = next(n for n in range(box.count()) if box.item(n).text() == words)
        box.setFocus()
        box.setCurrentRow(row)
        QTest.keyClick(box, Qt.Key.Key_Space)
        assert box.item(row).checkState() == Qt.CheckState.Checked

    def agrees(self, words: str) -> None:
        """Ticks a box with the space bar."""
        box = next(one for one in shown(self.screen, QCheckBox) if one.text() == words)
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)
        assert box.isChecked()

    def number(self, name: str) -> str:
        """The figure that a screen reader reads after this name, once it is worked out."""

        def there() -> bool:
            lead = named(name, "")
            return any(one.accessibleName().startswith(lead) for one in shown(self.screen, QWidget))

        self.waits(there)
        return super().number(name)

    def waits_for(self, words: str) -> None:
        """Waits until these words stand somewhere."""
        self.waits(lambda: self.sees(words))

    def described(self, plot: str) -> str:
        """What a screen reader reads of a plot, once it rests: its numbers as a table."""

        def words() -> str:
            found = (one.accessibleDescription() for one in shown(self.screen, QWidget) if one.accessibleName() == plot)
            return next((text for text in found if "\n" in text), "")

        self.waits(lambda: bool(words()))
        return words()

    def rows(self, name: str) -> list[list[str]]:
        """The cells of a table, once it is there."""
        return cells(self.grid(name))

    def offers(self, name: str) -> list[str]:
        """What can be chosen from a list."""
        box = self.field(name, QComboBox)
        return [box.itemText(row) for row in range(box.count())]

    def hears(self, words: str) -> None:
        """Waits until the line at the bottom says this."""
        self.waits(lambda: self.notice == words)


@dataclass
class Job:
    """The story of an engineer: who, where, and what really lies behind the window."""

    person: Engineer
    folder: Path
    monkeypatch: pytest.MonkeyPatch

    @property
    def session(self) -> Session:
        """Only looked at."""
        assert isinstance(self.person.window.desk, Session)
        return self.person.window.desk

    @property
    def inventory(self) -> Inventory:
        """Calculated anew by the core, apart from the window."""
        ledger, year = self.session.ledger, self.session.year
        return compile_inventory(ledger, choices_of(ledger.audit(year), year), load_library())

    def chooses_files(self, *paths: Path) -> None:
        """What the native dialogs give; they are the only thing that is not real."""
        many = ([str(path) for path in paths], "")
        self.monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: many)
        for name in ("getOpenFileName", "getSaveFileName"):
            self.monkeypatch.setattr(QFileDialog, name, lambda *_a, **_k: (str(paths[0]), ""))

    def creates_a_plant(self, country: str, name: str = "Krosno 克罗斯诺") -> None:
        """From the first screen on."""
        person = self.person

        def fill() -> None:
            person.fills(_("Name of the plant"), name)
            person.fills(_("Country"), say(countries()[country]))
            person.fills(_("Legal entity"), "Test Group")
            person.fills(_("Your name"), "Anna Nowak")
            self.chooses_files(self.folder / "krosno.plant")
            person.presses(_("Choose where to save"))

        with person.answering(fill, PlantForm):
            person.presses(_("New plant"))
        assert self.session.ledger.plant.country == country

    def pastes_a_bill(self, kwh: Decimal) -> None:
        """The electricity of the year, so that there is an inventory."""
        person, year = self.person, self.session.year
        person.goes_to(_("Activity data"))
        person.copies(f"Grid 电网\tpurchased_electricity\telectricity\t{year}-01-01\t{year}-12-31\t{kwh}\tkWh")
        person.presses(_("Type or paste rows"))
        person.strikes("Ctrl+V")
        assert [one.quantity for one in self.session.ledger.activities] == [kwh], person.notice

    def draws_a_draft(self) -> str:
        """The words of the report, as another program finds them in the file; blanks are left out."""
        person, out = self.person, self.folder / "draft.pdf"
        person.goes_to(_("Report"))
        words = _("Chinese") if language() == "zh" else _("English")
        person.chooses(_("Language of the report"), words)
        self.chooses_files(out)
        person.presses(_("Save unsigned draft…"))
        person.waits(lambda: out.name in person.notice and out.exists())
        return "".join(text(out.read_bytes(), self.folder).split())

    def imports(self, path: Path, answer: Callable[[SeriesImportDialog], None]) -> None:
        """Chooses a file on the page of the meters; ``answer`` is what happens in its dialog."""
        person = self.person
        self.chooses_files(path)

        def act() -> None:
            dialog = person.screen
            assert isinstance(dialog, SeriesImportDialog)
            answer(dialog)
            person.waits(lambda: not (isValid(dialog) and dialog.isVisible()))

        with person.answering(act, SeriesImportDialog):
            person.presses(_("Import interval data"))
        QApplication.processEvents()

    def reads_the_file(self) -> None:
        """From the questions to what would happen."""
        self.person.presses(_("Read the file"))
        self.person.waits(lambda: self.person.sees(_("What would happen")))

    def confirms(self, count: int) -> None:
        """Waits until it is known what would happen, and says yes."""
        go = _("Import {count} values", count=f"{count:,}")
        self.person.waits(
            lambda: any(go == text for text in self.person.texts()) and self.person.button(go).isEnabled()
        )
        self.person.presses(go)


def in_dialog(person: Engineer, kind: type[QDialog], act: Callable[[], None], fill: Callable[[], None]) -> None:
    """``act`` opens a dialog of this kind, ``fill`` answers it and closes it."""

    def answer() -> None:
        dialog = person.screen
        fill()
        person.waits(lambda: not (isValid(dialog) and dialog.isVisible()))

    with person.answering(answer, kind):
        act()
    QApplication.processEvents()
