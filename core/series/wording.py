"""Moments and measured numbers inside sentences."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from core.i18n import Name, show_date


def moment(utc: int, zone: ZoneInfo) -> Name:
    """Local date and time; with its distance from UTC where the clock shows the same time twice.

    Examples
    --------
    >>> moment(1729990800, ZoneInfo("Europe/Warsaw")).in_language("en")
    '2024-10-27 02:00 (UTC+0100)'
    """
    local = datetime.fromtimestamp(utc, UTC).astimezone(zone)
    clock = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    if local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset():
        clock = f"{clock} (UTC{local:%z})"
    day = local.date()
    return Name(f"{show_date(day, 'en')} {clock}", f"{show_date(day, 'zh')} {clock}")


def figure(value: float, digits: int = 5) -> Decimal:
    """A measured number with the digits that people can take in.

    Examples
    --------
    >>> figure(1234567.8), figure(0.000123456)
    (Decimal('1234600'), Decimal('0.00012346'))
    """
    short = Decimal(f"{value:.{digits}g}")
    return Decimal(f"{short:f}")
