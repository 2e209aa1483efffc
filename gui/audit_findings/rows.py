"""The rows of the page about findings: findings with their status, and lines before and after their corrections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.audit.corrected import Corrected, CorrectedLine
from core.audit.finding import (
    ANSWERED,
    CLOSED,
    KINDS,
    OPEN,
    STATUSES,
    WITHDRAWN,
    finding_named,
    findings_of,
    is_overdue,
    number_of,
)
from core.audit.finding_closing import TREATMENTS
from core.audit.people import name_of
from core.i18n import show_date
from core.inventory.totals import LOCATION, MARKET
from core.ledger import AuditFinding, Ledger
from core.library import Library
from core.methods import exact_sum, plain
from gui.audit_findings.materiality_bar import signed
from gui.language import _, language, say
from gui.sheets.rows import days
from gui.tables.model import Level
from gui.tables.table import Column, Mark
from gui.wording import SCOPES, TONNES, item_name, tonnes

ORDER = (OPEN, ANSWERED, CLOSED, WITHDRAWN)
"""Of the statuses, what wants work first."""
_LEVELS: dict[str, Level] = {OPEN: "warning", ANSWERED: "info", CLOSED: "good"}


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with what its cells need of the ledger."""

    id: str
    finding: AuditFinding
    number: str
    owner: str
    """Name; empty where nobody is named."""
    overdue: bool


def rows_of(ledger: Ledger, year: int, day: date) -> list[Row]:
    """All findings of a year in the order of their numbers."""
    return [
        Row(one.id, one, number_of(ledger, one), name_of(ledger, one.owner) if one.owner else "", is_overdue(one, day))
        for one in findings_of(ledger, year)
    ]


def columns() -> list[Column[Row]]:
    """What was found, what it weighs, who answers until when, how far it is."""
    return [
        Column("number", _("No."), lambda r: r.number, sort=lambda r: (len(r.number), r.number), width=8),
        Column("kind", _("Kind"), lambda r: say(KINDS[r.finding.kind]), width=15),
        Column("title", _("Title"), lambda r: r.finding.title, width=40),
        Column("effect", _("Effect"), lambda r: effect_of(r.finding), TONNES, "right",
               sort=lambda r: r.finding.effect or Decimal(0), plain=lambda r: _plain(r.finding.effect), width=12),
        Column("owner", _("Owner"), lambda r: r.owner, width=14),
        Column("due", _("Due"), lambda r: day_of(r.finding.due), sort=lambda r: r.finding.due, width=17),
        Column("status", _("Status"), lambda r: status_of(r.finding), sort=lambda r: ORDER.index(r.finding.status),
               width=25, stretch=True),
        Column("clause", _("Clause"), lambda r: r.finding.clause, width=18, hidden=True),
        Column("raised", _("Raised on"), lambda r: show_date(r.finding.raised, language()),
               sort=lambda r: r.finding.raised, width=14, hidden=True),
    ]  # fmt: skip


def marks(row: Row) -> dict[str, Mark]:
    """The sign of the status, so that it is seen from afar."""
    found: dict[str, Mark] = {}
    if (level := _LEVELS.get(row.finding.status)) is not None:
        found["status"] = Mark(level, status_of(row.finding))
    if row.overdue:
        found["due"] = Mark("bad", _("The answer is overdue."))
    return found


def effect_of(finding: AuditFinding) -> str:
    """With its sign; a dash where tonnes are not touched or cannot be said."""
    return "–" if finding.effect is None else signed(finding.effect)


def status_of(finding: AuditFinding) -> str:
    """In words, with how a misstatement was treated."""
    if finding.treatment:
        return _("{status}: {treatment}", status=STATUSES[finding.status], treatment=TREATMENTS[finding.treatment])
    return say(STATUSES[finding.status])


def day_of(iso: str) -> str:
    """As the language writes it; empty where there is none."""
    return show_date(date.fromisoformat(iso), language()) if iso else ""


def _plain(value: Decimal | None) -> str:
    return "" if value is None else plain(value)


# ---------------------------------------------------------------------- initial – verified – why


@dataclass(frozen=True, slots=True)
class CorrectedRow:
    """A line that findings changed."""

    id: str
    line: CorrectedLine
    numbers: str
    """Of the findings."""


def corrected_rows(ledger: Ledger, found: Corrected) -> list[CorrectedRow]:
    """In the order of the lines."""
    return [CorrectedRow(one.line, one, _numbers(ledger, one)) for one in found.lines]


def _numbers(ledger: Ledger, one: CorrectedLine) -> str:
    return ", ".join(number_of(ledger, finding_named(ledger, key)) for key in one.findings)


def corrected_columns(library: Library) -> list[Column[CorrectedRow]]:
    """Which line, before, after, and why."""
    return [
        Column("source", _("Source"), lambda r: r.line.activity.source, width=18, stretch=True),
        Column("item", _("Item"), lambda r: item_name(library, r.line.activity.item), width=13),
        Column("period", _("Period"), lambda r: days(r.line.activity.start, r.line.activity.end),
               sort=lambda r: (r.line.activity.start, r.line.activity.end), width=12),
        Column("scope", _("Scope"), lambda r: say(SCOPES[r.line.scope]) if r.line.scope else "–", width=15),
        Column("initial", _("Initial"), lambda r: tonnes(r.line.initial), TONNES, "right",
               sort=lambda r: r.line.initial, plain=lambda r: plain(r.line.initial), width=9),
        Column("difference", _("Difference"), lambda r: signed(r.line.difference), TONNES, "right",
               sort=lambda r: r.line.difference, plain=lambda r: plain(r.line.difference), width=9),
        Column("verified", _("As verified"), lambda r: tonnes(r.line.verified), TONNES, "right",
               sort=lambda r: r.line.verified, plain=lambda r: plain(r.line.verified), width=9),
        Column("why", _("Because of"), lambda r: r.numbers, width=8),
        Column("who", _("By"), lambda r: ", ".join(r.line.who), width=13),
        Column("when", _("When"), lambda r: "" if r.line.when is None else show_date(r.line.when.date(), language()),
               sort=lambda r: "" if r.line.when is None else r.line.when.isoformat(),
               width=14 if language() == "zh" else 11),
    ]  # fmt: skip


def sums_of(found: Corrected) -> list[tuple[str, Decimal, Decimal, Decimal]]:
    """Initial, difference and verified of each scope that differs and of both totals."""
    parts: Sequence[tuple[str, tuple[str, ...]]] = [
        *((say(SCOPES[scope]), (scope,)) for scope in SCOPES if found.differences.get(scope)),
        (_("Total, location-based"), LOCATION),
        (_("Total, market-based"), MARKET),
    ]
    three = (found.initial, found.differences, found.verified)
    return [(title, *(exact_sum(one[s] for s in scopes) for one in three)) for title, scopes in parts]  # type: ignore[misc]
