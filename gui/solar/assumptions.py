"""What a forecast assumes, as a list one types into: an empty line is what holds unless somebody says otherwise."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange import parse_number
from core.i18n import T, Text, show_number
from core.ledger import PvSystem
from core.methods import plain
from core.solar.economics import PARAMETERS
from core.solar.planning import GRID_YEAR, sigmas
from gui.language import _, language, say
from gui.widgets import label, letters, subheading

TABLE = "grid_table"
"""Key of the line for the grid factors of years to come."""
FIELDS = ("degradation", "first_year_loss")
"""Lines that are fields of the record, not parameters."""
_PAIR = re.compile(r"(20\d\d|21\d\d)\s*[:：=\s]\s*([0-9]+(?:\.[0-9]+)?)")


@dataclass(frozen=True, slots=True)
class Assumed:
    """One line."""

    key: str
    title: Text
    unit: str
    default: Decimal | None
    low: Decimal = Decimal(0)
    high: Decimal = Decimal("1E15")


def groups(currency: str) -> Iterator[tuple[Text, tuple[Assumed, ...]]]:
    """Headings with their lines, in the order of reading."""
    hundred = Decimal(100)
    yield (
        T("Energy"),
        (
            Assumed("degradation", T("Degradation"), "%/a", None, high=hundred),
            Assumed("first_year_loss", T("Loss of the first year"), "%", None, high=hundred),
            _of("years", currency),
        ),
    )
    yield (
        T("Grid factor"),
        (_of("grid_decline", currency), Assumed(TABLE, T("Factors of years to come"), "t/MWh", None)),
    )
    money = tuple(key for key in PARAMETERS if key not in ("years", "grid_decline"))
    yield T("Costs and prices"), tuple(_of(key, currency) for key in money)
    spread = sigmas()
    yield (
        T("Uncertainty of the energy"),
        tuple(Assumed(key, one.title, "%", one.default, one.low, one.high) for key, one in spread.items()),
    )


def _of(key: str, currency: str) -> Assumed:
    one = PARAMETERS[key]
    unit = one.unit.replace("currency", currency or say(T("money")))
    return Assumed(key, one.title, unit, one.default, one.low, one.high)


def with_value(system: PvSystem, key: str, text: str) -> PvSystem:
    """A system with one assumption stated; empty: it is not stated any more."""
    if key == "degradation":
        return replace(system, degradation=Decimal(text))
    if key == "first_year_loss":
        return replace(system, first_year_loss=Decimal(text))
    kept = dict(system.parameters)
    if key == TABLE:
        kept = {name: value for name, value in kept.items() if not _is_year(name)}
        kept |= {f"{GRID_YEAR}{year}": factor for year, factor in parse_table(text)}
    else:
        kept.pop(key, None)
        if text:
            kept[key] = text
    return replace(system, parameters=tuple(sorted(kept.items())))


def value_of(system: PvSystem, key: str) -> str:
    """What is stated, as it is typed; empty where nothing is."""
    if key in FIELDS:
        return show_number(getattr(system, key))
    if key == TABLE:
        pairs = ((name.removeprefix(GRID_YEAR), value) for name, value in system.parameters if _is_year(name))
        return "; ".join(f"{year}: {value}" for year, value in pairs)
    said = dict(system.parameters).get(key, "")
    try:
        return show_number(Decimal(said)) if said else ""
    except ArithmeticError:
        return said


def _is_year(name: str) -> bool:
    return name.startswith(GRID_YEAR) and name.removeprefix(GRID_YEAR).isdecimal()


def parse_table(text: str) -> tuple[tuple[str, str], ...]:
    """Years and factors, e.g. ``2030: 0.45; 2040: 0.3``.

    Raises
    ------
    UserError
        for anything else.

    Examples
    --------
    >>> parse_table("2030: 0.45; 2040：0.3")
    (('2030', '0.45'), ('2040', '0.3'))
    """
    found: dict[str, str] = {}
    for part in (part.strip() for part in re.split(r"[;；\n]|(?<=\d)[,，、]\s*(?=2[01]\d\d\s*[:：=])", text)):
        if not part:
            continue
        match = _PAIR.fullmatch(part)
        if match is None:
            raise UserError(
                T("“{text}” is no year with a factor.", text=part[:40]), T("Write e.g. 2030: 0.45; 2040: 0.30.")
            )
        if match[1] in found:
            raise UserError(
                T("The table of grid factors has a year twice."), T("Correct the factors of the years to come.")
            )
        found[match[1]] = match[2]
    return tuple(sorted(found.items()))


class AssumedLine(QWidget):
    """Name, number and unit on one line; a table of factors has it for itself. What is wrong stands below."""

    stated = Signal(str, str)
    """Key, and plain digits or nothing."""

    def __init__(self, assumed: Assumed) -> None:
        super().__init__()
        self.assumed = assumed
        name = label(say(assumed.title), wrap=True)
        self.line = QLineEdit()
        self.line.setAccessibleName(f"{say(assumed.title)} ({assumed.unit})")
        self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
        table = assumed.key == TABLE
        if not table:
            self.line.setFixedWidth(letters(self, 13))
        if assumed.default is not None:
            self.line.setPlaceholderText(show_number(assumed.default))
        if table:
            self.line.setPlaceholderText("2030: 0.45; 2040: 0.30")
        name.setBuddy(self.line)
        self._problem = label("", "bad", size=0.92, wrap=True)
        self._problem.hide()
        unit = label(assumed.unit, "muted", size=0.92)
        unit.setFixedWidth(max(letters(self, 9), unit.sizeHint().width()))
        row = QHBoxLayout()
        row.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        if table:
            column.addWidget(name)
        else:
            row.addWidget(name, 1)
        row.addWidget(self.line)
        row.addWidget(unit)
        column.addLayout(row)
        column.addWidget(self._problem)
        self._before = ""
        self.line.editingFinished.connect(self._look)

    def show_value(self, text: str) -> None:
        """Show what is stated; what somebody is typing stays."""
        self._before = text
        if not (self.line.hasFocus() and self.line.isModified()):
            self.line.setText(text)
            self.complain("")

    def complain(self, words: str) -> None:
        """Say what is wrong; empty: nothing is."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.line.setProperty("problem", bool(words))
        self.line.setAccessibleDescription(words)
        self.line.style().unpolish(self.line)
        self.line.style().polish(self.line)

    def _look(self) -> None:
        text = self.line.text().strip()
        if text == self._before:
            self.complain("")
            return
        try:
            value = self.read(text)
        except UserError as error:
            self.complain(error.text(language()))
            return
        self.complain("")
        self.line.setModified(False)
        self.stated.emit(self.assumed.key, value)

    def read(self, text: str) -> str:
        """What is typed, as plain digits.

        Raises
        ------
        UserError
            for what is none, or out of range.
        """
        if self.assumed.key == TABLE:
            parse_table(text)
            return text
        if not text:
            if self.assumed.key in FIELDS:
                raise UserError(T("Please fill this in."))
            return ""
        value = parse_number(text)
        if not self.assumed.low <= value <= self.assumed.high:
            raise UserError(
                T("{value} cannot be.", value=value),
                T("Enter a number from {low} to {high}.", low=self.assumed.low, high=self.assumed.high),
            )
        return plain(value)


