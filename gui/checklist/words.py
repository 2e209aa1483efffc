"""Words, icons and numbers of the checklist, as the parts of its page show them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.audit.finding import STATUSES, is_overdue, number_of
from core.disclosures.checklist import STATES, Checked, answers_to
from core.disclosures.question import DisclosureMap
from core.disclosures.value import PointValue
from core.i18n import show_date
from core.ledger import Answer, AuditFinding, Ledger
from core.ledger.filing import Records
from gui.disclosures import words as said
from gui.language import _, language, say
from gui.tables.model import Level

LEVELS: Mapping[str, Level] = {"proven": "good", "answered": "info", "expired": "warning", "missing": "bad"}
"""Icon of a state."""
ORDER = {state: place for place, state in enumerate(("missing", "expired", "answered", "proven"))}
"""When sorted by state: what is to be done comes first."""


def state_words(state: str) -> str:
    """``Answered and proven``."""
    return say(STATES[state])


def answer_words(value: PointValue) -> str:
    """What is answered, on one line; a certificate that says nothing more is there or not."""
    if value.missing is not None:
        return ""
    return said.brief(value) or said.said_nothing(value)


def answer_behind(records: Records, value: PointValue) -> Answer | None:
    """What a person answered, perhaps in an earlier year; None where records answer, or nobody has."""
    for one in value.origins:
        held = records.get("answer", one.ids[0]) if one.kind == "answer" and one.ids else None
        if isinstance(held, Answer):
            return held
    return None


def answered_words(records: Records, value: PointValue) -> str:
    """When and by whom, one below the other."""
    held = answer_behind(records, value)
    if held is None:
        return _("From records") if value.derived and value.missing is None else ""
    return "\n".join(filter(None, (show_date(held.day, language()), held.by)))


def until_words(value: PointValue) -> str:
    """Last day on which the answer holds."""
    return said.day(value.valid_to) if value.valid_to and value.missing is None else ""


def frameworks_words(one: Checked, maps: Mapping[str, DisclosureMap]) -> str:
    """The questions that it helps to answer: ``NQC SAQ 1a, 1b; CDP 4.3.1``."""
    found: dict[str, list[str]] = {}
    for asked, question in answers_to(one.question, maps):
        found.setdefault(asked.framework, []).append(question.id)
    told = [f"{framework} {', '.join(ids)}" for framework, ids in found.items()]
    other = one.question.other
    return "; ".join([*told, *([] if other is None else [say(other)])])


def finding_words(records: Records, one: AuditFinding, today: date) -> str:
    """Number and state of a corrective action: ``2025-03: To be answered``."""
    number = number_of(records, one) if isinstance(records, Ledger) else one.id
    state = _("overdue") if is_overdue(one, today) else say(STATUSES[one.status])
    return _("{number}: {state}", number=number, state=state)


def latest(one: Checked) -> AuditFinding | None:
    """The corrective action that matters: the first that is open, else the last of all."""
    return next(iter(one.open_findings), one.findings[-1] if one.findings else None)
