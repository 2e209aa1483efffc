"""How a number came about: formula with its numbers, factor with its source, evidence, history. For the inspector."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from core.audit.change_words import differences
from core.audit.merge_words import Words
from core.i18n import Localised, Text, show_number
from core.ledger import Entry
from core.ledger.filing import Records
from core.library import Library
from core.methods import Amount, AppliedFactor, Finding, Line, TraceStep, plain
from gui.icons import LEVELS
from gui.language import _, language, say
from gui.library.words import use_name
from gui.widgets import button, label, marked, number, on_top, rule, subheading
from gui.wording import (
    GASES,
    SCOPES,
    SEVERITIES,
    TONNES,
    formula_of,
    region_name,
    status_name,
    unit_words,
)

LAST_ENTRIES = 20
"""Of the history shown."""


class Explanation(QWidget):
    """Sections one below the other."""

    def __init__(self, library: Library, show_factor: Callable[[str], object] | None = None) -> None:
        """``show_factor`` goes to a factor by its key; without it nothing can be clicked."""
        super().__init__()
        self._library, self._show_factor = library, show_factor
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)

    def title(self, words: str, below: str = "") -> None:
        """What it is about."""
        self.column.addWidget(label(words, size=1.15, strong=True, wrap=True))
        if below:
            self.column.addWidget(label(below, "muted", wrap=True))

    def section(self, words: str) -> None:
        """A hairline and a heading."""
        self.column.addSpacing(8)
        self.column.addWidget(rule())
        self.column.addSpacing(2)
        self.column.addWidget(subheading(words))

    def findings(self, findings: Sequence[Finding]) -> None:
        """What the review says about it."""
        for finding in findings:
            level, _word = SEVERITIES[finding.severity]
            token = "accent" if level == "info" else level
            self.column.addWidget(marked(LEVELS[level], token, say(finding.message)))
            remedy = label(say(finding.remedy), "muted", wrap=True)
            remedy.setContentsMargins(22, 0, 0, 4)  # below the words, not below the icon
            self.column.addWidget(remedy)
            if finding.dismissed:
                reason = label(_("Dismissed: {reason}", reason=finding.dismissed), wrap=True)
                reason.setContentsMargins(22, 0, 0, 4)
                self.column.addWidget(reason)

    def line(self, line: Line) -> None:
        """One line of the inventory: result, steps, gases, factor."""
        self.section(say(SCOPES[line.scope]))
        result = number(f"{show_number(line.tco2e)} {TONNES}", size=1.25, strong=True)
        result.setWordWrap(True)
        self.column.addWidget(result)
        for step in (*line.portion.trace, *line.trace):
            self.step(step)
        self.gases(line.amounts)
        self.factor(line.factor)

    def step(self, step: TraceStep) -> None:
        """One step as an auditor would write it on paper."""
        self.column.addWidget(label(_what(step.what), "muted", size=0.92, wrap=True))
        unit = unit_words(self._library, step.unit)
        formula = number(f"{formula_of(self._library, step)}\n= {show_number(step.result)} {unit}".rstrip())
        formula.setWordWrap(True)
        formula.setContentsMargins(10, 0, 0, 4)
        self.column.addWidget(formula)

    def gases(self, amounts: Sequence[Amount]) -> None:
        """Kilograms and weight of each gas."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 4, 0, 4)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        for place, head in enumerate((_("Gas"), "kg", "GWP", TONNES)):
            grid.addWidget(label(head, "muted", size=0.92), 0, place, _side(place))
        for row, amount in enumerate(amounts, 1):
            cells = (GASES.get(amount.species, amount.species), show_number(amount.kg, 3), plain(amount.gwp),
                     show_number(amount.tco2e, 6))  # fmt: skip
            for place, text in enumerate(cells):
                grid.addWidget(number(text, size=0.95), row, place, _side(place))
        self.column.addWidget(holder)

    def factor(self, factor: AppliedFactor) -> None:
        """The factor as it was applied, with its publication."""
        self.column.addWidget(label(_("Factor"), "muted", size=0.92))
        value = number(f"{show_number(factor.value)} {unit_words(self._library, factor.unit)}", strong=True)
        value.setWordWrap(True)
        self.column.addWidget(value)
        self.pairs(
            (
                (_("Title"), say(factor.title)),
                (_("Publisher"), factor.publisher),
                (_("Edition"), factor.edition),
                (_("Where it stands"), factor.place),
                (_("Year"), str(factor.year)),
                (_("Area"), region_name(factor.region)),
                (_("Status"), status_name(factor.status)),
                (_("Licence"), factor.licence),
            )
        )
        self.key(factor.key)
        self.parts(factor.parts)

    def parts(self, keys: Sequence[str]) -> None:
        """Every number of the library that went into it, to be looked up there."""
        for key in keys:
            held = self._library.factor(key)
            if held is not None and self._show_factor is not None:
                words = _("In the library: {what}", what=use_name(held.use))
                self.column.addWidget(button(words, lambda k=key: self._go(k), role="link"))  # type: ignore[misc]

    def _go(self, key: str) -> None:
        if self._show_factor is not None:
            self._show_factor(key)

    def key(self, key: str) -> None:
        """The key of a factor, to copy."""
        words = label(breakable(key), "muted", size=0.92, wrap=True)
        words.setAccessibleName(_("Key of the factor"))
        words.setToolTip(key)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.column.addWidget(words)

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Names and values, the empty ones left out."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        for row, (name, value) in enumerate(pair for pair in pairs if pair[1]):
            grid.addWidget(on_top(label(name, "muted", size=0.92, wrap=True)), row, 0)
            words = on_top(label(value, size=0.92, wrap=True))
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(words, row, 1)
        self.column.addWidget(holder)

    def history(self, entries: Sequence[Entry], record_id: str, records: Records | None = None) -> None:
        """Who changed which field, when and why; the newest change first. With ``records`` others are told by name."""
        self.section(_("History"))
        names = Words(() if records is None else (records,), self._library, language())
        for entry in entries[:LAST_ENTRIES]:
            self.column.addWidget(label(say(entry.change.why), wrap=True))
            self.column.addWidget(label(told_by(entry), "muted", size=0.92, wrap=True))
            for words in changes_of(entry, record_id, names):
                made: QLabel = label(words, size=0.92, wrap=True)
                made.setContentsMargins(10, 0, 0, 0)
                self.column.addWidget(made)


def _what(words: Localised) -> str:
    """What a step does, with gases as they are written."""
    if isinstance(words, Text):
        words = Text(words.msgid, {k: GASES.get(v, v) if isinstance(v, str) else v for k, v in words.args.items()})
    return say(words)


def breakable(key: str) -> str:
    """A long key that may go on in the next line after each of its parts."""
    return re.sub(r"([-_./:|@+])", "\\1\u200b", key)


def told_by(entry: Entry) -> str:
    """Who made an entry of the journal and when, and whether it came with a copy."""
    when = entry.change.when.astimezone().strftime("%Y-%m-%d %H:%M")
    words = _("{who}, {when}, entry {number}", who=entry.change.who, when=when, number=entry.number)
    return words + " " + _("of a copy, merged by entry {merge}", merge=entry.merge) if entry.merge else words


def changes_of(entry: Entry, record_id: str, words: Words) -> list[str]:
    """What an entry changed in one record, field by field."""
    steps = (s for s in entry.change.steps if s.id == record_id and s.before is not None and s.after is not None)
    return [str(one) for step in steps for one in differences(words, step)]


def _side(place: int) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
