"""The form of a measure: what its kind asks for, section by section, its prices, its table and its proofs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLabel, QVBoxLayout, QWidget

from core.disk import write_safely
from core.errors import UserError
from core.exchange.measure_tables import read_measure_table, template
from core.i18n import T, show_number
from core.ledger import Evidence, Measure, Plant
from core.library import Library
from core.methods import Parameter, check_parameter, plain
from core.savings import (
    MONEY_SECTION,
    OTHER_SECTION,
    SOURCE,
    Kind,
    Refused,
    Section,
    all_kinds,
    check_measure,
    saving_of,
)
from gui.activity.parameters import ChosenField
from gui.asking import PathField, Stating
from gui.fields import ChoiceField, Field, ParsedField, date_field, number_field, text_field
from gui.language import _, language, say
from gui.library.factor_dialog import UnitField
from gui.widgets import SCREEN_SHARE, button, clear, in_order, label, letters, subheading
from gui.wording import item_name

COLUMNS = 4
"""Fields that stand side by side where the screen is wide enough; one fewer where it is not."""
WIDE = 118
"""Digits of the whole form."""
LONG = 24
"""Letters of a choice from which on its field takes the room of two."""
FIRST_KIND = "lighting"
TABLES = "Excel, CSV (*.xlsx *.csv)"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person entered."""

    draft: Measure
    table: bytes | None
    """A new table; None: the old one stays."""
    paths: tuple[Path, ...]
    """Files to keep with it."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the form needs to know of the plant."""

    plant: Plant
    library: Library
    sources: tuple[str, ...]
    """Names of emission sources."""
    evidence: tuple[Evidence, ...] = ()
    """Kept files of the measure."""
    table: bytes | None = None
    """Its kept table."""


