"""The list of recent files on the first screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from core.i18n import show_date
from gui.icons import icon
from gui.language import _, language
from gui.latest import Latest
from gui.notices import Elided
from gui.recent.memory import RecentFile, moved, pin, recent_files
from gui.settings import Settings
from gui.widgets import button, clear, in_order, label, tool


class RecentPart(QWidget):
    """One line for each: pin, name, folder, day; a file that has gone is grey and can be looked for."""

    def __init__(self, settings: Settings, open_one: Callable[[Path], object]) -> None:
        super().__init__()
        self._settings, self._open = settings, open_one
        self.files: tuple[RecentFile, ...] = ()
        """What is listed."""
        self.latest_file: QPushButton | None = None
        """Opens the first of them that is there."""
        self.gone: frozenset[Path] = frozenset()
        """Those that are not there; known when somebody has looked, for a network drive takes its time."""
        self.latest = Latest(self)
        self.latest.answered.connect(self._looked)
        self.body = QWidget()
        """All of it; hidden while there is nothing to list."""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.body)
        self._lines = QVBoxLayout(self.body)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self.refresh()

    def refresh(self) -> None:
        """List what is remembered now, and look which files are there."""
        self.files = recent_files(self._settings)
        self._show()
        paths = tuple(one.path for one in self.files)
        if paths:
            self.latest.ask(lambda: _missing(paths))

    def _looked(self, gone: frozenset[Path]) -> None:
        if gone != self.gone:
            self.gone = gone
            self._show()

    def _show(self) -> None:
        held = self.latest_file is not None and self.window().focusWidget() is self.latest_file
        clear(self._lines)
        self.latest_file = None
        self.body.setVisible(bool(self.files))
        if not self.files:
            return
        self._lines.addWidget(label(_("Opened last"), "muted"))
        stops: list[QWidget] = []
        for one in self.files:
            stops += self._line(one)
        in_order(*stops)
        if held and self.latest_file is not None:
            QTimer.singleShot(0, self.latest_file, self.latest_file.setFocus)  # when the lines before have gone

    def _line(self, one: RecentFile) -> list[QWidget]:
        gone = one.path in self.gone
        row = QHBoxLayout()
        row.setSpacing(6)
        stops: list[QWidget] = [self._pin(one)]
        sign = "office" if one.is_group else "plant"
        name = button(one.title, lambda: self._open(one.path), role="link", picture=sign)
        name.setAccessibleDescription(str(one.path))
        name.setToolTip(str(one.path))
        name.setEnabled(not gone)
        if self.latest_file is None and not gone:
            self.latest_file = name
        row.addWidget(stops[0])
        row.addWidget(name)
        stops.append(name)
        where = Elided(_("Not there any more: {path}", path=str(one.path)) if gone else str(one.path.parent))
        where.setProperty("role", "muted")
        where.setToolTip(str(one.path))
        where.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(where, 1)
        if one.day is not None and not gone:
            row.addWidget(label(show_date(one.day.date(), language()), "muted"))
        if gone:
            there = button(_("Locate…"), lambda: self.locate(one), role="link")
            there.setAccessibleName(_("Locate {file}", file=one.path.name))
            row.addWidget(there)
            stops.append(there)
        drop = tool("close", _("Remove from this list: {file}", file=one.path.name), lambda: self.remove(one))
        row.addWidget(drop)
        stops.append(drop)
        self._lines.addLayout(row)
        return stops

    def _pin(self, one: RecentFile) -> QToolButton:
        words = (
            _("No longer on top: {file}", file=one.title) if one.pinned else _("Keep on top: {file}", file=one.title)
        )
        made = tool("pin", words, lambda: self.pin(one))
        made.setIcon(icon("pinned" if one.pinned else "pin", "accent" if one.pinned else "muted"))
        return made

    # ------------------------------------------------------------------ acts

    def pin(self, one: RecentFile) -> None:
        """On top, or back among the others."""
        pin(self._settings, one.path, pinned=not one.pinned)
        self.refresh()

    def remove(self, one: RecentFile) -> None:
        """Off the list; the file itself stays."""
        self._settings.forget(one.path)
        self.refresh()

    def locate(self, one: RecentFile) -> None:
        """Ask where it is now, remember that, and open it."""
        kind = f"*{one.path.suffix}"
        name, _kind = QFileDialog.getOpenFileName(self, _("Where is {file} now?", file=one.path.name), "", kind)
        if name:
            moved(self._settings, one.path, Path(name))
            self.refresh()
            self._open(Path(name))


def _missing(paths: Sequence[Path]) -> frozenset[Path]:
    """Those that are not there, or cannot be reached."""

    def there(path: Path) -> bool:
        try:
            return path.is_file()
        except OSError:
            return False

    return frozenset(path for path in paths if not there(path))
