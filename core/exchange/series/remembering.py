"""How files of a form were read last time, as their meters keep it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from core.errors import UserError
from core.exchange.cells import Cell
from core.exchange.series.classify import Kinds, kinds_of
from core.exchange.series.headings import heading_of
from core.exchange.series.looking import Look
from core.exchange.series.mapping import Mapping, Value
from core.i18n import T, Text, verbatim
from core.ledger import Meter


def remembered(look: Look, meters: Sequence[Meter]) -> tuple[Mapping, tuple[str, ...]] | None:
    """The mapping under which files of this form were read last time, and the names of the meters that keep it."""
    meters = [meter for meter in meters if meter.mapping]
    kinds = kinds_of(look) if meters and look.kind != "green_button" else None
    groups: dict[Mapping, tuple[list[Value], list[str]]] = {}
    for meter in meters:
        known = _known(meter)
        fitted = None if known is None else _fitted(known, look, kinds)
        if fitted is None:
            continue
        values, names = groups.setdefault(replace(fitted, values=(), column=""), ([], []))
        values.extend(value for value in fitted.values if value not in values)
        names.append(meter.name)
    if not groups:
        return None
    mapping, (values, names) = max(groups.items(), key=lambda one: len(one[1][1]))
    return replace(mapping, values=tuple(sorted(values, key=lambda value: value.column))), tuple(names)


def _known(meter: Meter) -> Mapping | None:
    if not meter.mapping:
        return None
    try:
        return Mapping.of(meter.mapping).checked()
    except UserError:
        return None  # of another version, or not ours


def _fitted(mapping: Mapping, look: Look, kinds: Kinds | None) -> Mapping | None:
    """The mapping with the columns where this file has them; None when it is of another form."""
    if look.kind == "green_button" or mapping.form == "green_button":
        return mapping if look.kind == "green_button" and mapping.form == "green_button" else None
    if kinds is None or (mapping.sheet and mapping.sheet not in look.sheets):
        return None
    headings = dict(mapping.headings)
    columns = [(key, getattr(mapping, key), headings.get(key, "")) for key in ("time", "clock_time", "meter", "status")]
    places: dict[str, Any] = {
        key: _found(kinds.head, place, heading, look.columns) for key, place, heading in columns if place >= 0
    }
    values = [(one, _found(kinds.head, one.column, one.heading, look.columns)) for one in mapping.values]
    if None in places.values() or any(place is None for _, place in values) or mapping.last >= look.columns:
        return None
    moved = tuple(replace(one, column=place) for one, place in values if place is not None)
    if mapping.form != "table" and moved != mapping.values:
        return None
    return replace(mapping, rows=kinds.first - 1, values=moved, **places)


def _found(head: Sequence[Sequence[Cell]], place: int, heading: str, columns: int) -> int | None:
    if not heading:
        return place if place < columns else None
    fitting = [other for other in range(columns) if heading_of(head, other) == heading]
    return place if place in fitting else (fitting[0] if len(fitting) == 1 else None)


def last_time(names: Sequence[str]) -> Text:
    """Why a remembered mapping is proposed."""
    return T(
        "Files of this form were read in this way last time, for {meters}.", meters=[verbatim(n) for n in names[:5]]
    )
