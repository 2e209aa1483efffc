"""The journal: no entry can be altered, dropped or moved unnoticed; undo and redo follow from the entries alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from core.errors import UserError
from core.i18n import Name, Rounded, T, Text, verbatim
from core.ledger import Change, Entry, Ledger, Step, broken_at, next_entry, redo_target, undo_target
from core.ledger.canonical import canonical, parse
from core.ledger.changes import inverse, redo_of, undo_of
from core.ledger.journal import change_from_plain, change_to_plain, text_from_plain, text_to_plain
from tests.core.samples import PLANT, activity

NOW = datetime(2024, 3, 1, 8, 0, tzinfo=UTC)


def change(key: str, quantity: int = 1) -> Change:
    step = Step("activity", key, None, activity(key, quantity=quantity))
    return Change("Li Na", NOW, T("Entered {what}", what=key), (step,))


def chain(*changes: Change) -> list[Entry]:
    entries: list[Entry] = []
    for one in changes:
        entries.append(next_entry(one, entries[-1] if entries else None))
    return entries


FIVE = chain(*(change(f"a{i}") for i in range(5)))


def forged(entry: Entry, **fields: object) -> Entry:
    """An entry whose change was altered and whose hash was made to fit."""
    altered = replace(entry, **fields)  # type: ignore[arg-type]
    return next_entry(altered.change, Entry(entry.number - 1, altered.change, "", entry.previous))


def test_an_untouched_chain_holds() -> None:
    assert broken_at(FIVE) == 0
    assert broken_at([]) == 0
    assert broken_at(chain(*(e.change for e in FIVE))) == 0


@pytest.mark.parametrize(
    ("tampered", "where"),
    [
        ([*FIVE[:2], replace(FIVE[2], change=replace(FIVE[2].change, who="Somebody")), *FIVE[3:]], 3),
        ([*FIVE[:2], replace(FIVE[2], change=replace(FIVE[2].change, when=NOW.replace(hour=9))), *FIVE[3:]], 3),
        ([*FIVE[:2], replace(FIVE[2], change=replace(FIVE[2].change, why=T("Nothing"))), *FIVE[3:]], 3),
        ([*FIVE[:2], replace(FIVE[2], change=change("a2", 2)), *FIVE[3:]], 3),
        ([*FIVE[:2], replace(FIVE[2], change=replace(FIVE[2].change, undoes=1)), *FIVE[3:]], 3),
        ([*FIVE[:2], replace(FIVE[2], change=replace(FIVE[2].change, redoes=1)), *FIVE[3:]], 3),
        ([*FIVE[:2], replace(FIVE[2], change=replace(FIVE[2].change, steps=())), *FIVE[3:]], 3),
        ([*FIVE[:2], replace(FIVE[2], hash="0" * 64), *FIVE[3:]], 3),
        ([*FIVE[:2], forged(FIVE[2], change=change("a2", 2)), *FIVE[3:]], 4),
        ([*FIVE[:2], *FIVE[3:]], 3),
        ([FIVE[0], FIVE[2], FIVE[1], *FIVE[3:]], 2),
        ([*FIVE[:3], FIVE[2], *FIVE[3:]], 4),
        (FIVE[1:], 1),
        ([*FIVE, replace(FIVE[4], number=6)], 6),
    ],
    ids=["who", "when", "why", "value", "undoes", "redoes", "steps", "hash", "rehashed", "dropped", "swapped", "twice",
         "beheaded", "appended"],
)  # fmt: skip
def test_tampering_breaks_the_chain(tampered: list[Entry], where: int) -> None:
    assert broken_at(tampered) == where


@pytest.mark.parametrize(
    "text",
    [
        T("Plain"),
        T("100 % {not a place"),
        verbatim("用户 {typed} this"),
        T(
            "{n} of {item} on {day}",
            n=Decimal("33.33333333333333333333333333333333"),
            item=Name("Diesel", "柴油"),
            day=NOW.date(),
        ),
        T("Undo: {what}", what=T("Import of {count} rows", count=12)),
        T("{before} t CO₂e then", before=Rounded(Decimal("1234.567891234"), 1)),
    ],
    ids=lambda text: text.msgid,
)
def test_sentences_survive_in_both_languages(text: Text) -> None:
    again = text_from_plain(parse(canonical(text_to_plain(text))))
    assert again == text
    assert again.in_language("zh") == text.in_language("zh")


@pytest.mark.parametrize(
    "plain",
    [
        {"msgid": "{a.__class__}", "args": {"a": "x"}},
        {"msgid": "{a[0]}", "args": {"a": "x"}},
        {"msgid": "{a!r}", "args": {"a": "x"}},
        {"msgid": "{a:>99999999999}", "args": {"a": "x"}},
        {"msgid": "{0}", "args": {"0": "x"}},
        {"msgid": "{a}", "args": {"a": {"rounded": {"number": "1.5", "places": 999999999}}}},
        {"msgid": "{a}", "args": {"a": {"rounded": {"number": "1.5", "places": -1}}}},
        {"msgid": "{a}", "args": {"a": {"rounded": {"number": "NaN", "places": 1}}}},
        {"msgid": "{}", "args": {"": "x"}},
        {"msgid": "{b}", "args": {"a": "x"}},
        {"msgid": "{a", "args": {"a": "x"}},
        {"msgid": "{a}", "args": {"a": {"number": "1E+999999"}}},
        {"msgid": "{a}", "args": {"a": {"date": "tomorrow"}}},
        {"msgid": "{a}", "args": {"a": {"name": {"en": "x"}}}},
        {"msgid": "{a}", "args": {"a": {"spell": "x"}}},
        {"msgid": "{a}", "args": {"a": None}},
        {"msgid": "{a}", "args": []},
        {"msgid": 7, "args": {}},
        {"args": {}},
        "text",
    ],
    ids=str,
)
def test_hostile_sentences_are_refused(plain: object) -> None:
    with pytest.raises((TypeError, KeyError, ValueError)):
        text_from_plain(plain)


def test_changes_survive() -> None:
    one = Change("Li Na", NOW, T("Edit"), (Step("activity", "a", activity("a"), None), change("b").steps[0]), undoes=3)
    assert change_from_plain(change_to_plain(one)) == one


@pytest.mark.parametrize(
    "spoil",
    [
        lambda p: p.pop("who"),
        lambda p: p.update(steps=[1]),
        lambda p: p.update(steps=[{"kind": "activity"}]),
        lambda p: p.update(when="yesterday"),
        lambda p: p.update(undoes="x"),
        lambda p: p.update(why={"msgid": "{a}", "args": []}),
        lambda p: p["steps"][0].update(kind="dragon"),
        lambda p: p["steps"][0]["after"].update(quantity="many"),
    ],
)
def test_broken_entries_are_told(spoil: Callable[[dict[str, object]], object]) -> None:
    plain = change_to_plain(change("a"))
    spoil(plain)
    with pytest.raises(UserError):
        change_from_plain(plain)


def test_tampered_undo_marks_do_not_stop_anything() -> None:
    entries = chain(replace(change("a"), undoes=7), replace(change("b"), redoes=9), change("c"))
    assert undo_target(entries) == 3
    assert redo_target(entries) == 0


class UndoMachine(RuleBasedStateMachine):
    """Edits, undo and redo against the plainest model: a list of ledgers and a position in it."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.ledger = Ledger.of([PLANT])
        self.history = [self.ledger]
        self.position = 0

    def _append(self, one: Change) -> None:
        self.ledger = self.ledger.apply(one.steps)
        self.entries.append(next_entry(one, self.entries[-1] if self.entries else None))

    @rule(key=st.sampled_from("abc"), quantity=st.integers(0, 3), drop=st.booleans())
    def edit(self, key: str, quantity: int, drop: bool) -> None:
        before = self.ledger.get("activity", key)
        after = None if drop else activity(key, quantity=quantity)
        self._append(Change("Li Na", NOW, T("Edit"), (Step("activity", key, before, after),)))
        self.history = [*self.history[: self.position + 1], self.ledger]
        self.position += 1

    @precondition(lambda self: undo_target(self.entries) > 0)
    @rule()
    def undo(self) -> None:
        number = undo_target(self.entries)
        self._append(undo_of(number, self.entries[number - 1].change, "Li Na", NOW))
        self.position -= 1

    @precondition(lambda self: redo_target(self.entries) > 0)
    @rule()
    def redo(self) -> None:
        number = redo_target(self.entries)
        self._append(redo_of(number, self.entries[number - 1].change, "Li Na", NOW))
        self.position += 1

    @invariant()
    def agrees_with_the_model(self) -> None:
        assert self.ledger == self.history[self.position]
        assert bool(undo_target(self.entries)) == (self.position > 0)
        assert bool(redo_target(self.entries)) == (self.position < len(self.history) - 1)
        assert broken_at(self.entries) == 0


TestUndo = UndoMachine.TestCase
TestUndo.settings = settings(max_examples=40, stateful_step_count=25, deadline=None, derandomize=True, database=None)


def test_the_inverse_of_the_inverse_is_the_change() -> None:
    steps = (Step("activity", "a", None, activity("a")), Step("activity", "b", activity("b"), None))
    assert inverse(inverse(steps)) == steps
    assert inverse(steps)[0] == Step("activity", "b", None, activity("b"))


def test_dates_of_sentences_are_dates() -> None:
    assert text_to_plain(T("{d}", d=date(2024, 1, 2)))["args"] == {"d": {"date": "2024-01-02"}}
