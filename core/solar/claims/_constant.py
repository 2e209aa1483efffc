"""Which factor stands behind the tonnes: the implied constant against everything that was published."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.i18n import Localised, T, Text, show_number
from core.ledger import Claim
from core.library import SHIPPED
from core.solar.claims._case import (
    CONSTANT_PLACES,
    Case,
    Constant,
    constants_of,
    factor_shown,
    named,
    place_of,
    source_of,
)
from core.solar.claims._numbers import HUNDRED, THOUSAND, Span, fixed, less, over, readable, signed, times
from core.solar.claims._published import EXPECTED_USE, FAMILIES, Published, elsewhere
from core.solar.claims.model import Compared, Quantity, Sentences, Step, Verdict, sentences
from core.solar.plausible import judge

SPECIFIC_YIELD = "specific_yield"


def constant(case: Case) -> Step:
    """The implied constant and how published factors lie to it.

    Notes
    -----
    EF = t / MWh of each pair of numbers: yearly tonnes / yearly energy, total tonnes / (years × yearly energy). Two
    factors are the same number when they agree to three digits after the point. The interval of the constant follows
    from half a unit of the last significant digit of each published number.
    """
    found = case.constants
    if not found:
        return _without_energy(case)
    main = found[0]
    near = case.near
    rows = compare(near, main.span, main.energy)
    held = [row for row in rows if row.factor.status in SHIPPED]
    if not held:
        return _without_factors(case, found)
    equal = next((row for row in held if row.equal), None)
    said, verdict = _traced(case, main, equal) if equal else (_untraced(case, main, held), "doubtful")
    if (two := _two_constants(found)) is not None:
        said, verdict = sentences(two, said), "contradicted"
    brief = (
        T(
            "One undocumented constant of {constant} t/MWh stands behind the tonnes; no published factor is "
            "equal to it.",
            constant=main.shown,
        )
        if equal is None
        else None
    )
    return Step(
        "constant",
        T("Factor behind the tonnes"),
        verdict,
        said,
        T("Which emission factor was used: whose, which edition, of which year and for which grid?"),
        brief if verdict != "holds" else None,
        tuple(one.quantity for one in found),
        rows,
        sources=tuple(source_of(row.factor) for row in rows if row.equal),
    )


def _two_constants(found: Sequence[Constant]) -> Text | None:
    """A year and all years imply different ones; None where rounding explains it."""
    if len(found) < 2 or found[0].span.meets(found[1].span.low, found[1].span.high):
        return None
    return T(
        "The numbers of a year imply {one} t/MWh, those of all years {other} t/MWh.",
        one=found[0].shown,
        other=found[1].shown,
    )


def compare(near: Sequence[Published], span: Span, energy: Decimal) -> tuple[Compared, ...]:
    """Published factors beside an implied constant, the nearest first.

    Parameters
    ----------
    near
        in any order. [t/MWh]
    span
        the constant with what rounding allows. [t/MWh]
    energy
        for which tonnes are calculated with each. [MWh]
    """
    rows = [
        Compared(
            one.factor,
            one.value,
            one.gas,
            one.known,
            times(over(less(one.value, span.value), span.value), HUNDRED),
            fixed(one.value, CONSTANT_PLACES) == fixed(span.value, CONSTANT_PLACES),
            span.holds(one.value),
            times(one.value, energy),
        )
        for one in near
    ]
    return tuple(sorted(rows, key=lambda row: (abs(row.difference or 0), row.factor.key)))


def _untraced(case: Case, main: Constant, held: Sequence[Compared]) -> Sentences:
    """The constant equals nothing that was published."""
    nearest, inside = held[0], [row for row in held if row.within]
    first = T(
        "The numbers imply {constant} t/MWh. The claim names no factor, and none of the {count} published ones "
        "for {place} "
        "is {constant}: an undocumented constant.",
        constant=main.shown,
        count=str(len(held)),
        place=case.place,
    )
    second = T(
        "The nearest is {factor}, {difference} %.",
        factor=named(nearest.factor, nearest.value),
        difference=signed(nearest.difference or Decimal(0)),
    )
    limits = {"low": fixed(main.span.low, CONSTANT_PLACES), "high": fixed(main.span.high, CONSTANT_PLACES)}
    third = (
        T(
            "Rounding of the published numbers alone would allow {low} to {high} t/MWh, in which {inside} of "
            "them lie: the "
            "numbers do not tell which one was meant.",
            inside=str(len(inside)),
            **limits,
        )
        if inside
        else T(
            "Not even rounding explains it: {low} to {high} t/MWh would be possible, and none of them lies there.",
            **limits,
        )
    )
    others = elsewhere(case.library, case.claim.published, case.claim.country, case.near)
    wrong = next(
        (o for o in others if fixed(o.value, CONSTANT_PLACES) == main.shown and o.factor.status in SHIPPED), None
    )
    fourth = (
        T("It equals a factor of another area: {factor}.", factor=named(wrong.factor, wrong.value)) if wrong else None
    )
    return sentences(first, second, third, fourth, _of_that_time(case, held))


def _of_that_time(case: Case, held: Sequence[Compared]) -> Localised | None:
    """What had been published when the claim was."""
    known = [row for row in held if row.known]
    if len(known) == len(held):
        return None
    day = case.claim.published
    if not known:
        return T("None of them had been published by {day}, the day of the claim.", day=day)
    nearest = known[0]
    return T(
        "By {day}, the day of the claim, {known} of them had been published; the nearest of these is {factor}, "
        "{difference} %.",
        day=day,
        known=str(len(known)),
        factor=named(nearest.factor, nearest.value),
        difference=signed(nearest.difference or Decimal(0)),
    )


def _traced(case: Case, main: Constant, row: Compared) -> tuple[Sentences, Verdict]:
    """The constant is that of a published factor: the right kind of one?"""
    first = T(
        "The numbers imply {constant} t/MWh, which is {factor}.",
        constant=main.shown,
        factor=named(row.factor, row.value),
    )
    doubts: list[Localised] = []
    if row.factor.use != EXPECTED_USE:
        doubts.append(T("That is no grid average but: {family}.", family=FAMILIES[row.factor.use]))
    if not row.known:
        doubts.append(
            T(
                "It was published on {published}, after the claim of {day}.",
                published=row.factor.set.published,
                day=case.claim.published,
            )
        )
    if case.claim.gas and row.gas != case.claim.gas:
        doubts.append(T("The factor counts {one}, the claim {other}.", one=row.gas, other=case.claim.gas))
    return sentences(first, *doubts), "doubtful" if doubts else "holds"


def _without_factors(case: Case, found: Sequence[Constant]) -> Step:
    """There is a constant and nothing to hold it against."""
    said = (
        T(
            "The numbers imply {constant} t/MWh. The library has no electricity factor for {place} to compare it with.",
            constant=found[0].shown,
            place=case.place,
        )
        if case.claim.country
        else T(
            "The numbers imply {constant} t/MWh. Without the country no published factor can be held against it.",
            constant=found[0].shown,
        )
    )
    return Step(
        "constant",
        T("Factor behind the tonnes"),
        "unknown",
        said,
        T("Where does the system stand, and which emission factor was used?"),
        quantities=tuple(one.quantity for one in found),
    )


def _without_energy(case: Case) -> Step:
    """Tonnes without energy: with the power, each factor tells which yield the tonnes need."""
    claim, title = case.claim, T("Factor behind the tonnes")
    tonnes = claim.yearly_tonnes
    if tonnes is None or claim.power is None:
        return Step(
            "constant",
            title,
            "unknown",
            T("No factor can be derived: that takes tonnes and the energy they stand for."),
            T("How many kWh stand behind the tonnes, and which emission factor was used?"),
        )
    per_kw = over(tonnes, claim.power)
    shown = f"{show_number(tonnes)} t/a ÷ {show_number(claim.power)} kW"
    quantity = Quantity("tonnes_per_kw", T("Claimed tonnes per kW"), shown, per_kw, "t/kW/a", readable(per_kw))
    rows = tuple(
        Compared(
            one.factor,
            one.value,
            one.gas,
            one.known,
            None,
            False,
            False,
            None,
            over(times(per_kw, THOUSAND), one.value),
        )
        for one in sorted(case.near, key=lambda one: (-one.factor.data_year, one.factor.key))
    )
    said: Localised = T("The claim gives tonnes and kW but no energy, so no factor can be derived.")
    verdict: Verdict = "unknown"
    if found := _yields_needed(case, rows):
        sentence, verdict = found
        said = sentences(said, sentence)
    brief = T("Tonnes without the kWh they stand for: neither factor nor yield can be traced.")
    question = T("How many kWh a year does the meter count, and which emission factor was used?")
    return Step("constant", title, verdict, said, question, brief, (quantity,), rows)


def _yields_needed(case: Case, rows: Sequence[Compared]) -> tuple[Text, Verdict] | None:
    """What the modules would have to generate with each factor, and whether any could; None without factors."""
    held = [(row.needed, row) for row in rows if row.factor.status in SHIPPED and row.needed is not None]
    if not held:
        return None
    (low, least), (high, most) = (pick(held, key=lambda one: one[0]) for pick in (min, max))
    said = T(
        "With the {count} published factors for {place} the modules would have to generate {low} to "
        "{high} kWh per kW "
        "and year: {low} with {one}, {high} with {other}.",
        count=str(len(held)),
        place=case.place,
        low=fixed(low, 0),
        high=fixed(high, 0),
        one=named(least.factor, least.value),
        other=named(most.factor, most.value),
    )
    possible = any(judge(SPECIFIC_YIELD, needed).plausible for needed, _row in held)
    return said, "unknown" if possible else "contradicted"


def shared(case: Case) -> Step | None:
    """Another claim, of a system in another grid, with the same constant; None where there is none.

    Notes
    -----
    Grid averages differ from place to place; one and the same constant in claims about different grids was not looked
    up for either of them.
    """
    own = case.constants
    if not own:
        return None
    twins = [other for other in case.others if _is_twin(case.claim, other, own[0], case.assumptions.digits)]
    if not twins:
        return None
    here, there = _average(case, case.claim), _average(case, twins[0])
    said: Localised = T("“{other}” implies the same {constant} t/MWh.", other=twins[0].name, constant=own[0].shown)
    if here and there:
        said = sentences(
            said,
            T(
                "The published grid averages differ: {here} in {place}, {there} in {elsewhere}.",
                here=factor_shown(here.value),
                place=case.place,
                there=factor_shown(there.value),
                elsewhere=place_of(twins[0]),
            ),
        )
    return Step(
        "shared",
        T("The same constant elsewhere"),
        "doubtful",
        said,
        T("Is one constant used for all sites, and where does it come from?"),
        T("“{other}” has the same constant, though its grid is another one.", other=twins[0].name),
        sources=tuple(source_of(one.factor) for one in (here, there) if one),
    )


def _is_twin(claim: Claim, other: Claim, own: Constant, digits: int) -> bool:
    if other.id == claim.id or (other.country, other.region) == (claim.country, claim.region):
        return False
    return any(one.shown == own.shown for one in constants_of(other, digits))


def _average(case: Case, claim: Claim) -> Published | None:
    """The newest grid average of the smallest area."""
    near = Case(claim, case.library, case.assumptions).near
    fit = [one for one in near if one.factor.use == EXPECTED_USE and one.factor.status in SHIPPED]
    if not fit:
        return None
    return max((one for one in fit if one.factor.region == fit[0].factor.region), key=lambda one: one.factor.data_year)
