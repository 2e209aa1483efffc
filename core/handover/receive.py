"""A report arrives: verify the signatures, read the data, calculate everything again, and render the report again."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from types import MappingProxyType

from core.audit.wellformed import check_all
from core.checks import review
from core.errors import UserError
from core.handover.audit_checks import check_declared, unlike_their_seeds
from core.handover.carrying import Travelling, attachments_in, travelling
from core.handover.energy_checks import contradictions, unknown_sets
from core.handover.signatures import missing_from, why_missing
from core.i18n import T, Text, verbatim
from core.inventory import Difference, Inventory, Package, differences, read, unknown_factors
from core.ledger import KeyFigure
from core.library import EXACT, Library
from core.methods import Finding
from core.report import RENDERER, compare
from core.signing import SignatureReport, Trust, Verification, verify, verify_isolated

UNKNOWN_RENDERER = T(
    "Signed and recalculated; the pages were made by another program version and could not be rebuilt."
)

OF_GROUP = T("This is the report of a group, not of a plant.")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was found out about one received file."""

    verification: Verification
    package: Package | None = None
    inventory: Inventory | None = None
    """Recalculated; None when the file was refused before."""
    differences: tuple[Difference, ...] = ()
    """Every line and total that the recalculation does not confirm, factors of our own library that differ included."""
    unknown_factors: tuple[Difference, ...] = ()
    """Factors inside the package that our own library does not have."""
    rebuilt: str = "not-checked"
    """``equal``, ``differs``, ``unknown-renderer`` or ``not-checked``."""
    problem: Text | None = None
    """Why the data could not be read."""
    missing: tuple[str, ...] = ()
    """Fields of the signatures that the report needs and does not have."""
    findings: tuple[Finding, ...] = ()
    """Of our own review of what was recalculated."""

    @property
    def signatures(self) -> tuple[SignatureReport, ...]:
        return self.verification.signatures

    @property
    def proofs(self) -> tuple[Travelling, ...]:
        """Kept files that travelled inside the report, each as it was signed."""
        return () if self.package is None else travelling(self.package.ledger)

    @property
    def lean(self) -> Receipt:
        """The same without the bytes of the file, for whoever keeps many: proofs inside may make a report large."""
        return replace(self, verification=replace(self.verification, original=b"", attachments=MappingProxyType({})))

    @property
    def equal(self) -> bool:
        """The recalculation confirms every line and total to the last digit."""
        return self.inventory is not None and not self.differences

    @property
    def sound(self) -> bool:
        """Signed by whom we trust, unaltered, recalculated equal, and showing what the data say as far as is known."""
        return self.verification.valid and self.equal and self.rebuilt != "differs"

    @property
    def valid(self) -> bool:
        """Sound, and signed by everybody who has to."""
        return self.sound and not self.missing

    def doubts(self) -> Iterator[Text]:
        """What of a sound report a person has to decide about."""
        if (absent := why_missing(self.missing)) is not None:
            yield absent
        if self.rebuilt == "unknown-renderer":
            yield UNKNOWN_RENDERER
        elif self.rebuilt != "equal":
            yield T("Whether the pages show what the data say was not checked.")
        for unknown in self.unknown_factors:
            yield T("The factor {key} is not in our library.", key=verbatim(unknown.where.removeprefix("factor ")))

    def figures(self) -> dict[tuple[str, str], Decimal]:
        """Quantities that emissions are held against, of the whole period, by name and unit."""
        found: dict[tuple[str, str], Decimal] = {}
        if self.package is None:
            return found
        period = self.package.choices.period
        for one in self.package.ledger.held(KeyFigure):
            if period.start <= one.start and one.end <= period.end:
                key = (one.name, one.unit)
                found[key] = EXACT.add(found.get(key, Decimal(0)), one.quantity)
        return found

    @property
    def reason(self) -> Text:
        """The first reason against it, or that all is well."""
        if not self.verification.valid:
            return self.verification.reason
        if self.problem is not None:
            return self.problem
        if self.differences:
            return T("{count} values differ from the recalculation, first: {where}.",
                     count=len(self.differences), where=self.differences[0].where)  # fmt: skip
        if self.rebuilt == "differs":
            return T("The pages do not show what the data say.")
        if (absent := why_missing(self.missing)) is not None:
            return absent
        if self.rebuilt == "unknown-renderer":
            return UNKNOWN_RENDERER
        return T("Signed, unaltered, recalculated equal, and rebuilt equal.")


def receive(
    pdf: bytes, trust: Trust, library: Library, when: datetime, *, isolated: bool = False, rebuild: bool = True
) -> Receipt:
    """Judge a received report.

    Parameters
    ----------
    pdf
        untrusted bytes.
    trust
        roots and revocation lists of head office.
    library
        our own, against which the factors inside are held.
    when
        the moment of judging, UTC.
    isolated
        take the file apart in a process of its own with limits on time and memory, as befits files of strangers.
    rebuild
        render the report again and compare, the slowest part.

    Returns
    -------
    Receipt
        never an exception for bad input: what is wrong is its reason.
    """
    examine = verify_isolated if isolated else verify
    verification = examine(pdf, trust, when=when, required=())  # its package says which it needs
    if verification.package_bytes is None:
        of_group = verification.valid and verification.group_bytes is not None
        return Receipt(verification, problem=OF_GROUP if of_group else None)
    try:
        package = read(verification.package_bytes)
        check_all(record for held in package.ledger.records.values() for record in held.values())
        missing = missing_from(package, verification.signatures)
        _check_sites(verification.signatures, package)
        inventory = package.inventory()
        check_declared(package, inventory)
        same = package.issue.renderer == RENDERER
        found = review(inventory)
        stated = differences(package, inventory, found, same_program=same)
        stated += contradictions(package, library) if same else ()
        stated += unlike_their_seeds(package, inventory)
        strange = (*unknown_factors(package, library), *unknown_sets(package, library))
        rebuilt = "not-checked"
        if rebuild:
            carried = attachments_in(package.ledger, verification.attachments)
            rebuilt = compare(verification.original, package, carried)
    except UserError as error:
        return Receipt(verification, problem=error.message)
    altered = tuple(d for d in strange if d.recalculated != "—")
    unknown = tuple(d for d in strange if d.recalculated == "—")
    return Receipt(verification, package, inventory, (*stated, *altered), unknown, rebuilt, None, missing, found)


def proof_inside(pdf: bytes, one: Travelling, trust: Trust, when: datetime) -> bytes:
    """The bytes of a proof that travelled inside a received report, as they were signed.

    Parameters
    ----------
    pdf
        untrusted bytes of the report; it is verified in a process of its own.
    one
        which of :attr:`Receipt.proofs`.
    trust, when
        as in :func:`receive`.

    Raises
    ------
    UserError
        when the report was altered, or does not hold it.
    """
    found = verify_isolated(pdf, trust, when=when, required=()).attachments.get(one.file)
    if found is None or hashlib.sha256(found).hexdigest() != one.proof.sha256:
        raise UserError(
            T("The proof “{name}” is not inside the report as it was signed.", name=verbatim(one.proof.name)),
            T("Ask the plant for the report again."),
        )
    return found


def _check_sites(signatures: Iterable[SignatureReport], package: Package) -> None:
    """Head office names in a certificate the plants a person may sign for; none named means all."""
    plant = unicodedata.normalize("NFC", package.ledger.plant.name.strip())
    for signature in signatures:
        if signature.sites and plant not in signature.sites:
            raise UserError(
                T("{signer} may not sign for {plant}.", signer=verbatim(signature.signer), plant=verbatim(plant)),
                T("Ask head office for a certificate that names the plant."),
            )
