"""Where a plant stands with its targets: what :func:`core.targets.targets_status` needs, gathered from one ledger.

One place for the window, the command line, the report and head office, so that all of them say the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.actions.ahead import Path
from core.actions.emitted import Baseline, baseline_of
from core.audit.key_figures import of_targets
from core.checks import review
from core.errors import UserError
from core.exchange.dates import LAST_YEAR
from core.i18n import T
from core.inventory import Inventory, choices_of, compile_inventory, months_of
from core.inventory.closing import closed_inventory
from core.inventory.period import touches
from core.ledger import Commitment, Ledger, Scenario, Target
from core.library import Library
from core.methods import Finding
from core.renewables.promised import promised_shares
from core.renewables.shares import Share, shares_of
from core.targets.forecast import Forecast, forecast_of
from core.targets.parts import view_of
from core.targets.scenarios import Comparison, compare
from core.targets.simulation import Simulation, simulate
from core.targets.status import RENEWABLE, WITHDRAWN, TargetsStatus, TargetStatus, targets_status

Blob = Callable[[str], bytes]


@dataclass(frozen=True, slots=True, eq=False)
class TargetsOf:
    """A plant's targets with all that was gathered for them."""

    ledger: Ledger
    year: int
    """That is looked at."""
    status: TargetsStatus
    inventories: Mapping[int, Inventory]
    """Of the open years, and of the closed one that the forecast starts from."""
    partial: Mapping[int, int]
    """Open years that have data of fewer than twelve months, and of how many: they are compared with nothing."""
    share: Share | None
    """Electricity of the last year with an inventory; None without a target for it. [kWh]"""
    baseline: Baseline | None
    """Of the last year up to the one looked at."""
    scenario: Scenario | None
    """In which the years to come go on; None while none is entered."""
    shares: Path
    """Of renewable electricity, as they are assumed for the years to come; empty: it stays. [%]"""
    forecast: Forecast | None
    troubles: tuple[UserError, ...] = ()
    """Why something is missing."""

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """All of them."""
        return scenarios_of(self.ledger)

    @property
    def view(self) -> str:
        """The view of scope 2 that the targets speak of: ``location`` or ``market``."""
        return view_of(part for one in self.ledger.held(Target) for part in one.parts)


def targets_of(
    ledger: Ledger,
    year: int,
    library: Library,
    blob: Blob,
    *,
    scenario: str = "",
    promised: bool = False,
    known: Mapping[int, Inventory] | None = None,
    findings: Iterable[Finding] | None = None,
) -> TargetsOf:
    """Everything about the targets of a plant.

    Parameters
    ----------
    ledger
        of the plant.
    year
        that is looked at; later years count as not known yet.
    library
        the plant's, with its own factors.
    blob
        bytes of a kept blob by its SHA-256, for closed years.
    scenario
        id of the one for the forecast; empty: the first.
    promised
        whether the share of renewable electricity is to grow as targets promise; else it stays as it is.
    known
        inventories that are at hand already, by year.
    findings
        of the review of the year, where they are at hand already.

    Raises
    ------
    UserError
        for a scenario that does not exist.

    Notes
    -----
    An open year with data of fewer than twelve months is left out (``partial``): its emissions would look like a
    reduction. The forecast starts from the last year up to the one looked at that the file holds data of.
    """
    troubles: list[UserError] = []
    whole, partial = open_years(ledger, year)
    held = {one: _inventory(ledger, one, library, known) for one in whole}
    last = max((*held, *(one for one in _closed(ledger) if one <= year)), default=None)
    if last is not None and last not in held:
        try:
            held[last] = _closed_one(ledger, last, blob, known)
        except UserError as error:
            troubles.append(error)
    inventory = held.get(last) if last is not None else None
    chosen = _scenario(ledger, scenario)
    baseline = None if inventory is None else baseline_of(inventory)
    renewable = any(one.kind == RENEWABLE for one in ledger.held(Target))
    used = shares_of(ledger, inventory) if renewable and inventory is not None else None
    shares = promised_shares(ledger, inventory, used) if promised and inventory is not None else ()
    forecast = _forecast(ledger, baseline, chosen, shares, troubles)
    status = targets_status(
        ledger,
        held.values(),
        year,
        figures=of_targets(ledger, library.units, year),
        forecast=_by_target(ledger, forecast),
        findings=_findings(ledger, held.get(year), findings),
    )
    return TargetsOf(
        ledger, year, status, held, partial, None if used is None else used.year,
        baseline, chosen, shares, forecast, tuple(troubles),
    )  # fmt: skip


# ---------------------------------------------------------------------- what it is made of


