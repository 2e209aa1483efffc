"""What a way to renewable electricity lacks besides money, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from core.i18n import T, Text
from core.inventory import Inventory
from core.library import EXACT
from core.methods import exact_sum
from core.renewables.options import OptionEffect
from core.renewables.shares import Shares

_THOUSAND = Decimal(1000)


@dataclass(frozen=True, slots=True)
class Missing:
    """Something that the way lacks, and what to do."""

    message: Text
    remedy: Text


def missing(
    shares: Shares,
    inventory: Inventory,
    options: Sequence[OptionEffect],
    ready: Sequence[OptionEffect],
    currency: str,
    year: int,
    gap_and_open: tuple[Decimal, Decimal],
) -> Iterator[Missing]:
    """What stands in the way besides money."""
    gap, left = gap_and_open
    if not shares.year.used:
        yield Missing(T("No electricity is recorded."), T("Enter the bills of the year."))
    yield from _not_counted(shares, inventory)
    if gap and not options:
        yield Missing(
            T("No option is recorded that could give the missing {gap} MWh.", gap=_shown(gap)),
            T("Enter what could be built or bought: more PV, storage, a power purchase agreement, certificates."),
        )
    yield from (found for one in options if (found := _lacking(one, ready, currency, year)) is not None)
    if left and options:
        yield Missing(
            T("The options leave {left} MWh open in {year}.", left=_shown(left), year=year),
            T("Enter larger or further options."),
        )


def _not_counted(shares: Shares, inventory: Inventory) -> Iterator[Missing]:
    if shares.year.untitled:
        yield Missing(
            T("{mwh} MWh of own generation would count if the plant owned its attributes.",
              mwh=_shown(EXACT.divide(shares.year.untitled, _THOUSAND))),
            T("Enter at the PV system who owns them, or ask their owner for them."),
        )  # fmt: skip
    stopped = exact_sum(cover.quantity for own in inventory.covers.values() for cover in own if not cover.counts)
    if stopped:
        yield Missing(
            T("{mwh} MWh are allocated and do not count.", mwh=_shown(EXACT.divide(stopped, _THOUSAND))),
            T("Look at what the rules say of the instruments; often a proof or a retirement is missing."),
        )


def _lacking(one: OptionEffect, ready: Sequence[OptionEffect], currency: str, year: int) -> Missing | None:
    """Why an option is not in the mix although it might be wanted."""
    option = one.option
    if one.cost is None:
        what = T("life of the investment") if option.capex and option.life < 1 else T("price or investment")
        if option.quantity <= 0:
            what = T("quantity")
        return Missing(T("{option}: {what} is missing.", option=option.name, what=what), T("Complete the option."))
    if one not in ready:
        return Missing(
            T("{option} begins in {first}, after {year}.", option=option.name, first=option.first_year, year=year),
            T("Ask whether it can begin earlier."),
        )
    if not option.currency or option.currency != currency:
        return Missing(
            T("{option} is priced in another currency than the other options ({currency}).", option=option.name,
              currency=currency or T("none")),
            T("Enter its cost in the currency of the others."),
        )  # fmt: skip
    return None


def _shown(mwh: Decimal) -> Decimal:
    shown = mwh.quantize(Decimal("0.1"), context=EXACT)
    return shown if shown else mwh
