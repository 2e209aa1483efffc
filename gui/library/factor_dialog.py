"""A factor of the plant itself: what is stated, by whom, how long it holds, and the file that proves it.

What is missing or wrong stands at its field; what only looks strange is shown before saving, which then asks twice.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange.own_factors import ORIGINS as ORIGIN_KEYS
from core.exchange.own_factors import VALUE, Issue, issues_of, uses_of
from core.i18n import T
from core.ledger import Evidence, Ledger, OwnFactor
from core.library import Library
from core.library.load import AMOUNTS
from gui.asking import PathField, Stating
from gui.fields import ChoiceField, Field, date_field, number_field, text_field
from gui.language import _, language, say
from gui.library.words import ORIGINS, USES, gas_name, use_name
from gui.widgets import clear, label, marked, suggest

GENERAL, NAMED = "general", "named"
ONE_YEAR_ON = 12
COMMON_UNITS = ("kg/kWh", "kg/MWh", "t/t", "kg/kg", "kg/m3", "t/GJ", "GJ/t", "kg/tkm")
"""Offered where the library has no factor of the item."""
USES_OF_ITS_OWN = ("supplier", "spend")
"""Only a plant's own factors have them."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the person entered."""

    draft: OwnFactor
    paths: tuple[Path, ...]
    """The file that states it, when another one is to be kept."""


class UnitField(Field):
    """A unit: chosen from those that fit, or typed."""

    def __init__(self, title: str, hint: str = "") -> None:
        self.box = QComboBox()
        self.box.setEditable(True)
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = self.box.completer()
        if completer is not None:
            suggest(completer)
        super().__init__(title, self.box, hint)
        self.box.editTextChanged.connect(lambda _text: self.complain(""))

    def offer(self, units: Sequence[str]) -> None:
        """Replace what can be chosen; what is typed stays."""
        text = self.box.currentText()
        self.box.clear()
        self.box.addItems(list(units))
        self.box.setEditText(text or (units[0] if units else ""))

    def read(self) -> str:
        """As typed."""
        return self.box.currentText().strip()


