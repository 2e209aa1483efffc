"""What people write, and what they mean by it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.errors import UserError
from core.library import load_library

LIBRARY = load_library()


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("diesel", "diesel"), ("Diesel", "diesel"), ("柴油", "diesel"), ("0#柴油", "diesel"), ("０＃柴油", "diesel"),
        ("轻柴油", "diesel"), ("petrol", "gasoline"), ("92#汽油", "gasoline"), ("natural gas", "natural_gas"),
        ("天然气", "natural_gas"), ("管道天然气", "natural_gas"), ("电", "electricity"), ("外购电力", "electricity"),
        ("市电", "electricity"), ("Purchased electricity", "electricity"), ("网购电", "electricity"),
        ("热力", "heat"), ("蒸汽", "steam"), ("热水", "hot_water"),
        ("R410A", "R-410A"), ("r 410a", "R-410A"), ("R-407C", "R-407C"), ("r134a", "HFC-134a"),
        ("HFC134a", "HFC-134a"), ("R22", "HCFC-22"), ("R507", "R-507A"), ("六氟化硫", "SF6"),
        ("18% CO2 + 82% Ar", "ar82_co2_18"), ("发电量", "solar_generated"), ("自发自用", "solar_self_used"),
        ("上网电量", "solar_fed_in"), ("液化石油气", "lpg"), ("生物柴油", "biodiesel"),
    ],
)  # fmt: skip
def test_names(text: str, key: str) -> None:
    found = LIBRARY.recognise(text)
    assert found is not None
    assert found.key == key


def test_a_kind_decides_between_two_meanings() -> None:
    fuel, refrigerant = LIBRARY.recognise("propane", ("fuel",)), LIBRARY.recognise("R290", ("refrigerant",))
    assert fuel is not None and fuel.key == "propane"
    assert refrigerant is not None and refrigerant.key == "HC-290"
    assert LIBRARY.recognise("CO2", ("welding_gas",)) is LIBRARY.items["co2_100"]


@pytest.mark.parametrize("text", ["", "unobtainium", "R-999Z", "燃气"])
def test_unknown(text: str) -> None:
    assert LIBRARY.recognise(text) is None


@pytest.mark.parametrize(
    ("quantity", "source", "target", "result"),
    [
        ("1", "MWh", "GJ", "3.6"), ("1", "万千瓦时", "kWh", "10000"), ("3", "万m³", "m3", "30000"),
        ("2", "吨", "kg", "2000"), ("1", "lb", "kg", "0.45359237"), ("1", "度", "MJ", "3.6"),
        ("1", "吨标准煤", "GJ", "29.3076"), ("1", "百万大卡", "GJ", "4.1868"), ("1", "UK gallon", "l", "4.54609"),
    ],
)  # fmt: skip
def test_units_of_bills(quantity: str, source: str, target: str, result: str) -> None:
    assert LIBRARY.units.convert(Decimal(quantity), source, target) == Decimal(result)


def test_a_volume_is_no_mass() -> None:
    with pytest.raises(UserError, match="cannot be converted"):
        LIBRARY.units.convert(Decimal(1), "l", "kg")
    with pytest.raises(UserError, match="Unknown unit"):
        LIBRARY.units.convert(Decimal(1), "parsec", "kg")
