"""Records of an audit say only what the program knows: words of its lists, numbers in plain digits.

Files from elsewhere may say anything. What is not well-formed is refused by name before anything is calculated from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.audit.checklist import ANSWERS
from core.audit.finding_said import KINDS, STATUSES
from core.audit.roles import ROLES
from core.audit.statement import ASSURANCE, OPINIONS
from core.audit.states import STATES
from core.errors import UserError
from core.i18n import T, verbatim
from core.ledger import Engagement, Record, Sample, kind_of
from core.ledger.codec import read_decimal

LEVELS = ("low", "medium", "high")
METHODS = ("all", "monetary_unit", "stratified", "random", "judgement")
PROCEDURES = ("traced", "recalculated", "rekeyed", "read_on_site", "interview")
RESULTS = ("agrees", "differs", "not_possible")
TREATMENTS = ("", "corrected", "conservative", "uncorrected")
LOG_KINDS = (
    "opening_meeting",
    "closing_meeting",
    "meeting",
    "interview",
    "letter",
    "mail",
    "call",
    "request",
)
CARRIES = ("none", "sampled", "all")
SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")
_WORDS: Mapping[str, Mapping[str, Iterable[str]]] = {
    "person": {"roles": tuple(ROLES)},
    "engagement": {"assurance": tuple(ASSURANCE), "state": tuple(STATES), "carries": CARRIES},
    "communication": {"kind": LOG_KINDS},
    "risk": {"inherent": LEVELS, "control": LEVELS},
    "sample": {"method": METHODS},
    "test": {"procedure": PROCEDURES, "result": RESULTS},
    "finding": {"kind": tuple(KINDS), "status": tuple(STATUSES), "treatment": TREATMENTS},
    "review_answer": {"answer": tuple(ANSWERS)},
    "opinion": {"kind": tuple(OPINIONS), "proposed": tuple(OPINIONS)},
    "expectation": {"procedure": ("last_year", "production", "sister_plants", "degree_days", "energy_balance")},
    "plan_item": {
        "method": ("metered", "billed", "weighed", "calculated", "estimated"),
        "frequency": ("daily", "monthly", "quarterly", "yearly", "per_delivery"),
        "missing": ("highest_of_year", "neighbours_plus_margin", "design_capacity", "supplier"),
    },
}
"""Kind of record, its field, and what may stand there."""
_YEARS: Mapping[str, Iterable[str]] = {
    "base_policy": ("year",),
    "earlier_year": ("year",),
    "target": ("base_year", "year"),
    "scenario": ("last_year",),
    "action": ("life",),
    "supply_option": ("first_year", "life"),
    "serials_elsewhere": ("year",),
    "credit": ("vintage", "year"),
    "commitment": ("year",),
}
"""Kind of record, and its fields that are years or numbers of them: what plans go through one by one."""
LAST_YEAR = 9999
"""Of the calendar."""
_NUMERIC = re.compile(r"\s*[+-]?(\d|\.\d|inf|nan)", re.IGNORECASE)
_PLAIN = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,30})?")


def check(record: Record) -> None:
    """Refuse a record with a word that no list has, or a number that is not in plain digits.

    Raises
    ------
    UserError
        naming record, field and value.
    """
    for field, known in _WORDS.get(kind_of(record), {}).items():
        held = getattr(record, field)
        for word in (held,) if isinstance(held, str) else held:
            if word not in known:
                _refuse(record, field, word)
    for field in _YEARS.get(kind_of(record), ()):
        if not 0 <= getattr(record, field) <= LAST_YEAR:
            _refuse(record, field, str(getattr(record, field)))
    if isinstance(record, Engagement):
        _check_engagement(record)
    if isinstance(record, Sample):
        for name, value in record.settings:
            if _NUMERIC.match(value) and not _PLAIN.fullmatch(value):
                _refuse(record, name, value)


def check_all(records: Iterable[Record]) -> None:
    """:func:`check` for each.

    Raises
    ------
    UserError
        for the first that is not well-formed.
    """
    for record in records:
        check(record)


def _check_engagement(record: Engagement) -> None:
    if not Decimal(0) < record.materiality <= Decimal(100):
        _refuse(record, "materiality", f"{record.materiality:f}")
    for scope, percent in record.scope_materiality:
        try:
            sensible = scope in SCOPES and Decimal(0) < Decimal(str(read_decimal(percent))) <= Decimal(100)
        except ValueError:
            sensible = False
        if not sensible:
            _refuse(record, "scope_materiality", f"{scope}={percent}")


def _refuse(record: Record, field: str, value: str) -> None:
    raise UserError(
        T(
            "{kind} {id}: “{value}” is nothing that {field} can be.",
            kind=verbatim(kind_of(record)),
            id=verbatim(record.id[:40]),
            field=verbatim(field[:40]),
            value=verbatim(value[:40]),
        ),
        T("Choose one of the words the program offers; numbers stand in plain digits."),
    )
