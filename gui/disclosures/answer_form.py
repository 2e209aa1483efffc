"""The dialog of one answer: the field that its data point asks for, its proofs, and how long it holds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.disclosures.answering import NONE
from core.disclosures.catalogue import all_points
from core.disclosures.point import Point
from core.entering.forms import Entered, Form
from core.entering.plant import FORMS
from core.entering.plant.disclosures import answer_columns
from core.exchange.proofs import Attachment, load_proof
from core.i18n import T, Text, verbatim
from core.inventory.judging import Decision
from core.ledger import Answer
from core.ledger.codec import decimal_text, read_decimal
from core.ledger.filing import Records
from gui.asking import Asking, Stating
from gui.disclosures.files import kept_with
from gui.entering.form import RecordForm
from gui.fields import Field
from gui.language import _, say
from gui.widgets import button, label

FOLLOWS = {"year", "point"}
"""Known from where the answer is asked for."""
ORDER = ("year", "point", "value", "unit", "rows", "evidence", "valid_to")
"""What is answered comes first, then what proves it."""
NO_ROWS = {"": T("The rows below"), NONE: T("There is nothing to list")}


def form_for(point: Point) -> Form:
    """The form of answers with the fields that a data point asks for."""
    whole = FORMS["answer"]
    value = _value_field(point)
    fields: list[Entered] = []
    for one in whole.fields:
        if one.key == "value":
            fields += [] if value is None else [value]
        elif one.key == "unit":
            fields += _unit_field(point, one)
        elif one.key == "rows":
            columns = answer_columns(point.key)
            fields += [replace(one, columns=columns, by="", hint=_rows_hint(point))] if columns else []
        elif one.key == "valid_to" and point.months:
            fields.append(replace(one, hint=T("Last day on which it holds; empty: {months} months after its day.",
                                              months=point.months)))  # fmt: skip
        elif one.key == "evidence" and point.evidence is not None:
            fields.append(replace(one, hint=T("Usually: {what}", what=point.evidence)))
        else:
            fields.append(one)
    fields.sort(key=lambda one: ORDER.index(one.key) if one.key in ORDER else len(ORDER))
    return replace(whole, fields=tuple(fields), explained=_explained(point))


def _value_field(point: Point) -> Entered | None:
    held = FORMS["answer"].field("value")
    if point.kind == "table":
        return Entered("value", "choice", False, NO_ROWS, T("A table that is known to be empty is an answer too."))
    if point.fold == "ratio":
        return None
    if point.kind in ("number", "percent"):
        unit = "%" if point.kind == "percent" else point.unit
        return Entered("value", "number", True, hint=verbatim(unit) if unit and unit != "currency" else None)
    if point.kind == "choice":
        return Entered("value", "choice", True, dict(point.choices))
    if point.kind == "date":
        return Entered("value", "first", True)
    return replace(held, required=point.kind == "text",
                   hint=T("What there is, in words.") if point.kind == "evidence" else None)  # fmt: skip


def _unit_field(point: Point, one: Entered) -> list[Entered]:
    if point.kind != "number" or point.fold == "ratio" or not point.unit:
        return []
    if point.unit == "currency":
        return [Entered("unit", "currency", True, hint=T("Three letters of ISO 4217, e.g. CNY or EUR."))]
    return [replace(one, hint=T("Empty: {unit}. Another unit that measures the same is converted.", unit=point.unit))]


def _rows_hint(point: Point) -> Text | None:
    return T("One row with both numbers; the rest is divided.") if point.fold == "ratio" else None


def _explained(point: Point) -> Text:
    if point.who is None:
        return T("Answered once; every framework that asks for it takes it from here.")
    return T("Answered once; every framework that asks for it takes it from here. Usually from: {who}.", who=point.who)


class AnswerForm(RecordForm):
    """``stated`` carries an Attachment: the answer, with the files that were added to prove it."""

    def __init__(self, records: Records, point: str, year: int, who: str, today: date, parent: QWidget | None) -> None:
        held = records.get("answer", f"{year} {point}")
        self._point_of = all_points()[point]
        super().__init__(records, form_for(self._point_of), held, parent)
        self.setWindowTitle(say(self._point_of.name))
        self.fields.insertWidget(0, label(say(self._point_of.name), strong=True, wrap=True))
        self.files = FilesField()
        self.fields.insertWidget(self.fields.indexOf(self.editors["evidence"]) + 1, self.files)
        if held is None:
            self.prefill({"point": point, "year": year, "day": today, "by": who, **self._before(records, point, year)})
        for key in FOLLOWS:
            self.editors[key].hide()

    def _before(self, records: Records, point: str, year: int) -> dict[str, object]:
        """What was answered last, for whoever has to say it again; its proofs are looked for anew."""
        earlier = [one for one in records.held(Answer) if one.point == point and one.year < year]
        if not earlier:
            return {}
        last = max(earlier, key=lambda one: one.year)
        said: dict[str, object] = {"note": last.note}
        if "value" in self.editors and last.value and self._point_of.kind != "date":
            said["value"] = self._shown(self.form.field("value"), last.value)
        for key in ("unit", "rows"):
            if key in self.editors and getattr(last, key):
                said[key] = getattr(last, key)
        return said

    # ------------------------------------------------------------------ values of answers are text

    def _field(self, one: Entered, value: Any) -> Field:
        return super()._field(one, self._shown(one, value) if one.key == "value" else value)

    @staticmethod
    def _shown(one: Entered, value: Any) -> Any:
        """As the field of its kind takes it."""
        if one.form != "number":
            return value
        try:
            return read_decimal(value) if value else None
        except ValueError:
            return None

    def _value(self, one: Entered, value: Any) -> object:
        if one.key == "value" and isinstance(value, Decimal):
            return decimal_text(value)
        return super()._value(one, value)

    # ------------------------------------------------------------------ files

    def _start(self) -> None:
        """Files are looked at in a job, for their hashes."""
        if self.files.paths:
            Asking._start(self)
        else:
            super()._start()

    def work(self) -> Callable[[], object]:
        paths = self.files.paths
        if not paths:
            found = super().work()()
            assert isinstance(found, Decision)
            return lambda: Attachment(found.why, found.steps, ())
        said, records = self._read_all(), self._records
        return lambda: self._with_files(records, said, paths)

    def _read_all(self) -> dict[str, Any]:
        """Every field, as the form itself reads them; what it makes of them without the files is left aside."""
        said: dict[str, Any] = {}
        for one in self.form.fields:
            said[one.key] = self._value(one, self._reads[one.key]())
        return said

    def _with_files(self, records: Records, said: Mapping[str, Any], paths: Sequence[Path]) -> Attachment:
        kept = kept_with(records, [load_proof(path) for path in paths])
        self._records = records.apply(kept.steps)
        try:
            found = self._decided({**said, "evidence": tuple(dict.fromkeys((*said["evidence"], *kept.ids)))})
        finally:
            self._records = records
        return Attachment(found.why, (*kept.steps, *found.steps), kept.data)


class FilesField(QWidget):
    """Files that are kept with the answer."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: tuple[Path, ...] = ()
        self.add: QPushButton = button(_("Add files…"), self.ask, picture="plus",
                                       tip=_("They are kept in this file and prove the answer."))  # fmt: skip
        self._names = label("", "muted", wrap=True)
        row = QHBoxLayout()
        row.addWidget(self.add)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._names)
        self._names.hide()

    def ask(self) -> None:
        """Ask for files."""
        names, _kind = QFileDialog.getOpenFileNames(self, _("Add files…"))
        self.put([Path(name) for name in names])

    def put(self, paths: Sequence[Path]) -> None:
        """These too."""
        self.paths = tuple(dict.fromkeys((*self.paths, *paths)))
        self._names.setText(", ".join(path.name for path in self.paths))
        self._names.setVisible(bool(self.paths))
        window = self.window()
        if isinstance(window, Stating):
            window.grow()
