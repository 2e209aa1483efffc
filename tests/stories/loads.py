"""Files as a Polish utility sends them: quarters of an hour on the local clock, days of 23 and 25 hours, a comma."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Warsaw")
HEAD = "Odbiorca: Zakład Krosno;;\nPunkt poboru;PL0037410012345678;\n"
QUARTER = timedelta(minutes=15)
GAP = 20
"""Quarters that the logger lost on one morning."""
CORRECTED = 12
"""Quarters that the corrected file tells otherwise."""
POWER = 300
"""Of the modules on the roof. [kW]"""
RATIO = Decimal("0.8")
"""Performance ratio by which the roof of these files generates."""
CLIMATE = (
    (28, -2), (45, -1), (85, 4), (120, 10), (155, 15), (165, 18), (165, 20), (145, 19), (100, 14), (60, 9), (32, 4),
    (22, 0),
)  # fmt: skip
"""Irradiation [kWh/m2] and temperature [°C] of the months of an average year."""


def quarters(year: int) -> Iterator[datetime]:
    """Their local beginnings, in the order in which they happened."""
    moment = datetime(year, 1, 1, tzinfo=ZONE).astimezone(UTC)
    end = datetime(year + 1, 1, 1, tzinfo=ZONE).astimezone(UTC)
    while moment < end:
        yield moment.astimezone(ZONE)
        moment += QUARTER


def jitter(at: datetime) -> Decimal:
    """Something between 0 and 12 that never stands still. [kW]"""
    return Decimal((at.toordinal() * 7919 + at.hour * 557 + at.minute * 13 + at.fold * 301) % 1200) / 100


def load(at: datetime) -> Decimal:
    """What the plant takes: a base, and on working days a shift from six to eighteen. [kW]"""
    hour = at.hour + at.minute / 60
    works = at.weekday() < 5 and 6 <= at.hour < 18
    shift = Decimal(round(27 * (36 - (hour - 12) ** 2) / 4)) if works else Decimal(0)
    return 90 + shift + jitter(at)


def light(at: datetime) -> int:
    """On the modules, only while the sun is surely up. [W/m2]"""
    summer = 1 - abs(at.month - 6.5) / 6
    half = 3 + 3 * summer
    up = 1 - ((at.hour + at.minute / 60 - 12) / half) ** 2
    cloud = (at.toordinal() * 37 % 7 + 4) / 10
    return max(0, round((350 + 500 * summer) * up * cloud))


def gap_of(year: int) -> date:
    """The day on which the logger lost power: the second Wednesday of May."""
    first = date(year, 5, 1)
    return first + timedelta(days=(2 - first.weekday()) % 7 + 7)


@dataclass(frozen=True)
class Utility:
    """What a file of the utility holds."""

    path: Path
    values: int
    energy: Decimal
    """[kWh]"""


def utility_file(path: Path, year: int, *, corrected: bool = False) -> Utility:
    """Date; time; kW with a comma. One morning is missing; a corrected file tells three hours of July otherwise."""
    text, values, energy = _utility(year, corrected)
    path.write_text(text, encoding="utf-8")
    return Utility(path, values, energy)


@cache
def _utility(year: int, corrected: bool) -> tuple[str, int, Decimal]:
    lost, lines, energy = gap_of(year), [], Decimal(0)
    for at in quarters(year):
        if at.date() == lost and 8 <= at.hour < 13:
            continue
        power = load(at) + (5 if corrected and (at.month, at.day) == (7, 3) and at.hour < 3 else 0)
        energy += power / 4
        lines.append(f"{at:%d.%m.%Y;%H:%M};{_comma(power)}\n")
    return f"{HEAD}Data;Godzina;Moc czynna [kW]\n{''.join(lines)}", len(lines), energy


@dataclass(frozen=True)
class Roof:
    """What a file of the meters at a PV system holds. [kWh]"""

    path: Path
    purchased: Decimal
    fed_in: Decimal
    generated: Decimal

    @property
    def used(self) -> Decimal:
        """On site, netted in each quarter of an hour."""
        return self.generated - self.fed_in


def roof_file(path: Path, year: int) -> Roof:
    """Date; time; purchase; feed-in; generation; light in the plane of the modules."""
    text, sums = _roof(year)
    path.write_text(text, encoding="utf-8")
    return Roof(path, *sums)


@cache
def _roof(year: int) -> tuple[str, list[Decimal]]:
    sums, lines = [Decimal(0)] * 3, []
    for at in quarters(year):
        taken, irradiance = load(at) / 4, light(at)
        made = RATIO * POWER * irradiance / 4000
        row = (max(Decimal(0), taken - made), max(Decimal(0), made - taken), made)
        sums = [whole + part for whole, part in zip(sums, row, strict=True)]
        lines.append(f"{at:%d.%m.%Y;%H:%M};{';'.join(_comma(one) for one in row)};{irradiance}\n")
    head = "Data;Godzina;Pobór [kWh];Oddanie [kWh];Generacja PV [kWh];Nasłonecznienie [W/m2]\n"
    return head + "".join(lines), sums


def large_file(path: Path, years: range) -> int:
    """Many years in the same layout, quickly; how many values there are."""
    days = [date(year, 1, 1) + timedelta(days=n) for year in years for n in range(365)]
    kinds = [
        [f";{n // 4:02}:{n % 4 * 15:02};{100 + (n * kind) % 61},{n:02}\n" for n in range(96)] for kind in range(37)
    ]
    with path.open("w", encoding="utf-8") as file:
        file.write(f"{HEAD}Data;Godzina;Moc czynna [kW]\n")
        for one in days:
            written, kind = f"{one:%d.%m.%Y}", kinds[one.toordinal() ** 2 % len(kinds)]
            file.write("".join(written + quarter for quarter in kind))
    return 96 * len(days)


def _comma(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")
