"""Planned against measured: what an action was to save, and what the measure that follows it up found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.actions.ahead import Ahead, as_now
from core.actions.effect import basis, fraction, plans_energy, reached
from core.actions.emitted import HUNDRED, ONE, ZERO, Baseline, kept
from core.actions.ramp import part_between
from core.i18n import T, Text
from core.ledger import Action, Ledger
from core.library import EXACT, Library
from core.methods import exact_sum
from core.savings import Saving, SavingYear, savings_of

STATES: Mapping[str, Text] = {
    "none": T("Not measured: no savings measure is named"),
    "no_data": T("Not measured: the savings measure has no result"),
    "measured": T("Measured"),
}
"""What can be said of the effect of an action."""


@dataclass(frozen=True, slots=True)
class MeasuredYear:
    """Plan and measurement over the same days of a year."""

    year: int
    planned_kwh: Decimal
    measured_kwh: Decimal
    planned_tonnes: Decimal
    """Location-based. [t CO2e]"""
    measured_tonnes: Decimal
    """As the savings room counts them: location-based. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class Followed:
    """One action and what is known of its effect."""

    action: Action
    state: str
    """``none``, ``no_data`` or ``measured``."""
    years: tuple[MeasuredYear, ...] = ()
    reason: Text | None = None
    """Why there is no data."""

    @property
    def percent(self) -> Decimal | None:
        """Measured, of what was planned for the same days: in energy where the plan is energy, else in tonnes. [%]"""
        energy = plans_energy(self.action)
        plan = exact_sum(one.planned_kwh if energy else one.planned_tonnes for one in self.years)
        found = exact_sum(one.measured_kwh if energy else one.measured_tonnes for one in self.years)
        return EXACT.divide(EXACT.multiply(found, HUNDRED), plan) if plan > 0 else None

    @property
    def text(self) -> Text:
        """The state in a sentence."""
        percent = self.percent
        if self.state != "measured" or percent is None:
            return STATES[self.state]
        return T("Measured: {percent} % of the plan", percent=percent.quantize(Decimal("0.1"), context=EXACT))


def followed_up(
    ledger: Ledger, library: Library, baseline: Baseline, blob: Callable[[str], bytes] | None = None
) -> tuple[Followed, ...]:
    """Every action of a ledger with the effect that its measure found, in their order.

    Parameters
    ----------
    ledger
        actions and measures.
    library
        of the plant.
    baseline
        for the tonnes of the plan.
    blob
        gives the bytes of a kept table by its SHA-256.
    """
    actions = ledger.held(Action)
    if not any(one.measure for one in actions):
        return tuple(Followed(one, "none") for one in actions)
    found = savings_of(ledger, library, blob=blob)
    unclear = {one.measure.id: one.error.message for one in found.unclear}
    return tuple(follow(one, found.savings, baseline, unclear) for one in actions)


def follow(
    action: Action,
    savings: Iterable[Saving],
    baseline: Baseline,
    unclear: Mapping[str, Text] | None = None,
    ahead: Ahead | None = None,
) -> Followed:
    """Plan and measurement of one action.

    Parameters
    ----------
    action
        with the id of its measure.
    savings
        calculated measures, its own among them.
    baseline
        for the tonnes of the plan.
    unclear
        measures that cannot be calculated, with the reason.
    ahead
        grid factor of the years; as in the baseline unless said.
    """
    if not action.measure:
        return Followed(action, "none")
    saving = next((one for one in savings if one.measure.id == action.measure), None)
    if saving is None:
        missing = T("The measure {id} does not exist.", id=action.measure)
        return Followed(action, "no_data", reason=(unclear or {}).get(action.measure, missing))
    return follow_years(action, saving.years, baseline, ahead)


def follow_years(
    action: Action, found: Iterable[SavingYear], baseline: Baseline, ahead: Ahead | None = None
) -> Followed:
    """The same with the years of its measure at hand, as a report states them."""
    way = as_now(baseline) if ahead is None else ahead
    years = tuple(_year(action, one, baseline, way) for one in found)
    if not years:
        return Followed(action, "no_data", reason=T("Nothing is measured yet."))
    return Followed(action, "measured", years)


def _year(action: Action, found: SavingYear, baseline: Baseline, ahead: Ahead) -> MeasuredYear:
    """Both over the days that were measured."""
    part = EXACT.multiply(part_between(action, found.start, found.end), _of_year(found))
    cells = reached(action, baseline)
    share = fraction(action, cells, part)
    location = exact_sum(ahead.tonnes(cell, found.year)[0] for cell in cells)
    lines = [one for one in found.lines if action.item in ("", one.flow.item)]
    energy = EXACT.multiply(share, basis(action, cells)) if cells else EXACT.multiply(action.energy, part)
    return MeasuredYear(
        found.year,
        kept(energy) if plans_energy(action) else ZERO,
        exact_sum(one.kwh for one in lines if one.kwh is not None),
        kept(EXACT.multiply(share, location)),
        exact_sum(one.tonnes for one in lines if one.tonnes is not None),
    )


def _of_year(found: SavingYear) -> Decimal:
    """What part of a year was measured. [1]"""
    days = (found.end - found.start).days + 1
    whole = (found.end.replace(month=12, day=31) - found.end.replace(month=1, day=1)).days + 1
    return ONE if days == whole else EXACT.divide(Decimal(days), Decimal(whole))
