"""The form of one record: made of what may be entered of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QCompleter, QWidget

from core.entering.forms import Entered, Form
from core.entering.keeping import adding, keeping
from core.entering.pairs import EXAMPLES, apart
from core.entering.refusing import FieldError
from core.entering.words import UNIT, made, shown, shown_several, understood
from core.errors import UserError
from core.inventory.judging import Decision
from core.ledger.filing import Records
from core.ledger.records import Record
from core.library.record_words import field_name, kind_name
from gui.asking import Stating
from gui.entering.fields import SeveralField, WordsField
from gui.entering.rows import choices_of, options
from gui.entering.table_field import RowsField
from gui.fields import ChoiceField, Field, ParsedField, date_field, number_field, text_field
from gui.language import _, language, say
from gui.widgets import suggest

ANY = "*"
"""Stands for an empty key in a list, for a field cannot tell nothing from a choice that is called nothing."""
ONE_OF = ("country", "record", "choice")


class RecordForm(Stating):
    """Add a record, or alter one. ``stated`` carries the Decision."""

    def __init__(self, records: Records, form: Form, record: Record | None, parent: QWidget | None) -> None:
        name = say(kind_name(form.kind))
        title = _("Change: {kind}", kind=name) if record is not None else _("New: {kind}", kind=name)
        super().__init__(title, say(form.explained), _("Change it") if record is not None else _("Add"), parent)
        self.form = form
        self._records, self._record = records, record
        self._reads: dict[str, Callable[[], object]] = {}
        self.editors: dict[str, QWidget] = {}
        """By field of the record, for the keyboard and for tests."""
        for one in form.fields:
            self._add(one)

    def prefill(self, values: Mapping[str, object]) -> None:
        """Values for a new record that are known from where it was asked for, by field; the keyboard begins at the
        first one that still has to be said."""
        for key, value in values.items():
            editor = self.editors[key]
            if isinstance(editor, QCheckBox):
                editor.setChecked(bool(value))
            elif isinstance(editor, WordsField):
                editor.words.setPlainText(str(value))
            else:
                editor.set(value)  # type: ignore[attr-defined]
        open_ = [one.key for one in self.form.fields if one.required and one.key not in values]
        if values and open_:
            self.editors[open_[0]].setFocus()

    def _add(self, one: Entered) -> None:
        value = getattr(self._record, one.key) if self._record is not None else self.form.usual(one.key)
        if one.form == "flag":
            box = QCheckBox(say(field_name(self.form.kind, one.key)))
            box.setChecked(bool(value))
            if one.hint is not None:
                box.setToolTip(say(one.hint))
            self.fields.addWidget(box)
            self._reads[one.key], self.editors[one.key] = box.isChecked, box
            return
        field = self._field(one, value)
        if self._record is not None and (one.key == "id" or one.key in self.form.stays):
            field.setEnabled(False)
        self.fields.addWidget(field)
        self._reads[one.key], self.editors[one.key] = field.read, field  # type: ignore[attr-defined]

    def _field(self, one: Entered, value: Any) -> Field:
        title = say(field_name(self.form.kind, one.key))
        hint = say(one.hint) if one.hint is not None else ""
        needed = one.required
        if one.form == "number":
            return number_field(title, value, hint, required=needed)
        if one.form in ("first", "last"):
            day = date.fromisoformat(value) if value else None
            return date_field(title, day, hint, end=one.form == "last", required=needed)
        if one.form in ("day", "until"):
            return date_field(title, value, hint, end=one.form == "until", required=needed)
        if one.form in ONE_OF:
            return self._choice(one, title, value, hint)
        if one.form in ("choices", "records"):
            return SeveralField(title, options(self._records, one), value or (), hint, required=needed)
        if one.form == "rows":
            return self._rows(one, title, value or (), hint)
        if one.form == "long":
            return WordsField(title, str(value or ""), hint, required=needed)
        if one.form in ("whole", "pairs"):
            return self._parsed(one, title, value or None, hint)
        return self._line(one, title, value, hint)

    def _rows(self, one: Entered, title: str, value: tuple[tuple[str, ...], ...], hint: str) -> Field:
        """A table whose columns may follow from another field; where that asks for none, it is not there."""
        of = self.editors.get(one.by)
        named = str(getattr(self._record, one.by, "")) if one.by else ""
        field = RowsField(title, one.columns_for(named), value, hint, more=one.more)
        if isinstance(of, ChoiceField):
            of.box.editTextChanged.connect(lambda _text: field.show_columns(one.columns_for(_chosen(of))))
        return field

    def _parsed(self, one: Entered, title: str, value: Any, hint: str) -> Field:
        def show(known: Any) -> str:
            if one.form == "whole":
                return str(known)
            return shown_several(self._records, one, known, language(), typed=True)

        if one.form == "pairs" and not hint:
            hint = _("e.g. {example}", example=EXAMPLES[one.keys])
        field: ParsedField[Any] = ParsedField(title, lambda text: understood(self._records, one, text), show, value,
                                              hint, required=one.required)  # fmt: skip
        return field

    def _line(self, one: Entered, title: str, value: Any, hint: str) -> Field:
        words = "; ".join(value) if isinstance(value, tuple) else self._said(one, value)
        line = text_field(title, words, hint, required=one.required)
        if offered := list(choices_of(self._records, self.form, one)):
            completer = QCompleter(offered, line.line)
            suggest(completer)
            line.line.setCompleter(completer)
        return line

    def _choice(self, one: Entered, title: str, value: Any, hint: str) -> Field:
        """An empty key is a choice too, e.g. any scope; then nothing can stay unsaid."""
        choices = [(key or ANY, words) for key, words in options(self._records, one)]
        now = str(value or "") or (ANY if any(key == ANY for key, _words in choices) else "")
        if now and now not in {key for key, _words in choices}:
            choices.append((now, now))  # what it names is gone, and still stands there
        return ChoiceField(title, choices, now, hint, required=one.required or now == ANY)

    def _said(self, one: Entered, value: Any) -> str:
        if one.key == UNIT:
            title = shown(self._records, one, value, language())
            return title if understood(self._records, one, title) == value else str(value or "")
        words = dict(options(self._records, one)) if one.form == "figure" else {}
        return words.get(value, str(value or ""))

    # ------------------------------------------------------------------ read

    def _start(self) -> None:
        """At once, and not by a job: nothing here takes long."""
        self._problem.hide()
        try:
            decision = self.work()()
        except UserError as error:
            self.complain(error)
            return
        self.succeeded(decision)

    def work(self) -> Callable[[], object]:
        """All fields are read, so that each says what is wrong with it; then the record is held against the others."""
        said, wrong = {}, None
        for one in self.form.fields:
            try:
                said[one.key] = self._value(one, self._reads[one.key]())
            except UserError as error:
                wrong = wrong or (one.key, error)
        if wrong is not None:
            self._point(wrong[0])
            raise wrong[1]
        decision = self._decided(said)
        return lambda: decision

    def complain(self, error: UserError) -> None:
        """In the field that it is about, and below."""
        if isinstance(error, FieldError) and isinstance(field := self.editors.get(error.key), Field):
            field.complain(error.text(language()))
            self._point(error.key)
        super().complain(error)

    def _point(self, key: str) -> None:
        self._area.ensureWidgetVisible(self.editors[key])
        self.editors[key].setFocus()

    def _value(self, one: Entered, value: Any) -> object:
        if one.form in ONE_OF:
            return "" if value == ANY else value
        if one.form in ("first", "last"):
            return value.isoformat() if isinstance(value, date) else ""
        if one.form == "names":
            return apart(str(value or ""))
        if one.form in ("figure", "currency") or one.key == UNIT:
            return understood(self._records, one, str(value or ""))
        if one.form == "number":
            return value if value is not None or one.unknown else Decimal(0)
        if one.form == "whole":
            return 0 if value is None else value
        if one.form == "pairs":
            return () if value is None else value
        return value if isinstance(value, bool | tuple | date) else str(value or "")

    def _decided(self, said: Mapping[str, Any]) -> Decision:
        form = self.form
        key = self._record.id if self._record is not None else form.single
        one = made(self._records, form, said, key, ready=True)
        forms = {form.kind: form}
        return (adding if self._record is None else keeping)(self._records, forms, one)


def _chosen(field: ChoiceField) -> str:
    """The key of what stands in a list now; nothing where that is no choice of it."""
    place = field.box.findText(field.box.currentText().strip(), Qt.MatchFlag.MatchFixedString)
    return str(field.box.itemData(place)) if place >= 0 else ""
