"""How sure the group's tonnes are: what plants measured is independent, a factor that they share is wrong for all.

Beside each report its *terms* are kept: tonnes by what was measured and by factor, with what is known about their
errors. The group adds the errors of one factor over all plants before it squares them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Any

from core.errors import UserError
from core.i18n import T
from core.inventory import Inventory
from core.inventory.collecting import without_collection
from core.inventory.quality import rows_of
from core.inventory.uncertainty import VIEWS, Coverage, Estimate, Inputs, interval, quantify
from core.ledger import canonical
from core.library import EXACT, OWN, Library
from core.methods import AppliedFactor, plain

TERMS = "terms"
"""Name of the part beside a filed report, see :func:`terms_of`."""
FORM = 1
"""Of the terms; another form is another number."""
USER = "USER"
"""Status of numbers that a plant brought in."""
SCOPES = ("scope1", "scope2_location", "scope2_market", "scope3")
ZERO, ONE, HUNDRED = Decimal(0), Decimal(1), Decimal(100)


@dataclass(frozen=True, slots=True)
class Input:
    """One thing with an error in one report: what was measured, or a factor."""

    key: str
    """Source and item, or the key of the factor."""
    half: Decimal
    """Half of its 95 % interval, relative. [%]"""
    tonnes: Mapping[str, Decimal]
    """Proportional to it, by scope. [t CO2e]"""
    values: tuple[str, ...] = ()
    """Of a factor: the numbers that were applied, as plain digits, ordered."""
    own: bool = False
    """Of a factor: it is the plant's own, and no other plant can share it."""


@dataclass(frozen=True, slots=True)
class Terms:
    """One report reduced to what the group's uncertainty depends on."""

    tonnes: Mapping[str, Decimal]
    """By scope. [t CO2e]"""
    known: Mapping[str, tuple[Decimal, ...]]
    """By scope: tonnes without sign in the order of :class:`core.inventory.uncertainty.Coverage`."""
    measured: tuple[Input, ...] = ()
    """Quantified activity data, ordered by key."""
    factors: tuple[Input, ...] = ()
    """Quantified factors, ordered by key."""


def terms_of(inventory: Inventory) -> bytes:
    """The terms of an inventory, as they are kept beside its report.

    Parameters
    ----------
    inventory
        recalculated, with the library it was compiled with.
    """
    with localcontext(EXACT):
        inputs = quantify(inventory)
        values: dict[str, set[str]] = {}
        own: set[str] = set()
        for line in inventory.lines:
            values.setdefault(line.factor.key, set()).add(plain(line.factor.value))
            if line.factor.key not in own and _is_own(line.factor, inventory.library):
                own.add(line.factor.key)
        return canonical(_to_plain(_reduced(inputs, values, own)))


def terms_from(data: bytes) -> Terms:
    """What :func:`terms_of` wrote.

    Raises
    ------
    UserError
        for anything else: somebody altered it where it is kept.
    """
    try:
        value = json.loads(data)
        if value["form"] != FORM:
            raise ValueError("another form of terms")
        return _terms(value)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        raise UserError(
            T("What is kept of the uncertainty of a report cannot be read."),
            T("Ask the plant for the report and import it again."),
        ) from error


def _terms(value: Mapping[str, Any]) -> Terms:
    return Terms(
        _numbers(value["tonnes"]),
        {scope: tuple(map(Decimal, known)) for scope, known in value["known"].items()},
        tuple(Input(key, Decimal(half), _numbers(tonnes)) for key, half, tonnes in value["measured"]),
        tuple(
            Input(key, Decimal(half), _numbers(tonnes), tuple(values), own)
            for key, half, tonnes, values, own in value["factors"]
        ),
    )


def unknown_terms(scopes: Mapping[str, Decimal]) -> Terms:
    """Terms of a report of which none were kept: its tonnes count, nothing of them is quantified."""
    tonnes = {scope: scopes.get(scope, ZERO) for scope in SCOPES}
    return Terms(tonnes, {scope: (ZERO, ZERO, ZERO, abs(value)) for scope, value in tonnes.items()})


def _is_own(applied: AppliedFactor, library: Library) -> bool:
    """Stated by a contract, a measurement or a supplier of this plant; not by a factor set that all may use."""
    rows = rows_of(applied, library)
    return any(row.region == OWN for row in rows) or (applied.status == USER and not rows)


