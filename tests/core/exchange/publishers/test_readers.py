"""Each publisher's reader on a slice of its workbook, and on what only looks like one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.dropins import dropped_in
from core.errors import UserError
from core.exchange import publishers
from core.exchange.publishers import Found, all_readers, open_book, reader_of
from tests.core.exchange.publishers import workbooks

FLAT, FULL, HUB = "ghg-conversion-factors-2025-flat-format.xlsx", "full-set.xlsx", "ghg-emission-factors-hub-2024.xlsx"
EGRID, AIB = "egrid2023_data_rev2.xlsx", "AIB-2023-residual-mix-results.xlsx"


def read(data: bytes, name: str) -> tuple[str, Found]:
    """The reader that took the file, and what it found."""
    book = open_book(data, name)
    reader = reader_of(book)
    return reader.key, reader.read(book)


def row(found: Found, name: str, unit: str = "") -> publishers.Published:
    """The one row of these words."""
    rows = [one for one in found.rows if one.name == name and unit in ("", one.unit)]
    assert len(rows) == 1, [one.name for one in found.rows]
    return rows[0]


@pytest.mark.parametrize(
    ("made", "name", "key", "publication"),
    [
        (workbooks.flat, FLAT, "desnz_flat", "uk_desnz_2025_flat"),
        (workbooks.flat_csv, "flat.csv", "desnz_flat", "uk_desnz_2025_flat"),
        (workbooks.full, FULL, "desnz_full", "uk_desnz_2025_full"),
        (workbooks.hub, HUB, "epa_hub", "us_epa_hub_2024_workbook"),
        (workbooks.egrid, EGRID, "egrid", "us_egrid_2023_rev2"),
        (workbooks.aib, AIB, "aib", "aib_residual_2023_workbook"),
    ],
)
def test_each_workbook_is_recognised_by_one_reader(made, name: str, key: str, publication: str) -> None:  # type: ignore[no-untyped-def]
    book = open_book(made(), name)
    assert [one.key for one in all_readers().values() if one.recognise(book)] == [key]
    found = all_readers()[key].read(book)
    assert found.set.key == publication
    assert all((one.amounts and one.place) or one.problem or one.skipped for one in found.rows)


def test_every_file_of_the_folder_is_a_reader() -> None:
    assert set(all_readers()) == set(dropped_in(publishers)) == {"aib", "desnz_flat", "desnz_full", "egrid", "epa_hub"}
    assert all(key == reader.key for key, reader in all_readers().items())


def test_flat_file_takes_the_gases_of_a_row_together() -> None:
    _, found = read(workbooks.flat(), FLAT)
    butane = row(found, "Fuels / Gaseous fuels / Butane", "tonnes")
    assert butane.amounts == {
        "CO2e": Decimal("3033.38067"), "CO2": Decimal("3029.26"), "CH4": Decimal("2.52"), "N2O": Decimal("1.60067")
    }  # fmt: skip
    assert (butane.place, butane.region, butane.year) == ("Factors by Category!J7:J10", "GB", 2025)
    assert found.set.gwp == "AR5" and found.set.edition == "2025, version 1.0"
    assert found.empty == 1


def test_full_set_reads_what_the_cells_of_the_published_workbook_hold() -> None:
    _, found = read(workbooks.full(), FULL)
    assert row(found, "Fuels / Gaseous fuels / Butane", "tonnes").place == "Fuels!D23:G23"
    assert row(found, "Fuels / Gaseous fuels / LNG").amounts["CO2"] == Decimal("2598.26")
    landfill = row(found, "Waste disposal / Construction / Aggregates / Landfill")
    assert (landfill.amounts, landfill.place) == ({"CO2e": Decimal("1.26338")}, "Waste disposal!H24")
    petrol = row(found, "Business travel- land / Cars (by size) / Average car / Petrol")
    assert (petrol.amounts["CO2e"], petrol.place) == (Decimal("0.16272"), "Business travel- land!H53:K53")
    losses = row(found, "Transmission and distribution / T&D- UK electricity / Electricity: UK")
    assert (losses.year, losses.unit) == (2025, "kWh")
    assert found.empty == 2  # composting and combustion of aggregates


def test_full_set_with_headings_merged_over_two_rows() -> None:
    merged = {**workbooks.FULL_2025, "Waste disposal": dict(workbooks.FULL_2025["Waste disposal"])}
    titles = ("Open-loop", "Closed-loop", "Combustion", "Composting", "Landfill")
    merged["Waste disposal"][22] = ("Activity", "Waste type", "Unit", *titles)
    merged["Waste disposal"][23] = (None, None, None, *["kg CO2e"] * 5)
    before, after = (read(workbooks.full(sheets), FULL)[1].rows for sheets in (workbooks.FULL_2025, merged))
    assert before == after


def test_both_forms_of_the_united_kingdom_use_the_same_words() -> None:
    flat = {(one.name, one.unit): one.amounts for one in read(workbooks.flat(), FLAT)[1].rows}
    full = {(one.name, one.unit): one.amounts for one in read(workbooks.full(), FULL)[1].rows}
    both = flat.keys() & full.keys()
    assert len(both) == 4 and all(flat[key] == full[key] for key in both)


def test_hub_reads_each_number_under_the_last_heading_above_it() -> None:
    _, found = read(workbooks.hub(), HUB)
    assert row(found, "Table 1 / Anthracite", "short ton").amounts == {
        "CO2": Decimal(2602), "CH4": Decimal("0.276"), "N2O": Decimal("0.040")
    }  # fmt: skip
    assert row(found, "Table 1 / Natural Gas", "scf").amounts["CO2"] == Decimal("0.05444")
    assert row(found, "Table 1 / Natural Gas", "mmBtu").amounts["CH4"] == Decimal("0.001")
    assert row(found, "Table 2 / Diesel Fuel", "gallon").amounts == {"CO2": Decimal("10.21")}
    truck = row(found, "Table 8 / Medium- and Heavy-Duty Truck", "short ton-mile")
    assert truck.amounts["CO2"] == Decimal("0.168")
    cans = row(found, "Table 9 / Aluminum Cans / Landfilled")
    assert (cans.amounts, cans.of) == ({"CO2e": Decimal("0.02")}, "t")
    alaska = row(found, "Table 6 / AKGD")
    assert (alaska.amounts["CO2"], alaska.of, alaska.year) == (Decimal("1052.114"), "lb", 2022)
    assert row(found, "Table 3 / Gasoline Passenger Cars").skipped is not None
    assert not [one for one in found.rows if one.words[0] in ("Table 11", "Table 12") and one.amounts]


def test_hub_with_subscripts_reads_the_same() -> None:
    typeset = str.maketrans({"2": "₂", "4": "₄"})
    rows = {
        number: tuple(cell.translate(typeset) if isinstance(cell, str) and " per " in cell else cell for cell in cells)
        for number, cells in workbooks.hub_rows().items()
    }
    assert rows != workbooks.hub_rows()
    assert read(workbooks.hub(rows), HUB)[1].rows == read(workbooks.hub(), HUB)[1].rows


def test_egrid_reads_the_columns_by_their_codes() -> None:
    _, found = read(workbooks.egrid(), EGRID)
    california = row(found, "eGRID / US-CAMX")
    assert california.amounts == {"CO2": Decimal("428.464"), "CH4": Decimal("0.025"), "N2O": Decimal("0.003")}
    assert (california.of, california.unit, california.use, california.year) == ("lb", "MWh", "location", 2023)
    assert row(found, "eGRID / US").amounts["CO2"] == Decimal("767.209")


def test_egrid_says_its_units_above_the_codes() -> None:
    metric = {**workbooks.SRL, 1: (*workbooks.SRL[1][:4], *workbooks.rates("kg/MWh"))}
    metric_us = {**workbooks.US, 1: ("Data Year", *workbooks.rates("kg/MWh"))}
    assert row(read(workbooks.egrid(metric, metric_us), EGRID)[1], "eGRID / US-CAMX").of == "kg"
    older = {
        **workbooks.SRL,
        1: (*workbooks.SRL[1][:4], *workbooks.rates("lb/MWh", "lb/GWh", "lb/GWh", "lb/MWh")),
        3: (2023, "CAMX", "WECC California", 1, 428.464, 25, 3, 429.983),
    }
    amounts = row(read(workbooks.egrid(older), EGRID)[1], "eGRID / US-CAMX").amounts
    assert (amounts["CH4"], amounts["N2O"]) == (Decimal("0.025"), Decimal("0.003"))
    for unsaid in (("lb/MWh", "kg/MWh", "lb/MWh", "lb/MWh"), ("lb", "lb", "lb", "lb")):
        with pytest.raises(UserError, match="one unit"):
            read(workbooks.egrid({**workbooks.SRL, 1: (*workbooks.SRL[1][:4], *workbooks.rates(*unsaid))}), EGRID)


def test_gwp_of_the_united_kingdom_is_what_the_workbook_says() -> None:
    def gwp(about: str, year: int) -> str:
        head = (*workbooks.FLAT_HEAD, f"GHG Conversion Factor {year}")
        return read(workbooks.flat(head=head, about=about), FLAT)[1].set.gwp

    assert gwp("x" * 400 + " the IPCC Fourth Assessment Report (AR4) over a 100-year period", 2021) == "AR4"
    assert gwp("GWPs of the Sixth Assessment Report", 2031) == "AR6"
    assert gwp("", 2025) == "AR5"
    assert gwp("changed from AR4 to AR5", 2024) == "AR5"
    for unsaid in ("", "changed from AR4 to AR5"):
        with pytest.raises(UserError, match="GWP"):
            gwp(unsaid, 2022)


def test_country_without_residual_mix_is_never_zero() -> None:
    _, found = read(workbooks.aib(), AIB)
    poland = row(found, "Residual Mixes / PL")
    assert (poland.amounts, poland.of, poland.place) == ({"CO2": Decimal("788.24")}, "g", "Residual Mixes!E5")
    for country in ("AT", "NL"):
        refused = row(found, f"Residual Mixes / {country}")
        assert not refused.amounts and refused.problem is not None


# --- what only looks like a publication


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (workbooks.book({"Sheet1": {1: ("Name", "Value"), 2: ("Butane", 3)}}), "anything.xlsx"),
        (workbooks.hub(sheet="Emission Factors Hub") [:200] + b"x" * 50, HUB),
        (b"a;b;c\n1;2;3\n", "factors.csv"),
        (workbooks.flat(head=("ID", "Scope", "Level 1", "UOM", "Factor")), FLAT),
        (workbooks.flat(head=(*workbooks.FLAT_HEAD, "GHG Conversion Factor")), FLAT),
        (workbooks.aib(sheet="Production Mixes"), "AIB-2023.xlsx"),
        (workbooks.book({"SRL": workbooks.SRL}), EGRID),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "egrid2018.xls"),
    ],
)  # fmt: skip
def test_unknown_workbooks_are_refused_with_a_reason(data: bytes, name: str) -> None:
    with pytest.raises(UserError) as refusal:
        read(data, name)
    assert refusal.value.remedy is not None


def test_headings_may_stand_lower_but_not_be_renamed() -> None:
    assert len(read(workbooks.flat(at=11), FLAT)[1].rows) == len(read(workbooks.flat(), FLAT)[1].rows)
    srl = {**workbooks.SRL, 2: ("YEAR", "SUBRGN", "SRNAME", "SRNGENAN", "CO2", "SRCH4RTA", "SRN2ORTA", "SRC2ERTA")}
    with pytest.raises(UserError, match="SRCO2RTA"):
        read(workbooks.egrid(srl), EGRID)


def test_year_must_be_named_somewhere() -> None:
    with pytest.raises(UserError, match="year"):
        read(workbooks.aib(), "residual mix.xlsx")
    with pytest.raises(UserError, match="year"):
        read(workbooks.aib(), "residual-mix-2022-and-2023.xlsx")
    rows = {number: one for number, one in workbooks.hub_rows().items() if "Modified" not in str(one)}
    with pytest.raises(UserError, match="year"):
        read(workbooks.hub(rows), "hub.xlsx")
    assert read(workbooks.hub(rows), HUB)[1].set.year == 2024


def test_sheets_of_different_years_are_refused() -> None:
    mixed = {**workbooks.FULL_2025, "Fuels": dict(workbooks.FULL_2025["Fuels"])}
    mixed["Fuels"][5] = ("Scope:", "Scope 1", None, "Version:", "1", "Year:", "2024")
    with pytest.raises(UserError, match="year"):
        read(workbooks.full(mixed), FULL)


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        ("n.a.", "not a number"),
        (1e308, "too many digits"),
        (-3.5, "negative"),
        ("=SUM(1,2)", ""),  # a formula that nobody calculated has no value
        (True, "not a number"),
        ("1,234", ""),
        ("3033.38067", ""),
    ],
)
def test_numbers_that_are_none(number: object, reason: str) -> None:
    rows = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Butane"), "tonnes", (number,), "1")
    _, found = read(workbooks.flat(rows), FLAT)
    if reason:
        assert reason in str(found.rows[0].problem) and not found.rows[0].amounts
    elif number == "=SUM(1,2)":
        assert (found.rows, found.empty) == ((), 1)
    else:
        assert found.rows[0].amounts == {"CO2e": Decimal(str(number).replace(",", ""))}


def test_gases_that_do_not_add_up_are_refused() -> None:
    rows = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Butane"), "tonnes", (3033.38067, 2.52, 1.6, 0.1), "1")
    _, found = read(workbooks.flat(rows), FLAT)
    assert "make 4.22, but" in str(found.rows[0].problem)
    srl = {**workbooks.SRL, 3: (2023, "CAMX", "WECC California", 1, 428.464, 0.025, 3, 429.983)}
    assert "but CO₂e is 429.983" in str(row(read(workbooks.egrid(srl), EGRID)[1], "eGRID / US-CAMX").problem)


def test_row_of_another_year_than_its_sheet_is_refused() -> None:
    srl = {**workbooks.SRL, 3: (2022, *workbooks.SRL[3][1:])}
    assert "2022" in str(row(read(workbooks.egrid(srl), EGRID)[1], "eGRID / US-CAMX").problem)


def test_same_id_or_same_activity_twice_is_refused() -> None:
    one = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Butane"), "tonnes", workbooks.BUTANE, "1")
    other = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Propane"), "tonnes", (2997.63,), "1")
    again = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Butane"), "tonnes", (1.0,), "2")
    _, found = read(workbooks.flat((*one, *other)), FLAT)
    assert found.rows[0].problem is None
    assert "ID 1_1" in str(found.rows[1].problem)
    _, found = read(workbooks.flat((*one, *again)), FLAT)
    assert [str(row.problem) for row in found.rows] == [
        "CO2e is printed twice, with another number in Factors by Category!J11."
    ]


def test_gases_of_one_activity_may_stand_apart() -> None:
    one = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Butane"), "tonnes", workbooks.BUTANE, "1")
    other = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Propane"), "tonnes", (2997.63,), "2")
    _, found = read(workbooks.flat((one[0], *other, *one[1:])), FLAT)
    assert row(found, "Fuels / Gaseous fuels / Butane").place == "Factors by Category!J7, J9, J10, J11"
    assert set(row(found, "Fuels / Gaseous fuels / Butane").amounts) == {"CO2e", "CO2", "CH4", "N2O"}


def test_impossible_residual_mix_is_refused() -> None:
    rows = {**workbooks.AIB, 5: ("PL", 0, 0, 0, 788_240, 0)}
    assert "788,240 g/kWh" in str(row(read(workbooks.aib(rows), AIB)[1], "Residual Mixes / PL").problem)


def test_workbooks_of_too_many_sheets_and_columns_are_refused() -> None:
    with pytest.raises(UserError, match="sheets"):
        open_book(workbooks.book({f"S{number}": {1: (1,)} for number in range(90)}), "many.xlsx")
    wide = workbooks.book({"SRL23": {2: ("YEAR", *["x"] * 420)}})
    with pytest.raises(UserError, match="columns"):
        read(wide, EGRID)
