"""From a plant's ledger and inventory to the footprints of what it makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.inventory import Inventory, Period
from core.ledger import AllocationKey, Ledger, Product
from core.library import EXACT, Library, own_rows
from core.methods import KG, exact_sum
from core.products.allocation import allocated
from core.products.emitted import Emitted, emitted_of, total_of
from core.products.footprint import ELECTRICITY, GATE, STAGES, VIEWS, Contribution, Footprint, Footprints, Shared
from core.products.made import KEY_TITLES, USUAL, Made, Unshared, made_in, weights_by
from core.products.parts import Parts, parts_of

NONE = "none"
"""Key of what belongs to no product."""
SHARE = Decimal("0.01")
_THOUSAND, _HUNDRED, _NOTHING = Decimal(1000), Decimal(100), Decimal(0)


def footprints_of(
    ledger: Ledger,
    inventory: Inventory,
    library: Library,
    *,
    view: str = "market",
    electricity: str = "inventory",
) -> Footprints:
    """The footprints of everything that was made in the period of an inventory.

    Parameters
    ----------
    ledger
        with products, outputs, bills of materials, legs and allocation keys.
    inventory
        of the period.
    library
        with factors of materials, freight and life cycles of electricity.
    view
        figure of scope 2 that is shared: ``market`` or ``location``.
    electricity
        ``inventory``: bought electricity as the inventory counts it; ``footprint``: with the life-cycle factor that is
        published for product footprints, where the country of the plant has one.

    Returns
    -------
    Footprints
        of the products in whose way nothing stands, from the cradle to the gate; the way to the customer apart. [kg
        CO2e per declared unit]

    Raises
    ------
    UserError
        for another view or electricity, or where no life-cycle factor is published.

    Notes
    -----
    PCF = (Σ materials + Σ inbound + Σ shared energy and process emissions) / quantity made. The plant's own emissions
    (scope 1, scope 2, and of scope 3 the categories 3 and 5) are shared source by source, each by its key, and with
    what is kept apart they are the plant's to the last digit. GHG Protocol Product Life Cycle Accounting and Reporting
    Standard (2011), ch. 7 to 9; ISO 14067:2018, 6.4.6; PACT Methodology v3, 3.3; Catena-X PCF Rulebook v4, 5.1.
    """
    _known("view", view, VIEWS)
    _known("electricity", electricity, ELECTRICITY)
    library = library.with_own(own_rows(ledger.own_factors))
    made = made_in(ledger, inventory.choices.period)
    emitted, notes = emitted_of(inventory, library, view, electricity)
    sharing = _Sharing(made, ledger.held(AllocationKey), inventory.choices.period)
    for one in emitted:
        sharing.take(one)
    parts = parts_of(ledger, made, inventory, library)
    unmade = _unmade(ledger, made, inventory.choices.period)
    blocked = sharing.blocked
    footprints = () if blocked else tuple(
        _footprint(one, [*parts.found.get(one.product.id, ()), *sharing.contributions(one.product.id)])
        for one in made
        if one.product.id not in parts.wrong
    )  # fmt: skip
    shared = exact_sum(part for source in sharing.shared for _product, part in source.parts)
    return Footprints(
        inventory.choices.period.end.year,
        footprints,
        shared,
        EXACT.subtract(total_of(emitted), shared),
        (*unmade, *sharing.problems, *_problems(made, parts)),
        (*notes, *sharing.notes(emitted)),
        tuple(sharing.shared),
        inventory.plant,
        inventory.choices.period,
        inventory.choices.gwp_set,
        view,
        electricity,
    )


def _known(what: str, said: str, choices: Sequence[str]) -> None:
    if said not in choices:
        raise UserError(
            T("“{text}” is no choice for “{what}”.", text=said, what=what),
            T("Choose one of: {known}.", known=list(choices)),
        )


def _unmade(ledger: Ledger, made: Sequence[Made], period: Period) -> tuple[Text, ...]:
    """Products without an output in the period."""
    if not ledger.held(Product):
        return (T("No product is entered. Enter what the plant makes, and how much of it."),)
    known = {one.product.id for one in made}
    return tuple(
        T("Of “{product}” no output is entered in {year}. Enter how much of it was made.",
          product=one.name, year=str(period.end.year))
        for one in sorted(ledger.held(Product), key=lambda one: one.id) if one.id not in known
    )  # fmt: skip


def _problems(made: Sequence[Made], parts: Parts) -> tuple[Text, ...]:
    return tuple(why for one in made for why in parts.wrong.get(one.product.id, ()))


@dataclass(slots=True)
class _Sharing:
    """The plant's own emissions, shared one source after the other."""

    made: Sequence[Made]
    keys: Sequence[AllocationKey]
    period: Period
    shared: list[Shared] = field(default_factory=list)
    blocked: bool = False
    """A key could not be worked out, so no footprint is whole."""
    _weights: dict[str, Mapping[str, Decimal] | None] = field(default_factory=dict)
    """By id of the key; None: it cannot be worked out."""
    _problems: dict[Text, None] = field(default_factory=dict)
    _contributions: dict[str, list[Contribution]] = field(default_factory=dict)

    @property
    def problems(self) -> tuple[Text, ...]:
        return tuple(self._problems)

    def contributions(self, product: str) -> Sequence[Contribution]:
        """What a product takes of the plant."""
        return self._contributions.get(product, ())

    def _key_of(self, source: str) -> AllocationKey:
        """That of the source itself, else the one for the rest."""
        found = {one.source: one for one in reversed(self.keys)}
        return found.get(source) or found.get("") or USUAL

    def take(self, one: Emitted) -> None:
        """Share what one source emitted, or keep it apart."""
        key = self._key_of(one.source)
        weights = None if key.key == NONE or not self.made else self._weighed(key)
        parts = () if weights is None else self._give(one, weights)
        self.shared.append(Shared(one.source, one.stage, key.key, key.reason, one.tonnes, parts))

    def _weighed(self, key: AllocationKey) -> Mapping[str, Decimal] | None:
        if key.id not in self._weights:
            try:
                self._weights[key.id] = weights_by(key, self.made)
            except Unshared as reason:
                self._weights[key.id], self.blocked = None, True
                self._problems.update(dict.fromkeys(reason.why))
        return self._weights[key.id]

    def _give(self, one: Emitted, weights: Mapping[str, Decimal]) -> tuple[tuple[str, Decimal], ...]:
        tonnes, biogenic, gases = (allocated(all_of_it, weights) for all_of_it in
                                   (one.tonnes, one.biogenic, one.biogenic_gases))  # fmt: skip
        for product, weight in weights.items():
            if weight:
                self._contributions.setdefault(product, []).append(
                    Contribution(one.stage, one.source, tonnes[product], biogenic[product], one.primary,
                                 tuple(one.records), tuple(one.cited), gases[product], tuple(one.factors))
                )  # fmt: skip
        return tuple((product, part) for product, part in tonnes.items() if weights[product])

    def notes(self, emitted: Sequence[Emitted]) -> tuple[Text, ...]:
        """Keys that nobody chose, or that fit nothing."""
        sources = {one.source for one in emitted}
        found = [
            T("The key for “{source}” shares nothing: no such source emitted anything. Correct its name, or remove it.",
              source=one.source) for one in self.keys if one.source and one.source not in sources
        ]  # fmt: skip
        if self.made and any(self._key_of(source) is USUAL for source in sources):
            found.append(T("Nobody chose how emissions are shared: “{key}” is used. Enter a key with its reason.",
                           key=KEY_TITLES[USUAL.key]))  # fmt: skip
        return tuple(found)


