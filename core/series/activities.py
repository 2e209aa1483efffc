"""From the months of a meter to activity data: what the meter counted becomes rows of the inventory, on purpose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.errors import UserError
from core.i18n import Name, T, Text, show_month
from core.ledger import Activity, IntervalData, Ledger, Meter
from core.series.metered import is_level
from core.series.read import MonthSum
from core.series.zones import month_day, month_number

HASH = 12
"""Characters of the SHA-256 of the index that tell it from every other."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A month that did not become activity data."""

    month: date
    """Its first day."""
    reason: Text
    remedy: Text


@dataclass(frozen=True, slots=True)
class Derived:
    """What the months of a meter give. Nothing is entered before a person makes a change of it."""

    activities: tuple[Activity, ...]
    """One for each month that is whole and not there yet, in order of time."""
    left_out: tuple[LeftOut, ...]
    """Every other month, with the reason."""


def activities_of(
    meter: Meter,
    sums: Sequence[MonthSum],
    ledger: Ledger,
    ids: Callable[[int], Sequence[str]],
    *,
    method: str = "",
    parameters: tuple[tuple[str, str], ...] = (),
    note: str = "",
    lang: str = "en",
) -> Derived:
    """Activity data of the months that a meter counted completely.

    Parameters
    ----------
    meter
        with source and item; its serial number becomes the evidence, together with the hash of the index.
    sums
        sums of local months, as :func:`core.series.read.monthly` gives them.
    ledger
        for the index of the meter, and for what is entered already.
    ids
        gives so many free ids of activity data.
    method
        key of the method; that of the activity data of the same source and item when not given.
    parameters
        of each row.
    note
        reason and method of the estimates, for the months that hold some.
    lang
        language of what is written into the records.

    Returns
    -------
    Derived
        a month with a gap is left out, for it would be too small; so is one of which days are entered already, for it
        would count twice.

    Raises
    ------
    UserError
        for a sensor, a meter without source or item or interval data, and when the method is not known.
    """
    data = _checked(meter, ledger)
    method = method or _method_of(meter, ledger)
    taken, left_out = _sorted_out(meter, sums, ledger, method)
    made = tuple(
        Activity(
            id=key,
            source=meter.source,
            method=method,
            item=meter.item,
            start=one.month,
            end=_last(one.month),
            quantity=one.total,
            unit=meter.unit,
            estimated=one.estimated > 0,
            evidence=f"{meter.serial or meter.name} · {one.month:%Y-%m} · {data.sha256[:HASH]}",
            note=_note(one, note, lang),
            parameters=parameters,
        )
        for key, one in zip(ids(len(taken)), taken, strict=True)
    )
    return Derived(made, left_out)


def _sorted_out(
    meter: Meter, sums: Iterable[MonthSum], ledger: Ledger, method: str
) -> tuple[tuple[MonthSum, ...], tuple[LeftOut, ...]]:
    """The months that become activity data, and the others, each in order of time."""
    own = (meter.source, method, meter.item)
    # Of other methods the same energy stands once more, as its losses on the way do in scope 3.
    entered = [a for a in ledger.activities if (a.source, a.method, a.item) == own]
    taken: list[MonthSum] = []
    left_out: list[LeftOut] = []
    for one in sorted(sums, key=lambda s: s.month):
        reason = _reason(one, entered, meter.unit)
        if reason is None:
            taken.append(one)
        else:
            left_out.append(reason)
    return tuple(taken), tuple(left_out)


def _checked(meter: Meter, ledger: Ledger) -> IntervalData:
    if is_level(meter):
        raise UserError(
            T("{meter} is a sensor: its values are levels and add up to nothing.", meter=meter.name),
            T("Choose a meter that counts an amount."),
        )
    if not meter.source or not meter.item:
        raise UserError(
            T("{meter} belongs to no emission source or item.", meter=meter.name),
            T("Enter both in the description of the meter."),
        )
    found = ledger.get("intervals", meter.id)
    if not isinstance(found, IntervalData):
        raise UserError(T("{meter} has no interval data.", meter=meter.name), T("Import a file of the meter first."))
    return found


def _method_of(meter: Meter, ledger: Ledger) -> str:
    methods = sorted({a.method for a in ledger.activities if (a.source, a.item) == (meter.source, meter.item)})
    if len(methods) != 1:
        raise UserError(
            T("By which method {source} is calculated is not known.", source=meter.source)
            if not methods
            else T("{source} is calculated by several methods: {methods}.", source=meter.source, methods=methods),
            T("Name the method."),
        )
    return methods[0]


def _reason(one: MonthSum, entered: Iterable[Activity], unit: str) -> LeftOut | None:
    """Why a month is left out; None when it is not."""
    month = Name(show_month(one.month, "en"), show_month(one.month, "zh"))
    if not one.complete:
        return LeftOut(
            one.month,
            T(
                "{month}: {missing} of {expected} values are missing.",
                month=month,
                missing=one.expected - one.present,
                expected=one.expected,
            ),
            T("Import the missing values, or estimate them on purpose."),
        )
    last = _last(one.month)
    there = next((a for a in entered if a.start <= last and a.end >= one.month), None)
    if there is None:
        return None
    return LeftOut(
        one.month,
        T(
            "{month}: {quantity} {unit} from {start} to {end} are entered already; the meter counted {total} {own}.",
            month=month,
            quantity=there.quantity,
            unit=there.unit,
            start=there.start,
            end=there.end,
            total=one.total,
            own=unit,
        ),
        T("Keep what is entered, or delete it and take over the month of the meter."),
    )


def _note(one: MonthSum, note: str, lang: str) -> str:
    if not one.estimated:
        return ""
    said = T("{count} of {expected} values are estimated.", count=one.estimated, expected=one.expected)
    return f"{said.in_language(lang)} {note}".rstrip()


def _last(month: date) -> date:
    return month_day(month_number(month) + 1) - timedelta(days=1)
