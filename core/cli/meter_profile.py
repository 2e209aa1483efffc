"""What ``meter profile`` tells: when and how much a meter counts."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from core.cli.common import GOOD, print_json, table, write
from core.cli.energy import meter_of, percent, places, series_of_meter, span_of_days, year_meant
from core.cli.fields import needed
from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import Meter
from core.series import ESTIMATED
from core.series.clock import HOUR
from core.series.curves import BaseLoad, DurationCurve, Peak, base_load, duration_curve, peak
from core.series.metered import Metered, is_level
from core.series.problems import Examined
from core.series.profiles import Profile, profile
from core.series.wording import figure, moment
from core.series.zones import begin_of
from core.solar.plain import number
from core.store import PlantFile

SHARES = (0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1.0)
"""Of the time, at which a duration curve is told. [1]"""


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What a meter counted over some days, and how it lies on the clock."""

    seen: Examined
    first: date
    last: date
    """Last day, included."""
    expected: int
    """Intervals there are."""
    shape: Profile
    base: BaseLoad | None
    top: Peak | None
    curve: DurationCurve

    @property
    def present(self) -> int:
        """Intervals with a value."""
        return int(np.count_nonzero(~np.isnan(self.seen.series.values)))

    @property
    def estimated(self) -> int:
        """Of these, intervals with an estimate."""
        marks = self.seen.series.marks
        return 0 if marks is None else int(np.count_nonzero(marks == ESTIMATED))


def show(arguments: argparse.Namespace) -> int:
    """When and how much a meter counts."""
    with PlantFile.open(arguments.file, read_only=True) as plant:
        metered = Metered(plant.ledger, plant.blob)
        found = _look(metered, meter_of(plant.ledger, arguments.meter), _days(metered, arguments))
    if arguments.json:
        print_json(_profile_to_plain(found))
    else:
        _print_profile(found, arguments.lang_ui)
    return GOOD


def _days(metered: Metered, arguments: argparse.Namespace) -> tuple[date, date]:
    """From the first to the last day asked for, else a year."""
    if arguments.first is None and arguments.last is None:
        year = year_meant(metered.ledger, arguments.year)
        return date(year, 1, 1), date(year, 12, 31)
    if arguments.year is not None:
        raise UserError(T("Say either a year or days, not both."), T("Leave out --year, or --from and --to."))
    needed(argparse.Namespace(**{"from": arguments.first, "to": arguments.last}), "from", "to")
    return span_of_days(arguments)


def _look(metered: Metered, meter: Meter, days: tuple[date, date]) -> Looked:
    first, last = days
    series = series_of_meter(metered, meter, first, last)
    level, zone = is_level(meter), metered.zone
    if np.isnan(series.values).all():
        raise UserError(
            T("{meter} has no values from {first} to {last}.", meter=verbatim(meter.name), first=first, last=last),
            T("Choose other days; “meter list” tells of which there are values."),
        )
    whole = begin_of(last + timedelta(days=1), zone) - begin_of(first, zone)
    return Looked(
        Examined(meter, series, zone),
        first,
        last,
        whole // series.step,
        profile(series, zone, slot=max(HOUR, series.step), level=level),
        None if level else base_load(series, zone),
        peak(series, level=level),
        duration_curve(series, level=level),
    )


def _profile_to_plain(found: Looked) -> dict[str, Any]:
    seen = found.seen
    amount = seen.amount(0, len(seen.series))
    return {
        "id": seen.meter.id,
        "name": seen.meter.name,
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "zone": seen.zone.key,
        "unit": seen.meter.unit,
        "power_unit": seen.power_unit,
        "step_s": seen.series.step,
        "expected": found.expected,
        "present": found.present,
        "estimated": found.estimated,
        "completeness": number(found.present / found.expected, 4),
        "amount": number(amount, 3),
        "mean": number(float(found.curve.power.mean()), 3),
        "profile": _shape_to_plain(found.shape),
        "base_load": None if found.base is None else _base_to_plain(found.base),
        "peak": None if found.top is None else {
            "power": number(found.top.power, 3), "start": found.top.start, "end": found.top.end,
            "local": moment(found.top.start, seen.zone).en,
        },
        "load_factor": number(found.curve.load_factor, 4),
        "duration_curve": [
            {"share": f"{share:g}", "power": number(found.curve.needed_for(share), 3)} for share in SHARES
        ],
    }  # fmt: skip


