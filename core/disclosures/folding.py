"""From the data points of plants to those of the group: numbers add, shares are divided anew, proofs become coverage.

What a plant has not given is never counted as nothing: the group's value is missing then, and the plant is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from core.disclosures.once import Period, Said, once, stands
from core.disclosures.point import Column, Point
from core.disclosures.units import in_unit
from core.disclosures.value import Origin, PointValue
from core.i18n import Name, T, Text, show_number, verbatim
from core.ledger.codec import read_decimal
from core.library import EXACT
from core.methods import KG, plain

MOST_NAMED = 10
"""Plants in a sentence."""
LONGEST_SAID = 60
"""Characters of an answer where it stands beside its plant."""
COUNTED = frozenset({"", "%", "persons", "cases", "1e6 h", "y", "years"})
"""Units of what is counted wholly, whatever part of a plant counts."""
PLANT = Column("plant", Name("Plant", "工厂"))
"""Leads the rows of a group's table."""
SAID = Column("value", Name("Value", "数值"))
"""Of what is no table in the plants."""
SILENT = T("The plant has not reported.")


def fold(
    points: Mapping[str, Point],
    plants: Mapping[str, Mapping[str, PointValue]],
    own: Mapping[str, PointValue],
    names: Mapping[str, str] | None = None,
    weights: Mapping[str, Decimal] | None = None,
    periods: Mapping[str, Period] | None = None,
    exact: Mapping[str, Mapping[str, PointValue]] | None = None,
) -> Mapping[str, PointValue]:
    """The data points of a group.

    Parameters
    ----------
    points
        the catalogue.
    plants
        by id of the plant in the register, what is known of it; a plant that has not reported is there with nothing.
    own
        what head office itself has answered, by data point.
    names
        of the plants by id; the id where there is none.
    weights
        part of each plant that counts for the group, as its tonnes do; wholly where nothing is said. [-]
    periods
        of plants with several reports of the year, each by its own key: which plant it is; the plant counts once.
    exact
        by plant, as much as counts of those data points of which it is known by itself, in place of the weight.

    Returns
    -------
    Mapping
        one value for each data point of the catalogue.

    Notes
    -----
    ``sum`` adds numbers, also those of rows with the same words; ``ratio`` adds what is above and below the line and
    divides once, so that percentages are never averaged; ``coverage`` counts the plants that can prove it, unless head
    office answers for all; ``union`` puts the rows of all tables together, each with its plant; ``own`` is head
    office's answer. Tonnes, energy, water and money count with the weight of a plant, as in its consolidated emissions;
    people, cases and hours are counted wholly.
    """
    folded: dict[str, PointValue] = {}
    for key, point in points.items():
        if point.fold == "own":
            folded[key] = own.get(key) or PointValue(key, unit=point.unit, missing=_unanswered(point))
            continue
        said = counted(point, plants, names, weights, periods, exact)
        if point.fold == "coverage" and (answered := own.get(key)) is not None and answered.known:
            folded[key] = replace(answered, origins=(*answered.origins, *(_origin(point, one) for one in said)))
        else:
            folded[key] = _folded(point, said)
    return folded


def counted(
    point: Point,
    plants: Mapping[str, Mapping[str, PointValue]],
    names: Mapping[str, str] | None = None,
    weights: Mapping[str, Decimal] | None = None,
    periods: Mapping[str, Period] | None = None,
    exact: Mapping[str, Mapping[str, PointValue]] | None = None,
) -> list[Said]:
    """What each plant tells of a data point, and as much of it as counts: what :func:`fold` puts together.

    Parameters
    ----------
    point
        of the catalogue.
    plants, names, weights, periods, exact
        as for :func:`fold`.

    Returns
    -------
    list of Said
        by key; of several reports of a plant those that count.
    """
    called, parts, several, own = names or {}, weights or {}, periods or {}, exact or {}
    said = []
    for site, values in sorted(plants.items()):
        period = several.get(site)
        value = own.get(site, {}).get(point.key)
        if value is None:
            weight = period.share if period is not None and stands(point) else parts.get(site)
            value = _weighed(point, values.get(point.key) or _silent(point), weight)
        plant, end = (site, "") if period is None else (period.site, period.end)
        said.append(Said(site, called.get(site, site), value, plant, end))
    return once(point, said)


