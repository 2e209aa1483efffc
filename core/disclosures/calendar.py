"""What expires and what is due, of a plant or of head office, day by day."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from core.audit.finding import OPEN, number_of
from core.disclosures.catalogue import CHECK, all_points
from core.disclosures.external import SCHEMES
from core.disclosures.undertakings import TEXTS, delivering
from core.disclosures.values import last_day
from core.i18n import Localised, T, Text, verbatim
from core.ledger import (
    Answer,
    AuditFinding,
    DataRequest,
    Evidence,
    ExternalAudit,
    Ledger,
    MineralDeclaration,
    Supplier,
    Undertaking,
)
from core.ledger.filing import Records
from core.minerals.checker import MOST_MONTHS
from core.minerals.share import newest
from core.minerals.status import SENT_BACK

KINDS: Mapping[str, Text] = {
    "answer": T("Answer expires"),
    "evidence": T("Proof expires"),
    "external_audit": T("Audit by others expires"),
    "external_finding": T("Finding of an audit by others is due"),
    "finding": T("Answer to an audit finding is due"),
    "undertaking": T("Undertaking expires"),
    "mineral_declaration": T("Mineral declaration becomes too old"),
    "data_request": T("Supplier's answer is due"),
}
"""What can happen on a day, in the order in which one day is listed."""
Held = TypeVar("Held")


@dataclass(frozen=True, slots=True)
class Due:
    """Something that expires, or should be there, by the end of a day."""

    day: date
    """Last day on which it holds, or by which it is due."""
    kind: str
    """One of :data:`KINDS`."""
    words: Localised
    """What it is about."""
    page: str
    """Key of the page that shows it."""
    id: str
    """Of the record."""
    overdue: bool
    """The day is over."""


def calendar_of(records: Records, today: date, months: int = MOST_MONTHS) -> tuple[Due, ...]:
    """Everything that expires or is due.

    Parameters
    ----------
    records
        of a plant or of head office.
    today
        on which what ended yesterday is overdue; what ends today is not.
    months
        age from which on a declaration of minerals does not count any more.

    Returns
    -------
    tuple of Due
        by day, then in the order of :data:`KINDS`. Whatever order records were entered in, it is the same.

    Notes
    -----
    Only what nothing newer stands for is listed: the last answer of each data point, the last result of each programme,
    the last undertaking of a supplier to a text, the newest declaration of each supplier and template. Of suppliers
    that deliver no more nothing is. A kept file that has run out is listed when one of those names it; one that still
    holds, always.
    """
    found: list[Due] = []
    for gather in _GATHERED:
        found.extend(gather(_Asked(records, today, months)))
    order = list(KINDS)
    return tuple(sorted(found, key=lambda one: (one.day, order.index(one.kind), one.id, str(one.words))))


@dataclass(frozen=True, slots=True)
class _Asked:
    records: Records
    today: date
    months: int

    def due(self, kind: str, day: date, words: Localised, page: str, key: str) -> Due:
        return Due(day, kind, words, page, key, day < self.today)

    def supplier(self, key: str) -> Localised:
        held = self.records.get("supplier", key)
        return verbatim(held.name if isinstance(held, Supplier) else key)

    @property
    def suppliers(self) -> frozenset[str]:
        return frozenset(one.id for one in delivering(self.records, self.today))


def _last(held: Iterable[Held], about: Callable[[Held], Hashable], order: Callable[[Held], object]) -> Iterator[Held]:
    """Of each subject the one that comes last."""
    found: dict[Hashable, Held] = {}
    for one in sorted(held, key=order):  # type: ignore[arg-type]
        found[about(one)] = one
    yield from found.values()


# ---------------------------------------------------------------------- answers and results


def _latest_answers(asked: _Asked) -> Iterator[Answer]:
    return _last(asked.records.held(Answer), lambda one: one.point, lambda one: (one.year, one.day, one.id))


def _answers(asked: _Asked) -> Iterator[Due]:
    for one in _latest_answers(asked):
        point = all_points().get(one.point)
        said = one.valid_to if point is None else last_day(point, one)
        if (day := _day(said)) is not None:
            if point is not None and one.point.startswith(CHECK):
                words = T("{number} {title}", number=one.point.removeprefix(CHECK), title=point.name)
                yield asked.due("answer", day, words, "checklist", one.id)
                continue
            words = T("{point}, {year}", point=verbatim(one.point) if point is None else point.name, year=str(one.year))
            yield asked.due("answer", day, words, "disclosures", one.id)


def _latest_audits(asked: _Asked) -> Iterator[ExternalAudit]:
    """Programmes that are none of the list are told apart by their names."""
    return _last(
        asked.records.held(ExternalAudit),
        lambda one: (one.scheme, one.name if one.scheme == "other" else ""),
        lambda one: (one.day, one.valid_to or "9999", one.id),
    )


def _results(asked: _Asked) -> Iterator[Due]:
    for one in _latest_audits(asked):
        if (day := _day(one.valid_to)) is not None:
            yield asked.due("external_audit", day, _of(one), "checklist", one.id)


def _of(one: ExternalAudit) -> Text:
    return T("{scheme}: {name}", scheme=SCHEMES.get(one.scheme, verbatim(one.scheme)), name=verbatim(one.name))


def _results_findings(asked: _Asked) -> Iterator[Due]:
    for one in asked.records.held(ExternalAudit):
        for text, due, closed, *_more in (row for row in one.findings if len(row) > 2):
            if not closed and (day := _day(due)) is not None:
                words = T("{name}: {what}", name=verbatim(one.name), what=verbatim(text))
                yield asked.due("external_finding", day, words, "checklist", one.id)


def _findings(asked: _Asked) -> Iterator[Due]:
    """Of the plant's own audit; what was answered waits for the auditor."""
    if not isinstance(asked.records, Ledger):
        return
    for one in asked.records.held(AuditFinding):
        if one.status == OPEN and (day := _day(one.due)) is not None:
            words = T("{number} {title}", number=number_of(asked.records, one), title=verbatim(one.title))
            yield asked.due("finding", day, words, "audit_findings", one.id)


