"""Small plants with targets for tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from core.ledger import (
    BasePolicy,
    Closing,
    Commitment,
    Credit,
    EarlierYear,
    Evidence,
    Ledger,
    Plant,
    Recalculation,
    Record,
    Target,
)
from core.targets.parts import PARTS
from core.targets.series import Series, SeriesYear, actuals

PLANT = Plant("Zhangjiakou Doors", "CN", "CN-HE", organisation="Doors Works Ltd")
PLAN = Evidence("plan", "plan.pdf", "other", "0" * 64, 10)
POLICY = BasePolicy(2020)
TONNES = st.decimals(0, 10**6, places=3, allow_nan=False, allow_infinity=False)


def target(key: str = "t1", **changes: Any) -> Target:
    """42 % less of scopes 1 and 2 from 2020 to 2030, promised in 2023."""
    shape = Target(
        key, f"Target {key}", "near_term", ("scope1", "scope2_market"), 2020, 2030, Decimal(42), "sbti_nz_1_3",
        "", "committed", "2023-05-01", ("plan",),
    )  # fmt: skip
    return replace(shape, **changes)


def closing(year: int, **figures: int | str) -> Closing:
    """A closed year; ``category_4=…`` is category 4. What is not named has no figure."""
    named = tuple((key.replace("_", ":") if key.startswith("category") else key, str(v)) for key, v in figures.items())
    return Closing(str(year), "0" * 64, 1, 1, date(year + 1, 2, 1), "year is complete", figures=named)


def scopes(one: int | str, two: int | str, three: int | str = 0, market: int | str | None = None) -> dict[str, Any]:
    """Figures of the four scopes, for ``closing(2023, **scopes(…))``."""
    return {
        "scope1": one,
        "scope2_location": two,
        "scope2_market": two if market is None else market,
        "scope3": three,
    }


def earlier(year: int, part: str, tonnes: int | str, key: str = "", source: str = "Report 2020, p. 4") -> EarlierYear:
    return EarlierYear(key or f"y{year}{part}", year, part, Decimal(tonnes), source)


def trigger(key: str, effects: Mapping[str, int | str], decision: str = "open", **changes: Any) -> Recalculation:
    """Something that changes the base year, e.g. ``trigger("r1", {"2020 scope1": 5})``."""
    told = tuple((place, str(tonnes)) for place, tonnes in effects.items())
    made = Recalculation(key, date(2024, 7, 1), "structure", f"Trigger {key}", told, decision)
    if decision != "open":
        made = replace(made, decided_by="Li Na", reason="as the policy says")
    return replace(made, **changes)


def credit(key: str = "c1", first: int = 1, count: int = 100, **changes: Any) -> Credit:
    """A hundred tonnes that may compensate 2027."""
    made = Credit(
        key, "VCS", "1234 Wind", "removal_nature", "CN", 2026, f"VCS-{first:06d}–VCS-{first + count - 1:06d}",
        Decimal(count), retired="2028-02-01", beneficiary="Zhangjiakou Doors", year=2027,
        quality=("additional", "permanent", "no_leakage", "not_double_counted", "verified"), evidence=("plan",),
    )  # fmt: skip
    return replace(made, **changes)


def commitment(**changes: Any) -> Commitment:
    """Operations that are said to be neutral from 2027."""
    made = Commitment(
        "n1", "Operations", ("scope1", "scope2_market"), 2027, "claimed", "2023-05-01", ("plan",),
        "Carbon neutral operations 2027 by ISO 14068-1", ("plan",),
    )  # fmt: skip
    return replace(made, **changes)


def ledger(*records: Record) -> Ledger:
    return Ledger.of([PLANT, PLAN, *records])


def series(*records: Record) -> Series:
    return actuals(ledger(*records))


def known(years: Mapping[int, Mapping[str, int]], recalculated: bool = False) -> Series:
    """A series without records behind it."""
    found = []
    for year, tonnes in sorted(years.items()):
        exact = {part: Decimal(tonnes[part]) for part in PARTS if part in tonnes}
        found.append(SeriesYear(year, "closed", exact, exact))
    return Series(tuple(found), recalculated)


def rules(judged: Iterable[Any], level: str = "") -> list[str]:
    """Keys of what was said, sorted."""
    return sorted(one.rule for one in judged if not level or one.level == level)


def each(*values: object) -> list[object]:
    """Several values to be compared at once."""
    return list(values)
