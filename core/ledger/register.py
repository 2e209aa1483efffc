"""Everything a group says of itself, as one immutable value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from core.ledger.filing import Records
from core.ledger.group import Group
from core.ledger.records import GROUP_KINDS, Record


@dataclass(frozen=True, slots=True)
class Register(Records):
    """The records of head office."""

    KINDS: ClassVar[Collection[str]] = tuple(GROUP_KINDS)

    records: Mapping[str, Mapping[str, Record]] = field(default_factory=lambda: {kind: {} for kind in GROUP_KINDS})

    @property
    def group(self) -> Group:
        """The reporting organisation; nameless until somebody says who it is."""
        found = self.get("group", "group")
        return found if isinstance(found, Group) else Group("")
