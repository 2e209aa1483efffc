"""The three public claims: what the check must say about them, to the letter, in both languages."""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from importlib.resources import files

import pytest

from core.i18n import LANGUAGES, Name
from core.ledger import Claim, from_plain, to_plain
from core.library import load_library
from core.solar.claims import (
    Assumptions,
    ClaimCheck,
    Expected,
    check_to_plain,
    default_assumptions,
    judge,
    published_claims,
)

LIBRARY = load_library()
CLAIMS = {one.claim.id: one.claim for one in published_claims()}
ZHANGJIAKOU, FANGSHAN, KRAKOW = (CLAIMS[f"claim-{name}"] for name in ("zhangjiakou", "fangshan", "krakow"))
ALL = tuple(CLAIMS.values())


def checked(claim: Claim) -> ClaimCheck:
    return judge(claim, LIBRARY, others=ALL)


def said(check: ClaimCheck, key: str, lang: str = "en") -> str:
    step = check.step(key)
    assert step is not None, key
    return step.sentence.in_language(lang)


# ---------------------------------------------------------------------- the data


def test_the_file_holds_records_and_says_where_they_come_from() -> None:
    raw = tomllib.loads((files("resources") / "demo" / "claims.toml").read_text("utf-8"))["claim"]
    known = {field.name for field in fields(Claim)} | {"source", "status"}
    assert [one["id"] for one in raw] == list(CLAIMS) and all(set(one) <= known for one in raw)
    for one in published_claims():
        assert one.source and one.status in ("VERIFIED", "QUOTED")
        assert "assumed" in one.claim.note and "假设" in one.claim.note, "the day of publication is not known"
        assert from_plain("claim", to_plain(one.claim)) == one.claim


def test_nothing_was_added_to_what_is_public() -> None:
    numbers = ("power", "area", "yearly", "total", "yearly_tonnes", "total_tonnes", "years")
    held = {key: tuple(str(getattr(one, name)) for name in numbers) for key, one in CLAIMS.items()}
    assert held == {
        "claim-zhangjiakou": ("2000", "22000", "2000000", "None", "1200", "None", "None"),
        "claim-fangshan": ("1500", "None", "1200000", "4150000", "None", "18000", "25"),
        "claim-krakow": ("49", "230.6", "None", "None", "39.39", "None", "None"),
    }
    assert {one.attributes for one in ALL} == {""} and FANGSHAN.since == "2019" and not FANGSHAN.until


# ---------------------------------------------------------------------- Fangshan


def test_fangshan_in_a_minute() -> None:
    check = checked(FANGSHAN)
    assert check.verdict == "contradicted"
    assert str(check.summary) == (
        "As published, this claim does not hold. Under the stated assumptions 25 years avoid 12 to 17 kt instead of "
        "18 kt: modules degrade and the grid becomes cleaner. One undocumented constant of 0.600 t/MWh stands "
        "behind the "
        "tonnes; no published factor is equal to it. “张家口 Zhangjiakou” has the same constant, though its grid is "
        "another one. 4,150 MWh is 3.46 years of 1,200 MWh."
    )
    assert check.summary.in_language("zh") == (
        "按发布的内容，该声明不成立。按所列假设，25年的避免排放量为 12～17 kt，而不是 18 kt："
        "组件会衰减，电网会变得更清洁。避免排放量背后是一个没有出处的常数 0.600 t/MWh，"
        "没有任何已公布的因子与之相等。“张家口 Zhangjiakou”的常数与此相同，而其所在电网不同。"
        "4,150 MWh 相当于 3.46年的 1,200 MWh。"
    )


def test_fangshan_nothing_degrades_and_the_grid_is_frozen() -> None:
    check = checked(FANGSHAN)
    assert (
        "18,000 t is 25 equal years of 1,200 MWh × 0.600 t/MWh: nothing degrades and the grid factor is frozen."
        in said(check, "forecast")
    )
    assert "these years avoid 12 to 17 kt instead of 18 kt" in said(check, "forecast")
    step = check.step("forecast")
    assert step is not None and step.verdict == "contradicted"
    energy = next(one for one in step.quantities if one.key == "energy_of_years")
    closed_form = 1200 * 0.98 * (1 - 0.995**25) / 0.005
    assert energy.shown == "27,702" and abs(float(energy.value) - closed_form) < 1e-6
    tonnes = {(str(round(one.start, 4)), str(one.decline)): round(one.tonnes) for one in step.scenarios}
    assert tonnes == {
        ("0.6000", "0"): 16621,
        ("0.6000", "2"): 13251,
        ("0.5688", "0"): 15757,
        ("0.5688", "2"): 12562,
        ("0.5306", "0"): 14699,
        ("0.5306", "2"): 11718,
    }


def test_fangshan_needs_a_higher_factor_than_its_own() -> None:
    assert (
        "To reach the claim the factor would have to stay at 0.650 t/MWh, or begin at 0.815 t/MWh and fall by 2 "
        "% a year." in said(checked(FANGSHAN), "forecast")
    )


