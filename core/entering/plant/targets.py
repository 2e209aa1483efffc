"""Base year, targets, drivers, scenarios, credits and commitments to neutrality."""

from __future__ import annotations

from core.entering.checking import above_zero, basics, between, disjoint, money, not_below_zero, numbers_between, year
from core.entering.forms import Choices, Entered, Form
from core.entering.plant.common import NOTE, currency, parts, proofs, wide_parts
from core.entering.plant.renewables import serials_readable
from core.entering.refusing import refuse
from core.exchange.ids import prefix_of
from core.i18n import Localised, T, verbatim
from core.ledger import (
    BasePolicy,
    Commitment,
    Credit,
    Driver,
    EarlierYear,
    Ledger,
    Recalculation,
    Scenario,
    Target,
)
from core.targets.words import (
    CREDIT_KINDS,
    DECISIONS,
    DRIVER_KINDS,
    QUALITY,
    STATED,
    STATUSES,
    TARGET_KINDS,
    TRIGGERS,
)

MOST_SEED = 2**32 - 1


def rulesets() -> Choices:
    """The rule sets that targets are held against."""
    from core.targets.rulesets import all_rulesets

    return {key: one.title for key, one in all_rulesets().items()}


def action_statuses() -> Choices:
    """The states of actions."""
    from core.actions.timeline import STATUS_TITLES

    return STATUS_TITLES


# ---------------------------------------------------------------------- checks


def _policy(ledger: Ledger, one: BasePolicy) -> None:
    basics(ledger, BASE_POLICY, one)
    year("base_policy", "year", one.year)
    above_zero("base_policy", "threshold", one.threshold)
    between("base_policy", "threshold", one.threshold, 0, 100)


def _earlier(ledger: Ledger, one: EarlierYear) -> None:
    basics(ledger, EARLIER_YEAR, one)
    year("earlier_year", "year", one.year)
    not_below_zero("earlier_year", "tonnes", one.tonnes)
    if any(o.id != one.id and (o.year, o.part) == (one.year, one.part) for o in ledger.held(EarlierYear)):
        refuse("earlier_year", "part", T("{what} is there already.", what=_year_part(ledger, one)),
               T("Change that one."))  # fmt: skip


def _year_part(_ledger: Ledger, one: EarlierYear) -> Localised:
    return T("{year}, {part}", year=str(one.year), part=parts().get(one.part, verbatim(one.part)))


def _recalculation(ledger: Ledger, one: Recalculation) -> None:
    basics(ledger, RECALCULATION, one)
    if one.decision != "open":
        for key in ("decided_by", "reason"):
            if not getattr(one, key).strip():
                refuse("recalculation", key, T("A decision says who made it and why."), T("Enter both."))


def _triggered(_ledger: Ledger, one: Recalculation) -> Localised:
    return T("{trigger}, {day}", trigger=TRIGGERS.get(one.trigger, verbatim(one.trigger)), day=one.day)


def _target(ledger: Ledger, one: Target) -> None:
    basics(ledger, TARGET, one)
    year("target", "base_year", one.base_year)
    year("target", "year", one.year)
    above_zero("target", "reduction", one.reduction)
    between("target", "reduction", one.reduction, 0, 100)
    disjoint("target", "parts", one.parts)
    if one.kind == "renewable":
        if one.parts:
            refuse("target", "parts", T("A share of electricity covers no part of the emissions."), T("Choose none."))
        if one.year < one.base_year:
            refuse("target", "year", T("The target lies before its base year."), T("Correct one of the two."))
        return
    if not one.parts:
        refuse("target", "parts", T("The target covers nothing."), T("Choose the parts of the emissions it is about."))
    if one.year <= one.base_year:
        refuse("target", "year", T("The target does not lie after its base year."), T("Correct one of the two."))


def _driver(ledger: Ledger, one: Driver) -> None:
    basics(ledger, DRIVER, one)
    between("driver", "growth", one.growth, -100, 100)
    for _year, number in one.values:
        if number.startswith("-"):
            refuse("driver", "values", T("A driver cannot be below 0."), T("Correct the number."))
    if not one.values and not one.figure:
        refuse("driver", "values", T("Nothing says how large it was."),
               T("Choose a key figure, or enter values by year."))  # fmt: skip


