"""Words of the library page: kinds of items, uses, origins, and how a factor's number is written."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import T, Text, show_number
from core.library import OWN, Factor, Library
from core.library.editions import gas_of
from gui.language import _, say
from gui.wording import GASES, region_name, unit_words

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
"""Endings of publishers' files."""
SIGNED = ".factors"
"""Of a factor set that head office signed."""
MOST_DIGITS = 8
"""Of a number in the table; derived ones have up to 34, which the inspector shows."""

KINDS: dict[str, Text] = {
    "air_freight": T("Air freight"),
    "air_travel": T("Air travel"),
    "asset": T("Leased assets"),
    "carbonate": T("Carbonates"),
    "commodity": T("Goods and services by money"),
    "compressed_air": T("Compressed air"),
    "cooling": T("Cooling"),
    "electricity": T("Electricity"),
    "emissions": T("Emissions stated by others"),
    "exported_energy": T("Energy sold"),
    "extinguishing_agent": T("Extinguishing agents"),
    "freight": T("Freight"),
    "fuel": T("Fuels"),
    "heat": T("Heat and steam"),
    "homeworking": T("Work at home"),
    "hotel": T("Hotels"),
    "lubricant": T("Lubricants"),
    "material": T("Materials"),
    "own_renewable": T("Own renewables"),
    "process_gas": T("Process gases"),
    "product": T("Products"),
    "refrigerant": T("Refrigerants"),
    "service": T("Services"),
    "solar": T("Solar"),
    "solvent": T("Solvents"),
    "switchgear_gas": T("Switchgear gases"),
    "travel": T("Travel"),
    "urea": T("Urea"),
    "vehicle_charging": T("Charging of vehicles"),
    "waste": T("Waste"),
    "waste_gas": T("Waste gases"),
    "waste_water": T("Waste water"),
    "water": T("Water"),
    "welding_gas": T("Welding gases"),
    "": T("Substances and constants"),
}
"""Kinds of items; the empty one is for numbers about what is no item, like molar masses."""

USES: dict[str, Text] = {
    "anaerobic_digestion": T("Anaerobic digestion"),
    "carbon": T("Carbon content"),
    "carbon_mass": T("Carbon content by mass"),
    "combined_margin": T("Combined margin"),
    "combustion": T("Combustion"),
    "combustion_biogenic": T("Combustion, biogenic part"),
    "composting": T("Composting"),
    "density": T("Density"),
    "footprint": T("Product footprint"),
    "fossil": T("Fossil mix"),
    "freight": T("Freight, average load"),
    "freight_empty": T("Freight, empty"),
    "freight_full": T("Freight, full load"),
    "freight_half": T("Freight, half load"),
    "freight_rf": T("Freight, with radiative forcing"),
    "gcv": T("Gross calorific value"),
    "heat": T("Heat bought"),
    "homeworking": T("Work at home"),
    "hotel": T("Hotel night"),
    "incineration": T("Incineration"),
    "installation_loss": T("Loss at installation"),
    "landfill": T("Landfill"),
    "leak_rate": T("Leak rate"),
    "life_cycle": T("Life cycle of generation"),
    "location": T("Location-based"),
    "material_closed_loop": T("Material, closed loop"),
    "material_primary": T("Material, primary"),
    "material_reused": T("Material, reused"),
    "methane_capacity": T("Methane capacity"),
    "methane_correction": T("Methane correction"),
    "mobile": T("Mobile combustion"),
    "mobile_offroad": T("Mobile combustion, off road"),
    "molar_mass": T("Molar mass"),
    "ncv": T("Net calorific value"),
    "operating_margin": T("Operating margin"),
    "own_renewable": T("Own renewable energy"),
    "oxidation": T("Oxidation"),
    "process": T("Process emissions"),
    "recycling": T("Recycling"),
    "recycling_closed": T("Recycling, closed loop"),
    "recycling_open": T("Recycling, open loop"),
    "reported": T("As reported by others"),
    "residual": T("Residual mix"),
    "saturated_enthalpy": T("Enthalpy of saturated steam"),
    "saturation_temperature": T("Saturation temperature"),
    "spend": T("Spend"),
    "stationary": T("Stationary combustion"),
    "supplier": T("Supplier's own"),
    "td_losses": T("Grid losses"),
    "travel": T("Travel"),
    "travel_rf": T("Travel, with radiative forcing"),
    "vehicle": T("Vehicle"),
    "water_supply": T("Water supply"),
    "water_treatment": T("Water treatment"),
    "wtt": T("Upstream (well to tank)"),
    "wtt_empty": T("Upstream, empty"),
    "wtt_full": T("Upstream, full load"),
    "wtt_generation": T("Upstream of generation"),
    "wtt_half": T("Upstream, half load"),
    "wtt_td": T("Upstream of grid losses"),
}
"""What a factor is for."""

