"""The meter that is looked at: what it is, its key figures, and the views of its values, made when they are seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from core.errors import UserError
from core.ledger import IntervalData, MeterExchange, Reading
from core.series.overview import months_of_year
from core.series.problems import Problem
from core.series.read import MonthSum
from core.series.series import Series
from gui.language import _
from gui.meters.examiner import Examiner
from gui.meters.figures import Strip, figures_of
from gui.meters.load import LoadView, Shown
from gui.meters.months import MonthsView
from gui.meters.problems import ProblemsView
from gui.meters.readings import ReadingsView
from gui.meters.rows import MeterRow, of_year, series_of_row
from gui.meters.views import YEAR, DurationView, HeatView, Looked, PartView, ProfileView, part_of
from gui.meters.words import direction_name, medium_name
from gui.notices import Elided
from gui.session import Session
from gui.settings import Settings
from gui.widgets import button, empty_state, label

LOAD, HEAT, PROFILE, DURATION, MONTHS, PROBLEMS, READINGS = range(7)
"""Views, in the order of their tabs."""
MOST = 6
"""Meters laid over each other: as many as there are colours."""


class Detail(QWidget):
    """Head, figures, tabs."""

    broken = Signal(object)
    """The UserError because of which the values cannot be shown."""
    import_wanted = Signal()

    def __init__(self, session: Session, settings: Settings, examiner: Examiner) -> None:
        super().__init__()
        self._session, self._settings, self._examiner = session, settings, examiner
        self.looked: Looked | None = None
        self._others: tuple[MeterRow, ...] = ()
        self._names: list[str] = []
        """Of the row and the others."""
        self._kept: dict[tuple[object, ...], Series | None] = {}
        """Values of the rows that are shown, by what they follow from."""
        self._key: tuple[object, ...] = ()
        self._stale: set[int] = set()
        self._period = YEAR
        self._year_shown: tuple[int, str] = (0, "")
        """Year and time zone for which the load was placed."""
        self._name, self._about = Elided(""), Elided("")
        self.strip = Strip()
        self.load: LoadView | None = None
        self.heat, self.profile, self.duration = HeatView(), ProfileView(), DurationView()
        self.months = MonthsView(settings, writable=session.writable)
        self.problems = ProblemsView(settings)
        self.readings = ReadingsView(session, settings)
        self.tabs = QTabWidget()
        self._lay_out()

    # ------------------------------------------------------------------ build

    def _lay_out(self) -> None:
        self._name.setFont(label("", size=1.15, strong=True).font())
        self._about.setProperty("role", "muted")
        for one in (self._name, self._about):
            one.setSizePolicy(one.sizePolicy().Policy.Ignored, one.sizePolicy().Policy.Fixed)
        self._load_place = QVBoxLayout()
        self._load_place.setContentsMargins(0, 0, 0, 0)
        self._nothing = self._no_values()
        self._load_place.addWidget(self._nothing)
        holder = QWidget()
        holder.setLayout(self._load_place)
        self.tabs.setAccessibleName(_("Views of the meter"))
        views = (holder, self.heat, self.profile, self.duration, self.months, self.problems, self.readings)
        titles = (
            _("Load"),
            _("Heat map"),
            _("Profile"),
            _("Duration curve"),
            _("Months"),
            _("Problems"),
            _("Readings"),
        )
        for view, title in zip(views, titles, strict=True):
            self.tabs.addTab(view, title)
        self.tabs.currentChanged.connect(lambda _tab: self._show_view())
        for view in (self.heat, self.profile, self.duration):
            view.period.picked.connect(self._pick_period)
        self.problems.asked.connect(self.show_place)
        self.problems.every.toggled.connect(lambda _on: self._show_every_year())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._name)
        column.addWidget(self._about)
        column.addSpacing(2)
        column.addWidget(self.strip)
        column.addSpacing(4)
        column.addWidget(self.tabs, 1)

    def _no_values(self) -> QWidget:
        begin = button(_("Import interval data"), self.import_wanted.emit, role="primary", picture="import")
        begin.setEnabled(self._session.writable)
        return empty_state(
            "meter",
            _("No interval data yet"),
            _("Here stands what the meter counted every quarter of an hour. It begins with a file of its logger."),
            begin,
        )

    # ------------------------------------------------------------------ show

    def show_row(self, row: MeterRow, name: str, others: Sequence[MeterRow], names: Sequence[str]) -> None:
        """Show this row, and lay the loads of the others over its own."""
        metered, year = self._session.metered, self._session.year
        plain = [replace(one, problems=None) for one in (row, *others)]  # those are shown by look_again
        key = (*plain, year, metered.zone.key, *(self._hash(one) for one in plain), *self._entered(row))
        if key == self._key:
            return
        self._key, self._others = key, tuple(others)
        self._forget([row, *others])
        series = self._series(row)
        months, before = self._months(row, year), self._months(row, year - 1)
        part = None if series is None else of_year(series, metered, year)
        figures = figures_of(row, part, months, metered.zone)
        self.looked = Looked(row, name, series, year, metered.zone, tuple(months), tuple(before), figures)
        self._names = [name, *names]
        self._show_head(row, name)
        self.strip.show_figures(row, figures, year, metered.zone)
        self._stale = set(range(self.tabs.count()))
        self.tabs.setTabEnabled(READINGS, not row.rest and not self.looked.level)
        self._title_problems()
        self._show_view()

    def _show_head(self, row: MeterRow, name: str) -> None:
        self._name.setText(name)
        self._name.setToolTip(name)
        about = " · ".join(filter(None, about_of(row)))
        self._about.setText(about)
        self._about.setToolTip(about)

    def look_again(self) -> None:
        """More is known about problems."""
        self._title_problems()
        self._stale.add(PROBLEMS)
        self._show_view()

    def _hash(self, row: MeterRow) -> tuple[object, ...]:
        """What the values of a row follow from."""
        metered = self._session.metered
        kept = [metered.kept(row.meter.id)]
        if row.rest:
            kept += [metered.kept(one.id) for one in metered.meters if one.parent == row.meter.id]
        return (row.id, row.meter.unit, tuple(_sha(one) for one in kept))

    def _entered(self, row: MeterRow) -> list[object]:
        """What a person entered of a meter."""
        ledger, key = self._session.ledger, row.meter.id
        readings = [one for one in ledger.held(Reading) if one.meter == key]
        return [*readings, *(one for one in ledger.held(MeterExchange) if one.meter == key)]

    def _forget(self, rows: Sequence[MeterRow]) -> None:
        keys = {self._hash(row) for row in rows}
        self._kept = {key: series for key, series in self._kept.items() if key in keys}

    def _series(self, row: MeterRow) -> Series | None:
        key = self._hash(row)
        if key not in self._kept:
            try:
                self._kept[key] = series_of_row(self._session.metered, row)
            except UserError as error:
                self.broken.emit(error)
                self._kept[key] = None
        return self._kept[key]

    def _months(self, row: MeterRow, year: int) -> list[MonthSum]:
        metered = self._session.metered
        own = months_of_year(metered, row.meter, year)
        if not row.rest:
            return own
        below = [months_of_year(metered, one, year) for one in metered.meters if one.parent == row.meter.id]
        return [_less(one, [part[place] for part in below if part]) for place, one in enumerate(own)]

    # ------------------------------------------------------------------ views

    def show_view(self, place: int) -> None:
        """Go to a view, with the keyboard."""
        self.tabs.setCurrentIndex(place)
        targets = {HEAT: self.heat.plot.canvas, PROFILE: self.profile.plot.canvas,
                   DURATION: self.duration.plot.canvas, MONTHS: self.months.bars.canvas,
                   PROBLEMS: self.problems.table.view}  # fmt: skip
        if place == LOAD and self.load is not None:
            self.load.plot.canvas.setFocus()
        elif place in targets:
            targets[place].setFocus()
        elif self.readings.table is not None:
            self.readings.table.view.setFocus()

    def show_place(self, problem: Problem) -> None:
        """Show a place in the load."""
        self.tabs.setCurrentIndex(LOAD)
        if self.load is not None:
            self.load.show_span(problem.start, problem.end)
            self.load.plot.canvas.setFocus()

    def _show_view(self) -> None:
        """Bring the view in front up to date; the others when they are seen."""
        place = self.tabs.currentIndex()
        if self.looked is None or place not in self._stale:
            return
        self._stale.discard(place)
        if place == LOAD:
            self._show_load(self.looked)
        elif place in (HEAT, PROFILE, DURATION):
            self._show_part((self.heat, self.profile, self.duration)[place - HEAT])
        elif place == MONTHS:
            self.months.show_months(self.looked, self._session.ledger)
        elif place == PROBLEMS:
            self._show_problems(self.looked)
        elif not self.looked.row.rest:
            self.readings.show_readings(self.looked.row.meter, self.looked.series)

    def _show_load(self, looked: Looked) -> None:
        rows = [looked.row, *self._others][:MOST]
        shown = [
            Shown(row, name, series)
            for row, name in zip(rows, self._names, strict=False)
            if (series := self._series(row)) is not None
        ]
        self._nothing.setVisible(not shown)
        if self.load is not None and self.load.zone != looked.zone:
            self._load_place.removeWidget(self.load)
            self.load.deleteLater()
            self.load = None
        if self.load is None and shown:
            self.load = LoadView(looked.zone)
            self.load.moved.connect(self._moved)
            self._load_place.addWidget(self.load)
        if self.load is None:
            return
        self.load.setVisible(bool(shown))
        if shown:
            self.load.show_meters(shown)
            if self._year_shown != (looked.year, looked.zone.key):
                self._year_shown = (looked.year, looked.zone.key)
                self.load.show_year(looked.year)

    def _moved(self) -> None:
        if self._period == "load":
            self._stale |= {HEAT, PROFILE, DURATION}

    def _pick_period(self, key: str) -> None:
        self._period = key
        self._stale |= {HEAT, PROFILE, DURATION}
        self._show_view()

    def _show_part(self, view: PartView) -> None:
        looked = self.looked
        if looked is None:
            return
        view.period.show_key(self._period, looked.year)
        if looked.series is None:
            view.show_nothing()
            return
        first, last = date(looked.year, 1, 1), date(looked.year, 12, 31)
        seen = self.load.days if self.load is not None and self.load.plot.tracks else (first, last)
        view.show_part(looked, part_of(looked, self._period, seen))

    # ------------------------------------------------------------------ problems

    def _of_year(self) -> tuple[Problem, ...] | None:
        """What is known of the meter in the year; None: nobody has looked."""
        if self.looked is None or self.looked.row.rest:
            return ()
        return self._examiner.problems(self.looked.year).get(self.looked.row.meter.id)

    def _title_problems(self) -> None:
        known = self._of_year()
        words = _("Problems ({count})", count=len(known)) if known else _("Problems")
        self.tabs.setTabText(PROBLEMS, words)

    def _show_problems(self, looked: Looked) -> None:
        known, row = self._of_year(), looked.row
        if self.problems.every.isChecked() and not row.rest:
            known = self._examiner.ever(row.meter)
            if known is None:
                self._examiner.look_at_all_years(row.meter)
        self.problems.show_problems(known, looked.zone, writable=self._session.writable and not row.rest)

    def _show_every_year(self) -> None:
        if self.looked is not None:
            self._show_problems(self.looked)


def titles() -> list[str]:
    """Of the views, in the order of their tabs."""
    over_time = [_("Load"), _("Heat map"), _("Profile"), _("Duration curve")]
    return [*over_time, _("Months"), _("Problems"), _("Readings")]


def about_of(row: MeterRow) -> list[str]:
    """What a meter is, in a few words."""
    meter = row.meter
    if row.rest:
        words = _("What {meter} counted and none of the meters below it did.", meter=meter.name)
        return [words]
    found = [medium_name(meter), direction_name(meter)]
    if meter.calibrated_to:
        found.append(calibration_words(row))
    if meter.accuracy:
        found.append(_("class {accuracy}", accuracy=meter.accuracy))
    return [*found, row.serial, meter.location]


def calibration_words(row: MeterRow) -> str:
    """To which day the calibration holds, and whether that is enough."""
    try:
        day = date.fromisoformat(row.meter.calibrated_to)
    except ValueError:
        return row.meter.calibrated_to
    if row.overdue:
        return _("calibration expired on {day}", day=day)
    return _("calibrated to {day}", day=day)


def _sha(kept: IntervalData | None) -> str:
    return "" if kept is None else kept.sha256


def _less(whole: MonthSum, parts: Sequence[MonthSum]) -> MonthSum:
    """A month without what was counted below; known only where everything is."""
    total = whole.total - sum((one.total for one in parts), Decimal(0))
    present = min(whole.present, *(one.present for one in parts)) if parts else whole.present
    return MonthSum(whole.month, total, whole.expected, present, max(whole.estimated, *(p.estimated for p in parts), 0))
