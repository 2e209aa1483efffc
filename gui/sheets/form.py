"""The test sheet of one record: procedure, what the evidence shows, what that means, and the answer.

While a value is typed blind the form knows nothing of the record but what the task tells.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from core.audit.effects import Effect
from core.audit.procedures import AGREES, DIFFERS, HELP, INTERVIEW, NOT_POSSIBLE, PROCEDURES, REKEYED, RESULTS, TRACED
from core.errors import UserError
from core.exchange.numbers import parse_number
from core.i18n import show_date, show_number
from core.ledger import TestSheet
from core.library import EXACT
from gui.audit_findings.materiality_bar import signed
from gui.fields import ParsedField, words_field
from gui.language import _, language, say
from gui.quality.parts import combo
from gui.sheets.rows import HIDDEN
from gui.widgets import button, clear, label, number, rule
from gui.wording import TONNES, named, shown_percent

NOTE_LINES = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form shows of a record."""

    id: str
    title: str
    about: str
    """Item, period, number of the bill."""
    unit: str
    reported: Decimal | None
    """None while it is typed blind."""
    sheets: tuple[TestSheet, ...]
    """Made before; none of them while it is typed blind."""
    names: dict[str, str]
    """Of those who made them, by id."""


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said."""

    procedure: str
    found: Decimal | None
    result: str
    """Empty: as the value says."""
    note: str


class SheetForm(QWidget):
    """One record at a time; the page keeps what is said."""

    said = Signal(object)
    """Said: to be kept."""
    raising = Signal(str)
    """Id of the sheet of which a finding shall be made."""
    procedure_changed = Signal()
    live = Signal()
    """The effect of what is typed is another one: ``effect`` tells it."""

    def __init__(self, effect_of: Callable[[str, Decimal], Effect | None]) -> None:
        super().__init__()
        self._effect_of = effect_of
        self._shown: Shown | None = None
        self.effect: Effect | None = None
        """Of the value that is typed, where it differs and may be seen."""
        self.title = label("", size=1.15, strong=True, wrap=True)
        self.about = label("", "muted", wrap=True)
        self.procedure = combo(_("Procedure"), [(say(title), key) for key, title in PROCEDURES.items()])
        self.help = label("", "muted", size=0.92, wrap=True)
        self.reported = number("")
        self.found: ParsedField[Decimal] = ParsedField(_("The evidence shows"), parse_number, show_number)
        self.again = label("", "warning", wrap=True)
        self.refusal = label("", "warning", wrap=True)
        self.difference, self.tonnes = number(""), number("")
        self.note = words_field("", NOTE_LINES)
        self.agrees = button(say(RESULTS[AGREES]), lambda: self._say(AGREES), tip="Ctrl+Return")
        self.differs = button(say(RESULTS[DIFFERS]), lambda: self._say(DIFFERS))
        self.typed = button(_("Confirm"), self.confirm, role="primary")
        self.not_possible = button(say(RESULTS[NOT_POSSIBLE]), lambda: self._say(NOT_POSSIBLE))
        self._earlier = QVBoxLayout()
        self._words: list[QLabel] = []
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.title, self.about, self.procedure, self.help, self.refusal):
            column.addWidget(widget)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        column.addWidget(rule())
        self._line(grid, 0, _("Reported"), self.reported)
        column.addLayout(grid)
        column.addWidget(self.found)
        column.addWidget(self.again)
        below = QGridLayout()
        below.setHorizontalSpacing(10)
        below.setVerticalSpacing(4)
        below.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(((_("Difference"), self.difference), (_("Effect"), self.tonnes))):
            self._line(below, row, name, value)
        column.addLayout(below)
        self.note.setAccessibleName(_("Remark"))
        self.note.setPlaceholderText(_("Remark"))
        column.addWidget(self.note)
        row_of_buttons = QHBoxLayout()
        row_of_buttons.setSpacing(8)
        for one in (self.typed, self.agrees, self.differs, self.not_possible):
            row_of_buttons.addWidget(one)
        row_of_buttons.addStretch(1)
        column.addLayout(row_of_buttons)
        column.addLayout(self._earlier)
        column.addStretch(1)

    def _line(self, grid: QGridLayout, row: int, name: str, value: QLabel) -> None:
        words = label(name, "muted")
        self._words.append(words)
        value.setAlignment(Qt.AlignmentFlag.AlignRight)
        value.setWordWrap(True)
        grid.addWidget(words, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, row, 1)

    def _connect(self) -> None:
        self.procedure.currentIndexChanged.connect(lambda _row: self._change_procedure())
        self.found.changed.connect(self._look)
        self.found.line.returnPressed.connect(self.confirm)

    def stops(self) -> list[QWidget]:
        """What the keyboard goes through, in the order of reading."""
        buttons = (self.typed, self.agrees, self.differs, self.not_possible)
        return [self.procedure, self.found.line, self.note, *buttons]

    # ------------------------------------------------------------------ show

    @property
    def key(self) -> str:
        """The procedure that is chosen."""
        return str(self.procedure.currentData() or TRACED)

    @property
    def blind(self) -> bool:
        """Whether the value is typed without seeing the record."""
        return self.key == REKEYED

    def show_record(self, shown: Shown, *, fresh: bool) -> None:
        """Show a record; ``fresh``: another one, so that nothing typed for the one before stays."""
        self._shown = shown
        self.title.setText(shown.title)
        self.about.setText(shown.about)
        if fresh:
            self.found.set(None)
            self.note.setPlainText("")
            self.ask_again("")
        self._show_help()
        self._show_reported(shown)
        self._show_earlier(shown)
        self._look()

    def allow(self, refusal: str) -> None:
        """Whether anything can be kept; else why not."""
        for widget in (self.found, self.note, self.agrees, self.differs, self.typed, self.not_possible):
            widget.setEnabled(not refusal)
        self.refusal.setText(refusal)
        self.refusal.setVisible(bool(refusal))

    def ask_again(self, sentence: str) -> None:
        """Say that what was typed differs, and take it away so that it is typed from the evidence once more."""
        self.again.setText(sentence)
        self.again.setVisible(bool(sentence))
        if sentence:
            self.found.set(None)
            self.found.line.setFocus()

    def _show_help(self) -> None:
        """What the procedure is; where it has a rule of its own, for everybody to see."""
        words = say(HELP[self.key])
        self.procedure.setToolTip(words)
        self.procedure.setAccessibleDescription(words)
        self.help.setText(words)
        self.help.setVisible(self.key in (REKEYED, INTERVIEW))

    def _show_reported(self, shown: Shown) -> None:
        if self.blind or shown.reported is None:
            self.reported.setText(HIDDEN)
            self.reported.setAccessibleName(_("Reported: hidden while it is typed blind"))
        else:
            words = f"{show_number(shown.reported)} {shown.unit}"
            self.reported.setText(words)
            self.reported.setAccessibleName(named(_("Reported"), words))
        self.found.line.setPlaceholderText(shown.unit)
        for one in (self.agrees, self.differs):
            one.setVisible(not self.blind)
        self.typed.setVisible(self.blind)
        for value in (*self._words[1:], self.difference, self.tonnes):
            value.setVisible(not self.blind)

    def _show_earlier(self, shown: Shown) -> None:
        """Sheets that were made of it; the last that differs can become a finding."""
        clear(self._earlier)
        if not shown.sheets:
            return
        self._earlier.addWidget(rule())
        for sheet in shown.sheets:
            (head, role), *more = _told(sheet, shown)
            self._earlier.addWidget(label(head, role, wrap=True))
            if sheet.result == DIFFERS and not sheet.finding:  # the next step, above what a low window cuts
                make = button(_("Raise a finding…"), partial(self.raising.emit, sheet.id), picture="findings")
                make.setAccessibleName(_("Raise a finding of the sheet {sheet}", sheet=sheet.id))
                row = QHBoxLayout()
                row.addWidget(make)
                row.addStretch(1)
                self._earlier.addLayout(row)
            for words, kind in more:
                self._earlier.addWidget(label(words, kind, wrap=True))

    def _change_procedure(self) -> None:
        self.ask_again("")
        self._show_help()
        self.procedure_changed.emit()

    # ------------------------------------------------------------------ live

    def _look(self) -> None:
        """What the typed value means, at once."""
        shown, value = self._shown, self._value()
        self.effect = None
        texts = ("–", "–")
        if shown is not None and shown.reported is not None and value is not None and not self.blind:
            gap = EXACT.subtract(value, shown.reported)
            self.effect = self._effect_of(shown.id, value)
            texts = (_gap(gap, shown), _tonnes(self.effect))
        for line, text, name in ((self.difference, texts[0], _("Difference")), (self.tonnes, texts[1], _("Effect"))):
            line.setText(text)
            line.setAccessibleName(named(name, text))
        same = shown is not None and (value is None or value == shown.reported)
        self.agrees.setProperty("role", "primary" if same else "")
        self.differs.setProperty("role", "" if same else "primary")
        for one in (self.agrees, self.differs):
            one.style().unpolish(one)
            one.style().polish(one)
        self.live.emit()

    def _value(self) -> Decimal | None:
        try:
            text = self.found.line.text().strip()
            return parse_number(text) if text else None
        except UserError:
            return None

    # ------------------------------------------------------------------ say

    def agree(self) -> None:
        """The answer that is given most often, wherever the keyboard is on the page."""
        if self.agrees.isEnabled() and self.isVisible():
            self.confirm() if self.blind else self._say(AGREES)

    def confirm(self) -> None:
        """What Enter in the value does: keep it, whatever it says."""
        if not self.found.line.text().strip():
            if self.blind:
                self.found.complain(_("Type what the evidence shows."))
            else:
                self.found.complain(_("Type what the evidence shows, or press “Agrees”."))
            return
        self._say("")

    def _say(self, result: str) -> None:
        if self._shown is None:
            return
        try:
            found = None if result == NOT_POSSIBLE else self.found.read()
        except UserError:
            return  # the field says why
        if result == DIFFERS and found is None and self.key != INTERVIEW:
            self.found.complain(_("Type what the evidence shows."))
            return
        self.said.emit(Said(self.key, found, result, self.note.toPlainText()))


def _gap(gap: Decimal, shown: Shown) -> str:
    if not gap:
        return _("none")
    text = f"{'+' if gap > 0 else '−'}{show_number(abs(gap))} {shown.unit}"
    if not shown.reported:
        return text
    percent = EXACT.divide(EXACT.multiply(abs(gap), Decimal(100)), abs(shown.reported))
    return f"{text} ({shown_percent(percent)} %)"


def _tonnes(effect: Effect | None) -> str:
    """Reported minus supported; both totals where they differ."""
    if effect is None:
        return "–"
    if effect.location == effect.market:
        return f"{signed(effect.location)} {TONNES}"
    return _("{location} {unit} location-based\n{market} {unit} market-based", unit=TONNES,
             location=signed(effect.location), market=signed(effect.market))  # fmt: skip


def _told(sheet: TestSheet, shown: Shown) -> Sequence[tuple[str, str]]:
    """A sheet in words, and the role of each line."""
    head = _("{result}: {procedure}, {who}, {day}", result=say(RESULTS[sheet.result]),
             procedure=say(PROCEDURES[sheet.procedure]), who=shown.names.get(sheet.by, sheet.by),
             day=show_date(sheet.day, language()))  # fmt: skip
    lines = [(head, "warning" if sheet.result == DIFFERS else "")]
    if sheet.result == DIFFERS and sheet.found is not None and sheet.reported is not None:
        reported, found = show_number(sheet.reported), show_number(sheet.found)
        words = _("Reported {reported}, found {found} {unit}", reported=reported, found=found, unit=shown.unit)
        if sheet.effect:
            words = _("{one}; {other}", one=words, other=f"{signed(sheet.effect)} {TONNES}")
        lines.append((words, "muted"))
    if sheet.note:
        lines.append((sheet.note, "muted"))
    return lines
