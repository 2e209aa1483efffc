"""Slices of publishers' workbooks in their real layout, with their real figures, and hostile relatives of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from openpyxl import Workbook

from tests.core.exchange.books import saved

Row = Sequence[object]
FLAT_HEAD = ("ID", "Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM", "GHG/Unit")
GHG = ("kg CO2e", "kg CO2e of CO2 per unit", "kg CO2e of CH4 per unit", "kg CO2e of N2O per unit")
DESNZ = "UK Government GHG Conversion Factors for Company Reporting"


def book(sheets: Mapping[str, Mapping[int, Row]]) -> bytes:
    """A workbook of sheets, each given by its rows' numbers; None leaves a cell empty."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for number, cells in rows.items():
            for column, cell in enumerate(cells, 1):
                if cell is not None:
                    sheet.cell(number, column, cell)
    return saved(made)


def flat_rows(words: Sequence[str], unit: str, numbers: Sequence[object], first: str) -> list[Row]:
    """The rows of one activity: as many gases as there are numbers."""
    levels = [*words[:5], *([""] * (5 - len(words)))]
    return [
        (f"{first}_{place}", "Scope 1", *levels, unit, GHG[place - 1], number)
        for place, number in enumerate(numbers, 1)
    ]


BUTANE = (3033.38067, 3029.26, 2.52, 1.60067)
FLAT_2025 = (
    *flat_rows(("Fuels", "Gaseous fuels", "Butane"), "tonnes", BUTANE, "1_100_1000_15"),
    *flat_rows(("Fuels", "Gaseous fuels", "Butane"), "litres", (1.74533, 1.74296, 0.00144, 0.00092), "1_100_1000_8"),
    *flat_rows(
        ("Fuels", "Liquid fuels", "Diesel (average biofuel blend)"),
        "litres",
        (2.57082, 2.53763, 0.00029, 0.0329),
        "1_101_1012_8",
    ),
    *flat_rows(("WTT- fuels", "Gaseous fuels", "Butane"), "tonnes", (344.30947,), "11_100_1000_15"),
    *flat_rows(("Waste disposal", "Construction", "Aggregates", "", "Landfill"), "tonnes", (1.26338,), "21_500_1"),
    *flat_rows(("Freighting goods", "Vans", "Class IX", "", "Diesel"), "tonne.km", (0.9,), "27_1"),
    *flat_rows(("Refrigerant & other", "Kyoto protocol - standard", "HFC-32"), "kg", (677,), "4_1"),
    *flat_rows(("Hotel stay", "Hotel stay", "Atlantis"), "Room per night", (None,), "30_1"),
)


def flat(
    rows: Iterable[Row] = FLAT_2025,
    head: Row = (*FLAT_HEAD, "GHG Conversion Factor 2025"),
    at: int = 6,
    about: str = "About",
) -> bytes:
    """The flat file; its headings stand in row 6."""
    top: dict[int, Row] = {1: (f"{DESNZ} 2025",), 2: ("Factors by Category", None, "Version 1.0")}
    body = {at + number: row for number, row in enumerate(rows, 1)}
    return book({"Introduction": {1: (about,)}, "Factors by Category": {**top, at: head, **body}})


def flat_csv(rows: Iterable[Row] = FLAT_2025) -> bytes:
    """The same table as csv."""
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([(*FLAT_HEAD, "GHG Conversion Factor 2025"), *rows])
    return stream.getvalue().encode()


def _top(name: str, scope: str, year: int = 2025) -> dict[int, Row]:
    """The first rows of each sheet of the full set."""
    return {
        1: (DESNZ,),
        2: (name,),
        4: ("Emissions source:", name, None, "Expiry:", "10/06/2026", "Factor set:", "Full set"),
        5: ("Scope:", scope, None, "Version:", "1", "Year:", str(year)),
        8: ("Guidance", "The unit of each row stands beside it."),
    }


