"""Meters: where the energy goes. The list with what each meter counted, and the values of the one that is looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.ledger import Meter, MeterExchange
from core.series.problems import Problem
from gui.commands import Command
from gui.language import _
from gui.meters.detail import MONTHS, Detail, titles
from gui.meters.examiner import Examiner
from gui.meters.inspector import explained
from gui.meters.intake import TAKEN, Intake
from gui.meters.keeper import Keeper
from gui.meters.list import MeterList, name_of
from gui.meters.rows import MeterRow, rows_of
from gui.meters.zone import ZoneQuestion
from gui.page import Page
from gui.session import Session
from gui.settings import Settings
from gui.undoing import undo
from gui.widgets import button, empty_state, heading, letters
from gui.wording import in_turn

LIST, DETAIL = 5, 8
"""Shares of the width."""
ACTS = slice(2, 7)
"""Of the commands: what concerns the current meter."""
NARROW = 28
"""Digits that the list keeps at least."""


class MetersPage(Page):
    """List at the left, the meter that is looked at at the right."""

    def __init__(self, session: Session, settings: Settings) -> None:
        super().__init__()
        self._session, self._settings = session, settings
        self.keeper = Keeper(self, session, settings)
        self.intake = Intake(self, session, settings)
        self.examiner = Examiner(session, self)
        self.list = MeterList(settings)
        self.detail = Detail(session, settings, self.examiner)
        self._title = heading("")
        self._stack = QStackedLayout()
        self._question: ZoneQuestion | None = None
        self._lay_out()
        self._connect()

    # ------------------------------------------------------------------ build

    def _lay_out(self) -> None:
        self.add_button = button(_("Add a meter"), self.add, picture="plus")
        self.import_button = button(_("Import interval data"), self.choose_import, role="primary", picture="import")
        self.more = button(_("More"), self._offer_more)
        for one in (self.add_button, self.import_button):
            one.setEnabled(self._session.writable)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addStretch(1)
        for widget in (self.add_button, self.import_button, self.more):
            head.addWidget(widget)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(13)
        self.split.setChildrenCollapsible(False)
        self.split.setObjectName("quiet")
        self.split.setStyleSheet("QSplitter#quiet::handle { background: transparent; }")
        for part, share in ((self.list, LIST), (self.detail, DETAIL)):
            self.split.addWidget(part)
            self.split.setStretchFactor(self.split.count() - 1, share)
        self.list.setMinimumWidth(letters(self, NARROW))
        self.split.setSizes([LIST * letters(self, 100), DETAIL * letters(self, 100)])
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 14, 16, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self.split, 1)
        self._empty = self._nothing_yet()
        self._stack.addWidget(body)
        self._stack.addWidget(self._empty)
        self.setLayout(self._stack)

    def _nothing_yet(self) -> QWidget:
        begin = (
            button(_("Import interval data"), self.choose_import, role="primary", picture="import"),
            button(_("Add a meter"), self.add, picture="plus"),
        )
        for one in begin:
            one.setEnabled(self._session.writable)
        return empty_state(
            "meter",
            _("Here stand the meters of the plant"),
            _("What grid, roof, halls and machines count, from files of loggers or as readings. It shows where the "
              "energy goes, what runs at night, and which values cannot be right."),
            *begin,
        )  # fmt: skip

    def _imported(self, sentence: str, key: str, other: int) -> None:
        """Go to the meter; values of another year are not seen until it is shown."""
        self.list.go(key)
        self.list.table.view.setFocus()
        year = self._session.year
        if other == year:
            self.tell("good", sentence, undo(self, self._session))
            return
        words = _("The values are of {other}; this page shows {year}.", other=str(other), year=str(year))
        act = (_("Show {year}", year=str(other)), lambda: self._session.show_year(other))
        self.tell("good", in_turn((sentence, words)), act)

    def _connect(self) -> None:
        self.intake.imported.connect(self._imported)
        self.list.changed.connect(self._show_chosen)
        self.list.table.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.table.view.customContextMenuRequested.connect(self._offer_here)
        self.list.entered.connect(lambda: self.detail.show_view(self.detail.tabs.currentIndex()))
        self.examiner.found.connect(lambda _meter: self._examined())
        self.examiner.broken.connect(lambda why: self.tell("bad", why))
        self.detail.broken.connect(self._broken)
        self.detail.import_wanted.connect(self.choose_import)
        self.detail.problems.estimate_wanted.connect(self.estimate)
        self.detail.months.entering_wanted.connect(self.enter_months)
        self.detail.readings.exchange_wanted.connect(self.exchange)
        self.detail.readings.refused.connect(lambda why: self.tell("bad", why))
        self.detail.readings.done.connect(lambda words: self.tell("good", words, undo(self, self._session)))

    # ------------------------------------------------------------------ page

    def refresh(self) -> None:
        try:
            zone = self._session.metered.zone
        except UserError as error:
            self._ask_for_zone(error)
            return
        assert zone is not None
        if not self._session.metered.meters:
            self._stack.setCurrentWidget(self._empty)
            return
        self._stack.setCurrentIndex(0)
        self._title.setText(_("Meters {year}", year=str(self._session.year)))
        self._show_rows()
        row = self.list.current
        self.examiner.look(self._session.year, "" if row is None else row.meter.id)

    def _ask_for_zone(self, error: UserError) -> None:
        if self._question is not None:
            self._stack.removeWidget(self._question)
            self._question.deleteLater()
        self._question = ZoneQuestion(error, self._session.ledger.plant, writable=self._session.writable)
        self._question.answered.connect(self.keeper.keep_zone)
        self._stack.addWidget(self._question)
        self._stack.setCurrentWidget(self._question)

    def _show_rows(self) -> None:
        self.list.show_rows(
            rows_of(self._session.metered, self._session.year, self.examiner.problems(self._session.year))
        )

    def _examined(self) -> None:
        if self._session.is_open and self._session.metered.meters:
            self._show_rows()
            self.detail.look_again()

    def _show_chosen(self) -> None:
        rows = self.list.chosen
        if rows:
            first, *others = rows
            self.detail.show_row(first, _whole_name(first), others, [_whole_name(one) for one in others])
        self.selected.emit()

    def _broken(self, error: UserError) -> None:
        from gui.notices import of_error

        self.told.emit(of_error(error))

    def show_subject(self, subject: object) -> None:
        """Go to a meter by its id, or to the months of the one in front, from which activity data are made."""
        if subject == "months":
            self.detail.show_view(MONTHS)
        elif isinstance(subject, str):
            self.list.go(subject)

    # ------------------------------------------------------------------ acts

    @property
    def meter(self) -> Meter | None:
        """The meter the person stands on; None on what is left of one."""
        row = self.list.current
        return None if row is None or row.rest else row.meter

    def add(self) -> None:
        """Describe a new meter, and go to it."""
        made = self.keeper.add()
        if made is not None:
            self.list.go(made.id)

    def edit(self) -> None:
        """Correct the description of the current meter."""
        self._with_meter(self.keeper.edit)

    def remove(self) -> None:
        """Take the current meter away."""
        self._with_meter(self.keeper.remove)

    def exchange(self, exchange: MeterExchange | None = None) -> None:
        """Enter or correct an exchange of the current meter."""
        self._with_meter(lambda meter: self.keeper.exchange(meter, exchange))

    def enter_months(self) -> None:
        """Make activity data of the months of the current meter."""
        self._with_meter(lambda meter: self.keeper.enter_months(meter, self._session.year))

    def estimate(self, gap: Problem) -> None:
        """Fill a gap of the current meter on purpose."""
        looked = self.detail.looked
        if looked is not None and looked.series is not None and self.meter is not None:
            self.keeper.estimate(self.meter, looked.series, gap)

    def _with_meter(self, act: Callable[[Meter], object]) -> None:
        if self.meter is not None:
            act(self.meter)

    # ------------------------------------------------------------------ import and export

    def takes(self, path: Path) -> bool:
        return self.isVisible() and self._session.writable and path.suffix.lower() in TAKEN

    def take(self, paths: Sequence[Path]) -> None:
        self.intake.begin(paths)

    def choose_import(self) -> None:
        """Ask for files and look at them."""
        self.intake.choose()

    def export(self) -> None:
        """Write the values of the chosen meters."""
        rows = [row for row in self.list.chosen if not row.rest]
        if rows:
            self.intake.export([row.meter for row in rows])

    # ------------------------------------------------------------------ commands

    def commands(self) -> list[Command]:
        def writable() -> bool:
            return self._session.writable

        def on_meter() -> bool:
            return self._session.writable and self.meter is not None

        acts = [
            Command(_("Import interval data"), self.choose_import, "", "import", "", writable),
            Command(_("Add a meter"), self.add, "", "plus", "", writable),
            Command(_("Edit the meter…"), self.edit, "", "meter", "", on_meter),
            Command(_("Enter an exchange…"), self.exchange, "", "compare", "", on_meter),
            Command(_("Enter months as activity data…"), self.enter_months, "", "activity", "", on_meter),
            Command(_("Export values as CSV…"), self.export, "", "export", "", lambda: self.meter is not None),
            Command(_("Delete the meter with its values"), self.remove, "", "delete", "", on_meter),
        ]
        views = [
            Command(_("Show the view “{view}”", view=title), lambda place=place: self.detail.show_view(place))  # type: ignore[misc]
            for place, title in enumerate(titles())
        ]
        return [*acts, *views]

    def _offer_more(self) -> None:
        self._with_acts(QMenu(self)).popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _offer_here(self, at: QPoint) -> None:
        menu = self.list.table.view.menu()
        menu.addSeparator()
        self._with_acts(menu).popup(self.list.table.view.viewport().mapToGlobal(at))

    def _with_acts(self, menu: QMenu) -> QMenu:
        """What can be done to the current meter."""
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for command in self.commands()[ACTS]:
            action = menu.addAction(command.title, command.run)
            action.setEnabled(command.enabled is None or command.enabled())
        return menu

    # ------------------------------------------------------------------ inspector

    def inspect(self) -> QWidget | None:
        """Everything that is known of the meter."""
        row = self.list.current
        if row is None or row.rest:
            return None
        return explained(row, self._session)


def _whole_name(row: MeterRow) -> str:
    """With the meter it is left of."""
    return _("{meter}: not metered below", meter=row.meter.name) if row.rest else name_of(row)
