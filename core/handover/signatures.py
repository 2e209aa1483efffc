"""Which signatures a report needs: one of the auditor, and of the plant manager too once somebody audits the year.

The report names them itself, so that whoever takes a signature off a file does not make a valid one of it. What the
report names is held against what its own records ask for.
"""

from __future__ import annotations

from collections.abc import Iterable

from core.i18n import Text
from core.inventory import Package
from core.ledger import Ledger
from core.signing import Identity, SignatureReport, Trust

AUDITOR, PLANT_MANAGER = "Auditor", "PlantManager"
BOTH = (AUDITOR, PLANT_MANAGER)


def required_for(ledger: Ledger, year: int) -> tuple[str, ...]:
    """The signatures that the report of a year needs, by the names of their fields.

    >>> from core.ledger import Ledger, Plant
    >>> required_for(Ledger.of([Plant("Hillside", "CN", "CN-HE")]), 2025)
    ('Auditor',)
    """
    return (AUDITOR,) if ledger.engagement(year) is None else BOTH


def signs_as(identity: Identity, trust: Trust | None = None) -> str:
    """The field that a certificate is for; one that is for none is asked for as auditor, and refused there.

    Of a certificate of a company PKI, which does not say it, ``trust`` knows what head office said.
    """
    named = None if trust is None else trust.named_as(identity.certificate)
    role = identity.role if named is None else named.role
    return role if role in BOTH else AUDITOR


def missing_from(package: Package, signatures: Iterable[SignatureReport]) -> tuple[str, ...]:
    """The signatures that a received report needs and does not have.

    Parameters
    ----------
    package
        of the report. What it names is not enough: an audited year needs both, whatever its report says.
    signatures
        that were found in the file.
    """
    needed = (*required_for(package.ledger, package.choices.period.end.year), *package.issue.required_signatures)
    present = {signature.field for signature in signatures}
    return tuple(field for field in dict.fromkeys(needed) if field not in present)


def why_missing(missing: Iterable[str]) -> Text | None:
    """The first of them as a reason; None when nothing is missing."""
    from core.signing import missing_signature

    return next((missing_signature(field) for field in missing), None)