_FUELS_HEAD = ("Activity", "Fuel", "Unit", *GHG)
_VEHICLES = ("Diesel", None, None, None, "Petrol", None, None, None)
_DIESEL_CAR, _PETROL_CAR = (0.17304, 0.17128, 0.00001, 0.00175), (0.16272, 0.16193, 0.00038, 0.00041)
ELECTRICITY_2025 = 0.177
FULL_2025: dict[str, dict[int, Row]] = {
    "Introduction": {1: (DESNZ,), 3: ("The factors use GWPs of the Fifth Assessment Report (AR5).",)},
    "Fuels": {
        **_top("Fuels", "Scope 1"),
        22: _FUELS_HEAD,
        23: ("Gaseous fuels", "Butane", "tonnes", *BUTANE),
        24: (None, None, "litres", 1.74533, 1.74296, 0.00144, 0.00092),
        27: (None, "LNG", "tonnes", 2603.30441, 2598.26, 3.8528, 1.19161),
        70: _FUELS_HEAD,
        72: ("Liquid fuels", "Diesel (average biofuel blend)", "litres", 2.57082, 2.53763, 0.00029, 0.0329),
        90: ("Can I use these factors for a plant abroad? Only where none of that country is published.",),
    },
    "Waste disposal": {
        **_top("Waste disposal", "Scope 3"),
        22: (None, None, None, "Open-loop", "Closed-loop", "Combustion", "Composting", "Landfill"),
        23: ("Activity", "Waste type", "Unit", *["kg CO2e"] * 5),
        24: ("Construction", "Aggregates", "tonnes", 1.00835, 1.00835, None, None, 1.26338),
    },
    "Business travel- land": {
        **_top("Business travel- land", "Scope 3"),
        23: (None, None, None, *_VEHICLES),
        24: ("Activity", "Type", "Unit", *GHG, *GHG),
        53: (
            "Cars (by size)",
            "Average car",
            "km",
            0.17304,
            0.17128,
            0.00001,
            0.00175,
            0.16272,
            0.16193,
            0.00038,
            0.00041,
        ),
    },
    "UK electricity": {
        **_top("UK electricity", "Scope 2"),
        21: ("Activity", "Country", "Unit", "Year", *GHG),
        22: ("Electricity generated", "Electricity: UK", "kWh", 2025, ELECTRICITY_2025),
    },
    "Transmission and distribution": {
        **_top("Transmission and distribution", "Scope 3"),
        21: ("Activity", "Type", "Unit", "Year", *GHG),
        22: ("T&D- UK electricity", "Electricity: UK", "kWh", 2025, 0.01853, 0.0183, 0.0001, 0.00013),
    },
}


def full(sheets: Mapping[str, Mapping[int, Row]] = FULL_2025) -> bytes:
    """The full set."""
    return book(sheets)


def _per(unit: str) -> tuple[str, ...]:
    return tuple(f"{gas} per {unit}" for gas in ("kg CO2", "g CH4", "g N2O"))


def _hub_rows() -> dict[int, Row]:
    """The sheet of the hub: title in B and C, names in C, numbers from D on."""
    units = _per("mmBtu")
    rows: list[Row] = [
        ("Emission Factors for Greenhouse Gas Inventories",),
        ("Last Modified:  5 June 2024",),
        ("Table 1", "Stationary Combustion"),
        (None, "Fuel Type", "Heat Content (HHV)", "CO2 Factor", "CH4 Factor", "N2O Factor"),
        (None, None, "mmBtu per short ton", *units, *_per("short ton")),
        (None, "Coal and Coke"),
        (None, "Anthracite", 25.09, 103.69, 11, 1.6, 2602, 276, 40),
        (None, "Unobtainium Coal", 25.09, 103.69, 11, 1.6, 2602, 276, 40),
        (None, None, "mmBtu per scf", *units, *_per("scf")),
        (None, "Natural Gas"),
        (None, "Natural Gas", 0.001026, 53.06, 1, 0.1, 0.05444, 0.00103, 0.0001),
        (None, "Source:"),
        (None, "Federal Register EPA; 40 CFR Part 98, kg CO2 per mmBtu as given there in tables C-1 and C-2."),
        ("Table 2", "Mobile Combustion CO2"),
        (None, "Fuel Type", "kg CO2 per unit", "Unit"),
        (None, "Diesel Fuel", 10.21, "gallon"),
        ("Table 3", "Mobile Combustion CH4 and N2O for On-Road Gasoline Vehicles"),
        (None, "Vehicle Type", "Year", "CH4 Factor (g CH4 / mile)", "N2O Factor (g N2O / mile)"),
        (None, "Gasoline Passenger Cars", "1984-93", 0.0704, 0.0647),
        ("Table 6", "Electricity"),
        (None, "eGRID2022 total output emission factors"),
        (None, "eGRID Subregion", "Name", "CO2 Factor (lb CO2 / MWh)", "CH4 Factor (lb CH4 / MWh)",
         "N2O Factor (lb N2O / MWh)", "CO2 Factor (lb CO2 / MWh)"),
        (None, "AKGD", "ASCC Alaska Grid", 1052.114, 0.088, 0.012, 1200.1),
        ("Table 7", "Steam and Heat"),
        (None, None, "CO2 Factor (kg CO2 / mmBtu)", "CH4 Factor (g CH4 / mmBtu)", "N2O Factor (g N2O / mmBtu)"),
        (None, "Steam and Heat", 66.33, 1.25, 0.125),
        ("Table 8", "Scope 3 Category 4: Upstream Transportation and Distribution"),
        (None, "Vehicle Type", "CO2 Factor (kg CO2 / unit)", "CH4 Factor (g CH4 / unit)", "N2O Factor (g N2O / unit)",
         "Units"),
        (None, "Medium- and Heavy-Duty Truck", 1.36, 0.0119, 0.0377, "vehicle-mile"),
        (None, "Medium- and Heavy-Duty TruckC", 0.168, 0.0015, 0.0047, "short ton-mile"),
        ("Table 9", "Scope 3 Category 5: Waste Generated in Operations"),
        (None, "Material", "RecycledA", "LandfilledB", "CombustedC", "CompostedD"),
        (None, None, "Metric Tons CO2e / Short Ton Material"),
        (None, "Aluminum Cans", 0.06, 0.02, 0.01, "NA"),
        ("Table 11", "Global Warming Potentials (GWPs)"),
        (None, "Gas", "100-Year GWP"),
        (None, "CH4", 28),
    ]  # fmt: skip
    return {number: (None, *row) for number, row in enumerate(rows, 2)}


