"""Which field of which record names another record: one table for merging, releasing and collecting proofs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from core.ledger.records import Activity, Record, kind_of

REFERENCES: Mapping[str, Mapping[str, str]] = {
    "evidence": {"activities": "activity"},
    "factor": {"evidence": "evidence"},
    "intervals": {"id": "meter"},
    "meter": {"parent": "meter"},
    "meter_exchange": {"meter": "meter"},
    "reading": {"meter": "meter"},
    "pv_system": {
        "generation": "meter",
        "feed_in": "meter",
        "purchased": "meter",
        "irradiance": "meter",
        "temperature": "meter",
        "weather": "weather",
    },
    "pv_array": {"system": "pv_system"},
    "claim": {"system": "pv_system"},
    "measure": {"evidence": "evidence"},
    "engagement": {"team": "person", "reviewer": "person"},
    "declaration": {"person": "person", "evidence": "evidence"},
    "communication": {"evidence": "evidence"},
    "sample": {"activities": "activity", "previous": "sample"},
    "test": {
        "activity": "activity",
        "sample": "sample",
        "by": "person",
        "evidence": "evidence",
        "finding": "finding",
    },
    "finding": {
        "raised_by": "person",
        "activities": "activity",
        "evidence": "evidence",
        "sample": "sample",
        "owner": "person",
        "proof": "evidence",
        "answered_by": "person",
        "closed_by": "person",
    },
    "benchmark": {"evidence": "evidence"},
    "expectation": {"evidence": "evidence"},
    "review_answer": {"by": "person"},
    "opinion": {"by": "person"},
    "key_figure": {"evidence": "evidence"},
    "plan_item": {"meter": "meter"},
    "instrument": {"system": "pv_system", "evidence": "evidence"},
    "allocation": {"instrument": "instrument", "activity": "activity"},
    "earlier_year": {"evidence": "evidence"},
    "recalculation": {"evidence": "evidence"},
    "target": {"evidence": "evidence"},
    "scenario": {"growth": "driver"},
    "action": {"measure": "measure", "excludes": "action", "evidence": "evidence"},
    "milestone": {"action": "action", "evidence": "evidence"},
    "resolution": {"actions": "action", "targets": "target", "evidence": "evidence"},
    "credit": {"evidence": "evidence"},
    "commitment": {"plan": "evidence", "evidence": "evidence"},
    "answer": {"evidence": "evidence"},
    "submission": {"evidence": "evidence"},
    "external_audit": {"evidence": "evidence"},
    "undertaking": {"supplier": "supplier", "evidence": "evidence"},
    "mineral_declaration": {"supplier": "supplier", "evidence": "evidence"},
    "smelter_list": {"evidence": "evidence"},
    "data_request": {"supplier": "supplier", "evidence": "evidence"},
    "output": {"product": "product", "evidence": "evidence"},
    "component": {"product": "product", "supplier": "supplier", "evidence": "evidence"},
    "leg": {"product": "product"},
    "allocation_key": {"shares": "product"},
}
"""Kind of record, its field, and the kind of what it names; the field holds one id, a list of them, pairs that begin
with one, or nothing.

What an action says of its area is no reference: the id of an area is its key, which no copy gives to anything else.
"""
FACTOR = "factor"
"""The parameter of activity data that names a factor of the plant."""


def named(record: Record, kind: str) -> Iterator[str]:
    """The ids of a kind that a record names.

    Examples
    --------
    >>> from core.ledger import Evidence
    >>> list(named(Evidence("e1", "bill.pdf", "bill", "0", 1, activities=("a1", "a2")), "activity"))
    ['a1', 'a2']
    """
    for name, wanted in REFERENCES.get(kind_of(record), {}).items():
        if wanted == kind:
            held = getattr(record, name)
            keys = (held,) if isinstance(held, str) else (one if isinstance(one, str) else one[0] for one in held)
            yield from (key for key in keys if key)
    if kind == "factor" and isinstance(record, Activity):
        yield from (value for name, value in record.parameters if name == FACTOR)


def named_by(records: Iterable[Record], kind: str) -> frozenset[str]:
    """The ids of a kind that any of these records names."""
    return frozenset(key for record in records for key in named(record, kind))


def renamed(record: Record, names: Mapping[tuple[str, str], str]) -> Record:
    """The record with every reference to a renamed record following it; its own id stays.

    Parameters
    ----------
    record
        any.
    names
        kind and old id, and the new id.
    """
    new: dict[str, object] = {}
    for field, kind in REFERENCES.get(kind_of(record), {}).items():
        if field == "id":
            continue
        held = getattr(record, field)
        after = _renamed(held, kind, names) if isinstance(held, str) else tuple(_renamed(k, kind, names) for k in held)
        if after != held:
            new[field] = after
    if isinstance(record, Activity):
        pairs = tuple((n, names.get(("factor", v), v) if n == FACTOR else v) for n, v in record.parameters)
        if pairs != record.parameters:
            new["parameters"] = pairs
    return replace(record, **new) if new else record  # type: ignore[arg-type]


def _renamed(held: str | tuple[str, str], kind: str, names: Mapping[tuple[str, str], str]) -> str | tuple[str, str]:
    """An id, or a pair that begins with one."""
    if isinstance(held, str):
        return names.get((kind, held), held)
    return names.get((kind, held[0]), held[0]), held[1]
