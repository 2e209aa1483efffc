"""Judging whole ledgers: laws that no rule may break, and what is remembered."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import core.instruments.cover
import core.instruments.judging
from core.errors import UserError
from core.instruments import LEVELS, Case, Cover, Judged, all_rules, covers_of, judge
from core.instruments.judging import Check, Latest, changed, judge_all
from core.instruments.kinds import KINDS
from core.ledger import Allocation, Evidence, Instrument, Ledger, Record, RuleValue, SerialsElsewhere, kind_of
from core.ledger.changes import Step
from tests.core.instruments.samples import BILL, PLANT, PV, allocation, gec, ledger, own, ppa, settled

WORDS = st.sampled_from(["", "GEC", "GEC-NT", "GO", "I-REC", "REC", "REGO", "?"])
DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 31))
ODD_DAYS = st.one_of(DAYS, st.sampled_from([date.min, date.max]))
SAID_DAYS = st.one_of(st.just(""), DAYS.map(date.isoformat), st.sampled_from(["soon", "9999-12-31", "0001-01-01"]))


@st.composite
def instruments(draw: st.DrawFn, key: str) -> Instrument:
    """Any, the foolish ones included."""
    first = draw(st.integers(0, 40))
    return Instrument(
        key,
        key,
        draw(st.sampled_from([*KINDS, "?"])),
        draw(st.sampled_from(["CN", "DE", "PL", "US", "GB", "BR", "", "XX"])),
        draw(ODD_DAYS),
        draw(ODD_DAYS),
        draw(st.decimals(-5, 100, places=3)),
        scheme=draw(WORDS),
        serials=draw(st.sampled_from(["", "?", f"A{first}–A{first + 9}", f"A{first}; B{first}", "A1.."])),
        contract=draw(st.sampled_from(["", "C1"])),
        technology=draw(st.sampled_from(["", "solar", "nuclear", "mixed", "hydro", "biomass", "?"])),
        commissioned=draw(SAID_DAYS),
        factor=draw(st.sampled_from([Decimal(0), Decimal("0.3"), Decimal(-1)])),
        expires=draw(SAID_DAYS),
        retired=draw(SAID_DAYS),
        beneficiary=draw(st.sampled_from(["", PLANT.organisation, "Zhangjiakou Works", "Other"])),
        purpose=draw(st.sampled_from(["", "Zhangjiakou"])),
        attributes=draw(st.sampled_from(["", "with", "without"])),
        system=draw(st.sampled_from(["", "pv1", "gone"])),
        evidence=draw(st.sampled_from([(), ("e1",), ("e2", "e3"), ("gone",)])),
    )


@st.composite
def ledgers(draw: st.DrawFn) -> list[Record]:
    """Instruments, allocations to one of two bills or to none, and certificates elsewhere."""
    found: list[Record] = [replace(BILL, id="a2", start=date(2024, 12, 20), end=date(2025, 1, 19))]
    found += [draw(instruments(f"i{n}")) for n in range(draw(st.integers(0, 4)))]
    found += [
        Allocation(
            f"l{n}",
            draw(st.sampled_from(["i0", "i1", "i2", "gone"])),
            draw(st.sampled_from(["a1", "a2", "gone"])),
            draw(st.decimals(-10, 90000, places=3)),
        )
        for n in range(draw(st.integers(0, 6)))
    ]
    if draw(st.booleans()):
        found.append(SerialsElsewhere("s1", draw(st.sampled_from(["A5–A9", "?", ""])), "Cheb", 2025, "Head office"))
    return found


def all_covers(held: Ledger) -> list[Cover]:
    return [cover for covers in covers_of(held).values() for cover in covers]


@given(ledgers())
@settings(deadline=None, max_examples=40)
def test_whatever_is_entered_is_judged(records: list[Record]) -> None:
    """No rule falls over, and each says only what it is allowed to."""
    held = ledger(*records)
    judged = judge(held)
    assert set(judged) == set(held.records["instrument"])
    for key, said in judged.items():
        assert list(said) == sorted(said, key=lambda one: (LEVELS.index(one.level), one.rule, one.subject))
        for one in said:
            assert one.level in all_rules()[one.rule].levels
            subject = held.get("allocation", one.subject)
            assert one.subject == key or (isinstance(subject, Allocation) and subject.instrument == key)
            assert one.message.in_language("en") and one.remedy.in_language("zh")


@given(ledgers())
@settings(deadline=None, max_examples=40)
def test_what_counts_is_never_more_than_there_is(records: list[Record]) -> None:
    held = ledger(*records)
    taken: dict[str, Decimal] = {}
    for cover in all_covers(held):
        if cover.counts:
            taken[cover.instrument.id] = taken.get(cover.instrument.id, Decimal(0)) + max(cover.quantity, Decimal(0))
    for key, kwh in taken.items():
        instrument = held.get("instrument", key)
        assert isinstance(instrument, Instrument) and kwh <= max(instrument.quantity * 1000, Decimal(0))


@given(ledgers(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=40)
def test_the_order_of_import_does_not_matter(records: list[Record], chance: random.Random) -> None:
    shuffled = list(records)
    chance.shuffle(shuffled)
    one, other = ledger(*records), ledger(*shuffled)
    assert judge(one) == judge(other) and dict(covers_of(one)) == dict(covers_of(other))


@given(ledgers())
@settings(deadline=None, max_examples=40)
def test_covers_carry_what_was_judged(records: list[Record]) -> None:
    held = ledger(*records)
    judged = judge(held)
    for activity, covers in covers_of(held).items():
        assert [c.allocation.id for c in covers] == sorted(c.allocation.id for c in covers)
        for cover in covers:
            assert cover.allocation.activity == activity and cover.allocation.instrument == cover.instrument.id
            ids = (cover.instrument.id, cover.allocation.id)
            assert cover.judged == tuple(one for one in judged[cover.instrument.id] if one.subject in ids)
            assert cover.counts == all(one.level != "stop" for one in cover.judged)
    named = {cover.allocation.id for cover in all_covers(held)}
    assert named == {a.id for a in held.held(Allocation) if a.instrument in judged}


def test_without_instruments_nothing_is_asked() -> None:
    assert covers_of(ledger(allocation())) == {} and covers_of(ledger(gec())) == {} and judge(ledger()) == {}
    assert covers_of(Ledger()) == {} and judge(Ledger()) == {}


def test_a_ledger_without_plant_says_so() -> None:
    with pytest.raises(UserError, match="no plant"):
        judge(Ledger.of([gec()]))


def test_a_stop_of_one_allocation_leaves_the_others() -> None:
    """100 MWh: the second asks for more than is left, the third fits."""
    held = ledger(gec(), *(allocation(f"l{n}", quantity=kwh) for n, kwh in enumerate((60000, 50000, 40000))))
    assert [cover.counts for cover in covers_of(held)["a1"]] == [True, False, True]
    (stopped,) = [one for one in judge(held)["i1"] if one.level == "stop"]
    assert (stopped.rule, stopped.subject) == ("quantity", "l1")
    assert str(stopped.message) == "50,000 kWh are allocated where 40,000 kWh are left."


@pytest.mark.parametrize("instrument", [gec(), ppa(), own()], ids=["certificates", "contract", "roof"])
def test_nothing_is_said_of_a_good_one(instrument: Instrument) -> None:
    held = ledger(instrument, allocation())
    assert judge(held) == {"i1": ()} and [cover.counts for cover in covers_of(held)["a1"]] == [True]


def test_a_contract_without_certificates_counts_in_china_with_a_warning() -> None:
    held = ledger(settled(), allocation())
    assert [(one.rule, one.level) for one in judge(held)["i1"]] == [("only_proof", "warning")]
    assert covers_of(held)["a1"][0].counts


def test_three_stops_on_the_way() -> None:
    """Wrong market, expired vintage, serial used elsewhere in the group: each is named, and cured by itself."""
    bad = gec(market="NO", scheme="GO", start=date(2022, 1, 1), end=date(2022, 6, 30))
    taken = SerialsElsewhere("s1", "I1X0007", "Cheb plant", 2025, "Head office")
    steps = [ledger(bad, allocation(), taken), ledger(replace(bad, market="CN", scheme="GEC"), allocation(), taken),
             ledger(gec(), allocation(), taken), ledger(gec(), allocation())]  # fmt: skip
    stops = [{one.rule for one in judge(held)["i1"] if one.level == "stop"} for held in steps]
    assert "market" in stops[0] and "market" not in stops[1]
    assert {"expired", "serial_elsewhere"} <= stops[1] and stops[2] == {"serial_elsewhere"} and not stops[3]
    assert [covers_of(held)["a1"][0].counts for held in steps] == [False, False, False, True]


def test_what_does_not_concern_instruments_costs_nothing() -> None:
    held = ledger(gec(), allocation(), replace(BILL, id="other"))
    judged, covers = judge(held), covers_of(held)
    other = replace(BILL, id="other")
    after = held.apply(
        [
            Step("activity", "other", other, replace(other, end=date(2025, 4, 1))),
            Step("activity", "a1", BILL, replace(BILL, quantity=Decimal(1), note="corrected")),
        ]
    )
    assert judge(after) is judged and covers_of(after) is covers


@pytest.mark.parametrize(
    ("record", "stops"),
    [
        (replace(BILL, start=date(2027, 3, 1), end=date(2027, 3, 31)), {"vintage"}),
        (gec(retired=""), {"retired"}),
        (allocation(quantity=100001), {"quantity"}),
        (Evidence("e1", "other.pdf", "other", "0" * 64, 1), {"proof"}),
        (replace(PLANT, country="DE"), {"market"}),
    ],
    ids=["bill", "instrument", "allocation", "evidence", "plant"],
)
def test_what_does_is_judged_again(record: Record, stops: set[str]) -> None:
    held = ledger(gec(), allocation())
    assert not judge(held)["i1"]
    kind = next(
        kind for kind, own in held.records.items() if record.id in own and isinstance(record, type(own[record.id]))
    )
    after = held.apply([Step(kind, record.id, held.get(kind, record.id), record)])
    assert {one.rule for one in judge(after)["i1"] if one.level == "stop"} == stops
    assert not covers_of(after)["a1"][0].counts and covers_of(held)["a1"][0].counts


@given(st.lists(ledgers(), min_size=2, max_size=4))
@settings(deadline=None, max_examples=30)
def test_remembering_changes_nothing(all_records: list[list[Record]]) -> None:
    """Ledgers in turn, remembered or not, are judged alike."""
    held = [ledger(*records) for records in all_records]
    remembered = [(dict(judge(one)), dict(covers_of(one))) for one in (*held, *held)]
    afresh = []
    for one in held:
        core.instruments.judging._LATEST = Latest()
        core.instruments.cover._LATEST = Latest()
        afresh.append((dict(judge(one)), dict(covers_of(one))))
    assert remembered == [*afresh, *afresh]


@given(ledgers(), ledgers(), st.data())
@settings(deadline=None, max_examples=150)
def test_going_on_from_another_ledger_is_judging_all(
    records: list[Record], others: list[Record], data: st.DataObject
) -> None:
    """Records are added, changed and removed one by one: what is remembered is what judging everything finds."""
    held = ledger(*records)
    pool = [*others, *records, *(replace(PLANT, country=one) for one in ("CN", "DE")), *_neighbours()]
    for _ in range(data.draw(st.integers(1, 6))):
        record = data.draw(st.sampled_from(pool))
        kind, before = kind_of(record), held.get(kind_of(record), record.id)
        gone = before is not None and kind != "plant" and data.draw(st.booleans())
        held = held.apply([Step(kind, record.id, before, None if gone else record)])
        assert dict(judge(held)) == dict(judge_all(held))
        covers = dict(covers_of(held))
        core.instruments.cover._LATEST = Latest()
        assert covers == dict(covers_of(held))
        assert list(judge(held)) == list(held.records["instrument"])


def _neighbours() -> list[Record]:
    """What changes what is said of an instrument without being it: files, proofs of its bills, names, days, rules."""
    file = Evidence("e1", "retired.pdf", "certificate", "0" * 64, 1)
    return [
        replace(file, kind="other"), file, Evidence("e9", "bill.pdf", "bill", "3" * 64, 1, activities=("a1",)),
        replace(BILL, start=date(2023, 1, 1), end=date(2023, 1, 31)), BILL, PV, replace(PV, attributes_owner="other"),
        gec("i0", serials="A1–A9", name="First"), gec("i1", serials="A5–A12", name="Second"),
        gec("i1", serials="A5–A12", name="Renamed"), ppa("i2"), settled("i2"), allocation("l0", "i0"),
        allocation("l0", "i1"), RuleValue("renewables.gec_size", "0.5", "test"),
    ]  # fmt: skip


def test_one_allocation_asks_no_rule_about_other_instruments(monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes typing in a large file fast, and a name of a neighbour that still shows."""
    held = ledger(
        gec("i0", serials="A1–A9"), gec("i1", serials="A5–A12", name="Second"), gec("i2"),
        allocation("l0", "i0", 10), allocation("l2", "i2", 10),
    )  # fmt: skip
    judge(held)
    asked: set[str] = set()
    plain = core.instruments.judging._judged

    def listening(case: Case, checks: Iterable[tuple[str, Check]]) -> tuple[Judged, ...]:
        asked.add(case.instrument.id)
        return plain(case, checks)

    monkeypatch.setattr(core.instruments.judging, "_judged", listening)
    after = held.apply([Step("allocation", "l2", held.get("allocation", "l2"), allocation("l2", "i2", 11))])
    judge(after)
    assert asked == {"i2"}
    asked.clear()
    renamed = gec("i1", serials="A5–A12", name="Renamed")
    judged = judge(after.apply([Step("instrument", "i1", after.get("instrument", "i1"), renamed)]))
    assert asked == {"i0", "i1"} and any("Renamed" in str(one.message) for one in judged["i0"])


def test_what_changed_between_two_tables() -> None:
    one, other = object(), object()
    table = {"a": one, "b": one}
    assert changed(table, table) == set() == changed(table, dict(table))
    assert changed(table, {"a": other, "c": one}) == {"a", "b", "c"} and changed({}, table) == {"a", "b"}
    assert changed(table, {"a": one}) == {"b"}


def test_ten_thousand_certificates() -> None:
    """All in one year, each for a part of its bill."""
    many = [gec(f"i{n}", quantity=10, serials=f"Z{n * 10}–Z{n * 10 + 9}") for n in range(10000)]
    held = ledger(*many, *(allocation(f"l{n}", f"i{n}", 10000) for n in range(10000)), PV)
    assert len(judge(held)) == 10000 and not any(judge(held).values())
    assert len(covers_of(held)["a1"]) == 10000
