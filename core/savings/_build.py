"""From a measure to its saving: energy by its kind, then years, tonnes and money."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext
from functools import lru_cache

from core.errors import UserError
from core.i18n import Name, T, Text, verbatim
from core.ledger import Measure, Plant
from core.library import EXACT, Library, policy_named
from core.library.library import regions_of
from core.methods import Context, exact_sum
from core.savings._asking import CAPEX, CURRENCY, UNCERTAINTY, Column
from core.savings._finance import finance_of
from core.savings._inputs import Inputs, check
from core.savings._spread import amounts_in, known_span, months_known, months_of, typical, years_of
from core.savings._table import Table, parse
from core.savings._types import Effect, Finance, Kind, SavedLine, Saving, SavingYear, Uncertainty
from core.savings._worth import Span, beside_of, line_of

Contexts = Callable[[int], Context]
"""The choices under which a year is calculated."""
COVERAGE = Decimal(95)


def contexts_for(library: Library, plant: Plant, choose: Callable[[int], tuple[str, str]]) -> Contexts:
    """One context for each pair of GWP set and policy, so that years share what they looked up.

    Parameters
    ----------
    library
        with the plant's own factors.
    plant
        for its place.
    choose
        GWP set and policy of a year.
    """
    made: dict[tuple[str, str], Context] = {}

    def of(year: int) -> Context:
        pair = choose(year)
        if pair not in made:
            gwp, policy = pair
            if gwp not in library.gwp:
                raise UserError(
                    T("Unknown GWP set “{gwp}”.", gwp=gwp), T("Choose one of: {known}.", known=list(library.gwp))
                )
            made[pair] = Context(library, library.gwp[gwp], policy_named(policy), regions_of(plant))
        return made[pair]

    return of


def made(
    measure: Measure, kind: Kind, library: Library, data: bytes | None, contexts: Contexts, years: tuple[int, int]
) -> Saving:
    """The saving of a measure in the years from the first to the last.

    Raises
    ------
    UserError
        for what cannot be understood or calculated.
    """
    check(measure, kind, library)
    table = None if data is None else _parsed(data, kind.columns)
    inputs = Inputs(measure, kind, library, table)
    try:
        with localcontext(EXACT):
            return _built(inputs, kind.calculate(inputs), contexts, *years)
    except ArithmeticError:
        raise UserError(
            T("The numbers of “{name}” cannot be calculated.", name=verbatim(measure.name)),
            T("Look for a zero, or for too many digits, in its parameters and its table."),
        ) from None


@lru_cache(maxsize=16)
def _parsed(data: bytes, columns: tuple[Column, ...]) -> Table:
    """A table is read once, though every change of the plant asks for its saving again."""
    return parse(data, columns)


def _built(inputs: Inputs, effect: Effect, contexts: Contexts, first: int, last: int) -> Saving:
    """Years, money and tonnes of an effect."""
    measure = inputs.measure
    span = known_span(effect.flows, measure.start, measure.end)
    years = () if span is None else tuple(
        _year(measure, effect, part, contexts(part.start.year))
        for part in years_of(*span)
        if first <= part.start.year <= last
    )  # fmt: skip
    yearly = _yearly(measure, effect, contexts)
    currency = inputs.said(CURRENCY)
    finance = (
        finance_of(inputs, yearly) if currency and inputs.given(CAPEX) is not None and yearly is not None else None
    )
    warnings = [*effect.warnings]
    if span is None:
        warnings.append(T("Nothing was measured between the first and the last day of the measure."))
    warnings += _doubts(years, inputs, yearly)
    effect = _carried_over(_sure(inputs, effect), finance)
    notes = _old_factors(years, inputs)
    return Saving(measure, inputs.kind, effect, currency, years, finance, tuple(dict.fromkeys(warnings)), notes)


def _year(measure: Measure, effect: Effect, span: Span, context: Context) -> SavingYear:
    lines = tuple(line_of(measure.id, flow, span, amounts_in(flow, span), context) for flow in effect.flows)
    beside = tuple(beside_of(measure.id, one, span, amounts_in(one.flow, span).after, context) for one in effect.beside)
    return SavingYear(span.start.year, span.start, span.end, lines, beside, _months(measure, effect, span, context))


def _months(measure: Measure, effect: Effect, span: Span, context: Context) -> tuple[tuple[date, Decimal], ...]:
    """Kilowatt-hours of each month, where the carrier that is saved is known by months."""
    if not months_known(effect.flows[0]):
        return ()
    found = []
    for month in months_of(span):
        energies = [line_of(measure.id, flow, month, amounts_in(flow, month), context).kwh for flow in effect.flows]
        found.append((month.start.replace(day=1), exact_sum(one for one in energies if one is not None)))
    return tuple(found)


def _yearly(measure: Measure, effect: Effect, contexts: Contexts) -> Decimal | None:
    """Money of a normal year; None without prices."""
    start = measure.start
    span, context = Span(start, start), contexts(start.year)
    money = [line_of(measure.id, flow, span, typical(flow), context).money for flow in effect.flows]
    known = [one for one in money if one is not None]
    return exact_sum(known) if known else None


def _sure(inputs: Inputs, effect: Effect) -> Effect:
    """With the uncertainty that the plant states, where the kind knows none."""
    stated = inputs.given(UNCERTAINTY)
    if effect.uncertainty is not None or stated is None:
        return effect
    return replace(effect, uncertainty=Uncertainty(stated, None, COVERAGE, T("As stated by the plant.")))


def _carried_over(effect: Effect, finance: Finance | None) -> Effect:
    """Say that money over years assumes more than was measured."""
    if finance is None or not effect.flows[0].measured:
        return effect
    words = T("For payback, present value and rate of return the measured saving is carried over to whole years.")
    return replace(effect, assumptions=(*effect.assumptions, words))


def _doubts(years: tuple[SavingYear, ...], inputs: Inputs, yearly: Decimal | None) -> list[Text]:
    """Tonnes and money that are missing, each thing once for all years."""
    found: list[Text] = []
    for line in (line for year in years for line in year.lines):
        name = inputs.library.items[line.flow.item].name
        if line.reason is not None:
            found.append(T("{item} counts no tonnes: {why}", item=name, why=line.reason))
        if line.money is None and inputs.said(CURRENCY) and line.amounts.saved:
            found.append(_no_money(line, name))
    if inputs.said(CAPEX) and yearly is None:
        found.append(T("Without a price the investment cannot be judged."))
    return found


def _old_factors(years: tuple[SavingYear, ...], inputs: Inputs) -> tuple[Text, ...]:
    """Which factors describe another year than the one to which they are applied."""
    old: dict[tuple[str, int], list[int]] = {}
    for year in years:
        for line in year.lines:
            if line.factor is not None and any(one.rule == "factor_year" for one in line.findings):
                old.setdefault((line.flow.item, line.factor.year), []).append(year.year)
    return tuple(
        T("{item}: the factor describes {used} and is applied to {years}.", item=inputs.library.items[item].name,
          used=used, years=_years_text(whose))
        for (item, used), whose in old.items()
    )  # fmt: skip


def _no_money(line: SavedLine, name: Name) -> Text:
    if line.flow.price is None:
        return T("{item} ({role}) has no price, so it counts no money.", item=name, role=line.flow.role)
    return T("The price of {item} does not fit its unit, so it counts no money.", item=name)


def _years_text(years: list[int]) -> str:
    first, last = min(years), max(years)
    return str(first) if first == last else f"{first}–{last}"
