"""Records of a plant or of head office, as they are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from functools import cache

from core.audit.finding import number_of
from core.disclosures.catalogue import CHECK, all_points
from core.entering.naming import title_of_record
from core.entering.plant import FORMS
from core.i18n import LANGUAGES, Localised, T, show_date, verbatim
from core.ledger import Activity, AuditFinding, KeyFigure, Ledger, PlanItem, kind_of
from core.ledger.disclosures import Answer
from core.ledger.filing import Records
from core.ledger.records import ALL_KINDS, Record
from core.library import Library
from core.library.items import Item
from core.library.record_words import kind_name
from core.methods import all_methods
from core.search.entries import NOTHING, Entry

PLANT: Mapping[str, str] = {
    "activity": "activity",
    "meter": "meters",
    "pv_system": "solar",
    "claim": "solar",
    "measure": "savings",
    "evidence": "evidence",
    "finding": "audit_findings",
    "sample": "samples",
    "person": "audit",
    "plan_item": "plan",
    "key_figure": "plan",
    "instrument": "renewables",
    "supply_option": "renewables",
    "target": "targets",
    "scenario": "targets",
    "driver": "targets",
    "credit": "targets",
    "action": "actions",
    "milestone": "actions",
    "resolution": "actions",
    "supplier": "suppliers",
    "undertaking": "suppliers",
    "mineral_declaration": "suppliers",
    "data_request": "suppliers",
    "product": "products",
    "component": "products",
    "answer": "disclosures",
    "external_audit": "checklist",
    "factor": "library",
}
"""The page that shows a kind of record of a plant, in the order in which kinds are listed."""
OFFICE: Mapping[str, str] = {
    "site": "plants",
    "company": "plants",
    "certificate": "trust",
    "authority": "trust",
    "supplier": "group_suppliers",
    "answer": "group_disclosures",
    "external_audit": "group_checklist",
}
"""The same at head office."""


def entries_of(records: Records, library: Library) -> Iterator[Entry]:
    """Everything that people look for by name, number or note."""
    names = _Items(library)
    for kind, page in (PLANT if isinstance(records, Ledger) else OFFICE).items():
        for one in _newest_first(records) if kind == "activity" else records.records[kind].values():
            yield _entry(records, one, page, names)


def _newest_first(records: Records) -> list[Activity]:
    return sorted(records.held(Activity), key=lambda one: one.start, reverse=True)


class _Items:
    """Items with all their names, each looked up once."""

    def __init__(self, library: Library) -> None:
        self._items = library.items
        self._words: dict[str, str] = {}

    def of(self, key: str) -> Item | None:
        return self._items.get(key)

    def words(self, key: str) -> str:
        """Names in both languages and aliases."""
        if key not in self._words:
            item = self._items.get(key)
            self._words[key] = key if item is None else " ".join((key, item.name.en, item.name.zh, *item.aliases))
        return self._words[key]


def _entry(records: Records, one: Record, page: str, names: _Items) -> Entry:
    if isinstance(one, Activity):
        return _of_activity(one, page, names)
    if isinstance(one, Answer):
        return _of_answer(one, page)
    if isinstance(one, PlanItem):
        return _of_plan(one, page, names)
    title: Localised = title_of_record(records, FORMS, one)
    if isinstance(one, AuditFinding) and isinstance(records, Ledger):
        title = T("{number} {title}", number=number_of(records, one), title=verbatim(one.title))
    beside: Localised = NOTHING
    if isinstance(one, KeyFigure):
        beside = verbatim(str(one.start.year))
    return Entry(kind_of(one), title, page, one.id, beside, f"{_texts(one)}\n{beside}")


def _of_activity(one: Activity, page: str, names: _Items) -> Entry:
    item, method = names.of(one.item), all_methods().get(one.method)
    beside = T(
        "{item}, {start} – {end}, {quantity} {unit}",
        item=one.item if item is None else item.name,
        start=one.start,
        end=one.end,
        quantity=one.quantity,
        unit=one.unit,
    )
    days = (show_date(day, lang) for day in (one.start, one.end) for lang in LANGUAGES)
    words = (one.id, one.evidence, one.note, names.words(one.item), f"{one.quantity:f}", one.unit, *days)
    return Entry("activity", verbatim(one.source), page, one.id, beside,
                 "\n".join((*words, *_both(None if method is None else method.title))), one.start.year)  # fmt: skip


def _of_answer(one: Answer, page: str) -> Entry:
    point = all_points().get(one.point)
    own = page if not one.point.startswith(CHECK) else page.replace("disclosures", "checklist")
    title: Localised = verbatim(one.point) if point is None else point.name
    return Entry("answer", title, own, one.id, verbatim(str(one.year)), f"{_texts(one)}\n{one.year}")


def _of_plan(one: PlanItem, page: str, names: _Items) -> Entry:
    item = names.of(one.item)
    named: Localised = verbatim(one.item) if item is None else item.name
    title: Localised = verbatim(one.source) if one.source else named
    beside = named if one.source else NOTHING
    return Entry("plan_item", title, page, one.id, beside, f"{_texts(one)}\n{names.words(one.item)}")


def _both(title: Localised | None) -> Iterable[str]:
    return () if title is None else (title.in_language("en"), title.in_language("zh"))


@cache
def _fields(kind: str) -> tuple[str, ...]:
    return tuple(one.name for one in fields(ALL_KINDS[kind]))


def _texts(one: Record) -> str:
    """Every text of a record, but no hash of a file: nobody types one, and its letters fit anything."""
    held = (getattr(one, name) for name in _fields(kind_of(one)) if name != "sha256")
    return "\n".join(text for value in held for text in _plain(value))


def _plain(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _plain(inner)


def kind_title(kind: str) -> Localised:
    """What entries of a kind are called."""
    return OTHERS[kind] if kind in OTHERS else kind_name(kind)


OTHERS: Mapping[str, Localised] = {
    "help": T("Help"),
    "library": T("Published factor"),
    "rule": T("Rule of the review"),
    "point": T("Data point"),
    "question": T("Question of the checklist"),
    "report": T("Report"),
    "certificate": T("Certificate of a person"),
    "authority": T("Certificate authority"),
}
"""Kinds that are no records of a plant."""