# ---------------------------------------------------------------------- suppliers


def _latest_undertakings(asked: _Asked) -> Iterator[Undertaking]:
    suppliers = asked.suppliers
    return _last(
        (one for one in asked.records.held(Undertaking) if one.supplier in suppliers),
        lambda one: (one.supplier, one.text),
        lambda one: (one.valid_to or "9999", one.signed, one.id),
    )


def _undertakings(asked: _Asked) -> Iterator[Due]:
    for one in _latest_undertakings(asked):
        if (day := _day(one.valid_to)) is not None:
            words = T("{supplier}: {what}", supplier=asked.supplier(one.supplier),
                      what=TEXTS.get(one.text, verbatim(one.text)))  # fmt: skip
            yield asked.due("undertaking", day, words, "suppliers", one.id)


def _declarations(asked: _Asked) -> Iterator[Due]:
    suppliers = asked.suppliers
    held = [one for one in asked.records.held(MineralDeclaration) if one.verdict != SENT_BACK]
    for one in newest(held).values():
        effective = _day(one.effective)
        if effective is None or (one.supplier and one.supplier not in suppliers):
            continue
        who = asked.supplier(one.supplier) if one.supplier else verbatim(one.company)
        words = T("{supplier}: {what}", supplier=who, what=verbatim(one.template))
        last = _months_later(effective, asked.months) - timedelta(days=1)
        yield asked.due("mineral_declaration", last, words, "suppliers", one.id)


def _requests(asked: _Asked) -> Iterator[Due]:
    if not isinstance(asked.records, Ledger):
        return
    suppliers = asked.suppliers
    for one in asked.records.held(DataRequest):
        if not one.answered and one.supplier in suppliers and (day := _day(one.due)) is not None:
            words = T("{supplier}, {year}", supplier=asked.supplier(one.supplier), year=str(one.year))
            yield asked.due("data_request", day, words, "suppliers", one.id)


# ---------------------------------------------------------------------- kept files


def _evidence(asked: _Asked) -> Iterator[Due]:
    named = {key for answer in _latest_answers(asked) for key in answer.evidence}
    named.update(key for result in _latest_audits(asked) for key in result.evidence)
    named.update(key for letter in _latest_undertakings(asked) for key in letter.evidence)
    for one in asked.records.held(Evidence):
        day = _day(one.valid_to)
        if day is not None and (day >= asked.today or one.id in named):
            yield asked.due("evidence", day, verbatim(one.name), "evidence", one.id)


def _months_later(day: date, months: int) -> date:
    """The first day on which so many whole months are over.

    >>> _months_later(date(2024, 1, 31), 1), _months_later(date(2024, 2, 29), 12)
    (datetime.date(2024, 3, 1), datetime.date(2025, 3, 1))
    """
    turns, month = divmod(day.month - 1 + months, 12)
    year, longest = day.year + turns, calendar.monthrange(day.year + turns, month + 1)[1]
    if day.day > longest:
        return date(year, month + 1, longest) + timedelta(days=1)
    return date(year, month + 1, day.day)


def _day(text: str) -> date | None:
    """None of nothing, and of what a file from elsewhere may say."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


_GATHERED: tuple[Callable[[_Asked], Iterable[Due]], ...] = (
    _answers, _evidence, _results, _results_findings, _findings, _undertakings, _declarations, _requests,
)  # fmt: skip