class FactorDialog(Stating):
    """Adds a factor of the plant, or alters one; states a Wish that nothing forbids."""

    def __init__(
        self,
        ledger: Ledger,
        library: Library,
        year: int,
        own: OwnFactor | None = None,
        proof: Path | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            _("Alter own factor") if own else _("Add own factor"),
            _("A number that a supplier or a laboratory states for this plant. It wins over every published factor, "
              "so it needs its source and the file that proves it."),
            _("Save"),
            parent,
        )  # fmt: skip
        self._ledger, self._library, self._own = ledger, library, own
        self._warned: OwnFactor | None = None
        """What the person was warned of; saving the same again is meant so."""
        self._make_fields(year)
        self._fill(own)
        self.evidence.set_path(proof)
        self._lay_out()
        self.item.changed.connect(self._offer_uses)
        self.use.changed.connect(self._offer_units)

    # ------------------------------------------------------------------ fields

    def _make_fields(self, year: int) -> None:
        library = self._library
        origins = [(key, say(ORIGINS[key])) for key in ORIGIN_KEYS]
        items = sorted(((key, say(one.name)) for key, one in library.items.items()), key=lambda pair: pair[1])
        every = [(GENERAL, _("All records of the item")), (NAMED, _("Only records that name it"))]
        self.name = text_field(_("Name"), hint=_("e.g. Green tariff of the supplier"), required=True)
        self.origin = ChoiceField(_("Origin"), origins, "supplier", required=True)
        self.publisher = text_field(_("Stated by"), hint=_("The supplier or the laboratory"), required=True)
        self.document = text_field(_("Document"), hint=_("Its number or date"), required=True)
        self.place = text_field(_("Where it stands"), hint=_("Page or table"))
        self.item = ChoiceField(_("Item"), items, required=True)
        self.use = ChoiceField(_("Used for"), [], required=True)
        self.gases = {gas: number_field(gas_name(gas)) for gas in AMOUNTS}
        self.bare = number_field(_("Bare value"))
        self.unit = UnitField(_("Unit"), _("e.g. kg/kWh, t/t, GJ/t"))
        self.valid_from = date_field(_("Valid from"), date(year, 1, 1), required=True)
        self.valid_to = date_field(_("Valid to"), date(year, ONE_YEAR_ON, 31), end=True, required=True)
        self.uncertainty = number_field(_("Uncertainty (± %)"), hint=_("Half of the 95 % interval"))
        self.general = ChoiceField(_("Holds for"), every, GENERAL, required=True)
        self.note = text_field(_("Remark"))
        self.evidence = PathField(_("Evidence file"))
        self.proof = Field(_("Evidence file"), self.evidence, self._kept())
        self.evidence.changed.connect(lambda: self.proof.complain(""))
        self._numbers = Field(_("Numbers"), self._number_row(), _("Amounts of gases, or one bare value"))

    def _number_row(self) -> QWidget:
        return _side_by_side(*self.gases.values(), self.bare)

    def _kept(self) -> str:
        held = self._ledger.get("evidence", self._own.evidence) if self._own is not None else None
        if isinstance(held, Evidence):
            return _("Kept already: {name}. Choose another file to replace it.", name=held.name)
        return _("The supplier's statement or the laboratory's report; choose it or drop it here.")

    def _fill(self, own: OwnFactor | None) -> None:
        if own is None:
            self._offer_uses()
            return
        texts = {self.name: own.name, self.publisher: own.publisher, self.document: own.document,
                 self.place: own.place, self.note: own.note}  # fmt: skip
        for field, text in texts.items():
            field.set(text)
        self.origin.set(own.origin)
        self.item.set(own.item)
        self._offer_uses()
        self.use.set(own.use)
        self._offer_units()
        for key, number in own.amounts:
            field_of = self.bare if key == VALUE else self.gases.get(key)
            if field_of is not None:
                field_of.set(Decimal(number))
        self.unit.box.setEditText(own.unit)
        self.valid_from.set(own.valid_from)
        self.valid_to.set(own.valid_to)
        self.uncertainty.set(own.uncertainty or None)
        self.general.set(GENERAL if own.general else NAMED)

    def _lay_out(self) -> None:
        self._warnings = QVBoxLayout()
        rows: tuple[tuple[Field, ...], ...] = (
            (self.name, self.origin),
            (self.publisher, self.document, self.place),
            (self.proof,),
            (self.item, self.use),
            (self._numbers,),
            (self.unit, self.uncertainty, self.general),
            (self.valid_from, self.valid_to, self.note),
        )
        for row in rows:
            self.fields.addWidget(_side_by_side(*row))
        self._column.insertLayout(self._column.indexOf(self._problem), self._warnings)
        self._numbers.editor.setAccessibleName("")

    # ------------------------------------------------------------------ what fits

    def _offer_uses(self) -> None:
        item = self._chosen(self.item)
        known = set(uses_of(item, self._library)) if item else set()
        if known <= set(USES_OF_ITS_OWN):  # nothing is published: whatever a method may ask for
            known = set(USES)
        uses = [key for key in USES if key in known] + sorted(known.difference(USES))
        kept = self._chosen(self.use)
        self.use.offer([(key, use_name(key)) for key in uses], kept if kept in uses else "")
        self._offer_units()

    def _offer_units(self) -> None:
        item, use = self._chosen(self.item), self._chosen(self.use)
        known = [factor.unit for factor in self._library.about(item, "location" if use == "supplier" else use)]
        self.unit.offer(list(dict.fromkeys(known)) or list(COMMON_UNITS))

    def _chosen(self, field: ChoiceField) -> str:
        """Key of what is chosen, without a word about what is not."""
        return str(field.box.currentData() or "") if field.box.currentText() else ""

    # ------------------------------------------------------------------ save

    def draft(self) -> OwnFactor:
        """What is entered.

        Raises
        ------
        UserError
            when a field cannot be read; it says so itself.
        """
        wrong = self._unreadable()
        if wrong is not None:
            wrong.setFocus()
            self._area.ensureWidgetVisible(wrong)
            raise UserError(
                T("Some fields are missing or cannot be read."), T("What is wrong stands below each field.")
            )
        numbers = [(gas, field.read()) for gas, field in (*self.gases.items(), (VALUE, self.bare))]
        own = self._own
        return OwnFactor(
            id=own.id if own else "",
            name=self.name.need(),
            origin=self.origin.read(),
            publisher=self.publisher.need(),
            document=self.document.need(),
            place=self.place.read() or "",
            item=self.item.read(),
            use=self.use.read(),
            unit=self.unit.read(),
            amounts=tuple((key, f"{number:f}") for key, number in numbers if number is not None),
            valid_from=self.valid_from.need(),
            valid_to=self.valid_to.need(),
            evidence=own.evidence if own else "",
            uncertainty=self.uncertainty.read() or Decimal(0),
            general=self.general.read() == GENERAL,
            note=self.note.read() or "",
        )

    def _unreadable(self) -> Field | None:
        found: Field | None = None
        for field in (
            self.name, self.origin, self.publisher, self.document, self.place, self.item, self.use,
            *self.gases.values(), self.bare, self.uncertainty, self.general, self.valid_from, self.valid_to, self.note,
        ):  # fmt: skip
            try:
                field.read()  # type: ignore[attr-defined]
            except UserError:
                found = found or field
        if self.evidence.path is None and (self._own is None or not self._own.evidence):
            self.proof.complain(_("A factor of the plant needs the document that states it."))
            found = found or self.proof
        return found

    def work(self) -> Callable[[], object]:
        draft, path, ledger, library = self.draft(), self.evidence.path, self._ledger, self._library

        def look() -> tuple[Wish, tuple[Issue, ...]]:
            paths = () if path is None else (path,)
            return Wish(draft, paths), issues_of(draft, ledger, library, documented=bool(paths))

        return look

    def succeeded(self, result: object) -> None:
        """Nothing is saved while something forbids it, or warns for the first time."""
        assert isinstance(result, tuple)
        wish, issues = result
        errors = [issue for issue in issues if issue.severity == "error"]
        if errors:
            self._point_at(errors)
        elif issues and self._warned != wish.draft:
            self._warned = wish.draft
            self._warn(issues)
        else:
            super().succeeded(wish)

    def _point_at(self, errors: Sequence[Issue]) -> None:
        places = self._by_name()
        for issue in reversed(errors):
            field = places.get(issue.field)
            if field is not None:
                field.complain(UserError(issue.message, issue.remedy).text(language()))
        first = errors[0]
        self.complain(UserError(first.message, first.remedy))

    def _by_name(self) -> dict[str, Field]:
        return {
            "name": self.name,
            "origin": self.origin,
            "publisher": self.publisher,
            "document": self.document,
            "place": self.place,
            "item": self.item,
            "use": self.use,
            "amounts": self._numbers,
            "unit": self.unit,
            "valid_from": self.valid_from,
            "valid_to": self.valid_to,
            "uncertainty": self.uncertainty,
            "evidence": self.proof,
            "note": self.note,
        }

    def _warn(self, issues: Sequence[Issue]) -> None:
        clear(self._warnings)
        for issue in issues:
            self._warnings.addWidget(marked("warning", "warning", f"{say(issue.message)} {say(issue.remedy)}"))
        self._warnings.addWidget(label(_("If it is right all the same, save it again."), "muted", wrap=True))
        self.go.setText(_("Save all the same"))
        self.grow()


def _side_by_side(*fields: Field) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(12)
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return made
