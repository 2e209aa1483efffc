"""The tree of sources on screen: tonnes, months as a strip of cells, proof; told by shape and words, not by colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from core.i18n import T, Text
from gui.fonts import figures, scaled
from gui.icons import icon
from gui.language import _, say
from gui.sources.rows import STATE_WORDS, Branch, Month
from gui.theme import tokens
from gui.widgets import letters
from gui.wording import TONNES, shown_percent, tonnes

BRANCH = int(Qt.ItemDataRole.UserRole) + 1
SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
NAME, STATE, AMOUNT, SHARE, MONTHS, PROOF = range(6)
WIDTHS = {STATE: 23, AMOUNT: 12, SHARE: 8, PROOF: 25}
"""In digits."""
LEAST_NAME = 30
"""Digits that a name keeps: when there is no room for them, proof and share give theirs."""
CELL, GAP = 14, 2
"""Of the strip. [px]"""
ESTIMATED = "≈"
STATUSES: dict[str, tuple[str, str, Text]] = {
    "calculated": ("check", "good", T("Calculated")),
    "not_relevant": ("close", "muted", T("Declared not relevant")),
    "gap": ("warning", "warning", T("Nothing yet")),
    "significant": ("check", "good", T("Significant")),
    "not_significant": ("close", "muted", T("Not significant")),
    "unknown": ("warning", "warning", T("Not known")),
    "memo": ("info", "muted", T("Beside, in no total")),
}
"""Icon, colour and words of each status."""


class SourceTree(QTreeWidget):
    """Branches; what is open and chosen survives new data."""

    chosen = Signal()
    """Another branch is current."""
    asked = Signal(object)
    """A Branch without others below it was double-clicked, or Enter was pressed on it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._closed: set[str] = set()
        self._seen: set[str] = set()
        """Branches shown before: what they do is up to the person."""
        self.setColumnCount(6)
        self.setHeaderLabels(
            [_("Source"), _("State"), f"{_('Emissions')}\n{TONNES}", f"{_('Share')}\n%", _("Months"), _("Proof")]
        )
        for column in (AMOUNT, SHARE):
            self.headerItem().setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setFont(figures(self.font()))
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setExpandsOnDoubleClick(False)
        self.setIndentation(letters(self, 2))
        self.setItemDelegateForColumn(MONTHS, StripDelegate(self))
        head = self.header()
        head.setSectionsMovable(False)
        head.setStretchLastSection(False)
        head.setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, letters(self, width))
        self.setColumnWidth(MONTHS, strip_width(12) + 12)
        self.currentItemChanged.connect(lambda _now, _before: self.chosen.emit())
        self.itemActivated.connect(self._activate)
        self.itemCollapsed.connect(lambda item: self._closed.add(item.data(NAME, BRANCH).id))
        self.itemExpanded.connect(lambda item: self._closed.discard(item.data(NAME, BRANCH).id))

    @property
    def branch(self) -> Branch | None:
        """The current one."""
        item = self.currentItem()
        found = item.data(NAME, BRANCH) if item is not None else None
        return found if isinstance(found, Branch) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        room = (
            self.viewport().width() - strip_width(12) - 12 - letters(self, LEAST_NAME + WIDTHS[STATE] + WIDTHS[AMOUNT])
        )
        self.setColumnHidden(SHARE, room < letters(self, WIDTHS[SHARE]))
        self.setColumnHidden(PROOF, room < letters(self, WIDTHS[SHARE] + WIDTHS[PROOF]))
        super().resizeEvent(event)

    def _activate(self, item: QTreeWidgetItem, _column: int) -> None:
        """What has branches opens or closes; the others are asked for."""
        if item.childCount():
            item.setExpanded(not item.isExpanded())
        else:
            self.asked.emit(item.data(NAME, BRANCH))

    def show_branches(self, branches: Sequence[Branch]) -> None:
        """Show these."""
        before = self.branch
        for one in every(branches):  # at first the categories are seen, not yet their sources
            if one.id not in self._seen and (one.status == "memo" or one.level == "category"):
                self._closed.add(one.id)
            self._seen.add(one.id)
        closed = set(self._closed)
        self.blockSignals(True)
        self.clear()
        for branch in branches:
            self.addTopLevelItem(_item(branch, self))
        for item in self.items():
            item.setExpanded(item.data(NAME, BRANCH).id not in closed)
        self.blockSignals(False)
        self._closed = closed
        first = self.topLevelItem(0)
        if (before is None or not self.go(before.id)) and first is not None:
            self.setCurrentItem(first)
        self.chosen.emit()

    def items(self) -> Iterator[QTreeWidgetItem]:
        """Every item, parents first."""
        waiting = children_of(self.invisibleRootItem())
        while waiting:
            item = waiting.pop(0)
            yield item
            waiting = [*children_of(item), *waiting]

    def go(self, key: str) -> bool:
        """Make a branch the current one; False when there is none of this id."""
        found = next((item for item in self.items() if item.data(NAME, BRANCH).id == key), None)
        if found is None:
            return False
        self.setCurrentItem(found)
        self.scrollToItem(found)
        return True


