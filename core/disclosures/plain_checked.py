"""The checklist, coverage by undertakings and the calendar as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from core.audit.finding import is_overdue, number_of
from core.disclosures.calendar import KINDS, Due
from core.disclosures.checklist import Area, Checked, answers_to
from core.disclosures.plain import Plain, value_to_plain
from core.disclosures.question import DisclosureMap
from core.disclosures.readiness import Count
from core.disclosures.undertakings import TEXTS, Coverage
from core.ledger import Ledger
from core.ledger.filing import Records
from core.methods import plain


def checked_to_plain(
    areas: Iterable[Area], maps: Mapping[str, DisclosureMap], records: Records, today: date, lang: str = "en"
) -> list[Plain]:  # fmt: skip
    """Each area with both counts and every question: what ``checklist status --json`` prints."""
    return [
        {
            "area": area.key,
            "title": area.title.in_language(lang),
            "answered": _count(area.answered),
            "proven": _count(area.proven),
            "questions": [_question(one, maps, records, today, lang) for one in area.questions],
        }
        for area in areas
    ]


def _count(count: Count) -> Plain:
    return {"n": count.n, "of": count.of, "percent": count.percent}


def _question(
    one: Checked, maps: Mapping[str, DisclosureMap], records: Records, today: date, lang: str
) -> Plain:  # fmt: skip
    ledger = records if isinstance(records, Ledger) else Ledger()
    return {
        "code": one.question.code,
        "name": one.question.point.name.in_language(lang),
        "kind": one.question.point.kind,
        "state": one.state,
        "wanting": one.wanting,
        "who": None if one.who is None else one.who.in_language(lang),
        "value": value_to_plain(one.value, lang),
        "answers": [{"map": asked.key, "question": question.id} for asked, question in answers_to(one.question, maps)],
        "findings": [
            {
                "id": each.id,
                "number": number_of(ledger, each),
                "title": each.title,
                "status": each.status,
                "due": each.due,
                "overdue": is_overdue(each, today),
            }
            for each in one.findings
        ],
    }


def coverage_to_plain(one: Coverage, lang: str = "en") -> Plain:
    """One text: who is covered, by number and by money."""
    return {
        "text": one.text,
        "name": TEXTS[one.text].in_language(lang) if one.text else "",
        "suppliers": one.suppliers,
        "percent": None if one.percent is None else plain(one.percent),
        "signed": list(one.signed),
        "expired": list(one.expired),
        "missing": list(one.missing),
        "undertakings": list(one.papers),
        "spend": [
            {
                "currency": each.currency,
                "signed": plain(each.signed),
                "whole": plain(each.whole),
                "percent": None if each.percent is None else plain(each.percent),
            }
            for each in one.spend
        ],
        "spend_unknown": list(one.unknown),
    }


def calendar_to_plain(found: Iterable[Due], lang: str = "en") -> list[Plain]:
    """Day by day."""
    return [
        {
            "day": one.day.isoformat(),
            "kind": one.kind,
            "what": KINDS[one.kind].in_language(lang),
            "words": one.words.in_language(lang),
            "id": one.id,
            "page": one.page,
            "overdue": one.overdue,
        }
        for one in found
    ]
