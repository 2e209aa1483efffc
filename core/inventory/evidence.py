"""How many of the tonnes rest on proof: a kept file, only a number, nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.i18n import T, Text
from core.inventory.compile import Inventory
from core.inventory.totals import LOCATION, MARKET, ZERO
from core.ledger import Activity, Evidence
from core.library import EXACT
from core.methods import exact_sum

CLASSES = ("bill", "meter_photo", "contract", "certificate", "calibration", "laboratory", "minutes", "other")
"""What a person may call a proof."""
CALIBRATION = "calibration"
"""Of a meter: proves how it measures, not what."""
IMPORT = "import"
"""Given by the import alone: where the rows come from."""
NO_DOCUMENT = frozenset({IMPORT, CALIBRATION})
"""The workbook that rows came from proves nothing about them, nor does the certificate of a meter."""
CLASS_NAMES: dict[str, Text] = {
    "bill": T("Bill"),
    "meter_photo": T("Photograph of a meter"),
    "contract": T("Contract"),
    "certificate": T("Certificate"),
    "calibration": T("Calibration of a meter"),
    "laboratory": T("Laboratory report"),
    "minutes": T("Minutes"),
    "import": T("Imported file"),
    "other": T("Other"),
}
KEPT, NUMBER, NOTHING = "kept", "number", "nothing"
PROOFS = (KEPT, NUMBER, NOTHING)
"""A file is kept, a bill or other reference is only named, neither; best first."""


@dataclass(frozen=True, slots=True)
class Proven:
    """Tonnes by their proof; without sign, so that credits hide nothing. [t CO2e]"""

    kept: Decimal = ZERO
    number: Decimal = ZERO
    nothing: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        return EXACT.add(EXACT.add(self.kept, self.number), self.nothing)

    def percent(self, tonnes: Decimal) -> Decimal:
        """Share of these tonnes; zero of nothing. [%]"""
        return EXACT.divide(EXACT.multiply(tonnes, Decimal(100)), self.total) if self.total else ZERO


@dataclass(frozen=True, slots=True)
class Unproven:
    """A record of which no proof is kept."""

    activity: Activity
    proof: str
    """``number`` or ``nothing``."""
    tonnes: Decimal
    """In the total where they are more. [t CO2e]"""


@dataclass(frozen=True, slots=True)
class EvidenceCoverage:
    """What the tonnes of an inventory rest on."""

    scopes: Mapping[str, Proven]
    """Each scope that has lines."""
    sources: Mapping[str, Mapping[str, Proven]]
    """By ``location`` and ``market``, then by source, largest first."""
    totals: Mapping[str, Proven]
    """``location`` and ``market``."""
    unproven: tuple[Unproven, ...]
    """Most tonnes first."""


def proven_ids(evidence: Iterable[Evidence]) -> frozenset[str]:
    """Ids of records that a kept file proves: no workbook they were imported from, no certificate of their meter."""
    return frozenset(id_ for one in evidence if one.kind not in NO_DOCUMENT for id_ in one.activities)


def proof_of(activity: Activity, proven: frozenset[str]) -> str:
    """``kept``, ``number`` or ``nothing``."""
    if activity.id in proven:
        return KEPT
    return NUMBER if activity.evidence.strip() else NOTHING


@dataclass(slots=True)
class _Sums:
    proofs: dict[str, dict[str, Decimal]] = field(default_factory=dict)

    def add(self, key: str, proof: str, tonnes: Decimal) -> None:
        sums = self.proofs.setdefault(key, dict.fromkeys(PROOFS, ZERO))
        sums[proof] = EXACT.add(sums[proof], tonnes)

    def done(self) -> dict[str, Proven]:
        found = {key: Proven(**sums) for key, sums in self.proofs.items()}
        return dict(sorted(found.items(), key=lambda pair: (-pair[1].total, pair[0])))


def evidence_coverage(inventory: Inventory) -> EvidenceCoverage:
    """Tonnes with kept proof, with only a number, and with nothing: by scope, source and total.

    Parameters
    ----------
    inventory
        lines and kept files.

    Returns
    -------
    EvidenceCoverage
        with the records that lack a kept file, most tonnes first.
    """
    proven = proven_ids(inventory.evidence)
    alike: dict[tuple[str, str, str], Decimal] = {}
    missing: dict[str, tuple[Activity, str, dict[str, Decimal]]] = {}
    for line in inventory.lines:
        activity, tonnes = line.activity, abs(line.tco2e)
        proof = proof_of(activity, proven)
        place = (line.scope, activity.source, proof)
        alike[place] = EXACT.add(alike.get(place, ZERO), tonnes)
        if proof != KEPT:
            own = missing.setdefault(activity.id, (activity, proof, {}))[2]
            own[line.scope] = EXACT.add(own.get(line.scope, ZERO), tonnes)
    scopes, totals = _Sums(), _Sums()
    sources = {"location": _Sums(), "market": _Sums()}
    for (scope, source, proof), tonnes in alike.items():
        scopes.add(scope, proof, tonnes)
        for key, members in _TOTALS.items():
            if scope in members:
                totals.add(key, proof, tonnes)
                sources[key].add(source, proof, tonnes)
    both = {key: Proven() for key in _TOTALS} | totals.done()
    by_source = {key: sums.done() for key, sums in sources.items()}
    return EvidenceCoverage(scopes.done(), by_source, both, _unproven(missing.values()))


_TOTALS = {"location": LOCATION, "market": MARKET}


def _unproven(missing: Iterable[tuple[Activity, str, Mapping[str, Decimal]]]) -> tuple[Unproven, ...]:
    found = [Unproven(activity, proof, _larger(tonnes)) for activity, proof, tonnes in missing]
    return tuple(sorted((u for u in found if u.tonnes), key=lambda u: (-u.tonnes, u.activity.id)))


def _larger(tonnes: Mapping[str, Decimal]) -> Decimal:
    """In the total where a record counts more."""
    return max(exact_sum(tonnes[s] for s in scopes if s in tonnes) for scopes in _TOTALS.values())
