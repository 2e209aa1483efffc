"""The work for one received file: from its bytes to what head office knows of it.

:func:`judge` is pure and alike everywhere: in a worker of this machine, or on a cluster.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.serialization import Encoding

from core.group.inbox.markings import markings_of
from core.group.packed import LINES, pack
from core.group.ways.way import WAY
from core.group.ways.way import write as write_way
from core.group.year.uncertainty import TERMS, terms_of
from core.handover import Receipt, receive
from core.i18n import Text
from core.library import load_library
from core.methods import plain
from core.signing import Trust
from core.signing.trust import with_rest
from core.store import ACCEPTED, HELD, REJECTED, Filed, Marking

if TYPE_CHECKING:
    from core.inventory import Inventory, Package


@dataclass(frozen=True, slots=True)
class Order:
    """A file to be judged; plain values only, so that it can be sent anywhere."""

    name: str
    data: bytes = field(repr=False)
    roots: tuple[bytes, ...] = field(repr=False)
    """Certificates of the authorities that are believed, DER."""
    crls: tuple[bytes, ...] = field(repr=False)
    """Their lists of revoked certificates, DER."""
    when: datetime
    """The moment of judging, UTC."""
    rebuild: bool = True
    """Render the report again and compare; without it a report is at best held."""
    rest: bytes = field(default=b"", repr=False)
    """What else the trust says, see :attr:`core.signing.Trust.rest`."""

    @property
    def sha256(self) -> str:
        """Of the data."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found in a file by looking at it alone."""

    filed: Filed
    """``accepted``, ``held`` or ``rejected`` with the reasons that lie in the file itself."""
    parts: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What is kept beside the report, by name."""
    markings: tuple[Marking, ...] = field(default=(), repr=False)
    """What may count only once in the group."""


def order(name: str, data: bytes, trust: Trust, when: datetime, *, rebuild: bool = True) -> Order:
    """The order to judge a file under our trust."""
    return Order(
        name,
        data,
        tuple(root.public_bytes(Encoding.DER) for root in trust.authorities),
        tuple(crl.public_bytes(Encoding.DER) for crl in trust.crls),
        when.replace(microsecond=0),
        rebuild,
        trust.rest,
    )


def judge(asked: Order) -> Judged:
    """Verify, recalculate, rebuild and take apart; whatever the file is, only an answer comes out.

    The file is taken apart in this process: whoever calls it for files of strangers does so in a process with limits.
    """
    trust = with_rest(asked.roots, asked.crls, asked.rest)
    return judged(asked, receive(asked.data, trust, load_library(), asked.when, rebuild=asked.rebuild))


def judged(asked: Order, receipt: Receipt) -> Judged:
    """What a receipt means for head office, before it is held against what was filed before."""
    digest, received = asked.sha256, asked.when.isoformat()
    package, inventory = receipt.package, receipt.inventory
    if package is None or inventory is None:
        return Judged(Filed(digest, asked.name, received, REJECTED, (receipt.reason,)))
    state, reasons = _state(receipt)
    filed = _filed(asked, digest, receipt, package, inventory, state, reasons)
    if state == REJECTED:
        return Judged(filed)
    return Judged(filed, _parts(asked, receipt, package, inventory), markings_of(package.ledger, inventory))


def refused(asked: Order, why: Text) -> Judged:
    """The answer about a file that could not be judged within the limits."""
    return Judged(Filed(asked.sha256, asked.name, asked.when.isoformat(), REJECTED, (why,)))


def _parts(asked: Order, receipt: Receipt, package: Package, inventory: Inventory) -> dict[str, bytes]:
    from core.group.asked import kept  # every command enters here, and few file a report
    from core.group.asked.making import kept_of
    from core.group.ways.making import way_of
    from core.report.plans.asked import tried

    way = write_way(way_of(package.ledger, inventory, package.library, receipt.findings))
    parts = {LINES: pack(inventory), TERMS: terms_of(inventory), WAY: way}
    told = tried(lambda: kept.write(kept_of(package, inventory, receipt.findings, asked.when.date())))
    return parts if told is None else {**parts, kept.ASKED: told}


def _state(receipt: Receipt) -> tuple[str, tuple[Text, ...]]:
    """Accepted, held with what a person has to decide, or rejected with the first reason."""
    if not receipt.sound:
        return REJECTED, (receipt.reason,)
    doubts = tuple(receipt.doubts())
    return (HELD, doubts) if doubts else (ACCEPTED, ())


def _filed(
    asked: Order, digest: str, receipt: Receipt, package: Package, inventory: Inventory, state: str,
    reasons: tuple[Text, ...],
) -> Filed:  # fmt: skip
    totals = inventory.totals
    period = package.choices.period
    scopes: dict[str, Decimal] = {**totals.scopes, "biogenic": totals.biogenic, "outside_basket": totals.other}
    audit = package.plain["audit"]
    assert isinstance(audit, dict)
    return Filed(
        digest,
        asked.name,
        asked.when.isoformat(),
        state,
        reasons,
        audit_id=str(audit["id"]),
        revision=package.audit.revision,
        package_sha256=package.sha256,
        plant=inventory.plant.name,
        country=inventory.plant.country,
        region=inventory.plant.region,
        year=period.end.year,
        totals=scopes,
        gases=dict(totals.gases),
        signed_by=tuple(s.signer for s in receipt.signatures),
        signed_at=receipt.signatures[0].signed_at.isoformat() if receipt.signatures else "",
        recalculated_equal=receipt.equal,
        rebuilt=receipt.rebuilt,
        organisation=inventory.plant.organisation,
        start=period.start.isoformat(),
        end=period.end.isoformat(),
        previous=package.audit.previous,
        missing=receipt.missing,
        fingerprints=tuple(s.fingerprint.replace(" ", "").lower() for s in receipt.signatures),
        unknown_factors=tuple(d.where.removeprefix("factor ") for d in receipt.unknown_factors),
        figures=tuple((name, unit, plain(quantity)) for (name, unit), quantity in sorted(receipt.figures().items())),
    )
