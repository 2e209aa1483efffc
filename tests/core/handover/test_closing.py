"""A closed year stays what it was, whatever arrives later, until somebody restates it with a reason."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.checks import dismissal, review
from core.errors import UserError
from core.handover import Draft, close_year, prepare, produce, receive, recorded, restate_year
from core.i18n import Name, T
from core.inventory import Inventory, choices_of, compile_inventory, differences, read
from core.inventory import closing as reading
from core.inventory.caused import compared_with
from core.inventory.closing import (
    candidate,
    closed_inventory,
    closed_package,
    closed_years,
    opened,
    pack,
    pending,
    unpack,
    waiting,
)
from core.inventory.totals import LOCATION
from core.inventory.waterfall import Waterfall
from core.ledger import Audit, Change, Closing, Evidence, Ledger, PlanItem, Step, canonical, next_entry
from core.ledger.canonical import parse
from core.ledger.journal import undo_target
from core.library import Factor, FactorSet, Library, load_library
from core.methods import plain
from core.signing import Identity, Trust
from tests.core.handover.conftest import NOW, bills, ledger
from tests.core.samples import covering, green, ledgers

LIBRARY = load_library()
LATER = NOW + timedelta(days=200)
JOURNAL = ("ab" * 32, 7)
NEWER = Factor(
    "grid_2024.electricity.location.CN-HE.2024",
    FactorSet("grid_2024", Name("Grid 2024", "2024年电网"), "Ministry", "No. 1", 2026, "2026-01-01", "public"),
    "electricity",
    "location",
    "CN-HE",
    2024,
    "kg/kWh",
    {"CO2": Decimal("0.5")},
    place="Table 1",
)
RICHER = LIBRARY.with_sets([NEWER])


def closed(held: Ledger | None = None, library: Library = LIBRARY) -> tuple[Ledger, Closing, bytes]:
    """A plant whose year 2024 was closed."""
    before = ledger() if held is None else held
    change, blob = close_year(before, 2024, library, reason="Report verified", who="Li Na", when=NOW, journal=JOURNAL)
    after = before.apply(change.steps)
    closing = after.closing(2024)
    assert closing is not None
    return after, closing, blob


def restated(held: Ledger, blob: bytes, library: Library = LIBRARY, reason: str = "Meter read wrong") -> Change:
    change, _ = restate_year(held, 2024, library, blob=blob, reason=reason, who="Li Na", when=LATER, journal=JOURNAL)
    return change


def edited(held: Ledger, **changes: object) -> Ledger:
    bill = held.activities[0]
    return held.apply([Step("activity", bill.id, bill, replace(bill, **changes))])  # type: ignore[arg-type]


def open_inventory(held: Ledger, library: Library = LIBRARY) -> Inventory:
    return compile_inventory(held, choices_of(held.audit(2024), 2024), library)


HELD, CLOSING, BLOB = closed()


def test_closing_keeps_the_inventory_and_its_headline_figures() -> None:
    before = open_inventory(ledger())
    frozen = closed_inventory(CLOSING, BLOB)
    assert frozen.lines == before.lines and frozen.totals == before.totals
    assert (CLOSING.revision, CLOSING.closed, CLOSING.previous) == (1, NOW.date(), "")
    figures = {key: Decimal(said) for key, said in CLOSING.figures}
    assert {key: figures[key] for key in ("scope1", "scope2_location", "scope2_market", "scope3")} == {
        key: value for key, value in before.totals.scopes.items() if key in figures
    }
    location = before.totals.location
    assert sum(v for k, v in figures.items() if k.startswith("source:")) == location
    assert sum(v for k, v in figures.items() if k.startswith("gas:")) == location
    assert figures["source:Cooling"] == figures["gas:HFCs"] > 0
    assert HELD.audit(2024) is not None, "choices that nobody had made are recorded with the closing"


def test_newer_factors_and_edited_bills_wait_for_a_restatement() -> None:
    """A publisher brings a factor of the year itself, and a bill is corrected: nothing closed moves."""
    before = open_inventory(ledger())
    later = edited(HELD, quantity=Decimal(1100000))
    frozen = closed_inventory(CLOSING, BLOB)
    assert frozen.totals == before.totals
    assert open_inventory(later, RICHER).totals != before.totals, "the year would be another one"
    found = pending(later, 2024, RICHER, BLOB)
    assert found is not None
    causes = found.causes(("scope2_location",))
    assert {cause for cause, t in causes.items() if t} == {"factor", "error"}
    assert sum(causes.values()) == Decimal("1100000") * Decimal("0.5") / 1000 - before.totals.scopes["scope2_location"]
    assert pending(HELD, 2024, LIBRARY, BLOB) is None


def test_restating_takes_them_over_with_a_reason_and_keeps_the_old_package_named() -> None:
    later = edited(HELD, quantity=Decimal(1100000))
    change, blob = restate_year(
        later, 2024, RICHER, blob=BLOB, reason=" Meter read wrong ", who="Li Na", when=LATER, journal=JOURNAL
    )
    after = later.apply(change.steps)
    closing = after.closing(2024)
    assert closing is not None
    assert (closing.revision, closing.previous, closing.reason) == (2, CLOSING.sha256, "Meter read wrong")
    assert "Meter read wrong" in str(change.why)
    assert closed_inventory(closing, blob).totals.scopes["scope2_location"] == 550
    assert closed_inventory(CLOSING, BLOB).totals == open_inventory(ledger()).totals, "the first one can still be read"
    assert pending(after, 2024, RICHER, blob) is None
    taken_back = pending(after, 2024, LIBRARY, blob)
    assert taken_back is not None and taken_back.change() > 0
    assert all(f.rule != "changed_after_closing" for f in closed_package(closing, blob).findings)


def test_a_proof_alone_can_be_restated_but_own_factors_of_other_things_change_nothing() -> None:
    proof = Evidence("p1", "bill.pdf", "bill", "cd" * 32, 10, activities=("a00001",))
    held = HELD.apply([Step("evidence", "p1", None, proof)])
    found = pending(held, 2024, LIBRARY, BLOB)
    assert found is not None and found.empty
    assert restated(held, BLOB).steps[-1].kind == "closing"
    signed = replace(HELD.audit(2024) or Audit("", NOW.date(), NOW.date()), revision=3, previous="ef" * 32)
    assert pending(HELD.apply([Step("audit", "2024", HELD.audit(2024), signed)]), 2024, LIBRARY, BLOB) is None
    other = replace(bills()[1], id="x", start=NOW.date(), end=NOW.date())
    assert pending(HELD.apply([Step("activity", "x", None, other)]), 2024, LIBRARY, BLOB) is None


def test_what_is_refused() -> None:
    def close(held: Ledger, reason: str = "x", *, sound: bool = True) -> None:
        close_year(held, 2024, LIBRARY, reason=reason, who="L", when=NOW, journal=JOURNAL, sound=sound)

    with pytest.raises(UserError, match="closed already"):
        close(HELD)
    with pytest.raises(UserError, match="reason"):
        close(ledger(), "  ")
    with pytest.raises(UserError, match="altered outside"):
        close(ledger(), sound=False)
    with pytest.raises(UserError, match="no activity data"):
        close_year(ledger(), 2019, LIBRARY, reason="x", who="L", when=NOW, journal=JOURNAL)
    with pytest.raises(UserError, match="Nothing differs"):
        restated(HELD, BLOB)
    with pytest.raises(UserError, match="reason"):
        restated(edited(HELD, quantity=Decimal(5)), BLOB, reason="")
    with pytest.raises(UserError, match="not closed"):
        restated(ledger(), BLOB)
    assert pending(ledger(), 2024, LIBRARY, BLOB) is None


def test_open_errors_forbid_closing_like_signing() -> None:
    bill = bills()[0]
    claimed = green(bill.id, 10, start=bill.start, end=bill.end, proof=False)
    with pytest.raises(UserError, match="errors forbid closing"):
        closed(Ledger.of((ledger().plant, bill, *claimed)))


def test_closing_and_restating_are_final() -> None:
    change, _ = close_year(ledger(), 2024, LIBRARY, reason="x", who="L", when=NOW, journal=JOURNAL)
    first = next_entry(Change("L", NOW, T("Bill"), ()), None)
    entry = next_entry(change, first)
    assert entry.final and undo_target([first]) == 1 and undo_target([first, entry]) == 0
    later = edited(HELD, quantity=Decimal(5))
    assert next_entry(restated(later, BLOB), entry).final
    note = Step("closing", "2024", CLOSING, replace(CLOSING, reason="y"))
    assert not next_entry(Change("L", NOW, T("x"), (note,)), entry).final


# ---------------------------------------------------------------------- another program, hostile bytes


def _repacked(alter: Callable[[dict[str, object]], object], closing: Closing = CLOSING) -> tuple[Closing, bytes]:
    plain = parse(unpack(BLOB))
    assert isinstance(plain, dict)
    alter(plain)
    blob = pack(plain)
    return replace(closing, sha256=hashlib.sha256(blob).hexdigest(), size=len(blob)), blob


def _other_method(plain: dict[str, object]) -> None:
    """As a program stated it whose method gave twice as much."""
    inventory = plain["inventory"]
    assert isinstance(inventory, dict)
    for line in inventory["lines"]:
        for one in line["amounts"]:
            one["tco2e"] = f"{Decimal(one['tco2e']) * 2:f}"
            one["kg"] = f"{Decimal(one['kg']) * 2:f}"


def test_a_program_that_calculates_otherwise_still_shows_what_was_closed() -> None:
    closing, blob = _repacked(_other_method)
    frozen = closed_inventory(closing, blob)
    before = open_inventory(ledger())
    assert frozen.totals.location == 2 * before.totals.location
    assert [li.id for li in frozen.lines] == [li.id for li in before.lines]
    assert [[s.formula for s in li.trace] for li in frozen.lines] == [
        [s.formula for s in li.trace] for li in before.lines
    ]
    assert [li.portion for li in frozen.lines] == [replace(li.portion, trace=()) for li in before.lines]
    held = HELD.apply([Step("closing", "2024", CLOSING, closing)])
    found = pending(held, 2024, LIBRARY, blob)
    assert found is not None
    assert {cause for cause, t in found.causes().items() if t} == {"method"}
    with pytest.raises(UserError, match="does not confirm"):
        draft(held, blob)


def test_stated_lines_are_the_calculated_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    calculated = closed_inventory(CLOSING, BLOB)
    monkeypatch.setattr(reading, "confirmed", lambda package: False)
    stated = closed_inventory(CLOSING, BLOB)
    assert stated.totals == calculated.totals and stated.activities == calculated.activities
    assert [(li.amounts, replace(li.factor, title=T("x"))) for li in stated.lines] == [
        (li.amounts, replace(li.factor, title=T("x"))) for li in calculated.lines
    ]
    held, closing, blob = closed(ledger(replace(bills()[0], id="odd", item="unobtainium")))
    gap = closed_inventory(closing, blob).excluded
    assert [e.portion.activity.id for e in gap] == ["odd"]
    assert gap[0].finding == open_inventory(held).excluded[0].finding


def test_a_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.inventory.package.LARGEST", 1_000_000)
    with pytest.raises(UserError, match="larger than"):
        unpack(zlib.compress(b"0" * 50_000_000, 9))


@pytest.mark.parametrize(
    "damage",
    [lambda b: b"", lambda b: b[:-1], lambda b: b + b"x", lambda b: b[:40] + b"\0\0" + b[42:], lambda b: b"x" + b],
    ids=["empty", "short", "long", "altered", "shifted"],
)
def test_damaged_bytes_are_refused(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(UserError, match="damaged"):
        closed_inventory(CLOSING, damage(BLOB))
    with pytest.raises(UserError):
        unpack(damage(BLOB))


def test_the_package_of_another_year_is_refused() -> None:
    with pytest.raises(UserError, match="damaged"):
        closed_inventory(replace(CLOSING, id="2023"), BLOB)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(canonical(reading.closed_package(CLOSING, BLOB).plain)) - 1), st.binary(min_size=1, max_size=4)
)
def test_hostile_packages_raise_nothing_but_a_user_error(place: int, junk: bytes) -> None:
    """With a hash that fits: whoever wrote the file wrote both."""
    data = bytearray(unpack(BLOB))
    data[place : place + len(junk)] = junk
    blob = zlib.compress(bytes(data), 1)
    closing = replace(CLOSING, sha256=hashlib.sha256(blob).hexdigest(), size=len(blob))
    held = HELD.apply([Step("closing", "2024", CLOSING, closing)])
    try:
        closed_inventory(closing, blob)
        pending(held, 2024, LIBRARY, blob)
    except UserError as error:
        assert error.text("zh")


# ---------------------------------------------------------------------- the report of a closed year


def draft(
    held: Ledger, blob: bytes | None, library: Library = LIBRARY, choices: tuple[str, str] | None = None
) -> Draft:
    return prepare(
        held, 2024, library, language="en", issued_by="Li Na", when=LATER, journal=JOURNAL, choices=choices, closed=blob
    )


def test_the_report_of_a_closed_year_says_what_was_closed(auditor: Identity, trust: Trust) -> None:
    """Edited and with newer factors since; head office still recalculates it equal."""
    later = edited(HELD, quantity=Decimal(1100000))
    chosen = later.audit(2024)
    assert chosen is not None
    later = later.apply([Step("audit", "2024", chosen, replace(chosen, gwp_set="AR4", boundary="Hall 1"))])
    made = draft(later, BLOB, RICHER)
    assert (made.audit.gwp_set, made.audit.revision) == ("AR6", 1)
    receipt = receive(produce(made, auditor), trust, RICHER, LATER)
    assert receipt.inventory is not None and receipt.package is not None
    assert receipt.equal and receipt.rebuilt == "equal" and receipt.valid
    assert receipt.inventory.totals == closed_inventory(CLOSING, BLOB).totals
    assert receipt.package.ledger.closing(2024) == CLOSING
    after = later.apply(recorded(later, made, "Li Na", LATER).steps)
    audit = after.audit(2024)
    assert audit is not None
    assert (audit.revision, audit.previous, audit.gwp_set, audit.boundary) == (1, made.sha256, "AR4", "Hall 1")
    assert draft(after, BLOB).audit.revision == 2 and draft(after, BLOB).audit.previous == made.sha256


def test_a_plan_made_since_is_not_held_against_the_report_of_a_closed_year(auditor: Identity, trust: Trust) -> None:
    """What a review says of it could not be found again by head office, for the plan does not travel."""
    later = HELD.apply([Step("plan_item", "pl1", None, PlanItem("pl1", "Nowhere", "diesel", "billed"))])
    assert any(f.rule.startswith("plan_") for f in review(open_inventory(later)))
    receipt = receive(produce(draft(later, BLOB), auditor), trust, LIBRARY, LATER)
    assert receipt.equal and receipt.valid, receipt.reason


def test_a_closed_year_is_not_reported_otherwise() -> None:
    with pytest.raises(UserError, match="AR6"):
        draft(HELD, BLOB, choices=("AR5", "ghg-protocol"))
    assert draft(HELD, BLOB, choices=("AR6", "ghg-protocol")).closed
    with pytest.raises(ValueError, match="package is needed"):
        draft(HELD, None)
    with pytest.raises(UserError, match="damaged"):
        draft(HELD, BLOB + b"x")


@settings(max_examples=60, deadline=None)
@given(ledgers())
def test_any_year_that_can_be_closed_stays_and_is_reported_as_it_was(pair: tuple[Ledger, Audit]) -> None:
    """Whatever the records: closed, read, and reported under a richer library with the last bill gone."""
    held, audit = pair
    then = compile_inventory(held, choices_of(audit, 2023), LIBRARY)
    try:
        change, blob = close_year(held, 2023, LIBRARY, reason="x", who="L", when=NOW, journal=JOURNAL)
    except UserError:  # open errors or no data
        return
    after = held.apply(change.steps)
    closing = after.closing(2023)
    assert closing is not None
    frozen = closed_inventory(closing, blob)
    assert frozen.lines == then.lines and frozen.excluded == then.excluded and frozen.totals == then.totals
    assert pending(after, 2023, LIBRARY, blob) is None
    last = then.activities[-1]
    later = after.apply([Step("activity", last.id, last, None)])
    assert pending(later, 2023, RICHER, blob) is not None
    said = prepare(later, 2023, RICHER, language="en", issued_by="L", when=LATER, journal=JOURNAL, closed=blob).package[
        "inventory"
    ]
    assert isinstance(said, dict)
    assert said["totals_tco2e"]["scope1"] == plain(then.totals.scopes["scope1"])
    assert [(li["id"], li["tco2e"]) for li in said["lines"]] == [(li.id, plain(li.tco2e)) for li in then.lines]


# ---------------------------------------------------------------------- what edits touch


def test_edits_of_closed_years_are_told() -> None:
    bill = HELD.activities[0]
    inside = Step("activity", bill.id, bill, replace(bill, note="x"))
    outside = replace(bill, id="y", start=NOW.date(), end=NOW.date())
    assert closed_years(HELD, [inside]) == (2024,)
    assert closed_years(HELD, [Step("activity", "y", None, outside)]) == ()
    across = replace(outside, start=bill.end)
    assert closed_years(HELD, [Step("activity", "y", None, across)]) == (2024,)
    assert closed_years(ledger(), [inside]) == ()
    audit = HELD.audit(2024)
    assert audit is not None
    assert closed_years(HELD, [Step("audit", "2024", audit, replace(audit, gwp_set="AR5"))]) == (2024,)
    assert closed_years(HELD, [Step("audit", "2024", audit, replace(audit, revision=1, previous="ab"))]) == ()
    later = edited(HELD, quantity=Decimal(5))
    assert closed_years(later, [*restated(later, BLOB).steps, inside]) == ()
    judged = dismissal(review(open_inventory(HELD))[-1], 2024, "known")
    assert closed_years(HELD, [Step("judgement", judged.id, None, judged)]) == (2024,)
    assert closed_years(HELD, [Step("plant", "plant", HELD.plant, replace(HELD.plant, note=""))]) == (2024,)
    proof = Evidence("p", "b.pdf", "bill", "cd" * 32, 1, activities=(bill.id,))
    assert closed_years(HELD, [Step("evidence", "p", None, proof)]) == (2024,)
    contract, wind, cover = covering(bill.id, 10, start=bill.start, end=bill.end)
    assert closed_years(HELD, [Step("allocation", cover.id, None, cover)]) == (2024,)
    assert closed_years(HELD, [Step("instrument", wind.id, None, wind)]) == ()
    covered = HELD.apply([Step("allocation", cover.id, None, cover), Step("instrument", wind.id, None, wind)])
    assert closed_years(covered, [Step("instrument", wind.id, wind, None)]) == (2024,)
    assert closed_years(covered, [Step("evidence", contract.id, None, contract)]) == (2024,)
    assert waiting(()) is None
    assert str(waiting((2024,))) == "2024 is closed: the change waits for a restatement."


def test_a_candidate_is_calculated_by_whoever_remembers() -> None:
    asked: list[Inventory] = []

    def compiled() -> Inventory:
        asked.append(open_inventory(HELD, RICHER))
        return asked[-1]

    found = candidate(HELD, opened(CLOSING, BLOB), RICHER, compiled)
    assert found.inventory is asked[0] and found.differs and isinstance(found.waterfall, Waterfall)


def two_years() -> tuple[Ledger, bytes]:
    """2023 is closed, 2024 used a little more and names it as its base year."""
    before = [replace(a, id=f"b{n}", start=a.start.replace(year=2023), end=a.end.replace(year=2023))
              for n, a in enumerate(bills("900000"))]  # fmt: skip
    audit = Audit("2024", NOW.date().replace(2024, 1, 1), NOW.date().replace(2024, 12, 31), base_year="2023")
    held = ledger(*before, audit)
    change, blob = close_year(held, 2023, LIBRARY, reason="Verified", who="Li Na", when=NOW, journal=JOURNAL)
    return held.apply(change.steps), blob


def compared(held: Ledger, earlier: dict[str, bytes]) -> Draft:
    return prepare(
        held, 2024, LIBRARY, language="en", issued_by="Li Na", when=LATER, journal=JOURNAL, earlier=earlier
    )  # fmt: skip


def test_a_report_tells_what_the_difference_from_a_closed_year_is_due_to(auditor: Identity, trust: Trust) -> None:
    held, blob = two_years()
    ((year, sha256),) = compared_with(held, 2024)
    assert (year, sha256) == ("2023", hashlib.sha256(blob).hexdigest())
    draft = compared(held, {sha256: blob})
    package = read(canonical(dict(draft.package)))
    (one,) = package.comparisons
    assert one.causes["activity"] > 0
    assert sum(one.causes.values()) == sum(one.after[s] - one.before[s] for s in LOCATION)
    receipt = receive(produce(draft, auditor), trust, LIBRARY, LATER)
    assert receipt.valid, str(receipt.reason)


def test_what_is_not_at_hand_is_compared_by_its_totals_alone() -> None:
    held, _ = two_years()
    assert compared(held, {}).package["comparisons"] == []


def test_a_damaged_earlier_year_is_no_comparison() -> None:
    held, blob = two_years()
    ((_, sha256),) = compared_with(held, 2024)
    with pytest.raises(UserError, match="damaged"):
        compared(held, {sha256: blob[:-1]})


def test_a_restated_year_tells_what_restating_changed() -> None:
    held, closing, blob = closed()
    held = edited(held, quantity=Decimal(2_000_000))
    after = held.apply(restated(held, blob).steps)
    kept = after.closing(2024)
    assert kept is not None
    assert compared_with(after, 2024) == (("2024", closing.sha256),)


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("before_tco2e", "scope1"), "1"),
        (("after_tco2e", "scope1"), "1"),
        (("causes_tco2e", "gwp"), "1"),
        (("sha256",), "00"),
        (("year",), "2019"),
    ],
)
def test_causes_that_cannot_be_are_found(place: tuple[str, ...], value: str) -> None:
    held, blob = two_years()
    plain_package: Any = parse(canonical(dict(compared(held, {hashlib.sha256(blob).hexdigest(): blob}).package)))
    target = plain_package["comparisons"][0]
    for key in place[:-1]:
        target = target[key]
    target[place[-1]] = value
    package = read(canonical(plain_package))
    inventory = package.inventory()
    found = differences(package, inventory, review(inventory))
    assert found
    assert all(d.where.startswith("comparisons[") for d in found)


@pytest.mark.parametrize("value", [{}, [1], [{}] * 5, [{"year": 2023, "sha256": ""}], [{"year": "2023"}]])
def test_comparisons_of_another_form_are_refused(value: object) -> None:
    held, _ = two_years()
    with pytest.raises(UserError, match="unexpected form"):
        read(canonical({**compared(held, {}).package, "comparisons": value}))