def _weighed(point: Point, value: PointValue, weight: Decimal | None) -> PointValue:
    """As much of a number as counts; shares and lists say of a plant what they say."""
    if weight is None or weight == 1 or point.fold not in ("sum", "ratio"):
        return value
    number, parts, rows = value.value, value.parts, value.rows
    if point.fold == "ratio":
        above, below = (_of_part(one.unit) for one in point.columns) if len(point.columns) == 2 else (True, True)
        if parts is not None:
            parts = (_times(parts[0], weight if above else None), _times(parts[1], weight if below else None))
        return replace(value, parts=parts)
    if isinstance(number, Decimal) and _of_part(value.unit):
        number = _times(number, weight)
    if point.kind == "table":
        counted = {place for place, one in enumerate(point.columns) if one.number and _of_part(one.unit or point.unit)}
        rows = tuple(
            tuple(_weighed_cell(cell, weight) if place in counted else cell for place, cell in enumerate(row))
            for row in rows
        )
    return replace(value, value=number, rows=rows)


def _of_part(unit: str) -> bool:
    return unit not in COUNTED


def _times(number: Decimal, weight: Decimal | None) -> Decimal:
    return number if weight is None else EXACT.multiply(number, weight)


def _weighed_cell(cell: str, weight: Decimal) -> str:
    try:
        return plain(EXACT.quantize(_times(read_decimal(cell), weight), KG))
    except ValueError:
        return cell


def columns_of(point: Point) -> tuple[Column, ...]:
    """The columns of the table that a group has of a data point: its plants lead; none where it is no table."""
    if point.fold != "union":
        return point.columns
    return (PLANT, *(point.columns or (replace(SAID, number=point.kind in ("number", "percent"), unit=point.unit),)))


# ---------------------------------------------------------------------- by kind of fold


def _folded(point: Point, said: list[Said]) -> PointValue:
    if not said:
        return PointValue(point.key, unit=point.unit, missing=T("No plant has reported."), derived=True)
    made = _FOLDS[point.fold](point, said)
    proven = point.fold == "coverage" or all(one.value.proven for one in said)  # a sum is proven with all its parts
    days = [one.value.valid_to for one in said if one.value.valid_to]
    return replace(
        made,
        origins=tuple(_origin(point, one) for one in said),
        evidence=tuple(f"{one.key} {proof}" for one in said for proof in one.value.evidence if proven),
        valid_to=min(days, default=""),
        derived=True,
    )


def _sum(point: Point, said: list[Said]) -> PointValue:
    if point.kind == "table":
        return _sum_of_tables(point, said)
    given = [one for one in said if one.value.known and isinstance(one.value.value, Decimal)]
    unit = _common_unit(point, given)
    amounts = [in_unit(one.value.value, one.value.unit, unit) for one in given if isinstance(one.value.value, Decimal)]
    if None in amounts:
        return _missing(point, _different(one.value.unit for one in given), said)
    total = _added(amounts)
    if len(given) < len(said):
        return replace(_missing(point, _incomplete(given, said, total, unit), said), unit=unit)
    return PointValue(point.key, total, unit)


def _common_unit(point: Point, given: list[Said]) -> str:
    """That of all plants where they have one, else that of the data point, to which theirs are converted."""
    units = {one.value.unit for one in given}
    return units.pop() if len(units) == 1 else point.unit


def _sum_of_tables(point: Point, said: list[Said]) -> PointValue:
    """Rows that say the same in words become one; a number that a plant leaves open stays open."""
    given = [one for one in said if one.value.known]
    numbers = [place for place, column in enumerate(point.columns) if column.number]
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for one in given:
        for row in one.value.rows:
            found.setdefault(tuple(cell for place, cell in enumerate(row) if place not in numbers), []).append(row)
    rows = tuple(
        tuple(_cell(rows, place) if place in numbers else cell for place, cell in enumerate(rows[0]))
        for rows in found.values()
    )
    if len(given) == len(said):
        return PointValue(point.key, unit=point.unit, rows=rows)
    return replace(_missing(point, _not_given(given, said), said), rows=rows)


def _cell(rows: list[tuple[str, ...]], place: int) -> str:
    try:
        return plain(_added(read_decimal(row[place]) for row in rows))
    except (ValueError, IndexError):  # a table of an older edition may be narrower
        return ""


def _ratio(point: Point, said: list[Said]) -> PointValue:
    given = [one for one in said if one.value.known and one.value.parts is not None]
    units = dict.fromkeys(one.value.unit for one in given)
    if len(given) < len(said):
        return _missing(point, _unparted(given, said), said)
    if len(units) > 1:
        return _missing(point, _different(units), said)
    above = _added(one.value.parts[0] for one in given if one.value.parts)
    below = _added(one.value.parts[1] for one in given if one.value.parts)
    if not below:
        return _missing(point, T("There is nothing to divide by: the plants together have 0."), said)
    unit = next(iter(units))
    return PointValue(point.key, _divided(point, above, below), unit, parts=(above, below))


def _divided(point: Point, above: Decimal, below: Decimal) -> Decimal:
    return EXACT.divide(EXACT.multiply(above, Decimal(100)) if point.kind == "percent" else above, below)