ORIGINS: dict[str, Text] = {
    "supplier": T("Supplier"),
    "laboratory": T("Laboratory"),
    "other": T("Other"),
}
FILE_ORIGINS: dict[str, Text] = {
    "publisher": T("Publisher's workbook"),
    "signed": T("Signed by head office"),
}
STATUS_SENTENCES: dict[str, Text] = {
    "VERIFIED": T("Compared with the publication itself."),
    "VERIFIED_SECONDARY": T("Compared with a second publication that quotes the first."),
    "DERIVED": T("Calculated from published numbers; the note says how."),
    "RECALLED": T("Not compared with any source. It is shown and never used."),
    "SEEN_WEAK": T("Seen only in a weak source. It is shown and never used."),
    "USER": T("Brought in by the plant, which answers for it."),
}
"""What a status means for those who rely on the number."""


def kind_of_item(library: Library, key: str) -> str:
    """Kind of the item of a factor; empty for what is no item."""
    item = library.items.get(key)
    return item.kind if item is not None else ""


def kind_name(kind: str) -> str:
    """A kind in words; the key where it is unknown."""
    return say(KINDS[kind]) if kind in KINDS else kind


def use_name(use: str) -> str:
    """A use in words; the key where it is unknown."""
    return say(USES[use]) if use in USES else use.replace("_", " ")


def area_name(code: str) -> str:
    """A country, region or grid; the plant itself for its own factors."""
    return _("This plant") if code == OWN else region_name(code)


def gas_name(gas: str) -> str:
    """``CO2e`` as it is written: ``CO₂e``."""
    return GASES.get(gas, "CO₂e" if gas == "CO2e" else gas)


def unit_of(library: Library, factor: Factor, gas: str | None = None) -> str:
    """Unit with the gas it counts: ``kg CO₂e/kWh``; that of the headline where no gas is named.

    >>> from core.library import load_library
    >>> library = load_library()
    >>> factor = library.factor("uk_desnz_2025.butane.combustion.GB.2025.t")
    >>> unit_of(library, factor), unit_of(library, factor, "CO2")
    ('kg CO₂e/t', 'kg CO₂/t')
    """
    gas = gas_of(factor) if gas is None else gas
    if not gas:
        return "" if factor.unit == "1" else unit_words(library, factor.unit)
    return f"{unit_words(library, factor.of)} {gas_name(gas)}/{unit_words(library, factor.per)}"


def brief(value: Decimal) -> str:
    """A number for the table: as published, but no endless digits.

    >>> brief(Decimal("0.5366")), brief(Decimal("3033.38067")), brief(Decimal(2) / Decimal(3))
    ('0.5366', '3,033.38067', '0.66666667')
    """
    digits = len(value.as_tuple().digits)
    if digits <= MOST_DIGITS + 1:
        return show_number(value)
    return show_number(Decimal(f"{value:.{MOST_DIGITS}g}"))


def percent(change: Decimal | None) -> str:
    """A difference with its sign: ``+4.2 %``; nothing where there is none to say."""
    if change is None:
        return ""
    size = abs(change)
    places = 0 if size >= 1000 else 1
    rounded = f"{change:+,.{places}f}"
    return _("same") if not change else f"{rounded.replace('-', '−')} %"
