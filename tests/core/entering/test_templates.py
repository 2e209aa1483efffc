from __future__ import annotations

import pytest

from core.checks import review
from core.entering.templates import (
    Beginning,
    all_templates,
    applying,
    beginning,
    missing,
    read_template,
    template_named,
)
from core.errors import UserError
from core.inventory import compile_inventory
from core.ledger import Ledger, PlanItem, Plant, Step
from core.library import load_library
from tests.core.samples import CHOICES, PLANT, activity

SITE = """
name = {{ en = "{key}", zh = "厂" }}
summary = {{ en = "S", zh = "厂" }}
order = 1
includes = [{includes}]
[[source]]
key = "{key}"
name = {{ en = "Source of {key}", zh = "源" }}
method = "stationary_combustion"
item = "natural_gas"
unit = "m3"
how = "{how}"
frequency = "monthly"
evidence = {{ en = "Bill", zh = "账单" }}
why = {{ en = "Why", zh = "因" }}
basis = "own"
"""


def text(key: str, includes: str = "", how: str = "metered") -> str:
    return SITE.format(key=key, includes=includes, how=how)


def plant(*lines: PlanItem) -> Ledger:
    return Ledger.of([Plant("Test", "CN"), *lines])


def test_its_own_sources_come_before_those_it_builds_on() -> None:
    texts = {"a": text("a", '"b"'), "b": text("b")}
    assert [one.key for one in read_template("a", texts).sources] == ["a", "b"]


def test_none_builds_on_itself_and_none_says_what_the_plan_does_not_know() -> None:
    with pytest.raises(ValueError, match="builds on itself"):
        read_template("a", {"a": text("a", '"b"'), "b": text("b", '"a"')})
    with pytest.raises(ValueError, match="guessed"):
        read_template("a", {"a": text("a", how="guessed")})


def test_a_template_is_named_by_key_or_name_of_either_language() -> None:
    shop = all_templates()["paint_shop"]
    assert template_named("涂装车间") is template_named("paint shop") is template_named("paint_shop") is shop
    with pytest.raises(UserError, match="There is no template"):
        template_named("space port")


def test_optional_sources_are_added_only_when_they_are_chosen() -> None:
    shop = all_templates()["paint_shop"]
    usual = applying(plant(), shop, "en")
    chosen = applying(plant(), shop, "en", ["solar"])
    assert "Rooftop PV" not in {step.after.source for step in usual.steps if isinstance(step.after, PlanItem)}
    assert [step.after.source for step in chosen.steps if isinstance(step.after, PlanItem)] == ["Rooftop PV"]


def test_a_line_carries_what_proves_it_and_why_it_is_expected() -> None:
    shop = all_templates()["paint_shop"]
    line = next(step.after for step in applying(plant(), shop, "zh").steps if isinstance(step.after, PlanItem))
    source = next(one for one in shop.sources if one.name.zh == line.source)
    assert (line.records, line.note, line.item) == (source.evidence.zh, source.why.zh, source.item)
    assert line.meter == ""


def test_a_line_about_the_whole_source_or_the_item_anywhere_answers_to_it() -> None:
    site = all_templates()["site"]
    before = {one.key for one in missing(plant(), site)}
    whole = {one.key for one in missing(plant(PlanItem("p1", "BOILER HOUSE", "", "metered")), site)}
    item = {one.key for one in missing(plant(PlanItem("p1", "", "electricity", "metered")), site)}
    assert before - whole == {"boiler"}
    assert before - item == {"electricity"}


def test_a_record_that_could_be_any_of_several_sources_answers_to_none_of_them() -> None:
    gas = activity(source="Somewhere", method="stationary_combustion", item="natural_gas", unit="m3")
    held = Ledger.of([Plant("Test", "CN"), gas])
    shop = {one.key for one in missing(held, all_templates()["paint_shop"])}
    assert {"ovens", "oxidiser_gas", "boiler"} <= shop
    assert "boiler" not in {one.key for one in missing(held, all_templates()["site"])}


def test_a_line_that_no_template_knows_begins_with_the_only_method_of_its_item() -> None:
    library = load_library()
    assert beginning(PlanItem("p1", "Mains", "electricity", "billed"), library) == Beginning(
        "purchased_electricity", "Mains", "electricity", "kWh"
    )
    assert beginning(PlanItem("p1", "Tank", "diesel", "billed"), library) is None, "stationary or mobile"
    assert beginning(PlanItem("p1", "Mains", "", "billed"), library) is None


def test_a_plan_that_begins_with_a_template_leaves_out_nothing_that_is_recorded() -> None:
    held = Ledger.of([PLANT, activity(source="Old press", item="electricity")])
    inventory = compile_inventory(held, CHOICES, load_library())
    food = all_templates()["food"]
    after = held.apply(applying(held, food, "en", None, inventory).steps)
    assert "Old press" in {one.source for one in after.held(PlanItem)}
    found = {one.rule for one in review(compile_inventory(after, CHOICES, load_library()))}
    assert "plan_missing" not in found
    begun = held.apply((Step("plan_item", "p1", None, PlanItem("p1", "Roof", "", "metered")),))
    later = begun.apply(applying(begun, food, "en", None, inventory).steps)
    assert "Old press" not in {one.source for one in later.held(PlanItem)}, "a plan that exists is the person's"
