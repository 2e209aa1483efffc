"""What is known of a new record of a plant before anybody types: the year looked at, the country, the money, today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from core.ledger import Action, BasePolicy, Instrument, Ledger, SupplyOption, Tariff
from core.library.places import currency_of
from gui.session import Session


def known_of_new(session: Session, kind: str) -> Mapping[str, object]:
    """Values by field; nothing where nothing is known."""
    found = _KNOWN.get(kind)
    return {} if found is None else found(session)


def money_of(ledger: Ledger) -> str:
    """The currency in which the plant reckoned last; else that of its country."""
    held: list[Any] = [*ledger.held(Tariff), *ledger.held(Instrument), *ledger.held(SupplyOption), *ledger.held(Action)]
    named = [one.currency for one in held if one.currency]
    return named[-1] if named else currency_of(ledger.plant.country)


def _instrument(session: Session) -> Mapping[str, object]:
    year = session.year
    return {"market": session.ledger.plant.country, "start": date(year, 1, 1), "end": date(year, 12, 31),
            "currency": money_of(session.ledger)}  # fmt: skip


def _option(session: Session) -> Mapping[str, object]:
    """What is planned begins next year at the earliest."""
    return {"first_year": session.year + 1, "currency": money_of(session.ledger)}


def _action(session: Session) -> Mapping[str, object]:
    owner = {} if session.actor is None else {"owner": session.person}
    return {"start": date(session.year + 1, 1, 1), "currency": money_of(session.ledger), **owner}


def _target(session: Session) -> Mapping[str, object]:
    """Measured from the base year that is set."""
    policy = next(iter(session.ledger.held(BasePolicy)), None)
    return {} if policy is None else {"base_year": policy.year}


def _today(session: Session) -> Mapping[str, object]:
    return {"day": date.today()}


_KNOWN: Mapping[str, Callable[[Session], Mapping[str, object]]] = {
    "instrument": _instrument,
    "supply_option": _option,
    "action": _action,
    "target": _target,
    "resolution": _today,
    "recalculation": _today,
}
