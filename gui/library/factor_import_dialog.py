"""Import of factors: what a workbook or a signed set would bring, what not and why; then all of it or nothing.

Words that nobody mapped are mapped here by the person; the workbook is read again with them, and nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.factor_import import NOT_NEEDED, FactorPreview, FactorRow, LeftOut
from core.i18n import T
from core.library import Factor, FactorSet, Library
from gui.language import _, say
from gui.library.words import USES, area_name, brief, unit_of, use_name
from gui.settings import Settings
from gui.tables.table import Column, Edits, Mark, Table
from gui.widgets import as_large, button, heading, label, marked
from gui.wording import item_name

if TYPE_CHECKING:
    from core.handover import ReceivedSet

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Words of a publisher and what the person says they mean."""

    id: str
    name: str
    place: str
    unit: str
    reason: str
    suggestion: str
    item: str = ""
    use: str = ""

    @property
    def meaning(self) -> str:
        """As the reading of the workbook wants it; empty when nothing was said."""
        if not self.item or self.item == NOT_NEEDED:
            return self.item
        return f"{self.item}/{self.use}" if self.use else self.item


class FactorImportDialog(QDialog):
    """Shows a preview; accepted means: take the factors up."""

    mapped = Signal(object)
    """What the words mean, a dictionary: read the workbook again."""

    def __init__(
        self,
        found: FactorPreview,
        library: Library,
        settings: Settings,
        parent: QWidget | None = None,
        mapping: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._library, self._settings = library, settings
        self.setWindowTitle(_("Import factors"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(24, 20, 24, 20)
        self._column.setSpacing(10)
        as_large(self, 140, 84)
        self._whole: QWidget | None = None
        self.show_preview(found, mapping or {})

    @property
    def found(self) -> FactorPreview:
        """What is shown."""
        return self._found

    @property
    def mapping(self) -> dict[str, str]:
        """Everything the person said so far about what words mean."""
        new = {row.name: row.meaning for row in self._unmapped.values() if row.meaning}
        return {**self._mapping, **new}

    @property
    def chosen(self) -> list[str] | None:
        """Keys of the factors to take; None for all."""
        return [row.factor.key for row in self.rows.chosen] if self.only.isChecked() else None

    def show_preview(self, found: FactorPreview, mapping: Mapping[str, str]) -> None:
        """Show this reading of the workbook."""
        self._found, self._mapping = found, dict(mapping)
        self._unmapped = {row.id: row for row in _unmapped(found, self._mapping)}
        self.possible = bool(found.rows) and found.already is None
        if self._whole is not None:
            self._whole.hide()
            self._whole.deleteLater()
        self._whole = self._build()
        self._column.addWidget(self._whole)
        self._state()

    # ------------------------------------------------------------------ parts

    def _build(self) -> QWidget:
        found = self._found
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(heading(say(found.set.title)))
        column.addWidget(label(_cited(found), "muted", wrap=True))
        column.addWidget(self._verdict())
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.rows = self._taken()
        self._add(self._with_choice(), _("Can be taken"), len(found.rows))
        if found.unmapped:
            self._add(self._mapping_table(), _("Not mapped"), len(found.unmapped))
        if found.refused:
            self._add(self._left("refused", found.refused), _("Refused"), len(found.refused))
        if found.skipped:
            self._add(self._left("skipped", found.skipped), _("Not needed"), len(found.skipped))
        column.addWidget(self.tabs, 1)
        column.addLayout(self._buttons())
        return whole

    def _add(self, widget: QWidget, title: str, count: int) -> None:
        self.tabs.addTab(widget, f"{title} ({count:,})")

    def _verdict(self) -> QWidget:
        found = self._found
        if found.already is not None:
            words = _("The plant holds this factor set already, from “{name}”. Remove it first to take it again.",
                      name=found.already.name)  # fmt: skip
            return marked("info", "accent", words)
        if not found.rows:
            return marked("warning", "warning", _("No factor can be taken. Say below what the words mean."))
        differing = sum(row.differs for row in found.rows)
        if differing:
            words = _("Numbers that differ from those of the library for the same question: {count}. They are marked.",
                      count=differing)  # fmt: skip
            return marked("warning", "warning", words)
        return marked("check", "good", _("They come in as one change that can be undone."))

    def _with_choice(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.rows, 1)
        self.only = QCheckBox(_("Take only the selected rows"))
        self.only.toggled.connect(lambda _on: self._state())
        self.rows.view.selectionModel().selectionChanged.connect(lambda _new, _old: self._state())
        self.only.setVisible(bool(self._found.rows))
        column.addWidget(self.only)
        return made

    def _taken(self) -> Table[FactorRow]:
        library = self._library
        columns = (
            *factor_columns(library, lambda r: r.factor),
            Column[FactorRow]("known", _("In the library"), lambda r: _known(r, library), width=18),
            Column[FactorRow]("name", _("Publisher's words"), lambda r: r.name, width=34),
            Column[FactorRow]("place", _("Cells"), lambda r: r.place, width=20),
        )
        differing = Mark("warning", _("The library has another number for the same question."))
        table: Table[FactorRow] = Table(
            "factor_import",
            columns,
            self._settings,
            name=_("Factors that can be taken"),
            identity=lambda r: r.factor.key,
            marks=lambda r: {"value": differing} if r.differs else {},
        )
        table.set_rows(self._found.rows)
        return table

    def _mapping_table(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        words = _("Say which item the publisher's words mean, and where needed what the factor is for. A minus sign "
                  "leaves the row out. Rows without an item are not taken.")  # fmt: skip
        column.addWidget(label(words, "muted", wrap=True))
        self.unmapped: Table[Unmapped] = Table(
            "factor_mapping", self._mapping_columns(), self._settings, name=_("Words that are not mapped")
        )
        self.unmapped.asked.connect(self._said)
        self.suggest = button(_("Use the suggestions"), self.use_suggestions)
        self.suggest.setEnabled(any(row.suggestion for row in self._unmapped.values()))
        self.unmapped.add_tool(self.suggest)
        self.unmapped.set_rows(list(self._unmapped.values()))
        column.addWidget(self.unmapped, 1)
        return made

    def _mapping_columns(self) -> tuple[Column[Unmapped], ...]:
        library = self._library
        return (
            Column("name", _("Publisher's words"), lambda r: r.name, width=40),
            Column("unit", _("Unit"), lambda r: r.unit, width=10),
            Column("item", _("Item"), lambda r: item_name(library, r.item), edit=self._item,
                   choices=lambda _r: [say(one.name) for one in library.items.values()], width=20),
            Column("use", _("Used for"), lambda r: use_name(r.use) if r.use else "", edit=_use,
                   choices=lambda _r: [say(words) for words in USES.values()], width=16),
            Column("suggestion", _("Suggestion"), lambda r: item_name(library, r.suggestion), width=18),
            Column("reason", _("Reason"), lambda r: r.reason, width=30),
            Column("place", _("Cells"), lambda r: r.place, width=18),
        )  # fmt: skip

    def _left(self, key: str, found: tuple[LeftOut, ...]) -> QWidget:
        columns = (
            Column[LeftOut]("name", _("Publisher's words"), lambda r: r.name, width=44),
            Column[LeftOut]("unit", _("Unit"), lambda r: r.unit, width=10),
            Column[LeftOut]("reason", _("Reason"), lambda r: say(r.reason), width=44),
            Column[LeftOut]("place", _("Cells"), lambda r: r.place, width=22),
        )
        title = _("Refused rows") if key == "refused" else _("Rows that are not needed")
        table: Table[LeftOut] = Table(
            f"factor_{key}", columns, self._settings, name=title, identity=lambda r: (r.name, r.place)
        )
        table.set_rows(found)
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(button(_("Cancel") if self.possible or self._unmapped else _("Close"), self.reject))
        self.read_again = button("", lambda: self.mapped.emit(self.mapping), role="primary")
        self.go_on = button("", self.accept, role="primary")
        row.addWidget(self.read_again)
        row.addWidget(self.go_on)
        return row

    # ------------------------------------------------------------------ what the person says

    def use_suggestions(self) -> None:
        """Take the suggestions of the selected rows, or of all where none is selected."""
        held = {row.id for row in self.unmapped.chosen}
        for key, row in self._unmapped.items():
            if row.suggestion and not row.item and (not held or key in held):
                self._unmapped[key] = replace(row, item=row.suggestion)
        self._mapped()

    def _item(self, row: Unmapped, text: str) -> Unmapped:
        words = text.strip()
        if words in ("", NOT_NEEDED):
            return replace(row, item=words)
        item = self._library.items.get(words) or self._library.recognise(words)
        if item is None:
            raise UserError(T("Unknown item “{item}”.", item=words), T("Choose one of the list."))
        return replace(row, item=item.key)

    def _said(self, edits: Edits[Unmapped]) -> None:
        for edit in edits.edits:
            if edit.after is not None:
                self._unmapped[edit.after.id] = edit.after
        self._mapped()

    def _mapped(self) -> None:
        self.unmapped.set_rows(list(self._unmapped.values()))
        self._state()

    def _state(self) -> None:
        """What comes next: reading with the new words, or taking the factors."""
        new = sum(row.meaning != self._mapping.get(row.name, "") for row in self._unmapped.values())
        self.read_again.setVisible(bool(new))
        self.read_again.setText(_("Read again with the mapped words ({count})", count=new))
        count = len(self.rows.chosen) if self.only.isChecked() else len(self._found.rows)
        self.go_on.setVisible(self.possible and not new)
        self.go_on.setEnabled(count > 0)
        self.go_on.setText(_("Take the factors ({count})", count=f"{count:,}"))
        (self.read_again if new else self.go_on).setDefault(True)


class SignedSetDialog(QDialog):
    """A set that head office signed; accepted means: take it up."""

    def __init__(
        self, received: ReceivedSet, library: Library, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        rows, judged = received.factors, received.judged
        day = judged.signed_at.date() if judged.signed_at is not None else ""
        signed = _("Signed by {signer} (certificate of {issuer}) on {day}, and unaltered since.",
                   signer=judged.signer, issuer=judged.issuer, day=day)  # fmt: skip
        self.setWindowTitle(_("Import factors"))
        self.rows: Table[Factor] = Table(
            "factor_signed",
            factor_columns(library, lambda f: f),
            settings,
            name=_("Factors that can be taken"),
            identity=lambda f: f.key,
        )
        self.rows.set_rows(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(10)
        column.addWidget(heading(say(rows[0].set.title)))
        column.addWidget(label(cited(rows[0].set), "muted", wrap=True))
        column.addWidget(marked("trust", "good", signed))
        column.addWidget(self.rows, 1)
        last = QHBoxLayout()
        last.addStretch(1)
        last.addWidget(button(_("Cancel"), self.reject))
        self.go_on = button(_("Take the factors ({count})", count=f"{len(rows):,}"), self.accept, role="primary")
        self.go_on.setDefault(True)
        last.addWidget(self.go_on)
        column.addLayout(last)
        as_large(self, 130, 80)


def factor_columns(library: Library, factor_of: Callable[[R], Factor]) -> tuple[Column[R], ...]:
    """What a factor says, for tables of rows that hold one."""
    return (
        Column("item", _("Item"), lambda r: item_name(library, factor_of(r).item), width=20),
        Column("use", _("Used for"), lambda r: use_name(factor_of(r).use), width=16),
        Column("area", _("Area"), lambda r: area_name(factor_of(r).region), width=13),
        Column("year", _("Year"), lambda r: str(factor_of(r).data_year or ""), align="right",
               sort=lambda r: factor_of(r).data_year, width=6),
        Column("value", _("Value"), lambda r: brief(factor_of(r).headline), align="right",
               sort=lambda r: factor_of(r).headline, plain=lambda r: f"{factor_of(r).headline:f}", width=11),
        Column("unit", _("Unit"), lambda r: unit_of(library, factor_of(r)), width=14),
    )  # fmt: skip


def cited(publication: FactorSet) -> str:
    """Who published it, which edition, under which licence."""
    parts = (publication.publisher, publication.edition, publication.published, publication.licence)
    return " · ".join(part for part in parts if part)


def _cited(found: FactorPreview) -> str:
    what = _("“{file}” was recognised as: {format}.", file=found.file, format=found.title)
    left = _("Rows without a number: {count}.", count=f"{found.empty:,}") if found.empty else ""
    return " ".join(part for part in (what, cited(found.set) + ".", left) if part)


def _unmapped(found: FactorPreview, mapping: Mapping[str, str]) -> list[Unmapped]:
    """Rows with what was said about them already, to which something is missing still."""
    made = []
    for one in found.unmapped:
        item, _sign, use = mapping.get(one.name, "").partition("/")
        key = f"{one.name}@{one.place}"
        made.append(Unmapped(key, one.name, one.place, one.unit, say(one.reason), one.suggestion, item, use))
    return made


def _use(row: Unmapped, text: str) -> Unmapped:
    words = text.strip()
    if not words:
        return replace(row, use="")
    known = {say(name).casefold(): key for key, name in USES.items()} | {key: key for key in USES}
    if words.casefold() not in known:
        raise UserError(T("It is not known what the factor is used for."), T("Choose one of the list."))
    return replace(row, use=known[words.casefold()])


def _known(row: FactorRow, library: Library) -> str:
    """The library's number for the same question."""
    if row.known is None:
        return _("new")
    return f"{brief(row.known.headline)} {unit_of(library, row.known)}"
