"""Packed lines say exactly what the inventory says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import UserError
from core.group.packed import KINDS, pack, tonnes, unpack
from core.inventory import Inventory, choices_of, compile_inventory
from core.ledger import Activity, Ledger, Plant
from core.library import GASES, load_library
from core.methods import SCOPES


def inventory(*amounts: Decimal) -> Inventory:
    plant = Plant("Hillside", "CN", "CN-HE")
    bills = [
        Activity(f"a{n}", "Boiler" if n % 2 else "Truck", "stationary_combustion" if n % 2 else "mobile_combustion",
                 "natural_gas" if n % 2 else "diesel", date(2024, 1, 20), date(2024, 3, 10), amount,
                 "m3" if n % 2 else "L")
        for n, amount in enumerate(amounts)
    ]  # fmt: skip
    return compile_inventory(Ledger.of([plant, *bills]), choices_of(None, 2024), load_library())


@settings(max_examples=20, deadline=None)
@given(st.lists(st.decimals(0, 10**7, places=3), min_size=1, max_size=5))
def test_columns_add_up_to_the_inventory_to_the_last_digit(amounts: list[Decimal]) -> None:
    made = inventory(*amounts)
    packed = unpack(pack(made))
    scope, gas = (packed.columns[name].astype(np.int64) for name in ("scope", "gas"))
    for place, name in enumerate(SCOPES):
        rows = (scope == place) & (gas < len(GASES))
        assert tonnes(int(packed.amounts[rows].sum())) == made.totals.scopes[name]
    for place, name in enumerate(GASES):
        own = (gas == place) & np.isin(scope, [SCOPES.index(s) for s in ("scope1", "scope2_location", "scope3")])
        assert tonnes(int(packed.amounts[own].sum())) == made.totals.gases[name]
    assert tonnes(int(packed.amounts[gas == KINDS.index("biogenic")].sum())) == made.totals.biogenic


def test_rows_name_month_source_item_and_record() -> None:
    packed = unpack(pack(inventory(Decimal(1000), Decimal(2000))))
    assert packed.first == (2024, 1)
    assert set(packed.sources) == {"Boiler", "Truck"}
    assert set(packed.items) == {"stationary_combustion/natural_gas", "mobile_combustion/diesel"}
    assert set(packed.records) == {"a0", "a1"}
    assert set(packed.columns["month"].tolist()) == {0, 1, 2}
    assert len(packed) == len(packed.columns["record"])


def test_names_of_records_are_read_whatever_stands_in_them() -> None:
    bad = ('r",""rows":1', '"records":["', "é\\", ',"rows":')
    plant = Plant("Hillside", "CN", "CN-HE")
    bills = [
        Activity(name, 'S "records":[' + name, "stationary_combustion", "natural_gas", date(2024, 1, 1),
                 date(2024, 1, 31), Decimal(1), "m3")
        for name in bad
    ]  # fmt: skip
    packed = unpack(pack(compile_inventory(Ledger.of([plant, *bills]), choices_of(None, 2024), load_library())))
    assert sorted(packed.records) == sorted(bad)
    assert (len(packed.records), packed.records[:1]) == (4, (packed.records[0],))
    assert packed.sources == tuple('S "records":[' + name for name in packed.records)


def test_what_no_plant_emits_is_refused() -> None:
    with pytest.raises(UserError, match="larger than anything"):
        pack(inventory(Decimal(10) ** 14))


def test_nothing_packs_to_nothing() -> None:
    made = inventory()
    assert len(unpack(pack(replace(made)))) == 0
