"""Filling a gap on purpose: by which method, what it gives, and why. Every value that was filled in stays marked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QComboBox, QWidget

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import IntervalData, Meter, Step
from core.series.clock import mean_power
from core.series.estimates import Estimate, linear, same_time
from core.series.keep import Merged, intervals_of, merge
from core.series.metered import is_level
from core.series.problems import Problem
from core.series.profiles import profile
from core.series.series import Series
from core.series.spread import spread
from core.series.wording import moment
from core.series.zones import begin_of, local_date
from gui.asking import Asking
from gui.fields import ParsedField, date_field, number_field, text_field
from gui.language import _, language, say
from gui.meters.form import side_by_side
from gui.meters.rows import cut
from gui.meters.words import figure, power_sign, power_title, unit_sign
from gui.plots import SeriesPlot, Track
from gui.quality.parts import combo
from gui.session import Session
from gui.widgets import label

SAME_TIME, LINEAR, TOTAL = "same_time", "linear", "total"
SHORT = 2
"""Up to so many hours a straight line is proposed. [h]"""
AROUND = 7
"""Days that are shown before and after the gap at most."""
LINES = 15
"""Height of the plot, in lines of words."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What is to be kept."""

    before: IntervalData
    after: IntervalData
    merged: Merged


class EstimateDialog(Asking):
    """One gap of one meter."""

    def __init__(
        self, session: Session, meter: Meter, series: Series, gap: Problem, parent: QWidget | None = None
    ) -> None:
        words = _("Estimated values stay marked in plots and sums, and measured ones can take their place later.")
        super().__init__(_("Estimate missing values"), words, _("Fill the gap"), parent)
        self._session, self._meter, self._series, self._gap = session, meter, series, gap
        self._zone: ZoneInfo = session.metered.zone
        self.estimate: Estimate | None = None
        """What the chosen method gives; None where it refuses."""
        self._refusal: UserError | None = None
        self.method = self._methods()
        self.first, self.last = self._days()
        self.total: ParsedField[Decimal] = number_field(f"{_('Known total')} ({unit_sign(meter.unit)})")
        self.where = text_field(_("Where the total stands"), hint=_("e.g. the number of the bill"))
        self.shape = combo(
            _("Spread it"), [(_("by the load profile of the meter"), "profile"), (_("evenly"), "evenly")]
        )  # fmt: skip
        self.reason = text_field(
            _("Reason"), hint=_("Why the values are missing and why this method fits"), required=True
        )
        self.gives = label("", wrap=True)
        self.plot = SeriesPlot(_("The gap and its estimate"), self._zone)
        self.plot.setMinimumHeight(self.fontMetrics().height() * LINES)
        self._lay_out()
        self._connect()
        self.calculate()

    def _methods(self) -> QComboBox:
        choices = [
            (_("Same time of the weeks around"), SAME_TIME),
            (_("Straight line"), LINEAR),
            (_("Known total, spread over the gap"), TOTAL),
        ]
        made = combo(_("Method"), choices[:2] if is_level(self._meter) else choices)
        if self._gap.end - self._gap.start <= SHORT * 3600:
            made.setCurrentIndex(1)
        return made

    def _days(self) -> tuple[ParsedField[date], ParsedField[date]]:
        """Those of the total: the months of the gap."""
        first = local_date(self._gap.start, self._zone).replace(day=1)
        end = local_date(self._gap.end - 1, self._zone)
        after = (end.replace(day=1) + timedelta(days=31)).replace(day=1)
        return date_field(_("Total from"), first), date_field(_("Total to"), after - timedelta(days=1), end=True)

    def _lay_out(self) -> None:
        self.fields.addWidget(label(say(self._gap.message), wrap=True))
        self.add(_("Method"), self.method)
        self._of_total = (side_by_side(self.total, self.where), side_by_side(self.first, self.last, self.shape))
        for row in self._of_total:
            self.fields.addWidget(row)
        self.fields.addWidget(self.plot, 1)
        self.fields.addWidget(self.gives)
        self.fields.addWidget(self.reason)

    def _connect(self) -> None:
        for box in (self.method, self.shape):
            box.activated.connect(lambda _row: self.calculate())
        for field in (self.total, self.where, self.first, self.last):
            field.line.editingFinished.connect(self.calculate)

    # ------------------------------------------------------------------ preview

    def calculate(self) -> None:
        """What the chosen method gives, on screen."""
        for row in self._of_total:
            row.setVisible(self.method.currentData() == TOTAL)
        self._problem.hide()
        try:
            self.estimate, self._refusal = self._estimated(), None
        except UserError as error:
            self.estimate, self._refusal = None, error
        self.go.setEnabled(self.estimate is not None)
        self._show()

    def _estimated(self) -> Estimate:
        series, start, end, zone = self._series, self._gap.start, self._gap.end, self._zone
        method = self.method.currentData()
        if method == LINEAR:
            return linear(series, start, end, zone)
        if method == SAME_TIME:
            return same_time(series, start, end, zone)
        total, first, last, where = self.total.read(), self.first.read(), self.last.read(), self.where.read()
        if total is None or first is None or last is None or not where:
            raise UserError(T("Enter the total, its days and where it stands."))
        by = profile(series, zone) if self.shape.currentData() == "profile" else None
        return spread(series, begin_of(first, zone), begin_of(last + timedelta(days=1), zone), zone, total=total,
                      source=where, profile=by)  # fmt: skip

    def _show(self) -> None:
        found = self.estimate
        shown = self._series if found is None else found.series
        start, end = (self._gap.start, self._gap.end) if found is None else (found.start, found.end)
        room = min(max(end - start, 86_400), AROUND * 86_400)
        part = cut(shown, start - room, end + room)
        level, meter = is_level(self._meter), self._meter
        powers = Series(part.start, part.step, mean_power(part, level=level), part.marks)
        track = Track.of(powers, meter.name, power_sign(meter), kind="line" if level else "area")
        self.plot.show_tracks([track], left=power_title(meter))
        self.plot.reset()
        if found is None:
            self.gives.setText("" if self._refusal is None else self._refusal.text(language()))
            return
        words = _("{count} values would be filled in. {method}", count=f"{found.count:,}", method=say(found.method))
        if not level:
            words = _(
                "{count} values with {amount} {unit} together would be filled in. {method}",
                count=f"{found.count:,}",
                amount=figure(found.amount),
                unit=unit_sign(meter.unit),
                method=say(found.method),
            )
        self.gives.setText(words)

    # ------------------------------------------------------------------ keep

    def work(self) -> Callable[[], object]:
        reason = self.reason.need()
        found = self.estimate
        if found is None:
            raise self._refusal or UserError(T("Choose a method."))
        why = why_of(self._meter, found, self._zone, reason)
        question = filling(self._session, self._meter, found)
        return lambda: (why, question())

    def succeeded(self, result: object) -> None:
        assert isinstance(result, tuple)
        why, filled = result
        try:
            self._session.edit(
                why, [Step("intervals", filled.after.id, filled.before, filled.after)], filled.merged.blobs
            )
        except UserError as error:
            self.complain(error)
            return
        super().succeeded(result)


def why_of(meter: Meter, found: Estimate, zone: ZoneInfo, reason: str) -> Text:
    """What the journal says of it: how many, where, how and why."""
    return T(
        "{count} missing values of {name} estimated from {start} to {end}. {method} Reason: {reason}",
        count=found.count,
        name=meter.name,
        start=moment(found.start, zone),
        end=moment(found.end, zone),
        method=found.method,
        reason=verbatim(reason),
    )


def filling(session: Session, meter: Meter, found: Estimate) -> Callable[[], Filled]:
    """The work of bringing estimates in, for another thread.

    Raises
    ------
    UserError
        when the meter has no intervals any more; later, when a block cannot be read.
    """
    metered, reader, zone = session.metered, session.file.reader(), session.metered.zone
    before, index = metered.kept(meter.id), metered.index(meter.id)
    if before is None or index is None:
        raise UserError(T("{meter} has no interval data.", meter=meter.name), T("Import a file of the meter first."))
    part = cut(found.series, found.start, found.end)

    def work() -> Filled:
        with reader:
            merged = merge(index, part, zone, reader.blob, overwrite=False)
        return Filled(before, intervals_of(meter.id, merged, before.files), merged)

    return work
