"""How many of the tonnes rest on proof: a kept file, only a number, nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.inventory.compile import Inventory
from core.inventory.totals import LOCATION, MARKET, ZERO
from core.ledger import Activity, Evidence
from core.library import EXACT
from core.methods import Line, plain

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
    """Ids of records that a kept file proves; the workbook they were imported from proves nothing."""
    return frozenset(id_ for one in evidence if one.kind != "import" for id_ in one.activities)


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
    scopes, totals = _Sums(), _Sums()
    sources = {"location": _Sums(), "market": _Sums()}
    for line in inventory.lines:
        proof, tonnes = proof_of(line.activity, proven), abs(line.tco2e)
        scopes.add(line.scope, proof, tonnes)
        for key in _views(line):
            totals.add(key, proof, tonnes)
            sources[key].add(line.activity.source, proof, tonnes)
    both = {"location": Proven(), "market": Proven()} | totals.done()
    by_source = {key: sums.done() for key, sums in sources.items()}
    return EvidenceCoverage(scopes.done(), by_source, both, _unproven(inventory.lines, proven))


def _views(line: Line) -> tuple[str, ...]:
    return tuple(key for key, scopes in (("location", LOCATION), ("market", MARKET)) if line.scope in scopes)


def _unproven(lines: Iterable[Line], proven: frozenset[str]) -> tuple[Unproven, ...]:
    sums: dict[str, dict[str, Decimal]] = {}
    records: dict[str, Activity] = {}
    for line in lines:
        if line.activity.id not in proven:
            records[line.activity.id] = line.activity
            own = sums.setdefault(line.activity.id, {"location": ZERO, "market": ZERO})
            for key in _views(line):
                own[key] = EXACT.add(own[key], abs(line.tco2e))
    found = [Unproven(a, proof_of(a, proven), max(sums[id_].values())) for id_, a in records.items()]
    return tuple(sorted((u for u in found if u.tonnes), key=lambda u: (-u.tonnes, u.activity.id)))


def evidence_to_plain(coverage: EvidenceCoverage) -> dict[str, object]:
    """JSON-ready; tonnes and percent as strings."""
    return {
        "totals": {key: _proven(one) for key, one in coverage.totals.items()},
        "scopes": {key: _proven(one) for key, one in coverage.scopes.items()},
        "sources": {
            key: [{"source": source, **_proven(one)} for source, one in sources.items()]
            for key, sources in coverage.sources.items()
        },
        "without_kept_proof": [
            {"activity": u.activity.id, "source": u.activity.source, "proof": u.proof, "tco2e": plain(u.tonnes)}
            for u in coverage.unproven
        ],
    }


def _proven(one: Proven) -> dict[str, str]:
    amounts = {KEPT: one.kept, NUMBER: one.number, NOTHING: one.nothing}
    shares = {f"{key}_percent": plain(round(one.percent(tonnes), 6)) for key, tonnes in amounts.items()}
    return {f"{key}_tco2e": plain(tonnes) for key, tonnes in amounts.items()} | shares
