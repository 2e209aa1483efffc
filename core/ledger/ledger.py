"""Everything a plant knows, as one immutable value."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from core.errors import UserError
from core.i18n import T
from core.ledger.auditing import Engagement
from core.ledger.filing import Records
from core.ledger.records import (
    KINDS,
    Activity,
    Audit,
    Closing,
    Evidence,
    FactorFile,
    Judgement,
    OwnFactor,
    Plant,
    Record,
)


@dataclass(frozen=True, slots=True)
class Ledger(Records):
    """The records of a plant."""

    KINDS: ClassVar[Collection[str]] = tuple(KINDS)

    records: Mapping[str, Mapping[str, Record]] = field(default_factory=lambda: {kind: {} for kind in KINDS})

    @property
    def plant(self) -> Plant:
        """The plant.

        Raises
        ------
        UserError
            when the ledger has none yet.
        """
        found = self.get("plant", "plant")
        if not isinstance(found, Plant):
            raise UserError(T("The file describes no plant."), T("Create it with “New plant”."))
        return found

    @property
    def activities(self) -> tuple[Activity, ...]:
        """All activity data in the order in which they were entered."""
        return tuple(self.records["activity"].values())  # type: ignore[arg-type]

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return tuple(self.records["evidence"].values())  # type: ignore[arg-type]

    @property
    def own_factors(self) -> tuple[OwnFactor, ...]:
        return self.held(OwnFactor)

    @property
    def factor_files(self) -> tuple[FactorFile, ...]:
        return self.held(FactorFile)

    def judgements(self, year: int) -> tuple[Judgement, ...]:
        """What was decided about a year."""
        return tuple(one for one in self.held(Judgement) if one.year == year)

    @property
    def closings(self) -> tuple[Closing, ...]:
        return self.held(Closing)

    def closing(self, year: int) -> Closing | None:
        """The closing that holds; None while the year is open, also when an audit of it is under way."""
        engagement = self.engagement(year)
        return self.last_closing(year) if engagement is None or engagement.state == "concluded" else None

    def last_closing(self, year: int) -> Closing | None:
        """How the year was closed last, whether that still holds or an audit opened it again."""
        found = self.get("closing", str(year))
        return found if isinstance(found, Closing) else None

    def audit(self, year: int) -> Audit | None:
        """The choices for a year, if somebody made them."""
        found = self.get("audit", str(year))
        return found if isinstance(found, Audit) else None

    def engagement(self, year: int) -> Engagement | None:
        """What was agreed about the audit of a year; None while nobody audits it."""
        found = self.get("engagement", str(year))
        return found if isinstance(found, Engagement) else None