def hub(rows: Mapping[int, Row] | None = None, sheet: str = "Emission Factors Hub") -> bytes:
    """US EPA's hub."""
    return book({sheet: _hub_rows() if rows is None else rows})


def hub_rows() -> dict[int, Row]:
    """A copy to change."""
    return _hub_rows()


def rates(*units: str) -> list[str]:
    """The explanations above the codes, with one unit for all or one for each."""
    gases = ("CO2", "CH4", "N2O", "CO2 equivalent")
    each = units * 4 if len(units) == 1 else units
    return [f"eGRID annual {gas} total output emission rate ({unit})" for gas, unit in zip(gases, each, strict=True)]


SRL: dict[int, Row] = {
    1: ("Data Year", "eGRID subregion acronym", "eGRID subregion name", "Net generation (MWh)", *rates("lb/MWh")),
    2: ("YEAR", "SUBRGN", "SRNAME", "SRNGENAN", "SRCO2RTA", "SRCH4RTA", "SRN2ORTA", "SRC2ERTA"),
    3: (2023, "CAMX", "WECC California", 228_000_000, 428.464, 0.025, 0.003, 429.983),
    4: (2023, "PRMS", "Puerto Rico Miscellaneous", 18_000_000, 1543.073, 0.077, 0.012, 1548.53),
}
US: dict[int, Row] = {
    1: ("Data Year", *rates("lb/MWh")),
    2: ("YEAR", "USCO2RTA", "USCH4RTA", "USN2ORTA", "USC2ERTA"),
    3: (2023, 767.209, 0.057, 0.008, 770.884),
}


def egrid(srl: Mapping[int, Row] = SRL, us: Mapping[int, Row] = US) -> bytes:
    """eGRID's own workbook, without its sheets of single plants."""
    return book({"Contents": {1: ("eGRID2023",), 2: ("rev2",)}, "SRL23": srl, "US23": us})


AIB: dict[int, Row] = {
    1: ("Country", "Renewables Unspecified", "Solar", "Nuclear", "CO2 (gCO2/kWh)", "RW (mgRW/kWh)"),
    2: ("AT", 0, 0, 0, 0, 0),
    3: ("CZ", 0.01, 0, 0.3, 658.58, 0.4),
    4: ("DE", 0.02, 0, 0, 719.9, 0),
    5: ("PL", 0.02, 0, 0, 788.24, 0),
    6: ("NL", "NA", "NA", "NA", "NA", "NA"),
    7: ("GR", 0.1, 0, 0, 491.78, 0),
}


def aib(rows: Mapping[int, Row] = AIB, sheet: str = "Residual Mixes") -> bytes:
    """AIB's results."""
    return book({"Total Supplier Mix": {1: ("Country", "CO2 (gCO2/kWh)")}, sheet: rows})