def _scenario(ledger: Ledger, one: Scenario) -> None:
    basics(ledger, SCENARIO, one)
    year("scenario", "last_year", one.last_year, 2000)
    for key in ("growth", "efficiency"):
        numbers_between("scenario", key, getattr(one, key), -100, 100)
    between("scenario", "grid_decline", one.grid_decline, -100, 100)
    numbers_between("scenario", "grid_table", one.grid_table, 0, 1000)
    for key in ("growth_sd", "grid_sd", "delivery_sd"):
        between("scenario", key, getattr(one, key), 0, 100)
    between("scenario", "seed", one.seed, 0, MOST_SEED)
    between("scenario", "draws", one.draws, 100, 100_000)


def _credit(ledger: Ledger, one: Credit) -> None:
    basics(ledger, CREDIT, one)
    year("credit", "vintage", one.vintage)
    above_zero("credit", "quantity", one.quantity)
    serials_readable("credit", one.serials)
    if one.year:
        year("credit", "year", one.year)
        if not one.retired:
            refuse("credit", "retired", T("Credits that compensate emissions are retired."),
                   T("Enter the day of the retirement, or leave the year empty."))  # fmt: skip
    money(CREDIT, one, "price")


def _commitment(ledger: Ledger, one: Commitment) -> None:
    basics(ledger, COMMITMENT, one)
    year("commitment", "year", one.year)
    disjoint("commitment", "parts", one.parts)


# ---------------------------------------------------------------------- forms

