"""Shares, targets, forecast and action plan as they follow from a package, each calculated once.

Of other years there is what travels: figures of closings and what earlier reports state. No other inventory is at hand,
so head office comes to the same pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from core.actions.emitted import Baseline, baseline_of
from core.actions.measured import Followed, follow_years
from core.actions.situation import Situation, situation_of
from core.audit.key_figures import of_targets
from core.errors import UserError
from core.i18n import T
from core.instruments import Cover
from core.inventory import Inventory, Package, months_of
from core.inventory.audited import instruments_of
from core.inventory.energy.savings import SavedYear
from core.inventory.period import touches
from core.ledger import (
    Action,
    BasePolicy,
    Commitment,
    Credit,
    EarlierYear,
    Instrument,
    Ledger,
    Product,
    Recalculation,
    Resolution,
    RuleValue,
    Scenario,
    SupplyOption,
    Target,
)
from core.library.rulebook import Rulebook, Ruling, rulebook
from core.products import Footprints, footprints_of
from core.renewables.claim import ClaimJudgement, judge_claim
from core.renewables.parts import Parts, parts_of
from core.renewables.shares import Shares, shares_of
from core.renewables.way import Way, way_to
from core.savings import SavingYear
from core.savings._types import Amounts, Flow, SavedLine
from core.targets.forecast import Forecast, forecast_of
from core.targets.rulesets import KEYS, RuleSet
from core.targets.status import RENEWABLE, TargetsStatus, TargetStatus, main_target, targets_status


@dataclass(frozen=True)
class Plans:
    """What a plant plans, of one package."""

    package: Package

    @property
    def ledger(self) -> Ledger:
        return self.package.ledger

    @property
    def inventory(self) -> Inventory:
        return self.package.inventory()

    @property
    def year(self) -> int:
        """Of the report."""
        return self.package.choices.period.end.year

    @property
    def today(self) -> date:
        """The day of issue: nothing else is today."""
        return self.package.issue.issued.date()

    @cached_property
    def rules(self) -> Rulebook:
        """Every parameter as it holds for the plant."""
        return rulebook(self.ledger.held(RuleValue))

    def changed(self, *files: str, beside: bool = False) -> tuple[Ruling, ...]:
        """Parameters that an expert changed, of these files; ``beside``: of all others."""
        return tuple(
            one for key, one in sorted(self.rules.items())
            if one.original is not None and (key.partition(".")[0] in files) is not beside
        )  # fmt: skip

    @cached_property
    def left_aside(self) -> tuple[RuleValue, ...]:
        """Changes that this program does not know or cannot read, so that the shipped value holds."""
        held = {key for key, one in self.rules.items() if one.original is not None}
        return tuple(one for one in self.ledger.held(RuleValue) if one.id not in held)

    # ------------------------------------------------------------------ renewable electricity

    @property
    def of_renewables(self) -> bool:
        """Whether the plant has records of renewable electricity besides its own generation."""
        promised = any(one.kind == RENEWABLE for one in self.ledger.held(Target))
        return promised or bool(self.ledger.held(Instrument) or self.ledger.held(SupplyOption))

    @cached_property
    def shares(self) -> Shares:
        return shares_of(self.ledger, self.inventory)

    @cached_property
    def parts(self) -> tuple[Parts, ...]:
        """By month."""
        return parts_of(self.ledger, self.inventory, self.shares)

    @cached_property
    def claim(self) -> ClaimJudgement:
        """That all of it is renewable."""
        return judge_claim(self.ledger, self.inventory, findings=self.package.findings, shares=self.shares)

    @cached_property
    def instruments(self) -> tuple[Instrument, ...]:
        """Those that cover records of the period and those that were generated in it."""
        found = instruments_of(self.ledger, list(self.ledger.activities), self.package.choices.period)
        return tuple(sorted(found, key=lambda one: (one.start, one.name, one.id)))

    @cached_property
    def covers(self) -> dict[str, tuple[Cover, ...]]:
        """By instrument: what it covers of the records of the period."""
        found: dict[str, list[Cover]] = {}
        for own in self.inventory.covers.values():
            for cover in own:
                found.setdefault(cover.instrument.id, []).append(cover)
        return {key: tuple(own) for key, own in found.items()}

    def way(self) -> Way:
        """To the next promised share, else to all of it.

        Raises
        ------
        UserError
            for a share that cannot be.
        """
        return way_to(self.ledger, self.inventory, shares=self.shares)

    # ------------------------------------------------------------------ targets and forecast

    @property
    def of_targets(self) -> bool:
        return any(self.ledger.held(kind) for kind in (Target, BasePolicy, Recalculation, EarlierYear))

    @property
    def of_neutrality(self) -> bool:
        return bool(self.ledger.held(Commitment) or self.ledger.held(Credit))

    @cached_property
    def months_missing(self) -> int:
        """Months without any data; a year with some is compared with nothing, for it would look like a reduction."""
        if self.ledger.closing(self.year) is not None:
            return 0
        months = months_of(self.package.choices.period)
        return sum(not any(touches(one, month) for one in self.ledger.activities) for month in months)

    @cached_property
    def baseline(self) -> Baseline | None:
        """What forecast and actions start from; None for a year that is not whole."""
        return None if self.months_missing else baseline_of(self.inventory)

    @cached_property
    def scenario(self) -> Scenario | None:
        """In which the years to come go on: the first."""
        return min(self.ledger.held(Scenario), key=lambda one: one.id, default=None)

    @cached_property
    def ahead(self) -> Forecast | UserError | None:
        """The forecast, or why there is none."""
        if self.baseline is None or self.scenario is None:
            return None
        try:
            return forecast_of(self.ledger, self.baseline, self.scenario)
        except UserError as error:
            return error

    @property
    def forecast(self) -> Forecast | None:
        return self.ahead if isinstance(self.ahead, Forecast) else None

    @cached_property
    def status(self) -> TargetsStatus:
        """Of every target, the base year, credits and neutrality."""
        forecast, targets = self.forecast, self.ledger.held(Target)
        ahead = {} if forecast is None else {
            one.id: forecast.series(one.parts) for one in targets if one.parts and not one.intensity
        }  # fmt: skip
        return targets_status(
            self.ledger,
            () if self.months_missing else (self.inventory,),
            self.year,
            figures=of_targets(self.ledger, self.package.library.units, self.year),
            forecast=ahead,
            findings=self.package.findings,
        )

    @cached_property
    def main(self) -> TargetStatus | None:
        """The target that is looked at first."""
        return main_target(self.status)

    @cached_property
    def rulesets(self) -> tuple[RuleSet, ...]:
        """That targets are held against, in the order in which they are offered."""
        found = {one.ruleset.key: one.ruleset for one in self.status.targets if one.ruleset is not None}
        return tuple(found[key] for key in KEYS if key in found)

    # ------------------------------------------------------------------ actions

    @property
    def of_actions(self) -> bool:
        return bool(self.ledger.held(Action) or self.ledger.held(Resolution))

    def situation(self) -> Situation:
        """The action plan against the inventory of the report.

        Raises
        ------
        UserError
            for a scenario or a target whose numbers cannot be.
        """
        return self._situation

    @cached_property
    def _situation(self) -> Situation:
        baseline = baseline_of(self.inventory)
        followed = tuple(self._followed(one, baseline) for one in self.ledger.held(Action))
        return situation_of(self.ledger, self.inventory, self.package.library, followed=followed)

    def _followed(self, action: Action, baseline: Baseline) -> Followed:
        """With what the plant states of its measure: the tables behind it stay there."""
        if not action.measure:
            return Followed(action, "none")
        energy = self.package.energy
        measures = () if energy is None or energy.savings is None else energy.savings.measures
        stated = next((one for one in measures if one.id == action.measure), None)
        if stated is None:
            return Followed(action, "no_data", reason=T("Nothing is stated of its savings measure."))
        return follow_years(action, [_saving(one) for one in stated.years], baseline)

    # ------------------------------------------------------------------ products

    @property
    def of_products(self) -> bool:
        return bool(self.ledger.held(Product))

    @cached_property
    def footprints(self) -> Footprints:
        """Of what the plant makes, as its inventory counts energy."""
        return footprints_of(self.ledger, self.inventory, self.package.library)


def _saving(year: SavedYear) -> SavingYear:
    """A stated year as the calculation of savings gives it."""
    lines = tuple(
        SavedLine(Flow(one.item, one.unit, T("{name}", name=one.role)), year.start, year.end,
                  Amounts(one.before, one.after), one.kwh, one.tco2e, one.money, None, ())
        for one in year.lines
    )  # fmt: skip
    return SavingYear(year.year, year.start, year.end, lines)
