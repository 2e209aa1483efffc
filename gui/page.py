"""What a page is: one place of the window, in a file of its own in ``gui/pages``; what is heavy stands in the room of
its name and is imported when the page is first shown.

A page file has two names::

    PAGE = PageInfo("activity", T("Activity data"), group="data", order=10, icon="activity")

    def create(session: Session, settings: Settings) -> Page: ...

The page reads ``session`` in ``refresh``, which the window calls before it shows the page and after each change of the
session while it is shown. What it has to say goes out through the signals below; it knows neither the window nor other
pages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout, QTableView, QVBoxLayout, QWidget

from core.errors import UserError
from core.i18n import T, Text
from core.running.log import LOG
from gui.commands import Command
from gui.jobs import Job
from gui.notices import Level, Notice, of_error
from gui.widgets import scrolled

Value = TypeVar("Value")

GROUPS: dict[str, Text] = {
    "": Text(""),
    "data": T("Data"),
    "judge": T("Judge"),
    "plan": T("Plan"),
    "out": T("Out"),
    "office": T("Head office"),
}
"""Groups of places, in the order of the side list; the first has no heading."""


@dataclass(frozen=True, slots=True)
class PageInfo:
    """How a page stands in the side list."""

    key: str
    title: Text
    group: str
    """A key of ``GROUPS``."""
    order: int
    """Within the group."""
    icon: str
    """Name of a file in ``resources/icons``."""
    mode: Literal["plant", "office"] = "plant"
    """Whether it shows one plant or the group of head office."""


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A subject for ``wanted``: begin a row of activity data."""

    method: str
    """Key of the method it is about; empty: the person chooses it."""
    category: int = 0
    """Of scope 3, where the method serves several; 0: the method's first."""
    source: str = ""
    item: str = ""
    """Empty: the only one of the method, or none."""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NewFinding:
    """A subject for ``wanted``: raise a finding of the audit."""

    activity: str = ""
    """Id of the activity data it is about; empty: none is named yet."""
    sheet: str = ""
    """Id of the test sheet that showed it; empty: it was found otherwise."""
    point: str = ""
    """Key of the question of the checklist, or of the data point, that asks for a corrective action; empty: none does.
    """


@dataclass(frozen=True, slots=True)
class CloseYear:
    """A subject for ``wanted``: close the year shown, or restate it when it is closed."""


@dataclass(frozen=True, slots=True)
class TwoYears:
    """A subject for ``wanted``: why the group changed between two years."""

    before: int
    after: int
    view: str
    """Which emissions: ``location`` or ``market``."""


@dataclass(frozen=True, slots=True)
class OfGroup:
    """A subject for ``wanted``: check a report of the group."""

    path: Path | None = None
    """The file; None: it is in the group file, for somebody handed it in with the reports of plants."""
    sha256: str = ""
    """Of the file that was handed in."""


class Page(QWidget):
    """Base of all pages."""

    told = Signal(object)
    """A Notice for the bottom line."""
    working = Signal(object, str)
    """A Job that is about to start, and what it does: its progress is shown and can be cancelled there."""
    inspected = Signal(object)
    """A QWidget for the inspector, which takes it over; None empties it."""
    selected = Signal()
    """Something else is selected: an open inspector asks ``inspect`` again, a closed one costs nothing."""
    inspector_wanted = Signal()
    """Open the inspector, for the person asked to see more."""
    wanted = Signal(str, object)
    """Go to another place: its key and what to show there (see ``show_subject``)."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")

    def heightForWidth(self, width: int) -> int:
        """Only the page in front asks for room: one behind it must not make the window scroll."""
        return 0 if self.isHidden() else super().heightForWidth(width)

    def refresh(self) -> None:
        """Show what the session holds now."""

    def show_subject(self, subject: object) -> None:
        """Go to something on this page, e.g. the id of a record."""

    def main(self) -> QWidget | None:
        """Where one works on this page, for the keyboard of somebody who comes here: its first list."""
        return next((one for one in self.findChildren(QTableView) if one.isVisible()), None)

    def inspect(self) -> QWidget | None:
        """A fresh widget about what is selected, for the inspector that was just opened."""
        return None

    def commands(self) -> list[Command]:
        """What can be done here; the command palette lists it."""
        return []

    def takes(self, path: Path) -> bool:
        """Whether a file dropped on the window belongs here."""
        return False

    def take(self, paths: Sequence[Path]) -> None:
        """Files dropped on the window, all of which this page takes."""

    # ------------------------------------------------------------------ for pages

    def tell(self, level: Level, sentence: str, action: tuple[str, Callable[[], object]] | None = None) -> None:
        """A sentence, already in the language of the window, for the bottom line."""
        self.told.emit(Notice(level, sentence, action))

    def tell_more(self, level: Level, sentence: str, details: str) -> None:
        """The same with more lines in the tooltip and for screen readers."""
        self.told.emit(Notice(level, sentence, details=details))

    def attempt(self, act: Callable[[], Value]) -> Value | None:
        """Do something that may be refused; a refusal is told, and None comes back."""
        try:
            return act()
        except UserError as error:
            LOG.note("refused", where=type(self), why=error)
            self.told.emit(of_error(error))
            return None

    def run(self, job: Job, doing: str) -> None:
        """Start a job whose progress the bottom line shows."""
        self.working.emit(job, doing)
        job.start()


class FramedPage(Page):
    """A page that is one column, which may be taller than the window; as long as it has nothing to show, the place of
    the column is taken by what belongs there and how to begin (see :func:`gui.widgets.empty_state`)."""

    def __init__(self) -> None:
        super().__init__()
        content = QWidget()
        self.body = QVBoxLayout(content)
        """Where the parts of the page go."""
        self.body.setContentsMargins(16, 14, 16, 16)
        self.body.setSpacing(12)
        self._beginning: QWidget | None = None
        self._frame = QStackedLayout(self)
        self._frame.addWidget(scrolled(content))

    @property
    def empty(self) -> bool:
        """Whether it says how to begin."""
        return self._frame.currentIndex() > 0

    def show_body(self) -> None:
        """There is something to show."""
        self._frame.setCurrentIndex(0)

    def show_empty(self, beginning: QWidget) -> None:
        """There is nothing yet: show this in its place."""
        if self._beginning is not None and self._beginning is not beginning:
            self._frame.removeWidget(self._beginning)
            self._beginning.deleteLater()
        self._beginning = beginning
        self._frame.addWidget(beginning)
        self._frame.setCurrentWidget(beginning)
