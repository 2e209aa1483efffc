"""Whether roof and modules can do what is claimed: specific yield, performance ratio, power per area, a model."""

from __future__ import annotations

from decimal import Decimal

from core.i18n import Localised, T, Text, show_number
from core.solar.claims._case import Case
from core.solar.claims._numbers import (
    HUNDRED,
    THOUSAND,
    Span,
    fixed,
    less,
    mwh,
    over,
    published,
    readable,
    signed,
    times,
)
from core.solar.claims.model import Quantity, Source, Step, Verdict, sentences
from core.solar.plausible import RANGES, judge

MODEL_DOUBTFUL, MODEL_WRONG = Decimal(15), Decimal(30)
"""Distance from a model beyond which a yield is doubtful, and beyond which it is another system's. Ours. [%]"""


def specific_yield(case: Case) -> Step | None:
    """Energy of a year per kW of modules; None without energy or power.

    Notes
    -----
    Y = E / P0 (IEC 61724-1). PR = Y / H where the irradiation H in the plane of the modules is known; else the H that
    the plausible PR would need, H = Y / PR.
    """
    claim = case.claim
    if claim.yearly is None or claim.power is None:
        return None
    span = case.span(claim.yearly).over(case.span(claim.power))
    formula = f"{mwh(claim.yearly)} MWh/a ÷ {show_number(claim.power)} kW"
    quantity = Quantity(
        "specific_yield",
        T("Implied specific yield"),
        formula,
        span.value,
        "kWh/kW/a",
        fixed(span.value, 0),
        span.low,
        span.high,
    )
    verdict, said = _plausible(span)
    quantities = [quantity]
    sources = [Source(RANGES["specific_yield"].basis)]
    against = _against_model(case, span.value) if case.expected else None
    if against is None:
        said.append(_needed_light(span.value))
    else:
        sentence, found, more = against
        said.append(sentence)
        sources.append(Source(_limits()))
        quantities += more
        verdict = _graver(verdict, found)
    return Step(
        "yield",
        T("Yield of the modules"),
        verdict,
        sentences(*said),
        T(
            "Are the kW those of the modules (DC) or of the inverters (AC), and which meter counted the energy "
            "of which year?"
        ),
        _brief(verdict, case, quantity.shown),
        tuple(quantities),
        sources=tuple(sources),
    )


def _plausible(span: Span) -> tuple[Verdict, list[Localised | None]]:
    """Whether modules anywhere give so much, and what is said of it."""
    limits = RANGES["specific_yield"]
    place = judge("specific_yield", span.value)
    verdict: Verdict = "holds" if place.plausible else "contradicted"
    if not place.plausible and span.meets(limits.low, limits.high):
        verdict = "doubtful"
    return verdict, [place.text, place.meaning, _slip(span.value)]


def _limits() -> Text:
    return T(
        "Our limits: {doubtful} % off a model is doubtful, {wrong} % is another system.",
        doubtful=MODEL_DOUBTFUL,
        wrong=MODEL_WRONG,
    )


def _brief(verdict: Verdict, case: Case, shown: str) -> Localised | None:
    """For the summary: too much needs proof, too little an explanation."""
    if verdict not in ("doubtful", "contradicted"):
        return None
    claim, expected = case.claim, case.expected
    if expected is not None and claim.yearly is not None and claim.yearly < expected.yearly:
        return T("A yield of {value} kWh per kW and year is less than this roof should give.", value=shown)
    return T("A yield of {value} kWh per kW and year is not believable without proof.", value=shown)


def _slip(value: Decimal) -> Localised | None:
    """A thousand times too much or too little: units were mixed up."""
    for scale in (THOUSAND, over(Decimal(1), THOUSAND)):
        if not judge("specific_yield", value).plausible and judge("specific_yield", times(value, scale)).plausible:
            return T("A thousandfold slip would explain it: kWh and MWh, or kW and MW, may be mixed up.")
    return None


def _needed_light(value: Decimal) -> Localised:
    limits = RANGES["performance_ratio"]
    return T(
        "No irradiation is known for this roof. With a performance ratio of {low} to {high} its modules would have to "
        "receive {least} to {most} kWh/m² a year.",
        low=limits.low,
        high=limits.high,
        least=fixed(over(value, limits.high), 0),
        most=fixed(over(value, limits.low), 0),
    )


def _against_model(case: Case, value: Decimal) -> tuple[Localised, Verdict, list[Quantity]] | None:
    """The claimed energy beside that of a model of this roof, and the PR where its irradiation is known."""
    claim, expected = case.claim, case.expected
    if expected is None or claim.yearly is None:
        return None
    off = times(over(less(claim.yearly, expected.yearly), expected.yearly), HUNDRED)
    verdict: Verdict = (
        "holds" if abs(off) <= MODEL_DOUBTFUL else "doubtful" if abs(off) <= MODEL_WRONG else "contradicted"
    )
    formula = f"({mwh(claim.yearly)} − {fixed(over(expected.yearly, THOUSAND), 0)}) MWh/a"
    formula += f" ÷ {fixed(over(expected.yearly, THOUSAND), 0)} MWh/a"
    quantities = [Quantity("model_difference", T("Difference from the model"), formula, off, "%", signed(off))]
    said: Localised = T(
        "The model of this system ({model}) expects {expected} MWh a year; the claim is {off} % off.",
        model=expected.described,
        expected=fixed(over(expected.yearly, THOUSAND), 0),
        off=signed(off),
    )
    if expected.irradiation:
        ratio = over(value, expected.irradiation)
        line = f"{fixed(value, 0)} kWh/kW ÷ {fixed(expected.irradiation, 0)} kWh/m²"
        quantities.append(
            Quantity("performance_ratio", T("Implied performance ratio"), line, ratio, "1", readable(ratio, 2))
        )
        place = judge("performance_ratio", ratio)
        said = sentences(said, place.text, place.meaning)
        verdict = _graver(verdict, "holds" if place.plausible else "doubtful")
    return said, verdict, quantities


def _graver(one: Verdict, other: Verdict) -> Verdict:
    order: tuple[Verdict, ...] = ("contradicted", "doubtful", "unknown", "holds")
    return min(one, other, key=order.index)


def density(case: Case) -> Step | None:
    """Power per roof area; None without power or area.

    Notes
    -----
    p = 1000 P0 / A. [W/m2]
    """
    claim = case.claim
    if claim.power is None or claim.area is None:
        return None
    span = case.span(claim.power).times(THOUSAND).over(published(claim.area, case.assumptions.digits))
    formula = f"{show_number(claim.power)} kW ÷ {show_number(claim.area)} m²"
    quantity = Quantity(
        "area_density", T("Power per roof area"), formula, span.value, "W/m2", fixed(span.value, 1), span.low, span.high
    )
    limits = RANGES["area_density"]
    place = judge("area_density", span.value)
    verdict: Verdict = "holds"
    if not place.plausible:
        verdict = "doubtful" if span.meets(limits.low, limits.high) else "contradicted"
    return Step(
        "density",
        T("Modules on the roof"),
        verdict,
        sentences(place.text, place.meaning),
        T("Is the area that of the roof or of the modules, and how many modules of which type are there?"),
        T("{value} W per m² is not possible on that area.", value=quantity.shown)
        if verdict == "contradicted"
        else None,
        (quantity,),
        sources=(Source(limits.basis),),
    )
