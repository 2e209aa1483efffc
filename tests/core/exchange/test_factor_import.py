"""From a publisher's workbook to one undoable change and back into the library."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.exchange.factor_import import (
    FactorPreview,
    dropping,
    importing,
    preview_factors,
    taking,
    with_files,
)
from core.inventory import choices_of, compile_inventory
from core.ledger import Activity, FactorFile, Ledger, Plant, Step
from core.library import load_library
from core.library.write import to_csv
from core.store import PlantFile
from tests.core.exchange.publishers import workbooks

WHEN = datetime(2026, 3, 5, 10, tzinfo=UTC)
LIBRARY = load_library()
EMPTY = Ledger.of([Plant("Works", "GB")])
FLAT = "ghg-conversion-factors-2025-flat-format.xlsx"


def seen(data: bytes | None = None, name: str = FLAT, ledger: Ledger = EMPTY, **mapping: str) -> FactorPreview:
    words = {key.replace("_", " "): value for key, value in mapping.items()}
    return preview_factors(workbooks.flat() if data is None else data, LIBRARY, ledger, name=name, mapping=words)


def test_preview_maps_words_to_items_and_says_what_is_known() -> None:
    found = seen()
    keys = {row.factor.key for row in found.rows}
    assert "uk_desnz_2025_flat.butane.combustion.GB.2025.t" in keys
    assert "uk_desnz_2025_flat.aggregates.landfill.GB.2025.t" in keys
    assert "uk_desnz_2025_flat.butane.wtt.GB.2025.t" in keys
    assert all(row.known is not None and not row.differs for row in found.rows)
    assert [one.name for one in found.unmapped] == ["Freighting goods / Vans / Class IX / Diesel"]
    assert [one.name for one in found.skipped] == ["Refrigerant & other / Kyoto protocol - standard / HFC-32"]
    assert "5 factors" in str(found.summary)


@pytest.mark.parametrize(
    ("data", "name"),
    [(workbooks.full(), "full-set.xlsx"), (workbooks.flat(), FLAT), (workbooks.hub(), "hub-2024.xlsx")],
)
def test_published_figures_are_those_of_the_library(data: bytes, name: str) -> None:
    found = seen(data, name)
    assert len(found.rows) > 4
    apart = [row.factor.key for row in found.rows if row.known is None or row.differs]
    assert not apart


def test_other_number_than_the_library_holds_is_pointed_out() -> None:
    rows = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Butane"), "tonnes", (3033.0, 3029.26, 2.52, 1.22), "1")
    assert [row.differs for row in seen(workbooks.flat(rows)).rows] == [False]  # rounding
    truck = ("Freighting goods", "Vans", "Average (up to 3.5 tonnes)", "", "Unknown")
    assert [row.differs for row in seen(workbooks.flat(workbooks.flat_rows(truck, "km", (0.25434,), "1"))).rows] == [
        False
    ]
    assert [row.differs for row in seen(workbooks.flat(workbooks.flat_rows(truck, "km", (0.2549,), "1"))).rows] == [
        True
    ]
    rows = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Butane"), "tonnes", (3133.0,), "1")
    assert [row.differs for row in seen(workbooks.flat(rows)).rows] == [True]


def test_residual_mix_in_grams_is_compared_with_the_library_in_kilograms() -> None:
    name = "AIB-2023-residual-mix-results.xlsx"
    rows = {row.factor.region: row for row in seen(workbooks.aib(), name).rows}
    assert rows["PL"].known is not None and not rows["PL"].differs


def test_person_maps_words_or_leaves_them_out() -> None:
    name = "Freighting goods / Vans / Class IX / Diesel"
    mapped = preview_factors(workbooks.flat(), LIBRARY, EMPTY, name=FLAT, mapping={name: "van/freight"})
    assert not mapped.unmapped
    row = next(row for row in mapped.rows if row.name == name)
    assert (row.factor.item, row.factor.use, row.factor.unit) == ("van", "freight", "kg/tkm")
    without_use = preview_factors(workbooks.flat(), LIBRARY, EMPTY, name=FLAT, mapping={name: "van"})
    assert "used for" in str(without_use.unmapped[0].reason)
    left = preview_factors(workbooks.flat(), LIBRARY, EMPTY, name=FLAT, mapping={name: "-"})
    assert not left.unmapped and len(left.skipped) == 2
    with pytest.raises(UserError, match="Unknown item"):
        preview_factors(workbooks.flat(), LIBRARY, EMPTY, name=FLAT, mapping={name: "flying carpet"})


def test_use_of_a_whole_table_holds_when_the_person_names_the_item_alone() -> None:
    rows = workbooks.flat_rows(("Fuels", "Liquid fuels", "Dragon oil"), "litres", (2.7,), "1")
    found = preview_factors(
        workbooks.flat(rows), LIBRARY, EMPTY, name=FLAT, mapping={"Fuels / Liquid fuels / Dragon oil": "fuel_oil"}
    )
    assert [(row.factor.item, row.factor.use) for row in found.rows] == [("fuel_oil", "combustion")]


def test_two_rows_for_the_same_question_are_not_both_taken() -> None:
    rows = [
        *workbooks.flat_rows(("Fuels", "Liquid fuels", "Dragon oil"), "litres", (2.7,), "1"),
        *workbooks.flat_rows(("Fuels", "Liquid fuels", "Fuel oil"), "litres", (3.1,), "2"),
    ]
    found = preview_factors(
        workbooks.flat(rows), LIBRARY, EMPTY, name=FLAT, mapping={"Fuels / Liquid fuels / Dragon oil": "fuel_oil"}
    )
    assert len(found.rows) == 1
    assert "J7 is mapped to the same" in str(found.refused[0].reason)


def test_unknown_unit_is_named() -> None:
    rows = workbooks.flat_rows(("Fuels", "Gaseous fuels", "Butane"), "hogsheads", (2.7,), "1")
    assert "hogsheads" in str(seen(workbooks.flat(rows)).unmapped[0].reason)


def test_import_is_one_undoable_change_and_its_blob(tmp_path: Path) -> None:
    path = tmp_path / "works.plant"
    PlantFile.create(path, Plant("Works", "GB"), "Li Na", WHEN)
    with PlantFile.open(path) as plant:
        done = importing(seen(), plant.ledger, LIBRARY, "Li Na", WHEN)
        plant.append(done.change, done.data)
        (held,) = plant.ledger.factor_files
        assert (held.id, held.origin, held.publisher) == (
            "uk_desnz_2025_flat", "publisher", "UK Department for Energy Security and Net Zero (DESNZ)"
        )  # fmt: skip
        library = with_files(LIBRARY, [(held, plant.blob(held.sha256))])
        factor = library.factor("uk_desnz_2025_flat.butane.combustion.GB.2025.t")
        assert factor is not None and factor.amounts["CO2e"] == Decimal("3033.38067")
        assert factor.place == "Factors by Category!J7:J10" and factor.status == "USER"
        plant.undo("Li Na", WHEN)
        assert not plant.ledger.factor_files
        plant.redo("Li Na", WHEN)
        plant.append(dropping(plant.ledger, held.id, "Li Na", WHEN))
        assert not plant.ledger.factor_files


def test_selection_takes_what_was_chosen() -> None:
    key = "uk_desnz_2025_flat.butane.wtt.GB.2025.t"
    done = importing(seen(), EMPTY, LIBRARY, "Li Na", WHEN, chosen={key})
    library = with_files(LIBRARY, [(done.file, done.data[0])])
    assert [f.key for f in library.factors if f.set.key == "uk_desnz_2025_flat"] == [key]
    with pytest.raises(UserError, match="no factor"):
        importing(seen(), EMPTY, LIBRARY, "Li Na", WHEN, chosen=set())


def test_known_set_is_refused() -> None:
    done = importing(seen(), EMPTY, LIBRARY, "Li Na", WHEN)
    ledger = EMPTY.apply(done.change.steps)
    assert seen(ledger=ledger).already == done.file
    with pytest.raises(UserError, match="known already"):
        importing(seen(ledger=ledger), ledger, LIBRARY, "Li Na", WHEN)
    shipped = LIBRARY.about("butane", "combustion")[0].set
    rows = [f for f in LIBRARY.factors if f.set == shipped]
    with pytest.raises(UserError, match="known already"):
        taking(to_csv(shipped, rows), shipped.key, EMPTY, LIBRARY, "Li Na", WHEN, name="x", origin="signed")


def test_set_with_items_or_units_of_a_newer_program_is_refused() -> None:
    row = seen().rows[0].factor
    for wrong in (replace(row, item="unobtainium"), replace(row, unit="kg/furlong")):
        with pytest.raises(UserError):
            taking(to_csv(row.set, [wrong]), row.set.key, EMPTY, LIBRARY, "Li Na", WHEN, name="x", origin="signed")


def test_dropping_what_is_not_there() -> None:
    with pytest.raises(UserError, match="no factor set"):
        dropping(EMPTY, "nothing", "Li Na", WHEN)


def test_broken_blob_is_the_person_s_to_know() -> None:
    file = FactorFile("broken", "x", "0" * 64, 3, "p", "e", "publisher")
    with pytest.raises(UserError):
        with_files(LIBRARY, [(file, b"a,b\n1,2\n")])
    with pytest.raises(UserError):
        with_files(LIBRARY, [(file, b"\xff\xfe")])
    with pytest.raises(UserError):
        with_files(LIBRARY, [(replace(file, id="../etc"), b"")])
    good = to_csv(seen().set, [row.factor for row in seen().rows])
    for broken in (good.replace("2025,kg/t", "MMXXV,kg/t", 1), good.replace("item,", "thing,", 1), good + '"', "# x\n"):
        with pytest.raises(UserError):
            with_files(LIBRARY, [(file, broken.encode())])


def test_number_that_no_calculation_could_hold_is_refused() -> None:
    good = to_csv(seen().set, [row.factor for row in seen().rows])
    huge = good.replace("3033.38067", "1E+999", 1)
    assert huge != good
    with pytest.raises(UserError, match="digits"):
        taking(huge, "uk_desnz_2025_flat", EMPTY, LIBRARY, "Li Na", WHEN, name="x", origin="signed")


def test_imported_factor_is_used_for_its_year() -> None:
    """A new edition needs no new program: the residual mix of a year the library does not hold."""
    done = importing(seen(workbooks.aib(), "AIB-2031-residual-mix-results.xlsx"), EMPTY, LIBRARY, "Li Na", WHEN)
    library = with_files(LIBRARY, [(done.file, done.data[0])])
    meter = Activity(
        "a1",
        "Meter",
        "purchased_electricity",
        "electricity",
        date(2031, 1, 1),
        date(2031, 12, 31),
        Decimal(1000),
        "kWh",
    )
    ledger = Ledger.of([Plant("Krosno", "PL")]).apply([Step("activity", "a1", None, meter)])
    inventory = compile_inventory(ledger, choices_of(None, 2031), library)
    market = next(line for line in inventory.lines if line.scope == "scope2_market")
    assert market.tco2e == Decimal("0.78824")
