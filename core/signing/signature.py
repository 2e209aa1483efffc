"""Sign a rendered report: the auditor and the plant manager, in any order; whoever is first certifies it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.x509.oid import NameOID

from core.errors import RefusedError, UserError
from core.i18n import T
from core.signing.certificates import Identity, check_period, subject_value
from core.signing.layout import AUDITOR, FIELDS, GROUP_PACKAGE_NAME, ROLE_NAMES
from core.signing.stamp import make_stamp, stamp_texts
from core.signing.verification.attachments import read_attachments
from core.signing.verification.carried import check_carried
from core.signing.verification.container import read_container
from core.signing.verification.document import check_streams, read_document
from core.signing.verification.grammar import examine_revisions
from core.signing.verification.limits import Budget
from core.signing.verification.refusal import Refused
from core.signing.verification.revisions import read_file
from core.signing.verification.signers import personal, same_person

if TYPE_CHECKING:
    from core.signing.timestamps import TimeStampsAt

Progress = Callable[[float], None]
_LONGEST_REMARK = 200


def sign(
    pdf: bytes,
    signer: Identity,
    *,
    reason: str,
    location: str,
    when: datetime,
    field: str = AUDITOR,
    lang: str = "en",
    progress: Progress | None = None,
    time_stamps: str = "",
) -> bytes:
    """Append one signature (PAdES B-B) to a report; everything before it stays as it is.

    ``lang`` is that of the visible stamp: "en", "zh" or "both". ``progress`` is told the part that is done, from 0
    to 1; raising in it cancels, for nothing is written here. ``time_stamps`` is the address of a time stamping
    authority (RFC 3161), asked over the network for a proof of when the signature existed (PAdES B-T); empty: none is.

    >>> signed = sign(pdf, auditor, reason="Audit 2025", location="Zhangjiakou", when=now)  # doctest: +SKIP
    >>> approved = sign(signed, manager, reason="", location="", when=now, field="PlantManager")  # doctest: +SKIP
    >>> approved.startswith(signed) and signed.startswith(pdf)  # doctest: +SKIP
    True
    """
    tell = progress or (lambda done: None)
    if when.tzinfo is None:
        raise ValueError("the time of a signature needs a time zone")
    when = when.replace(microsecond=0)
    if field not in FIELDS:
        raise ValueError(f"unknown field {field!r}")
    _check_signer(signer, field, when)
    _check_remarks(reason, location)
    try:
        group = _check_file(pdf, field, signer)
    except Refused as refused:
        raise UserError(
            T("This file cannot be signed: {reason}", reason=refused.reason),
            T("Make the report again with this program and sign that file."),
        ) from refused
    tell(0.1)
    organisation = subject_value(signer.certificate.subject, NameOID.ORGANIZATION_NAME)
    stamp = make_stamp(stamp_texts(field, signer.name, organisation, when, lang, group=group))
    tell(0.2)
    from core.signing import _writer  # brings pyHanko, a second on a slow machine

    signed = _writer.append_signature(
        pdf, signer, field=field, stamp=stamp, reason=reason, location=location, when=when, progress=tell,
        stamper=_stamper(time_stamps),
    )  # fmt: skip
    tell(1.0)
    return signed


def _stamper(address: str) -> TimeStampsAt | None:
    """What asks a time stamping authority; None without an address."""
    if not address:
        return None
    from core.signing.timestamps import TimeStampsAt

    return TimeStampsAt(address)


def _check_remarks(*remarks: str) -> None:
    if any(len(remark) > _LONGEST_REMARK for remark in remarks):
        raise UserError(
            T("Reason and place of a signature have at most {count} characters.", count=_LONGEST_REMARK),
            T("Shorten them."),
        )


def _check_signer(signer: Identity, field: str, when: datetime) -> None:
    check_period(signer.certificate, when)
    if signer.role != field and not _of_a_company(signer.certificate):
        raise UserError(
            T("The certificate of {name} is not for signing as {role}.", name=signer.name, role=ROLE_NAMES[field]),
            T("Choose the key of the right person."),
        )


def _of_a_company(certificate: x509.Certificate) -> bool:
    """Made for people to sign with, and silent about our roles: head office says for which one it is."""
    role = subject_value(certificate.subject, NameOID.TITLE)
    return role not in FIELDS and personal(certificate)


def _check_file(pdf: bytes, field: str, signer: Identity) -> bool:
    """Refuse before signing what head office would refuse after it; whether it is a report of the group."""
    file = read_file(pdf)
    budget = Budget()
    document = read_document(file)
    check_streams(file, budget)
    attachments = read_attachments(file, document, budget)
    check_carried(attachments)
    present = examine_revisions(file, document, budget) if len(file.revisions) > 1 else ()
    if field in {signed.field for signed in present}:
        raise RefusedError(
            T("It is already signed as {role}.", role=ROLE_NAMES[field]),
            T("Only the other role can still sign this file."),
        )
    for container in (read_container(pdf, signed) for signed in present):
        if not container.intact:
            raise Refused(T("The file was changed after it was signed."))
        if same_person(container.certificate, signer.certificate):
            raise RefusedError(
                T("{name} has signed it already.", name=signer.name),
                T("Two different people must sign: choose the key of the other one."),
            )
    return GROUP_PACKAGE_NAME in attachments