def every(branches: Sequence[Branch]) -> Iterator[Branch]:
    """Branches and what is below them."""
    for branch in branches:
        yield branch
        yield from every(branch.children)


def children_of(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    """In the order shown."""
    found = (item.child(place) for place in range(item.childCount()))
    return [child for child in found if child is not None]


def _item(branch: Branch, view: QWidget) -> QTreeWidgetItem:
    item = QTreeWidgetItem()
    name, (picture, token, status) = title_of(branch), STATUSES[branch.status]
    words = state_words(branch)
    item.setText(NAME, name)
    item.setToolTip(NAME, name)
    item.setText(STATE, words)
    lacking = bool(branch.excluded or branch.missing_days or silent(branch))
    item.setIcon(STATE, icon("warning", "warning") if lacking else icon(picture, token))
    item.setToolTip(STATE, f"{say(status)}. {say(branch.reason)}".strip(" ."))
    item.setText(AMOUNT, tonnes(branch.tonnes) if branch.records or branch.tonnes else "–")
    item.setText(SHARE, shown_percent(branch.share) if branch.records and branch.status != "memo" else "")
    for column in (AMOUNT, SHARE):
        item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    item.setToolTip(MONTHS, months_words(branch.months))
    item.setText(PROOF, proof_words(branch))
    item.setToolTip(PROOF, proof_words(branch))
    item.setData(NAME, BRANCH, branch)
    item.setData(MONTHS, BRANCH, branch.months)
    item.setData(MONTHS, SPOKEN, months_words(branch.months))
    if branch.level == "scope":
        item.setFont(NAME, scaled(view.font(), 1.0, strong=True))
        item.setFont(AMOUNT, scaled(figures(view.font()), 1.0, strong=True))
    for child in branch.children:
        item.addChild(_item(child, view))
    return item


# ---------------------------------------------------------------------- words


def title_of(branch: Branch) -> str:
    """``3.4  Inbound and paid transport``: with its number where the standard has one."""
    kind, _sign, rest = branch.id.partition(":")
    number = ""
    if branch.level != "source":
        if branch.category:
            number = f"{branch.category}  "
        elif kind == "iso" and rest[:1].isdecimal():
            number = f"{rest}  "
    return f"{number}{say(branch.title)}"


def state_words(branch: Branch) -> str:
    """The status, and how many records no factor covers."""
    if branch.excluded:
        return _("{count} left out", count=len(branch.excluded))
    if silent(branch):
        return _("{count} categories open", count=silent(branch))
    if branch.level == "source" or (branch.status == "calculated" and not branch.about):
        parts = []
        if branch.missing_days:
            parts.append(_("{count} days missing", count=branch.missing_days))
        if branch.estimated:
            parts.append(_("{share} % estimated", share=shown_percent(branch.estimated)))
        return " · ".join(parts) or _("Complete")
    words = say(STATUSES[branch.status][2])
    proposed = branch.status in ("significant", "not_significant") and not branch.decided
    return _("{status} (proposed)", status=words) if proposed else words


def silent(branch: Branch) -> int:
    """Categories below it about which nobody said anything."""
    return sum(one.status == "gap" for one in branch.children if one.about)


def proof_words(branch: Branch) -> str:
    """``31 % kept, 69 % number``; nothing where there are no tonnes."""
    if not branch.records or not branch.tonnes:
        return ""
    parts = []
    if branch.kept:
        parts.append(_("{share} % kept", share=whole_percent(branch.kept)))
    if branch.proven - branch.kept:
        parts.append(_("{share} % number", share=whole_percent(branch.proven - branch.kept)))
    return " · ".join(parts) or _("no proof")


def whole_percent(share: Decimal) -> str:
    """Without decimals; neither nothing nor everything unless it is."""
    if 0 < share < 1:
        return "< 1"
    return "> 99" if 99 < share < 100 else f"{share:.0f}"


def months_words(months: Sequence[Month]) -> str:
    """The strip in words: each month with its state."""
    return "\n".join(f"{place}: {month_words(month)}" for place, month in enumerate(months, 1))


def month_words(month: Month) -> str:
    """``complete, estimated``."""
    words = say(STATE_WORDS[month.state])
    return _("{state}, estimated", state=words) if month.estimated else words


# ---------------------------------------------------------------------- the strip


def strip_width(count: int) -> int:
    """Of so many months. [px]"""
    return count * (CELL + GAP) - GAP


def paint_month(painter: QPainter, month: Month, area: QRectF) -> None:
    """One cell: full is filled, part is half filled, a hole is an empty frame with a cross, nothing is a dot."""
    t = tokens()
    frame = area.adjusted(0.5, 0.5, -0.5, -0.5)
    painter.setPen(Qt.PenStyle.NoPen)
    if month.state == "full":
        painter.setBrush(QColor(t.series[0]))
        painter.drawRoundedRect(area, 2, 2)
    elif month.state == "part":
        half = QRectF(area.left(), area.center().y(), area.width(), area.height() / 2)
        painter.fillRect(half, QColor(t.series[1]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(t.warning), 1))
        painter.drawRoundedRect(frame, 2, 2)
    elif month.state == "hole":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(t.bad), 1.2))
        painter.drawRoundedRect(frame, 2, 2)
        cross = area.adjusted(4, 4, -4, -4)
        painter.drawLine(cross.topLeft(), cross.bottomRight())
        painter.drawLine(cross.topRight(), cross.bottomLeft())
    elif month.state == "none":
        painter.setBrush(QColor(t.edge))
        painter.drawEllipse(area.center(), 1.6, 1.6)
    if month.estimated and month.state in ("full", "part"):
        painter.setPen(QColor(t.raised if month.state == "full" else t.text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, ESTIMATED)


class StripDelegate(QStyledItemDelegate):
    """Twelve cells in a line."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        months = index.data(BRANCH) or ()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(scaled(option.font, 0.9, strong=True))
        top = option.rect.center().y() - CELL / 2 + 0.5
        for place, month in enumerate(months):
            left = option.rect.left() + 6 + place * (CELL + GAP)
            paint_month(painter, month, QRectF(left, top, CELL, CELL))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(strip_width(12) + 12, max(super().sizeHint(option, index).height(), CELL + 10))


class Legend(QWidget):
    """What the cells of the strip mean."""

    def __init__(self) -> None:
        super().__init__()
        self._entries = [
            (Month("full", False), say(STATE_WORDS["full"])),
            (Month("full", True), _("estimated")),
            (Month("part", False), say(STATE_WORDS["part"])),
            (Month("hole", False), say(STATE_WORDS["hole"])),
            (Month("none", False), say(STATE_WORDS["none"])),
        ]
        self.setAccessibleName(_("Months: {states}", states=", ".join(words for _m, words in self._entries)))
        self.setFont(scaled(self.font(), 0.92))
        self.setMinimumHeight(max(CELL, self.fontMetrics().height()) + 4)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = sum(CELL + 6 + metrics.horizontalAdvance(words) + 16 for _month, words in self._entries)
        return QSize(width, self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, middle = 0, self.height() / 2
        for month, words in self._entries:
            painter.setFont(scaled(self.font(), 1.0, strong=True))
            paint_month(painter, month, QRectF(left, middle - CELL / 2, CELL, CELL))
            painter.setFont(self.font())
            painter.setPen(QColor(tokens().muted))
            width = self.fontMetrics().horizontalAdvance(words)
            painter.drawText(QRectF(left + CELL + 6, 0, width + 4, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
            left += CELL + 6 + width + 16
