"""compile_inventory is a pure function whose totals are nothing but sums of lines."""

from __future__ import annotations

import decimal
import locale
import random
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import review
from core.errors import UserError
from core.inventory import (
    Choices,
    Inventory,
    Memo,
    Period,
    by_month,
    by_scope,
    by_source,
    choices_of,
    compile_inventory,
    inventory_to_plain,
    months_by_source,
    year_of,
)
from core.inventory.views import MARKET
from core.ledger import Activity, Audit, Ledger, Record, canonical
from core.library import GASES, load_library
from core.methods import KG
from tests.core.samples import CHOICES, PLANT, activities, activity, compiled, ledgers, month, year_of_bills

LIBRARY = load_library()
REPORTED = ("scope1", "scope2_location", "scope3")


def bytes_of(inventory: Inventory) -> bytes:
    return canonical(inventory_to_plain(inventory, review(inventory)))


@settings(max_examples=60)
@given(ledgers(), st.randoms(use_true_random=False))
def test_order_of_entry_does_not_matter(pair: tuple[Ledger, Audit], chance: random.Random) -> None:
    ledger, audit = pair
    shuffled: list[Record] = [one for held in ledger.records.values() for one in held.values()]
    chance.shuffle(shuffled)
    choices = choices_of(audit, 2023)
    one, other = (compile_inventory(a, choices, LIBRARY) for a in (ledger, Ledger.of(shuffled)))
    assert one == other
    assert bytes_of(one) == bytes_of(other)


@settings(max_examples=60)
@given(ledgers())
def test_totals_are_sums(pair: tuple[Ledger, Audit]) -> None:
    ledger, audit = pair
    inventory = compile_inventory(ledger, choices_of(audit, 2023), LIBRARY)
    totals, lines = inventory.totals, inventory.lines
    for scope, own in by_scope(lines).items():
        assert totals.scopes[scope] == sum((line.tco2e for line in own), Decimal(0))
    assert sum(totals.gases.values()) == totals.location == sum(totals.scopes[s] for s in REPORTED)
    assert sum(totals.gases_market.values()) == totals.market
    assert tuple(totals.gases) == GASES
    assert sum(by_source(lines).values()) == totals.location
    assert sum(by_month(lines, audit_period(audit))) == totals.location
    assert sum(by_month(lines, audit_period(audit), MARKET)) == totals.market
    by = months_by_source(lines, audit_period(audit))
    assert {s: sum(months) for s, months in by.items()} == by_source(lines)


def audit_period(audit: Audit) -> Period:
    return Period(audit.start, audit.end)


@settings(max_examples=60)
@given(ledgers())
def test_nothing_gets_lost(pair: tuple[Ledger, Audit]) -> None:
    """Each record of the period has a line, an exclusion, or (a PV meter) its derived parts."""
    ledger, audit = pair
    inventory = compile_inventory(ledger, choices_of(audit, 2023), LIBRARY)
    seen = {line.activity.id for line in inventory.lines} | {e.portion.activity.id for e in inventory.excluded}
    for record in inventory.activities:
        assert record.id in seen or record.item == "solar_generated"
    touching = {a.id for a in ledger.activities if a.start.year <= 2023 <= a.end.year}
    assert touching <= {a.id for a in inventory.activities}
    rules = {(f.rule, f.subject) for f in inventory.findings}
    assert all((e.finding.rule, e.finding.subject) in rules for e in inventory.excluded)
    assert len(rules) == len(inventory.findings)


@settings(max_examples=40)
@given(activities(), st.integers(1, 365))
def test_two_periods_add_up_to_one(bill: Activity, cut: int) -> None:
    """Solar parts excluded: what one meter generated is derived for the same days only."""
    middle = date.fromordinal(date(2023, 1, 1).toordinal() + cut - 1)
    periods = [year_of(2023), Period(date(2023, 1, 1), middle)]
    if middle < date(2023, 12, 31):
        periods.append(Period(date.fromordinal(middle.toordinal() + 1), date(2023, 12, 31)))
    bill = replace(bill, start=max(bill.start, date(2023, 1, 1)), end=min(bill.end, date(2023, 12, 31)))
    if bill.start > bill.end:
        return
    whole, *parts = (compiled([bill], period=p).totals for p in periods)
    slack = KG * 400
    assert abs(whole.location - sum((p.location for p in parts), Decimal(0))) <= slack
    assert abs(whole.market - sum((p.market for p in parts), Decimal(0))) <= slack


@settings(max_examples=40)
@given(ledgers(), st.integers(0, 7), activities("a03"))
def test_memory_changes_nothing(pair: tuple[Ledger, Audit], position: int, other: Activity) -> None:
    ledger, audit = pair
    memo = Memo()
    choices = choices_of(audit, 2023)
    compile_inventory(ledger, choices, LIBRARY, memo)
    kept = [a for i, a in enumerate(ledger.activities) if i != position]
    edited = Ledger.of([ledger.plant, audit, *kept, other, *ledger.evidence])
    for now in (edited, ledger, edited):
        assert compile_inventory(now, choices, LIBRARY, memo) == compile_inventory(now, choices, LIBRARY)
    assert len(memo.outcomes) <= 2 * (len(kept) + 1)


