"""Every template of a typical plant: what it names exists, in both languages, and a record can begin with it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from core.audit.plan import FREQUENCIES, METHODS
from core.entering.templates import OWN, Template, all_templates, applying, beginning, missing
from core.i18n import Name
from core.ledger import Activity, Ledger, PlanItem, Plant
from core.library import load_library
from core.methods import all_methods

LIBRARY = load_library()
EMPTY = Ledger.of([Plant("Test", "CN")])
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.fixture(params=list(all_templates()))
def template(request: pytest.FixtureRequest) -> Template:
    return all_templates()[request.param]


def names(template: Template) -> list[Name]:
    own = [template.name, template.summary]
    own += [text for one in template.sources for text in (one.name, one.evidence, one.why)]
    return own + [text for one in (*template.meters, *template.key_figures) for text in (one.name, one.why)]


def test_everything_is_said_in_both_languages(template: Template) -> None:
    for one in names(template):
        assert one.en.strip() and not HAN.search(one.en), one
        assert HAN.search(one.zh), one
        assert not re.search(r"[,;:?!](?=[\u4e00-\u9fff])", one.zh), f"half-width punctuation: {one.zh}"


def test_methods_items_units_and_parameters_are_known_and_fit_each_other(template: Template) -> None:
    for one in template.sources:
        method, item = all_methods()[one.method], LIBRARY.items[one.item]
        assert item.kind in method.kinds, one.key
        unit = LIBRARY.units.find(one.unit)
        assert unit is not None, one.key
        assert unit.dimension in method.dimensions, (one.key, unit.dimension)
        assert set(one.parameters) <= {parameter.key for parameter in method.parameters}, one.key
        assert one.category in (0, *method.categories), one.key
        assert bool(one.category) == bool(method.categories), one.key


def test_the_plan_understands_how_and_how_often_and_each_statement_says_whose_it_is(template: Template) -> None:
    for one in template.sources:
        assert one.how in METHODS
        assert one.frequency in FREQUENCIES
        assert one.basis == OWN or len(one.basis) > 5


def test_sources_have_keys_and_names_of_their_own(template: Template) -> None:
    keys = [one.key for one in template.sources]
    assert len(keys) == len(set(keys))
    for lang in ("en", "zh"):
        pairs = [(one.name.in_language(lang), one.item) for one in template.sources]
        assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_new_plant_takes_it_up_as_expected_sources_without_amounts(template: Template, lang: str) -> None:
    made = applying(EMPTY, template, lang)
    assert len(made.steps) == len(template.usual) > 0
    assert {step.kind for step in made.steps} == {"plan_item"}
    after = EMPTY.apply(made.steps)
    assert after.activities == ()
    assert applying(after, template, "en").steps == (), "a second time adds nothing, in either language"


def test_the_first_record_of_each_line_begins_as_the_template_says(template: Template) -> None:
    wanted = {one.key: one for one in template.sources}
    after = EMPTY.apply(applying(EMPTY, template, "zh", list(wanted)).steps)
    for line, one in zip(after.held(PlanItem), template.sources, strict=True):
        begun = beginning(line, LIBRARY)
        assert begun is not None
        assert (begun.method, begun.item, begun.unit, begun.category) == (one.method, one.item, one.unit, one.category)


def test_what_the_plant_records_already_is_not_expected_again(template: Template) -> None:
    kinds = [(one.method, one.item) for one in template.sources]
    one = next(one for one in template.sources if kinds.count((one.method, one.item)) == 1)
    day = date(2024, 1, 1)
    held = Activity("a1", "Another name", one.method, one.item, day, day, Decimal(1), one.unit)
    assert one not in missing(Ledger.of([Plant("Test", "CN"), held]), template)
