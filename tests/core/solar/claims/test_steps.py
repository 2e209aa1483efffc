"""Single points of the check, on claims made for them; and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import UserError
from core.ledger import Claim, OwnFactor
from core.library import load_library, own_rows
from core.solar.claims import Assumptions, Step, Verdict, check_claim, judge, published_near

LIBRARY = load_library()
BASE = Claim("c", "Roof", "…", date(2026, 1, 15), country="CN", region="CN-BJ")


def claim(**changes: object) -> Claim:
    return replace(BASE, **{k: Decimal(v) if isinstance(v, int | float) else v for k, v in changes.items()})  # type: ignore[arg-type]


def step_of(key: str, said: Claim, **more: object) -> Step:
    step = judge(said, LIBRARY, **more).step(key)  # type: ignore[arg-type]
    assert step is not None
    return step


# ---------------------------------------------------------------------- the factor


def test_a_constant_that_is_the_grid_average_holds() -> None:
    step = step_of("constant", claim(yearly=1_000_000, yearly_tonnes=Decimal("555.4"), gas="CO2"))
    assert step.verdict == "holds" and step.brief is None
    assert "0.555 t/MWh, which is 0.5554 t/MWh (Beijing provincial average 2023; 公告2025年第47号)" in str(
        step.sentence
    )
    assert [source.key for source in step.sources] == ["cn_electricity_2023.electricity.location.CN-BJ.2023.kWh"]


def test_a_factor_that_was_published_later_is_doubtful() -> None:
    step = step_of("constant", claim(published=date(2024, 1, 1), yearly=1_000_000, yearly_tonnes=Decimal("555.4")))
    assert step.verdict == "doubtful"
    assert "It was published on 2025-12-31, after the claim of 2024-01-01." in str(step.sentence)


@pytest.mark.parametrize(
    ("tonnes", "family"),
    [
        ("577.7", "Product footprint over the life cycle"),
        ("941.9", "Operating margin of project baselines"),
        ("581.0", "Reporting factor of an emission trading system"),
        ("827.3", "Fossil-fired electricity alone"),
    ],
)
def test_a_factor_of_the_wrong_family_is_named(tonnes: str, family: str) -> None:
    step = step_of("constant", claim(yearly=1_000_000, yearly_tonnes=Decimal(tonnes)))
    assert step.verdict == "doubtful" and f"That is no grid average but: {family}." in str(step.sentence)


def test_co2_and_co2e_are_not_the_same() -> None:
    step = step_of("constant", claim(yearly=1_000_000, yearly_tonnes=Decimal("577.7"), gas="CO2"))
    assert "The factor counts CO2e, the claim CO2." in str(step.sentence)


def test_the_factor_of_another_province_is_found() -> None:
    step = step_of("constant", claim(yearly=1_000_000, yearly_tonnes=Decimal("651.6")))
    assert step.verdict == "doubtful"
    assert "It equals a factor of another area: 0.6516 t/MWh (Hebei provincial average 2023" in str(step.sentence)


def test_a_constant_that_rounding_cannot_explain() -> None:
    step = step_of("constant", claim(yearly=1_000_000, yearly_tonnes=Decimal("997.4"), years=1),
                   assumptions=Assumptions(digits=4))  # fmt: skip
    assert "Not even rounding explains it: 0.997 to 0.998 t/MWh would be possible" in str(step.sentence)
    assert not any(row.within for row in step.factors)


def test_two_constants_in_one_claim_contradict_each_other() -> None:
    said = claim(yearly=1_000_000, yearly_tonnes=Decimal(720), total_tonnes=Decimal(9_100), years=25)
    check = judge(said, LIBRARY)
    step = check.step("constant")
    assert step is not None and step.verdict == check.verdict == "contradicted"
    assert "The numbers of a year imply 0.720 t/MWh, those of all years 0.364 t/MWh." in str(step.sentence)


def test_weak_factors_are_shown_but_explain_nothing() -> None:
    step = step_of("constant", claim(yearly=1_000_000, yearly_tonnes=Decimal("594.2")))
    weak = next(row for row in step.factors if row.factor.status == "SEEN_WEAK" and row.equal)
    assert weak.value == Decimal("0.5942") and step.verdict == "doubtful" and "undocumented" in str(step.sentence)


def test_own_factors_of_the_plant_count_as_published() -> None:
    own = OwnFactor(
        "f1", "Our supplier", "supplier", "Seller", "Letter 7", "page 1", "electricity", "supplier", "kg/kWh",
        (("CO2", "0.6"),), date(2023, 1, 1), date(2023, 12, 31), "e1",
    )  # fmt: skip
    library = LIBRARY.with_own(own_rows((own,)))
    near = published_near(library, date(2024, 1, 1), "CN", "CN-BJ")
    assert [one.factor.set.key for one in near if one.factor in library.own], "it is listed"
    check = judge(claim(yearly=1_000_000, yearly_tonnes=Decimal(600)), library)
    step = check.step("constant")
    assert step is not None and step.factors[0].equal and "Our supplier" in str(step.sentence)


def test_without_the_country_nothing_is_compared() -> None:
    said = claim(country="", region="", yearly=1_000_000, yearly_tonnes=Decimal(600))
    step = step_of("constant", said)
    assert step.verdict == "unknown" and not step.factors and "Without the country" in str(step.sentence)
    assert step_of("place", said).question is not None


def test_a_country_without_factors() -> None:
    step = step_of("constant", claim(country="AQ", region="", yearly=1_000_000, yearly_tonnes=Decimal(600)))
    assert "has no electricity factor for Antarctica (AQ)" in str(step.sentence)


def test_the_grid_of_a_plant_outside_china() -> None:
    near = published_near(LIBRARY, date(2026, 1, 1), "US", "US-IN", "US-RFCW")
    assert {one.factor.region for one in near} >= {"US-RFCW", "US"}
    assert all(Decimal("0.05") < one.value < Decimal("1.3") for one in near), "pounds per MWh became tonnes"


def test_a_part_of_two_grids() -> None:
    regions = {one.factor.region for one in published_near(LIBRARY, date(2026, 1, 1), "CN", "CN-NM")}
    assert regions == {"CN-NM", "CN.north", "CN.northeast", "CN"}


def test_constants_of_claims_never_reach_an_inventory() -> None:
    held = {factor.headline for factor in LIBRARY.about("electricity")}
    near = published_near(LIBRARY, date(2026, 1, 1), "CN", "CN-BJ")
    for value in ("0.604", "0.6101", "0.5810", "0.5703", "0.8843", "0.6093"):
        assert Decimal(value) not in held
        assert Decimal(value) in {one.factor.headline for one in near}


# ---------------------------------------------------------------------- yield and totals


@pytest.mark.parametrize(
    ("yearly", "verdict", "words"),
    [
        (800_000, "holds", "800"),
        (590_000, "doubtful", "below"),
        (300_000, "contradicted", "below"),
        (2_500_000, "contradicted", "above"),
        (900_000_000, "contradicted", "kWh and MWh"),
        (900, "contradicted", "kWh and MWh"),
    ],
)
def test_specific_yield(yearly: int, verdict: Verdict, words: str) -> None:
    step = step_of("yield", claim(power=1000, yearly=yearly))
    assert step.verdict == verdict and words in str(step.sentence)


@pytest.mark.parametrize(("area", "verdict"), [(10_000, "holds"), (2_000, "contradicted"), (50_000, "contradicted")])
def test_power_per_roof(area: int, verdict: Verdict) -> None:
    assert step_of("density", claim(power=1000, area=area)).verdict == verdict


def test_a_total_alone_gives_an_average_to_ask_about() -> None:
    step = step_of("totals", claim(total=4_000_000, since="2024-01-01", until="2025-12-31"))
    assert step.verdict == "unknown" and "an average of 1,999 MWh a year" in str(step.sentence)


def test_a_total_without_a_beginning() -> None:
    step = step_of("totals", claim(total=4_000_000, yearly=1_000_000))
    assert step.verdict == "unknown" and str(step.sentence).startswith("4,000 MWh is 4.00 years of 1,000 MWh.")


def test_months_are_read_and_said() -> None:
    said = claim(total=4_000_000, yearly=1_000_000, since="2024-05", until="2025-12-31")
    step = step_of("totals", said)
    assert step.verdict == "contradicted"
    assert "From 2024-05 to 2025-12-31" in str(step.sentence) and "2024年5月" in step.sentence.in_language("zh")


@pytest.mark.parametrize(
    ("total", "verdict", "words"),
    [
        (18_000, "holds", "every year counts the same"),
        (30_000, "contradicted", "less than"),
        (15_000, "holds", "smaller"),
    ],
)
def test_tonnes_of_all_years(total: int, verdict: Verdict, words: str) -> None:
    step = step_of("tonnes", claim(yearly_tonnes=720, total_tonnes=total, years=25))
    assert step.verdict == verdict and words in str(step.sentence)


def test_a_total_of_tonnes_without_energy_still_degrades() -> None:
    step = step_of("forecast", claim(yearly_tonnes=720, total_tonnes=18_000, years=25))
    assert step.verdict == "contradicted" and {one.decline for one in step.scenarios} == {Decimal(0), Decimal(2)}
    assert "avoid 13 to 17 kt instead of 18 kt" in str(step.brief)


def test_a_claim_below_every_scenario_is_said_to_be_so() -> None:
    step = step_of("forecast", claim(yearly=1_200_000, total_tonnes=Decimal("5000.0"), years=25),
                   assumptions=Assumptions(degradation=Decimal(0), first_year_loss=Decimal(0), decline_low=Decimal(-3),
                                           decline_high=Decimal(-3)))  # fmt: skip
    assert step.verdict == "doubtful" and "more than the 5,000 t of the claim" in str(step.brief)


def test_tonnes_of_unknown_years() -> None:
    step = step_of("forecast", claim(yearly=1_200_000, total_tonnes=18_000))
    assert (step.verdict, str(step.question)) == ("unknown", "In how many years?")


# ---------------------------------------------------------------------- questions


@pytest.mark.parametrize(("owner", "verdict"), [("", "unknown"), ("plant", "holds"), ("other", "contradicted")])
def test_who_owns_the_certificates(owner: str, verdict: Verdict) -> None:
    check = judge(claim(yearly=1_000_000, attributes=owner), LIBRARY)
    step = check.step("attributes")
    assert step is not None and step.verdict == verdict and step.question is not None
    if owner == "other":
        assert check.verdict == "contradicted" and "claimed twice" in str(check.summary)


@pytest.mark.parametrize("name", ["power", "area", "yearly", "total", "yearly_tonnes", "total_tonnes", "years"])
def test_a_single_number_gives_questions_and_no_error(name: str) -> None:
    check = judge(claim(**{name: 20}), LIBRARY)
    assert check.verdict == "unknown" and len(check.questions) >= 2
    assert str(check.headline) == "The claim says too little to be judged."


def test_a_claim_without_gas() -> None:
    assert "CO2 alone or CO2e" in str(step_of("gas", claim(yearly_tonnes=600)).question)


def test_what_is_complete_and_right_holds() -> None:
    said = claim(
        power=1000, area=8000, yearly=1_100_000, yearly_tonnes=Decimal("610.94"), gas="CO2", attributes="plant"
    )
    check = judge(said, LIBRARY)
    assert check.verdict == "holds" and str(check.summary) == (
        "As far as it can be checked, nothing speaks against this claim."
    )


# ---------------------------------------------------------------------- refused


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "no number"),
        ({"power": 0}, "not above 0"),
        ({"yearly": -5}, "not above 0"),
        ({"area": Decimal("NaN")}, "not above 0"),
        ({"total_tonnes": Decimal("Infinity")}, "not above 0"),
        ({"years": 2045}, "longer than any PV system stands"),
        ({"power": 1, "country": "XX", "region": ""}, "not a country code"),
        ({"power": 1, "region": "PL-12"}, "is not a region"),
        ({"power": 1, "gas": "CO"}, "not possible here"),
        ({"power": 1, "attributes": "nobody"}, "not possible here"),
        ({"power": 1, "since": "last year"}, "neither a day nor a year"),
        ({"power": 1, "since": "2019-13"}, "neither a day nor a year"),
        ({"power": 1, "since": "2019-02-30"}, "neither a day nor a year"),
        ({"power": 1, "until": "2020"}, "is not a day"),
        ({"power": 1, "since": "2025", "until": "2024-01-01"}, "but only to"),
        ({"power": 1, "until": "2026-02-01"}, "after it was published"),
        ({"power": 1, "since": "2027"}, "but only to"),
    ],
)
def test_what_cannot_be_is_refused_with_a_remedy(changes: dict[str, object], words: str) -> None:
    said = claim(**changes)
    for refused in (lambda: check_claim(said), lambda: judge(said, LIBRARY)):
        with pytest.raises(UserError) as caught:
            refused()
        assert words in str(caught.value.message) and caught.value.remedy is not None
        assert caught.value.text("zh")


@pytest.mark.parametrize(
    "wrong",
    [
        Assumptions(degradation=Decimal(-1)),
        Assumptions(first_year_loss=Decimal(50)),
        Assumptions(years=Decimal(0)),
        Assumptions(digits=0),
        Assumptions(decline_high=Decimal("NaN")),
        Assumptions(decline_low=Decimal(3), decline_high=Decimal(2)),
    ],
)
def test_assumptions_have_limits(wrong: Assumptions) -> None:
    with pytest.raises(UserError) as caught:
        judge(claim(power=1), LIBRARY, assumptions=wrong)
    assert caught.value.remedy is not None
