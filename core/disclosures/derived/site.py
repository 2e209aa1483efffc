"""Who and where: legal entity, site, people, what is made, the period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.disclosures.derived._figures import basis_of, figure, of_figure, why_missing
from core.disclosures.derived._made import NOTHING, Basis, Row, found, lacking, record, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T, Text, verbatim
from core.inventory import Period
from core.inventory.period import share
from core.ledger import Output, Plant, Product, PvSystem
from core.library import EXACT
from core.methods import plain


def _plant(known: Known) -> Basis:
    words = T("The plant: {name}", name=verbatim(known.inventory.plant.name))
    return record("plant", (known.inventory.plant.id,), words, "overview")


def _of_plant(key: str, field: Callable[[Plant], str], missing: Text) -> Callable[[Known], PointValue]:
    def derive(known: Known) -> PointValue:
        said = field(known.inventory.plant).strip()
        return found(key, said, _plant(known)) if said else lacking(key, missing, _plant(known))

    return derive


def _countries(known: Known) -> PointValue:
    return table("org.countries", ((known.inventory.plant.country,),), _plant(known))


def _geo(known: Known) -> PointValue:
    """Where the first PV system stands: nobody has to find its place twice."""
    systems = sorted(known.ledger.held(PvSystem), key=lambda one: one.id)
    if not systems:
        return lacking("site.geo", T("No PV system says where the plant lies: answer it."))
    one = systems[0]
    basis = record("pv_system", (one.id,), T("PV system “{name}”", name=verbatim(one.name)), "solar")
    return found("site.geo", f"{plain(one.latitude)}, {plain(one.longitude)}", basis)


# ---------------------------------------------------------------------- products


def _products(known: Known) -> PointValue:
    held = sorted(known.ledger.held(Product), key=lambda one: one.id)
    if not held:
        return lacking("site.products", T("No product is entered: enter what the plant makes on the page “Products”."))
    rows = ((one.name, one.number, one.description or one.note) for one in held)
    basis = record("product", (one.id for one in held), T("Products: {count}", count=len(held)), "products")
    return table("site.products", rows, basis)


def _output(known: Known) -> PointValue:
    """What was made of each product; without products the key figure of production."""
    period = known.inventory.choices.period
    made = [one for one in known.ledger.held(Output) if period.overlap(Period(one.start, one.end)) is not None]
    return _of_outputs(known, made) if made else _production(known)


def _of_outputs(known: Known, made: list[Output]) -> PointValue:
    period, sums = known.inventory.choices.period, dict[str, Decimal]()
    for one in made:
        span = Period(one.start, one.end)
        inside = span.overlap(period)
        assert inside is not None
        part = share(one.quantity, inside.days, span.days)
        sums[one.product] = EXACT.add(sums.get(one.product, Decimal(0)), part)
    products = {one.id: one for one in known.ledger.held(Product)}
    rows: list[Row] = []
    for key, quantity in sorted(sums.items()):
        product = products.get(key)
        name, unit = (product.name, product.unit) if product is not None else (key, "")
        rows.append((name, plain(quantity), unit))
    words = T("Records of output: {count}", count=len(made))
    proofs = [proof for one in made for proof in one.evidence]
    return table("site.output", rows, record("output", (one.id for one in made), words, "products", proofs))


def _production(known: Known) -> PointValue:
    measured = figure(known, "production")
    if measured.quantity is None:
        return lacking("site.output", why_missing(measured))
    return table("site.output", (("production", plain(measured.quantity), measured.unit),), basis_of(known, measured))


# ---------------------------------------------------------------------- the period


def _period(known: Known) -> Basis:
    words = T("Choices of {year}", year=str(known.year))
    held = known.ledger.audit(known.year)
    return NOTHING if held is None else record("audit", (held.id,), words, "report")


def _start(known: Known) -> PointValue:
    return found("period.start", known.inventory.choices.period.start.isoformat(), _period(known))


def _end(known: Known) -> PointValue:
    return found("period.end", known.inventory.choices.period.end.isoformat(), _period(known))


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "org.name": _of_plant(
        "org.name", lambda one: one.organisation, T("Enter the legal entity in the description of the plant.")
    ),
    "org.revenue": of_figure("org.revenue", "revenue"),
    "org.countries": _countries,
    "site.name": _of_plant("site.name", lambda one: one.name, T("Enter the name in the description of the plant.")),
    "site.country": _of_plant("site.country", lambda one: one.country, T("Choose the country of the plant.")),
    "site.geo": _geo,
    "site.headcount": of_figure("site.headcount", "headcount", "person", "persons"),
    "site.products": _products,
    "site.output": _output,
    "period.start": _start,
    "period.end": _end,
}
ALSO_ASKED = ("site.geo",)
