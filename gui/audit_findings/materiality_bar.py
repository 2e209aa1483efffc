"""Misstatements against materiality, live: too little to the left, too much to the right, the marks where it counts.

What was found and is left is full, what it stands for is dotted, what is not a finding yet is an outline, what was
corrected is hatched on a line of its own; so it reads without colour, and everything stands below it in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from core.audit.materiality import MARKET_BASED
from core.audit.misstatements import CORRECTED, Misstatements, verdict
from core.library import EXACT
from core.methods import exact_sum
from gui.icons import pixmap
from gui.language import _, say
from gui.theme import colour, tokens
from gui.widgets import card, clear, label, number
from gui.wording import TONNES, named, tonnes

ZERO = Decimal(0)
ROOM = 1.12
"""Of the larger side, so that no bar touches the end."""
BAR, LINE = 1.25, 0.42
"""Heights of the bar and of the line of what was corrected, in lines of text."""
FOUND, PROJECTED, WAITING, FIXED, NET = "found", "projected", "waiting", "fixed", "net"


@dataclass(frozen=True, slots=True)
class Side:
    """One direction, in size. [t CO2e]"""

    found: Decimal = ZERO
    projected: Decimal = ZERO
    waiting: Decimal = ZERO
    """Differences of which nobody made a finding yet."""
    fixed: Decimal = ZERO
    """Corrected: no longer in the total."""

    @property
    def left(self) -> Decimal:
        """Found and projected."""
        return EXACT.add(self.found, self.projected)


@dataclass(frozen=True, slots=True)
class BarFigures:
    """What the bar shows, on the total that governs."""

    over: Side = Side()
    under: Side = Side()
    materiality: Decimal | None = None

    @property
    def net(self) -> Decimal:
        return EXACT.subtract(self.over.left, self.under.left)

    @property
    def widest(self) -> Decimal:
        """What the longer half must hold."""
        sides = (EXACT.add(one.left, one.waiting) for one in (self.over, self.under))
        return max(*sides, self.over.fixed, self.under.fixed, self.materiality or ZERO)


def figures_of(found: Misstatements, waiting: tuple[Decimal, Decimal] = (ZERO, ZERO)) -> BarFigures:
    """The figures of a misstatement ledger.

    Parameters
    ----------
    found
        of the audit.
    waiting
        differences without a finding: overstated and understated, both in size. [t CO2e]
    """
    market = found.governs == MARKET_BASED
    left: dict[int, list[Decimal]] = {1: [], -1: []}
    seen: dict[int, list[Decimal]] = {1: [], -1: []}
    fixed: dict[int, list[Decimal]] = {1: [], -1: []}
    for row in found.rows:
        weight = row.spread.market if market else row.spread.location
        for tonnes_, sums in ((row.left, left), (row.found_left, seen), (_fixed(row.treatment, row.effect), fixed)):
            value = EXACT.multiply(tonnes_, weight)
            sums[1 if value > 0 else -1].append(abs(value))
    sides = []
    for place, sign in enumerate((1, -1)):
        shown = exact_sum(seen[sign])
        projected = max(EXACT.subtract(exact_sum(left[sign]), shown), ZERO)
        sides.append(Side(shown, projected, waiting[place], exact_sum(fixed[sign])))
    return BarFigures(sides[0], sides[1], found.materiality)


def _fixed(treatment: str, effect: Decimal) -> Decimal:
    return effect if treatment == CORRECTED else ZERO


class BarCanvas(QWidget):
    """The drawing alone."""

    def __init__(self) -> None:
        super().__init__()
        self.figures = BarFigures()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figures(self, figures: BarFigures) -> None:
        """Draw these from now on."""
        self.figures = figures
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(line * 24, round(line * (2 + BAR + LINE) + 14))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().height() * 14, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _Drawing(painter, QRectF(self.rect()), self.figures, QFontMetricsF(self.font())).draw()
        painter.end()


class _Drawing:
    """One painting of the bar."""

    def __init__(self, painter: QPainter, area: QRectF, figures: BarFigures, metrics: QFontMetricsF) -> None:
        self._painter, self._area, self._figures, self._metrics = painter, area, figures, metrics
        line = metrics.height()
        self._top = area.top() + line + 3
        self._high = line * BAR
        self._low = self._top + self._high + 3
        self._middle = round(area.center().x())
        self._scale = (area.width() / 2 - 2) / (float(figures.widest) * ROOM) if figures.widest else 0.0

    def draw(self) -> None:
        """Everything, the marks last so that they lie on top."""
        self._draw_ground()
        for sign, side in ((1, self._figures.over), (-1, self._figures.under)):
            self._draw_side(sign, side)
        self._draw_axis()
        self._draw_marks()
        self._draw_net()

    def _x(self, at: Decimal | float) -> float:
        return self._middle + float(at) * self._scale

    def _box(self, sign: int, begin: Decimal, length: Decimal, top: float, high: float) -> QRectF:
        ends = (self._x(sign * float(begin)), self._x(sign * float(EXACT.add(begin, length))))
        return QRectF(QPointF(min(ends), top), QPointF(max(ends), top + high))

    def _draw_ground(self) -> None:
        """Paper of the bar, and the two directions in words above it."""
        self._painter.fillRect(QRectF(self._area.left(), self._top, self._area.width(), self._high), colour("sunken"))
        self._painter.setPen(colour("muted"))
        head = QRectF(self._area.left(), self._area.top(), self._area.width(), self._metrics.height())
        self._painter.drawText(head, Qt.AlignmentFlag.AlignLeft, _("← Too little reported"))
        self._painter.drawText(head, Qt.AlignmentFlag.AlignRight, _("Too much reported →"))

    def _draw_side(self, sign: int, side: Side) -> None:
        ink = colour_of(sign)
        found = self._box(sign, ZERO, side.found, self._top, self._high)
        self._painter.fillRect(found, ink)
        dotted = self._box(sign, side.found, side.projected, self._top, self._high)
        paint_pattern(self._painter, dotted, ink, PROJECTED)
        paint_pattern(self._painter, self._box(sign, side.left, side.waiting, self._top, self._high), ink, WAITING)
        fixed = self._box(sign, ZERO, side.fixed, self._low, self._metrics.height() * LINE)
        paint_pattern(self._painter, fixed, ink, FIXED)

    def _draw_axis(self) -> None:
        self._painter.setPen(QPen(colour("edge"), 1))
        below = self._low + self._metrics.height() * LINE
        self._painter.drawLine(QPointF(self._middle, self._top - 3), QPointF(self._middle, below))

    def _draw_marks(self) -> None:
        """Where materiality is, on both sides, with its value outside so that the labels never meet."""
        limit = self._figures.materiality
        if limit is None or not self._scale:
            return
        words = _("materiality {tonnes}", tonnes=tonnes(limit))
        wide, base = self._metrics.horizontalAdvance(words), self._low + self._metrics.height() * LINE
        for sign in (1, -1):
            at = self._x(sign * float(limit))
            side = self._figures.over if sign > 0 else self._figures.under
            reached = bool(limit) and side.left >= limit
            ink = colour("bad" if reached else "text")
            self._painter.setPen(QPen(ink, 2, Qt.PenStyle.SolidLine if reached else Qt.PenStyle.DashLine))
            self._painter.drawLine(QPointF(at, self._top - 3), QPointF(at, base + 3))
            left = at + 4 if sign > 0 else at - 4 - wide
            left = min(max(left, self._area.left()), self._area.right() - wide)
            self._painter.setPen(ink)
            self._painter.drawText(QPointF(left, base + self._metrics.ascent() + 1), words)

    def _draw_net(self) -> None:
        if self._figures.over.left and self._figures.under.left:
            draw_net(self._painter, QPointF(self._x(self._figures.net), self._top + self._high / 2))


def colour_of(sign: int) -> QColor:
    """Too much and too little, told apart by the side too."""
    return QColor(tokens().series[2 if sign > 0 else 1])


def paint_pattern(painter: QPainter, box: QRectF, ink: QColor, pattern: str) -> None:
    """A part of the bar that is told from the others without colour."""
    if box.width() < 0.5:
        return
    if pattern == FOUND:
        painter.fillRect(box, ink)
        return
    inside = box.adjusted(0.5, 0.5, -0.5, -0.5)
    if pattern == WAITING:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 1.4, Qt.PenStyle.DashLine))
        painter.drawRect(inside)
        return
    style = Qt.BrushStyle.Dense5Pattern if pattern == PROJECTED else Qt.BrushStyle.BDiagPattern
    painter.fillRect(box, QBrush(ink, style))
    painter.setPen(QPen(ink, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(inside)


def draw_net(painter: QPainter, at: QPointF, size: float = 5.0) -> None:
    """A diamond, on paper so that it is seen on any ink."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour("raised"), 1.5))
    painter.setBrush(colour("text"))
    steps = (QPointF(0, -size), QPointF(size, 0), QPointF(0, size), QPointF(-size, 0))
    painter.drawPolygon(QPolygonF([at + step for step in steps]))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)


