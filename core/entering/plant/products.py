"""Products, how much of them was made, what goes into them, how it travels and how emissions are shared."""

from __future__ import annotations

from decimal import Decimal

from core.entering.checking import above_zero, basics, in_order, money, not_below_zero
from core.entering.forms import Choices, Entered, Form
from core.entering.naming import name_of
from core.entering.plant.common import NOTE, currency, proofs
from core.entering.refusing import FieldError, refuse
from core.errors import UserError
from core.exchange.ids import prefix_of
from core.i18n import Localised, T, verbatim
from core.ledger import AllocationKey, Component, Ledger, Leg, Output, Product
from core.library import EXACT, load_library
from core.products import KEY_TITLES, STAGE_TITLES, UNIT_TITLES
from core.products.made import KILOGRAM, MASSLESS
from core.products.parts import method_of

GOODS = frozenset({"material", "commodity", "product", "service", "water"})
"""Kinds of items that may go into a product."""
FREIGHT = frozenset({"freight", "air_freight"})
STAGES: Choices = {key: STAGE_TITLES[key] for key in ("inbound", "outbound")}


def goods() -> Choices:
    """What may go into a product, by key."""
    return {"": T("None"), **{key: item.name for key, item in load_library().items.items() if item.kind in GOODS}}


def vehicles() -> Choices:
    """What may carry it, by key."""
    return {key: item.name for key, item in load_library().items.items() if item.kind in FREIGHT}


def _product(ledger: Ledger, one: Product) -> None:
    basics(ledger, PRODUCT, one)
    for key in ("mass", "carbon", "biogenic"):
        if (value := getattr(one, key)) is not None:
            not_below_zero("product", key, value)
    if one.unit == KILOGRAM and one.mass not in (None, Decimal(1)):
        refuse("product", "mass", T("A kilogram weighs 1 kg."), T("Leave the mass empty, or choose another unit."))
    if one.mass is not None and one.unit not in MASSLESS:
        above_zero("product", "mass", one.mass)
    mass = Decimal(1) if one.unit == KILOGRAM else one.mass
    carbon = EXACT.add(one.carbon or Decimal(0), one.biogenic or Decimal(0))
    if mass is not None and carbon > mass:
        refuse("product", "carbon", T("The carbon weighs more than the product."), T("Correct one of the two."))


def _output(ledger: Ledger, one: Output) -> None:
    basics(ledger, OUTPUT, one)
    in_order("output", one.start, one.end)
    above_zero("output", "quantity", one.quantity)
    if one.revenue is not None:
        not_below_zero("output", "revenue", one.revenue)
    money(OUTPUT, one, "revenue")


def _component(ledger: Ledger, one: Component) -> None:
    basics(ledger, COMPONENT, one)
    above_zero("component", "quantity", one.quantity)
    if load_library().units.find(one.unit) is None:
        refuse("component", "unit", T("Unknown unit “{unit}”.", unit=one.unit),
               T("Use a unit of the list in the template."))  # fmt: skip
    if one.footprint is None:
        _of_library(one)
        return
    not_below_zero("component", "footprint", one.footprint)
    if one.item:
        refuse("component", "footprint", T("There is both an item of the library and a footprint."),
               T("Leave one of the two empty."))  # fmt: skip
    if not one.source.strip():
        refuse("component", "source", T("A footprint needs its source."),
               T("Enter who states it and in which edition, e.g. Example Springs, PCF 2025-03."))  # fmt: skip


def _of_library(one: Component) -> None:
    if one.primary:
        refuse("component", "primary", T("A factor of the library is an average."),
               T("Enter the supplier's own footprint with its source."))  # fmt: skip
    try:
        method_of(one, load_library())
    except UserError as error:
        key = "unit" if one.item else "item"
        raise FieldError("component", key, error.message, error.remedy) from None


def _leg(ledger: Ledger, one: Leg) -> None:
    basics(ledger, LEG, one)
    above_zero("leg", "distance", one.distance)
    if one.mass is not None:
        above_zero("leg", "mass", one.mass)


def _key(ledger: Ledger, one: AllocationKey) -> None:
    basics(ledger, ALLOCATION_KEY, one)
    others = [other for other in ledger.held(AllocationKey) if other.source == one.source and other.id != one.id]
    if others:
        refuse("allocation_key", "source", T("There is a key for this source already."), T("Change that one."))
    numbers = [Decimal(number) for _product, number in one.shares]
    if any(number < 0 for number in numbers):
        refuse("allocation_key", "shares", T("A share cannot be below 0."), T("Correct the number."))
    if one.key == "own" and not any(numbers):
        refuse("allocation_key", "shares", T("An own key needs the share of each product."),
               T("Write it like {example}.", example="Strut=3; Disc=1"))  # fmt: skip
    if one.key != "own" and one.shares:
        refuse("allocation_key", "shares", T("Only an own key has shares."), T("Choose “Own key”, or remove them."))


