"""The description of a PV system: where it stands, its arrays, which meters count it, who owns it, what it loses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T
from core.ledger import Ledger, Meter, PvArray, PvSystem, WeatherFile
from core.methods import plain
from core.methods.solar_generation import METHOD
from core.solar.losses import PVWATTS
from core.solar.model import ALBEDO, model_of
from gui.activity.parameters import ChosenField
from gui.asking import Asking
from gui.fields import Field, ParsedField, date_field, number_field, text_field
from gui.language import _, say
from gui.solar.arrays import array_columns
from gui.solar.inputs import DraftTable, MeterField, row_of
from gui.solar.words import LOSS_WORDS, OWNERS
from gui.widgets import label, letters, subheading

WIDE = 128
"""Digits across, for the table of arrays."""
ROWS = 4
"""Of the table of arrays, with the empty one."""
AREA, REFLECTS = "roof_area", "albedo"
"""Keys of parameters that are no losses."""


@dataclass(frozen=True, slots=True)
class Described:
    """What was entered."""

    system: PvSystem
    arrays: tuple[PvArray, ...]


class SystemDialog(Asking):
    """Adds a PV system with its arrays, or alters one."""

    def __init__(
        self,
        ledger: Ledger,
        known: PvSystem | None = None,
        parent: QWidget | None = None,
        at: str = "",
    ) -> None:
        """``at`` is what the person came for: ``arrays``, ``meters``, ``sensor``."""
        super().__init__(
            _("PV system") if known is None else _("PV system “{name}”", name=known.name),
            _("What stands on the roof, and which meters count it. Everything else follows from it."),
            _("Keep"),
            parent,
        )
        self._ledger, self._known, self._at = ledger, known, at
        self._begun = 0
        """Arrays begun here, for their ids."""
        self._key = known.id if known is not None else next_ids(ledger, 1, "pv_system")[0]
        self._make_fields()
        self._make_arrays()
        self._make_losses()
        self._fill(known)
        self._lay_out()

    # ------------------------------------------------------------------ fields

    def _make_fields(self) -> None:
        ledger = self._ledger
        sources = sorted({one.source for one in ledger.activities if one.method == METHOD.key})
        electric = [one for one in ledger.held(Meter) if one.medium == "electricity"]
        self.name = text_field(_("Name"), required=True)
        self.commissioned = date_field(_("In operation since"), required=True)
        self.latitude = number_field(_("Latitude (° north)"), required=True)
        self.longitude = number_field(_("Longitude (° east)"), required=True)
        self.elevation = number_field(_("Elevation (m)"))
        self.ac_limit = number_field(_("AC limit (kW)"), hint=_("Of all inverters, or of the contract; empty: none"))
        self.source = ChosenField(_("Bills of it"), [(one, one) for one in sources], "", _("none"))
        self.generation = MeterField(_("Generation is counted by"), electric, "generation")
        self.feed_in = MeterField(_("Feed-in is counted by"), electric, "export")
        self.purchased = MeterField(_("Purchase is counted by"), electric, "import")
        self.irradiance = ChosenField(
            _("Sensor of the light"), _of_medium(ledger, "irradiance"), "", _("none"), _("In the plane of the array")
        )
        self.temperature = ChosenField(
            _("Sensor of the module temperature"), _of_medium(ledger, "temperature"), "", _("none")
        )
        weather = [(one.id, one.name) for one in ledger.held(WeatherFile)]
        self.weather = ChosenField(_("Weather of an average year"), weather, "", _("none"))
        owners = [(key, say(words)) for key, words in OWNERS.items() if key]
        self.roof_owner = ChosenField(_("Roof belongs to"), owners, "", say(OWNERS[""]))
        self.system_owner = ChosenField(_("System belongs to"), owners, "", say(OWNERS[""]))
        self.attributes_owner = ChosenField(_("Certificates belong to"), owners, "", say(OWNERS[""]))
        self.degradation = number_field(_("Degradation (% a year)"), Decimal("0.5"), required=True)
        self.first_year_loss = number_field(_("Loss of the first year (%)"), Decimal(2), required=True)
        self.note = text_field(_("Remark"))

    def _make_arrays(self) -> None:
        self.arrays: DraftTable[PvArray] = DraftTable(array_columns(), name=_("Arrays"), rows=ROWS, blank=self._blank)

    def _blank(self) -> PvArray:
        self._begun += 1
        key = next_ids(self._ledger, self._begun, "pv_array")[-1]
        return PvArray(key, self._key, "", Decimal(0), Decimal(10), Decimal(180))

    def _make_losses(self) -> None:
        usual = dict(PVWATTS.shares())
        self.losses: dict[str, ParsedField[Decimal]] = {}
        for key, words in LOSS_WORDS.items():
            self.losses[key] = number_field(_("{loss} (%)", loss=say(words)))
            self.losses[key].line.setPlaceholderText(f"{usual[key]:g}")
        self.losses[REFLECTS] = number_field(_("Reflection of the ground (0 to 1)"))
        self.losses[REFLECTS].line.setPlaceholderText(f"{ALBEDO:g}")
        self.losses[AREA] = number_field(_("Roof area (m²)"), hint=_("To see whether the power fits on it"))

    def _lay_out(self) -> None:
        self._part(
            _("What and where"),
            (self.name, self.commissioned, self.source),
            (self.latitude, self.longitude, self.elevation, self.ac_limit),
        )
        self.fields.addSpacing(4)
        self.fields.addWidget(subheading(_("Arrays: modules that look the same way")))
        hint = _(
            "One row for each. Azimuth: 90 is east, 180 south, 270 west. Inverters 0: as large as the modules need."
        )
        self.fields.addWidget(label(hint, "muted", size=0.92, wrap=True))
        self.fields.addWidget(self.arrays)
        self.arrays.setMinimumWidth(letters(self, WIDE))
        self._part(
            _("Meters, sensors, weather"),
            (self.generation, self.feed_in, self.purchased),
            (self.irradiance, self.temperature, self.weather),
        )
        self._part(_("Owners"), (self.roof_owner, self.system_owner, self.attributes_owner))
        losses = list(self.losses.values())
        self._part(
            _("Losses of the model; an empty field holds what stands in it in grey, as PVWatts counts"),
            tuple(losses[:4]),
            tuple(losses[4:8]),
            (self.first_year_loss, self.degradation, *losses[8:]),
        )
        self._part("", (self.note,))

    def _part(self, title: str, *rows: tuple[Field, ...]) -> None:
        if title:
            self.fields.addSpacing(4)
            self.fields.addWidget(subheading(title))
        for row in rows:
            self.fields.addWidget(row_of(*row))

    def _fill(self, known: PvSystem | None) -> None:
        if known is None:
            places = [key for key in (self.source.box.itemData(row) for row in range(self.source.box.count())) if key]
            if len(places) == 1:
                self.name.set(places[0])
                self.source.set(places[0])
            return
        self.name.set(known.name)
        self.note.set(known.note)
        self.commissioned.set(known.commissioned)
        numbers = {self.latitude: known.latitude, self.longitude: known.longitude, self.elevation: known.elevation,
                   self.degradation: known.degradation, self.first_year_loss: known.first_year_loss}  # fmt: skip
        for field, value in numbers.items():
            field.set(value)
        self.ac_limit.set(known.ac_limit or None)
        for meters, keys in (
            (self.generation, known.generation), (self.feed_in, known.feed_in), (self.purchased, known.purchased)
        ):  # fmt: skip
            meters.set(keys)
        for chosen, key in self._chosen(known):
            chosen.set(key)
        said = dict(known.parameters)
        for key, loss in self.losses.items():
            loss.set(_decimal(said.get(key, "")))
        self.arrays.show_records([one for one in self._ledger.held(PvArray) if one.system == known.id])

    def _chosen(self, known: PvSystem) -> list[tuple[ChosenField, str]]:
        return [
            (self.source, known.source),
            (self.irradiance, known.irradiance),
            (self.temperature, known.temperature),
            (self.weather, known.weather),
            (self.roof_owner, known.roof_owner),
            (self.system_owner, known.system_owner),
            (self.attributes_owner, known.attributes_owner),
        ]

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to what the person came for."""
        super().showEvent(event)
        wanted: dict[str, QWidget] = {
            "arrays": self.arrays, "meters": self.generation, "sensor": self.irradiance
        }  # fmt: skip
        at = wanted.get(self._at, self.name)
        at.setFocus()
        QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(at, 0, self._area.height() // 3))

    # ------------------------------------------------------------------ result

    def system(self) -> PvSystem:
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
        known = self._known or PvSystem(self._key, "", self.commissioned.need(), Decimal(0), Decimal(0))
        return replace(
            known,
            name=self.name.need(),
            commissioned=self.commissioned.need(),
            latitude=self.latitude.need(),
            longitude=self.longitude.need(),
            elevation=self.elevation.read() or Decimal(0),
            source=self.source.value,
            ac_limit=self.ac_limit.read() or Decimal(0),
            generation=self.generation.read(),
            feed_in=self.feed_in.read(),
            purchased=self.purchased.read(),
            irradiance=self.irradiance.value,
            temperature=self.temperature.value,
            weather=self.weather.value,
            roof_owner=self.roof_owner.value,
            system_owner=self.system_owner.value,
            attributes_owner=self.attributes_owner.value,
            degradation=self.degradation.need(),
            first_year_loss=self.first_year_loss.need(),
            parameters=self._parameters(known),
            note=self.note.read() or "",
        )

    def _parameters(self, known: PvSystem) -> tuple[tuple[str, str], ...]:
        kept = {key: value for key, value in known.parameters if key not in self.losses}
        for key, field in self.losses.items():
            value = field.read()
            if value is not None:
                kept[key] = plain(value)
        return tuple(sorted(kept.items()))

    def _unreadable(self) -> Field | None:
        found: Field | None = None
        fields: tuple[ParsedField[Any], ...] = (
            self.name, self.commissioned, self.latitude, self.longitude, self.elevation, self.ac_limit,
            *self.losses.values(), self.first_year_loss, self.degradation,
        )  # fmt: skip
        for field in fields:
            try:
                field.read()
            except UserError:
                found = found or field
        return found

    def work(self) -> Callable[[], object]:
        system, arrays = self.system(), self.arrays.records

        def look() -> Described:
            model_of(system, arrays, 0.0)
            return Described(system, arrays)

        return look


def _of_medium(ledger: Ledger, medium: str) -> list[tuple[str, str]]:
    return [(one.id, one.name) for one in ledger.held(Meter) if one.medium == medium]


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except ArithmeticError:
        return None