BASE_POLICY = Form(
    "base_policy", "",
    (
        Entered("year", "whole", True),
        Entered("threshold", "number", True, hint=T("A larger cumulative change recalculates the base year.")),
        Entered("rules", "long", hint=T("What triggers a recalculation and what does not.")),
        NOTE,
    ),
    T("Base-year policy"), T("The year that targets are measured from, and what changes it."),
    _policy, (), single="policy",
    titled=lambda _ledger, one: T("Base year {year}", year=str(one.year)),
)  # fmt: skip
EARLIER_YEAR = Form(
    "earlier_year", prefix_of("earlier_year"),
    (
        Entered("year", "whole", True),
        Entered("part", "choice", True, parts, also=("scope", "范围")),
        Entered("tonnes", "number", True, also=("emissions", "排放量")),
        Entered("source", required=True, hint=T("Report that states it, with its page.")),
        proofs(),
    ),
    T("Emissions of earlier years"), T("Emissions of a year that this file holds no activity data of."),
    _earlier, ("year", "part"), ("year", "part"), titled=_year_part,
)  # fmt: skip
RECALCULATION = Form(
    "recalculation", prefix_of("recalculation"),
    (
        Entered("day", "day", True, hint=T("On which it happened or was found.")),
        Entered("trigger", "choice", True, TRIGGERS),
        Entered("description", "long", True),
        Entered("effects", "pairs", choices=parts, keys="year part",
                hint=T("Tonnes that come to a year and a part: 2020 scope1=12.5; 2021 scope1=-3.")),
        Entered("decision", "choice", True, DECISIONS),
        Entered("decided_by"),
        Entered("reason", "long", hint=T("Why it was decided so.")),
        proofs(),
    ),
    T("Triggers of a recalculation"), T("Something that may change the base year, and what was decided about it."),
    _recalculation, ("day", "trigger", "description"), ("day",), titled=_triggered,
)  # fmt: skip
TARGET = Form(
    "target", prefix_of("target"),
    (
        Entered("name", required=True, also=("target",)),
        Entered("kind", "choice", True, TARGET_KINDS),
        wide_parts(required=False, hint=T("What it covers; of a share of electricity nothing.")),
        Entered("base_year", "whole", True),
        Entered("year", "whole", True, hint=T("In which it is to be reached.")),
        Entered("reduction", "number", True, hint=T("Of the base year; of a share of electricity the share itself.")),
        Entered("ruleset", "choice", True, rulesets),
        Entered("intensity", "figure", hint=T("Emissions are divided by this key figure; empty: an absolute target.")),
        Entered("status", "choice", True, STATUSES),
        Entered("declared", "first", hint=T("When it was promised.")),
        proofs(),
        NOTE,
    ),
    T("Targets"), T("What the plant has promised for one year."),
    _target, ("name", "year"), ("year", "name"),
)  # fmt: skip
DRIVER = Form(
    "driver", prefix_of("driver"),
    (
        Entered("name", required=True, also=("driver",)),
        Entered("kind", "choice", True, DRIVER_KINDS),
        Entered("unit", required=True),
        wide_parts(required=True, hint=T("Parts of the emissions that grow with it.")),
        Entered("figure", "figure", hint=T("The key figure that tells its past; empty: only the values below do.")),
        Entered("values", "pairs", hint=T("Past and planned: 2026=1000; 2027=1100.")),
        Entered("growth", "number", hint=T("After the last year that is known.")),
        NOTE,
    ),
    T("Drivers of emissions"), T("What a part of the emissions grows with: production, headcount, area."),
    _driver, ("name",),
)  # fmt: skip
SCENARIO = Form(
    "scenario", prefix_of("scenario"),
    (
        Entered("name", required=True, also=("scenario",)),
        Entered("last_year", "whole", True),
        Entered("growth", "pairs", of=("driver",), keys="record",
                hint=T("Drivers with another growth than their own: Production=2; Headcount=0.")),
        Entered("efficiency", "pairs", choices=parts, keys="part",
                hint=T("By how much the intensity of a part falls each year: scope1=1.5.")),
        Entered("grid_decline", "number", hint=T("Of the location-based factor, each year from the one before.")),
        Entered("grid_table", "pairs", hint=T("In place of the decline, of the first year: 2026=100; 2030=80.")),
        Entered("statuses", "choices", False, action_statuses, T("Actions of these states take part.")),
        Entered("growth_sd", "number", True),
        Entered("grid_sd", "number", True),
        Entered("delivery_sd", "number", True),
        Entered("seed", "whole", True, hint=T("The same seed draws the same numbers.")),
        Entered("draws", "whole", True),
        NOTE,
    ),
    T("Scenarios"), T("One way in which the years to come may go."), _scenario, ("name",),
)  # fmt: skip
CREDIT = Form(
    "credit", prefix_of("credit"),
    (
        Entered("registry", required=True, hint=T("VCS, Gold Standard, CCER …")),
        Entered("project", required=True, hint=T("Number and name in the registry.")),
        Entered("kind", "choice", True, CREDIT_KINDS),
        Entered("country", "country", True),
        Entered("vintage", "whole", True, hint=T("Year of the reduction or removal.")),
        Entered("serials", required=True, hint=T("Single numbers or ranges, separated by semicolons."),
                also=("serial number", "serials", "编号")),
        Entered("quantity", "number", True, also=("tonnes", "吨数")),
        Entered("method", hint=T("Of the project, as the registry names it.")),
        Entered("retired", "first", hint=T("Day of retirement; empty: not retired."), also=("cancelled", "注销日")),
        Entered("beneficiary", hint=T("For whom they were retired, as the registry says.")),
        Entered("purpose", hint=T("What they were retired for, as the registry says.")),
        Entered("year", "whole", hint=T("Whose emissions they compensate; empty: none yet.")),
        Entered("price", "number"),
        currency(),
        Entered("quality", "choices", False, QUALITY, T("What is proven.")),
        proofs(),
        NOTE,
    ),
    T("Carbon credits"), T("Tonnes reduced or removed elsewhere. They never enter an inventory."),
    _credit, ("registry", "project", "vintage", "serials"), ("vintage", "project"),
)  # fmt: skip
COMMITMENT = Form(
    "commitment", prefix_of("commitment"),
    (
        Entered("subject", required=True, hint=T("What is to be neutral, e.g. the operations of the plant.")),
        wide_parts(required=True, hint=T("What lies inside its boundary.")),
        Entered("year", "whole", True, hint=T("From which it is to be neutral.")),
        Entered("stated", "choice", True, STATED),
        Entered("declared", "first", hint=T("When it was committed to.")),
        Entered("plan", "records", hint=T("The management plan of carbon neutrality."), of=("evidence",)),
        Entered("text", "long", hint=T("The sentence as published.")),
        proofs(),
        NOTE,
    ),
    T("Carbon neutrality"), T("Neutrality of one subject, as it is said in public."),
    _commitment, ("subject", "year"), ("year", "subject"),
)  # fmt: skip
TARGETS = (BASE_POLICY, EARLIER_YEAR, RECALCULATION, TARGET, DRIVER, SCENARIO, CREDIT, COMMITMENT)
