"""The signed report of the group: made, signed by head office, approved for the group, and judged by anybody."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.ledger import Site
from core.report.group import RENDERER, GroupPackage, compare, read, render
from core.signing import AUDITOR, PLANT_MANAGER, Identity, Trust, Verification, sign, verify, verify_isolated

Progress = Callable[[float], None]
_REASONS = {AUDITOR: T("Report of the group, prepared"), PLANT_MANAGER: T("Report of the group, approved")}
_MISSING = {
    AUDITOR: T("The signature of head office is missing."),
    PLANT_MANAGER: T("The approval for the group is missing."),
}


@dataclass(frozen=True, slots=True)
class GroupReceipt:
    """What was found out about the report of a group."""

    verification: Verification
    package: GroupPackage | None = None
    """None when the file was refused before."""
    rebuilt: str = "not-checked"
    """``equal``, ``differs`` or ``unknown-renderer``."""
    missing: tuple[str, ...] = ()
    """Fields of the signatures that it needs and does not have."""
    problem: Text | None = None
    """Why the data could not be read, or who may not sign them."""

    @property
    def sound(self) -> bool:
        """Signed by whom we trust, unaltered, and showing what the data say as far as is known."""
        read = self.package is not None and self.problem is None
        return self.verification.valid and read and self.rebuilt != "differs"

    @property
    def valid(self) -> bool:
        """Sound, and signed by everybody who has to."""
        return self.sound and not self.missing

    @property
    def reason(self) -> Text:
        """The first reason against it, or that all is well."""
        if not self.verification.valid:
            return self.verification.reason
        if self.problem is not None:
            return self.problem
        if self.rebuilt == "differs":
            return T("The pages do not show what the data say.")
        if self.missing:
            return _MISSING.get(self.missing[0], T("A signature is missing."))
        if self.rebuilt == "unknown-renderer":
            return T("Signed; the pages were made by another program version and could not be rebuilt.")
        return T("Signed, unaltered, and rebuilt equal.")


def produce(
    package: GroupPackage,
    signer: Identity | None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """Render and, with an identity, sign as head office.

    Raises
    ------
    UserError
        when a text cannot be printed, or the certificate cannot sign.
    Cancelled
        when the person stopped it.
    """
    pdf = render(package, progress, cancelled)
    if signer is None:
        return pdf
    return signed(pdf, signer, package.contents.issue.moment, package.contents.issue.language)


def signed(pdf: bytes, signer: Identity, when: datetime, language: str) -> bytes:
    """Sign in the role that the certificate names: an auditor's is that of head office, the other one approves.

    Raises
    ------
    UserError
        when the file is no report of a group, is signed in this role already, or by the same person.
    """
    field = signer.role
    if field not in _REASONS:
        raise UserError(T("The certificate is not for signing reports."), T("Choose the key of the right person."))
    lang = "zh" if language == "both" else language
    reason = _REASONS[field].in_language(lang)
    return sign(pdf, signer, reason=reason, location="", when=when, field=field, lang=lang)


def approve(pdf: bytes, signer: Identity, trust: Trust, when: datetime, judged: GroupReceipt | None = None) -> bytes:
    """The second signature, under a report that was judged before.

    Parameters
    ----------
    pdf
        the report with its first signature.
    signer
        who answers for the group.
    trust
        roots and revocation lists.
    when
        now, UTC.
    judged
        what :func:`judge_group_report` found in these bytes, if they were looked at before.

    Raises
    ------
    UserError
        when the report does not hold, or the signer may not sign; the report with both signatures is judged, too.
    """
    receipt = judged or judge_group_report(pdf, trust, when, isolated=False)
    if not receipt.sound or receipt.package is None:
        raise UserError(receipt.reason, T("Make the report again and have it signed."))
    made = signed(pdf, signer, when, receipt.package.contents.issue.language)
    whole = judge_group_report(made, trust, when, isolated=False, rebuild=False)
    if not whole.sound:
        raise UserError(
            T("With this signature the report would not hold: {reason}", reason=whole.reason),
            T("Choose the key of somebody who may sign for the whole group."),
        )
    return made


def judge_group_report(
    pdf: bytes, trust: Trust, when: datetime, *, isolated: bool = True, rebuild: bool = True
) -> GroupReceipt:
    """Judge the report of a group: signatures, data, pages.

    Parameters
    ----------
    pdf
        untrusted bytes.
    trust
        roots and revocation lists.
    when
        now, UTC.
    isolated
        take the file apart in a process of its own with limits on time and memory.
    rebuild
        render it again and compare.

    Returns
    -------
    GroupReceipt
        never an exception for bad input: what is wrong is its reason.
    """
    examine = verify_isolated if isolated else verify
    verification = examine(pdf, trust, when=when, required=())
    data = verification.group_bytes
    if data is None:
        plant = verification.package_bytes is not None
        of_plant = T("This is the report of a plant, not of a group.")
        return GroupReceipt(verification, problem=of_plant if plant else T("The file carries no data of a group."))
    try:
        package = read(data)
    except UserError as error:
        return GroupReceipt(verification, problem=error.message)
    rebuilt = "not-checked"
    if rebuild and verification.valid:  # nobody renders what a stranger wrote
        rebuilt = compare(verification.original, package)
    elif package.contents.issue.renderer != RENDERER:
        rebuilt = "unknown-renderer"
    there = {one.field for one in verification.signatures}
    limited = _limited(verification, package)
    missing = tuple(field for field in package.contents.issue.required_signatures if field not in there)
    return GroupReceipt(verification, package, rebuilt, missing, limited)


def _limited(verification: Verification, package: GroupPackage) -> Text | None:
    """Who may sign for some plants alone, and so not for a group that has others; None: nobody."""
    for signature in verification.signatures:
        if not signature.sites:
            continue
        for plant in package.contents.plants:
            site = package.register.get("site", plant.key)
            names = (plant.name, *(site.reported_as if isinstance(site, Site) else ()))
            if not {unicodedata.normalize("NFC", name.strip()) for name in names} & set(signature.sites):
                return T(
                    "{signer} may not sign for {plant}.", signer=verbatim(signature.signer), plant=verbatim(plant.name)
                )
    return None
