"""The journal: every change in order, each entry carrying the hash of the one before it.

Undo and redo are entries like any other, so the history tells them too; what can be undone next follows from the
entries alone and survives closing the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from string import Formatter
from typing import Any, Protocol

from core.errors import UserError
from core.i18n import Name, Rounded, T, Text, Value
from core.ledger.auditing import Engagement, Person
from core.ledger.canonical import sha256_of
from core.ledger.changes import Change, Decided, Merged, Rename, Step
from core.ledger.codec import from_plain, to_plain
from core.ledger.records import Audit, Closing, Record

_NUMBER = re.compile(r"-?[0-9]{1,60}(\.[0-9]{1,60})?")
"""Of a sentence; results have more digits than entries."""
MOST_PLACES = 60
"""Decimals to which a number of a sentence may be rounded; it has no more of its own."""
GENESIS = "0" * 64
"""What the first entry names as its predecessor."""


WORDS_GIVEN = frozenset({"decision", "authority", "certificate", "dispatch"})
"""Kinds of head office's records that others act upon; undo would not reach them there."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in its place in the chain."""

    number: int
    change: Change
    previous: str
    hash: str
    merge: int = 0
    """Of an entry of another copy: number of the entry that merged it; 0: made here."""

    @property
    def here(self) -> int:
        """Number of the entry of this journal since which it is known here."""
        return self.merge or self.number

    @property
    def undoes(self) -> int:
        return self.change.undoes

    @property
    def redoes(self) -> int:
        return self.change.redoes

    @property
    def final(self) -> bool:
        """Something was signed, a year was closed or restated, an audit moved on, another copy was merged, or head
        office gave its word: decided about a report, issued a certificate, or sent something to plants.

        Taking a merge back would leave the other copy's entries in the history as if they still held; whoever does not
        want one of its changes changes the record again.
        """
        return self.change.merges is not None or any(
            _revision(s.after) > _revision(s.before) or _moved(s) or _bound(s) or s.kind in WORDS_GIVEN
            for s in self.change.steps
        )


def _revision(record: Record | None) -> int:
    return record.revision if isinstance(record, (Audit, Closing)) else 0


def _moved(step: Step) -> bool:
    before, after = step.before, step.after
    return isinstance(before, Engagement) and isinstance(after, Engagement) and before.state != after.state


def _bound(step: Step) -> bool:
    """A person was bound to a certificate by signing with it; it is released with a reason, and not by undo."""
    before, after = step.before, step.after
    return (
        isinstance(before, Person) and isinstance(after, Person) and not before.certificate and bool(after.certificate)
    )


class Marked(Protocol):
    """What undo and redo need to know of an entry."""

    @property
    def number(self) -> int: ...
    @property
    def undoes(self) -> int: ...
    @property
    def redoes(self) -> int: ...
    @property
    def final(self) -> bool: ...


def next_entry(change: Change, last: Entry | None) -> Entry:
    """Put a change behind the last entry."""
    number = 1 if last is None else last.number + 1
    previous = GENESIS if last is None else last.hash
    return Entry(number, change, previous, entry_hash(number, change, previous))


def entry_hash(number: int, change: Change, previous: str) -> str:
    """SHA-256 over the canonical form of number, change and the previous hash."""
    return sha256_of({"number": number, "previous": previous, "change": change_to_plain(change)})


def broken_at(entries: Iterable[Entry]) -> int:
    """The number of the first entry that does not follow from its predecessors; 0 when the chain holds."""
    previous, expected = GENESIS, 1
    for entry in entries:
        if entry.number != expected or entry.previous != previous:
            return expected
        if entry.hash != entry_hash(entry.number, entry.change, entry.previous):
            return entry.number
        previous, expected = entry.hash, expected + 1
    return 0


def _stacks(entries: Iterable[Marked]) -> tuple[list[int], list[int]]:
    done: list[int] = []
    undone: list[int] = []
    for entry in entries:
        if entry.final:  # signed, closed or handed on: what it rests on is not taken back, only changed again
            done.clear()
            undone.clear()
            continue
        # A journal that somebody tampered with is shown too: what does not fit counts as an edit of its own.
        if done and done[-1] == entry.undoes:
            undone.append(done.pop())
        elif undone and undone[-1] == entry.redoes:
            done.append(undone.pop())
        else:
            done.append(entry.number)
            undone.clear()
    return done, undone


def undo_target(entries: Iterable[Marked]) -> int:
    """Number of the entry that undo would take back; 0 if none."""
    done, _ = _stacks(entries)
    return done[-1] if done else 0


def redo_target(entries: Iterable[Marked]) -> int:
    """Number of the entry that redo would bring back; 0 if none."""
    _, undone = _stacks(entries)
    return undone[-1] if undone else 0


def change_to_plain(change: Change) -> dict[str, object]:
    """JSON-ready form of a change."""
    return {
        "who": change.who,
        "when": change.when.isoformat(),
        "why": text_to_plain(change.why),
        "undoes": change.undoes,
        "redoes": change.redoes,
        **({"because": change.because} if change.because else {}),
        **({"merges": _merged_to_plain(change.merges)} if change.merges is not None else {}),
        "steps": [
            {
                "kind": step.kind,
                "id": step.id,
                "before": None if step.before is None else to_plain(step.before),
                "after": None if step.after is None else to_plain(step.after),
            }
            for step in change.steps
        ],
    }


