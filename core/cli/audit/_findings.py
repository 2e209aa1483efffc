"""A finding as JSON, for the commands that show one or change it."""

from __future__ import annotations

from datetime import date

from core.audit.finding import is_overdue, number_of
from core.audit.people import name_of
from core.ledger import AuditFinding, Ledger, to_plain


def finding_to_plain(ledger: Ledger, finding: AuditFinding, day: date) -> dict[str, object]:
    """As JSON: every field, its number, and names beside the ids of people."""
    people = {key: name_of(ledger, getattr(finding, key)) for key in ("raised_by", "owner", "answered_by", "closed_by")}
    return {
        "number": number_of(ledger, finding),
        **to_plain(finding),
        "names": people,
        "overdue": is_overdue(finding, day),
    }