def _coverage(point: Point, said: list[Said]) -> PointValue:
    proven = sum(one.value.proven for one in said)
    given = [one for one in said if one.value.known]
    made = PointValue(point.key, unit=point.unit, covered=(proven, len(said)))
    if len(given) == len(said):
        return made
    return replace(_missing(point, _not_given(given, said), said), covered=made.covered)


def _union(point: Point, said: list[Said]) -> PointValue:
    given = [one for one in said if one.value.known]
    rows = tuple((one.name, *row) for one in given for row in _rows(one.value))
    made = PointValue(point.key, unit=point.unit, rows=rows)
    if len(given) == len(said):
        return made
    return replace(_missing(point, _not_given(given, said), said), rows=rows)


def _rows(value: PointValue) -> tuple[tuple[str, ...], ...]:
    if value.value is None:
        return value.rows
    return ((f"{value.value:f}" if isinstance(value.value, Decimal) else value.value,),)


_FOLDS: Mapping[str, Callable[[Point, list[Said]], PointValue]] = {
    "sum": _sum,
    "ratio": _ratio,
    "coverage": _coverage,
    "union": _union,
}


# ---------------------------------------------------------------------- words and sums


def _silent(point: Point) -> PointValue:
    """Of a plant that has not reported."""
    return PointValue(point.key, unit=point.unit, missing=SILENT)


def _unanswered(point: Point) -> Text:
    return T("Head office has not answered “{point}” yet.", point=point.name)


def _missing(point: Point, why: Text, said: list[Said]) -> PointValue:
    """Expired where nothing else is wrong than proofs that have run out; with the reason where all have the same."""
    open_ = [one.value for one in said if not one.value.known]
    expired = bool(open_) and all(one.expired for one in open_)
    reasons = [one.missing for one in open_ if one.missing != SILENT]
    if reasons and reasons[0] is not None and all(one == reasons[0] for one in reasons):
        why = T("{what} {reason}", what=why, reason=reasons[0])
    return PointValue(point.key, unit=point.unit, missing=why, expired=expired)


def _incomplete(given: list[Said], said: list[Said], total: Decimal, unit: str) -> Text:
    return T(
        "{count} of {all} plants have given it, {sum} {unit} together; not yet: {plants}.",
        sum=total, unit=unit, **_counts(given, said),
    )  # fmt: skip


def _not_given(given: list[Said], said: list[Said]) -> Text:
    return T("{count} of {all} plants have given it; not yet: {plants}.", **_counts(given, said))


def _unparted(given: list[Said], said: list[Said]) -> Text:
    return T("{count} of {all} plants have given both numbers that it is divided from; not yet: {plants}.",
             **_counts(given, said))  # fmt: skip


def _counts(given: list[Said], said: list[Said]) -> dict[str, Any]:
    """Plants, not reports: one has given it with all of its reports."""
    there = {one.key for one in given}
    every, lacking = {one.plant for one in said}, {one.plant for one in said if one.key not in there}
    return {"count": len(every - lacking), "all": len(every), "plants": _others(given, said)}


def _different(units: Iterable[str]) -> Text:
    return T("The plants give it in different units: {units}.", units=[verbatim(one) for one in sorted(set(units))])


def _others(given: list[Said], said: list[Said]) -> list[Text]:
    there = {one.key for one in given}
    missing = [one.name for one in said if one.key not in there]
    told = [verbatim(name) for name in missing[:MOST_NAMED]]
    return told if len(missing) <= MOST_NAMED else [*told, T("{count} more", count=len(missing) - MOST_NAMED)]


def _added(numbers: Iterable[Decimal | str | None]) -> Decimal:
    total = Decimal(0)
    for one in numbers:
        if isinstance(one, Decimal):
            total = EXACT.add(total, one)
    return total


def _origin(point: Point, one: Said) -> Origin:
    return Origin("site", (one.key,), _told(point, one), "")


def _told(point: Point, one: Said) -> Text:
    value = one.value
    name = verbatim(one.name)
    if value.expired:
        return T("{plant}: proof expired", plant=name)
    if value.missing is not None:
        return T("{plant}: missing", plant=name)
    if isinstance(value.value, Decimal):
        said = f"{show_number(value.value)} {value.unit}".strip()
        return T("{plant}: {value}", plant=name, value=said)
    if value.rows:
        return T("{plant}: rows: {count}", plant=name, count=len(value.rows))
    proof = T("with proof") if value.proven else T("without proof")
    if not value.value:
        return T("{plant}: {value}", plant=name, value=proof)
    words = dict(point.choices).get(value.value) or verbatim(value.value[:LONGEST_SAID])
    return T("{plant}: {value}, {proof}", plant=name, value=words, proof=proof)
