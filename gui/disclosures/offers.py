"""What the page offers beside its buttons: a menu, the command palette, files that are dropped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from gui.commands import Command
from gui.disclosures.acts import Acts
from gui.disclosures.bringing import MAP, QUESTIONNAIRES, Bringing
from gui.disclosures.found import Found
from gui.disclosures.frame import COMPARED, QUESTIONS, Frame
from gui.disclosures.out import Out
from gui.disclosures.questions import UNDECIDED
from gui.language import _
from gui.widgets import allow


class Offers(QObject):
    """Of the framework that is chosen."""

    def __init__(self, acts: Acts, frame: Frame, out: Out, found: Callable[[], Found | None]) -> None:
        super().__init__(acts)
        self._acts, self._frame, self._out, self._found = acts, frame, out, found
        self.bringing = Bringing(acts)
        frame.more.clicked.connect(lambda _on=False: self._offer())
        frame.received.clicked.connect(lambda _on=False: self.bringing.ask_questionnaire(self._key))
        allow(frame.received, acts.locked)

    @property
    def _key(self) -> str:
        return self._frame.frameworks.key

    def _offer(self) -> None:
        more = self._frame.more
        self.menu().popup(more.mapToGlobal(QPoint(0, more.height())))

    def menu(self) -> QMenu:
        """What has no button of its own, or no room for it."""
        menu, front = QMenu(self._acts.page), self._frame.front
        table = getattr(front, "table", None)
        if front in (self._frame.questions, self._frame.submitted) and table is not None:
            for one in table.left_out:
                menu.addAction(one.text(), one.click).setEnabled(one.isEnabled())
        for command in self.seldom():
            menu.addAction(command.title, command.run).setEnabled(command.possible)
        return menu

    def seldom(self) -> list[Command]:
        """Bringing in, and decisions of earlier years."""
        found, bringing = self._found(), self.bringing
        ready = None if found is None else found.ready.get(self._key)
        proposed = 0 if ready is None else sum(one.proposal is not None for one in ready.questions)

        def able() -> bool:
            return self._acts.desk.writable

        made = [
            Command(_("Bring in a questionnaire…"), lambda: bringing.ask_questionnaire(self._key), icon="import",
                    enabled=lambda: able() and found is not None),
            Command(_("Bring in a disclosure map…"), bringing.ask_map, icon="import", enabled=able),
            Command(_("Take over decisions of earlier years ({count})", count=proposed),
                    lambda: self._acts.decide_as_before(self._key), icon="history",
                    enabled=lambda: able() and proposed > 0),
        ]  # fmt: skip
        if self._key and bringing.brought_in(self._key) is not None:
            made.append(Command(_("Remove this disclosure map"), lambda: bringing.remove_map(self._key),
                                icon="delete", enabled=able))  # fmt: skip
        return made

    def commands(self) -> list[Command]:
        """For the palette."""

        def there() -> bool:
            return self._found() is not None

        return [
            Command(_("Export workbook…"), lambda: self._out.ask_export(self._key), icon="export", enabled=there),
            Command(_("Freeze as handed in…"), lambda: self._out.ask_submit(self._key), icon="inbox",
                    enabled=lambda: there() and self._acts.desk.writable),
            Command(_("Questions to be decided"), self._show_undecided, icon="disclosures", enabled=there),
            Command(_("Compare with the year before"), lambda: self._frame.go(COMPARED), icon="compare",
                    enabled=there),
            *self.seldom(),
        ]  # fmt: skip

    def _show_undecided(self) -> None:
        self._frame.go(QUESTIONS)
        self._frame.questions.show_kind(UNDECIDED)

    def takes(self, path: Path) -> bool:
        """A map or a questionnaire, while one looks at the page: elsewhere such files are data."""
        page = self._acts.page
        return self._acts.desk.writable and page.isVisible() and path.suffix.casefold() in (MAP, *QUESTIONNAIRES)

    def take(self, paths: Sequence[Path]) -> None:
        """One at a time: the first."""
        path = paths[0]
        if path.suffix.casefold() == MAP:
            self.bringing.bring_map(path)
        else:
            self.bringing.ask_questionnaire(self._key, path)
