"""A small plant with sources, actions on them, and what hypothesis needs to invent others."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from core.actions import Ahead, Baseline, Emitted
from core.ledger import Action

ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


def d(*numbers: int | str) -> tuple[Decimal, ...]:
    """Several decimals."""
    return tuple(Decimal(one) for one in numbers)


_NUMBERS = {"energy", "tonnes", "capex", "opex", "saving", "discount"}


def action(key: str = "a", **changes: Any) -> Action:
    """100 MWh of electricity a year from 2025 on, for ten years; numbers may be written as int or str."""
    said = {
        "name": f"Action {key}", "area": "energy_efficiency", "part": "scope2_location", "start": date(2025, 1, 1),
        "life": 10, "owner": "Li Na", "status": "approved", "item": "electricity", "energy": "100000", **changes,
    }  # fmt: skip
    for name in _NUMBERS.intersection(said):
        said[name] = Decimal(said[name])
    return Action(key, **said)


def in_tonnes(key: str = "t", tonnes: int | str = 10, **changes: Any) -> Action:
    """An action on the boiler whose plan is tonnes."""
    return action(key, **{"part": "scope1", "item": "", "energy": 0, "tonnes": tonnes, "source": "Boiler", **changes})


def cell(part: str, source: str, item: str, tonnes: int | str, kwh: int | str | None = None, **changes: Any) -> Emitted:
    """A source; electricity has another market-based figure if it says so."""
    location = Decimal(tonnes)
    market = Decimal(changes.get("market", tonnes))
    electric = part == "scope2" and item == "electricity"
    return Emitted(part, source, item, location, market, None if kwh is None else Decimal(kwh), electric)


BASELINE = Baseline(
    2024,
    (
        cell("scope1", "Boiler", "natural_gas", 200, 1_000_000),
        cell("scope1", "Cars", "diesel", 50, 190_000),
        cell("scope1", "Cooling", "R-410A", 10),
        cell("scope2", "Hall", "electricity", 600, 1_000_000, market=400),
        cell("scope2", "Office", "electricity", 60, 100_000, market=40),
        cell("scope2", "Town", "heat", 90, 300_000),
        cell("scope3:1", "Steel", "steel", 900),
        cell("scope3:4", "Lorries", "truck", 120),
    ),
)
"""Electricity has 0.6 kg/kWh location-based, 0.4 kg/kWh market-based; gas 0.2 kg/kWh."""
NOW = Ahead(2024)
"""Grid and contracts stay."""

AMOUNTS = st.decimals(0, 10**6, places=3)
PARTS = st.sampled_from(["scope1", "scope2_location", "scope2_market", "scope3", "scope3:1", "scope3:4"])
PERCENTS = st.decimals(0, 100, places=2)


@st.composite
def actions(draw: st.DrawFn, key: str) -> Action:
    """Any action; some work on nothing, some on more than there is."""
    electric = draw(st.booleans())
    item = draw(st.sampled_from(["electricity", "natural_gas", "heat"])) if electric else ""
    return action(
        key,
        part=draw(PARTS),
        start=draw(st.dates(date(2019, 1, 1), date(2035, 12, 31))),
        life=draw(st.integers(1, 25)),
        source=draw(st.sampled_from(["", "Boiler", "Hall", "Steel", "Nowhere"])),
        item=item,
        energy=draw(AMOUNTS) if item else 0,
        tonnes=0 if item else draw(st.decimals(0, 500, places=3)),
        ramp=tuple((str(number), str(draw(PERCENTS))) for number in draw(st.sets(st.integers(1, 5), max_size=3))),
        status=draw(st.sampled_from(["idea", "planned", "approved", "running", "done"])),
        capex=draw(AMOUNTS), opex=draw(st.decimals(0, 1000, places=2)), saving=draw(st.decimals(0, 10**5, places=2)),
        currency="CNY", discount=draw(st.decimals(0, 20, places=1)),
    )  # fmt: skip


@st.composite
def plans(draw: st.DrawFn, most: int = 5) -> list[Action]:
    """Several actions, some of which exclude each other."""
    keys = [f"a{number}" for number in range(draw(st.integers(0, most)))]
    return [draw(actions(key)) for key in keys]


@st.composite
def aheads(draw: st.DrawFn) -> Ahead:
    """Any grid and any way of the renewable share."""
    years = draw(st.lists(st.integers(2024, 2040), unique=True, max_size=3))
    return Ahead(
        2024,
        draw(st.decimals(-5, 30, places=1)),
        tuple((year, draw(st.decimals(1, 100, places=1))) for year in years[1:]),
        tuple((year, draw(PERCENTS)) for year in years),
        draw(PERCENTS),
    )
