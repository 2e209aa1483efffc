"""Rules for people, and what follows from kinds and markets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.instruments import all_rules, explain_rules, is_renewable, market_of
from core.instruments.markets import accepted
from core.ledger import RuleValue
from core.library.places import countries
from core.library.rulebook import rulebook
from tests.core.instruments.samples import gec


def test_every_rule_is_explained_once_with_its_parameters() -> None:
    rows = explain_rules(rulebook())
    assert [row.rule for row in rows] == sorted(all_rules())
    for row in rows:
        rule = all_rules()[row.rule]
        assert tuple(one.key for one in row.parameters) == rule.parameters
        assert (row.levels, row.source, row.edition, row.kinds) == (rule.levels, rule.source, rule.edition, rule.kinds)


def test_a_changed_parameter_shows_both_sources() -> None:
    changed = rulebook([RuleValue("renewables.late_retirement", "3", "Decision of 2026-02-02")])
    (row,) = [row for row in explain_rules(changed) if row.rule == "retired_late"]
    (shown,) = row.parameters
    assert (shown.value, shown.source, shown.status) == ("3", "Decision of 2026-02-02", "USER")
    assert shown.original is not None and shown.original.value == "9" and shown.original.status == "WEAK"


def test_what_stands_on_memory_says_so() -> None:
    for key, ruling in rulebook().items():
        if key.startswith("renewables.") and any(
            w in ruling.source for w in ("memory", "Our convention", "Our reading")
        ):
            assert ruling.status == "WEAK", key


@pytest.mark.parametrize("key", [key for key in rulebook() if key.endswith("_countries")])
def test_countries_are_countries(key: str) -> None:
    assert rulebook()[key].items and set(rulebook()[key].items) <= set(countries())


def test_markets_are_made_of_countries_and_do_not_overlap() -> None:
    europe, america = (set(rulebook()[f"renewables.market_{name}"].items) for name in ("europe", "north_america"))
    assert europe | america <= set(countries()) and not europe & america


@pytest.mark.parametrize("apart", ["BG", "CY", "IE", "MT", "PL", "RO", "RS", "GB", "IS"])
def test_europe_is_that_of_the_published_list(apart: str) -> None:
    """RE100 Technical Criteria 4.1 and its note on market boundaries name these as markets of their own."""
    rules = rulebook()
    assert market_of(apart, rules) == apart != market_of("DE", rules)
    assert market_of("NO", rules) == market_of("DE", rules) == market_of("CH", rules) == market_of("CZ", rules)
    assert market_of("US", rules) == market_of("CA", rules) != market_of("MX", rules)


@pytest.mark.parametrize(
    ("country", "scheme"), [("CN", "GEC"), ("DE", "GO"), ("PL", "GO"), ("US", "REC"), ("GB", "REGO"), ("IN", "I-REC")]
)
def test_each_country_has_its_certificate(country: str, scheme: str) -> None:
    assert accepted(country, rulebook()) == (scheme,)


@pytest.mark.parametrize(
    ("technology", "factor", "expected"),
    [
        ("solar", "0", True),
        ("biomass", "0.03", True),
        ("nuclear", "0", False),
        ("mixed", "0.2", False),
        ("mixed", "0", True),
        ("", "0", True),
        ("", "0.2", False),
    ],
)
def test_what_belongs_to_a_renewable_share(technology: str, factor: str, expected: bool) -> None:
    assert is_renewable(gec(technology=technology, factor=Decimal(factor)), rulebook()) is expected


def test_nuclear_belongs_to_it_where_an_expert_says_so() -> None:
    changed = rulebook([RuleValue("renewables.nuclear_is_renewable", "yes", "Policy of the group")])
    assert is_renewable(gec(technology="nuclear"), changed)
