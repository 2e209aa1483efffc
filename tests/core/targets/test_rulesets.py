"""Rule sets are data with sources; what nobody knows is not checked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.errors import UserError
from core.ledger import RuleValue
from core.library.rulebook import checked, rulebook
from core.targets.rulesets import KEYS, all_rulesets, parameters_of, ruleset_named

PUBLISHED = {
    "rate_scope12": "4.2",
    "rate_scope3": "2.5",
    "counted_from": "2020",
    "near_term_least": "5",
    "near_term_most": "10",
    "long_term_latest": "2050",
    "long_term_reduction": "90",
    "coverage_scope12": "95",
    "coverage_scope3_near": "67",
    "coverage_scope3_long": "90",
    "scope3_trigger": "40",
    "recalculation": "5",
}


def test_version_1_3_asks_for_what_it_is_known_for() -> None:
    found = ruleset_named("sbti_nz_1_3")
    assert {name: found.number(name) for name in PUBLISHED} == {name: Decimal(v) for name, v in PUBLISHED.items()}
    assert (found.version, found.day("valid_to"), found.day("valid_from")) == ("1.3", "2027-12-31", "")
    assert found.unknown == ()


@pytest.mark.parametrize("key", KEYS)
def test_every_number_has_a_title_in_both_languages_and_a_source(key: str) -> None:
    found = ruleset_named(key)
    assert found.parameters and found.title.en and found.title.zh and found.source
    for one in found.parameters.values():
        assert one.title.en and one.title.zh and one.source
        assert one.status in ("VERIFIED", "VERIFIED_SECONDARY", "WEAK")
        assert one.known or one.status == "WEAK"
        assert not one.known or one.form != "number" or one.number >= 0


def test_version_2_0_claims_no_percentage_and_lets_one_be_entered() -> None:
    shipped = ruleset_named("sbti_nz_2_0")
    assert shipped.entered and not ruleset_named("sbti_nz_1_3").entered
    assert shipped.number("rate_scope12") is None
    assert "sbti_nz_2_0.rate_scope12" in {one.key for one in shipped.unknown}
    change = checked(RuleValue("sbti_nz_2_0.rate_scope12", "4.2", "V2.0, clause X"))
    changed = all_rulesets([change])["sbti_nz_2_0"]
    assert changed.number("rate_scope12") == Decimal("4.2")
    assert changed.parameters["rate_scope12"].status == "USER"
    assert changed.parameters["rate_scope12"].original == shipped.parameters["rate_scope12"]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_rule_set_speaks_of_alignment(key: str, lang: str) -> None:
    found = ruleset_named(key)
    words = [found.title.in_language(lang), *(one.title.in_language(lang) for one in found.parameters.values())]
    assert not any("align" in word.casefold() or "对齐" in word or "符合V2" in word for word in words)


def test_a_value_that_is_not_known_says_how_one_is_written() -> None:
    with pytest.raises(UserError) as refused:
        checked(RuleValue("sbti_nz_2_0.rate_scope12", "four", "somewhere"))
    assert refused.value.remedy is not None and str(refused.value.remedy) == "Write it like 4.2."


def test_an_unknown_rule_set_is_refused_with_the_list() -> None:
    with pytest.raises(UserError, match="no rule set") as refused:
        ruleset_named("sbti_nz_9")
    assert "sbti_nz_1_3" in str(refused.value.remedy)


def test_parameters_are_those_of_one_file() -> None:
    book = rulebook()
    assert parameters_of("own", book).keys() == ruleset_named("own").parameters.keys()
    assert parameters_of("sbti_nz_1", book) == {}
    assert ruleset_named("own").ruling("no such rule") is None


def test_national_targets_are_information_with_a_latest_year() -> None:
    found = ruleset_named("national_cn")
    assert (found.year("peak_year"), found.year("long_term_latest")) == (2030, 2060)
    assert found.number("rate_scope12") is None