def test_memory_is_not_used_for_other_choices() -> None:
    memo, ledger = Memo(), Ledger.of([PLANT, activity(method="refrigerants", item="HFC-134a", unit="kg")])
    totals = {
        key: compile_inventory(ledger, Choices(year_of(2023), key), LIBRARY, memo).totals.location
        for key in ("AR4", "AR5", "AR6")
    }
    assert totals == {"AR4": 1430, "AR5": 1300, "AR6": LIBRARY.gwp["AR6"].species["HFC-134a"].gwp}


@pytest.mark.parametrize(
    "context",
    [
        decimal.Context(prec=5, rounding=decimal.ROUND_UP),
        decimal.Context(prec=50, rounding=decimal.ROUND_DOWN, traps=[decimal.Inexact]),
    ],
    ids=["five digits", "fifty digits"],
)
def test_another_decimal_context_changes_nothing(context: decimal.Context) -> None:
    records = [*year_of_bills(quantity="123456.789"), *_cut()]
    expected = bytes_of(compiled(records))
    with decimal.localcontext(context):
        inventory = compiled(records)
        assert bytes_of(inventory) == expected
        assert inventory.totals.location == compiled(records).totals.location
        months = by_month(inventory.lines, inventory.choices.period)
    assert sum(months) == inventory.totals.location


def _cut() -> list[Activity]:
    """Bills over new year, whose quantities have no end."""
    days = {"start": date(2022, 12, 12), "end": date(2023, 1, 17)}
    return [
        activity("x", quantity="100", unit="MWh", method="stationary_combustion", item="diesel", **days),
        activity("y", quantity="100", method="stationary_combustion", item="natural_gas", unit="m3", **days),
    ]


def test_another_locale_changes_nothing() -> None:
    records = _cut()
    expected = bytes_of(compiled(records))
    for name in ("de_DE.UTF-8", "tr_TR.UTF-8", "zh_CN.UTF-8", "C"):
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            continue
        try:
            assert bytes_of(compiled(records)) == expected
        finally:
            locale.setlocale(locale.LC_ALL, "C.UTF-8")


def test_sentences_show_quantities_that_people_can_read() -> None:
    (finding,) = (f for f in compiled(_cut()).findings if f.rule == "ambiguous_energy")
    assert "45.945946" in finding.message.in_language("en")


@pytest.mark.parametrize("digits", ["9" * 30, "9" * 26, "0." + "0" * 29 + "1", "-" + "9" * 30])
def test_absurd_numbers_are_findings(digits: str) -> None:
    things = [("purchased_electricity", "electricity", "GWh"), ("refrigerants", "R-410A", "kt"),
              ("stationary_combustion", "diesel", "kWh"), ("stationary_combustion", "diesel", "kt"),
              ("solar_generation", "solar_generated", "GWh")]  # fmt: skip
    for method, item, unit in things:
        inventory = compiled([activity(method=method, item=item, unit=unit, quantity=Decimal(digits))])
        assert inventory.lines or inventory.excluded
        assert bytes_of(inventory)


def test_choices_must_be_known() -> None:
    ledger = Ledger.of([PLANT])
    with pytest.raises(UserError, match="GWP set"):
        compile_inventory(ledger, Choices(year_of(2023), "AR7"), LIBRARY)
    with pytest.raises(UserError, match="policy"):
        compile_inventory(ledger, Choices(year_of(2023), "AR6", "cheapest"), LIBRARY)
    with pytest.raises(UserError, match="plant"):
        compile_inventory(Ledger(), CHOICES, LIBRARY)


def test_reversed_dates_are_told() -> None:
    inventory = compiled([activity(start=date(2023, 5, 5), end=date(2023, 4, 5))])
    assert inventory.excluded[0].finding.rule == "not_understood"
    assert "ends before it begins" in str(inventory.findings[0].message)


def test_choices_of_a_year() -> None:
    audit = Audit("2024", date(2024, 4, 1), date(2025, 3, 31), "AR5", "gbt-32150-2025")
    assert choices_of(audit, 2024) == Choices(Period(audit.start, audit.end), "AR5", "gbt-32150-2025")
    assert choices_of(None, 2024) == Choices(year_of(2024))


def test_the_plain_form_is_what_the_command_line_promises() -> None:
    plain = inventory_to_plain(compiled([activity(**month(2))]), ())
    assert {"plant", "period", "gwp_set", "policy", "totals_tco2e", "biogenic_tco2", "avoided_tco2e", "gases_tco2e",
            "lines", "findings", "excluded"} <= set(plain)  # fmt: skip
    assert isinstance(plain["lines"], list) and isinstance(plain["lines"][0], dict)
    assert {"id", "source", "method", "item", "scope", "start", "end", "quantity", "unit", "kg", "tco2e", "factor",
            "trace"} <= set(plain["lines"][0])  # fmt: skip
    assert {"key", "value", "unit", "publisher", "edition", "year", "place"} <= set(plain["lines"][0]["factor"])
