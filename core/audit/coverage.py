"""How many of the tonnes rest on which class of proof, what has none, and what was waived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.checks import Review, about, facts_of
from core.checks._required import lacking
from core.checks.required_evidence import RULE, finding_of
from core.i18n import T, Text
from core.inventory import Inventory
from core.inventory.evidence import CLASS_NAMES, CLASSES, NO_DOCUMENT, NOTHING, NUMBER, evidence_coverage
from core.inventory.totals import LOCATION, MARKET, ZERO
from core.ledger import Activity, Evidence
from core.library import EXACT
from core.methods import Finding, exact_sum

WAIVED = "waived"
TITLES: dict[str, Text] = {
    **{key: name for key, name in CLASS_NAMES.items() if key not in NO_DOCUMENT},
    NUMBER: T("Only a number"),
    WAIVED: T("Waived"),
    NOTHING: T("Nothing"),
}
"""Every class, strongest first: kept files by their kind, a number that is only named, a reasoned waiver, nothing."""
_SCOPES = {"location": LOCATION, "market": MARKET}


@dataclass(frozen=True, slots=True)
class ClassShare:
    """What rests on one class of proof."""

    key: str
    """Of :data:`TITLES`."""
    tonnes: Decimal
    """Without sign, so that credits hide nothing. [t CO2e]"""
    percent: Decimal
    """Of all tonnes without sign. [%]"""


@dataclass(frozen=True, slots=True)
class Unproven:
    """A record of which no proof is kept."""

    activity: Activity
    proof: str
    """``number``, ``waived`` or ``nothing``."""
    tonnes: Decimal
    """In the total where they are more. [t CO2e]"""
    percent: Decimal
    """Of the larger of the two totals without sign. [%]"""
    reason: str = ""
    """Of the waiver."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the tonnes of an inventory rest on."""

    classes: Mapping[str, tuple[ClassShare, ...]]
    """``location`` and ``market``; only classes that have tonnes, strongest first."""
    kept: Mapping[str, Decimal]
    """``location`` and ``market``: share that rests on kept files. [%]"""
    unproven: tuple[Unproven, ...]
    """Most tonnes first."""
    waivers: Mapping[str, str]
    """Reason by the id of the record."""


def coverage(inventory: Inventory, findings: Iterable[Finding]) -> Coverage:
    """Evidence coverage by class of proof.

    Parameters
    ----------
    inventory
        lines and kept files.
    findings
        of its review, with the reasons of those that were dismissed.

    Returns
    -------
    Coverage
        a record counts for the strongest of its proofs; the certificate of a meter and the workbook that rows came
        from are none. A record whose required file was waived with a reason is ``waived``, unless a file is kept.

    Notes
    -----
    ``share = Σ |t of the class| / Σ |t|``; ISO 14064-3:2019, 4.3 and 6.1.3, asks for evidence and names no figure.
    """
    waivers = waived(inventory, findings)
    strongest = _strongest(inventory.evidence)
    sums: dict[str, dict[str, Decimal]] = {key: {} for key in _SCOPES}
    for line in inventory.lines:
        kind = _class(line.activity, strongest, waivers)
        for key, scopes in _SCOPES.items():
            if line.scope in scopes:
                sums[key][kind] = EXACT.add(sums[key].get(kind, ZERO), abs(line.tco2e))
    classes = {key: _shares(found) for key, found in sums.items()}
    kept = {key: exact_sum(one.percent for one in found if one.key in CLASSES) for key, found in classes.items()}
    return Coverage(classes, kept, _unproven(inventory, waivers), waivers)


def waived(inventory: Inventory, findings: Iterable[Finding]) -> dict[str, str]:
    """The reason by the id of each record whose required file was waived."""
    said = {(about(f), facts_of(f)): f.dismissed for f in findings if f.rule == RULE.key and f.dismissed}
    if not said:
        return {}
    review, found = Review(inventory), dict[str, str]()
    for one in lacking(review):
        finding = finding_of(review, one)
        if reason := said.get((about(finding), facts_of(finding))):
            found |= {record.id: reason for record in one.records}
    return found


def _strongest(evidence: Iterable[Evidence]) -> dict[str, str]:
    """The first kind in the order of classes of each record that a document proves."""
    rank = {kind: place for place, kind in enumerate(CLASSES)}
    found: dict[str, str] = {}
    for proof in evidence:
        if proof.kind in NO_DOCUMENT:
            continue
        kind = proof.kind if proof.kind in rank else "other"
        for key in proof.activities:
            if key not in found or rank[kind] < rank[found[key]]:
                found[key] = kind
    return found


def _class(activity: Activity, strongest: Mapping[str, str], waivers: Mapping[str, str]) -> str:
    if activity.id in strongest:
        return strongest[activity.id]
    if activity.id in waivers:
        return WAIVED
    return NUMBER if activity.evidence.strip() else NOTHING


def _shares(sums: Mapping[str, Decimal]) -> tuple[ClassShare, ...]:
    total = exact_sum(sums.values())
    return tuple(ClassShare(key, sums[key], _percent(sums[key], total)) for key in TITLES if sums.get(key))


def _unproven(inventory: Inventory, waivers: Mapping[str, str]) -> tuple[Unproven, ...]:
    known = evidence_coverage(inventory)
    total = max(one.total for one in known.totals.values())
    return tuple(
        Unproven(
            one.activity,
            WAIVED if one.activity.id in waivers else one.proof,
            one.tonnes,
            _percent(one.tonnes, total),
            waivers.get(one.activity.id, ""),
        )
        for one in known.unproven
    )


def _percent(part: Decimal, whole: Decimal) -> Decimal:
    return EXACT.divide(EXACT.multiply(part, Decimal(100)), whole) if whole else ZERO