def test_fangshan_the_total_is_shorter_than_the_time() -> None:
    check = checked(FANGSHAN)
    step = check.step("totals")
    assert step is not None and step.verdict == "doubtful"
    assert said(check, "totals") == (
        "4,150 MWh is 3.46 years of 1,200 MWh. From 2019 to the publication on 2023-12-31 it was 4.0–5.0 years; "
        "the claim "
        "does not say when the meter was read. Over that time it would be an average of 830–1,037 MWh a year. It "
        "agrees "
        "with 1,200 MWh a year, within rounding, only if the meter was read between 2022-04-25 and 2023-08-11."
    )
    assert "从2019年到声明发布日2023年12月31日为 4.0–5.0年" in said(check, "totals", "zh")


def test_fangshan_a_stated_day_of_reading_settles_it() -> None:
    fits = replace(FANGSHAN, since="2019-09-01", until="2023-02-15")
    step = judge(fits, LIBRARY).step("totals")
    assert step is not None and step.verdict == "holds"
    too_late = judge(replace(fits, until="2023-12-31"), LIBRARY).step("totals")
    too_early = judge(replace(fits, until="2020-12-31"), LIBRARY).step("totals")
    assert too_late is not None and too_early is not None
    assert (too_late.verdict, too_early.verdict) == ("contradicted", "contradicted")
    assert "more than there was time for" in str(too_early.sentence)


def test_fangshan_the_constant_against_every_published_factor() -> None:
    check = checked(FANGSHAN)
    step = check.step("constant")
    assert step is not None and step.verdict == "doubtful"
    assert step.quantities[0].formula == "18,000 t ÷ (25 a × 1,200 MWh/a)"
    assert (step.quantities[0].value, step.quantities[0].shown) == (Decimal("0.6"), "0.600")
    values = {str(row.value.normalize()) for row in step.factors}
    assert values == {
        "0.604", "0.5688", "0.558", "0.5554",  # Beijing
        "0.8843", "0.712", "0.6776", "0.6361", "0.9419", "0.8269",  # North China
        "0.5568", "0.5366", "0.5306", "0.5942", "0.5856", "0.6096", "0.8426", "0.8325", "0.8273",  # China
        "0.6101", "0.581", "0.5703", "0.6093", "0.6205", "0.5777", "0.5575",
    }  # fmt: skip
    distances = [abs(row.difference) for row in step.factors if row.difference is not None]
    assert distances == sorted(distances) and len(distances) == len(step.factors)
    nearest = step.factors[0]
    assert (nearest.factor.use, nearest.factor.region, nearest.known) == ("quota", "CN-BJ", True)
    assert not any(row.equal for row in step.factors)
    for row in step.factors:
        assert row.factor.status and row.factor.set.edition and row.factor.place
        assert row.tonnes == row.value * 30_000
    assert said(check, "constant").startswith(
        "The numbers imply 0.600 t/MWh. The claim names no factor, and none of the 22 published ones for Beijing "
        "(CN-BJ) "
        "is 0.600: an undocumented constant. The nearest is 0.604 t/MWh (Purchased electricity in reports to Beijing's "
        "emission trading pilot; DB11/T 1785-2020), +0.7 %."
    )


def test_factors_are_held_against_the_day_of_the_claim() -> None:
    step = checked(FANGSHAN).step("constant")
    assert step is not None
    known = {str(row.value.normalize()) for row in step.factors if row.known}
    assert known == {"0.604", "0.8843", "0.9419", "0.8269", "0.6101", "0.581", "0.5703"}
    later = judge(replace(FANGSHAN, published=date(2024, 4, 12)), LIBRARY).step("constant")
    assert later is not None
    assert "0.5688" in {str(row.value.normalize()) for row in later.factors if row.known}


# ---------------------------------------------------------------------- Zhangjiakou


def test_zhangjiakou_in_a_minute() -> None:
    check = checked(ZHANGJIAKOU)
    assert check.verdict == "doubtful"
    assert str(check.summary) == (
        "As published, this claim can neither be traced nor relied on. One undocumented constant of 0.600 t/MWh stands "
        "behind the tonnes; no published factor is equal to it. “房山 Fangshan” has the same constant, though its "
        "grid is "
        "another one."
    )
    assert "0.6516 in Hebei (CN-HE), 0.5554 in Beijing (CN-BJ)" in said(check, "shared")


def test_zhangjiakou_roof_and_yield_are_plausible() -> None:
    check = checked(ZHANGJIAKOU)
    shown = {q.key: (q.formula, q.shown) for step in check.steps for q in step.quantities}
    assert shown["specific_yield"] == ("2,000 MWh/a ÷ 2,000 kW", "1,000")
    assert shown["area_density"] == ("2,000 kW ÷ 22,000 m²", "90.9")
    assert {key: step.verdict for key in ("yield", "density") if (step := check.step(key))} == {
        "yield": "holds",
        "density": "holds",
    }
    assert "1,111 to 1,667 kWh/m² a year" in said(check, "yield")


