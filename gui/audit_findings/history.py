"""What each change made of a finding, field by field and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal

from core.audit.finding import KINDS, STATUSES
from core.audit.finding_closing import TREATMENTS
from core.audit.people import name_of
from core.i18n import T, Text, show_date
from core.ledger import AuditFinding, Entry, Evidence, Ledger
from gui.audit_findings.materiality_bar import signed
from gui.language import _, language, say
from gui.wording import TONNES

FIELDS: Mapping[str, Text] = {
    "kind": T("Kind"),
    "title": T("Title"),
    "description": T("Description"),
    "clause": T("Clause"),
    "activities": T("Records affected"),
    "evidence": T("Evidence"),
    "sample": T("Sample"),
    "effect": T("Effect"),
    "projected": T("Projected"),
    "owner": T("Owner"),
    "due": T("Answer due"),
    "root_cause": T("Root cause"),
    "correction": T("Correction"),
    "corrective_action": T("Corrective action"),
    "proof": T("Proof"),
    "answered_by": T("Answered by"),
    "status": T("Status"),
    "treatment": T("Treatment"),
    "conservative": T("Added to the total"),
    "closed_by": T("Closed by"),
    "closed": T("Closed on"),
    "closing_note": T("Remark of the auditors"),
}
"""Fields that change, as people call them."""
_WORDS: Mapping[str, Mapping[str, Text]] = {"kind": KINDS, "status": STATUSES, "treatment": TREATMENTS}
_PEOPLE = frozenset({"owner", "answered_by", "closed_by"})
_DAYS = frozenset({"due", "closed"})
_FILES = frozenset({"evidence", "proof"})


def changes(ledger: Ledger, entry: Entry, key: str) -> list[str]:
    """``Status: To be answered → Answered``; nothing for the entry that raised it."""
    found: list[str] = []
    for step in entry.change.steps:
        before, after = step.before, step.after
        if step.id != key or not isinstance(before, AuditFinding) or not isinstance(after, AuditFinding):
            continue
        for one in fields(before):
            old, new = getattr(before, one.name), getattr(after, one.name)
            if old != new and one.name in FIELDS:
                words = (_value(ledger, one.name, old), _value(ledger, one.name, new))
                found.append(f"{say(FIELDS[one.name])}: {words[0]} → {words[1]}")
    return found


def _value(ledger: Ledger, field: str, value: object) -> str:
    if value in ("", None, ()):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return f"{signed(value)} {TONNES}"
    if isinstance(value, tuple):
        return ", ".join(_file(ledger, one) if field in _FILES else str(one) for one in value)
    text = str(value)
    if field in _WORDS:
        return say(_WORDS[field][text]) if text in _WORDS[field] else text
    if field in _PEOPLE:
        return name_of(ledger, text)
    return show_date(date.fromisoformat(text), language()) if field in _DAYS else text


def _file(ledger: Ledger, key: str) -> str:
    found = ledger.get("evidence", key)
    return found.name if isinstance(found, Evidence) else key
