"""The form of one record of the register: made of what may be entered of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QCheckBox, QCompleter, QWidget

from core.errors import UserError
from core.group.register.checks import GROUP_ID
from core.group.register.entering import keeping
from core.group.register.fields import FIELDS, Entered
from core.group.register.words import made, names_in, understood
from core.inventory.judging import Decision
from core.ledger import Register
from core.ledger.records import Record
from core.library.record_words import field_name, kind_name
from gui.asking import Stating
from gui.fields import ChoiceField, Field, ParsedField, date_field, number_field, text_field
from gui.language import _, say
from gui.plants_rows import choices_of, options

EXPLAINED: Mapping[str, Callable[[], str]] = {
    "group": lambda: _("How the group is added up, and from which differences on somebody has to look."),
    "company": lambda: _("A legal entity that holds plants or other companies."),
    "site": lambda: _(
        "A report belongs to this plant when it carries its name, or one of the others, and its country."
    ),
    "stake": lambda: _("A plant that is sold: give its stake a last day. Bought back: enter another stake."),
    "transfer": lambda: _("What one plant makes and another uses is counted once in the group."),
    "site_figure": lambda: _("What emissions are held against. It stands above what the plant's own report says."),
    "deadline": lambda: _("From the day after on, a plant without an accepted report is late."),
}


class RegisterForm(Stating):
    """Add a record, or alter one. ``stated`` carries the Decision."""

    def __init__(self, register: Register, kind: str, record: Record | None, parent: QWidget | None) -> None:
        name = say(kind_name(kind))
        title = _("Change: {kind}", kind=name) if record is not None else _("New: {kind}", kind=name)
        super().__init__(title, EXPLAINED[kind](), _("Change") if record is not None else _("Add"), parent)
        self._register, self._kind, self._record = register, kind, record
        self._reads: dict[str, Callable[[], object]] = {}
        self.editors: dict[str, QWidget] = {}
        """By field of the record, for the keyboard and for tests."""
        for one in FIELDS[kind]:
            self._add(one)

    def _add(self, one: Entered) -> None:
        value = getattr(self._record, one.key) if self._record is not None else usual(self._kind, one.key)
        if one.form == "flag":
            box = QCheckBox(say(field_name(self._kind, one.key)))
            box.setChecked(bool(value))
            if one.hint is not None:
                box.setToolTip(say(one.hint))
            self.fields.addWidget(box)
            self._reads[one.key], self.editors[one.key] = box.isChecked, box
            return
        field = self._field(one, value)
        if one.key == "id" and self._record is not None:
            field.setEnabled(False)
        self.fields.addWidget(field)
        self._reads[one.key], self.editors[one.key] = field.read, field  # type: ignore[attr-defined]

    def _field(self, one: Entered, value: Any) -> Field:
        title = say(field_name(self._kind, one.key))
        hint = say(one.hint) if one.hint is not None else ""
        needed = one.required
        if one.form == "number":
            return number_field(title, value, hint, required=needed)
        if one.form in ("first", "last"):
            return day_field(title, value or "", hint, end=one.form == "last")
        if one.form == "day":
            return date_field(title, value, hint, required=needed)
        if one.form in ("country", "site", "holder", "held", "choice"):
            return self._choice(one, title, value, hint)
        if one.form == "whole":
            field: ParsedField[Any] = ParsedField(title, lambda text: understood(self._register, one, text), str,
                                                  value or None, hint, required=needed)  # fmt: skip
            return field
        words = "; ".join(value) if isinstance(value, tuple) else self._said(one, value)
        line = text_field(title, words, hint, required=needed)
        if offered := list(choices_of(self._register, one)):
            completer = QCompleter(offered, line.line)
            completer.setCaseSensitivity(completer.caseSensitivity().CaseInsensitive)
            line.line.setCompleter(completer)
        return line

    def _choice(self, one: Entered, title: str, value: Any, hint: str) -> Field:
        """An empty key is a choice too, e.g. any scope; then nothing can stay unsaid."""
        offered = options(self._register, one)
        choices = [(key or "*", words) for key, words in offered]
        now = str(value or "") or ("*" if any(key == "*" for key, _words in choices) else "")
        return ChoiceField(title, choices, now, hint, required=one.required or now == "*")

    def _said(self, one: Entered, value: Any) -> str:
        words = dict(options(self._register, one)) if one.form == "figure" else {}
        return words.get(value, str(value or ""))

    # ------------------------------------------------------------------ read

    def work(self) -> Callable[[], object]:
        """All fields are read, so that each says what is wrong with it; then the record is held against the others."""
        said, wrong = {}, None
        for one in FIELDS[self._kind]:
            try:
                said[one.key] = self._value(one, self._reads[one.key]())
            except UserError as error:
                wrong = wrong or error
        if wrong is not None:
            raise wrong
        decision = self._decided(said)
        return lambda: decision

    def _value(self, one: Entered, value: object) -> object:
        if one.form in ("choice", "country", "site", "holder", "held"):
            return "" if value == "*" else value
        if one.form in ("first", "last"):
            return value.isoformat() if isinstance(value, date) else ""
        if one.form in ("names", "figure"):
            words = str(value or "")
            return names_in(words) if one.form == "names" else understood(self._register, one, words)
        if one.form == "whole":
            return value if value is not None else 0
        return value if isinstance(value, bool | Decimal | date) else str(value or "")

    def _decided(self, said: Mapping[str, Any]) -> Decision:
        key = GROUP_ID if self._kind == GROUP_ID else ""
        if self._record is not None:
            key = self._record.id
        return keeping(self._register, made(self._register, self._kind, said, key, ready=True))


def day_field(title: str, value: str, hint: str, *, end: bool) -> ParsedField[date]:
    """A day that is kept as ISO text and may be open."""
    return date_field(title, date.fromisoformat(value) if value else None, hint, end=end)


def usual(kind: str, key: str) -> object:
    """What a new record says of itself, shown so that it can be seen before it is kept."""
    from dataclasses import MISSING, fields

    from core.ledger.records import GROUP_KINDS

    found = next(one for one in fields(GROUP_KINDS[kind]) if one.name == key).default
    return None if found is MISSING else found
