"""What people may enter of renewable electricity, targets and actions: every field, every limit, both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from core.entering.forms import Entered, Form
from core.entering.keeping import check, keeping, naming, removing
from core.entering.naming import title_of_record
from core.entering.plant import FORMS
from core.entering.plant.renewables import parameters
from core.entering.refusing import FieldError
from core.entering.words import made, shown, understood
from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T
from core.ledger import Action, ActionArea, Allocation, Ledger, Step, kind_of
from core.ledger.records import ALL_KINDS, Record
from core.ledger.references import REFERENCES
from core.library.record_words import field_name
from tests.core.entering.filled import BEGUN, FILLED, GIVEN
from tests.core.samples import activity

ONE: Mapping[str, Record] = {kind_of(one): one for one in reversed(GIVEN)}
"""The first of each kind."""
EVERY = [(form, one) for form in FORMS.values() for one in form.fields]
NAMES = [f"{form.kind}.{one.key}" for form, one in EVERY]


def test_every_kind_of_the_plan_has_a_form() -> None:
    assert set(FORMS) == set(ONE)


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_has_every_field_of_its_record_once(kind: str) -> None:
    form = FORMS[kind]
    keys = [one.key for one in form.fields]
    every = {one.name for one in fields(ALL_KINDS[kind])}
    said_by_others = set() if "id" in keys else {"id"}
    assert len(keys) == len(set(keys))
    assert set(keys) == every - said_by_others


@pytest.mark.parametrize(("form", "one"), EVERY, ids=NAMES)
def test_a_field_is_named_in_both_languages_and_its_choices_too(form: Form, one: Entered) -> None:
    assert field_name(form.kind, one.key).en != field_name(form.kind, one.key).zh
    for key, words in one.offered.items():
        assert words.in_language("en"), key
        assert words.in_language("zh"), key


@pytest.mark.parametrize(("form", "one"), EVERY, ids=NAMES)
def test_what_is_shown_is_understood_again(form: Form, one: Entered) -> None:
    """In either language: what stands in a cell for typing may be left as it is."""
    for record in (held for held in GIVEN if kind_of(held) == form.kind):
        value = getattr(record, one.key)
        for lang in ("en", "zh"):
            said = shown(FILLED, one, value, lang, typed=True)
            assert understood(FILLED, one, said) == value or (said == "" and not value)


@pytest.mark.parametrize("kind", FORMS)
def test_references_are_what_the_table_of_references_says(kind: str) -> None:
    said = {one.key: one.of for one in FORMS[kind].fields if one.form in ("record", "records")}
    pairs = {one.key for one in FORMS[kind].fields if one.form == "pairs"}
    known = {field: (other,) for field, other in REFERENCES.get(kind, {}).items() if field not in pairs}
    assert {key: of for key, of in said.items() if key in known} == known
    assert set(said) - set(known) <= {"area"}  # shipped areas are no records


@pytest.mark.parametrize("kind", [kind for kind, form in FORMS.items() if form.prefix])
def test_ids_are_those_of_imports(kind: str) -> None:
    words = made(FILLED, FORMS[kind], {one.key: getattr(ONE[kind], one.key) for one in FORMS[kind].fields}, ready=True)
    assert words.id == next_ids(FILLED, 1, kind)[0]


@pytest.mark.parametrize("kind", FORMS)
def test_each_record_is_called_something(kind: str) -> None:
    for lang in ("en", "zh"):
        said = title_of_record(FILLED, FORMS, ONE[kind]).in_language(lang)
        assert said
        assert ONE[kind].id not in said or kind in ("rule_value", "action_area")


def test_everything_is_entered_at_once_and_nothing_is_left_to_say() -> None:
    decision = keeping(BEGUN, FORMS, *GIVEN)
    assert len(decision.steps) == len(GIVEN)
    assert BEGUN.apply(decision.steps).to_plain() == FILLED.to_plain()
    assert keeping(FILLED, FORMS, *GIVEN).steps == ()


WRONG: list[tuple[str, Mapping[str, Any], str, str]] = [
    ("instrument", {"name": "  "}, "name", "missing"),
    ("instrument", {"name": "x" * 301}, "name", "longer"),
    ("instrument", {"kind": "magic"}, "kind", "not in the list"),
    ("instrument", {"market": "XX"}, "market", "not a country"),
    ("instrument", {"end": date(2022, 12, 31)}, "end", "before the start"),
    ("instrument", {"quantity": Decimal(0)}, "quantity", "more than 0"),
    ("instrument", {"scheme": ""}, "scheme", "scheme"),
    ("instrument", {"serials": "A5-A1"}, "serials", "not a range"),
    ("instrument", {"technology": "coal"}, "technology", "not in the list"),
    ("instrument", {"commissioned": "soon"}, "commissioned", "not a day"),
    ("instrument", {"expires": "2024-2-1"}, "expires", "not a day"),
    ("instrument", {"retired": "20240201"}, "retired", "not a day"),
    ("instrument", {"factor": Decimal("5.1")}, "factor", "out of range"),
    ("instrument", {"factor": Decimal("-0.1")}, "factor", "out of range"),
    ("instrument", {"currency": ""}, "currency", "no currency"),
    ("instrument", {"currency": "yuan"}, "currency", "not a currency"),
    ("instrument", {"currency": "cny"}, "currency", "not a currency"),
    ("instrument", {"system": "p9"}, "system", "There is no"),
    ("instrument", {"evidence": ("e00001", "e9")}, "evidence", "e9"),
    ("allocation", {"quantity": Decimal(0)}, "quantity", "more than 0"),
    ("allocation", {"quantity": Decimal(1001)}, "quantity", "1 kWh more"),
    ("allocation", {"instrument": "i9"}, "instrument", "There is no"),
    ("allocation", {"activity": "a9"}, "activity", "There is no"),
    ("rule_value", {"id": "renewables.nothing"}, "id", "not in the list"),
    ("rule_value", {"value": "many"}, "value", "cannot be the value"),
    ("rule_value", {"source": " "}, "source", "missing"),
    ("supply_option", {"kind": "coal"}, "kind", "not in the list"),
    ("supply_option", {"first_year": 1066}, "first_year", "no year"),
    ("supply_option", {"quantity": Decimal(-1)}, "quantity", "more than 0"),
    ("supply_option", {"capex": Decimal(-1)}, "capex", "below 0"),
    ("supply_option", {"life": 61}, "life", "out of range"),
    ("supply_option", {"life": 0}, "life", "no life"),
    ("base_policy", {"year": 1989}, "year", "no year"),
    ("base_policy", {"threshold": Decimal(0)}, "threshold", "more than 0"),
    ("base_policy", {"threshold": Decimal(101)}, "threshold", "out of range"),
    ("earlier_year", {"year": 2101}, "year", "no year"),
    ("earlier_year", {"part": "scope9"}, "part", "not in the list"),
    ("earlier_year", {"tonnes": Decimal(-1)}, "tonnes", "below 0"),
    ("earlier_year", {"id": "ey00002"}, "part", "there already"),
    ("recalculation", {"trigger": "mood"}, "trigger", "not in the list"),
    ("recalculation", {"effects": (("2020", "1"),)}, "effects", "not in the list"),
    ("recalculation", {"effects": (("20 scope1", "1"),)}, "effects", "not a year"),
    ("recalculation", {"effects": (("2020 scope1", "x"),)}, "effects", "not a number"),
    ("recalculation", {"reason": ""}, "reason", "why"),
    ("recalculation", {"decided_by": ""}, "decided_by", "who"),
    ("target", {"parts": ()}, "parts", "covers nothing"),
    ("target", {"parts": ("scope2_market", "scope2_location")}, "parts", "twice"),
    ("target", {"parts": ("scope3", "scope3:4")}, "parts", "twice"),
    ("target", {"parts": ("scope4",)}, "parts", "not in the list"),
    ("target", {"kind": "renewable"}, "parts", "no part"),
    ("target", {"kind": "renewable", "parts": (), "base_year": 2031}, "year", "before its base year"),
    ("target", {"year": 2020}, "year", "after its base year"),
    ("target", {"base_year": 1900}, "base_year", "no year"),
    ("target", {"reduction": Decimal(0)}, "reduction", "more than 0"),
    ("target", {"reduction": Decimal("100.1")}, "reduction", "out of range"),
    ("target", {"ruleset": "mine"}, "ruleset", "not in the list"),
    ("target", {"status": "hoped"}, "status", "not in the list"),
    ("driver", {"parts": ()}, "parts", "missing"),
    ("driver", {"growth": Decimal(101)}, "growth", "out of range"),
    ("driver", {"values": (("2026", "-1"),)}, "values", "below 0"),
    ("driver", {"values": (("26", "1"),)}, "values", "not a year"),
    ("driver", {"values": (), "figure": ""}, "values", "how large"),
    ("scenario", {"last_year": 2101}, "last_year", "no year"),
    ("scenario", {"growth": (("dr9", "1"),)}, "growth", "There is no"),
    ("scenario", {"growth": (("dr00001", "101"),)}, "growth", "out of range"),
    ("scenario", {"efficiency": (("scope9", "1"),)}, "efficiency", "not in the list"),
    ("scenario", {"efficiency": (("scope1", "-101"),)}, "efficiency", "out of range"),
    ("scenario", {"grid_decline": Decimal(101)}, "grid_decline", "out of range"),
    ("scenario", {"grid_table": (("2026", "-1"),)}, "grid_table", "out of range"),
    ("scenario", {"statuses": ("begun",)}, "statuses", "not in the list"),
    ("scenario", {"growth_sd": Decimal(-1)}, "growth_sd", "out of range"),
    ("scenario", {"delivery_sd": Decimal(101)}, "delivery_sd", "out of range"),
    ("scenario", {"seed": -1}, "seed", "out of range"),
    ("scenario", {"draws": 99}, "draws", "out of range"),
    ("scenario", {"draws": 100_001}, "draws", "out of range"),
    ("credit", {"registry": ""}, "registry", "missing"),
    ("credit", {"vintage": 1066}, "vintage", "no year"),
    ("credit", {"serials": "?"}, "serials", "not a serial number"),
    ("credit", {"serials": ""}, "serials", "missing"),
    ("credit", {"quantity": Decimal(0)}, "quantity", "more than 0"),
    ("credit", {"retired": ""}, "retired", "are retired"),
    ("credit", {"quality": ("good",)}, "quality", "not in the list"),
    ("credit", {"currency": ""}, "currency", "no currency"),
    ("commitment", {"parts": ()}, "parts", "missing"),
    ("commitment", {"stated": "hoped"}, "stated", "not in the list"),
    ("commitment", {"year": 3000}, "year", "no year"),
    ("commitment", {"plan": ("e9",)}, "plan", "There is no"),
    ("action_area", {"id": "Test Bench"}, "id", "cannot be the key"),
    ("action_area", {"name": ""}, "name", "missing"),
    ("action", {"area": "nowhere"}, "area", "There is no"),
    ("action", {"part": "scope9"}, "part", "not in the list"),
    ("action", {"life": 0}, "life", "out of range"),
    ("action", {"life": 61}, "life", "out of range"),
    ("action", {"status": "dreamt"}, "status", "not in the list"),
    ("action", {"item": ""}, "item", "not said which"),
    ("action", {"item": "gold"}, "item", "not in the list"),
    ("action", {"energy": Decimal(-1)}, "energy", "below 0"),
    ("action", {"ramp": (("0", "50"),)}, "ramp", "no year of effect"),
    ("action", {"ramp": (("1", "101"),)}, "ramp", "out of range"),
    ("action", {"discount": Decimal(51)}, "discount", "out of range"),
    ("action", {"currency": ""}, "currency", "no currency"),
    ("action", {"excludes": ("ac00001",)}, "excludes", "itself"),
    ("action", {"excludes": ("ac9",)}, "excludes", "There is no"),
    ("action", {"measure": "s9"}, "measure", "There is no"),
    ("milestone", {"action": "ac9"}, "action", "There is no"),
    ("milestone", {"done": "yesterday"}, "done", "not a day"),
    ("resolution", {"decision": " "}, "decision", "missing"),
    ("resolution", {"targets": ("ta9",)}, "targets", "There is no"),
    ("product", {"name": " "}, "name", "missing"),
    ("product", {"unit": "dozen"}, "unit", "not in the list"),
    ("product", {"mass": Decimal(0)}, "mass", "more than 0"),
    ("product", {"mass": Decimal(-1)}, "mass", "below 0"),
    ("product", {"unit": "kilogram"}, "mass", "weighs 1 kg"),
    ("product", {"carbon": Decimal("3.3")}, "carbon", "weighs more than"),
    ("product", {"biogenic": Decimal(-1)}, "biogenic", "below 0"),
    ("output", {"product": "pd9"}, "product", "There is no"),
    ("output", {"end": date(2022, 12, 31)}, "end", "before the start"),
    ("output", {"quantity": Decimal(0)}, "quantity", "more than 0"),
    ("output", {"revenue": Decimal(-1)}, "revenue", "below 0"),
    ("output", {"currency": ""}, "currency", "no currency"),
    ("component", {"quantity": Decimal(0)}, "quantity", "more than 0"),
    ("component", {"unit": "bushel"}, "unit", "Unknown unit"),
    ("component", {"unit": "tC"}, "unit", "not a unit for"),
    ("component", {"item": "electricity"}, "item", "not in the list"),
    ("component", {"item": ""}, "item", "neither an item"),
    ("component", {"footprint": Decimal(1)}, "footprint", "both"),
    ("component", {"item": "", "footprint": Decimal(1)}, "source", "needs its source"),
    ("component", {"item": "", "footprint": Decimal(-1), "source": "X"}, "footprint", "below 0"),
    ("component", {"primary": True}, "primary", "average"),
    ("leg", {"stage": "energy"}, "stage", "not in the list"),
    ("leg", {"item": "steel"}, "item", "not in the list"),
    ("leg", {"distance": Decimal(0)}, "distance", "more than 0"),
    ("leg", {"mass": Decimal(0)}, "mass", "more than 0"),
    ("allocation_key", {"source": "Main meter"}, "source", "already"),
    ("allocation_key", {"key": "height"}, "key", "not in the list"),
    ("allocation_key", {"reason": ""}, "reason", "missing"),
    ("allocation_key", {"key": "own"}, "shares", "share of each"),
    ("allocation_key", {"key": "own", "shares": (("pd00001", "-1"),)}, "shares", "below 0"),
    ("allocation_key", {"key": "own", "shares": (("pd9", "1"),)}, "shares", "There is no"),
    ("allocation_key", {"shares": (("pd00001", "1"),)}, "shares", "Only an own key"),
    ("answer", {"point": "policy.hr"}, "point", "stays as it was entered"),
    ("answer", {"value": "", "evidence": ()}, "value", "says nothing"),
    ("answer", {"rows": (("a",),)}, "rows", "is no table"),
    ("answer", {"valid_to": "soon"}, "valid_to", "not a day"),
    ("answer", {"evidence": ("e9",)}, "evidence", "There is no"),
    ("question_decision", {"year": 2024}, "year", "stays as it was entered"),
    ("question_decision", {"applies": "perhaps"}, "applies", "not in the list"),
    ("question_decision", {"reason": " "}, "reason", "reason is missing"),
    ("question_decision", {"applies": "", "comment": ""}, "applies", "Nothing is decided"),
    ("own_question", {"map": "Customer 2025"}, "map", "no disclosure map"),
    ("own_question", {"label": "x" * 201}, "label", "longer than 200"),
    ("own_question", {"code": "x" * 41}, "code", "longer than 40"),
    ("own_question", {"points": ("no.such",)}, "points", "not in the list"),
    ("own_question", {"requirement": "should"}, "requirement", "not in the list"),
    ("own_question", {"map": "customer_2025", "code": "Q-1"}, "code", "there already"),
    ("submission", {"recipient": "Somebody else"}, "recipient", "stays as it was entered"),
    ("submission", {"values": ()}, "values", "stays as it was entered"),
    ("submission", {"evidence": ("e9",)}, "evidence", "There is no"),
    ("external_audit", {"scheme": "own"}, "scheme", "not in the list"),
    ("external_audit", {"valid_to": "2023-02-28"}, "valid_to", "before the day of its result"),
    ("supplier", {"name": " "}, "name", "missing"),
    ("supplier", {"country": "XX"}, "country", "not a country"),
    ("supplier", {"spend": Decimal(-1)}, "spend", "below 0"),
    ("supplier", {"currency": ""}, "currency", "no currency"),
    ("supplier", {"risk": "huge"}, "risk", "not in the list"),
    ("supplier", {"until": "soon"}, "until", "not a day"),
    ("supplier", {"id": "su00003"}, "number", "there already"),
    ("undertaking", {"supplier": "su9"}, "supplier", "There is no"),
    ("undertaking", {"text": "oath"}, "text", "not in the list"),
    ("undertaking", {"version": ""}, "version", "missing"),
    ("undertaking", {"signed": date(1066, 1, 1)}, "signed", "no year"),
    ("undertaking", {"valid_to": "2023-06-30"}, "valid_to", "before the day on which it was signed"),
    ("data_request", {"year": 2024}, "year", "stays as it was entered"),
    ("data_request", {"asked": ()}, "asked", "stays as it was entered"),
    ("data_request", {"answers": (), "answered": ""}, "answered", "stays as it was entered"),
    ("data_request", {"due": "2024-01-04"}, "due", "before the day on which it is sent"),
]


@pytest.mark.parametrize(("kind", "changes", "field", "reason"), WRONG, ids=[f"{k}-{f}-{r}" for k, _c, f, r in WRONG])
def test_what_cannot_be_is_refused_at_its_field(kind: str, changes: Mapping[str, Any], field: str, reason: str) -> None:
    wrong = replace(ONE[kind], **changes)
    with pytest.raises(FieldError, match=reason) as caught:
        keeping(FILLED, FORMS, wrong)
    assert caught.value.key == field
    assert caught.value.remedy is not None, "a refusal says what to do"
    assert field in {one.key for one in FORMS[kind].fields}


@pytest.mark.parametrize("kind", FORMS)
def test_every_kind_has_something_that_is_refused(kind: str) -> None:
    assert any(one[0] == kind for one in WRONG)


def test_the_ends_of_the_ranges_are_inside() -> None:
    good: list[tuple[str, dict[str, Any]]] = [
        ("action", {"life": 60, "ramp": (("1", "0"), ("99", "100")), "discount": Decimal(0)}),
        ("scenario", {"draws": 100, "last_year": 2100, "growth_sd": Decimal(0)}),
        ("scenario", {"draws": 100_000, "seed": 2**32 - 1, "delivery_sd": Decimal(100)}),
        ("target", {"reduction": Decimal(100), "year": 2100}),
        ("target", {"kind": "renewable", "parts": (), "base_year": 2030}),
        ("instrument", {"kind": "ppa_virtual", "scheme": "", "serials": "", "price": Decimal(0), "currency": ""}),
        ("allocation", {"quantity": Decimal(1000)}),
        ("credit", {"year": 0, "retired": ""}),
        ("base_policy", {"threshold": Decimal(100)}),
        ("supply_option", {"capex": Decimal(0), "life": 0}),
        ("product", {"unit": "kilowatt hour", "mass": Decimal(0), "carbon": None}),
        ("product", {"mass": None, "carbon": None, "biogenic": None}),
        ("output", {"revenue": None, "currency": ""}),
        ("component", {"item": "", "unit": "piece", "footprint": Decimal(0), "source": "Works, 2025"}),
        ("leg", {"mass": None}),
    ]
    for kind, changes in good:
        assert keeping(FILLED, FORMS, replace(ONE[kind], **changes)).steps, changes


def test_no_instrument_gives_more_than_it_has_and_no_record_takes_more_than_was_used() -> None:
    more = Ledger.of((*(r for held in FILLED.records.values() for r in held.values()), activity("a2", source="Hall 2")))
    first = ONE["allocation"]
    assert isinstance(first, Allocation)
    second = Allocation("al00002", "i00001", "a2", Decimal(1000))
    assert keeping(more, FORMS, replace(second, quantity=Decimal(900))).steps
    whole = more.apply(keeping(more, FORMS, replace(first, quantity=Decimal(600))).steps)
    with pytest.raises(UserError, match=r"100 kWh more .* “Wind 2023” has"):
        keeping(whole, FORMS, second)
    assert keeping(whole, FORMS, replace(second, quantity=Decimal(900))).steps


def test_only_purchased_electricity_is_covered() -> None:
    gas = activity("a2", method="fuel", item="natural_gas", unit="m3")
    ledger = FILLED.apply(keeping_any(FILLED, gas))
    with pytest.raises(UserError, match="There is no"):
        keeping(ledger, FORMS, Allocation("al00002", "i00001", "a2", Decimal(1)))


def keeping_any(ledger: Ledger, *records: Record) -> list[Step]:
    return [Step(kind_of(one), one.id, ledger.get(kind_of(one), one.id), one) for one in records]


@pytest.mark.parametrize(
    ("kind", "key", "users"),
    [("instrument", "i00001", ["al00001"]), ("driver", "dr00001", ["sc00001"]), ("target", "ta00001", ["re00001"]),
     ("action", "ac00001", ["ac00002", "mi00001", "re00001"]), ("action_area", "test_bench", ["ac00002"])],
)  # fmt: skip
def test_what_others_name_stays(kind: str, key: str, users: list[str]) -> None:
    assert sorted(one.id for one in naming(FILLED, FORMS, kind, key)) == users
    with pytest.raises(UserError, match="named by others"):
        removing(FILLED, FORMS, kind, [key])
    gone = [step for one in users for step in without(FILLED, one)]
    assert removing(FILLED.apply(gone), FORMS, kind, [key]).steps[0].after is None


def without(ledger: Ledger, key: str) -> list[Step]:
    return [Step(kind, key, held[key], None) for kind, held in ledger.records.items() if key in held]


def test_an_area_that_the_plant_only_calls_otherwise_may_be_called_as_shipped_again() -> None:
    heat = ActionArea("heat", "Paint shop")
    ledger = FILLED.apply(keeping(FILLED, FORMS, heat).steps)
    assert str(title_of_record(ledger, FORMS, heat)) == "Paint shop"
    assert shown(ledger, FORMS["action"].field("area"), "heat", "en") == "Paint shop"
    assert removing(ledger, FORMS, "action_area", ["heat"]).steps


def test_actions_that_exclude_each_other_go_together() -> None:
    free = FILLED.apply(removing(FILLED, FORMS, "milestone", ["mi00001"]).steps)
    free = free.apply(removing(free, FORMS, "resolution", ["re00001"]).steps)
    assert len(removing(free, FORMS, "action", ["ac00001", "ac00002"]).steps) == 2


def test_a_kind_that_nobody_enters_is_a_bug_of_ours() -> None:
    with pytest.raises(ValueError, match="not entered"):
        check(FILLED, FORMS, activity())


def test_the_usual_is_enough() -> None:
    """What must be said is little; the rest has its usual value."""
    one = made(FILLED, FORMS["action"], {"name": "LED", "area": "Energy efficiency", "part": "Scope 2, location-based",
                                         "start": "2025", "life": "10"})  # fmt: skip
    assert one == Action("ac00003", "LED", "energy_efficiency", "scope2_location", date(2025, 1, 1), 10)
    with pytest.raises(FieldError, match="Life") as caught:
        made(FILLED, FORMS["action"], {"name": "LED", "area": "test bench", "part": "scope1", "start": "2025"})
    assert caught.value.key == "life"


def test_the_policy_is_one() -> None:
    form = FORMS["base_policy"]
    first = made(BEGUN, form, {"year": "2020"})
    ledger = BEGUN.apply(keeping(BEGUN, FORMS, first).steps)
    second = made(ledger, form, {"threshold": "10"})
    assert (second.id, getattr(second, "year"), getattr(second, "threshold")) == ("policy", 2020, 10)  # noqa: B009
    assert str(keeping(ledger, FORMS, second).why) == "Base-year policy changed: Base year 2020"
    assert removing(ledger, FORMS, "base_policy", ["policy"]).steps


def test_shipped_areas_are_named_and_own_ones_too() -> None:
    one = FORMS["action"].field("area")
    assert understood(FILLED, one, "Test bench") == "test_bench"
    assert understood(FILLED, one, "energy_efficiency") == "energy_efficiency"
    assert str(T("{a}", a=shown(FILLED, one, "test_bench", "en"))) == "Test bench"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_parameters_of_different_rule_sets_are_never_called_alike(lang: str) -> None:
    named = [words.in_language(lang) for words in parameters().values()]
    assert len(set(named)) == len(named)
    rate = parameters()["sbti_nz_2_0.rate_scope12"].in_language(lang)
    assert "V2.0" in rate
