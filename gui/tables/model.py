"""A big table as data: immutable records seen through column descriptors, sorted and filtered by an index array.

The model never changes a record. It asks the column for the edited record and hands ``Edit``\\s to its owner, who makes
one change of them and brings the new records with ``set_rows``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from core.errors import UserError
from core.i18n import T, labelled
from gui.language import _, language

R = TypeVar("R")
Index: TypeAlias = "QModelIndex | QPersistentModelIndex"
Level: TypeAlias = Literal["info", "good", "warning", "bad", "proof"]

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_EDIT = int(Qt.ItemDataRole.EditRole)
_ALIGN = int(Qt.ItemDataRole.TextAlignmentRole)
_TIP = int(Qt.ItemDataRole.ToolTipRole)
_SPOKEN = int(Qt.ItemDataRole.AccessibleTextRole)
_SPOKEN_MORE = int(Qt.ItemDataRole.AccessibleDescriptionRole)
MARK_ROLE = int(Qt.ItemDataRole.UserRole) + 1
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NOTHING = QModelIndex()


@dataclass(frozen=True, slots=True)
class Mark:
    """A problem of one cell, or that a proof is kept, shown as an icon with words."""

    level: Level
    text: str


@dataclass(frozen=True)  # slots and a type argument do not go together before Python 3.12
class Column(Generic[R]):
    """How one field of a record is shown, sorted and edited."""

    key: str
    title: str
    text: Callable[[R], str]
    """As read on screen."""
    unit: str = ""
    """Of all cells; stands in the header."""
    align: Literal["left", "right"] = "left"
    """Numbers stand right."""
    sort: Callable[[R], Any] | None = None
    """Sort key; the text where there is none."""
    plain: Callable[[R], str] | None = None
    """Full value for editing and copying; the text where there is none."""
    edit: Callable[[R, str], R] | None = None
    """The record with this cell changed; raises UserError for what it cannot take. None: read only."""
    choices: Callable[[R], Sequence[str]] | None = None
    """What completion offers."""
    width: int = 12
    """In digits."""
    stretch: bool = False
    """Takes the width that is left."""
    hidden: bool = False
    """Off until somebody switches it on."""

    @property
    def heading(self) -> str:
        """Title with unit."""
        return f"{self.title} ({self.unit})" if self.unit else self.title

    def value(self, record: R) -> str:
        """Full value as text."""
        return (self.plain or self.text)(record)


@dataclass(frozen=True)  # slots and a type argument do not go together before Python 3.12
class Edit(Generic[R]):
    """One record before and after; None where it did not exist or ceases to."""

    before: R | None
    after: R | None


@dataclass(frozen=True)  # slots and a type argument do not go together before Python 3.12
class Edits(Generic[R]):
    """What one act of the person asks for: to become one change."""

    act: Literal["edit", "paste", "fill", "clear", "delete"]
    edits: tuple[Edit[R], ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """One cell that was not accepted."""

    row: int
    """Counted from 1 within what was pasted, filled or cleared."""
    column: str
    text: str
    error: UserError


class TableModel(QAbstractTableModel, Generic[R]):
    """Records through columns; one more empty row at the end where records can be added."""

    asked = Signal(object)
    """Edits."""
    refused = Signal(object)
    """Tuple of Refusal; nothing was changed."""
    shown = Signal()
    """Which rows are visible has changed."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        identity: Callable[[R], Hashable] | None = None,
        blank: Callable[[], R] | None = None,
        editable: bool = True,
        marks: Callable[[R], Mapping[str, Mark]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.blank = blank if editable else None
        self._identity: Callable[[R], Hashable] = identity or attrgetter("id")
        self._marks = marks
        self.first_editable = next((place for place, column in enumerate(columns) if column.edit), -1)
        """Where typing of a new record begins."""
        self.editable = editable and self.first_editable >= 0
        """Whether anything can be changed at all."""
        self._records: Sequence[R] = ()
        self._order: list[int] = []
        self._sort: tuple[int, bool] | None = None
        self._filter: tuple[str, ...] = ()
        self._haystack: list[str] | None = None

    # ------------------------------------------------------------------ records

    def set_rows(self, records: Sequence[R]) -> None:
        """Show these records. The visible order is kept where it can be: an edited row does not jump away."""
        before = [self._identity(self._records[i]) for i in self._order]
        held = (self._records, self._haystack)
        self._records, self._haystack = records, None
        order = self._carried(before, records)
        old, new = len(self._order), len(order)
        same = new >= old and all(self._identity(records[i]) == key for i, key in zip(order, before, strict=False))
        if not same:
            fresh, (self._records, self._haystack) = (self._records, self._haystack), held
            self.beginResetModel()  # who listens still sees the old records
            (self._records, self._haystack), self._order = fresh, order
            self.endResetModel()
        elif new > old:
            # The empty row becomes the first new record, so that a person typing in it stays where they are.
            first = old + (1 if self.blank else 0)
            self.beginInsertRows(QModelIndex(), first, first + new - old - 1)
            self._order = order
            self.endInsertRows()
        else:
            self._order = order
        if same and new:
            self.dataChanged.emit(self.index(0, 0), self.index(new - 1, len(self.columns) - 1))
        self.shown.emit()

    def _carried(self, before: list[Hashable], records: Sequence[R]) -> list[int]:
        """Old order for known records, one new record at the end; everything sorted anew when more has changed."""
        if self._sort is None and not self._filter:
            return list(range(len(records)))
        place = {self._identity(record): i for i, record in enumerate(records)}
        kept = [place[key] for key in before if key in place]
        fresh = set(place) - set(before)
        if len(fresh) > 1 or not before:
            return self._matching(self._sorted())
        return kept + sorted(place[key] for key in fresh)

    @property
    def records(self) -> Sequence[R]:
        """All records, shown or not, in the order in which they came."""
        return self._records

    @property
    def visible(self) -> list[R]:
        """The records shown, in the order shown."""
        return [self._records[i] for i in self._order]

    def record(self, row: int) -> R | None:
        """The record of a visible row; None for the empty row."""
        return self._records[self._order[row]] if 0 <= row < len(self._order) else None

    def identity(self, record: R) -> Hashable:
        """What stays the same when a record is edited."""
        return self._identity(record)

    def row_of(self, key: Hashable) -> int | None:
        """Visible row of the record with this identity."""
        for row, i in enumerate(self._order):
            if self._identity(self._records[i]) == key:
                return row
        return None

    # ------------------------------------------------------------------ sort and filter

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By a column; -1 brings back the order of entry."""
        self._sort = None if column < 0 else (column, order == Qt.SortOrder.DescendingOrder)
        self._rearrange()

    def set_filter(self, text: str) -> None:
        """Show the rows that hold every one of these words somewhere."""
        words = tuple(text.casefold().split())
        if words != self._filter:
            self._filter = words
            self._rearrange()

    @property
    def filtered(self) -> bool:
        """Whether a filter hides rows."""
        return bool(self._filter)

    def _rearrange(self) -> None:
        self.beginResetModel()
        self._order = self._matching(self._sorted())
        self.endResetModel()
        self.shown.emit()

    def _sorted(self) -> Iterable[int]:
        everything = range(len(self._records))
        if self._sort is None:
            return everything
        column, down = self.columns[self._sort[0]], self._sort[1]
        key = column.sort or (lambda record: column.text(record).casefold())
        keys = [key(record) for record in self._records]
        return sorted(everything, key=keys.__getitem__, reverse=down)

    def _matching(self, rows: Iterable[int]) -> list[int]:
        if not self._filter:
            return list(rows)
        if self._haystack is None:
            shown = [column.text for column in self.columns]
            self._haystack = ["\n".join([text(record) for text in shown]).casefold() for record in self._records]
        hay = self._haystack
        return [i for i in rows if all(word in hay[i] for word in self._filter)]

    # ------------------------------------------------------------------ edits

    def edited(self, record: R | None, column: int, text: str) -> R:
        """The record with one cell changed.

        Raises
        ------
        UserError
            when the column takes no such text.
        """
        edit = self.columns[column].edit
        if not self.editable:
            raise UserError(T("Nothing can be changed here."), T("Change the record where it is entered."))
        if edit is None:
            raise UserError(
                T("This column follows from the others and cannot be edited."),
                T("Change the record where it is entered."),
            )
        if record is None:
            if self.blank is None:
                raise UserError(T("No record can be added here."), T("Change the record where it is entered."))
            record = self.blank()
        return edit(record, text)

    def setData(self, index: Index, value: Any, role: int = _EDIT) -> bool:
        """Ask the owner for one edit; False when the text is refused."""
        record = self.record(index.row())
        try:
            after = self.edited(record, index.column(), str(value))
        except UserError as error:
            self.refused.emit((Refusal(1, self.columns[index.column()].title, str(value), error),))
            return False
        if after != record:
            self.asked.emit(Edits("edit", (Edit(record, after),)))
        return True

    # ------------------------------------------------------------------ what Qt asks

    def rowCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self._order) + (1 if self.blank else 0)

    def columnCount(self, parent: Index = _NOTHING) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        column = self.columns[index.column()]
        if role == _ALIGN:
            return _RIGHT if column.align == "right" else _LEFT
        record = self.record(index.row())
        if record is None:
            return self._data_of_blank(index.column(), role)
        if role == _DISPLAY:
            return column.text(record)
        if role == _EDIT:
            return column.value(record)
        if role in (MARK_ROLE, _TIP, _SPOKEN, _SPOKEN_MORE):
            return self._data_with_mark(record, column, role)
        return None

    def _data_of_blank(self, column: int, role: int) -> Any:
        if role == _EDIT:
            return ""
        if role == _SPOKEN:
            return _("{column}: empty row for a new record", column=self.columns[column].title)
        return None

    def _data_with_mark(self, record: R, column: Column[R], role: int) -> Any:
        mark = self._marks(record).get(column.key) if self._marks else None
        if role == MARK_ROLE:
            return mark
        if role == _SPOKEN_MORE:
            return mark.text if mark else ""
        if role == _SPOKEN:
            spoken = labelled(column.heading, column.text(record), language())
            return f"{spoken}. {mark.text}" if mark else spoken
        return mark.text if mark else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == _DISPLAY:
            column = self.columns[section]
            return f"{column.title}\n{column.unit}" if column.unit else column.title
        if role == _ALIGN:
            return _RIGHT if self.columns[section].align == "right" else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return base | Qt.ItemFlag.ItemIsEditable if self.editable and self.columns[index.column()].edit else base
