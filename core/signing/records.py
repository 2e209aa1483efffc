"""What verification finds out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from core.i18n import Text
from core.signing.layout import GROUP_PACKAGE_NAME, PACKAGE_NAME

LEVEL = "PAdES B-B"
STAMPED_LEVEL = "PAdES B-T"
"""With a time stamp that is trusted."""


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature of a report, and whether it can be believed."""

    field: str
    """``Auditor`` or ``PlantManager``."""
    signer: str
    """The common name in the certificate."""
    issuer: str
    """The common name of the authority, as the certificate says it."""
    signed_at: datetime
    """Claimed by the signer's computer."""
    trusted: bool
    """Issued by a trusted authority for this purpose and role, valid at that time, not revoked."""
    intact: bool
    """The file up to the end of this signature is what was signed."""
    covers_whole_file: bool
    """Only the last signature covers the signatures before it."""
    fingerprint: str
    """SHA-256 of the certificate."""
    role: str
    email: str
    organisation: str
    sites: tuple[str, ...]
    """The plants head office lets this person sign for."""
    revocation_checked: bool
    """A list of revoked certificates was at hand."""
    problems: tuple[Text, ...] = ()
    level: str = LEVEL
    stamped_by: str = ""
    """Who gave the time stamp, as its certificate says; empty: there is none."""
    proven_at: datetime | None = None
    """Moment at which the signature existed, as a time stamp that is trusted proves; None: there is no such proof."""


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer about one received file."""

    valid: bool
    reason: Text
    """Why not, or that everything is in order."""
    signatures: tuple[SignatureReport, ...] = ()
    original: bytes = b""
    """The report as rendered, before anybody signed; empty if the file was refused."""
    attachments: Mapping[str, bytes] = field(default_factory=lambda: MappingProxyType({}))
    """The files inside the report as rendered, by name; empty if the file was refused."""

    @property
    def package_bytes(self) -> bytes | None:
        """The data that head office calculates again."""
        return self.attachments.get(PACKAGE_NAME)

    @property
    def group_bytes(self) -> bytes | None:
        """The data of a report of the group; None: it is the report of a plant, or none at all."""
        return self.attachments.get(GROUP_PACKAGE_NAME)
