"""Years from closings, open inventories and reports; original and recalculated."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from core.inventory import Choices, compile_inventory
from core.inventory.closing import figures_of
from core.ledger import Engagement, Ledger, Record
from core.library import load_library
from core.targets.parts import PARTS
from core.targets.series import actuals, effects_of
from tests.core.samples import YEAR, activity
from tests.core.targets.plans import PLANT, closing, each, earlier, ledger, rules, scopes, series, trigger

SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")
EFFECTS = st.dictionaries(
    st.sampled_from([f"{year} {part}" for year in (2020, 2021) for part in SCOPES]), st.integers(-50, 50), max_size=4
)


def test_a_closed_year_is_read_from_its_figures() -> None:
    found = series(closing(2021, **scopes(10, 20, 30, 5), category_4=30))
    year = found.year(2021)
    assert year is not None and year.origin == "closed"
    assert {part: int(year.original[part]) for part in SCOPES} == {
        "scope1": 10, "scope2_location": 20, "scope2_market": 5, "scope3": 30,
    }  # fmt: skip
    assert each(year.original["scope3:4"], year.original["scope3:1"]) == [30, 0]
    assert found.tonnes(("scope1", "scope2_market"), 2021) == 15
    assert found.tonnes(("scope3", "scope3:4"), 2021) == 30


def test_a_closed_year_says_what_its_inventory_said() -> None:
    bill = activity()
    inventory = compile_inventory(Ledger.of([PLANT, bill]), Choices(YEAR), load_library())
    shut = closing(2023)
    figures = figures_of(inventory.totals, inventory.lines)
    kept = actuals(ledger(type(shut)("2023", "0" * 64, 1, 1, shut.closed, "x", figures=figures)))
    now = actuals(ledger(bill), [inventory])
    assert kept.years[0].original == now.years[0].original
    assert (kept.years[0].origin, now.years[0].origin) == ("closed", "open")
    assert now.tonnes(("scope2_location",), 2023) == inventory.totals.scopes["scope2_location"] > 0


def test_the_closing_holds_against_an_inventory_of_today() -> None:
    inventory = compile_inventory(Ledger.of([PLANT, activity()]), Choices(YEAR), load_library())
    found = actuals(ledger(closing(2023, **scopes(1, 2))), [inventory])
    assert each(found.years[0].origin, found.tonnes(("scope2_location",), 2023)) == ["closed", 2]


def test_a_year_that_an_audit_opened_again_is_not_closed() -> None:
    shut, opened = closing(2021, **scopes(1, 2)), Engagement("2021", "Group", "Plant", "as agreed", "all")
    assert series(shut, opened).years == ()
    assert len(series(shut, replace(opened, state="concluded")).years) == 1


def test_an_earlier_year_comes_from_its_report() -> None:
    found = series(earlier(2019, "scope1", 12), earlier(2019, "scope2_location", 8))
    assert found.years[0].origin == "earlier" and found.years[0].sources == ("Report 2020, p. 4",)
    assert found.tonnes(("scope1", "scope2_location"), 2019) == 20
    assert found.tonnes(("scope1", "scope3"), 2019) is None
    assert found.of(("scope1",)) == {2019: 12}
    assert found.tonnes((), 2019) is None and found.parts(1999) == {}


def test_a_report_of_a_year_in_the_file_is_not_used_and_said() -> None:
    found = series(closing(2021, **scopes(10, 20)), earlier(2021, "scope1", 99))
    assert found.tonnes(("scope1",), 2021) == 10
    assert rules(found.judged) == ["series_year_in_file"]
    assert not series(closing(2021, **scopes(10, 20)), earlier(2020, "scope1", 99)).judged


def test_of_two_numbers_of_one_year_none_is_taken() -> None:
    found = series(earlier(2019, "scope1", 12, "a"), earlier(2019, "scope1", 13, "b"), earlier(2019, "scope3", 4))
    assert found.tonnes(("scope1",), 2019) is None and found.tonnes(("scope3",), 2019) == 4
    assert rules(found.judged) == ["series_contradiction"]
    same = series(earlier(2019, "scope1", 12, "a"), earlier(2019, "scope1", 12, "b"))
    assert same.tonnes(("scope1",), 2019) == 12 and not same.judged


def test_all_categories_make_scope_3_and_some_do_not() -> None:
    every = [earlier(2019, part, 2) for part in PARTS if part.startswith("scope3:")]
    assert series(*every).tonnes(("scope3",), 2019) == 30
    assert series(*every[1:]).tonnes(("scope3",), 2019) is None


def test_categories_above_scope_3_are_said() -> None:
    found = series(earlier(2019, "scope3", 10), earlier(2019, "scope3:4", 11))
    assert rules(found.judged) == ["series_categories_above_scope3"]
    assert not series(earlier(2019, "scope3", 11), earlier(2019, "scope3:4", 11)).judged


def test_only_what_was_decided_is_recalculated() -> None:
    year = closing(2020, **scopes(100, 50))
    waiting = series(year, trigger("r1", {"2020 scope1": 7}))
    assert not waiting.recalculated and waiting.tonnes(("scope1",), 2020) == 100
    left = series(year, trigger("r1", {"2020 scope1": 7}, "none"))
    assert not left.recalculated and left.tonnes(("scope1",), 2020) == 100
    done = series(year, trigger("r1", {"2020 scope1": 7}, "recalculate"))
    assert done.recalculated and done.tonnes(("scope1",), 2020) == 107
    assert done.tonnes(("scope1",), 2020, original=True) == 100


def test_growth_of_the_plant_itself_changes_no_year() -> None:
    found = series(
        closing(2020, **scopes(100, 50)), trigger("r1", {"2020 scope1": 7}, "recalculate", trigger="organic")
    )
    assert not found.recalculated and found.tonnes(("scope1",), 2020) == 100


def test_an_effect_on_a_category_is_one_on_scope_3() -> None:
    assert effects_of(trigger("r", {"2020 scope3:4": 5, "2020 scope3:1": 2}))[2020, "scope3"] == 7
    assert effects_of(trigger("r", {"2020 scope3:4": 5, "2020 scope3": 6}))[2020, "scope3"] == 6
    assert effects_of(trigger("r", {"2020 scope9": 5, "x scope1": 5, "2020 scope1": "many"})) == {}


def test_an_effect_on_an_unknown_year_is_said() -> None:
    bought = trigger("r1", {"2018 scope1": 5}, "recalculate")
    assert rules(series(closing(2020, **scopes(1, 1)), bought).judged) == ["series_effect_without_year"]
    assert not series(earlier(2018, "scope1", 5), bought).judged


@given(st.lists(st.tuples(EFFECTS, st.sampled_from(["open", "recalculate", "none"])), max_size=5))
def test_recalculated_minus_original_is_the_sum_of_effects(told: list[tuple[dict[str, int], str]]) -> None:
    triggers = [trigger(f"r{n}", effects, decision) for n, (effects, decision) in enumerate(told)]
    found = series(closing(2020, **scopes(1000, 500, 200)), closing(2021, **scopes(900, 400, 100)), *triggers)
    for year in found.years:
        for part in SCOPES:
            added = sum(
                effects.get(f"{year.year} {part}", 0) for effects, decision in told if decision == "recalculate"
            )
            assert year.recalculated[part] - year.original[part] == added
    assert found.recalculated == any(decision == "recalculate" for _, decision in told)


@given(st.randoms(use_true_random=False))
def test_the_order_of_records_does_not_matter(random: Random) -> None:
    records: list[Record] = [
        closing(2021, **scopes(10, 20, 30)), closing(2020, **scopes(11, 21, 31)), earlier(2019, "scope1", 5, "a"),
        earlier(2019, "scope1", 6, "b"), earlier(2019, "scope3", 9), earlier(2020, "scope1", 9),
        trigger("r1", {"2020 scope1": 3, "2021 scope1": 4}, "recalculate"),
        trigger("r2", {"2010 scope1": 3}, "recalculate"),
    ]  # fmt: skip
    expected = series(*records)
    random.shuffle(records)
    assert series(*records) == expected


def test_sums_are_exact() -> None:
    found = series(closing(2020, **scopes("0.1", "0.2")))
    assert found.tonnes(("scope1", "scope2_location"), 2020) == Decimal("0.3")