def swatch(pattern: str) -> QPixmap:
    """A picture for the key."""
    made = QPixmap(36, 24)
    made.setDevicePixelRatio(2)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if pattern == NET:
        draw_net(painter, QPointF(9, 6), 4.5)
    else:
        paint_pattern(painter, QRectF(1, 1, 16, 10), colour("text"), pattern)
    painter.end()
    return made


class MaterialityBar(QFrame):
    """The bar with its verdict above and its key, in numbers, below."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Misstatements against materiality"))
        self._verdict = QHBoxLayout()
        self._verdict.setSpacing(6)
        self.canvas = BarCanvas()
        self._key = QGridLayout()
        self._key.setHorizontalSpacing(6)
        self._key.setVerticalSpacing(2)
        frame, inside = card()
        inside.setSpacing(4)
        inside.addLayout(self._verdict)
        inside.addWidget(self.canvas)
        inside.addLayout(self._key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(frame)

    @property
    def figures(self) -> BarFigures:
        """What is shown."""
        return self.canvas.figures

    def show_misstatements(self, found: Misstatements, waiting: tuple[Decimal, Decimal] = (ZERO, ZERO)) -> None:
        """Show a misstatement ledger; ``waiting`` as in :func:`figures_of`."""
        figures = figures_of(found, waiting)
        self.canvas.show_figures(figures)
        words = say(verdict(found))
        clear(self._verdict)
        sign = QLabel()
        picture, token = ("error", "bad") if found.material else ("check", "good")
        if found.materiality is None:
            picture, token = "info", "muted"
        sign.setPixmap(pixmap(picture, token, 16))
        self._verdict.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        self._verdict.addWidget(label(words, strong=True, wrap=True), 1)
        self._show_key(figures)
        self.setAccessibleDescription(f"{words} {described(figures)}")

    def _show_key(self, figures: BarFigures) -> None:
        """Five entries side by side: picture, name, too little and too much in numbers."""
        clear(self._key)
        place = 0
        for pattern, name, low, high in _entries(figures):
            picture = QLabel()
            picture.setPixmap(swatch(pattern))
            self._key.addWidget(picture, 0, place)
            words = label(name, "muted")
            self._key.addWidget(words, 0, place + 1)
            value = number(_numbers(pattern, low, high))
            value.setAccessibleName(named(name, f"{value.text()} {TONNES}"))
            self._key.addWidget(value, 1, place + 1)
            self._key.setColumnMinimumWidth(place + 2, 14)
            place += 3
        self._key.setColumnStretch(place, 1)
        unit = label(TONNES, "muted")
        self._key.addWidget(unit, 1, place + 1, Qt.AlignmentFlag.AlignRight)


def _entries(figures: BarFigures) -> list[tuple[str, str, Decimal, Decimal]]:
    over, under = figures.over, figures.under
    return [
        (FOUND, _("Found, not corrected"), under.found, over.found),
        (PROJECTED, _("Projected"), under.projected, over.projected),
        (WAITING, _("Not a finding yet"), under.waiting, over.waiting),
        (FIXED, _("Corrected"), under.fixed, over.fixed),
        (NET, _("Net"), figures.net, figures.net),
    ]


def _numbers(pattern: str, low: Decimal, high: Decimal) -> str:
    """``−0.10 / +63.7``, without a direction in which there is nothing; the net has one sign."""
    sides = (high,) if pattern == NET else (low.copy_negate(), high)
    return " / ".join(signed(one) for one in sides if one) or "0"


def signed(value: Decimal) -> str:
    """With its sign: which direction a misstatement has is its first message."""
    if not value:
        return "0"
    return f"{'+' if value > 0 else '−'}{tonnes(abs(value))}"


def described(figures: BarFigures) -> str:
    """Everything the bar shows, in sentences."""
    parts = [
        _("Too much reported: found {found}, projected {projected}, not a finding yet {waiting}, corrected {fixed}.",
          **_said(figures.over)),
        _("Too little reported: found {found}, projected {projected}, not a finding yet {waiting}, corrected {fixed}.",
          **_said(figures.under)),
        _("Net {net}.", net=signed(figures.net)),
    ]  # fmt: skip
    return f"{' '.join(parts)} ({TONNES})"


def _said(side: Side) -> dict[str, str]:
    return {
        "found": tonnes(side.found),
        "projected": tonnes(side.projected),
        "waiting": tonnes(side.waiting),
        "fixed": tonnes(side.fixed),
    }
