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
from core.group.packed import COLUMNS, HEAD, KINDS, SUM, front_of, pack, tonnes, unpack, written
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


ROWS = [
    (scope, category, gas, month, source, 0, record, amount)
    for scope, category, gas, month, source, record, amount in (
        (0, 0, 0, 0, 0, 0, 5), (0, 0, 0, 0, 1, 1, 7), (0, 0, 0, 0, 1, 0, -2), (3, 4, 1, 11, 1, 0, 9),
    )
]  # fmt: skip
NAMES = (("Boiler", "Truck"), ("method/item",), ("a1", "a2"))


def test_sums_stand_in_front_and_the_rest_is_read_only_when_asked_for() -> None:
    data = written((2024, 2), NAMES, ROWS[::-1])
    asked = []

    def whole() -> bytes:
        asked.append(1)
        return data

    packed = unpack(data[: front_of(data[: HEAD.size])], whole)
    sums = np.frombuffer(packed.sums, SUM).tolist()
    assert sums == [(0, 0, 0, 0, 10), (3, 4, 1, 11, 9)]
    assert (packed.first, packed.sources, len(packed)) == ((2024, 2), NAMES[0], 4)
    assert not asked
    assert (packed.items, packed.records) == NAMES[1:]
    columns = packed.columns
    assert list(zip(*(columns[name].tolist() for name, _ in COLUMNS), strict=True)) == sorted(ROWS)
    assert asked


def test_sums_that_64_bits_do_not_hold_stay_apart_by_source_or_are_refused() -> None:
    whole = [(0, 0, 0, 0, source, 0, 0, 2**62) for source in range(3)]
    packed = unpack(written((2024, 1), (("a", "b", "c"), ("m/i",), ("r",)), whole))
    assert np.frombuffer(packed.sums, SUM)["amount"].tolist() == [2**62] * 3
    with pytest.raises(UserError, match="more than anything"):
        written((2024, 1), (("a",), ("m/i",), ("r",)), [(0, 0, 0, 0, 0, 0, 0, 2**62)] * 3)


@pytest.mark.parametrize("cut", [3, HEAD.size - 1, HEAD.size, -1])
def test_bytes_that_are_cut_short_are_no_lines(cut: int) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        unpack(written((2024, 1), NAMES, ROWS)[:cut])


def test_another_form_is_refused() -> None:
    data = written((2024, 1), NAMES, ROWS)
    earlier = b'{"first":[2024,1],"form":1}'
    for other in (data[:4] + b"\x03" + data[5:], len(earlier).to_bytes(4, "little") + earlier + b" " * 40):
        with pytest.raises(UserError, match="cannot be read"):
            unpack(other)
