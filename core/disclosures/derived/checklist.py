"""Questions of the checklist that records answer: what they say is never typed again, and where they are silent a
person answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from core.disclosures.derived import all_derived
from core.disclosures.derived._figures import of_figure
from core.disclosures.derived._made import NOTHING, Basis, found, lacking, percent, record
from core.disclosures.known import Known
from core.disclosures.undertakings import coverage_of
from core.disclosures.value import PointValue
from core.i18n import T
from core.ledger import MineralDeclaration, Undertaking
from core.ledger.codec import read_decimal
from core.methods import exact_sum
from core.minerals import ACCEPTED, asked_suppliers, newest
from core.minerals.share import counts
from core.minerals.words import ACTIVE, CONFORMANT

Derive = Callable[[Known], PointValue]
PAGE = "suppliers"
OWN = ("CMRT", "EMRT")
NO_LIST = "no_list"
"""Standing of a smelter of whose mineral no list is at hand: nobody can say whether it is conformant."""


def _same(key: str, point: str) -> Derive:
    """A question that asks what a data point says."""
    return lambda known: replace(all_derived()[point](known), point=key)


def _sum(key: str, unit: str, *points: str) -> Derive:
    """Numbers, or the last column of tables, added up; as soon as one is missing, it is missing."""

    def derive(known: Known) -> PointValue:
        values = [all_derived()[point](known) for point in points]
        for one in values:
            if one.missing is not None:
                return lacking(key, one.missing, unit=unit)
        basis = Basis(tuple(dict.fromkeys(origin for one in values for origin in one.origins)),
                      tuple(dict.fromkeys(proof for one in values for proof in one.evidence)))  # fmt: skip
        total = exact_sum(number for one in values for number in _numbers(one))
        return replace(found(key, total, basis, unit), unproven=sum(one.unproven for one in values))

    return derive


def _numbers(value: PointValue) -> list[Decimal]:
    if isinstance(value.value, Decimal):
        return [value.value]
    return [read_decimal(row[-1]) for row in value.rows if row[-1]]


def _signed(known: Known) -> PointValue:
    """Suppliers that signed any of the texts, of those that deliver."""
    key, one = "check.P1", coverage_of(known.ledger, known.today)
    everybody = (*one.signed, *one.expired, *one.missing)
    if not everybody:
        return lacking(key, T("No supplier is entered: enter them on the page “Suppliers”."), unit="%")
    basis = record("supplier", sorted(everybody), T("Suppliers: {count}", count=one.suppliers), PAGE)
    papers = [held for held in known.ledger.held(Undertaking) if held.id in one.papers]
    proofs = (proof for held in papers for proof in held.evidence)
    words = T("Undertakings: {count}", count=len(papers))
    signed = record("undertaking", one.papers, words, PAGE, proofs) if papers else NOTHING
    return percent(key, Decimal(len(one.signed)), Decimal(one.suppliers), basis + signed)


# ---------------------------------------------------------------------- minerals


def _issued(known: Known) -> PointValue:
    """The day of the older of the own declarations that are in force."""
    held = newest(one for one in known.ledger.held(MineralDeclaration) if not one.supplier)
    own = [held["", template] for template in OWN if ("", template) in held and held["", template].effective]
    if not own:
        return lacking("check.M3", T("There is no own {template}: bring it in on the page “Suppliers”.",
                                     template=OWN[0]))  # fmt: skip
    oldest = min(own, key=lambda one: (one.effective, one.id))
    value = found("check.M3", oldest.effective, _declared(*own))
    return replace(value, expired=not counts(oldest, known.today))


def _accepted(known: Known) -> PointValue:
    """Suppliers whose CMRT somebody accepted and that still counts, of those that deliver minerals."""
    key, asked = "check.M4", asked_suppliers(known.ledger, known.today)
    if not asked:
        return lacking(
            key, T("No supplier delivers minerals: say so of those that do on the page “Suppliers”."), unit="%"
        )
    held = newest(one for one in known.ledger.held(MineralDeclaration) if one.supplier)
    good = [
        held[one.id, "CMRT"] for one in asked
        if (one.id, "CMRT") in held
        and held[one.id, "CMRT"].verdict == ACCEPTED and counts(held[one.id, "CMRT"], known.today)
    ]  # fmt: skip
    words = T("Suppliers that deliver minerals: {count}", count=len(asked))
    basis = record("supplier", (one.id for one in asked), words, PAGE)
    return percent(key, Decimal(len(good)), Decimal(len(asked)), _declared(*good) + basis if good else basis)


def _declared(*held: MineralDeclaration) -> Basis:
    words = T("Mineral declarations: {count}", count=len(held))
    proofs = (proof for one in held for proof in one.evidence)
    return record("mineral_declaration", (one.id for one in held), words, PAGE, proofs)


def _wanting(known: Known) -> PointValue:
    """Smelters without a number, or that no list calls conformant or active."""
    key, listed = "check.M5", all_derived()["min.smelters"](known)
    if listed.missing is not None:
        return lacking(key, listed.missing, unit="cases")
    if any(row[-1] == NO_LIST for row in listed.rows):
        return lacking(key, T("No list of smelters is at hand for some minerals: bring one in on the page "
                              "“Suppliers”."), unit="cases")  # fmt: skip
    wanting = sum(not row[1] or row[-1] not in (CONFORMANT, ACTIVE) for row in listed.rows)
    return found(key, Decimal(wanting), Basis(listed.origins, listed.evidence), "cases")


DERIVED: Mapping[str, Derive] = {
    "check.S1": _same("check.S1", "cert.iso45001"),
    "check.S2": of_figure("check.S2", "lost_time_injuries", said="cases"),
    "check.M3": _issued,
    "check.M4": _accepted,
    "check.M5": _wanting,
    "check.P1": _signed,
    "check.V1": _same("check.V1", "cert.iso14001"),
    "check.V2": _same("check.V2", "cert.iso50001"),
    "check.V5": _sum("check.V5", "m3", "water.withdraw"),
    "check.V6": _sum("check.V6", "t", "waste.haz", "waste.nonhaz"),
    "check.V8": _same("check.V8", "audit.internal"),
}
ALSO_ASKED = tuple(DERIVED)
DATED = ("check.S1", "check.M3", "check.M4", "check.M5", "check.P1", "check.V1", "check.V2")
