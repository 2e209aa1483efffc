"""One year under several policies, line by line: which factor each of them chooses, and what comes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.i18n import Text
from core.inventory.compile import Choices, Inventory, compile_inventory
from core.inventory.plain import REPORTED, factor_to_plain
from core.ledger import Activity, Ledger
from core.library import Library, policy_named
from core.methods import AppliedFactor, Line, plain


@dataclass(frozen=True, slots=True)
class Cell:
    """A line under one policy."""

    tonnes: Decimal | None
    """None: under this policy there is no such line. [t CO2e]"""
    factor: AppliedFactor | None
    why: Text | None = None
    """Why the record is excluded."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line under every policy."""

    line: str
    """Id of the line; of the record where no policy gives one."""
    record: Activity
    scope: str
    """Empty where no policy gives a line."""
    category: int
    cells: tuple[Cell, ...]
    """In the order of the policies."""

    @property
    def differs(self) -> bool:
        """Another factor or other tonnes."""
        return len({(c.tonnes, c.factor and (c.factor.parts, c.factor.value, c.factor.unit)) for c in self.cells}) > 1


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """Policies side by side."""

    policies: tuple[str, ...]
    """Their keys."""
    inventories: tuple[Inventory, ...]
    """One for each; ``difference`` of two of them says what is due to what."""
    rows: tuple[Row, ...]
    """Every line, ordered by id."""

    @property
    def differing(self) -> tuple[Row, ...]:
        """The lines that are not the same under all of them."""
        return tuple(row for row in self.rows if row.differs)


def compare_policies(ledger: Ledger, choices: Choices, policies: Sequence[str], library: Library) -> PolicyComparison:
    """Calculate one period under several policies.

    Parameters
    ----------
    ledger, library
        of the plant.
    choices
        period and GWP set; the policy in it plays no part.
    policies
        keys or former keys.

    Raises
    ------
    UserError
        for an unknown policy.
    """
    keys = tuple(policy_named(key).key for key in policies)
    inventories = tuple(compile_inventory(ledger, replace(choices, policy=key), library) for key in keys)
    return PolicyComparison(keys, inventories, rows_of(inventories))


def rows_of(inventories: Sequence[Inventory]) -> tuple[Row, ...]:
    """Every line of inventories of the same records, one beside the other, ordered by id.

    Parameters
    ----------
    inventories
        of one plant and period, e.g. under two GWP sets, or as closed and as it would be now.
    """
    lines = [{line.id: line for line in one.lines} for one in inventories]
    gaps = [{e.portion.activity.id: e.finding.message for e in one.excluded} for one in inventories]
    rows = {key: _row(key, lines, gaps) for key in dict.fromkeys(key for held in lines for key in held)}
    covered = {row.record.id for row in rows.values()}
    for one in inventories:
        for left_out in one.excluded:
            record = left_out.portion.activity
            if record.id not in covered:
                cells = tuple(Cell(None, None, held.get(record.id)) for held in gaps)
                rows[record.id] = Row(record.id, record, "", 0, cells)
    return tuple(rows[key] for key in sorted(rows))


def _row(key: str, lines: list[dict[str, Line]], gaps: list[dict[str, Text]]) -> Row:
    known = next(held[key] for held in lines if key in held)
    cells = []
    for held, left_out in zip(lines, gaps, strict=True):
        line = held.get(key)
        if line is None:
            cells.append(Cell(None, None, left_out.get(known.activity.id)))
        else:
            cells.append(Cell(line.tco2e, line.factor))
    return Row(key, known.activity, known.scope, known.category, tuple(cells))


def policies_to_plain(comparison: PolicyComparison, lang: str = "en") -> dict[str, object]:
    """JSON-ready: totals of each policy, and the lines that differ."""
    return {
        "policies": list(comparison.policies),
        "totals_tco2e": {
            key: {scope: plain(one.totals.scopes[scope]) for scope in REPORTED}
            for key, one in zip(comparison.policies, comparison.inventories, strict=True)
        },
        "lines": len(comparison.rows),
        "differing": [
            {
                "line": row.line,
                "record": row.record.id,
                "source": row.record.source,
                "item": row.record.item,
                "scope": row.scope,
                "category": row.category,
                "policies": {key: _cell(cell, lang) for key, cell in zip(comparison.policies, row.cells, strict=True)},
            }
            for row in comparison.differing
        ],
    }


def _cell(cell: Cell, lang: str) -> dict[str, object]:
    return {
        "tco2e": None if cell.tonnes is None else plain(cell.tonnes),
        "factor": None if cell.factor is None else factor_to_plain(cell.factor, lang),
        "excluded": None if cell.why is None else cell.why.in_language(lang),
    }
