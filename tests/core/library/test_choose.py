"""How one factor is chosen among many."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import Name
from core.ledger import Plant
from core.library import SHIPPED, Factor, FactorSet, Library, Want, load_library, policy_named
from core.library.library import regions_of

LIBRARY = load_library()
MATCHING, LATEST = policy_named("ghg-protocol"), policy_named("gbt-32150-2025")
HEBEI = ("CN-HE", "CN", "World")


def chosen(want: Want, policy: str = "ghg-protocol") -> str:
    choice = LIBRARY.choose(want, policy_named(policy))
    assert choice is not None
    return choice.factor.key


def grid(year: int, *regions: str, use: str = "location") -> Want:
    return Want("electricity", (use,), year, regions, per="energy")


@pytest.mark.parametrize(
    ("year", "policy", "key", "other_year"),
    [
        (2023, "ghg-protocol", "cn_electricity_2023.electricity.location.CN-HE.2023.kWh", False),
        (2022, "ghg-protocol", "cn_electricity_2022.electricity.location.CN-HE.2022.kWh", False),
        (2025, "ghg-protocol", "cn_electricity_2023.electricity.location.CN-HE.2023.kWh", True),
        (2019, "ghg-protocol", "cn_electricity_2021.electricity.location.CN-HE.2021.kWh", True),
        (2022, "gbt-32150-2025", "cn_electricity_2023.electricity.location.CN.2023.kWh", True),
        (2025, "gbt-32150-2025", "cn_electricity_2023.electricity.location.CN.2023.kWh", True),
    ],
)
def test_policies(year: int, policy: str, key: str, other_year: bool) -> None:
    choice = LIBRARY.choose(grid(year, *HEBEI), policy_named(policy))
    assert choice is not None
    assert (choice.factor.key, choice.other_year) == (key, other_year)


def test_a_named_grid_is_smaller_than_a_province_and_a_province_than_the_country() -> None:
    plant = Plant(name="x", country="CN", region="CN-HE", grid="CN.north")
    assert regions_of(plant) == ("CN.north", "CN-HE", "CN", "World")
    assert chosen(grid(2023, *regions_of(plant))).endswith("CN.north.2023.kWh")
    assert chosen(grid(2023, *regions_of(replace(plant, grid="")))).endswith("CN-HE.2023.kWh")
    assert chosen(grid(2023, *regions_of(replace(plant, grid="", region="")))).endswith("location.CN.2023.kWh")


def test_residual_of_2021_is_weak_so_the_nearest_year_is_taken() -> None:
    assert chosen(grid(2021, *HEBEI, use="residual")).endswith("residual.CN.2022.kWh")


def test_poland_takes_its_own_publisher_where_it_has_the_year() -> None:
    assert chosen(grid(2023, "PL-18", "PL", "World")).startswith("pl_kobize_2023")
    assert chosen(grid(2024, "PL-18", "PL", "World")).startswith("eea_2025")
    assert chosen(grid(2023, "PL-18", "PL", "World", use="residual")).startswith("aib_residual_2023")


def test_no_country_borrows_anothers_grid() -> None:
    assert LIBRARY.choose(grid(2023, "KE", "World"), MATCHING) is None


def test_unit_and_gas_must_fit() -> None:
    volume = Want("natural_gas", ("stationary", "combustion"), 2025, ("GB", "World"), per="volume", gases=("CO2",))
    assert chosen(volume) == "uk_desnz_2025.natural_gas.combustion.GB.2025.m3"
    gross = replace(volume, per="energy_gross")
    assert chosen(gross) == "uk_desnz_2025.natural_gas.combustion.GB.2025.kWh_gross"
    assert LIBRARY.choose(replace(volume, regions=("PL", "World")), MATCHING) is None


FAMILY = FactorSet("s", Name("s", "s"), "p", "1", 2024, "2024-01-01", "free")
ROWS = st.builds(
    lambda key, region, year, use, status, rank, published: Factor(
        key=f"f{key}",
        set=replace(FAMILY, key=f"s{key}", rank=rank, published=f"{published}-01-01"),
        item="electricity",
        use=use,
        region=region,
        data_year=year,
        unit="kg/kWh",
        amounts={"CO2": Decimal(key)},
        status=status,
    ),
    st.integers(1, 10_000),
    st.sampled_from(("CN-HE", "CN", "World", "PL")),
    st.sampled_from((0, 2021, 2022, 2023, 2024)),
    st.sampled_from(("location", "residual")),
    st.sampled_from(("VERIFIED", "DERIVED", "SEEN_WEAK", "RECALLED")),
    st.integers(1, 3),
    st.integers(2021, 2026),
)
WANTS = st.builds(
    lambda year, uses, regions: Want("electricity", uses, year, regions, per="energy"),
    st.integers(2020, 2026),
    st.sampled_from((("location",), ("residual", "location"))),
    st.sampled_from((HEBEI, ("PL", "World"))),
)


def library(rows: list[Factor]) -> Library:
    return Library(LIBRARY.units, {}, {}, tuple(rows))


@given(rows=st.lists(ROWS, max_size=12, unique_by=lambda f: f.key), want=WANTS, data=st.data())
def test_other_alternatives_do_not_matter(rows: list[Factor], want: Want, data: st.DataObject) -> None:
    """Dropping and reordering factors that were not chosen never changes the choice: head office gets the same."""
    for policy in (MATCHING, LATEST):
        choice = library(rows).choose(want, policy)
        if choice is None:
            continue
        assert choice.factor.status in SHIPPED
        assert choice.factor.region in want.regions
        kept = [f for f in rows if f is choice.factor or data.draw(st.booleans())]
        assert library(data.draw(st.permutations(kept))).choose(want, policy) == choice


def row(key: int, rank: int, published: str) -> Factor:
    family = replace(FAMILY, key=f"s{key}", rank=rank, published=published)
    return Factor(f"f{key}", family, "electricity", "location", "CN", 2023, "kg/kWh", {"CO2": Decimal(key)})


def test_between_equals_the_rank_decides_or_the_day_of_publication() -> None:
    preferred, newer = row(1, 1, "2024-01-01"), row(2, 5, "2024-12-31")
    want = grid(2023, *HEBEI)
    for policy, best in ((MATCHING, preferred), (LATEST, newer)):
        choice = library([newer, preferred]).choose(want, policy)
        assert choice is not None
        assert choice.factor is best


@given(rows=st.lists(ROWS, max_size=12, unique_by=lambda f: f.key), want=WANTS)
def test_matching_year_takes_the_smallest_area_then_the_nearest_year(rows: list[Factor], want: Want) -> None:
    choice = library(rows).choose(want, MATCHING)
    fitting = [f for f in rows if f.status in SHIPPED and f.use in want.uses and f.region in want.regions]
    assert (choice is None) == (not fitting)
    if choice is None:
        return
    area = min(want.regions.index(f.region) for f in fitting)
    assert want.regions.index(choice.factor.region) == area
    use = min(want.uses.index(f.use) for f in fitting if want.regions.index(f.region) == area)
    rivals = [f for f in fitting if want.regions.index(f.region) == area and f.use == want.uses[use]]
    if any(f.data_year in (0, want.year) for f in rivals):
        assert not choice.other_year
    elif any(f.data_year < want.year for f in rivals):
        assert choice.factor.data_year == max(f.data_year for f in rivals if f.data_year < want.year)


@given(rows=st.lists(ROWS, max_size=12, unique_by=lambda f: f.key), want=WANTS)
def test_latest_published_never_takes_an_area_below_the_country(rows: list[Factor], want: Want) -> None:
    choice = library(rows).choose(want, LATEST)
    if choice is not None:
        assert choice.factor.region in want.regions[-2:]
