"""How a file of interval data is to be read: what it shows itself, what only a person can say, and its first rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.cells import Cell, plain_text
from core.exchange.columns import letter
from core.exchange.series.classify import kinds_of
from core.exchange.series.guessing import Guess
from core.exchange.series.headings import names_of
from core.exchange.series.looking import Look
from core.exchange.series.mapping import Mapping
from core.i18n import T, Text
from gui.fields import Field
from gui.language import _, say
from gui.meters.import_values import ValueGrid
from gui.meters.parts import headed
from gui.settings import Settings
from gui.tables.table import Column, Table
from gui.widgets import card, label, marked, subheading

ROWS_SHOWN, ROWS_SEEN, COLUMNS_SHOWN = 12, 5, 60
REASONS = 4
"""Told at most; the rest stands in the tooltip."""
PLACES = ("time", "clock_time", "meter", "status")
ORDERS = {"ymd": T("Year, month, day"), "dmy": T("Day, month, year"), "mdy": T("Month, day, year")}
DOUBLES = {"refuse": T("Refuse them"), "first": T("Keep the first"), "last": T("Keep the last")}
TITLES: dict[str, Text] = {
    "order": T("Order of the date"),
    "clock": T("Clock of the file"),
    "decimal": T("Decimal sign"),
    "double": T("Two values of one time"),
    "tolerance": T("Times that are off by seconds"),
    "multiplied": T("Ratio of the transformers"),
    "time": T("Column of the time"),
    "clock_time": T("Column of the time of day"),
    "meter": T("Column that names the meter"),
    "status": T("Column of the status"),
}
ALWAYS = ("order", "clock", "decimal", "double", *PLACES)
NEAR = 60
"""How far a time may be beside the regular one when the person says so. [s]"""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file as it stands there."""

    id: int
    cells: Sequence[Cell]


class Option(Field):
    """One of a few; nothing is chosen while the person must say it."""

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], value: str | None, hint: str = "") -> None:
        self.box = QComboBox()
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(12)
        self.box.setPlaceholderText(_("Please choose"))
        for key, words in choices:
            self.box.addItem(words, key)
        self.box.setCurrentIndex(-1 if value is None else self.box.findData(value))
        super().__init__(title, self.box, hint)
        self.box.activated.connect(lambda _row: self.changed.emit())

    @property
    def value(self) -> str | None:
        """Key of what is chosen; None: nothing yet."""
        return None if self.box.currentIndex() < 0 else str(self.box.currentData())


