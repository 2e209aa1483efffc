"""The arrays of a PV system as rows of a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from core.errors import UserError
from core.exchange import parse_date, parse_number
from core.i18n import T, show_date, show_number
from core.ledger import PvArray
from core.solar.cell import MOUNTINGS
from gui.language import _, language, say
from gui.solar.words import plain
from gui.tables.table import Column


def array_columns() -> list[Column[PvArray]]:
    """All fields, those that the yield needs first."""
    return [
        Column("name", _("Array"), lambda a: a.name, edit=lambda a, text: replace(a, name=text.strip()), width=17),
        _number("dc_power", _("Power"), "kW", lambda a: a.dc_power, lambda a, v: replace(a, dc_power=v), (0, None)),
        _number("tilt", _("Tilt"), "°", lambda a: a.tilt, lambda a, v: replace(a, tilt=v), (0, 90), 6),
        _number("azimuth", _("Azimuth"), "°", lambda a: a.azimuth, lambda a, v: replace(a, azimuth=v), (0, 360), 7),
        Column(
            "mounting",
            _("Mounting"),
            lambda a: mounting_words(a.mounting),
            edit=lambda a, text: replace(a, mounting=parse_mounting(text)),
            choices=lambda _a: [say(m.title) for m in MOUNTINGS.values()],
            width=17,
        ),
        _number("area", _("Module area"), "m²", lambda a: a.area, lambda a, v: replace(a, area=v), (0, None)),
        _number(
            "inverter_power",
            _("Inverters"),
            "kW AC",
            lambda a: a.inverter_power,
            lambda a, v: replace(a, inverter_power=v),
            (0, None),
        ),
        _number(
            "inverter_efficiency",
            _("Their efficiency"),
            "%",
            lambda a: a.inverter_efficiency,
            lambda a, v: replace(a, inverter_efficiency=v),
            (50, 100),
        ),
        _number("gamma", _("Temp. coefficient"), "%/K", lambda a: a.gamma, lambda a, v: replace(a, gamma=v), (-2, 0)),
        Column("module", _("Module"), lambda a: a.module, edit=lambda a, text: replace(a, module=text.strip())),
        Column("inverter", _("Inverter"), lambda a: a.inverter, edit=lambda a, text: replace(a, inverter=text.strip())),
        Column(
            "commissioned",
            _("In operation since"),
            lambda a: _day(a.commissioned),
            edit=lambda a, text: replace(a, commissioned=_parse_day(text)),
        ),
    ]


def _number(
    key: str,
    title: str,
    unit: str,
    of: Callable[[PvArray], Decimal],
    put: Callable[[PvArray, Decimal], PvArray],
    ends: tuple[int, int | None],
    width: int = 9,
) -> Column[PvArray]:
    def edit(one: PvArray, text: str) -> PvArray:
        return put(one, within(parse_number(text) if text.strip() else Decimal(0), *ends))

    return Column(
        key, title, lambda one: show_number(of(one)), unit, "right", of, lambda one: plain(of(one)), edit, width=width
    )


def within(value: Decimal, low: int, high: int | None) -> Decimal:
    """The value itself.

    Raises
    ------
    UserError
        when it cannot be.
    """
    if value >= low and (high is None or value <= high):
        return value
    remedy = (
        T("Enter a number from {low} to {high}.", low=Decimal(low), high=Decimal(high))
        if high is not None
        else T("Enter a number of at least {least}.", least=str(low))
    )
    raise UserError(T("{value} cannot be.", value=value), remedy)


def mounting_words(key: str) -> str:
    """The mounting in words; the key where it is unknown."""
    return say(MOUNTINGS[key].title) if key in MOUNTINGS else key


def parse_mounting(text: str) -> str:
    """Key of a mounting, from its words in the language of the window or from itself.

    Raises
    ------
    UserError
        for anything else.
    """
    tidy = text.strip().casefold()
    for key, one in MOUNTINGS.items():
        if tidy in (key, say(one.title).casefold()):
            return key
    raise UserError(
        T("“{text}” is not in the list.", text=text[:40]),
        T("Choose one of: {names}.", names=[one.title for one in MOUNTINGS.values()]),
    )


def _day(text: str) -> str:
    return show_date(date.fromisoformat(text), language()) if text else ""


def _parse_day(text: str) -> str:
    return parse_date(text).isoformat() if text.strip() else ""
