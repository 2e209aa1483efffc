"""From plants to the group: laws of adding and dividing, and that what is missing is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.folding import columns_of, fold
from core.disclosures.once import Period
from core.disclosures.value import PointValue
from core.i18n import T
from tests.core.disclosures.made import POINTS, absent, answer, number, point, share, table

AMOUNTS = st.decimals(0, 10**9, places=3, allow_nan=False, allow_infinity=False)
Plants = Mapping[str, Mapping[str, PointValue]]


def folded(plants: Plants, key: str, own: Mapping[str, PointValue] | None = None) -> PointValue:
    return fold(POINTS, plants, own or {}, {"st1": "Beijing", "st2": "Pune"})[key]


def whole(amounts: Mapping[str, Decimal]) -> Plants:
    return {
        site: {
            "ghg.s1": number("ghg.s1", amount),
            "energy.share": share("energy.share", amount, amount + 1),
            "action.list": table("action.list", (site, "1")),
            "policy.env": answer("policy.env", "yes", "e1"),
        }
        for site, amount in amounts.items()
    }


@given(st.dictionaries(st.sampled_from([f"st{n}" for n in range(9)]), AMOUNTS, min_size=1), st.randoms())
def test_the_order_of_plants_changes_nothing(amounts: dict[str, Decimal], chance: object) -> None:
    mixed = list(amounts)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert fold(POINTS, whole({site: amounts[site] for site in mixed}), {}) == fold(POINTS, whole(amounts), {})


@given(st.dictionaries(st.sampled_from([f"st{n}" for n in range(9)]), AMOUNTS, min_size=2), st.integers(1, 8))
def test_the_whole_is_the_sum_of_its_parts(amounts: dict[str, Decimal], cut: int) -> None:
    sites = sorted(amounts)
    cut = min(cut, len(sites) - 1)
    one, other = ({site: amounts[site] for site in part} for part in (sites[:cut], sites[cut:]))
    total = folded(whole(amounts), "ghg.s1").value
    assert isinstance(total, Decimal)
    halves = [folded(whole(part), "ghg.s1").value for part in (one, other)]
    assert sum(Fraction(half) for half in halves if isinstance(half, Decimal)) == Fraction(total)
    rows = folded(whole(amounts), "action.list").rows
    assert rows == (*folded(whole(one), "action.list").rows, *folded(whole(other), "action.list").rows)


@given(AMOUNTS, AMOUNTS.filter(bool))
def test_one_plant_is_the_group(above: Decimal, below: Decimal) -> None:
    plants = {"st1": {"ghg.s1": number("ghg.s1", above, "e1"), "energy.share": share("energy.share", above, below)}}
    for key in ("ghg.s1", "energy.share"):
        group, plant = folded(plants, key), plants["st1"][key]
        assert isinstance(group.value, Decimal)
        assert isinstance(plant.value, Decimal)
        assert abs(group.value - plant.value) <= abs(plant.value) * Decimal("1e-25")
        assert (group.unit, group.parts, group.known, group.proven) == (
            plant.unit, plant.parts, plant.known, plant.proven,
        )  # fmt: skip


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS.filter(lambda one: one > 0)), min_size=2, max_size=6))
def test_percentages_are_divided_anew_and_never_averaged(parts: list[tuple[Decimal, Decimal]]) -> None:
    plants = {f"st{n}": {"energy.share": share("energy.share", *one)} for n, one in enumerate(parts)}
    group = folded(plants, "energy.share")
    above, below = (sum((Fraction(one[place]) for one in parts), Fraction(0)) for place in (0, 1))
    exact = 100 * above / below
    assert isinstance(group.value, Decimal)
    assert abs(Fraction(group.value) - exact) <= abs(exact) * Fraction(1, 10**30)


def test_a_small_plant_does_not_weigh_as_much_as_a_large_one() -> None:
    plants = {"st1": {"energy.share": share("energy.share", 90, 100)},
              "st2": {"energy.share": share("energy.share", 0, 900)}}  # fmt: skip
    assert folded(plants, "energy.share").value == 9  # the average of 90 and 0 would be 45


def test_an_intensity_is_divided_without_per_cent() -> None:
    plants = {
        site: {"ghg.intensity": replace(share("ghg.intensity", above, below), value=Decimal(above) / below)}
        for site, above, below in (("st1", 10, 4), ("st2", 2, 2))
    }
    assert folded(plants, "ghg.intensity").value == 2


def test_a_missing_plant_is_named_and_never_zero() -> None:
    plants = {"st1": {"ghg.s1": number("ghg.s1", 1200)}, "st2": {"ghg.s1": absent("ghg.s1")}, "st3": {}}
    group = folded(plants, "ghg.s1")
    assert group.value is None
    assert not group.known
    told = "1 of 3 plants have given it, 1,200 tCO2e together; not yet: Pune, st3."
    assert str(group.missing) == f"{told} “ghg.s1” is not answered.", "and why, where all that reported say the same"
    for other in (
        replace(absent("ghg.s1"), missing=T("Bills are missing.")),
        replace(group, missing=None, expired=True),
    ):
        plants["st4"] = {"ghg.s1": other}
        assert str(folded(plants, "ghg.s1").missing).endswith("not yet: Pune, st3, st4.")
    assert [one.ids for one in group.origins] == [("st1",), ("st2",), ("st3",)]
    assert [str(one.words) for one in group.origins] == ["Beijing: 1,200 tCO2e", "Pune: missing", "st3: missing"]


def test_a_sum_is_proven_with_all_its_parts() -> None:
    plants = {"st1": {"ghg.s1": number("ghg.s1", 1, "e1", "e2")}, "st2": {"ghg.s1": number("ghg.s1", 2)}}
    assert not folded(plants, "ghg.s1").proven
    plants["st2"] = {"ghg.s1": number("ghg.s1", 2, "e1")}
    assert folded(plants, "ghg.s1").evidence == ("st1 e1", "st1 e2", "st2 e1")


def test_a_share_without_its_parts_cannot_be_added() -> None:
    plants = {"st1": {"energy.share": share("energy.share", 1, 2)},
              "st2": {"energy.share": answer("energy.share", "45")}}  # fmt: skip
    group = folded(plants, "energy.share")
    assert group.value is None
    assert "not yet: Pune" in str(group.missing)


def test_nothing_to_divide_by_is_no_share() -> None:
    plants = {"st1": {"energy.share": share("energy.share", 0, 0, Decimal(0))}}
    assert not folded(plants, "energy.share").known


def test_units_are_converted_where_they_measure_the_same() -> None:
    plants = {"st1": {"ghg.s1": number("ghg.s1", 1)}, "st2": {"ghg.s1": number("ghg.s1", 500, unit="kgCO2e")}}
    group = folded(plants, "ghg.s1")
    assert (group.value, group.unit) == (Decimal("1.5"), "tCO2e")
    del plants["st1"]
    assert folded(plants, "ghg.s1").unit == "kgCO2e"


def test_different_units_do_not_add() -> None:
    plants = {"st1": {"ghg.s1": number("ghg.s1", 1)}, "st2": {"ghg.s1": number("ghg.s1", 1, unit="MWh")}}
    assert str(folded(plants, "ghg.s1").missing) == "The plants give it in different units: MWh, tCO2e."
    shares = {"st1": {"energy.share": share("energy.share", 1, 2)},
              "st2": {"energy.share": replace(share("energy.share", 1, 2), unit="MWh")}}  # fmt: skip
    assert "different units" in str(folded(shares, "energy.share").missing)


def test_rows_with_the_same_words_are_added() -> None:
    plants = {
        "st1": {"ghg.gas": table("ghg.gas", ("CO2", "10.5", "1"), ("CH4", "1", ""))},
        "st2": {"ghg.gas": table("ghg.gas", ("CH4", "2", "1"), ("CO2", "0.5", "2"), ("N2O", "3", "0"))},
    }
    assert folded(plants, "ghg.gas").rows == (("CO2", "11", "3"), ("CH4", "3", ""), ("N2O", "3", "0"))
    plants["st3"] = {}
    group = folded(plants, "ghg.gas")
    assert not group.known
    assert "not yet: st3" in str(group.missing)


@given(st.dictionaries(st.sampled_from([f"st{n}" for n in range(9)]), AMOUNTS, min_size=1))
def test_rows_of_one_key_add_up_to_the_number(amounts: dict[str, Decimal]) -> None:
    plants = {site: {"ghg.s1": number("ghg.s1", amount), "ghg.gas": table("ghg.gas", ("CO2", f"{amount:f}", "0"))}
              for site, amount in amounts.items()}  # fmt: skip
    (row,) = folded(plants, "ghg.gas").rows
    assert Decimal(row[1]) == folded(plants, "ghg.s1").value


def test_proofs_become_coverage() -> None:
    plants = {
        "st1": {"policy.env": answer("policy.env", "yes", "e00001", valid_to="2027-01-01")},
        "st2": {"policy.env": answer("policy.env", "yes")},
    }
    group = folded(plants, "policy.env")
    assert group.known
    assert group.covered == (1, 2)
    assert group.evidence == ("st1 e00001",)
    assert group.valid_to == "2027-01-01"
    assert [str(one.words) for one in group.origins] == ["Beijing: yes, with proof", "Pune: yes, without proof"]


def test_proofs_that_have_run_out_leave_the_coverage() -> None:
    plants = {"st1": {"policy.env": answer("policy.env", "yes", "e1", expired=True)}}
    group = folded(plants, "policy.env")
    assert group.expired
    assert not group.known
    assert group.covered == (0, 1)
    plants["st2"] = {"policy.env": absent("policy.env")}
    assert not folded(plants, "policy.env").expired


def test_head_office_may_prove_for_all_plants() -> None:
    plants = {"st1": {"policy.env": absent("policy.env")}}
    own = {"policy.env": answer("policy.env", "yes", "e00009")}
    group = folded(plants, "policy.env", own)
    assert group.known
    assert group.evidence == ("e00009",)
    assert [one.kind for one in group.origins] == ["answer", "site"]


def test_tables_of_all_plants_stand_in_one_with_their_plant_first() -> None:
    plants = {"st2": {"action.list": table("action.list", ("Heat pump", "5"))},
              "st1": {"action.list": table("action.list", ("LED", "1"), ("Air", "2"))}}  # fmt: skip
    group = folded(plants, "action.list")
    assert group.rows == (("Beijing", "LED", "1"), ("Beijing", "Air", "2"), ("Pune", "Heat pump", "5"))
    columns = columns_of(POINTS["action.list"])
    assert [one.key for one in columns] == ["plant", "name", "t"]
    assert {len(row) for row in group.rows} == {len(columns)}


def test_a_table_that_a_plant_has_not_given_is_incomplete() -> None:
    plants = {"st1": {"action.list": table("action.list")}, "st2": {}}
    group = folded(plants, "action.list")
    assert not group.known
    assert "1 of 2 plants" in str(group.missing)


def test_what_head_office_says_itself() -> None:
    assert folded({}, "gov.board", {"gov.board": answer("gov.board", "Quarterly")}).value == "Quarterly"
    assert not folded({}, "gov.board").known
    assert not folded({"st1": {"gov.board": answer("gov.board", "Yearly")}}, "gov.board").known


@pytest.mark.parametrize("key", ["ghg.s1", "energy.share", "policy.env", "action.list"])
def test_without_plants_nothing_is_known(key: str) -> None:
    assert str(folded({}, key).missing) == "No plant has reported."


def test_a_long_list_of_plants_is_cut() -> None:
    group = fold(POINTS, {f"st{n:02}": {} for n in range(12)}, {})["ghg.s1"]
    assert str(group.missing).endswith("st09, 2 more.")


def test_tonnes_count_as_far_as_the_plant_does_and_people_wholly() -> None:
    plants = {
        "st1": {"ghg.s1": number("ghg.s1", 100), "ghg.gas": table("ghg.gas", ("CO2", "100", "")),
                "people": number("people", 30, unit="persons"), "trained": share("trained", 10, 20),
                "ghg.intensity": replace(share("ghg.intensity", 100, 4), value=Decimal(25))},
        "st2": {"ghg.s1": number("ghg.s1", 10), "ghg.gas": table("ghg.gas", ("CO2", "10", "1")),
                "people": number("people", 5, unit="persons"), "trained": share("trained", 5, 5),
                "ghg.intensity": replace(share("ghg.intensity", 10, 1), value=Decimal(10))},
    }  # fmt: skip
    found = fold(POINTS, plants, {}, {}, {"st1": Decimal("0.5")})
    assert found["ghg.s1"].value == 60
    assert found["ghg.gas"].rows == (("CO2", "60", ""),)
    assert found["people"].value == 35
    assert found["trained"].value == 60
    assert found["ghg.intensity"].value == Decimal(60) / 3
    assert str(found["ghg.s1"].origins[0].words) == "st1: 50 tCO2e"


# ---------------------------------------------------------------------- several reports of one plant

HALVES = {
    "st1": Period("st1", "2024-06-30", Decimal(1)), "st1/2": Period("st1", "2024-12-31", Decimal(1)),
}  # fmt: skip


def halves(key: str, first: PointValue, second: PointValue, *others: PointValue) -> PointValue:
    """Of a plant with two half-years, and of plants with a whole one."""
    points = {**POINTS, **{one.key: one for one in (point("site.headcount", unit="persons"), point("base.s1"))}}
    plants = {"st1": {key: first}, "st1/2": {key: second}, **{f"st{n}": {key: one} for n, one in enumerate(others, 2)}}
    names = {"st1": "Ash", "st1/2": "Ash (2024-07-01 – 2024-12-31)", "st2": "Birch"}
    return fold(points, plants, {}, names, {"st1/2": Decimal("0.5")}, HALVES)[key]


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_numbers_of_several_periods_add_and_the_plant_counts_once(first: Decimal, second: Decimal, b: Decimal) -> None:
    found = halves("ghg.s1", number("ghg.s1", first), number("ghg.s1", second), number("ghg.s1", b))
    assert isinstance(found.value, Decimal)
    assert Fraction(found.value) == Fraction(first) + Fraction(second) / 2 + Fraction(b)
    lost = halves("ghg.s1", number("ghg.s1", first), absent("ghg.s1"), number("ghg.s1", b))
    assert str(lost.missing).startswith("1 of 2 plants have given it")
    assert "not yet: Ash (2024-07-01 – 2024-12-31)" in str(lost.missing)


def test_proofs_of_a_plant_with_two_reports_cover_it_once() -> None:
    old, new = answer("policy.env", "yes"), answer("policy.env", "yes", "e7")
    assert halves("policy.env", old, new).covered == (1, 1)
    assert halves("policy.env", new, old, new).covered == (1, 2), "the last report tells it"
    assert halves("policy.env", new, absent("policy.env")).evidence == ("st1 e7",), "or the last that knows it"


@pytest.mark.parametrize("key", ["site.headcount", "base.s1"])
def test_numbers_of_a_moment_and_of_other_years_are_told_by_the_last_report(key: str) -> None:
    assert halves(key, *(number(key, amount, unit="persons") for amount in (30, 40, 5))).value == 45, (
        "wholly: it is of no days"
    )


def test_an_answer_is_of_the_whole_year() -> None:
    people, trained = number("people", 7), share("trained", 2, 10)
    assert halves("people", people, replace(people, derived=False)).value == 7
    assert halves("trained", *(replace(one, derived=False) for one in (share("trained", 1, 10), trained))).value == 20


def test_a_row_of_two_reports_is_told_once() -> None:
    first, second = (table("action.list", *((name, "5") for name in names)) for names in (("LED", "Old"), ("LED",)))
    assert halves("action.list", first, second).rows == (
        ("Ash", "Old", "5"), ("Ash (2024-07-01 – 2024-12-31)", "LED", "5"),
    )  # fmt: skip
