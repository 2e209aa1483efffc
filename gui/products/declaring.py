"""The dialog before a footprint leaves: what the company declares with it, for whom, and into which file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from core.entering.pairs import apart
from core.errors import UserError
from core.exchange.catena_x import INCINERATION, write_catena_x
from core.exchange.pact import write_pact
from core.exchange.stated_footprints import STANDARDS, Declared, NotStated
from core.products import Footprints
from gui.asking import Asking, PathField
from gui.entering.fields import SeveralField, WordsField
from gui.fields import ChoiceField, Field, ParsedField, date_field, number_field, text_field
from gui.language import _, language, say
from gui.settings import Settings
from gui.widgets import subheading

PACT, CATENA_X = "pact", "catena-x"
WRITTEN = {
    "companyIds": "company_ids", "productIds": "domain", "productClassifications": "domain",
    "crossSectoralStandards": "standards", "productOrSectorSpecificRules": "rules",
    "exemptedEmissionsPercent": "exempted", "exemptedEmissionsDescription": "exempted_why",
    "packagingEmissionsIncluded": "packaging", "technologicalDQR": "technological", "temporalDQR": "temporal",
    "geographicalDQR": "geographical", "validityPeriodEnd": "valid_until",
    "allocationWasteIncineration": "incineration",
}  # fmt: skip
"""Fields of the formats that are filled in here, by the field of what is declared."""
AT_PRODUCT = ("productIds", "productClassifications")
"""Of these, what is mended at the product where the product lacks it."""


class DeclaringDialog(Asking):
    """Gives the file that was written; what is declared is remembered for the next time."""

    def __init__(
        self, form: str, found: Footprints, settings: Settings, path: Path, parent: QWidget, *, chosen: str,
        now: Callable[[], datetime],
    ) -> None:  # fmt: skip
        name = "PACT 3.0" if form == PACT else "Catena-X Pcf 9.0.0"
        explained = _("Nothing in the data of the plant says the following: the company declares it, and answers for "
                      "it. It is remembered on this computer.")  # fmt: skip
        super().__init__(_("Export footprints: {format}", format=name), explained, _("Export"), parent)
        self._form, self._found, self._settings, self._now = form, found, settings, now
        self.editors: dict[str, Field] = {}
        """By field of what is declared, for the keyboard and for tests."""
        self.product: SeveralField | ChoiceField
        self._ask_products(chosen)
        self._ask_company()
        self._ask_method()
        self._ask_quality()
        if form == CATENA_X:
            self._ask_catena_x()
        self._declare("comment", WordsField(_("Comment"), hint=_("For whoever reads the footprint.")))
        self.file = PathField(_("File"), _("JSON files (*.json)"), what="save")
        self.file.set_path(path)
        self.add(_("File"), self.file)
        self._recall()

    # ------------------------------------------------------------------ fields

    def _declare(self, key: str, field: Field) -> None:
        self.fields.addWidget(field)
        self.editors[key] = field

    def _ask_products(self, chosen: str) -> None:
        held = [(one.product.id, one.product.name) for one in self._found.footprints]
        if self._form == PACT:
            self.product = SeveralField(_("Products"), held, [key for key, _name in held], required=True)
        else:
            first = chosen if chosen in dict(held) else held[0][0]
            self.product = ChoiceField(_("Product"), held, first, _("A file for Catena-X holds one product."),
                                       required=True)  # fmt: skip
        self.fields.addWidget(self.product)

    def _ask_company(self) -> None:
        self.fields.addWidget(subheading(_("Company")))
        example = "urn:BPNL000000000DWF" if self._form == CATENA_X else "urn:pact:example.com:company-id:7"
        self._declare("company_ids", _names(_("Company ids"), _("As URNs, several with a semicolon between: {example}",
                                                                example=example)))  # fmt: skip
        self._declare("domain", text_field(_("Domain of the company"), hint=_("For product numbers that are no URN, "
                                                                              "e.g. example.com.")))  # fmt: skip

    def _ask_method(self) -> None:
        self.fields.addWidget(subheading(_("Method")))
        standards = [(key, say(title)) for key, title in STANDARDS.items()]
        self._declare("standards", SeveralField(_("Standards by which was calculated"), standards))
        self._declare("rules", _names(_("Rules of the product or sector"),
                                      _("As they are called, several with a semicolon between.")))  # fmt: skip
        yes_no = [("yes", _("yes")), ("no", _("no"))]
        self._declare("packaging", ChoiceField(_("Does the bill of materials contain the packaging?"), yes_no))
        self._declare("exempted", number_field(_("Emissions left out [%]"), hint=_("0 where nothing was left out.")))
        self._declare("exempted_why", text_field(_("What was left out, and why")))

    def _ask_quality(self) -> None:
        self.fields.addWidget(subheading(_("Quality of the data, from 1 (best) to 5")))
        for key, title in (
            ("technological", _("Technology")), ("temporal", _("Time")), ("geographical", _("Place")),
        ):  # fmt: skip
            self._declare(key, number_field(title))

    def _ask_catena_x(self) -> None:
        self.fields.addWidget(subheading("Catena-X"))
        self._declare("valid_until", date_field(_("Valid until"), end=True))
        words = [(one, one) for one in INCINERATION]
        self._declare("incineration", ChoiceField(_("How burning waste is shared"), words))
        self._declare("legal", text_field(_("Legal statement"), hint=_("Under which conditions it is given away.")))

    # ------------------------------------------------------------------ remembered

    def _recall(self) -> None:
        """What was declared last; what cannot be read any more stays empty."""
        kept = self._settings.declared
        for key, field in self.editors.items():
            words = kept.get(key, "")
            if not words:
                continue
            if isinstance(field, SeveralField):
                field.set([one for one in apart(words) if one in field.model.keys])
            elif isinstance(field, ParsedField):
                field.line.setText(words)
            elif isinstance(field, ChoiceField):
                field.set(words)
            elif isinstance(field, WordsField):
                field.words.setPlainText(words)

    def _remember(self) -> None:
        kept = dict(self._settings.declared)
        for key, field in self.editors.items():
            if isinstance(field, SeveralField):
                kept[key] = "; ".join(field.read())
            elif isinstance(field, ParsedField):
                kept[key] = field.line.text().strip()
            elif isinstance(field, ChoiceField | WordsField):
                kept[key] = field.read()
        self._settings.declared = kept

    # ------------------------------------------------------------------ read, write

    def declared(self) -> Declared:
        """What the fields say.

        Raises
        ------
        UserError
            for what cannot be read; its field says so too.
        """
        read: dict[str, Any] = {key: field.read() for key, field in self.editors.items()}  # type: ignore[attr-defined]
        empty = Declared()
        said = {key: getattr(empty, key) if value is None else value for key, value in read.items()}
        return Declared(**{**said, "packaging": {"yes": True, "no": False}.get(read["packaging"])})

    def work(self) -> Callable[[], object]:
        """All is read at once, so that each field says what is wrong with it."""
        declared, path, found, when = self.declared(), self.file.needed(), self._found, self._now()
        wanted = self.product.read()
        products: Sequence[str] = (wanted,) if isinstance(wanted, str) else wanted
        self._remember()

        def act() -> Path:
            if self._form == PACT:
                write_pact(path, found, products, declared, when)
            else:
                write_catena_x(path, found, products[0], declared, when)
            return path

        return act

    def complain(self, error: UserError) -> None:
        """Beside each field that is lacking; what lies elsewhere, at the product or the plant, below."""
        if not isinstance(error, NotStated):
            super().complain(error)
            return
        lines = [error.message.in_language(language())]
        beside: dict[str, list[str]] = {}
        for name, remedy in error.lacking:
            words = _("{field}: {remedy}", field=name, remedy=say(remedy))
            key = WRITTEN.get(name, "")
            here = key in self.editors and (name not in AT_PRODUCT or "text" in remedy.args)
            (beside.setdefault(key, []) if here else lines).append(words)
        for key, several in beside.items():
            self.editors[key].complain("\n".join(several))
        self._problem.setText("\n".join(lines))
        self._problem.setAccessibleName("\n".join(lines))
        self._problem.show()
        self.grow()
        for key in list(beside)[:1]:
            self._area.ensureWidgetVisible(self.editors[key])
            self.editors[key].setFocus()


def _names(title: str, hint: str) -> ParsedField[tuple[str, ...]]:
    """A line of several names."""
    return ParsedField(title, apart, "; ".join, None, hint)


__all__ = ["CATENA_X", "PACT", "DeclaringDialog"]
