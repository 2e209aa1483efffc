"""Plans of strangers: no share, target or action is shown that does not follow, and no record breaks a page."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import review
from core.errors import UserError
from core.inventory import Package, differences, read
from core.ledger import Evidence, Record, canonical, sha256_of
from core.report import compare, render
from core.report.plans.words import SAID
from core.report.style import HOLE
from tests.core.report.complete import complete, pages_of, rebuilt
from tests.core.report.planned import planned
from tests.core.report.test_energy import tables, texts, told
from tests.core.report.test_planned import SECTIONS, Records, beside_little, changed, report, titled, with_one

# ---------------------------------------------------------------------- nobody can show anything else


def forged(change: Callable[[dict[str, Any]], None]) -> Package:
    """The package with other records, its hash right again: what a forger with this program's source makes."""
    plain: dict[str, Any] = copy.deepcopy(dict(complete().plain))
    change(plain["ledger"])
    plain["ledger_sha256"] = sha256_of(plain["ledger"])
    return read(canonical(plain))


def record(ledger: dict[str, Any], kind: str, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in ledger[kind] if one["id"] == key)
    return found


def _more(ledger: dict[str, Any]) -> None:
    record(ledger, "allocation", "al00")["quantity"] = "600000"
    record(ledger, "instrument", "in1")["quantity"] = "9000"


def _retired(ledger: dict[str, Any]) -> None:
    plant = ledger["plant"][0]["name"]
    record(ledger, "instrument", "in2").update(
        evidence=["cert"], kind="certificate", scheme="GEC", serials="X-1–X-1200", retired="2024-01-02",
        beneficiary=plant, commissioned="2021-05-01",
    )  # fmt: skip


@pytest.mark.parametrize("change", [_more, _retired], ids=["more allocated", "made to count"])
def test_a_larger_share_does_not_follow_from_what_is_stated(change: Callable[[dict[str, Any]], None]) -> None:
    """The share is no statement: who wants another one changes records, and then the emissions no longer follow."""
    held = forged(change)
    stated = differences(held, held.inventory(), review(held.inventory()))
    assert any("scope2_market" in one.where for one in stated)


def test_pages_with_another_share_are_not_what_the_data_give() -> None:
    held = complete(draws=0)
    other = with_one("allocation", "al00", quantity=Decimal(815_340)).package
    assert compare(render(replace(held, ledger=other.ledger)), held) == "differs"


def test_promises_are_rebuilt_byte_by_byte_and_every_other_one_differs() -> None:
    assert rebuilt() == "equal"

    def softer(ledger: dict[str, Any]) -> None:
        record(ledger, "target", "ta1")["reduction"] = "20"

    assert compare(pages_of(), forged(softer)) == "differs"


# ---------------------------------------------------------------------- whatever a stranger writes

WORDS = st.sampled_from(["", "x" * 4000, "未知", "a\nb\tc", "scope9", "scope3:99", "-1", "nan"])
NUMBERS = st.sampled_from([Decimal(0), Decimal(-5), Decimal("1e-9"), Decimal("1e15"), Decimal("99.999999")])
YEARS = st.sampled_from([1, 1900, 2022, 2023, 2024, 2500, 9999])
HELD: tuple[Record, ...] = tuple(one for one in planned() if not isinstance(one, Evidence))


@st.composite
def strange(draw: st.DrawFn) -> Record:
    """One of the records with one field that nobody would write."""
    one: Any = draw(st.sampled_from(HELD))
    field = draw(st.sampled_from([f for f in fields(one) if f.name != "id"]))
    value: object = draw(WORDS)
    if "Decimal" in str(field.type):
        value = draw(NUMBERS)
    elif field.type == "int":
        value = draw(YEARS)
    elif field.type == "date":
        value = getattr(one, field.name).replace(year=draw(YEARS))
    elif "tuple[tuple" in str(field.type):
        value = ((draw(WORDS), draw(WORDS)),)
    elif "tuple" in str(field.type):
        value = (draw(WORDS),)
    made: Record = replace(one, **{field.name: value})
    return made


@settings(max_examples=60, deadline=None)
@given(strange(), st.sampled_from(SECTIONS), st.sampled_from(["en", "zh"]))
def test_no_record_breaks_a_section(one: Record, key: str, lang: str) -> None:
    try:
        flow = told(beside_little(*planned(), one), key, lang)
        for table in tables(flow):
            table.wrap(482, 600)
    except UserError:
        pass  # what cannot be calculated is refused by name


def test_thousands_of_judgements_are_counted() -> None:
    def many(records: Records) -> None:
        first = records["credit"]["cr2"]
        records["credit"] |= {f"x{n:04d}": replace(first, id=f"x{n:04d}", serials=f"Z-{n}") for n in range(100)}

    flow = told(changed(many), "neutrality")
    assert len(tables(flow)[-2].rows) == SAID or any(len(one.rows) == SAID for one in tables(flow))
    assert "Further judgements:" in texts(flow)


def test_colours_of_judgements_only_repeat_their_word() -> None:
    table = titled(told(report(), "renewables"), "Level")
    for one in table.rows:
        assert bool(one.grounds) == (one.cells[0] in ("Stop", "Warning"))
        assert all(colour != HOLE for _, colour in one.grounds)
