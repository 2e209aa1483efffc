"""What the history of a merged file tells of a record, whichever copy an entry was made in, whatever it was called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from core.ledger.changes import Change, Step
from core.ledger.corrections import Correction, corrections_in
from core.ledger.journal import change_from_plain
from core.ledger.merging_threads import Place, Thing, Threads, Told
from core.ledger.records import Record, kind_of
from core.ledger.references import REFERENCES, named, renamed


@dataclass(slots=True)
class Past:
    """All entries of a file with those that merges brought into it, added in the order of the web."""

    web: Threads = field(default_factory=Threads)
    head: Place = (0, -1)
    numbers: dict[str, tuple[int, int]] = field(default_factory=dict)
    """By hash of an entry: its own number, and that of the merge which brought it."""
    _who: dict[str, str] = field(default_factory=dict)
    _of_kind: dict[str, set[str]] = field(default_factory=dict)
    _decided: dict[str, frozenset[Thing]] = field(default_factory=dict)
    _because: list[Told] = field(default_factory=list)

    def add(self, told: Told) -> None:
        """One more entry.

        Raises
        ------
        ValueError
            when it does not follow from those before it.
        """
        self.web.add(told)
        place, who = self.web.at[told.hash], str(told.change["who"])
        self._who[told.hash], self.numbers[told.hash] = who, (told.number, told.merge)
        kinds = {str(step["kind"]) for step in told.change["steps"]}
        if told.merges is not None:
            decided = (self.web.thing(place, (kind, key)) for kind, key, _, _ in told.merges["decisions"])
            self._decided[told.hash] = frozenset(thing for thing in decided if thing is not None)
            kinds = {kind for kind, _ in self._decided[told.hash]}
        for kind in kinds:
            self._of_kind.setdefault(kind, set()).add(who)
        if told.change.get("because"):
            self._because.append(told)
        if not told.merge:
            self.head = place

    def hashes(self, kind: str, key: str) -> tuple[str, ...]:
        """Hashes of the entries that made, changed or deleted a record, the oldest first."""
        thing = self.web.thing(self.head, (kind, key))
        return tuple(one for one in dict.fromkeys(self.web.touched.get(thing, ())) if self._seen(one)) if thing else ()

    def seen_from(self, digest: str) -> Past:
        """The same as a copy tells it whose last entry this is."""
        return replace(self, head=self.web.at[digest])

    def _seen(self, digest: str) -> bool:
        return self.web.precedes(self.web.at[digest], self.head)

    def authors(self, kind: str, key: str) -> frozenset[str]:
        """Who made or changed a record, without an id any of its kind.

        Whoever merged did so only where they decided something of it.
        """
        if not key:
            return frozenset(self._of_kind.get(kind, ()))
        thing = self.web.thing(self.head, (kind, key))
        found = self.hashes(kind, key)
        return frozenset(self._who[one] for one in found if one not in self._decided or thing in self._decided[one])

    def corrections(self) -> Iterator[Correction]:
        """What was changed because of findings, as it is called now; of another copy's entries the number is 0."""
        for told in filter(lambda one: self._seen(one.hash), self._because):
            place = self.web.at[told.hash]
            for one in corrections_in(0 if told.merge else told.number, change_from_plain(told.change)):
                before = None if one.before is None else self.as_now(place, one.before)
                key = self.web.called_now(place, self.head, (one.kind, one.id))
                finding = self.web.called_now(place, self.head, ("finding", one.finding))
                yield replace(one, id=key, finding=finding, before=before)

    def change_now(self, digest: str, change: Change, kind: str, key: str) -> Change:
        """A change of an entry, as far as it is about one record in the words of now."""
        place = self.web.at[digest]
        thing = self.web.thing(self.head, (kind, key))
        if place == self.head:
            return change
        steps = tuple(
            self._step_now(place, step, key)
            if step.kind == kind and self.web.thing(place, (kind, step.id)) == thing
            else step
            for step in change.steps
        )
        return replace(change, steps=steps)

    def _step_now(self, place: Place, step: Step, key: str) -> Step:
        before, after = (None if one is None else self.as_now(place, one) for one in (step.before, step.after))
        return Step(step.kind, key, before, after)

    def as_now(self, place: Place, record: Record) -> Record:
        """A record as it stood at an entry, with the ids of now."""
        kind = kind_of(record)
        wanted = {*REFERENCES.get(kind, {}).values(), "factor"}
        keys = [(one, key) for one in wanted for key in named(record, one)]
        after = renamed(record, {key: self.web.called_now(place, self.head, key) for key in keys})
        return replace(after, id=self.web.called_now(place, self.head, (kind, record.id)))
