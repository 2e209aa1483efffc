"""What of a record is decided together when two copies of a file meet, and what joins by itself.

Two people who change different fields of a record do not disturb each other, unless the fields only make sense
together: a quantity is nothing without its unit, a name of a file nothing without its bytes. Lists of ids are sets:
what each side added or took off holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from core.ledger.records import KINDS

RECORD = ""
"""The part that says whether a record exists."""
ALL = "*"
"""The one part of a record that is decided as a whole."""
LEAD = "lead"
"""The first of an audit's team, who leads it."""
NATURAL: Mapping[str, tuple[str, ...]] = {
    "plant": (),
    "audit": (),
    "factor_file": (),
    "judgement": ("activity", "meter", "factor", "evidence", "pv_system", "measure"),
    "closing": (),
    "intervals": ("meter",),
    "engagement": (),
    "declaration": ("person",),
    "risk": (),
    "benchmark": (),
    "expectation": (),
    "review_answer": (),
    "opinion": (),
    "rule_value": (),
    "base_policy": (),
    "action_area": (),
    "answer": (),
    "question_decision": (),
    "map_file": (),
}
"""Kinds whose id says what they are about, and the kinds of records that such an id may name.

Made on two copies they are the same record. The ids of all other kinds are only numbers: the same one given away on two
copies stands for two different things."""
WHOLE = frozenset(
    {
        "answer",
        "benchmark",
        "closing",
        "declaration",
        "factor_file",
        "map_file",
        "intervals",
        "judgement",
        "meter_exchange",
        "opinion",
        "reading",
        "review_answer",
        "risk",
        "rule_value",
        "sample",
        "serials_elsewhere",
        "smelter_list",
        "submission",
        "weather",
    }
)
"""Kinds of which a record is one statement: half of one and half of another would be nobody's."""
TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "activity": (("method", "item", "category", "parameters"), ("start", "end"), ("quantity", "unit")),
    "audit": (("start", "end"), ("revision", "previous")),
    "evidence": (("name", "sha256", "size", "media_type"), ("start", "end")),
    "factor": (("item", "use", "unit", "amounts", "uncertainty"), ("valid_from", "valid_to")),
    "meter": (("multiplier", "digits"), ("lowest", "highest")),
    "pv_system": (("latitude", "longitude", "elevation"),),
    "pv_array": (("tilt", "azimuth"),),
    "claim": (("total", "since", "until"), ("total_tonnes", "years")),
    "measure": (("kind", "item", "parameters", "data"), ("start", "end")),
    "tariff": (("start", "end"), ("currency", "bands", "feed_in")),
    "engagement": (("start", "end"), ("state", "number", "reason", "concluded", "package", "reopened")),
    "test": (("activity", "procedure", "result", "by", "day", "reported", "found", "effect"),),
    "finding": (
        ("effect", "projected"),
        ("root_cause", "correction", "corrective_action", "answered_by"),
        ("status", "treatment", "conservative", "closed_by", "closed", "closing_note"),
    ),
    "key_figure": (("name", "unit", "quantity"), ("start", "end")),
    "expectation": (("explanation", "accepted", "seen"),),
    "instrument": (
        ("kind", "scheme", "attributes"),
        ("start", "end"),
        ("quantity", "serials"),
        ("retired", "beneficiary", "purpose"),
        ("price", "currency"),
    ),
    "allocation": (("instrument", "activity", "quantity"),),
    "supply_option": (("quantity", "price", "capex", "life", "currency"),),
    "earlier_year": (("year", "part", "tonnes", "source"),),
    "recalculation": (("decision", "decided_by", "reason"),),
    "target": (("kind", "parts", "base_year", "year", "reduction", "ruleset", "intensity"),),
    "driver": (("unit", "figure", "values", "growth"),),
    "scenario": (("grid_decline", "grid_table"), ("seed", "draws")),
    "action": (
        ("part", "source", "item", "energy", "tonnes"),
        ("start", "life", "ramp"),
        ("capex", "opex", "saving", "currency", "discount"),
    ),
    "credit": (
        ("registry", "project", "serials", "quantity", "vintage"),
        ("retired", "beneficiary", "purpose", "year"),
        ("price", "currency"),
    ),
    "commitment": (("stated", "text"),),
    "question_decision": (("applies", "reason", "by"),),
    "external_audit": (("day", "result", "valid_to"),),
    "supplier": (("spend", "currency"),),
    "undertaking": (("text", "version", "signed", "signer"),),
    "mineral_declaration": (
        (
            "template",
            "edition",
            "company",
            "effective",
            "scope",
            "language",
            "header",
            "answers",
            "remarks",
            "smelters",
            "products",
        ),
        ("verdict", "reason", "by"),
    ),
    "data_request": (("answered", "answers"),),
    "product": (("unit", "mass", "carbon", "biogenic"),),
    "output": (("product", "start", "end", "quantity"), ("revenue", "currency")),
    "component": (("quantity", "unit", "item"), ("footprint", "source", "primary")),
    "leg": (("item", "distance", "mass"),),
    "allocation_key": (("key", "shares"),),
}
"""Fields that only make sense together; the first of them names the part. Every other field is a part of its own."""
SETS: Mapping[str, tuple[str, ...]] = {
    "evidence": ("activities",),
    "pv_system": ("generation", "feed_in", "purchased"),
    "measure": ("evidence",),
    "person": ("roles",),
    "engagement": ("team",),
    "communication": ("people", "evidence"),
    "test": ("evidence",),
    "finding": ("activities", "evidence", "proof"),
    "expectation": ("evidence",),
    "instrument": ("evidence",),
    "earlier_year": ("evidence",),
    "recalculation": ("evidence",),
    "target": ("evidence",),
    "scenario": ("statuses",),
    "action": ("excludes", "evidence"),
    "milestone": ("evidence",),
    "resolution": ("actions", "targets", "evidence"),
    "credit": ("quality", "evidence"),
    "commitment": ("parts", "plan", "evidence"),
    "own_question": ("points",),
    "external_audit": ("evidence",),
    "undertaking": ("evidence",),
    "mineral_declaration": ("evidence",),
    "data_request": ("evidence",),
    "output": ("evidence",),
    "component": ("evidence",),
}
"""Lists in which only what they hold counts."""


@cache
def parts_of(kind: str) -> Mapping[str, tuple[str, ...]]:
    """The parts of a kind of record with their fields, in the order of the fields; sets are not among them.

    Examples
    --------
    >>> parts_of("tariff")["currency"]
    ('currency', 'bands', 'feed_in')
    """
    names = [one.name for one in fields(KINDS[kind]) if one.name != "id" and one.name not in SETS.get(kind, ())]
    if kind in WHOLE:
        return {ALL: tuple(names)}
    group = {name: together for together in TOGETHER.get(kind, ()) for name in together}
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        together = group.get(name, (name,))
        found.setdefault(together[0], together)
    return found


def differing(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The parts in which two plain forms of a record differ; of a set each element that is in one of them alone.

    Yields
    ------
    tuple of str
        the part and nothing, or the set and the element.
    """
    for part, names in parts_of(kind).items():
        if any(before.get(name) != after.get(name) for name in names):
            yield part, ""
    for name in SETS.get(kind, ()):
        had, has = before.get(name) or [], after.get(name) or []
        if had != has:
            yield from ((name, one) for one in sorted(set(had) ^ set(has)))
            if kind == "engagement" and had[:1] != has[:1]:
                yield LEAD, ""