def _made(ledger: Ledger, one: Output) -> Localised:
    product = ledger.get("product", one.product)
    name = verbatim(one.product) if product is None else name_of(product)
    return T("{source}, {start} – {end}", source=name, start=one.start, end=one.end)


def _shared(_ledger: Ledger, one: AllocationKey) -> Localised:
    return verbatim(one.source) if one.source else T("Every other source")


PRODUCT = Form(
    "product", prefix_of("product"),
    (
        Entered("name", required=True, also=("product", "产品")),
        Entered("number", hint=T("Under which customers know it; a URN is taken over as it is."),
                also=("part number", "物料号")),
        Entered("unit", "choice", True, UNIT_TITLES, T("What the footprint is stated for one of.")),
        Entered("mass", "number", hint=T("Of one declared unit, without packaging. Empty: not known."), unknown=True),
        Entered("code", hint=T("As a URN, e.g. urn:cpc:49129, or with its name: CPC 49129.")),
        Entered("description", "long", hint=T("What customers recognise it by: function, material, size.")),
        Entered("carbon", "number", hint=T("In one declared unit; 0 where there is none. Empty: not known."),
                unknown=True),
        Entered("biogenic", "number", hint=T("In one declared unit; 0 where there is none. Empty: not known."),
                unknown=True),
        NOTE,
    ),
    T("Products"), T("What the plant makes and sells, with what its footprint is stated for."),
    _product, ("name",), ("name",),
)  # fmt: skip
OUTPUT = Form(
    "output", prefix_of("output"),
    (
        Entered("product", "record", True, of=("product",)),
        Entered("start", "day", True),
        Entered("end", "until", True),
        Entered("quantity", "number", True, also=("output", "产量")),
        Entered("revenue", "number", hint=T("For a key by revenue. Empty: not known."), unknown=True),
        currency(),
        proofs(),
        NOTE,
    ),
    T("Outputs"), T("How much of a product was made over some days."),
    _output, ("product", "start", "end"), ("start", "product"), titled=_made,
)  # fmt: skip
COMPONENT = Form(
    "component", prefix_of("component"),
    (
        Entered("product", "record", True, of=("product",)),
        Entered("name", required=True, also=("component", "part", "material", "零件", "材料")),
        Entered("quantity", "number", True, hint=T("For one declared unit, scrap included.")),
        Entered("unit", required=True, hint=T("Of the quantity and of the footprint, e.g. kg or piece.")),
        Entered("item", "choice", False, goods, T("Whose factor holds; none: a footprint is entered.")),
        Entered("footprint", "number", hint=T("As the supplier or a database states it for one unit. Empty: none."),
                unknown=True),
        Entered("source", hint=T("Name and edition with a comma between: Example Springs, PCF 2025-03.")),
        Entered("primary", "flag", hint=T("The supplier calculated it for this part; no average of a database.")),
        Entered("supplier", "record", of=("supplier",)),
        proofs(),
        NOTE,
    ),
    T("Bills of materials"), T("What goes into one declared unit of a product."),
    _component, ("product", "name"), ("product",),
)  # fmt: skip
LEG = Form(
    "leg", prefix_of("leg"),
    (
        Entered("product", "record", True, of=("product",)),
        Entered("name", required=True, also=("leg", "route", "运输段")),
        Entered("stage", "choice", True, STAGES),
        Entered("item", "choice", True, vehicles, also=("vehicle", "运输工具")),
        Entered("distance", "number", True),
        Entered("mass", "number", hint=T("Carried for one declared unit. Empty: the mass of the product."),
                unknown=True),
        NOTE,
    ),
    T("Transport legs"), T("A way that a product or what goes into it travels."),
    _leg, ("product", "name"), ("product", "stage"),
)  # fmt: skip
ALLOCATION_KEY = Form(
    "allocation_key", prefix_of("allocation_key"),
    (
        Entered("source", hint=T("As in the activity data. Empty: every source that no other key names."),
                also=("emission source", "排放源")),
        Entered("key", "choice", True, KEY_TITLES),
        Entered("shares", "pairs", keys="record", hint=T("Of an own key: the weight of each product."),
                of=("product",)),
        Entered("reason", "long", True, hint=T("Why this key and no other; customers ask for it.")),
    ),
    T("Allocation keys"), T("How the emissions of a source are shared among the products."),
    _key, ("source",), ("source",), titled=_shared,
)  # fmt: skip
PRODUCTS = (PRODUCT, OUTPUT, COMPONENT, LEG, ALLOCATION_KEY)