def change_from_plain(plain: Mapping[str, object]) -> Change:
    """The change that ``change_to_plain`` wrote.

    Raises
    ------
    UserError
        when the form is not ours.
    """
    try:
        steps = tuple(_step(step) for step in plain["steps"])  # type: ignore[attr-defined]
        return Change(
            who=str(plain["who"]),
            when=datetime.fromisoformat(str(plain["when"])),
            why=text_from_plain(plain["why"]),
            steps=steps,
            undoes=int(str(plain["undoes"])),
            redoes=int(str(plain["redoes"])),
            because=str(plain.get("because", "")),
            merges=_merged_from_plain(plain["merges"]) if "merges" in plain else None,
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise UserError(
            T("An entry of the journal cannot be read: {why}", why=str(error)[:120]),
            T("Take the last copy of the file."),
        ) from error


def _merged_to_plain(merged: Merged) -> dict[str, object]:
    return {
        "head": merged.head,
        "base": merged.base,
        "entries": merged.entries,
        "renames": [[int(one.ours), one.kind, one.before, one.after] for one in merged.renames],
        "decisions": [[one.kind, one.id, one.part, one.taken] for one in merged.decisions],
    }


def _merged_from_plain(plain: Any) -> Merged:
    return Merged(
        head=str(plain["head"]),
        base=str(plain["base"]),
        entries=int(plain["entries"]),
        renames=tuple(Rename(bool(ours), str(k), str(b), str(a)) for ours, k, b, a in plain["renames"]),
        decisions=tuple(Decided(*map(str, one)) for one in plain["decisions"]),
    )


def _step(plain: Mapping[str, object]) -> Step:
    kind = str(plain["kind"])
    before, after = plain["before"], plain["after"]
    return Step(
        kind,
        str(plain["id"]),
        from_plain(kind, before) if isinstance(before, dict) else None,
        from_plain(kind, after) if isinstance(after, dict) else None,
    )


def text_to_plain(text: Text) -> dict[str, object]:
    """A sentence and its values, so that it can be shown in either language later."""
    return {"msgid": text.msgid, "args": {name: _value_to_plain(value) for name, value in text.args.items()}}


def text_from_plain(plain: object) -> Text:
    """The sentence that ``text_to_plain`` wrote.

    Raises
    ------
    TypeError, KeyError, ValueError
        for another form, and for places that are more than a name: whoever wrote the sentence may not be a friend.
    """
    if not isinstance(plain, dict) or not isinstance(plain["args"], dict) or not isinstance(plain["msgid"], str):
        raise TypeError("a sentence is an object")
    args = {str(name): _value_from_plain(value) for name, value in plain["args"].items()}
    if args:
        _check_places(plain["msgid"], args)
    return Text(plain["msgid"], args)


def _check_places(msgid: str, args: Mapping[str, object]) -> None:
    """Only ``{name}``: no attribute, index, width or conversion, which reach inside objects or fill the memory."""
    for _, name, width, conversion in Formatter().parse(msgid):
        if name is not None and (name not in args or width or conversion or not name.isidentifier()):
            raise ValueError("a sentence has an unknown place")


def _value_to_plain(value: Value) -> object:
    if isinstance(value, Text):
        return {"text": text_to_plain(value)}
    if isinstance(value, Name):
        return {"name": {"en": value.en, "zh": value.zh}}
    if isinstance(value, Decimal):
        return {"number": f"{value:f}"}
    if isinstance(value, Rounded):
        return {"rounded": {"number": f"{value.exact:f}", "places": value.places}}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, (list, tuple)):
        return {"list": [_value_to_plain(one) for one in value]}
    return value if isinstance(value, int) else str(value)


def _value_from_plain(plain: object) -> Value:
    if isinstance(plain, dict):
        ((form, inner),) = plain.items()
        return _FORMS[form](inner)
    if not isinstance(plain, (int, str)):
        raise TypeError("a value of a sentence")
    return plain


def _number(plain: object) -> Decimal:
    if not isinstance(plain, str) or not _NUMBER.fullmatch(plain):
        raise ValueError("not a plain decimal number")
    return Decimal(plain)


def _list(plain: object) -> list[Value]:
    if not isinstance(plain, list):
        raise TypeError("a list of values")
    return [_value_from_plain(one) for one in plain]


def _name(plain: object) -> Name:
    if not isinstance(plain, dict) or not isinstance(plain["en"], str) or not isinstance(plain["zh"], str):
        raise TypeError("a name in two languages")
    return Name(plain["en"], plain["zh"])


def _rounded(plain: object) -> Rounded:
    if not isinstance(plain, dict) or type(plain["places"]) is not int or not 0 <= plain["places"] <= MOST_PLACES:
        raise TypeError("a number and its decimals")
    return Rounded(_number(plain["number"]), plain["places"])


_FORMS: Mapping[str, Callable[[Any], Value]] = {
    "text": text_from_plain,
    "name": _name,
    "list": _list,
    "number": _number,
    "rounded": _rounded,
    "date": date.fromisoformat,
}