class AssumptionList(QWidget):
    """All lines under their headings."""

    stated = Signal(str, str)

    def __init__(self, basis: QWidget, currency: Callable[[], str]) -> None:
        """``basis`` chooses the grid factor; ``currency`` says in which money prices are meant."""
        super().__init__()
        self.lines: dict[str, AssumedLine] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        for heading, lines in groups(currency()):
            column.addSpacing(6)
            column.addWidget(subheading(say(heading), wrap=True))
            if any(one.key == TABLE for one in lines):
                column.addLayout(_chooser(basis))
            for one in lines:
                made = self.lines[one.key] = AssumedLine(one)
                made.stated.connect(self.stated)
                column.addWidget(made)
        words = _("An empty line holds what stands in it in grey. A table of factors replaces the fall in % a year.")
        column.addSpacing(4)
        column.addWidget(label(words, "muted", size=0.92, wrap=True))
        column.addStretch(1)

    def show_system(self, system: PvSystem, writable: bool) -> None:
        """Show what is stated of a system."""
        for key, line in self.lines.items():
            line.show_value(value_of(system, key))
            line.line.setReadOnly(not writable)


def _chooser(basis: QWidget) -> QGridLayout:
    grid = QGridLayout()
    grid.setVerticalSpacing(2)
    grid.addWidget(label(_("Grid factor of the first year"), wrap=True), 0, 0)
    grid.addWidget(basis, 1, 0)
    return grid
