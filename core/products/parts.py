"""What goes into products and how it travels: their bills of materials and legs, calculated as an inventory would."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import UserError
from core.i18n import T, Text
from core.inventory import Inventory, Period, compile_inventory
from core.ledger import Activity, Component, Ledger, Leg, OwnFactor
from core.library import EXACT, Item, Library, own_key
from core.methods import BIOGENIC, KG, Line, Method, all_methods, exact_sum
from core.products.emitted import cited_of, gases_of_biomass
from core.products.footprint import Cited, Contribution
from core.products.made import Made, mass_of

GOODS = 1
"""Category of scope 3: purchased goods and services."""
FREIGHT = "freight"
WAYS = ("inbound", "outbound")
"""Stages of a leg."""
_APPROACHES = ("average_data", "spend_based", "supplier_specific")
"""How a component is calculated, the first that takes it."""
_THOUSAND = Decimal(1000)


@dataclass(slots=True)
class Parts:
    """Of every product that was made: what was found, and what is wrong."""

    found: dict[str, list[Contribution]] = field(default_factory=dict)
    """By id of the product."""
    wrong: dict[str, list[Text]] = field(default_factory=dict)

    def complain(self, product: str, why: Text) -> None:
        """Something stands in the way of a footprint."""
        self.wrong.setdefault(product, []).append(why)

    def add(self, product: str, one: Contribution) -> None:
        """Something goes into a product."""
        self.found.setdefault(product, []).append(one)


def entered_part(quantity: Decimal, footprint: Decimal) -> Decimal:
    """Emissions of a purchased part whose footprint somebody states.

    Parameters
    ----------
    quantity
        of the part in all that was made, scrap included. [units of the part]
    footprint
        from the cradle to the gate of the supplier. [kg CO2e/unit]

    Returns
    -------
    Decimal
        [t CO2e]

    Notes
    -----
    E = n × PCF / 1000, to nine decimals. GHG Protocol Product Standard (2011), ch. 8; PACT Methodology v3, 3.3.

    Examples
    --------
    Two springs of 3.1 kg CO2e in each of 5,000 struts:

    >>> entered_part(Decimal(10000), Decimal("3.1"))
    Decimal('31.000000000')
    """
    return EXACT.quantize(EXACT.divide(EXACT.multiply(quantity, footprint), _THOUSAND), KG)


def parts_of(ledger: Ledger, made: Sequence[Made], inventory: Inventory, library: Library) -> Parts:
    """Components and legs of what was made, each as one contribution.

    Parameters
    ----------
    ledger
        with bills of materials, legs and own factors.
    made
        in the period.
    inventory
        whose period, potentials and policy hold.
    library
        with factors of materials and freight.

    Notes
    -----
    A component or leg is calculated as the record of scope 3 that buying or moving it for the whole period would be:
    the method, the choice of the factor and the refusal are those of an inventory.
    """
    parts, kept = Parts(), {one.product.id: one for one in made}
    records: dict[str, tuple[Component | Leg, Activity]] = {}
    for component in ledger.held(Component):
        if (one := kept.get(component.product)) is not None:
            _component(component, one, inventory.choices.period, library, parts, records)
    for leg in ledger.held(Leg):
        if (one := kept.get(leg.product)) is not None:
            _leg(leg, one, inventory.choices.period, library, parts, records)
    listed = {component.product for component in ledger.held(Component)}
    for one in made:
        if one.product.id not in listed:
            parts.complain(one.product.id, T("“{product}” has no bill of materials. Enter what goes into it.",
                                             product=one.product.name))  # fmt: skip
    _calculated(records, kept, ledger, inventory, library, parts)
    return parts


def _component(
    component: Component, made: Made, period: Period, library: Library, parts: Parts,
    records: dict[str, tuple[Component | Leg, Activity]],
) -> None:  # fmt: skip
    quantity = EXACT.multiply(component.quantity, made.quantity)
    if component.footprint is not None:
        if not component.source.strip():
            parts.complain(component.product, T(
                "{product}, {part}: nobody says where its footprint is from. Enter the source.",
                product=made.product.name, part=component.name))  # fmt: skip
            return
        name, _comma, edition = component.source.partition(",")
        cited = Cited(name.strip(), edition.strip(), component.primary)
        tonnes = entered_part(quantity, component.footprint)
        parts.add(component.product, Contribution("materials", component.name, tonnes, Decimal(0), component.primary,
                                                  (component.id,), (cited,)))  # fmt: skip
        return
    try:
        method = method_of(component, library)
    except UserError as error:
        parts.complain(component.product, _about(made, component.name, error.message, error.remedy))
        return
    activity = _record(component, method.key, component.unit, quantity, period)
    records[activity.id] = (component, activity)


def method_of(component: Component, library: Library) -> Method:
    """The method of purchased goods that takes an item in a unit.

    Raises
    ------
    UserError
        when there is none.
    """
    item = library.items.get(component.item)
    if item is None:
        raise UserError(T("There is neither an item of the library nor a footprint."), T("Enter one of the two."))
    dimension = library.units.dimension(component.unit)
    fitting = [one for one in all_methods().values() if GOODS in one.categories and _takes(one, item, dimension)]
    if not fitting:
        raise UserError(
            T("“{unit}” is not a unit for {item}.", unit=component.unit, item=item.name),
            T("Use a mass, or enter the footprint of a piece with its source."),
        )
    return min(fitting, key=lambda one: (_place(one.approach), one.key))


def _takes(method: Method, item: Item, dimension: str) -> bool:
    """Average data know a mass: pieces need a footprint of the supplier."""
    if dimension == "pieces" and method.approach == _APPROACHES[0]:
        return False
    return item.kind in method.kinds and dimension in method.dimensions


def _place(approach: str) -> int:
    return _APPROACHES.index(approach) if approach in _APPROACHES else len(_APPROACHES)


def _leg(
    leg: Leg, made: Made, period: Period, library: Library, parts: Parts,
    records: dict[str, tuple[Component | Leg, Activity]],
) -> None:  # fmt: skip
    mass = leg.mass if leg.mass is not None else mass_of(made.product)
    if mass is None:
        parts.complain(leg.product, T(
            "{product}, {leg}: neither the leg nor the product has a mass. Enter one of the two.",
            product=made.product.name, leg=leg.name))  # fmt: skip
        return
    if leg.stage not in WAYS:
        what = T("“{text}” is no choice for “{what}”.", text=leg.stage[:60], what="stage")
        remedy = T("Choose one of: {known}.", known=list(WAYS))
        parts.complain(leg.product, _about(made, leg.name, what, remedy))
        return
    item = library.items.get(leg.item)
    # As PACT asks: what an aircraft does beyond its gases is no part of a footprint.
    flies = (("radiative_forcing", "no"),) if item is not None and item.kind == "air_freight" else ()
    said = (("distance", f"{leg.distance:f}"), *flies)
    activity = _record(leg, FREIGHT, "kg", EXACT.multiply(mass, made.quantity), period, said)
    records[activity.id] = (leg, activity)


def _record(
    one: Component | Leg, method: str, unit: str, quantity: Decimal, period: Period,
    parameters: tuple[tuple[str, str], ...] = (),
) -> Activity:  # fmt: skip
    """What an inventory would hold of it."""
    proof = "; ".join(one.evidence) if isinstance(one, Component) else ""
    return Activity(f"{one.product}:{one.id}", one.name, method, one.item, period.start, period.end, quantity, unit,
                    evidence=proof, parameters=parameters)  # fmt: skip


def _calculated(
    records: Mapping[str, tuple[Component | Leg, Activity]], made: Mapping[str, Made], ledger: Ledger,
    inventory: Inventory, library: Library, parts: Parts,
) -> None:  # fmt: skip
    """Lines of the records, or why there are none."""
    if not records:
        return
    asked = Ledger.of((inventory.plant, *ledger.own_factors, *(activity for _one, activity in records.values())))
    found = compile_inventory(asked, inventory.choices, library)
    lines: dict[str, list[Line]] = {}
    for line in found.lines:
        lines.setdefault(line.activity.id, []).append(line)
    suppliers = {own_key(one) for one in ledger.held(OwnFactor) if one.origin == "supplier"}
    for key, (one, _activity) in records.items():
        if key in lines:
            parts.add(one.product, _contribution(one, lines[key], suppliers))
    for excluded in found.excluded:
        one, _activity = records[excluded.portion.activity.id]
        why = excluded.finding
        parts.complain(one.product, _about(made[one.product], one.name, why.message, why.remedy))


def _contribution(one: Component | Leg, lines: Sequence[Line], suppliers: Iterable[str]) -> Contribution:
    stage = one.stage if isinstance(one, Leg) else "materials"
    primary = all(any(part.startswith(f"{key}.") for part in line.factor.parts for key in suppliers) for line in lines)
    return Contribution(
        stage,
        one.name,
        exact_sum(line.tco2e for line in lines),
        exact_sum(line.apart(BIOGENIC) for line in lines),
        primary,
        (one.id,),
        tuple(dict.fromkeys(cited_of(line) for line in lines)),
        exact_sum(gases_of_biomass(line) for line in lines),
        tuple(dict.fromkeys(key for line in lines for key in line.factor.parts)),
    )


def _about(made: Made, part: str, what: Text, remedy: Text | None) -> Text:
    if remedy is None:
        return T("{product}, {part}: {why}", product=made.product.name, part=part, why=what)
    return T("{product}, {part}: {why} {remedy}", product=made.product.name, part=part, why=what, remedy=remedy)
