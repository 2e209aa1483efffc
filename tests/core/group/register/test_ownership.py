"""Who holds what: a published group, laws of shares, and what is refused."""

from __future__ import annotations

import calendar
import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.group.register.ownership import (
    APPROACHES,
    EQUITY,
    FINANCIAL,
    OPERATIONAL,
    Ownership,
    share,
    shares_by_month,
    site_of,
    works,
)
from core.ledger import Company, Register, Site, Stake
from core.library import EXACT
from core.store import ACCEPTED, Filed

DAY = date(2024, 6, 30)
COMPANIES = [Company(key, key.title(), "NL") for key in ("america", "a", "b", "c")]


def stake(number: int, holder: str, held: str, percent: object = 100, **more: object) -> Stake:
    start, end = str(more.pop("start", "")), str(more.pop("end", ""))
    return Stake(f"k{number}", holder, held, start, end, Decimal(str(percent)), **more)  # type: ignore[arg-type]


def register(*stakes: Stake, sites: tuple[str, ...] = ("s",)) -> Register:
    return Register.of([*COMPANIES, *(Site(key, key.upper(), "NL") for key in sites), *stakes])


# GHG Protocol Corporate Standard, chapter 3, the case of Holland Industries: interests of the parent and of Holland
# America (83 %), with equity share, share under operational control and share under financial control in per cent.
HOLLAND = {
    "switzerland": (("group", 100, True, "full"), "100", "100", "100"),
    "bgb": (("america", 50, False, "joint"), "41.5", "0", "50"),
    "irw": (("america", 75, True, "full"), "62.25", "100", "100"),
    "kahuna": (("group", "33.3", True, "joint"), "33.3", "100", "33.3"),
    "quickfix": (("group", 43, True, "full"), "43", "100", "100"),
    "nallo": (("group", 56, False, "none"), "56", "0", "0"),
    "syntal": (("group", 1, False, "none"), "1", "0", "0"),
}


@pytest.mark.parametrize("site", HOLLAND)
def test_holland_industries(site: str) -> None:
    (holder, percent, operational, financial), *expected = HOLLAND[site]
    held = register(
        stake(0, "group", "america", 83),
        stake(1, holder, site, percent, operational=operational, financial=financial),
        sites=tuple(HOLLAND),
    )
    found = [share(held, site, DAY, approach) * 100 for approach in (EQUITY, OPERATIONAL, FINANCIAL)]
    assert found == [Decimal(value) for value in expected]


def test_a_plant_without_any_stake_belongs_wholly_and_one_with_stakes_only_on_their_days() -> None:
    held = register(stake(1, "group", "t", start="2024-03-01", end="2024-08-31"), sites=("s", "t"))
    for approach in APPROACHES:
        assert share(held, "s", DAY, approach) == 1
        assert [share(held, "t", date(2024, 2, 29) + timedelta(days=n), approach) for n in (0, 1)] == [0, 1]
        assert [share(held, "t", date(2024, 8, 31) + timedelta(days=n), approach) for n in (0, 1)] == [1, 0]


def test_what_a_company_outside_the_group_holds_is_outside() -> None:
    held = register(stake(1, "a", "s", 60), stake(2, "group", "s", 40, operational=False, financial="none"))
    assert [share(held, "s", DAY, a) for a in (EQUITY, OPERATIONAL, FINANCIAL)] == [Decimal("0.4"), 0, 0]


percents = st.lists(st.integers(1, 40), min_size=1, max_size=3)


@given(percents, percents)
def test_equity_is_the_sum_over_paths_of_the_products(above: list[int], below: list[int]) -> None:
    """Companies a, b, c are held by the group and hold the plant; each path is one product."""
    up = [scaled(part, above) for part in above]
    down = [scaled(part, below) for part in below]
    pairs = list(zip(COMPANIES[1:], up, down, strict=False))
    stakes = [stake(n, "group", c.id, u) for n, (c, u, _) in enumerate(pairs)]
    stakes += [stake(10 + n, c.id, "s", d) for n, (c, _, d) in enumerate(pairs)]
    direct = sum((u * d for _, u, d in pairs), Decimal(0)) / 10_000
    assert share(register(*stakes), "s", DAY, EQUITY) == direct
    assert 0 <= direct <= 1


def scaled(part: int, parts: list[int]) -> Decimal:
    return Decimal(part) if sum(parts) <= 100 else Decimal(part) / 2


