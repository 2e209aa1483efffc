"""What suppliers have signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from core.disclosures.derived._made import HUNDRED, NOTHING, Row, lacking, record, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T
from core.ledger import Supplier, Undertaking
from core.library import EXACT
from core.methods import KG, plain

TEXTS = ("ungc", "ilo", "ungp", "code_of_conduct", "other")


def delivering(known: Known) -> tuple[Supplier, ...]:
    """Suppliers that still deliver on the day asked about."""
    today = known.today.isoformat()
    return tuple(one for one in known.ledger.held(Supplier) if not one.until or one.until >= today)


def _undertakings(known: Known) -> PointValue:
    """By text: how many of the suppliers that deliver have signed it, and it holds."""
    key, suppliers = "supp.undertake", delivering(known)
    if not suppliers:
        return lacking(key, T("No supplier is entered: enter them on the page “Suppliers”."))
    ids, today = {one.id for one in suppliers}, known.today.isoformat()
    valid = [
        one for one in known.ledger.held(Undertaking)
        if one.supplier in ids and one.signed <= known.today and (not one.valid_to or one.valid_to >= today)
    ]  # fmt: skip
    rows: list[Row] = []
    for text in TEXTS:
        signed = {one.supplier for one in valid if one.text == text}
        if signed or text in TEXTS[:4]:
            share = EXACT.divide(EXACT.multiply(Decimal(len(signed)), HUNDRED), Decimal(len(ids)))
            rows.append((text, str(len(ids)), str(len(signed)), plain(EXACT.quantize(share, KG))))
    words = T("Suppliers: {count}", count=len(ids))
    basis = record("supplier", sorted(ids), words, "suppliers")
    proofs = (key for one in valid for key in one.evidence)
    papers = T("Undertakings: {count}", count=len(valid))
    signed_ = record("undertaking", (one.id for one in valid), papers, "suppliers", proofs) if valid else NOTHING
    return table(key, rows, basis + signed_)


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {"supp.undertake": _undertakings}
