"""Coverage by undertakings: never above 100 %, in whatever order, each supplier in one list."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.undertakings import ASKED, TEXTS, Spent, coverage_of, coverages_of
from core.ledger import Ledger, Register, Supplier, Undertaking
from core.ledger.records import Record

DAY = date(2025, 12, 31)
STEEL = Supplier("su00001", "Example Steel", "CN", spend=Decimal(900), currency="CNY")
OIL = Supplier("su00002", "Example Oil", "CN", spend=Decimal(100), currency="CNY")
TYRES = Supplier("su00003", "Example Tyres", "PL", spend=Decimal(50), currency="EUR")
PAPER = Supplier("su00004", "Example Paper", "CN")
GONE = Supplier("su00005", "Gone", "CN", spend=Decimal(1), currency="CNY", until="2025-12-30")
SUPPLIERS = (STEEL, OIL, TYRES, PAPER, GONE)


def signed(number: int, supplier: str, text: str = "ungc", day: str = "2025-01-01", end: str = "") -> Undertaking:
    return Undertaking(f"un{number:05}", supplier, text, "2024", date.fromisoformat(day), valid_to=end)


HELD = Ledger.of((
    *SUPPLIERS,
    signed(1, "su00001"),
    signed(2, "su00001", end="2025-06-30"),  # an older one that ran out does no harm
    signed(3, "su00002", end="2025-12-30"),
    signed(4, "su00003", end="2025-12-31"),
    signed(5, "su00004", day="2026-01-01"),
    signed(6, "su00005"),
    signed(7, "su00004", "code_of_conduct"),
))  # fmt: skip


def test_each_supplier_is_covered_expired_or_missing() -> None:
    one = coverage_of(HELD, DAY, "ungc")
    assert (one.signed, one.expired, one.missing) == (("su00001", "su00003"), ("su00002",), ("su00004",))
    assert one.papers == ("un00001", "un00004")
    assert (one.suppliers, one.percent) == (4, Decimal(50))


def test_money_of_several_currencies_is_never_added() -> None:
    one = coverage_of(HELD, DAY, "ungc")
    assert one.spend == (Spent("CNY", Decimal(900), Decimal(1000)), Spent("EUR", Decimal(50), Decimal(50)))
    assert [each.percent for each in one.spend] == [Decimal(90), Decimal(100)]
    assert one.unknown == ("su00004",)


def test_without_a_text_any_of_them_counts() -> None:
    assert coverage_of(HELD, DAY).signed == ("su00001", "su00003", "su00004")


def test_another_text_is_named_where_somebody_signed_it() -> None:
    assert [one.text for one in coverages_of(HELD, DAY)] == list(ASKED)
    more = Ledger.of((*SUPPLIERS, signed(1, "su00001", "other", end="2025-02-01")))
    assert [one.text for one in coverages_of(more, DAY)] == list(TEXTS)


def test_nobody_delivers() -> None:
    one = coverage_of(Ledger.of((GONE, signed(1, "su00005"))), DAY)
    assert (one.suppliers, one.percent, one.spend, one.papers) == (0, None, (), ())
    assert Spent("CNY", Decimal(0), Decimal(0)).percent is None


def test_head_office_counts_its_own_suppliers() -> None:
    assert coverage_of(Register.of((STEEL, signed(1, "su00001"))), DAY, "ungc").percent == 100


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_texts_are_named_in_both_languages(lang: str) -> None:
    assert len({one.in_language(lang) for one in TEXTS.values()}) == len(TEXTS)


# ---------------------------------------------------------------------- laws


@st.composite
def registers(draw: st.DrawFn) -> list[Record]:
    money = st.none() | st.decimals(min_value=0, max_value=10**12, places=2)
    day = st.dates(DAY - timedelta(days=900), DAY + timedelta(days=90))
    end = st.just("") | day.map(date.isoformat)
    suppliers = [
        Supplier(f"su{number:05}", "S", spend=draw(money), currency=draw(st.sampled_from(("CNY", "EUR"))),
                 until=draw(end))
        for number in range(draw(st.integers(0, 6)))
    ]  # fmt: skip
    papers = [
        Undertaking(f"un{number:05}", draw(st.sampled_from(suppliers)).id, draw(st.sampled_from(tuple(TEXTS))), "1",
                    draw(day), valid_to=draw(end))
        for number in range(draw(st.integers(0, 12)) if suppliers else 0)
    ]  # fmt: skip
    return [*suppliers, *papers]


@given(registers(), st.randoms(use_true_random=False))
def test_the_order_of_entering_changes_nothing(records: list[Record], chance: object) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert coverages_of(Ledger.of(shuffled), DAY) == coverages_of(Ledger.of(records), DAY)


@given(registers())
def test_no_share_is_above_a_hundred_and_the_lists_share_nobody(records: list[Record]) -> None:
    held = Ledger.of(records)
    for one in (*coverages_of(held, DAY), coverage_of(held, DAY)):
        everybody = (*one.signed, *one.expired, *one.missing)
        assert len(set(everybody)) == one.suppliers
        assert all(share is None or 0 <= share <= 100 for share in (one.percent, *(each.percent for each in one.spend)))
        assert all(each.signed <= each.whole for each in one.spend)
        assert set(one.signed) == {each.supplier for each in held.held(Undertaking) if each.id in one.papers}


@given(registers())
def test_any_text_covers_at_least_whom_one_text_covers(records: list[Record]) -> None:
    held = Ledger.of(records)
    every = set(coverage_of(held, DAY).signed)
    assert every == {key for text in TEXTS for key in coverage_of(held, DAY, text).signed}