@given(st.integers(1, 99), st.sampled_from(APPROACHES), st.sampled_from(["full", "joint", "none"]), st.booleans())
def test_splitting_a_company_changes_nothing(part: int, approach: str, financial: str, operational: bool) -> None:
    """What one company held, two companies that are wholly the group's hold in two pieces."""
    control = {"financial": financial, "operational": operational}
    whole = register(stake(0, "group", "a"), stake(1, "a", "s", 80, **control))
    first = Decimal(80 * part) / 100
    split = register(
        stake(0, "group", "a"), stake(1, "group", "b"),
        stake(2, "a", "s", first, **control), stake(3, "b", "s", 80 - first, **control),
    )  # fmt: skip
    assert share(split, "s", DAY, approach) == share(whole, "s", DAY, approach)


@given(st.randoms(use_true_random=False), st.sampled_from(APPROACHES))
def test_the_order_of_records_does_not_matter(chance: random.Random, approach: str) -> None:
    stakes = [
        stake(1, "group", "a", 70), stake(2, "group", "b", "33.333"), stake(3, "a", "b", "41.7", financial="joint"),
        stake(4, "b", "s", 60, start="2024-04-11"), stake(5, "a", "s", "17.1", end="2024-09-03", operational=False),
    ]  # fmt: skip
    mixed = list(stakes)
    chance.shuffle(mixed)
    assert shares_by_month(register(*mixed), "s", 2024, approach) == shares_by_month(
        register(*stakes), "s", 2024, approach
    )


def test_all_holders_together_hold_the_whole() -> None:
    """Whoever of the holders is the group, the shares of a plant add up to what is held of it."""
    holders = {"a": 50, "b": 30, "c": 20}
    seen = Decimal(0)
    for ours in holders:
        stakes = [stake(n, key, "s", part) for n, (key, part) in enumerate(holders.items())]
        seen += share(register(stake(9, "group", ours), *stakes), "s", DAY, EQUITY)
    assert seen == 1


@given(st.dates(date(2023, 12, 1), date(2025, 2, 1)), st.integers(0, 400), st.sampled_from([2024, 2025]))
def test_a_month_is_the_mean_of_its_days(start: date, days: int, year: int) -> None:
    held = register(stake(1, "group", "s", 60, start=start.isoformat(), end=str(start + timedelta(days=days))))
    owned, months = Ownership.of(held), shares_by_month(held, "s", year, EQUITY)
    for number, part in enumerate(months, 1):
        length = calendar.monthrange(year, number)[1]
        each = [owned.share("s", date(year, number, day), EQUITY) for day in range(1, length + 1)]
        assert part == EXACT.divide(sum(each, Decimal(0)), Decimal(length))


def test_a_circle_is_refused_with_its_names() -> None:
    held = register(stake(1, "a", "b", 50), stake(2, "b", "a", 50), stake(3, "b", "s"), stake(4, "group", "a", 50))
    with pytest.raises(UserError, match="circle: B ← A ← B"):
        share(held, "s", DAY, EQUITY)


def test_a_circle_that_ended_before_is_none() -> None:
    held = register(stake(1, "a", "b", 50, end="2023-12-31"), stake(2, "b", "a", 50, start="2024-01-01"),
                    stake(3, "group", "b", 50), stake(4, "a", "s"))  # fmt: skip
    assert share(held, "s", DAY, EQUITY) == Decimal("0.25")


@pytest.mark.parametrize("percent", ["60", "-1", "101"])
def test_more_than_everything_cannot_be_held(percent: str) -> None:
    held = register(stake(1, "group", "s", 50), stake(2, "a", "s", percent))
    for approach in APPROACHES:
        with pytest.raises(UserError, match="are held"):
            share(held, "s", DAY, approach)


def test_an_unknown_approach_is_named() -> None:
    with pytest.raises(UserError, match="no way to consolidate"):
        share(register(), "s", DAY, "by heart")


def test_reports_find_their_plant_by_its_names_and_country() -> None:
    site = Site("s", "Werk Kraków", "PL", reported_as=("Old Works",))
    other = Site("a", "Plant", "PL", reported_as=("WERK KRAKÓW",))
    held = Register.of([other, site])
    filed = Filed("0", "r.pdf", "", ACCEPTED, plant=" werk  krako\u0301w ", country="pl")
    assert site_of(held, filed) == site, "its own name comes before an earlier one of another"
    assert site_of(held, replace(filed, plant="old works")) == site
    assert site_of(held, replace(filed, country="DE")) is None
    assert site_of(held, replace(filed, plant="Werk")) is None
    assert Ownership.of(held).site_of(filed) == site


def test_when_a_plant_works() -> None:
    site = Site("s", "S", "NL", opened="2024-05-01", closed="2025-03-31")
    years = [works(site, date(year, 1, 1), date(year, 12, 31)) for year in (2023, 2024, 2025, 2026)]
    assert years == [False, True, True, False]
    assert works(Site("s", "S", "NL"), DAY, DAY)
