"""What is known about the uncertainty of an inventory's activity data and factors."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from core.i18n import T
from core.inventory.compile import Inventory
from core.inventory.quality import LineQuality, line_qualities, per_money, rows_of
from core.inventory.uncertainty.combine import combine_product, half_of_limits, skewed
from core.inventory.uncertainty.defaults import by_pedigree, default
from core.inventory.uncertainty.model import VIEWS, Inputs, Spread, Term
from core.ledger import Activity
from core.library import EXACT, Factor, Library
from core.methods import MONEY, AppliedFactor, exact_sum

BURNED = frozenset({"stationary", "mobile", "combustion", "carbon", "mobile_offroad"})
"""Uses of a factor that says what burning something emits."""
MEASURED = frozenset({"mass", "volume", "energy", "energy_gross"})
GASES_LOST = frozenset({"refrigerant", "extinguishing_agent", "switchgear_gas"})
"""Kinds of items of which little is bought and much is not written down."""


_VIEWED = frozenset(scope for scopes in VIEWS.values() for scope in scopes)


def quantify(inventory: Inventory, *, proposals: bool = False) -> Inputs:
    """The lines of an inventory with the uncertainty of what they are made of.

    Parameters
    ----------
    inventory
        lines, records, kept files and the library with which it was compiled.
    proposals
        let in class values that nobody published or verified; the auditor decides.

    Returns
    -------
    Inputs
        for :func:`by_formula` and :func:`simulate`. What is not in them is not quantified.

    Notes
    -----
    Activity data: what the record states in ``uncertainty``; measured fossil fuel ±5 % (2006 IPCC Guidelines, Vol. 2,
    ch. 1); energy, materials, waste and tonne-kilometres by the basic uncertainty of their class and the pedigree
    matrix. Factors: the limits published beside them, together with those of calorific values and other numbers that
    went in; for CO2 of burning and of processes, the basic uncertainty and the pedigree matrix. Nothing else is
    published, so nothing else is used. Global warming potentials are a convention of the report and count as certain.

    Records of one item at one source come from one meter, scale or way of estimating: they share one error, which does
    not average out over twelve months. Where they differ, the mean of their uncertainties by tonnes counts for all.
    Two factors that use the same calorific value count as independent: its error is small beside the others.
    """
    known = _Known(inventory.library, inventory.choices.gwp_set, proposals)
    terms: list[Term] = []
    for quality in line_qualities(inventory):
        line = quality.line
        tonnes = line.tco2e
        if tonnes and line.scope in _VIEWED:
            meter = known.learn_activity(quality, abs(tonnes))
            known.learn_factor(quality)
            terms.append(Term(line.activity.source, line.scope, meter, line.factor.key, tonnes))
    activities = {key: meter.spread() for key, meter in known.meters.items()}
    return Inputs(tuple(terms), activities, known.factors, proposals)


@dataclass(slots=True)
class _Meter:
    """What measured one thing at one source: its records share one error."""

    classes: dict[int, tuple[Decimal, Spread]] = field(default_factory=dict)

    def add(self, spread: Spread, tonnes: Decimal) -> None:
        before, _ = self.classes.get(id(spread), (Decimal(0), spread))
        self.classes[id(spread)] = (EXACT.add(before, tonnes), spread)

    def spread(self) -> Spread:
        """One error of all records: their errors add up, as those of one meter do."""
        if len(self.classes) == 1:
            return next(iter(self.classes.values()))[1]
        held = list(self.classes.values())
        tonnes = exact_sum(weight for weight, _ in held)
        half = EXACT.divide(exact_sum(EXACT.multiply(weight, one.half) for weight, one in held), tonnes)
        _, main = max(held, key=lambda pair: (pair[0], pair[1].half))
        if all(one.half == main.half for _, one in held):
            return main
        basis = T("{basis}; mean of several classes by tonnes", basis=main.basis)
        return Spread(half, any(one.skewed for _, one in held), main.kind, basis)


@dataclass(slots=True)
class _Known:
    """What was found out so far; each class, each factor only once."""

    library: Library
    gwp_set: str
    proposals: bool
    meters: dict[str, _Meter] = field(default_factory=dict)
    factors: dict[str, Spread] = field(default_factory=dict)
    _classes: dict[tuple[object, ...], Spread | None] = field(default_factory=dict)
    _seen: dict[int, Spread | None] = field(default_factory=dict)

    def learn_activity(self, quality: LineQuality, tonnes: Decimal) -> str:
        """The key of what measured it; records of which nothing is known have a key of their own."""
        activity = quality.line.activity
        key = f"{activity.source}/{activity.item}"
        spread = self._stated(activity) if activity.parameters else None
        if spread is None:
            screened = any(".leak_rate" in part for part in quality.line.factor.parts)
            place = (activity.item, activity.unit, quality.activity_score, screened)
            if place not in self._classes:
                self._classes[place] = self._class(quality, screened)
            spread = self._classes[place]
        if spread is None:
            return f"{key}/?"
        self.meters.setdefault(key, _Meter()).add(spread, tonnes)
        return key

    def _stated(self, activity: Activity) -> Spread | None:
        said = dict(activity.parameters).get("uncertainty", "")
        if not said:
            return None
        stated = self._classes.get((said,)) or Spread(Decimal(said), False, "record", T("Stated with the record"))
        self._classes[said,] = stated
        return stated

    def _class(self, quality: LineQuality, screened: bool) -> Spread | None:
        activity, reliability = quality.line.activity, {"reliability": quality.activity_score}
        unit, item = self.library.units.find(activity.unit), self.library.items.get(activity.item)
        kind, dimension = (item.kind if item else ""), (unit.dimension if unit else "")
        if kind in GASES_LOST and not screened:
            return default("activity.refrigerant", proposals=self.proposals)
        if kind == "fuel" and item and not item.biogenic and not activity.estimated and dimension in MEASURED:
            return default("activity.fuel", proposals=self.proposals)
        if dimension in MEASURED:
            return by_pedigree("basic.demand", reliability)
        if dimension == "freight":
            return by_pedigree("basic.freight", reliability)
        key = _proposed(dimension, estimated=activity.estimated)
        return default(key, proposals=self.proposals) if key else None

    def learn_factor(self, quality: LineQuality) -> None:
        factor = quality.line.factor
        if id(factor) not in self._seen:
            self._seen[id(factor)] = spread = self._factor(quality)
            before = self.factors.get(factor.key)
            if spread is not None and (before is None or spread.half > before.half):
                self.factors[factor.key] = spread

    def _factor(self, quality: LineQuality) -> Spread | None:
        applied = quality.line.factor
        rows = rows_of(applied, self.library)
        published = limits_of(applied, rows)
        if published is not None:
            return self._with_burning(published, quality, rows)
        if not rows and any(part.startswith(f"{self.gwp_set}.") for part in applied.parts):
            return Spread(Decimal(0), False, "default", T("Global warming potential: a convention of the report"))
        if any(self._per(row) == "emissions" for row in rows):
            return Spread(Decimal(0), False, "default", T("Emissions as stated: nothing is multiplied"))
        return self._class_of_factor(quality, rows)

    def _with_burning(self, published: Spread, quality: LineQuality, rows: tuple[Factor, ...]) -> Spread:
        """A calorific value alone may have limits: what burning emits is no surer for that."""
        burned = [row for row in rows if row.use in BURNED]
        known = quality.line.factor.lower is not None or any(r.lower is not None for r in burned if r.value is not None)
        if known or not burned:
            return published
        other = by_pedigree("basic.combustion", {score.indicator: score.value for score in quality.factor})
        basis = T("{one}; {other}", one=published.basis, other=other.basis)
        return Spread(combine_product([published.half, other.half]), True, "default", basis)

    def _per(self, row: Factor) -> str:
        """Dimension below the line of a factor."""
        unit = self.library.units.find(row.per)
        return unit.dimension if unit else ""

    def _class_of_factor(self, quality: LineQuality, rows: tuple[Factor, ...]) -> Spread | None:
        line, scores = quality.line, {score.indicator: score.value for score in quality.factor}
        if any(row.use in BURNED and not per_money(row, self.library.units) for row in rows):
            return by_pedigree("basic.combustion", scores)
        if rows and line.scope == "scope1" and all(amount.species == "CO2" for amount in line.amounts):
            return by_pedigree("basic.process", scores)
        if any(per_money(row, self.library.units) for row in rows):
            return default("factor.spend", proposals=self.proposals)
        rank = quality.factor_score
        return default(f"factor.{rank}", proposals=self.proposals) if rank <= 3 else None


def _proposed(dimension: str, *, estimated: bool) -> str:
    """Key of the proposal for activity data that no published class covers; empty: none."""
    if dimension in MONEY:
        return "activity.spend"
    if estimated:
        return "activity.estimate"
    return "activity.distance" if dimension in ("distance", "travel") else ""


def limits_of(applied: AppliedFactor, rows: Iterable[Factor]) -> Spread | None:
    """Uncertainty of a factor from published limits: its own, and those of the numbers that went into it.

    Parameters
    ----------
    applied
        the factor as it was applied, with its own limits where they are known.
    rows
        the numbers of the library that went into it.

    Returns
    -------
    Spread or None
        None when nobody published limits of any of them.

    Notes
    -----
    U = sqrt(Σ U_i²): IPCC 2006 Guidelines, Vol. 1, ch. 3, equation 3.1. The result is lognormal when one of them is.
    """
    # Limits beside gases are those of CO2; a row that only adds CH4 and N2O to a composed factor has no part in that.
    own = _limits(applied.value, applied.lower, applied.upper)
    parts = (_limits(row.headline, row.lower, row.upper) for row in rows if row.value is not None)
    # A row whose limits were carried over to the composed value must not count twice.
    found = [one for one in (own, *(part for part in parts if part != own)) if one is not None]
    if not found:
        return None
    half = combine_product([half_of_limits(*one) for one in found])
    return Spread(half, any(skewed(*one) for one in found), "published", T("95 % limits as published"))


def _limits(value: Decimal, lower: Decimal | None, upper: Decimal | None) -> tuple[Decimal, Decimal, Decimal] | None:
    """A number with its limits, relative to it; None without usable ones."""
    if lower is None or upper is None or value <= 0 or not lower <= value <= upper:
        return None
    return Decimal(1), _relative(lower, value), _relative(upper, value)


def _relative(limit: Decimal, value: Decimal) -> Decimal:
    return EXACT.divide(limit, value).quantize(Decimal("1e-12"), context=EXACT)