def _reduced(inputs: Inputs, values: Mapping[str, set[str]], own: set[str]) -> Terms:
    tonnes: dict[str, Decimal] = {}
    known: dict[str, list[Decimal]] = {}
    measured: dict[str, dict[str, Decimal]] = {}
    factors: dict[str, dict[str, Decimal]] = {}
    for _, scope, activity, factor, amount in inputs.terms:
        tonnes[scope] = tonnes.get(scope, ZERO) + amount
        for key, spreads, sums in ((activity, inputs.activities, measured), (factor, inputs.factors, factors)):
            if key in spreads:
                by_scope = sums.setdefault(key, {})
                by_scope[scope] = by_scope.get(scope, ZERO) + amount
        place = (0 if factor in inputs.factors else 1) + (0 if activity in inputs.activities else 2)
        known.setdefault(scope, [ZERO] * 4)[place] += abs(amount)
    return Terms(
        tonnes,
        {scope: tuple(counts) for scope, counts in known.items()},
        tuple(Input(key, inputs.activities[key].half, measured[key]) for key in sorted(measured)),
        tuple(
            Input(key, inputs.factors[key].half, factors[key], tuple(sorted(values[key])), key in own)
            for key in sorted(factors)
        ),
    )


def _to_plain(terms: Terms) -> dict[str, object]:
    return {
        "form": FORM,
        "tonnes": _digits(terms.tonnes),
        "known": {scope: [plain(one) for one in known] for scope, known in terms.known.items()},
        "measured": [[one.key, plain(one.half), _digits(one.tonnes)] for one in terms.measured],
        "factors": [
            [one.key, plain(one.half), _digits(one.tonnes), list(one.values), one.own] for one in terms.factors
        ],
    }


def _digits(values: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: plain(value) for key, value in values.items()}


def _numbers(values: Mapping[str, str]) -> dict[str, Decimal]:
    return {key: Decimal(value) for key, value in values.items()}


# ---------------------------------------------------------------------- the group


@dataclass(frozen=True, slots=True)
class Weighed:
    """A report within the group."""

    plant: str
    """Name or id, shown beside what is its own."""
    terms: Terms
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    """Share of the group by scope, after eliminations; a scope that is not named counts wholly. [1]"""

    def weight(self, scope: str) -> Decimal:
        """Share of a scope that counts for the group. [1]"""
        return self.weights.get(scope, ONE)