class MeasureDialog(Stating):
    """Adds a measure, or alters one; states a Wish that can be calculated."""

    def __init__(
        self, known: Known, year: int, measure: Measure | None = None, kind: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(
            _("Alter measure") if measure else _("Add measure"),
            _("Something done to save energy. Its saving stands beside the inventory and never changes it."),
            _("Save"),
            parent,
        )
        self._known, self._measure = known, measure
        self.parameters: dict[str, Field] = {}
        """Fields of the kind, by key."""
        self._make_frame(year, kind or (measure.kind if measure else FIRST_KIND))
        self._sections = QVBoxLayout()
        self._sections.setSpacing(8)
        self._lay_out()
        self._show_kind(dict(measure.parameters) if measure else {})
        self.kind.changed.connect(lambda: self._show_kind(self._typed()))

    def sizeHint(self) -> QSize:
        """Wider than other forms, for it has many fields; never larger than the screen."""
        room = self.screen().availableSize() * SCREEN_SHARE
        return QSize(letters(self, WIDE), super().sizeHint().height()).boundedTo(room)

    # ------------------------------------------------------------------ frame

    def _make_frame(self, year: int, kind: str) -> None:
        held = self._measure
        kinds = [(key, say(one.title)) for key, one in all_kinds().items()]
        self.name = text_field(_("Name"), held.name if held else "", _("e.g. LED in hall 1"), required=True)
        self.kind = ChoiceField(_("Kind of measure"), kinds, kind, required=True)
        self.kind.setEnabled(held is None)
        self.item = ChoiceField(_("What is saved"), [], required=True)
        self._proposed = ""
        self.start = date_field(_("First day"), held.start if held else date(year, 1, 1), required=True)
        self.end = date_field(_("Last day"), held.end if held else date(year, 12, 31), end=True, required=True)
        self.note = text_field(_("Remark"), held.note if held else "")
        self._about = label("", "muted", wrap=True)
        self.table_path = PathField(_("Table"), TABLES)
        self.table = Field(_("Table"), self.table_path)
        self._table_words = label("", "muted", wrap=True)
        self._example = button(_("Save an example of the table…"), self._save_example, role="link")
        self.proof_path = PathField(_("Evidence file"))
        self.proof = Field(_("Evidence file"), self.proof_path, self._kept())
        for path, field in ((self.table_path, self.table), (self.proof_path, self.proof)):
            path.changed.connect(lambda field=field: field.complain(""))

    def _kept(self) -> str:
        names = ", ".join(one.name for one in self._known.evidence)
        if names:
            return _("Kept already: {name}. Another file is kept besides.", name=names)
        return _("Delivery note, protocol of the measurement, photograph; choose it or drop it here.")

    def _lay_out(self) -> None:
        self.fields.addWidget(_grid((self.name, self.kind, self.item)))
        self.fields.addWidget(self._about)
        self.fields.addWidget(_grid((self.start, self.end, self.note)))
        self.fields.addLayout(self._sections)
        self.fields.addWidget(self.table)
        self.fields.addWidget(self._table_words)
        self.fields.addWidget(self._example, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addWidget(self.proof)
        self.fields.addStretch(1)

    def _kind(self) -> Kind:
        return all_kinds()[str(self.kind.box.currentData() or FIRST_KIND)]

    # ------------------------------------------------------------------ sections

    def _show_kind(self, said: dict[str, str]) -> None:
        """The fields of the chosen kind; what was typed into those that it shares with the last one stays."""
        kind = self._kind()
        self._about.setText(f"{say(kind.about)} {kind.source}")
        self._offer_items(kind)
        clear(self._sections)
        self.parameters = {}
        for section in (*kind.sections, MONEY_SECTION, OTHER_SECTION):
            if section.parameters:
                self._sections.addWidget(subheading(say(section.title)))
                self._sections.addWidget(self._section(section, kind, said))
        self.table.setVisible(bool(kind.columns))
        self._example.setVisible(bool(kind.columns))
        self._table_words.setVisible(bool(kind.columns))
        self._table_words.setText(self._table_hint(kind))
        self.table.complain("")
        self._order_stops()

    def _order_stops(self) -> None:
        """The keyboard goes through the form as it is read: fields made anew would come last."""
        paths = (self.table_path.line, self.table_path.choose, self._example)
        stops = [self.note.editor, *(field.editor for field in self.parameters.values()), *paths]
        in_order(*stops, self.proof_path.line, self.proof_path.choose)

    def _table_hint(self, kind: Kind) -> str:
        columns = ", ".join(say(column.title) for column in kind.columns)
        if self._known.table is not None and self._measure is not None and self._measure.kind == kind.key:
            return _("Kept already; choose a file to replace it. Columns: {columns}.", columns=columns)
        return _("A csv or Excel file with the columns: {columns}.", columns=columns)

    def _offer_items(self, kind: Kind) -> None:
        items = self._items(kind.items)
        before = str(self.item.box.currentData() or "") if self.item.box.currentText() else ""
        held = self._measure.item if self._measure else ""
        wished = "" if before == self._proposed else before  # what nobody chose gives way to what the kind saves mostly
        self._proposed = kind.example["item"]
        chosen = next((one for one in (wished, held, self._proposed) if one in dict(items)), "")
        self.item.offer(items, chosen)

    def _section(self, section: Section, kind: Kind, said: dict[str, str]) -> QWidget:
        fields = [self._field(parameter, kind, said.get(parameter.key, "")) for parameter in section.parameters]
        for parameter, field in zip(section.parameters, fields, strict=True):
            self.parameters[parameter.key] = field
        return _grid(fields)

    def _field(self, parameter: Parameter, kind: Kind, said: str) -> Field:
        title = f"{say(parameter.title)} ({parameter.unit})" if parameter.unit else say(parameter.title)
        if parameter.key == SOURCE.key:
            made = UnitField(title, _hint(parameter))
            made.offer(["", *self._known.sources])
            made.box.setEditText(said)
            return made
        if parameter.key in kind.item_keys:
            return ChoiceField(title, self._items(kind.item_keys[parameter.key]), said, _hint(parameter))
        if parameter.choices:
            choices = [(key, say(words)) for key, words in parameter.choices]
            usual = _("not stated") if parameter.key == "currency" else _("not stated: {usual}", usual=choices[0][1])
            return ChosenField(title, choices, said, usual, _hint(parameter))
        value = Decimal(said) if said else None
        return number_field(title, value, _hint(parameter), required=parameter.required)

    def _items(self, kinds: Sequence[str]) -> list[tuple[str, str]]:
        library = self._known.library
        found = ((key, item_name(library, key)) for key, one in library.items.items() if one.kind in kinds)
        return sorted(found, key=lambda pair: pair[1])

    def _typed(self) -> dict[str, str]:
        """What can be read of the fields now, without a word about the rest."""
        found: dict[str, str] = {}
        for key, field in self.parameters.items():
            try:
                text = _said(field)
            except UserError:
                continue  # the field goes away with its kind
            if text:
                found[key] = text
        return found

    # ------------------------------------------------------------------ save

    def draft(self) -> Measure:
        """What is entered.

        Raises
        ------
        UserError
            when a field cannot be read; it says so itself.
        """
        pairs, wrong = self._read()
        if wrong is not None:
            wrong.setFocus()
            self._area.ensureWidgetVisible(wrong)
            raise UserError(
                T("Some fields are missing or cannot be read."), T("What is wrong stands below each field.")
            )
        held = self._measure
        return Measure(
            id=held.id if held else "",
            name=self.name.need(),
            kind=self._kind().key,
            start=self.start.need(),
            end=self.end.need(),
            item=self.item.read(),
            parameters=tuple(sorted(pairs.items())),
            data=held.data if held else "",
            evidence=tuple(one.id for one in self._known.evidence),
            note=self.note.read() or "",
        )

    def _read(self) -> tuple[dict[str, str], Field | None]:
        """Parameters, and the first field that cannot be read."""
        found: Field | None = None
        pairs: dict[str, str] = {}
        for one in (self.name, self.kind, self.item, self.start, self.end, self.note):
            try:
                one.read()
            except UserError:
                found = found or one
        kind = self._kind()
        for key, field in self.parameters.items():
            parameter = kind.parameter(key)
            assert parameter is not None  # the fields were made from them
            try:
                text = _said(field)
                if text and isinstance(field, ParsedField):
                    check_parameter(parameter, text)
            except UserError as error:
                field.complain(error.text(language()))
                found = found or field
                continue
            if text:
                pairs[key] = text
        return pairs, found

    def work(self) -> Callable[[], object]:
        draft, known, kind = self.draft(), self._known, self._kind()
        table_path = self.table_path.path if kind.columns else None
        proof_path = self.proof_path.path

        def look() -> Wish:
            check_measure(draft, known.library)
            table = None if table_path is None else table_of(table_path, kind)
            data = table if table is not None else known.table
            saving_of(draft, known.library, known.plant, data=data if kind.columns else None)
            return Wish(draft, table, () if proof_path is None else (proof_path,))

        return look

    def _save_example(self) -> None:
        kind = self._kind()
        name, _filter = QFileDialog.getSaveFileName(self, _("Save an example of the table…"), f"{kind.key}.csv", "CSV")
        if name:
            try:
                write_safely(Path(name), template(kind, language()))
            except UserError as error:
                self.complain(error)


def table_of(path: Path, kind: Kind) -> bytes:
    """The canonical table of a file.

    Raises
    ------
    UserError
        for the first cell that cannot be understood, with how many there are.
    """
    found = read_measure_table(path, kind)
    if found.refused:
        first: Refused = found.refused[0]
        raise UserError(
            T("Cells of the table that cannot be understood: {count}. Row {row}, column {column}: {reason}",
              count=len(found.refused), row=first.row, column=first.column, reason=first.reason),
            first.remedy,
        )  # fmt: skip
    return found.data


def _said(field: Field) -> str:
    """What a field says as a parameter is kept; empty for nothing.

    Raises
    ------
    UserError
        for what cannot be read; the field shows it.
    """
    if isinstance(field, ParsedField):
        number = field.read()
        return "" if number is None else plain(number)
    if isinstance(field, ChosenField):
        return field.value
    assert isinstance(field, ChoiceField | UnitField)  # an item, or the source
    return field.read()


def _hint(parameter: Parameter) -> str:
    """What it means, and what counts when nothing is said."""
    parts = [] if parameter.help is None else [say(parameter.help)]
    if parameter.default is not None:
        value = f"{show_number(parameter.default)} {parameter.unit}".strip()
        parts.append(_("Without it {value} counts.", value=value))
    return " ".join(parts)


def _grid(fields: Sequence[Field]) -> QWidget:
    """Fields side by side, in the order of reading; those with long choices take the room of two."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(8)
    columns = COLUMNS if made.screen().availableSize().width() * SCREEN_SHARE >= letters(made, WIDE) else COLUMNS - 1
    row = place = 0
    for field in fields:
        _wrap_title(field)
        span = _span(field)
        if place + span > columns:
            row, place = row + 1, 0
        grid.addWidget(field, row, place, 1, span, Qt.AlignmentFlag.AlignTop)
        place += span
    for column in range(columns):
        grid.setColumnStretch(column, 1)
        grid.setColumnMinimumWidth(column, letters(made, 18))
    return made


def _wrap_title(field: Field) -> None:
    """A long title goes on in the next line instead of making the form wider than the screen."""
    for title in field.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly):
        title.setWordWrap(True)


def _span(field: Field) -> int:
    box = field.editor
    if not isinstance(box, QComboBox):
        return 1
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    if not isinstance(field, ChosenField):
        return 1
    return 2 if max(len(box.itemText(place)) for place in range(box.count())) > LONG + len(_("not stated")) else 1
