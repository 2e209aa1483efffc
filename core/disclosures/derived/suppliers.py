"""What suppliers have signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from core.disclosures.derived._made import NOTHING, Row, lacking, record, table
from core.disclosures.known import Known
from core.disclosures.undertakings import coverages_of
from core.disclosures.value import PointValue
from core.i18n import T
from core.ledger import Undertaking
from core.methods import plain


def _undertakings(known: Known) -> PointValue:
    """By text: how many of the suppliers that deliver have signed it, and it holds."""
    key = "supp.undertake"
    every = coverages_of(known.ledger, known.today)
    ids = sorted((*every[0].signed, *every[0].expired, *every[0].missing))
    if not ids:
        return lacking(key, T("No supplier is entered: enter them on the page “Suppliers”."))
    rows: list[Row] = [
        (one.text, str(one.suppliers), str(len(one.signed)), "" if one.percent is None else plain(one.percent))
        for one in every
    ]
    valid = {paper for one in every for paper in one.papers}
    papers = [one for one in known.ledger.held(Undertaking) if one.id in valid]
    basis = record("supplier", ids, T("Suppliers: {count}", count=len(ids)), "suppliers")
    proofs = (key for one in papers for key in one.evidence)
    words = T("Undertakings: {count}", count=len(papers))
    signed = record("undertaking", (one.id for one in papers), words, "suppliers", proofs) if papers else NOTHING
    return table(key, rows, basis + signed)


DERIVED: Mapping[str, Callable[[Known], PointValue]] = {"supp.undertake": _undertakings}
DATED = tuple(DERIVED)
