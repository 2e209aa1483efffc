"""What taking changes back would alter: pure, and exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from core.i18n import T
from core.ledger import Activity, Change, Entry, Evidence, Ledger, Plant, Record, Step, kind_of, next_entry
from core.ledger.changes import undo_of
from core.ledger.history import Heading, altered_since, resting_on, steps_back, steps_without, undone

WHEN = datetime(2025, 1, 15, tzinfo=UTC)
PLANT = Plant("Hillside", "CN", "CN-HE")


def bill(number: int, quantity: str = "100") -> Activity:
    return Activity(
        f"a{number}", "Boiler", "stationary_combustion", "diesel", date(2024, 1, 1), date(2024, 1, 31),
        Decimal(quantity), "t",
    )  # fmt: skip


class Book:
    """A ledger with its journal."""

    def __init__(self) -> None:
        self.ledger, self.entries = Ledger.of([PLANT]), list[Entry]()

    def put(self, *records: Record) -> Entry:
        return self.add(*(Step(kind_of(r), r.id, self.ledger.get(kind_of(r), r.id), r) for r in records))

    def remove(self, *records: Record) -> Entry:
        return self.add(*(Step(kind_of(r), r.id, r, None) for r in records))

    def add(self, *steps: Step) -> Entry:
        return self.append(Change("Li Na", WHEN, T("Bill added"), steps))

    def append(self, change: Change) -> Entry:
        self.ledger = self.ledger.apply(change.steps)
        self.entries.append(next_entry(change, self.entries[-1] if self.entries else None))
        return self.entries[-1]


def test_going_back_keeps_the_first_before_and_leaves_out_what_is_the_same_again() -> None:
    book = Book()
    book.put(bill(1), bill(2))
    book.put(bill(1, "200"), bill(2, "7"))
    book.put(bill(1, "300"), bill(3))
    book.put(bill(2))
    steps = steps_back(book.entries[1:], book.ledger)
    assert [(s.id, getattr(s.after, "quantity", None)) for s in steps] == [("a1", Decimal(100)), ("a3", None)]


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=14), st.data())
def test_whatever_was_done_going_back_gives_what_was(acts: Sequence[tuple[int, int]], data: st.DataObject) -> None:
    book, states = Book(), []
    for number, amount in acts:
        held = book.ledger.get("activity", f"a{number}")
        if amount == 0 and held is not None:
            book.remove(held)
        elif held != bill(number, str(amount)):
            book.put(bill(number, str(amount)))
        states.append((len(book.entries), book.ledger.to_plain()))
    number, state = data.draw(st.sampled_from(states))
    back = steps_back(book.entries[number:], book.ledger)
    assert book.ledger.apply(back).to_plain() == state
    assert all(step.before != step.after for step in back)


def test_one_change_is_taken_back_when_its_records_are_still_as_it_left_them() -> None:
    book = Book()
    first = book.put(bill(1))
    second = book.put(bill(2))
    book.put(bill(1, "200"))
    assert altered_since(first, book.ledger) == (("activity", "a1"),)
    assert altered_since(second, book.ledger) == ()
    assert book.ledger.apply(steps_without(second)).get("activity", "a2") is None
    book.put(bill(1))
    assert altered_since(first, book.ledger) == ()


def test_what_names_the_records_of_a_change_rests_on_it() -> None:
    book = Book()
    first = book.put(bill(1))
    assert resting_on(first, book.ledger) == ()
    proof = Evidence("e1", "bill.pdf", "bill", "0" * 64, 1, activities=("a1",))
    added = book.put(proof)
    assert resting_on(first, book.ledger) == (("evidence", "e1"),)
    assert resting_on(added, book.ledger) == ()


def test_what_a_deleted_record_named_must_still_be_there() -> None:
    book = Book()
    proof = Evidence("e1", "bill.pdf", "bill", "0" * 64, 1, activities=("a1",))
    book.put(bill(1), proof)
    gone = book.remove(proof)
    assert resting_on(gone, book.ledger) == ()
    book.remove(bill(1))
    assert resting_on(gone, book.ledger) == (("activity", "a1"),)


def test_a_change_that_came_to_name_a_record_rests_on_it_but_not_on_itself() -> None:
    book = Book()
    proof = Evidence("e1", "bill.pdf", "bill", "0" * 64, 1)
    book.put(proof)
    both = book.put(bill(1), replace(proof, activities=("a1",)))
    assert resting_on(both, book.ledger) == ()


def test_an_entry_is_taken_back_until_it_is_brought_again() -> None:
    book = Book()
    entry = book.put(bill(1))
    assert undone(book.entries) == frozenset()
    book.append(undo_of(entry.number, entry.change, "Li Na", WHEN))
    assert undone(book.entries) == {entry.number}
    book.append(Change("Li Na", WHEN, T("Redo"), entry.change.steps, redoes=entry.number))
    assert undone(book.entries) == frozenset()


def test_a_heading_counts_its_records() -> None:
    one = Heading(1, "Li Na", WHEN, T("Bills"), (("activity", 3), ("evidence", 2)))
    assert one.records == 5
