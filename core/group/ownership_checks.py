"""What is wrong with the stakes of a register, before anybody counts with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.errors import UserError
from core.group.ownership import EQUITY, GROUP, LAST, Ownership
from core.i18n import T
from core.ledger import Register, Stake


def check_ownership(register: Register) -> Iterator[UserError]:
    """What is wrong with the stakes of a register: ends that nobody knows, days in the wrong order, circles, too much.

    A register with none of these never lets :func:`share` raise.
    """
    owned = Ownership.of(register)
    for stake in register.held(Stake):
        ends = [key for key in (stake.holder, stake.held) if key != GROUP and key not in owned.called]
        if ends or stake.held == GROUP or stake.holder in owned.sites:
            yield UserError(
                T("The stake {id} joins “{holder}” and “{held}”.", id=stake.id, holder=owned.name(stake.holder),
                  held=owned.name(stake.held)),
                T("A stake joins the group or a company with a company or a plant of the register."),
            )  # fmt: skip
        if not (_is_day(stake.start) and _is_day(stake.end)) or (stake.end or LAST) < stake.start:
            yield UserError(
                T("The stake {id} ends before it begins, or its days cannot be read.", id=stake.id),
                T("Write days as 2024-06-30."),
            )
            return
    days = {"0001-01-01", *(stake.start for stake in register.held(Stake) if stake.start)}
    for key in sorted(owned.stakes):
        for day in sorted(days):
            try:
                owned.share(key, date.fromisoformat(day), EQUITY)
            except UserError as error:
                yield error
                break


def _is_day(text: str) -> bool:
    if not text:
        return True
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
