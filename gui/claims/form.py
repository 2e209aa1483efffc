"""The form of a claim: what was published, number by number, and what the check assumes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QVBoxLayout, QWidget

from core.errors import UserError
from core.exchange import parse_date
from core.i18n import T
from core.ledger import Claim, Plant, PvSystem
from core.library.places import countries, regions
from core.solar.claims import Assumptions, default_assumptions
from gui.fields import ChoiceField, Field, ParsedField, date_field, number_field, text_field, words_field
from gui.language import _, say
from gui.widgets import label, letters, subheading

WIDE = 38
"""Digits that stand side by side in the form."""
KILO = 3
_SINCE = re.compile(r"(\d{4})\s*年?")
_MONTH = re.compile(r"(\d{4})[-/.年]\s*(\d{1,2})\s*月?")


class SentenceField(Field):
    """Words of several lines."""

    def __init__(self, title: str, hint: str = "") -> None:
        self.area = words_field("", 4)
        super().__init__(title, self.area, hint)
        self.area.textChanged.connect(self.changed)

    def set(self, text: str) -> None:
        """Show words."""
        self.area.setPlainText(text)

    def read(self) -> str:
        """As typed."""
        return self.area.toPlainText().strip()


def parse_since(text: str) -> str:
    """A day, a month or a year, in Chinese or English form, as an ISO date as far as it goes.

    Raises
    ------
    UserError
        for anything else.

    >>> parse_since("2019年"), parse_since("2019年5月"), parse_since("2019-05-01")
    ('2019', '2019-05', '2019-05-01')
    """
    tidy = text.strip()
    if match := _SINCE.fullmatch(tidy):
        return match[1]
    if (match := _MONTH.fullmatch(tidy)) and 1 <= int(match[2]) <= 12:
        return f"{match[1]}-{int(match[2]):02d}"
    try:
        return parse_date(tidy).isoformat()
    except UserError:
        raise UserError(
            T("“{day}” is neither a day nor a year.", day=tidy), T("Write e.g. 2019, 2019-05 or 2019-05-01.")
        ) from None


class ClaimForm(QWidget):
    """What was published. Energy is typed in MWh and kept in kWh."""

    changed = Signal()

    def __init__(self, plant: Plant, systems: Sequence[PvSystem], today: date) -> None:
        super().__init__()
        self._plant, self._today = plant, today
        self._make(systems)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._lay_out()
        self.country.changed.connect(self._offer_regions)
        for field in self.fields:
            field.changed.connect(self.changed)
        self.set(None)

    def _make(self, systems: Sequence[PvSystem]) -> None:
        gases = [("CO2", "CO₂"), ("CO2e", "CO₂e")]
        owners = [("plant", _("The plant")), ("other", _("Somebody else"))]
        names = sorted(((code, say(name)) for code, name in countries().items()), key=lambda pair: pair[1])
        silent = _("Leave empty what the claim does not say.")
        self.name = text_field(_("Name"), hint=_("To find it again"))
        self.text = SentenceField(_("The sentence as published"))
        self.publisher = text_field(_("Published by"))
        self.published = date_field(_("Published on"), self._today, required=True)
        self.country = ChoiceField(_("Country"), names)
        self.region = ChoiceField(_("Province or state"), ())
        self.power = number_field(_("Installed power (kW)"))
        self.area = number_field(_("Roof area (m²)"))
        self.yearly = number_field(_("Generation a year (MWh)"))
        self.total = number_field(_("Generation so far (MWh)"))
        self.since = ParsedField(_("Counted since"), parse_since, str, None, _("A day, a month or a year"))
        self.until = date_field(_("Read on"))
        self.yearly_tonnes = number_field(_("Avoided a year (t)"))
        self.total_tonnes = number_field(_("Avoided in all years (t)"))
        self.years = number_field(_("Number of years"))
        self.gas = ChoiceField(_("Gas"), gases)
        self.attributes = ChoiceField(_("Owner of the certificates"), owners, hint=silent)
        self.system = ChoiceField(_("PV system of the plant"), [(one.id, one.name) for one in systems])
        self.system.setVisible(bool(systems))
        for choice in (self.country, self.region, self.gas, self.attributes, self.system):
            choice.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            choice.box.setMinimumContentsLength(6)
        self.note = text_field(_("Remark"))

    @property
    def fields(self) -> tuple[Field, ...]:
        """In the order of reading."""
        return (
            self.name, self.text, self.publisher, self.published, self.country, self.region, self.system, self.power,
            self.area, self.yearly, self.total, self.since, self.until, self.yearly_tonnes, self.total_tonnes,
            self.years, self.gas, self.attributes, self.note,
        )  # fmt: skip

    def _lay_out(self) -> None:
        self._part("", self.name, self.text, (self.publisher, self.published), (self.country, self.region), self.system)
        self._part(_("System"), (self.power, self.area))
        self._part(_("Energy"), (self.yearly, self.total), (self.since, self.until))
        self._part(_("Avoided emissions"), (self.yearly_tonnes, self.total_tonnes), (self.years, self.gas))
        self._part("", self.attributes, self.note)

    def _part(self, title: str, *rows: Field | tuple[Field, Field]) -> None:
        if title:
            self._column.addSpacing(4)
            self._column.addWidget(subheading(title))
        for row in rows:
            if isinstance(row, Field):
                self._column.addWidget(row)
            else:
                self._column.addLayout(beside(self, *row))

    def _offer_regions(self) -> None:
        try:
            country = self.country.read()
        except UserError:
            return
        own = [(code, say(name)) for code, name in regions().items() if code.startswith(f"{country}-")]
        if [self.region.box.itemData(row) for row in range(self.region.box.count())] != [code for code, _name in own]:
            self.region.offer(own)
        self.region.setEnabled(bool(own))

    # ------------------------------------------------------------------ values

    def set(self, claim: Claim | None) -> None:
        """Show a claim; None: an empty one at the place of the plant."""
        shown = claim or self.blank()
        self.blockSignals(True)
        self.name.set(shown.name)
        self.text.set(shown.text)
        self.publisher.set(shown.publisher)
        self.published.set(shown.published)
        self.country.set(shown.country)
        self._offer_regions()
        self.region.set(shown.region)
        self.system.set(shown.system)
        for field, value in ((self.yearly, shown.yearly), (self.total, shown.total)):
            field.set(None if value is None else _plain(value.scaleb(-KILO)))
        for field, value in (
            (self.power, shown.power),
            (self.area, shown.area),
            (self.yearly_tonnes, shown.yearly_tonnes),
            (self.total_tonnes, shown.total_tonnes),
            (self.years, shown.years),
        ):
            field.set(value)
        self.since.set(shown.since or None)
        self.until.set(date.fromisoformat(shown.until) if shown.until else None)
        self.gas.set(shown.gas)
        self.attributes.set(shown.attributes)
        self.note.set(shown.note)
        self.blockSignals(False)

    def blank(self) -> Claim:
        """A claim that says nothing yet."""
        return Claim("", "", "", self._today, country=self._plant.country, region=self._plant.region)

    def read(self, key: str) -> Claim:
        """What the form says.

        Parameters
        ----------
        key
            id of the claim.

        Raises
        ------
        UserError
            for a field that cannot be read; the field shows it.
        """
        until = self.until.read()
        return Claim(
            id=key,
            name=self.name.read() or "",
            text=self.text.read(),
            published=self.published.need(),
            publisher=self.publisher.read() or "",
            country=self.country.read(),
            region=self.region.read() if self.region.isEnabled() else "",
            system=self.system.read() if self.system.isVisibleTo(self) else "",
            power=self.power.read(),
            area=self.area.read(),
            yearly=_kwh(self.yearly.read()),
            total=_kwh(self.total.read()),
            since=self.since.read() or "",
            until="" if until is None else until.isoformat(),
            yearly_tonnes=self.yearly_tonnes.read(),
            total_tonnes=self.total_tonnes.read(),
            years=self.years.read(),
            gas=self.gas.read(),
            attributes=self.attributes.read(),
            note=self.note.read() or "",
        )


class AssumedForm(QWidget):
    """What the check assumes, to be changed for a look; it is not kept with the claim."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        ours = default_assumptions()
        self.first_year_loss = number_field(_("Loss of the first year (%)"), ours.first_year_loss)
        self.degradation = number_field(_("Degradation (% a year)"), ours.degradation)
        self.decline_low = number_field(_("Grid factor falls by at least (% a year)"), ours.decline_low)
        self.decline_high = number_field(_("Grid factor falls by at most (% a year)"), ours.decline_high)
        self.years = number_field(_("Years where none are named"), ours.years)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(subheading(_("Assumptions")))
        column.addWidget(label(_("For this look only; each is printed with the result."), "muted", wrap=True))
        column.addLayout(beside(self, self.first_year_loss, self.degradation))
        column.addLayout(beside(self, self.decline_low, self.decline_high))
        column.addWidget(self.years)
        for field in self._fields:
            field.changed.connect(self.changed)

    @property
    def _fields(self) -> tuple[ParsedField[Decimal], ...]:
        return self.first_year_loss, self.degradation, self.decline_low, self.decline_high, self.years

    def read(self) -> Assumptions:
        """What is assumed; an empty field is ours.

        Raises
        ------
        UserError
            for what cannot be read; the field shows it.
        """
        ours = default_assumptions()
        return replace(
            ours,
            first_year_loss=_or(self.first_year_loss, ours.first_year_loss),
            degradation=_or(self.degradation, ours.degradation),
            decline_low=_or(self.decline_low, ours.decline_low),
            decline_high=_or(self.decline_high, ours.decline_high),
            years=_or(self.years, ours.years),
        )


def _or(field: ParsedField[Decimal], ours: Decimal) -> Decimal:
    value = field.read()
    return ours if value is None else value


def beside(parent: QWidget, one: Field, other: Field) -> QBoxLayout:
    """Two fields in a line where their names have room, else one below the other."""
    most = letters(parent, WIDE) // 2
    wide = max(parent.fontMetrics().horizontalAdvance(field.title) for field in (one, other))
    direction = QBoxLayout.Direction.LeftToRight if wide <= most else QBoxLayout.Direction.TopToBottom
    line = QBoxLayout(direction)
    line.setSpacing(10)
    for field in (one, other):
        line.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return line


def _kwh(mwh: Decimal | None) -> Decimal | None:
    """The digits stay as they were typed, for their number says how the claim was rounded."""
    return None if mwh is None else _plain(mwh.scaleb(KILO))


def _plain(value: Decimal) -> Decimal:
    return Decimal(f"{value:f}")
