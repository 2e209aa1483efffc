"""Benchmarks of sister plants: what a ratio may say, and the acts that keep them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.audit.key_figures import figure_title
from core.errors import UserError
from core.i18n import Localised, T, verbatim
from core.inventory.judging import Decision
from core.ledger import Benchmark, Ledger, Step
from core.library import Library
from core.library.units import normal
from core.methods import SCOPE_TITLES

TOTAL = "total"
SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")
"""What a ratio can be of, besides the total and an item."""
TONNES = ("t", "tCO2e", "tCO2", "t CO2e")
KILOGRAMS = ("kg", "kgCO2e", "kgCO2", "kg CO2e")
"""How the mass of emissions is written above the line of a ratio."""
_TONNES, _KILOGRAMS = frozenset(map(normal, TONNES)), frozenset(map(normal, KILOGRAMS))


def subject_title(subject: str, library: Library) -> Localised:
    """How people call what is divided."""
    if subject == TOTAL:
        return T("Total, location-based")
    if subject in SCOPE_TITLES:
        return SCOPE_TITLES[subject]
    item = library.items.get(subject)
    return verbatim(subject) if item is None else item.name


def subject_of(text: str, library: Library) -> str:
    """The subject that a word means: ``total``, a scope, or an item of the library.

    Raises
    ------
    UserError
        when it is none of them.
    """
    wanted = normal(text)
    for key in (TOTAL, *SCOPES):
        title = subject_title(key, library)
        if wanted in (normal(key), *(normal(title.in_language(lang)) for lang in ("en", "zh"))):
            return key
    if wanted in ("scope2", "范围二", "范围2"):
        return "scope2_location"
    found = library.items.get(text.strip()) or library.recognise(text)
    if found is None:
        raise UserError(
            T("“{subject}” is neither the total, a scope nor an item.", subject=verbatim(text[:40])),
            T("Write total, scope1, scope2_location, scope2_market, scope3 or an item of the list, like electricity."),
        )
    return found.key


def parts_of(unit: str) -> tuple[str, str]:
    """What stands above and below the line of ``kWh/piece``.

    Raises
    ------
    UserError
        without either.
    """
    above, _, below = (part.strip() for part in unit.partition("/"))
    if not above or not below:
        raise UserError(
            T("“{unit}” is not the unit of a ratio.", unit=verbatim(unit[:40])),
            T("Write both, like t/piece or kWh/m2."),
        )
    return above, below


def mass_of_emissions(unit: str) -> Decimal | None:
    """How many tonnes CO2e one of a unit is; None when it does not measure emissions.

    Examples
    --------
    >>> mass_of_emissions("kg CO2e"), mass_of_emissions("kWh")
    (Decimal('0.001'), None)
    """
    said = normal(unit.replace("₂", "2"))
    if said in _TONNES:
        return Decimal(1)
    return Decimal("0.001") if said in _KILOGRAMS else None


def checked(one: Benchmark) -> Benchmark:
    """The benchmark itself.

    Raises
    ------
    UserError
        when its unit is no ratio, its limits are not in order, or it rests on no plant.
    """
    above, _ = parts_of(one.unit)
    if (one.subject == TOTAL or one.subject in SCOPES) and mass_of_emissions(above) is None:
        raise UserError(
            T("“{unit}” does not measure emissions.", unit=verbatim(above)), T("Write t/… or kg/… for tonnes of CO₂e.")
        )
    if not Decimal(0) <= one.low <= one.median <= one.high or not one.high:
        raise UserError(
            T("The lowest value, the median and the highest value are not in this order."),
            T("Correct the three numbers."),
        )
    if one.plants < 1:
        raise UserError(T("A benchmark rests on at least one plant."), T("Correct how many plants it rests on."))
    return one


def keeping(ledger: Ledger, kept: Sequence[Benchmark]) -> Decision:
    """Keep benchmarks in the place of those for the same question.

    Parameters
    ----------
    ledger
        the plant now.
    kept
        with new ids; what has the figure, subject, publisher and year of one that is held replaces it.

    Raises
    ------
    UserError
        for one that cannot be, and for two answers to one question.
    """
    held = {_question(one): one for one in ledger.held(Benchmark)}
    steps: list[Step] = []
    seen: set[tuple[str, str, str, int]] = set()
    for one in kept:
        question = _question(checked(one))
        if question in seen:
            raise UserError(
                T("Two rows are about {figure} and {subject}.", figure=figure_title(one.figure), subject=one.subject),
                T("Keep one of them."),
            )
        seen.add(question)
        before = held.get(question)
        if before is not None:
            steps.append(Step("benchmark", before.id, before, None))
        steps.append(Step("benchmark", one.id, None, one))
    return Decision(T("Benchmarks kept: {count}", count=len(kept)), tuple(steps))


def removing(ledger: Ledger, ids: Sequence[str]) -> Decision:
    """Let benchmarks go; their file stays, for it was compared with.

    Raises
    ------
    UserError
        for an id that does not exist.
    """
    steps = []
    for key in dict.fromkeys(ids):
        held = ledger.get("benchmark", key)
        if held is None:
            raise UserError(T("There is no benchmark {id}.", id=key), T("Look at the list again."))
        steps.append(Step("benchmark", key, held, None))
    why = T("Benchmarks removed: {count}", count=len(steps))
    return Decision(why, tuple(steps))


def _question(one: Benchmark) -> tuple[str, str, str, int]:
    return (one.figure, one.subject, one.publisher, one.year)
