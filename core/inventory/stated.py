"""The inventory as a package states it, without calculating anything.

A program of later years may calculate otherwise; what was closed must still be what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from core.i18n import verbatim
from core.instruments import covers_of
from core.inventory.compile import Excluded, Inventory, planned_meters
from core.inventory.covering import covers_in, instruments_in
from core.inventory.frozen import text
from core.inventory.package import Package
from core.inventory.totals import EXACT_BELOW, total
from core.ledger import Activity, PlanItem
from core.ledger.codec import read_decimal
from core.library import own_rows
from core.methods import Amount, AppliedFactor, Finding, Line, Portion, TraceStep


def stated_inventory(package: Package) -> Inventory:
    """The lines and totals that stand in a package, as they stand there; titles of steps in English only.

    Raises
    ------
    KeyError, TypeError, ValueError
        when they have another form than ours.
    """
    plain = package.plain["inventory"]
    if not isinstance(plain, dict):
        raise TypeError("inventory")
    ledger = package.ledger
    records = {a.id: a for a in ledger.activities}
    found: dict[str, list[Finding]] = {}
    for finding in package.findings:
        found.setdefault(finding.subject, []).append(finding)
    lines = tuple(_line(one, records) for one in plain["lines"])
    covers = covers_in(covers_of(ledger), ledger.activities)
    excluded = tuple(_excluded(one, records, found) for one in plain["excluded"])
    return Inventory(
        plant=ledger.plant,
        choices=package.choices,
        lines=lines,
        totals=total(lines),
        findings=package.findings,
        excluded=excluded,
        activities=tuple(sorted(ledger.activities, key=lambda a: a.id)),
        evidence=tuple(sorted(ledger.evidence, key=lambda e: e.id)),
        library=package.library.with_own(own_rows(ledger.own_factors)),
        judgements=tuple(sorted(ledger.judgements(package.choices.period.end.year), key=lambda j: j.id)),
        closings=tuple(sorted(ledger.closings, key=lambda c: c.id)),
        own_factors=tuple(sorted(ledger.own_factors, key=lambda f: f.id)),
        base_year=package.audit.base_year,
        plan=tuple(sorted(ledger.held(PlanItem), key=lambda p: p.id)),
        engagement=ledger.engagement(package.choices.period.end.year),
        meters=planned_meters(ledger),
        covers=covers,
        instruments=instruments_in(ledger, covers, package.choices.period),
    )


def _line(plain: Mapping[str, Any], records: Mapping[str, Activity]) -> Line:
    return Line(
        id=text(plain["id"]),
        portion=_portion(plain, text(plain["activity"]), records),
        scope=text(plain["scope"]),
        amounts=tuple(_amount(one) for one in plain["amounts"]),
        factor=_factor(plain["factor"]),
        trace=tuple(_step(one) for one in plain["trace"]),
        category=int(plain["category"]),
    )


def _portion(plain: Mapping[str, Any], record: str, records: Mapping[str, Activity]) -> Portion:
    """Of the record of this id; some follow from several records and stand in the line alone."""
    start, end = date.fromisoformat(plain["start"]), date.fromisoformat(plain["end"])
    quantity = read_decimal(plain["quantity"])
    source, method, item, unit = (text(plain[key]) for key in ("source", "method", "item", "unit"))
    known = records.get(record) or Activity(record, source, method, item, start, end, quantity, unit)
    return Portion(replace(known, source=source, method=method, item=item, unit=unit), start, end, quantity)


def _amount(plain: Mapping[str, Any]) -> Amount:
    kg, gwp, tonnes = (read_decimal(plain[key]) for key in ("kg", "gwp", "tco2e"))
    if max(abs(kg), abs(gwp), abs(tonnes)) >= EXACT_BELOW:
        raise ValueError("no plant emits that much")
    return Amount(text(plain["gas"]), text(plain["species"]), kg, gwp, tonnes)


def _factor(plain: Mapping[str, Any]) -> AppliedFactor:
    words = {key: text(plain[key]) for key in ("key", "unit", "publisher", "edition", "place", "licence", "status")}
    return AppliedFactor(
        **words,
        value=read_decimal(plain["value"]),
        year=int(plain["year"]),
        title=verbatim(text(plain["title"])),
        region=text(plain["region"]),
        parts=tuple(text(part) for part in plain["parts"]),
        lower=None if plain["lower"] is None else read_decimal(plain["lower"]),
        upper=None if plain["upper"] is None else read_decimal(plain["upper"]),
    )


def _step(plain: Mapping[str, Any]) -> TraceStep:
    formula = text(plain["formula"]).replace("{", "{{").replace("}", "}}")  # its numbers are inside already
    return TraceStep(verbatim(text(plain["what"])), formula, (), read_decimal(plain["result"]), text(plain["unit"]))


def _excluded(
    plain: Mapping[str, Any], records: Mapping[str, Activity], found: Mapping[str, list[Finding]]
) -> Excluded:
    key = text(plain["id"])
    reason = text(plain["reason"])
    why = next((f for f in found.get(key, ()) if f.message.in_language("en") == reason), None)
    stated = why or Finding("stated", "warning", key, verbatim(reason), verbatim(""))
    return Excluded(_portion(plain, key, records), stated)