def open_years(ledger: Ledger, year: int) -> tuple[tuple[int, ...], dict[int, int]]:
    """Open years up to one that have data of every month, and the others with the number of their months."""
    years = {one for a in ledger.activities for one in range(a.start.year, a.end.year + 1) if one <= year}
    whole, partial = [], {}
    for one in sorted(years - _closed(ledger)):
        months = months_of(choices_of(ledger.audit(one), one).period)
        count = sum(any(touches(activity, month) for activity in ledger.activities) for month in months)
        if count < len(months):
            partial[one] = count
        else:
            whole.append(one)
    return tuple(whole), partial


def newest_year(ledger: Ledger) -> int:
    """The last year that has data of every month or is closed, else the last that has any; 0: none.

    Examples
    --------
    >>> newest_year(Ledger())
    0
    """
    whole, partial = open_years(ledger, LAST_YEAR)
    return max({*whole, *_closed(ledger)} or {*partial}, default=0)


def scenarios_of(ledger: Ledger) -> tuple[Scenario, ...]:
    """Every scenario, by id."""
    return tuple(sorted(ledger.held(Scenario), key=lambda one: one.id))


def _closed(ledger: Ledger) -> set[int]:
    return {int(one.id) for one in ledger.closings if one.id.isdecimal() and ledger.closing(int(one.id)) is not None}


def _inventory(ledger: Ledger, year: int, library: Library, known: Mapping[int, Inventory] | None) -> Inventory:
    if known is not None and year in known:
        return known[year]
    return compile_inventory(ledger, choices_of(ledger.audit(year), year), library)


def _closed_one(ledger: Ledger, year: int, blob: Blob, known: Mapping[int, Inventory] | None) -> Inventory:
    if known is not None and year in known:
        return known[year]
    closing = ledger.closing(year)
    assert closing is not None
    return closed_inventory(closing, blob(closing.sha256))


def _scenario(ledger: Ledger, key: str) -> Scenario | None:
    held = scenarios_of(ledger)
    if key and all(one.id != key for one in held):
        raise UserError(
            T("There is no scenario “{key}”.", key=key[:60]),
            T("Choose one of: {known}.", known=[one.id for one in held] or ["–"]),
        )
    return next((one for one in held if key in ("", one.id)), None)


def _forecast(
    ledger: Ledger, baseline: Baseline | None, scenario: Scenario | None, shares: Path, troubles: list[UserError]
) -> Forecast | None:
    if baseline is None or scenario is None:
        return None
    try:
        return forecast_of(ledger, baseline, scenario, shares=shares)
    except UserError as error:
        troubles.append(error)
        return None


def _by_target(ledger: Ledger, forecast: Forecast | None) -> dict[str, dict[int, Decimal]]:
    if forecast is None:
        return {}
    return {one.id: forecast.series(one.parts) for one in ledger.held(Target) if one.parts and not one.intensity}


def _findings(ledger: Ledger, inventory: Inventory | None, known: Iterable[Finding] | None) -> tuple[Finding, ...]:
    """Only a claim of neutrality asks for them."""
    if known is not None:
        return tuple(known)
    return review(inventory) if inventory is not None and ledger.held(Commitment) else ()


# ---------------------------------------------------------------------- what is made of it


def simulated(found: TargetsOf, last_year: int | None = None) -> Simulation | None:
    """How wide the forecast is, also of what each target covers, by its id; None while there is none.

    Raises
    ------
    UserError
        for spreads, seed or draws of the scenario that cannot be.
    """
    if found.baseline is None or found.scenario is None or found.forecast is None:
        return None
    covered = {one.id: one.parts for one in found.ledger.held(Target) if one.parts}
    return simulate(
        found.ledger, found.baseline, found.scenario, shares=found.shares, last_year=last_year, together=covered
    )


def compared(found: TargetsOf, parts: Iterable[str]) -> Comparison | None:
    """Every scenario side by side; None while there is none, or nothing that it could start from.

    Raises
    ------
    UserError
        for a scenario that cannot be calculated.
    """
    if found.baseline is None or not found.scenarios:
        return None
    return compare(found.ledger, found.baseline, found.scenarios, parts, shares=found.shares)


def net_zero_year(status: TargetsStatus) -> int | None:
    """The year of the earliest net-zero target that stands."""
    years = [
        one.target.year for one in status.targets if one.target.kind == "net_zero" and one.target.status != WITHDRAWN
    ]
    return min(years, default=None)


def reached_share(target: Target, share: Share | None) -> bool | None:
    """Whether the electricity is as renewable as a target promises; None where nobody knows."""
    if share is None or not share.used:
        return None
    return share.exact("certified") * 100 >= target.reduction


def failing(found: TargetsOf, one: TargetStatus) -> bool:
    """Whether a target that stands is missed or stopped: above its pathway, not reached in its year, or by a rule."""
    target = one.target
    if target.status == WITHDRAWN:
        return False
    if any(judged.level == "stop" for judged in one.judged):
        return True
    if target.kind == RENEWABLE:
        return target.year <= found.year and reached_share(target, found.share) is False
    return one.gap is not None and not one.gap.on_track
