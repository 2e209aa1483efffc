"""What the page asks for, worked out on another thread: first where the plant stands, then how wide the forecast is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.errors import UserError
from core.handover.ahead import TargetsOf, compared, simulated, targets_of
from core.targets.scenarios import Comparison
from core.targets.simulation import Simulation
from gui.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Width:
    """A simulation and the scenarios side by side, of one answer."""

    found: TargetsOf
    parts: tuple[str, ...]
    """That are compared."""
    simulation: Simulation | None
    comparison: Comparison | None
    trouble: UserError | None = None
    """Why something is missing."""


def asking(session: Session, scenario: str, promised: bool) -> Callable[[], TargetsOf]:
    """Where the plant stands; what is kept in the file is read there."""
    ledger, library, year, reader = session.ledger, session.library, session.year, session.file.reader()
    known, findings = {} if session.trouble else {year: session.inventory}, session.findings

    def work() -> TargetsOf:
        with reader:
            return targets_of(
                ledger, year, library, reader.blob, scenario=scenario, promised=promised, known=known, findings=findings
            )

    return work


def widening(found: TargetsOf, parts: Iterable[str], before: Width | None) -> Callable[[], Width]:
    """How wide the forecast is, drawn once for each answer, and the scenarios side by side."""
    wanted = tuple(parts)

    def work() -> Width:
        try:
            drawn = before.simulation if before is not None and before.found is found else simulated(found)
            return Width(found, wanted, drawn, compared(found, wanted))
        except UserError as error:
            return Width(found, wanted, None, None, error)

    return work
