"""What is done about each figure: what the management plan is proposed from and held against."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.audit.plan import FREQUENCIES, kind_title
from core.i18n import Localised, T, Text, verbatim
from core.inventory import Inventory
from core.inventory.planned import LONGEST, covering
from core.inventory.totals import LOCATION
from core.inventory.upstream import METHODS
from core.ledger import Activity, Ledger, Meter, PlanItem
from core.methods import all_methods, exact_sum

OCCASIONAL = frozenset({"refrigerant", "extinguishing_agent", "switchgear_gas", "travel", "air_travel", "hotel"})
"""Kinds of items that come when they are needed."""
_CLASS = re.compile(r"([0-9]+(?:\.[0-9]+)?)")


@dataclass(frozen=True, slots=True)
class Practice:
    """What is done about an item of a source."""

    source: str
    item: str
    records: int
    estimated: int
    longest: int
    """Longest record. [d]"""
    frequency: str
    """Key of :data:`FREQUENCIES` that the records come to."""
    method: str
    """Key of :data:`METHODS` that fits best."""
    meters: tuple[Meter, ...]
    """That count for it."""
    kinds: tuple[str, ...]
    """Kinds of the documents that prove it."""
    tonnes: Decimal
    """Location-based. [t CO2e]"""
    value_chain: bool = False
    """Scope 3: a plan may speak of it, and need not."""


def practices_of(ledger: Ledger, inventory: Inventory) -> tuple[Practice, ...]:
    """Every item of every source with records in the period, largest first."""
    filed: dict[tuple[str, str], list[Activity]] = {}
    for one in inventory.activities:
        if one.start <= one.end and one.method not in METHODS:
            filed.setdefault((one.source, one.item), []).append(one)
    tonnes: dict[tuple[str, str], list[Decimal]] = {}
    for line in inventory.lines:
        if line.scope in LOCATION:
            tonnes.setdefault((line.activity.source, line.activity.item), []).append(line.tco2e)
    kinds: dict[str, set[str]] = {}
    for proof in inventory.evidence:
        for key in proof.activities:
            kinds.setdefault(key, set()).add(proof.kind)
    meters = ledger.held(Meter)
    found = [
        _practice(inventory, own, [one for one in meters if _counts(one, *key)], kinds, exact_sum(tonnes.get(key, ())))
        for key, own in filed.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.tonnes, one.source, one.item)))


def _counts(meter: Meter, source: str, item: str) -> bool:
    return meter.source == source and meter.item in ("", item)


def _practice(
    inventory: Inventory,
    own: Sequence[Activity],
    meters: Sequence[Meter],
    kinds: Mapping[str, set[str]],
    tonnes: Decimal,
) -> Practice:
    first = own[0]
    spans = sorted((one.end - one.start).days + 1 for one in own)
    item = inventory.library.items.get(first.item)
    estimated = sum(one.estimated for one in own)
    return Practice(
        source=first.source,
        item=first.item,
        records=len(own),
        estimated=estimated,
        longest=spans[-1],
        frequency=_frequency(spans, "" if item is None else item.kind),
        method="estimated" if estimated == len(own) else _method(inventory, first, meters),
        meters=tuple(meters),
        kinds=tuple(sorted({kind for one in own for kind in kinds.get(one.id, ())} - {"import"})),
        tonnes=tonnes,
        value_chain=_value_chain(first),
    )


def _value_chain(record: Activity) -> bool:
    method = all_methods().get(record.method)
    return method is not None and method.scopes == ("scope3",)


def _frequency(spans: Sequence[int], kind: str) -> str:
    """What most records come to; single days that are not those of a whole year are deliveries."""
    usual = spans[len(spans) // 2]
    if kind in OCCASIONAL or (usual <= 2 and len(spans) < 100):
        return "per_delivery"
    if usual <= 2:
        return "daily"
    return next((name for name in ("monthly", "quarterly") if usual <= LONGEST[name]), "yearly")


def _method(inventory: Inventory, record: Activity, meters: Sequence[Meter]) -> str:
    if meters:
        return "metered"
    if _value_chain(record):
        return "calculated"
    unit = inventory.library.units.find(record.unit)
    return "weighed" if unit is not None and unit.dimension == "mass" else "billed"


def proposed(ledger: Ledger, inventory: Inventory, lang: str) -> tuple[PlanItem, ...]:
    """Lines of a plan, without ids, for everything that none covers: what is done now, with the strictest stand-in.

    Parameters
    ----------
    ledger, inventory
        of the plant and the year.
    lang
        of the names of documents.
    """
    plan = ledger.held(PlanItem)
    return tuple(
        _line(one, lang) for one in practices_of(ledger, inventory) if covering(plan, one.source, one.item) is None
    )


def _line(one: Practice, lang: str) -> PlanItem:
    meter = one.meters[0] if one.meters else None
    accuracy = _CLASS.search(meter.accuracy) if meter is not None else None
    comma = "、" if lang == "zh" else ", "
    return PlanItem(
        "",
        one.source,
        one.item,
        one.method,
        meter="" if meter is None else meter.id,
        frequency=one.frequency,
        accuracy=Decimal(accuracy[1]) if accuracy else None,
        records=comma.join(kind_title(kind).in_language(lang) for kind in one.kinds),
    )


def practice_text(one: Practice) -> Text:
    """What is done, in a sentence."""
    parts: list[Localised] = [
        T("Records: {count}, {frequency}", count=one.records, frequency=FREQUENCIES[one.frequency])
    ]
    if one.estimated:
        parts.append(T("estimated: {count}", count=one.estimated))
    for meter in one.meters[:2]:
        name = verbatim(meter.name)
        if meter.calibrated_to:
            parts.append(T("{meter}, calibrated to {day}", meter=name, day=meter.calibrated_to))
        else:
            parts.append(T("{meter}, calibration not known", meter=name))
    return T("{parts}", parts=parts)


def departures(line: PlanItem, practice: Practice) -> tuple[Text, ...]:
    """Where practice falls short of a line of the plan."""
    found: list[Text] = []
    if line.method != "estimated" and practice.estimated:
        found.append(T("{count} of {all} records are estimated.", count=practice.estimated, all=practice.records))
    if line.frequency in LONGEST and practice.longest > LONGEST[line.frequency]:
        found.append(T("A record covers {days} days.", days=practice.longest))
    if (
        line.method == "metered"
        and line.meter
        and practice.meters
        and line.meter not in {key for one in practice.meters for key in (one.id, one.serial)}
    ):
        found.append(T("The data name another meter."))
    return tuple(found)
