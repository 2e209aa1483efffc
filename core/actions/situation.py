"""What an action plan is held against, gathered once: emissions, the way of grid and supply, what was measured.

Window, command line, report and head office all ask here, so that they show the same tonnes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.actions.ahead import Ahead, Path
from core.actions.choosing import Selection, select
from core.actions.curve import Curve, View, abatement_curve
from core.actions.effect import Combined, Effect, combined, effects, taking_part
from core.actions.emitted import ZERO, Baseline, baseline_of
from core.actions.judging import judge_actions
from core.actions.measured import Followed, followed_up
from core.actions.ramp import part_in
from core.actions.timeline import Timeline, timeline_of
from core.i18n import T, Text, verbatim
from core.instruments import Judged
from core.inventory import Inventory
from core.ledger import Action, Ledger, Scenario, Target
from core.ledger.codec import read_decimal
from core.library import EXACT, Library
from core.renewables import promised_shares

AHEAD = 5
"""Years after the baseline where no target says for which year the plan is. [a]"""
RENEWABLE = "renewable"
"""Kind of a target that is a share of electricity."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A plan and everything that its tonnes follow from."""

    ledger: Ledger
    baseline: Baseline
    ahead: Ahead
    """Grid and share of renewable electricity of the years to come."""
    shares: Path
    """The share as a path, for a forecast; empty: it stays. [%]"""
    scenario: Scenario | None
    """Whose grid is taken; None: the grid stays as it is."""
    followed: tuple[Followed, ...]
    """Every action with what was measured of it."""
    horizon: int
    """Year that the plan is for."""
    assumptions: tuple[Text, ...]
    """What must be known to read the tonnes."""

    @property
    def actions(self) -> tuple[Action, ...]:
        """All of them, in any state."""
        return self.ledger.held(Action)

    @property
    def all_renewable_from(self) -> int | None:
        """First year from that of the baseline on in which no electricity is left uncovered; None: never."""
        years = sorted({self.baseline.year, *(year for year, _ in self.shares)})
        return next((year for year in years if year >= self.baseline.year and self.ahead.all_renewable(year)), None)

    def curve(self, year: int | None = None, view: View = "location", currency: str = "") -> Curve:
        """The abatement cost curve of a year; of the horizon unless said."""
        return abatement_curve(self.actions, self.baseline, self.ahead, self._year(year), view, currency)

    def select(
        self, budget: Decimal, year: int | None = None, view: View = "location", currency: str = ""
    ) -> Selection:
        """What to do with a budget of investment."""
        return select(budget, self.actions, self.baseline, self.ahead, self._year(year), view, currency)

    def effects(self, action: Action, last: int | None = None) -> tuple[Effect, ...]:
        """What one action saves by year if it is the only one, up to the end of its life unless said."""
        end = action.start.year + action.life if last is None else last
        return effects(action, self.baseline, self.ahead, end)

    def together(self, year: int, statuses: Iterable[str] = ()) -> Combined:
        """What actions save together in a calendar year, with the part of their effect that they have by then.

        Parameters
        ----------
        year
            calendar year.
        statuses
            of the actions that count; empty: all but stopped ones.
        """
        wanted = frozenset(statuses)
        taken, _ = taking_part(one for one in self.actions if not wanted or one.status in wanted)
        return combined(taken, self.baseline, self.ahead, year, lambda one: part_in(one, year))

    def timeline(self, today: date) -> Timeline:
        """All actions over time as of a day."""
        return timeline_of(self.ledger, today)

    def judged(self, today: date) -> tuple[Judged, ...]:
        """What is missing or wrong, gravest first."""
        return judge_actions(self.ledger, self.baseline, today)

    def _year(self, year: int | None) -> int:
        return self.horizon if year is None else year


def situation_of(
    ledger: Ledger,
    inventory: Inventory,
    library: Library,
    *,
    blob: Callable[[str], bytes] | None = None,
    scenario: str = "",
    followed: Iterable[Followed] | None = None,
) -> Situation:
    """Gather what the actions of a plant are held against.

    Parameters
    ----------
    ledger
        actions, targets, scenarios, instruments and measures.
    inventory
        of the year that is the baseline.
    library
        of the plant.
    blob
        gives the bytes of a kept table by its SHA-256; without it, measures with tables have no result.
    scenario
        id of the one whose grid is taken; empty: the first.
    followed
        what was measured, where it is known already: a report states it and carries no tables.
    """
    baseline = baseline_of(inventory)
    path = promised_shares(ledger, inventory)
    chosen = _scenario(ledger, scenario)
    decline, grid = _grid(chosen)
    ahead = Ahead(baseline.year, decline, grid, path, baseline.share)
    measured = followed_up(ledger, library, baseline, blob) if followed is None else tuple(followed)
    return Situation(
        ledger, baseline, ahead, path, chosen, measured,
        horizon_of(ledger, baseline), _assumptions(baseline, path, chosen),
    )  # fmt: skip


def horizon_of(ledger: Ledger, baseline: Baseline) -> int:
    """The year that a plan is for: that of the nearest target about emissions after the baseline."""
    years = [one.year for one in ledger.held(Target) if one.kind != RENEWABLE and one.status != "withdrawn"]
    return min((year for year in years if year > baseline.year), default=baseline.year + AHEAD)


def _scenario(ledger: Ledger, key: str) -> Scenario | None:
    known = sorted(ledger.held(Scenario), key=lambda one: one.id)
    return next((one for one in known if not key or one.id == key), None)


def _grid(scenario: Scenario | None) -> tuple[Decimal, Path]:
    """Decline and table; a table that cannot be read says nothing, and the forecast names it."""
    if scenario is None:
        return ZERO, ()
    try:
        return scenario.grid_decline, tuple((int(year), read_decimal(value)) for year, value in scenario.grid_table)
    except ValueError:
        return scenario.grid_decline, ()


def _assumptions(baseline: Baseline, path: Path, scenario: Scenario | None) -> tuple[Text, ...]:
    found = [T("Tonnes are those of the inventory of {year}, source by source.", year=str(baseline.year))]
    if scenario is not None and (scenario.grid_decline or scenario.grid_table):
        found.append(T("The grid goes on as in the scenario “{name}”.", name=verbatim(scenario.name)))
    else:
        found.append(T("The grid factor stays that of {year}.", year=str(baseline.year)))
    if path:
        last = path[-1]
        percent = last[1].quantize(Decimal("0.1"), context=EXACT).normalize()
        found.append(T("The share of renewable electricity goes to {percent} % in {year}, as its targets promise.",
                       percent=f"{percent:f}", year=str(last[0])))  # fmt: skip
    else:
        found.append(T("The share of renewable electricity stays at that of {year}.", year=str(baseline.year)))
    return tuple(found)
