"""Minerals: what is in products, the own declarations, those of suppliers, smelters with their standing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from core.disclosures.derived._made import Basis, Row, found, lacking, percent, record, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T
from core.ledger import MineralDeclaration, SmelterList, Supplier
from core.minerals import OwnDeclaration, asked_suppliers, newest, response_share, rollup
from core.minerals.asked import Asked
from core.minerals.share import counts
from core.minerals.templates import ADDED, REMAINS, answer_key

PAGE = "suppliers"
CMRT, EMRT = "CMRT", "EMRT"
SILENT = "silent"
"""State of a supplier that was asked and has not answered."""
RECEIVED = "received"
"""State of a declaration that nobody has decided about. What the rules find in it is no answer: a report carries no
smelters to judge it by, and head office must say what the plant says."""
STAYS = T("Lists of smelters stay at the plant; ask it for its declaration.")
NOBODY = T("No supplier delivers minerals: say so of those that do on the page “Suppliers”.")


def _own(known: Known, template: str) -> MineralDeclaration | None:
    """The company's own newest declaration by a template."""
    return newest(one for one in known.ledger.held(MineralDeclaration) if not one.supplier).get(("", template))


def _of(*declarations: MineralDeclaration) -> Basis:
    words = T("Mineral declarations: {count}", count=len(declarations))
    proofs = (proof for one in declarations for proof in one.evidence)
    return record("mineral_declaration", (one.id for one in declarations), words, PAGE, proofs)


def _rolled(known: Known) -> OwnDeclaration:
    return known.once(f"minerals {known.today}", lambda one: rollup(one.ledger, one.today))


# ---------------------------------------------------------------------- the company itself


def _declared(key: str, template: str) -> Callable[[Known], PointValue]:
    """The own declaration: edition, scope and day; after a year it counts no more."""

    def derive(known: Known) -> PointValue:
        one = _own(known, template)
        if one is None:
            why = T("There is no own {template}: bring it in on the page “Suppliers”.", template=template)
            return lacking(key, why)
        said = ", ".join(part for part in (one.edition, one.scope, one.effective) if part)
        return replace(found(key, said or one.template, _of(one)), expired=not counts(one, known.today))

    return derive


def _in_product(known: Known) -> PointValue:
    """By the own declarations; without one, as the accepted declarations of suppliers say."""
    key, rows, basis = "min.in_product", list[Row](), Basis()
    for template in ("CMRT", "EMRT", "AMRT"):
        own, rolled = _own(known, template), _rolled(known).by(template)
        if own is not None:
            sheet = Asked.of(own)
            products = "; ".join(row[1] or row[0] for row in own.products if len(row) > 1)
            rows += ((one, sheet.answer(ADDED, one), sheet.answer(REMAINS, one), products) for one in sheet.minerals)
            basis = basis + _of(own)
        elif rolled is not None and rolled.used:
            asked = {about: rolled.template.about(about) for about in (ADDED, REMAINS)}
            for mineral in rolled.minerals:
                said = (
                    "" if one is None else rolled.answers.get(answer_key(one.key, mineral), "")
                    for one in asked.values()
                )
                rows.append((mineral, *said, ""))
            basis = basis + _of(*rolled.used)
    rows = [row for row in rows if row[1] or row[2]]
    if not rows:
        why = T("No own declaration and no accepted one of a supplier says which minerals products contain: answer it.")
        return lacking(key, why)
    return table(key, dict.fromkeys(rows), basis)


# ---------------------------------------------------------------------- suppliers


def _register(known: Known) -> PointValue:
    """The newest declaration of each supplier by each template, and suppliers that were asked and are silent."""
    key, suppliers = "min.supplier_cmrt", asked_suppliers(known.ledger, known.today)
    held = newest(one for one in known.ledger.held(MineralDeclaration) if one.supplier)
    if not suppliers and not held:
        return lacking(key, NOBODY)
    names = {one.id: one.name for one in known.ledger.held(Supplier)}
    rows: list[Row] = []
    for (supplier, template), one in sorted(held.items()):
        name = names.get(supplier, supplier)
        rows.append((name, template, one.edition, one.effective, one.verdict or RECEIVED))
    heard = {supplier for supplier, _ in held}
    rows += ((one.name, "", "", "", SILENT) for one in suppliers if one.id not in heard)
    basis = _of(*held.values()) if held else Basis()
    return table(key, rows, basis + _suppliers(suppliers))


def _suppliers(suppliers: tuple[Supplier, ...]) -> Basis:
    if not suppliers:
        return Basis()
    words = T("Suppliers that deliver minerals: {count}", count=len(suppliers))
    return record("supplier", (one.id for one in suppliers), words, PAGE)


def _response(known: Known) -> PointValue:
    """Suppliers that answered by any template, of those that deliver minerals."""
    key = "min.response_pct"
    answered, asked = response_share(known.ledger, known.today)
    if not asked:
        return lacking(key, NOBODY, unit="%")
    held = [one for one in known.ledger.held(MineralDeclaration) if one.supplier and counts(one, known.today)]
    basis = _suppliers(asked_suppliers(known.ledger, known.today))
    return percent(key, Decimal(answered), Decimal(asked), (_of(*held) if held else Basis()) + basis)


def _smelters(known: Known) -> PointValue:
    """Every smelter that accepted declarations name, once for each mineral, with its published standing."""
    key, rows, basis = "min.smelters", dict[Row, None](), Basis()
    for one in _rolled(known).templates:
        for own in one.smelters:
            said = own.smelter
            rows[said.mineral, said.id, said.name or said.chosen, said.country, said.standing.key] = None
        if one.smelters:
            basis = basis + _of(*one.used)
    if not rows and known.of_report and any(one.used for one in _rolled(known).templates):
        return lacking(key, STAYS)
    if not rows:
        return lacking(key, T("No accepted declaration of a supplier names a smelter."))
    lists = known.ledger.held(SmelterList)
    if lists:
        words = T("Lists of smelters: {count}", count=len(lists))
        proofs = (proof for one in lists for proof in one.evidence)
        basis = basis + record("smelter_list", (one.id for one in lists), words, PAGE, proofs)
    return table(key, sorted(rows), basis)


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "min.in_product": _in_product,
    "min.cmrt_own": _declared("min.cmrt_own", CMRT),
    "min.emrt_own": _declared("min.emrt_own", EMRT),
    "min.supplier_cmrt": _register,
    "min.response_pct": _response,
    "min.smelters": _smelters,
}
ALSO_ASKED = ("min.in_product",)
DATED = tuple(DERIVED)
