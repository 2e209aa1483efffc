"""What an audit cannot do without: asked while somebody audits, met by the right file, waived by a reason."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from core.checks import dismissal, forbidding, review
from core.checks._required import Requirement, lacking, read_requirements, requirements
from core.checks._types import Review
from core.i18n import Name
from core.inventory.evidence import CLASSES
from core.ledger import Judgement, Record
from core.library import load_library
from core.methods import Finding, all_methods
from tests.core.checks.examples import ENGAGED, cooling, file, gas, of, pv, travel
from tests.core.samples import activity, green, month, year_of_bills

RULE = "required_evidence"


def asked(*records: Record) -> list[Finding]:
    return [f for f in review(of(*records)()) if f.rule == RULE]


def keys(*records: Record) -> list[tuple[str, int]]:
    """Which rows ask, and of how many records."""
    return [(one.requirement.key, len(one.records)) for one in lacking(Review(of(*records)()))]


def test_nobody_asks_while_nobody_audits() -> None:
    assert asked(activity()) == [] and keys(activity(), gas(), *green()) == []
    (found,) = asked(activity(), ENGAGED)
    assert (found.severity, found.subject) == ("error", "a1")
    assert "need a kept file" in str(found.message) and "bill or meter reading" in str(found.message)
    assert "Bill, Photograph of a meter" in str(found.remedy)
    assert "结算凭证或抄表记录" in found.message.in_language("zh")


def test_only_the_right_kind_is_enough() -> None:
    for kind in CLASSES:
        enough = kind in ("bill", "meter_photo")
        assert (asked(activity(), ENGAGED, file(kind, "a1")) == []) == enough, kind
    assert asked(activity(), ENGAGED, file("import", "a1")), "where the rows came from proves nothing"
    assert asked(activity(), ENGAGED, file("bill", "a2")), "a bill of another record"


def test_records_of_one_series_are_asked_together() -> None:
    rows = list(year_of_bills())
    (found,) = asked(*rows, ENGAGED, file("bill", *(row.id for row in rows[2:])))
    assert found.subject == rows[0].id and "2 records" in str(found.message)


def test_each_row_asks_of_what_it_concerns() -> None:
    bare = green(proof=False)
    assert keys(activity(), *bare, ENGAGED) == [("settled_energy", 1), ("green_claim", 1)]
    assert keys(activity(), *bare, file("certificate", "a1"), ENGAGED) == [("settled_energy", 1)]
    assert keys(activity(), *green(), ENGAGED) == [("settled_energy", 1)], "the contract is kept at the instrument"
    measured = gas(parameters=(("ncv_volume", "38.9"),))
    assert keys(measured, ENGAGED) == [("fuel", 1), ("measured_value", 1)]
    assert keys(measured, ENGAGED, file("laboratory", "g"), file("bill", "g", key="f")) == []
    assert keys(pv("generated", 100), ENGAGED) == [("own_generation", 1)], "asked though it emits nothing"
    assert keys(cooling(), ENGAGED) == [("material", 1)]


def test_a_small_source_need_not_have_it() -> None:
    large = activity("big", quantity=10_000_000)
    assert keys(large, gas(quantity=1), ENGAGED) == [("settled_energy", 1)]
    assert keys(large, travel(quantity=1), ENGAGED) == [("settled_energy", 1)]
    assert keys(travel(), ENGAGED) == [("value_chain", 1)], "it is the whole inventory"


def test_a_waiver_needs_a_reason_and_holds_as_long_as_its_facts() -> None:
    records: tuple[Record, ...] = (activity(), ENGAGED)
    (found,) = asked(*records)
    assert forbidding([found]), "it forbids signing"
    waived: Judgement = dismissal(found, 2023, "The supplier lost its archive in a fire; readings agree.")
    (again,) = asked(*records, waived)
    assert again.dismissed.startswith("The supplier lost") and not forbidding([again])
    (more,) = asked(*records, waived, activity("a2", **month(2)))
    assert not more.dismissed and "2 records" in str(more.message)
    (other,) = asked(*records, replace(waived, facts="0" * 64))
    assert not other.dismissed


def test_every_row_can_be_met_and_says_where_it_comes_from() -> None:
    methods, items = all_methods(), load_library().items
    for one in requirements():
        assert set(one.methods) <= set(methods), one.key
        assert set(one.items) <= set(items), one.key
        for key in one.parameters:
            assert any(key == p.key for m in methods.values() for p in m.parameters), key
        assert one.what.en != one.what.zh
        assert 0 <= one.share < 100
    covered = {m for one in requirements() for m in one.methods}
    assert {"purchased_electricity", "stationary_combustion", "refrigerants", "solar_generation"} <= covered


GOOD = '[[require]]\nkey = "a"\nmethods = ["x"]\nkinds = ["bill"]\nshare = 2.5\nen = "e"\nzh = "z"\nsource = "s"\n'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (GOOD.replace("bill", "receipt"), "kinds and source"),
        (GOOD.replace('source = "s"', 'source = ""'), "kinds and source"),
        (GOOD.replace('["bill"]', "[]"), "kinds and source"),
        (GOOD.replace('methods = ["x"]\n', ""), "of which records"),
        (GOOD * 2, "stands twice"),
        (GOOD.replace('zh = "z"\n', ""), "zh"),
    ],
)
def test_a_row_that_is_not_complete_is_refused(text: str, why: str) -> None:
    with pytest.raises((ValueError, KeyError), match=why):
        read_requirements(text)


def test_a_row_is_read_as_it_stands() -> None:
    (one,) = read_requirements(GOOD)
    assert one == Requirement("a", Name("e", "z"), ("bill",), Decimal("2.5"), "s", methods=("x",))