def _shape_to_plain(shape: Profile) -> dict[str, Any]:
    return {
        "slot_s": shape.slot,
        "hours": [number(hour, 4) for hour in shape.times.tolist()],
        "kinds": [
            {
                "title": {lang: title.in_language(lang) for lang in ("zh", "en")},
                "count": shape.count[kind].tolist(),
                "mean": [number(one, 3) for one in shape.mean[kind].tolist()],
                "quantiles": {
                    f"{share:g}": [number(one, 3) for one in shape.quantiles[place, kind].tolist()]
                    for place, share in enumerate(shape.shares)
                },
            }
            for kind, title in enumerate(shape.titles)
        ],
    }


def _base_to_plain(base: BaseLoad) -> dict[str, Any]:
    return {
        "power": number(base.power, 3),
        "share": number(base.share, 4),
        "nights": base.nights,
        "left_out": base.left_out,
        "method": {lang: base.method.in_language(lang) for lang in ("zh", "en")},
    }


def _print_profile(found: Looked, lang: str) -> None:
    seen, shape = found.seen, found.shape
    unit = seen.power_unit
    write(T("{meter} ({id}), {first} to {last}", meter=verbatim(seen.meter.name), id=seen.meter.id, first=found.first,
            last=found.last).in_language(lang))  # fmt: skip
    heads = [T("Time"), *(T("{title}, {unit}", title=title, unit=unit) for title in shape.titles)]
    rows = [
        [_clock(seconds), *(places(None if np.isnan(one) else one, 1) for one in shape.mean[:, place].tolist())]
        for place, seconds in enumerate((shape.times * HOUR).astype(int).tolist())
    ]
    write(table([head.in_language(lang) for head in heads], rows, range(1, len(heads))))
    for sentence in _sentences(found):
        write(sentence.in_language(lang))
    shares = [[f"{100 * share:g} %", places(found.curve.needed_for(share), 1)] for share in SHARES]
    heads = [T("Share of the time"), T("At least, {unit}", unit=unit)]
    write(table([head.in_language(lang) for head in heads], shares, (0, 1)))


def _clock(seconds: int) -> str:
    return f"{seconds // 3600:02d}:{seconds % 3600 // 60:02d}"


def _sentences(found: Looked) -> list[Text]:
    """Amount, completeness, base load, peak, load factor."""
    seen, unit = found.seen, found.seen.power_unit
    said = [
        T("{present} of {expected} values are there ({share} %), {estimated} of them estimates.",
          present=f"{found.present:,}", expected=f"{found.expected:,}",
          share=percent(found.present / found.expected, 2), estimated=f"{found.estimated:,}")
    ]  # fmt: skip
    amount = seen.amount(0, len(seen.series))
    if amount is not None:
        said.append(T("Counted: {amount} {unit}.", amount=figure(amount, 9), unit=seen.meter.unit))
    if found.base is not None:
        said.append(T("Base load: {power} {unit}, {share} % of the amount. {method}", power=figure(found.base.power),
                      unit=unit, share=percent(found.base.share), method=found.base.method))  # fmt: skip
    if found.top is not None:
        said.append(T("Peak: {power} {unit} at {moment}.", power=figure(found.top.power), unit=unit,
                      moment=moment(found.top.start, seen.zone)))  # fmt: skip
    if not seen.level and found.curve.load_factor is not None:
        said.append(T("Load factor: {share} %.", share=percent(found.curve.load_factor)))
    return said
