"""A claim holds only when nothing is open; each rule speaks in one plant and is silent in another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from core.errors import UserError
from core.i18n import T
from core.instruments import LEVELS
from core.inventory import build, read
from core.ledger import Activity, Allocation, Audit, Ledger, Meter, Reading, Record, RuleValue, canonical
from core.library.rulebook import rulebook
from core.methods import Finding
from core.renewables import claim_rules
from core.renewables.claim import ClaimJudgement, explain_claim_rules, judge_claim
from core.renewables.claim_case import ClaimRule, stop
from core.renewables.claim_rules import all_claim_rules
from tests.core.renewables.plants import allocation, certificate, contract, month, plant, roof, self_used
from tests.core.samples import ISSUE, activity, year_of_bills


def whole_year(**changes: Record) -> list[Record]:
    """A plant that may claim all of it: twelve bills under one certificate, and its own roof."""
    bills = {one.id: one for one in year_of_bills()}
    covers = {f"al{key}": allocation(f"al{key}", "i1", key, 1000) for key in bills}
    held: dict[str, Record] = {**bills, **covers, "i1": certificate(), "p1": roof(), "s1": self_used(quantity=300)}
    return list({**held, **changes}.values())


def judged(records: list[Record], percent: Decimal | int = 100, **more: object) -> ClaimJudgement:
    findings = more.get("findings", ())
    return judge_claim(*plant(records), percent, findings=findings)  # type: ignore[arg-type]


def said(rule: str, records: list[Record], percent: Decimal | int = 100, **more: object) -> list[str]:
    return [str(one.message) for one in judged(records, percent, **more).judged if one.rule == rule]


def test_an_honest_hundred_percent() -> None:
    found = judged(whole_year())
    assert found.holds
    assert found.judged == ()
    assert found.share.exact("certified") == 1


def test_the_review_itself_has_no_error_there() -> None:
    found = judge_claim(*plant(whole_year()))
    assert [one for one in found.judged if one.rule == "findings_open"] == []
    assert found.holds


@pytest.mark.parametrize("percent", [0, -1, 101, Decimal("100.0001")])
def test_what_cannot_be_claimed(percent: Decimal) -> None:
    with pytest.raises(UserError, match="cannot be claimed"):
        judged(whole_year(), percent)


def replaced(key: str, **changes: object) -> Callable[[], list[Record]]:
    def build() -> list[Record]:
        held = {one.id: one for one in whole_year()}
        return list({**held, key: replace(held[key], **changes)}.values())  # type: ignore[arg-type]

    return build


def without(*keys: str) -> Callable[[], list[Record]]:
    return lambda: [one for one in whole_year() if one.id not in keys]


def more(*records: Record) -> Callable[[], list[Record]]:
    return lambda: [*whole_year(), *records]


def metered(value: int) -> Callable[[], list[Record]]:
    meter = Meter("m1", "Main", "electricity", "import", "MWh")
    reading = Reading("r1", "m1", date(2023, 1, 1), date(2023, 12, 31), Decimal(value))
    return more(meter, reading)


EXPORT = activity("x1", source="Feed-in", method="exported_energy", item="electricity_sold", **month(12))
CHARGED = activity("v1", source="Vans", method="vehicle_charging", item="ev_charging", quantity=70)
ENGINE = activity("c1", source="Engine", method="chp", item="natural_gas", unit="m3",
                  parameters=(("heat", "20"), ("power", "3")))  # fmt: skip
SPEAKS: dict[str, tuple[Callable[[], list[Record]], str]] = {
    "beyond_use": (replaced("alm03", quantity=Decimal(1200)), "200 kWh more are allocated than were used"),
    "cannot_be_covered": (more(CHARGED), "70 kWh were charged outside the site; instruments cover bills alone."),
    "denominator": (more(activity("credit", quantity=-50)), "counts 12,250 kWh of electricity, the share is of 12,300"),
    "enough_covered": (without("alm05"), "1,000 kWh are not covered that 100 % would need; most of it at Main meter"),
    "exports": (more(EXPORT, allocation("alx", "i1", "x1", 5)), "5 kWh of Certificates i1 are allocated to Feed-in"),
    "instruments_open": (replaced("i1", retired=""), "Retired: Certificates i1."),
    "main_meters": (metered(13), "The main meters counted 13,000 kWh, the bills say 12,000 kWh."),
    "months_missing": (without("m07", "alm07"), "Main meter: days without a bill in 2023-07."),
    "nuclear_apart": (
        more(activity("n1"), contract(technology="nuclear"), allocation("aln", "i9", "n1", 800)),
        "800 kWh are covered by nuclear electricity",
    ),
    "one_market": (
        more(contract(market="PL"), allocation("aln", "i9", "m01", 1)),
        "Instruments of Poland (PL) are allocated to electricity used in China (CN).",
    ),
    "own_attributes": (replaced("p1", attributes_owner="other"), "Roof: the attributes of 300 kWh of own generation"),
    "records_excluded": (
        more(activity("lost", parameters=(("factor", "f9"),))),
        "The record lost of Main meter is not calculated.",
    ),
    "rounding_up": (replaced("alm12", quantity=Decimal("999.9")), "The share is 99.9 %, which is not 100 %"),
    "use_estimated": (replaced("m04", estimated=True), "1,000 kWh are estimated, in 1 records"),
}


@pytest.mark.parametrize("rule", sorted(SPEAKS))
def test_each_rule_speaks_where_it_must_and_nowhere_else(rule: str) -> None:
    build, sentence = SPEAKS[rule]
    found = said(rule, build())
    assert len(found) == 1
    assert sentence in found[0]
    assert said(rule, whole_year()) == []


@pytest.mark.parametrize("rule", sorted(SPEAKS))
def test_each_rule_says_the_same_in_the_report(rule: str) -> None:
    """From what travels: a rule that looks at a record that stays at home would be silent there."""
    ledger, inventory = plant(SPEAKS[rule][0]())
    audit = Audit("2023", date(2023, 1, 1), date(2023, 12, 31))
    received = read(canonical(build(Ledger.of([*records_of(ledger), audit]), audit, (), inventory.library, ISSUE)))
    there = judge_claim(received.ledger, received.inventory(), findings=())
    assert rule in {one.rule for one in there.judged}
    assert there == judge_claim(ledger, inventory, findings=())


def records_of(ledger: Ledger) -> list[Record]:
    return [one for own in ledger.records.values() for one in own.values()]


def test_every_rule_has_its_example() -> None:
    assert {*SPEAKS, "findings_open"} == set(all_claim_rules())


@pytest.mark.parametrize("rule", sorted(SPEAKS))
def test_stops_stop_and_others_do_not(rule: str) -> None:
    found = judged(SPEAKS[rule][0]())
    own = [one for one in found.judged if one.rule == rule]
    assert {one.level for one in own} <= set(all_claim_rules()[rule].levels)
    if all_claim_rules()[rule].levels[0] == "stop":
        assert not found.holds
        assert own[0] in found.stops
    assert all(str(one.remedy) and one.subject for one in own)


def test_electricity_of_an_engine_is_in_the_denominator_and_never_renewable() -> None:
    assert said("cannot_be_covered", more(ENGINE)()) == [
        "3,000 kWh were generated from fossil fuel on site; no instrument makes them renewable."
    ]
    assert not judged(more(ENGINE)()).holds
    assert judged(more(replace(ENGINE, item="wood_pellets", unit="t"))(), 80).holds


def error(number: int = 1, severity: str = "error") -> Finding:
    return Finding(f"rule{number}", severity, "m01", T("Something is wrong."), T("Correct it."))


def test_an_open_error_of_the_inventory_stops_a_claim() -> None:
    assert said("findings_open", whole_year(), findings=(error(),)) == [
        "Open error of the inventory: Something is wrong."
    ]
    assert not judged(whole_year(), findings=(error(),)).holds
    assert said("findings_open", whole_year(), findings=(error(severity="warning"),)) == []
    assert said("findings_open", whole_year(), findings=(replace(error(), dismissed="known"),)) == []
    assert len(said("findings_open", whole_year(), findings=tuple(map(error, range(30))))) == 21


def test_a_smaller_claim_holds_where_the_larger_does_not() -> None:
    """11,300 of 12,300 kWh: 91.869...  %."""
    records = without("alm05")()
    assert not judged(records).holds
    assert judged(records, 91).holds
    assert judged(records, Decimal("91.8")).holds
    assert not judged(records, Decimal("91.87")).holds


def test_a_share_is_compared_exactly() -> None:
    """One thousandth of a kilowatt-hour is missing, and no display would show it."""
    records = replaced("alm12", quantity=Decimal("999.999"))()
    found = judged(records)
    assert [one.rule for one in found.stops] == ["enough_covered", "rounding_up"]
    assert "0.001 kWh are not covered" in str(found.stops[0].message)


def test_own_generation_without_attributes_is_no_stop_where_the_rest_is_enough() -> None:
    records = replaced("p1", attributes_owner="")()
    assert not judged(records).holds
    assert judged(records, 97).holds
    assert [one.level for one in judged(records, 97).judged] == ["info"]


def test_a_plant_without_electricity_claims_nothing() -> None:
    found = judged([])
    assert [one.rule for one in found.stops] == ["denominator"]


def test_a_plant_that_only_has_a_roof_must_say_that_it_buys_nothing() -> None:
    records: list[Record] = [roof(), self_used(quantity=300)]
    assert [one.rule for one in judged(records).stops] == ["months_missing"]
    assert judged([*records, *year_of_bills(quantity=0)]).holds


def test_a_bill_of_two_months_covers_both() -> None:
    held = {one.id: one for one in whole_year()}
    june = held["m06"]
    assert isinstance(june, Activity)
    held["m06"] = replace(june, end=date(2023, 7, 31), quantity=Decimal(2000))
    held["alm06"] = allocation("alm06", "i1", "m06", 2000)
    del held["m07"], held["alm07"]
    assert judged(list(held.values())).holds
    held["m06"] = replace(june, end=date(2023, 7, 30), quantity=Decimal(2000))
    assert said("months_missing", list(held.values())) == ["Main meter: days without a bill in 2023-07."]


def test_meters_with_gaps_say_nothing() -> None:
    meter = Meter("m1", "Main", "electricity", "import", "kWh")
    half = Reading("r1", "m1", date(2023, 1, 1), date(2023, 6, 30), Decimal(1))
    state = Reading("r2", "m1", date(2023, 12, 31), date(2023, 12, 31), Decimal(1), counter=True)
    behind = replace(meter, id="m2", parent="m1")
    assert said("main_meters", more(meter, half, state, behind)()) == []
    later = Reading("r3", "m1", date(2023, 7, 1), date(2024, 6, 30), Decimal(3))
    assert len(said("main_meters", more(meter, half, later)())) == 1


def test_the_tolerance_of_the_meters_is_a_parameter() -> None:
    records = metered(13)()
    assert said("main_meters", [*records, RuleValue("claims.meter_tolerance", "10", "Metering contract, p. 3")]) == []


def test_many_instruments_with_one_fault_are_one_sentence() -> None:
    records = whole_year(i1=certificate(retired=""), i2=certificate("i2", retired=""), al2=Allocation(
        "al2", "i2", "m01", Decimal(0)))  # fmt: skip
    (sentence,) = said("instruments_open", records)
    assert sentence.startswith("Retired: Certificates i1 and 1 more.")


def test_a_mixed_plant_of_two_certificates_holds() -> None:
    records = whole_year(
        i2=certificate("i2", quantity="2"),
        alm01=allocation("alm01", "i2", "m01", 1000),
        alm02=allocation("alm02", "i2", "m02", 1000),
    )
    assert judged(records).holds


def test_rules_explain_themselves() -> None:
    found = explain_claim_rules(rulebook())
    assert [one.rule for one in found] == sorted(all_claim_rules())
    for one in found:
        assert set(one.levels) <= set(LEVELS)
        assert one.source
        assert one.edition
        assert str(one.title)
    assert any(one.parameters for one in found)


def test_a_rule_that_is_dropped_in_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = ClaimRule(T("Luck"), ("stop",), "test", "2026", lambda case: [stop(T("No luck."), T("Try again."))])
    monkeypatch.setattr("core.renewables.claim.all_claim_rules", lambda: {**all_claim_rules(), "luck": rule})
    assert said("luck", whole_year()) == ["No luck."]
    assert claim_rules.__path__
