"""Work over time, a row for each: when it begins, when it has its effect, and the days by which its steps are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from core.i18n import show_date
from gui.language import _, language
from gui.plots.canvas import Reading
from gui.plots.clock import DAY, Tick, interval, pace, sample, ticks
from gui.plots.gantt_rows import (
    COLOURS,
    GanttData,
    GanttRow,
    Look,
    bar_swatch,
    brush_of,
    draw_mark,
    mark_swatch,
    seconds,
)
from gui.plots.inks import HATCH, faded
from gui.plots.paper import APART, GAP, Titles
from gui.plots.picking import PickingCanvas, PickingPlot
from gui.plots.saving import Numbers, numbers_of
from gui.plots.tools import entry
from gui.theme import colour, tokens

ROW = 1.75
"""Height of a row, in heights of its letters."""
NAMES = 0.34
"""Share of the width that names may take."""
FEWEST_DAYS = 30
"""That are shown at least."""
MARGIN = 0.02
"""Of the time, before the first and after the last day."""
MOST_MARKS = 8
"""Steps that are read at once."""


class GanttCanvas(PickingCanvas):
    """The drawing of a GanttPlot. Along x are seconds since 1970-01-01."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.data: GanttData | None = None
        self.lines: tuple[str | GanttRow, ...] = ()
        self.row = 0
        """Number of the row that is read."""
        more = _("Up and down go from row to row, Enter chooses the one that is read.")
        self.setAccessibleDescription(f"{self.accessibleDescription()} {more}")

    def show_data(self, data: GanttData) -> None:
        """Show this from now on, all of its time."""
        self.data, self.lines, self.row = data, data.lines, 0
        self.titles = Titles(bottom=_("Date"))
        days = [data.today, *(day for row in data.rows for day in (row.begin, row.end, *(m.day for m in row.marks)))]
        first, last = seconds(min(days)), seconds(max(days)) + DAY
        air = MARGIN * (last - first)
        self.setMinimumHeight(round(self._row_height * len(self.lines) + self._below + self._above))
        self.set_whole(first - air, last + air, FEWEST_DAYS * DAY)
        self.refresh()

    @property
    def empty(self) -> bool:
        return self.data is None or not self.data.rows

    # ------------------------------------------------------------------ places

    @property
    def _row_height(self) -> float:
        return self.metrics.height() * ROW

    @property
    def _below(self) -> float:
        return 2 * self.metrics.height() + 2 * GAP

    @property
    def _above(self) -> float:
        """Room for the dates, which stand above the rows too, for the plot may be taller than the window."""
        return self.metrics.height() + GAP

    def _margins(self) -> QMarginsF:
        wide = max((self.metrics.horizontalAdvance(self._words(line)) for line in self.lines), default=0.0)
        return QMarginsF(min(wide, NAMES * self.width()) + 2 * GAP, self._above, GAP, self._below)

    def _words(self, line: str | GanttRow) -> str:
        return line if isinstance(line, str) else line.name

    def _band(self, place: int, area: QRectF) -> QRectF:
        """Where a line stands, over all of the width."""
        return QRectF(0, area.top() + place * self._row_height, self.width(), self._row_height)

    def _place(self, number: int) -> int:
        """Line of a row."""
        rows = [place for place, line in enumerate(self.lines) if not isinstance(line, str)]
        return rows[number]

    # ------------------------------------------------------------------ drawing

    def ticks(self, width: float) -> Sequence[Tick]:
        per_pixel = (self.range[1] - self.range[0]) / max(1.0, width)
        chosen = pace(lambda unit: (self.metrics.horizontalAdvance(sample(unit)) + APART) * per_pixel, least=DAY)
        return ticks(*self.range, ZoneInfo("UTC"), chosen)

    def draw(self, painter: QPainter) -> None:
        if not self.empty:
            self._draw_names(painter, self.area())
            self._draw_dates(painter, self.area())
        super().draw(painter)

    def _draw_dates(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(colour("muted"))
        taken = area.left() - APART
        for tick in self.ticks(area.width()):
            wide = self.metrics.horizontalAdvance(tick.words)
            left = self.x_of(tick.at, area) - wide / 2
            if left >= taken + APART / 2 and left + wide <= self.width():
                painter.drawText(QPointF(left, self.metrics.ascent()), tick.words)
                taken = left + wide

    def _draw_names(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(self.small)
        for place, line in enumerate(self.lines):
            band = self._band(place, area)
            if isinstance(line, str):
                painter.fillRect(band, colour("sunken"))
            elif line.key == self.chosen:
                painter.fillRect(band, colour("selection"))
            painter.setPen(colour("muted") if isinstance(line, str) else colour("text"))
            room = (self.width() if isinstance(line, str) else area.left() - GAP) - GAP
            words = self.metrics.elidedText(self._words(line), Qt.TextElideMode.ElideRight, room)
            y = band.center().y() + (self.metrics.ascent() - self.metrics.descent()) / 2
            painter.drawText(QPointF(GAP, y), words)

    def ink(self, painter: QPainter, area: QRectF) -> None:
        if self.data is None:
            return
        self._draw_years(painter, area)
        for place, line in enumerate(self.lines):
            if not isinstance(line, str):
                self._draw_row(painter, area, self._band(place, area), line)
        self._draw_today(painter, area, self.data.today)

    def _draw_years(self, painter: QPainter, area: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colour("line"), 1))
        for tick in self.ticks(area.width()):
            x = round(self.x_of(tick.at, area))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _draw_today(self, painter: QPainter, area: QRectF, today: date) -> None:
        x = round(self.x_of(seconds(today), area))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(colour("accent"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
        words = _("Today")
        wide = self.metrics.horizontalAdvance(words)
        left = x + 4 if x + 4 + wide <= area.right() else x - 4 - wide
        painter.setPen(colour("accent"))
        painter.drawText(QPointF(left, area.top() + self.metrics.ascent() + 2), words)

    def _draw_row(self, painter: QPainter, area: QRectF, band: QRectF, row: GanttRow) -> None:
        """A line while it is worked on, a wedge while the effect grows, a bar while all of it is there."""
        ink = QColor(tokens().series[0]) if row.look != "stopped" else colour("edge")
        begin, start, full = (self.x_of(seconds(day), area) for day in (row.begin, row.start, row.full))
        end = self.x_of(seconds(row.end) + DAY, area)
        high = band.height() * 0.46
        top, middle = band.center().y() - high / 2, band.center().y()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 2))
        if start > begin:
            painter.drawLine(QPointF(begin, middle), QPointF(start, middle))
        shape = QPolygonF([QPointF(start, top + high), QPointF(full, top), QPointF(end, top), QPointF(end, top + high)])
        painter.setPen(QPen(ink, 1, Qt.PenStyle.DashLine if row.look in ("open", "stopped") else Qt.PenStyle.SolidLine))
        painter.setBrush(brush_of(ink, row.look))
        painter.drawPolygon(shape)
        if row.look == "done":
            painter.setBrush(QBrush(faded(ink, HATCH), Qt.BrushStyle.BDiagPattern))
            painter.drawPolygon(shape)
        for mark in row.marks:
            draw_mark(painter, QPointF(self.x_of(seconds(mark.day), area), middle), mark.state)

    def overlay(self, painter: QPainter, area: QRectF) -> None:
        if self.at is not None and self.data is not None and self.data.rows:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour("text"), 1))
            band = self._band(self._place(self.row), area)
            painter.drawRect(QRectF(area.left(), band.top(), area.width() - 1, band.height() - 1))
        super().overlay(painter, area)

    # ------------------------------------------------------------------ reading

    def point(self, at: QPointF | None, area: QRectF) -> None:
        number = self._row_at(at, area) if at is not None else None
        if number is None:
            at = None
        elif number != self.row:
            self.row, self.at = number, None
        super().point(at, area)

    def _row_at(self, at: QPointF, area: QRectF) -> int | None:
        place = int((at.y() - area.top()) // self._row_height)
        if not 0 <= place < len(self.lines) or isinstance(self.lines[place], str):
            return None
        return sum(not isinstance(line, str) for line in self.lines[:place])

    def readings(self, at: float) -> tuple[str, list[Reading]]:
        """The row: how far it is, when it has its effect, its steps."""
        if self.data is None or not self.data.rows:
            return "", []
        row, lang = self.data.rows[self.row], language()
        span = f"{show_date(row.start, lang)} – {show_date(row.end, lang)}"
        found = [Reading(tokens().series[0], _("Status"), row.words), Reading(tokens().series[0], _("In effect"), span)]
        if row.full > row.start:
            found.append(Reading(tokens().series[0], _("Full effect from"), show_date(row.full, lang)))
        for mark in row.marks[:MOST_MARKS]:
            said = f"{show_date(mark.day, lang)} · {mark.words}"
            found.append(Reading(colour(COLOURS[mark.state]).name(), mark.name, said))
        return row.name, found

    def words_of_range(self) -> str:
        return interval(self.range[0] // DAY * DAY, self.range[1] // DAY * DAY, ZoneInfo("UTC"))

    def neighbour(self, at: float, towards: int) -> float:
        """The next step of the row; where there is none, a day further."""
        if self.data is None or not self.data.rows:
            return at
        days = sorted(seconds(mark.day) for mark in self.data.rows[self.row].marks)
        found = [day for day in days if (day - at) * towards > 0]
        return at + towards * DAY if not found else float(min(found) if towards > 0 else max(found))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if self.data is None or not self.data.rows:
            super().keyPressEvent(event)
        elif step:
            self.row = min(max(0, self.row + step), len(self.data.rows) - 1) if self.at is not None else self.row
            at, self.at = sum(self.range) / 2 if self.at is None else self.at, None
            self.read(at)
        elif self.chooses(event):
            self._pick(self.row)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        clicked = self.clicked(event)
        super().mouseReleaseEvent(event)
        number = self._row_at(event.position(), self.area()) if clicked else None
        if number is not None:
            self._pick(number)

    def _pick(self, number: int) -> None:
        assert self.data is not None
        self.pick(self.data.rows[number].key)


class GanttPlot(PickingPlot[GanttCanvas]):
    """Rows over time, which the person zooms into and chooses from."""

    def __init__(self, name: str, choice: QWidget | None = None) -> None:
        super().__init__(name, GanttCanvas(name), choice)

    @property
    def data(self) -> GanttData | None:
        """What is shown."""
        return self.canvas.data

    def show_data(self, data: GanttData) -> None:
        """Show this from now on."""
        self.set_title(data.title)
        self.canvas.show_data(data)
        looks = {row.look: row.words for row in data.rows}
        states = {mark.state: mark.words for row in data.rows for mark in row.marks}
        named: dict[Look, str] = {"open": _("Not decided"), "decided": _("Decided"), "done": _("Done"),
                                  "stopped": _("Stopped")}  # fmt: skip
        keys = [entry("", words, bar_swatch(look)) for look, words in named.items() if look in looks]
        self.set_key([*keys, *(entry("", _("Milestone: {state}", state=words), mark_swatch(state))
                               for state, words in states.items())])  # fmt: skip
        self.shown()

    # ------------------------------------------------------------------ out

    def numbers(self) -> Numbers | None:
        return numbers_of(self.as_table()) if self.data is not None else None

    def as_table(self) -> list[list[str]]:
        """A row for each, with its days and steps."""
        head = [_("Belongs to"), _("Name"), _("Status"), _("Work begins"), _("Effect begins"), _("Full effect from"),
                _("Effect ends"), _("Milestones")]  # fmt: skip
        rows = [head]
        for row in self.data.rows if self.data is not None else ():
            days = (row.begin, row.start, row.full, row.end)
            steps = "; ".join(f"{mark.day.isoformat()} {mark.name} ({mark.words})" for mark in row.marks)
            rows.append([row.group, row.name, row.words, *(day.isoformat() for day in days), steps])
        return rows
