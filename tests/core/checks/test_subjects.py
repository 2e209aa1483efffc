"""Findings name what they are about as people know it."""

from __future__ import annotations

import re

import pytest

from core.checks import all_rules, review, subject_of
from core.i18n import T
from core.ledger import Activity
from core.methods import Finding
from tests.core.checks.examples import EXAMPLES
from tests.core.samples import activity, compiled


@pytest.mark.parametrize(
    ("subject", "name"),
    [
        ("a1", "Main meter (a1)"),
        ("inventory", "Whole inventory"),
        ("scope2", "Scope 2"),
        ("scope3:6", "Scope 3, category 6"),
        ("closing:2023", "Closed year 2023"),
        ("base_year:2020", "Base year 2020"),
        ("year:2022", "Year 2022"),
        ("something else", "something else"),
    ],
)
def test_subjects_have_names(subject: str, name: str) -> None:
    finding = Finding("r", "info", subject, T("m"), T("r"))
    assert subject_of(finding, compiled([activity()])).in_language("en") == name


def test_a_factor_is_named_by_its_title() -> None:
    inventory = compiled([activity()])
    factor = inventory.lines[0].factor
    finding = Finding("r", "info", f"{factor.key}@2023", T("m"), T("r"))
    assert subject_of(finding, inventory) == factor.title


@pytest.mark.parametrize("key", sorted(all_rules()))
def test_no_rule_shows_a_key(key: str) -> None:
    inventory = EXAMPLES[key][0]()
    for finding in review(inventory):
        if finding.rule == key:
            assert not re.search(r"[a-z]:|@|_", subject_of(finding, inventory).in_language("en"))


def test_the_field_of_a_rule_is_one_of_the_record() -> None:
    fields = set(Activity.__dataclass_fields__)
    assert all(rule.field in fields for rule in all_rules().values())