# ---------------------------------------------------------------------- one product


def per_unit(tonnes: Decimal, quantity: Decimal) -> Decimal:
    """What falls on one declared unit.

    Parameters
    ----------
    tonnes
        of all that was made. [t CO2e]
    quantity
        made. [declared units]

    Returns
    -------
    Decimal
        [kg CO2e per declared unit]

    Notes
    -----
    1000 × E / n, to nine decimals. PACT Methodology v3, 3.2.4; Catena-X PCF Rulebook v4, 4.4.

    Examples
    --------
    >>> per_unit(Decimal("61.6"), Decimal(5000))
    Decimal('12.320000000')
    """
    return EXACT.quantize(EXACT.divide(EXACT.multiply(tonnes, _THOUSAND), quantity), KG)


def primary_share(contributions: Sequence[Contribution]) -> Decimal:
    """How much of a footprint rests on data of the plant and its suppliers themselves.

    Parameters
    ----------
    contributions
        up to the gate of the plant.

    Returns
    -------
    Decimal
        zero of nothing. [%]

    Notes
    -----
    PDS = 100 × Σ primary / Σ all, by absolute value, to two decimals. PACT Methodology v3, 4.2.2.

    Examples
    --------
    >>> gas = Contribution("energy", "Boiler", Decimal(3), Decimal(0), True, ())
    >>> steel = Contribution("materials", "Steel", Decimal(9), Decimal(0), False, ())
    >>> primary_share([gas, steel])
    Decimal('25.00')
    """
    whole = exact_sum(abs(one.tonnes) for one in contributions)
    if not whole:
        return _NOTHING
    own = exact_sum(abs(one.tonnes) for one in contributions if one.primary)
    return EXACT.quantize(EXACT.divide(EXACT.multiply(own, _HUNDRED), whole), SHARE)


def _footprint(made: Made, contributions: Sequence[Contribution]) -> Footprint:
    ordered = tuple(sorted(contributions, key=lambda one: (STAGES.index(one.stage), -one.tonnes, one.what)))
    stages = tuple(
        (stage, per_unit(exact_sum(one.tonnes for one in ordered if one.stage == stage), made.quantity))
        for stage in STAGES
    )
    gate = [one for one in ordered if one.stage in GATE]
    return Footprint(
        made.product,
        made.quantity,
        ordered,
        exact_sum(kg for stage, kg in stages if stage in GATE),
        per_unit(exact_sum(one.biogenic for one in gate), made.quantity),
        primary_share(gate),
        stages,
    )