class ReadingForm(QWidget):
    """Questions first, then what the file shows, the columns of values, and the first rows."""

    changed = Signal()

    def __init__(
        self, seen: Look, guess: Guess, zone: ZoneInfo, settings: Settings, problem: UserError | None = None
    ) -> None:
        super().__init__()
        self._seen, self._guess, self._zone, self._settings = seen, guess, zone, settings
        self.options: dict[str, Option] = {}
        self._asked = {one.field for one in guess.questions}
        self._head = [cells for number, cells in seen.rows if number <= guess.mapping.rows]
        self._names = names_of(self._head, seen.columns)
        self.values = ValueGrid(guess.mapping, self._names, self._numbers(), self._asked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._table = QVBoxLayout()
        self._tell(problem)
        self._column.addLayout(self._table)
        self._ask()
        if guess.mapping.form != "green_button":
            self._column.addWidget(self._value_card())
            self._column.addWidget(self._shown())
            self._show_rows()
        self._column.addStretch(1)
        self.values.changed.connect(self._edited)

    # ------------------------------------------------------------------ build

    def _numbers(self) -> list[int]:
        kinds = kinds_of(self._seen) if self._seen.kind != "green_button" else None
        return list(range(self._seen.columns)) if kinds is None else kinds.of("number")

    def _tell(self, problem: UserError | None) -> None:
        if problem is not None:
            self._column.addWidget(marked("warning", "warning", f"{say(problem.message)}"))
        reasons = [say(one) for one in self._guess.reasons]
        for words in reasons[:REASONS]:
            self._column.addWidget(marked("info", "accent", words))
        if len(reasons) > REASONS:
            more = label(_("{count} more reasons", count=len(reasons) - REASONS), "muted")
            more.setToolTip("\n".join(reasons[REASONS:]))
            more.setAccessibleDescription("\n".join(reasons[REASONS:]))
            self._column.addWidget(more)

    def _ask(self) -> None:
        """What the file alone does not say, each question above its answers."""
        asked = [one for one in self._guess.questions if one.field in TITLES]
        if not asked:
            return
        frame, inside = card()
        inside.setSpacing(8)
        inside.addWidget(marked("warning", "warning", _("The file alone does not say this. Please answer.")))
        for one in asked:
            inside.addWidget(label(say(one.text), wrap=True))
            inside.addWidget(self._option(one.field, known=False))
        self._column.addWidget(frame)

    def _shown(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(subheading(_("As the file is read")))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        keys = [key for key in ALWAYS if key not in self._asked and self._matters(key)]
        for place, key in enumerate(keys):
            grid.addWidget(self._option(key, known=True), place // 3, place % 3)
            grid.setColumnStretch(place % 3, 1)
        inside.addLayout(grid)
        return frame

    def _value_card(self) -> QWidget:
        frame, inside = card()
        inside.addWidget(subheading(_("Columns of values")))
        for one in self._guess.questions:
            if one.field in ("values", "label"):
                inside.addWidget(marked("warning", "warning", say(one.text)))
        inside.addWidget(self.values)
        return frame

    def _matters(self, key: str) -> bool:
        mapping = self._guess.mapping
        if key == "order":
            return mapping.order in ("", *ORDERS)
        return True

    def _option(self, key: str, *, known: bool) -> Option:
        value = self._value_of(key) if known else None
        made = Option(say(TITLES[key]), self._choices(key), value)
        made.changed.connect(self._edited)
        self.options[key] = made
        return made

    def _value_of(self, key: str) -> str | None:
        found = str(getattr(self._guess.mapping, key))
        return None if found == "" else found

    def _choices(self, key: str) -> list[tuple[str, str]]:
        if key in PLACES:
            columns = [(str(place), f"{letter(place)}  {name}") for place, name in self._names.items()]
            return columns if key == "time" else [("-1", _("none")), *columns]
        if key == "clock":
            return clocks(self._guess.mapping, self._zone)
        plain: dict[str, Callable[[], list[tuple[str, str]]]] = {
            "decimal": lambda: [(".", _("Point: 1.5")), (",", _("Comma: 1,5"))],
            "tolerance": lambda: [
                (str(NEAR), _("Take the regular time next to it")),
                ("0", _("Leave them as they are")),
            ],
            "multiplied": lambda: [
                ("yes", _("The values are multiplied already")),
                ("no", _("They must be multiplied")),
            ],
        }
        if key in plain:
            return plain[key]()
        words = {"order": ORDERS, "double": DOUBLES}[key]
        return [(value, say(text)) for value, text in words.items()]

    # ------------------------------------------------------------------ first rows

    def _show_rows(self) -> None:
        while (item := self._table.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        made: Table[Row] = Table(
            "meter_import_rows", self._columns(), self._settings, name=_("First rows of the file"), editable=False
        )
        headed(made, _("First rows of the file"))
        lines = made.view.verticalHeader().defaultSectionSize() * ROWS_SEEN
        made.view.setFixedHeight(lines + made.view.horizontalHeader().sizeHint().height() + 14)
        first = self._guess.mapping.rows
        rows = [Row(number, cells) for number, cells in self._seen.rows if number > first][:ROWS_SHOWN]
        made.set_rows(rows)
        self._table.addWidget(made)

    def _columns(self) -> list[Column[Row]]:
        roles, mapping = self._roles(), self.draft()
        times = {mapping.time, mapping.clock_time}
        found = [Column[Row]("row", _("Row"), lambda r: str(r.id), "", "right", lambda r: r.id, width=5)]
        for place, name in list(self._names.items())[:COLUMNS_SHOWN]:
            found.append(
                Column(
                    f"c{place}",
                    f"{letter(place)}  {name}"[:30],
                    lambda r, place=place: plain_text(r.cells[place]) if place < len(r.cells) else "",  # type: ignore[misc]
                    roles.get(place, _("not read")),
                    width=20 if place in roles and place in times else 13,
                )
            )
        return found

    def _roles(self) -> dict[int, str]:
        """What each column is read as, in a word."""
        mapping = self.draft()
        words = {"time": _("time"), "clock_time": _("time of day"), "meter": _("name of the meter"),
                 "status": _("status")}  # fmt: skip
        found = {getattr(mapping, key): text for key, text in words.items()}
        for one in mapping.values:
            last = mapping.last if mapping.form in ("day", "month") else one.column
            found |= dict.fromkeys(range(one.column, last + 1), one.unit)
        return found

    def _edited(self) -> None:
        if self._guess.mapping.form != "green_button":
            self._show_rows()
        self.changed.emit()

    # ------------------------------------------------------------------ answer

    @property
    def unanswered(self) -> list[str]:
        """What the person has still to say."""
        found = [option.title for option in self.options.values() if option.value is None]
        if self._guess.mapping.form != "green_button" and not self.values.values:
            found.append(_("Columns of values"))
        return [*found, *self.values.unanswered]

    @property
    def first_open(self) -> QWidget | None:
        """Where the first thing is said that the person has still to say; None: nothing."""
        asked = next((option.box for option in self.options.values() if option.value is None), None)
        return asked or self.values.first_open

    def draft(self) -> Mapping:
        """The mapping as far as it is said."""
        mapping = self._guess.mapping
        said = {key: option.value for key, option in self.options.items() if option.value is not None}
        texts = {key: value for key, value in said.items() if key not in (*PLACES, "tolerance")}
        numbers = {key: int(value) for key, value in said.items() if key in (*PLACES, "tolerance")}
        made = replace(mapping, values=self.values.values, label=self.values.label, **texts, **numbers)  # type: ignore[arg-type]
        moved = [(key, self._names[getattr(made, key)]) for key in PLACES if getattr(made, key) in self._names]
        return replace(made, headings=tuple(moved)) if made.form != "green_button" else mapping

    def mapping(self) -> Mapping:
        """The mapping.

        Raises
        ------
        UserError
            while something is not said, or contradicts itself.
        """
        if self.unanswered:
            raise UserError(T("Still open: {what}.", what=self.unanswered), T("Choose an answer."))
        return self.draft().checked()


def clocks(mapping: Mapping, zone: ZoneInfo) -> list[tuple[str, str]]:
    """Whose clock the times of a file can be."""
    summer, winter = (_ahead(month, zone) for month in (7, 1))
    found = [("local", _("of the plant, {zone}", zone=zone.key))]
    if summer != winter:
        standard = min(summer, winter)
        found = [("local", _("of the plant, {zone}, changed in spring and autumn", zone=zone.key)),
                 (f"offset:{_offset(standard)}", _("UTC{offset} all year", offset=_offset(standard)))]  # fmt: skip
    found += [("utc", "UTC"), ("stamped", _("as each time says"))]
    if mapping.clock not in dict(found):
        found.append((mapping.clock, mapping.clock.replace("offset:", "UTC")))
    return found


def _ahead(month: int, zone: ZoneInfo) -> int:
    """How far the clock is ahead of UTC in the middle of a month. [s]"""
    offset = datetime(2025, month, 15, tzinfo=UTC).astimezone(zone).utcoffset()
    return 0 if offset is None else int(offset.total_seconds())


def _offset(seconds: int) -> str:
    hours, rest = divmod(abs(seconds), 3600)
    return f"{'-' if seconds < 0 else '+'}{hours:02d}:{rest // 60:02d}"