def test_zhangjiakou_one_year_is_not_twenty_five() -> None:
    check = checked(ZHANGJIAKOU)
    step = check.step("forecast")
    assert step is not None and step.verdict == "unknown" and step.brief is None
    assert (
        "Multiplied by 25 years it would be 30 kt; under the stated assumptions those years avoid 20 to 30 kt."
        in said(check, "forecast")
    )


def test_making_the_modules_emits_too() -> None:
    check = checked(ZHANGJIAKOU)
    assert "0.0545 t/MWh of PV electricity in China (CN) they are 109 t a year. That is 9.1 %" in said(
        check, "life_cycle"
    )


# ---------------------------------------------------------------------- Kraków


def test_krakow_tonnes_without_energy() -> None:
    check = checked(KRAKOW)
    assert check.verdict == "unknown"
    step = check.step("constant")
    assert step is not None and step.verdict == "unknown" and step.quantities[0].shown == "0.804"
    # 39.39 t ÷ 49 kW ÷ 0.597 t/MWh of KOBiZE 2023 = 1,346.5 kWh/kW
    kobize = next(row for row in step.factors if row.factor.set.key == "pl_kobize_2023")
    assert kobize.needed is not None and round(kobize.needed, 1) == Decimal("1346.5")
    assert "889 to 1,420 kWh per kW and year" in said(check, "constant")
    density = check.step("density")
    assert density is not None and (density.quantities[0].shown, density.verdict) == ("212.5", "holds")
    assert "How many kWh a year does the meter count" in str(check.questions[0])


# ---------------------------------------------------------------------- all of them


@pytest.mark.parametrize("key", CLAIMS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_can_be_said(key: str, lang: str) -> None:
    check = checked(CLAIMS[key])
    for step in check.steps:
        for text in (step.title, step.sentence, step.question, step.brief):
            if text is not None:
                words = text.in_language(lang)
                assert words and "{" not in words and "None" not in words
                assert lang == "en" or any("\u4e00" <= letter <= "\u9fff" for letter in words), words


@pytest.mark.parametrize("key", CLAIMS)
def test_the_check_is_plain_json_in_both_languages(key: str) -> None:
    check = checked(CLAIMS[key])
    plain = check_to_plain(check)
    assert json.loads(json.dumps(plain)) == plain
    assert plain["verdict"] == check.verdict and plain["claim"] == to_plain(CLAIMS[key])
    assert plain["summary"] == {lang: check.summary.in_language(lang) for lang in LANGUAGES}
    steps = plain["steps"]
    assert isinstance(steps, list) and [one["key"] for one in steps] == [step.key for step in check.steps]
    for one in (number for step in steps for number in step["quantities"]):
        assert one["value"] == f"{Decimal(one['value']):f}", "plain digits"


@pytest.mark.parametrize("key", CLAIMS)
def test_the_gravest_step_stands_first(key: str) -> None:
    order = ["contradicted", "doubtful", "unknown", "holds"]
    places = [order.index(step.verdict) for step in checked(CLAIMS[key]).steps]
    assert places == sorted(places)


def test_what_is_assumed_is_said_with_its_source() -> None:
    ours = default_assumptions()
    assert ours == Assumptions()
    said_of = {one.key: one for one in checked(FANGSHAN).assumptions}
    assert said_of["degradation"].status == "VERIFIED" and "Jordan" in str(said_of["degradation"].source)
    assert said_of["first_year_loss"].status == "ASSUMED"
    changed = judge(FANGSHAN, LIBRARY, assumptions=replace(ours, decline_high=Decimal(5)))
    assert {one.key for one in changed.assumptions if one.status == "USER"} == {"decline_high"}


def test_the_person_can_change_what_is_assumed() -> None:
    frozen = Assumptions(degradation=Decimal(0), first_year_loss=Decimal(0), decline_high=Decimal(0))
    step = judge(FANGSHAN, LIBRARY, assumptions=frozen).step("forecast")
    assert step is not None and step.verdict == "holds"
    assert max(one.tonnes for one in step.scenarios) == 18_000


def test_a_model_of_the_roof_is_held_against_the_claim() -> None:
    model = Expected(Decimal(1_800_000), Name("EPW Beijing", "北京 EPW"), Decimal(1540))
    check = judge(FANGSHAN, LIBRARY, expected=model)
    step = check.step("yield")
    assert step is not None and step.verdict == "contradicted"
    assert "The model of this system (EPW Beijing) expects 1,800 MWh a year; the claim is −33.3 % off." in str(
        step.sentence
    )
    ratio = next(one for one in step.quantities if one.key == "performance_ratio")
    assert (ratio.formula, ratio.shown) == ("800 kWh/kW ÷ 1,540 kWh/m²", "0.52")
    near = judge(FANGSHAN, LIBRARY, expected=replace(model, yearly=Decimal(1_250_000), irradiation=None)).step("yield")
    assert near is not None and near.verdict == "holds"
