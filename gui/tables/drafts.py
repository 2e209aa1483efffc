"""Rows typed into a table: what is finished becomes records in one change, the rest waits in the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

from core.exchange.ids import next_ids
from core.inventory.judging import Decision
from core.ledger import Ledger
from gui.tables.table import Edits

R = TypeVar("R")


@dataclass
class DraftRows(Generic[R]):
    """The unfinished rows of one table: ``take`` reads what a person did, ``settle`` follows once it is confirmed."""

    kind: str
    """Of the records, for their ids."""
    finished: Callable[[R], bool]
    """Whether a row can be kept."""
    decide: Callable[[Ledger, Sequence[R], Sequence[str]], Decision]
    """One change of what is kept, with ids, and of the ids that go."""
    rows: dict[str, R] = field(default_factory=dict)
    """By id."""
    begun: int = 0
    _next: dict[str, R] = field(default_factory=dict)

    def blank_id(self) -> str:
        """Of the empty row at the end."""
        return f"new {self.begun}"

    def take(self, ledger: Ledger, edits: Edits[R]) -> Decision | None:
        """What an act of the person comes to; None when it only touches unfinished rows.

        Raises
        ------
        UserError
            for what cannot be; nothing has happened then.
        """
        drafts, kept, removed, fresh = dict(self.rows), [], [], []
        for edit in edits.edits:
            before: Any = edit.before
            after: Any = edit.after
            held = before is not None and before.id in ledger.records[self.kind]
            if after is None:
                drafts.pop(before.id if before is not None else "", None)
                removed += [before.id] if held else []
            elif held:
                kept.append(after)
            elif self.finished(after):
                drafts.pop(after.id, None)
                fresh.append(after)
            else:
                if before is None:
                    after = replace(after, id=self.blank_id())
                    self.begun += 1
                drafts[after.id] = after
        ids = next_ids(ledger, len(fresh), self.kind)
        kept += [replace(row, id=key) for row, key in zip(fresh, ids, strict=True)]
        self._next = drafts
        if not kept and not removed:
            return None
        return self.decide(ledger, kept, removed)

    def settle(self) -> None:
        """The act was confirmed."""
        self.rows = self._next