@dataclass(frozen=True, slots=True)
class GroupInput:
    """One error within the group's sum. The first of them is what to know better."""

    kind: str
    """``activity`` or ``factor``."""
    key: str
    """Source and item, or the key of the factor."""
    plants: tuple[str, ...]
    """Whose tonnes it moves, ordered."""
    tonnes: Decimal
    """Proportional to it. [t CO2e]"""
    error: Decimal
    """Half of the 95 % interval that it alone brings. [t CO2e]"""
    variance: Decimal | None
    """Share of the variance; all inputs make 100. None when nothing is quantified. [%]"""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The uncertainty of one scope or total of the group."""

    key: str
    estimate: Estimate
    inputs: tuple[GroupInput, ...]
    """Largest share of the variance first."""
    apart: Decimal
    """Half of the 95 % interval if no plant shared a factor with another; never the truth, it shows what sharing
    does. [t CO2e]"""


def group_uncertainty(reports: Iterable[Weighed]) -> dict[str, GroupView]:
    """Uncertainty of the group for every scope and both totals.

    Parameters
    ----------
    reports
        of one year, each with the share that counts; the order does not matter.

    Returns
    -------
    dict
        one view for each key of ``VIEWS``.

    Notes
    -----
    U² = Σ_f (Σ_p w_p U_fp x_fp)² + Σ_p Σ_a (w_p U_a x_a)²: errors of what plants measured are independent, those of a
    factor are one error and are added before they are squared. 2006 IPCC Guidelines, Vol. 1, ch. 3, section 3.2.3.1,
    equation 3.2, and 3.2.2.4 on correlations. Two plants share a factor when its key and one of the applied values are
    the same; a plant's own factors are never shared. Tonnes of which nothing is quantified count as certain; the
    coverage tells how many they are.

    Examples
    --------
    Two plants with 100 t each by one factor of ±5 % and certain bills: ±10 t of 200 t, not ±7.1 t.

    >>> gas = Input("gas", Decimal(5), {"scope1": Decimal(100)}, ("56.1",))
    >>> one = Terms({"scope1": Decimal(100)}, {}, (), (gas,))
    >>> view = group_uncertainty([Weighed("A", one), Weighed("B", one)])["scope1"]
    >>> view.estimate.half, round(view.apart, 2)
    (Decimal('10'), Decimal('7.07'))
    """
    with localcontext(EXACT), without_collection():
        ordered = _ordered(reports)
        inputs = [*_measured(ordered), *_shared(ordered)]
        return {key: _view(key, scopes, ordered, inputs) for key, scopes in VIEWS.items()}


_Pieces = list[tuple[str, Input, Weighed]]
"""Plant, input and report of everything that has one error."""


def _ordered(reports: Iterable[Weighed]) -> list[Weighed]:
    """By plant; what they hold is only looked at where a plant has several reports."""
    by_plant: dict[str, list[Weighed]] = {}
    for one in reports:
        by_plant.setdefault(one.plant, []).append(one)
    return [
        one for _, held in sorted(by_plant.items()) for one in (sorted(held, key=_order) if len(held) > 1 else held)
    ]


def _order(one: Weighed) -> tuple[str, bytes, list[tuple[str, str]]]:
    """Sums of 34 digits depend on their order, and that must not depend on who asks."""
    return one.plant, canonical(_to_plain(one.terms)), sorted((key, plain(value)) for key, value in one.weights.items())


def _measured(reports: list[Weighed]) -> Iterator[tuple[str, str, _Pieces]]:
    for report in reports:
        for one in report.terms.measured:
            yield "activity", one.key, [(report.plant, one, report)]


def _shared(reports: list[Weighed]) -> Iterator[tuple[str, str, _Pieces]]:
    """Factors; those of several plants joined where key and a value agree."""
    places = {id(report): place for place, report in enumerate(reports)}
    by_key: dict[str, list[tuple[set[str], _Pieces]]] = {}
    for report in reports:
        for one in report.terms.factors:
            piece = (report.plant, one, report)
            if one.own:
                yield "factor", one.key, [piece]
                continue
            known = by_key.setdefault(one.key, [])
            alike = [group for group in known if not group[0].isdisjoint(one.values)]
            values, pieces = alike[0] if alike else (set(), [])
            if not alike:
                known.append((values, pieces))
            for other in alike[1:]:
                values |= other[0]
                pieces += other[1]
                known.remove(other)
            values |= set(one.values)
            pieces.append(piece)
    for key, groups in sorted(by_key.items()):
        for _, pieces in sorted(groups, key=lambda group: sorted(group[0])):
            yield "factor", key, sorted(pieces, key=lambda piece: places[id(piece[2])])


def _view(
    key: str, scopes: tuple[str, ...], reports: list[Weighed], inputs: list[tuple[str, str, _Pieces]]
) -> GroupView:
    tonnes = ZERO
    known = [ZERO] * 4
    for report in reports:
        for scope in scopes:
            weight = report.weight(scope)
            tonnes += weight * report.terms.tonnes.get(scope, ZERO)
            counts = report.terms.known.get(scope, (ZERO,) * 4)
            known = [a + weight * b for a, b in zip(known, counts, strict=True)]
    variance = apart = ZERO
    found: list[tuple[str, str, tuple[str, ...], Decimal, Decimal]] = []
    for kind, name, pieces in inputs:
        moved = [(plant, one.half, amount) for plant, one, of in pieces if (amount := _weighed(one, of, scopes))]
        if moved:
            errors = [amount * half / HUNDRED for _, half, amount in moved]
            error = sum(errors, ZERO)
            variance += error * error
            apart += sum((one * one for one in errors), ZERO)
            plants = tuple(sorted({plant for plant, _, _ in moved}))
            found.append((kind, name, plants, sum((amount for _, _, amount in moved), ZERO), abs(error)))
    half = variance.sqrt()
    inputs_found = (GroupInput(*one, one[4] * one[4] * HUNDRED / variance if variance else None) for one in found)
    ordered = sorted(inputs_found, key=lambda i: (-i.error, -abs(i.tonnes), i.kind, i.key, i.plants))
    estimate = Estimate(tonnes, half, *interval(tonnes, half), Coverage(*known))
    return GroupView(key, estimate, tuple(ordered), apart.sqrt())


def _weighed(one: Input, report: Weighed, scopes: tuple[str, ...]) -> Decimal:
    total = ZERO
    for scope, tonnes in one.tonnes.items():
        if scope in scopes:
            total += report.weight(scope) * tonnes
    return total
