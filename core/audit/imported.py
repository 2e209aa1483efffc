"""Files that tables were taken up from: one goes with the last record that names it."""

from __future__ import annotations

from collections.abc import Iterable

from core.ledger import Evidence, Ledger, Step, named


def released(ledger: Ledger, steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps that let go files that nothing names any more after other steps; they may be taken up again.

    Parameters
    ----------
    ledger
        the plant before the steps.
    steps
        of one change.
    """
    done = tuple(steps)
    changed = {(step.kind, step.id) for step in done}
    left = {key for step in done if step.before is not None for key in named(step.before, "evidence")}
    left -= {key for step in done if step.after is not None for key in named(step.after, "evidence")}
    files = [one for key in sorted(left) if isinstance(one := ledger.get("evidence", key), Evidence)]
    idle = [one for one in files if one.kind == "import" and not one.activities]
    if not idle:
        return ()
    used = {
        key
        for kind, held in ledger.records.items()
        for record in held.values()
        if (kind, record.id) not in changed
        for key in named(record, "evidence")
    }
    return tuple(Step("evidence", one.id, one, None) for one in idle if one.id not in used)
