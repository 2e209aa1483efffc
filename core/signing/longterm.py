"""What keeps a signed report provable after its certificates have ended, kept beside the original and never inside it.

Head office signs a receipt: these bytes existed at this moment, these authorities were believed, and these were their
lists of revoked certificates. Before the certificate of the receipt ends, another receipt is put on top of it. So it
can be shown for ever that a report was signed before a certificate was revoked, ended, or its authority went away.

A receipt is signed by somebody of head office with a certificate for all plants who did not sign the report; it counts
only where head office kept it, for a plant's own word about time proves nothing.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from core.errors import RefusedError, UserError
from core.i18n import T, Text, verbatim
from core.ledger.canonical import canonical, parse
from core.signing.certificates import UNREADABLE, Identity, check_period, email_of, fingerprint
from core.signing.isolated import verify_isolated
from core.signing.layout import AUDITOR, ROLE_NAMES
from core.signing.records import Verification
from core.signing.statement import sign_statement, signer_in, verify_statement
from core.signing.trust import Trust, with_rest
from core.signing.verification.refusal import Refused
from core.signing.verification.signers import CLOCKS_DIFFER, role_in, sites_in

SCHEMA, VERSION = "plant-audit-ltv", 1
PART = "ltv"
"""Under this name it is kept beside the report."""
LARGEST = 50_000_000
_RECEIPT = {"authorities", "crls", "moment", "previous", "rest", "sha256", "signature"}


@dataclass(frozen=True, slots=True)
class Later:
    """What can be said of a report now, from what was kept beside it."""

    verification: Verification
    """Judged at the moment of the first receipt."""
    proven_at: datetime | None
    """Since when its bytes are known to have existed; None: the receipts prove nothing."""
    proven_by: str
    """Who signed the last receipt."""
    renew_by: datetime | None
    """Until when another receipt should be put on top."""
    problem: Text | None = None
    """Why the receipts prove nothing."""

    @property
    def valid(self) -> bool:
        """The report is believed, and it is proven since when."""
        return self.problem is None and self.verification.valid


@dataclass(frozen=True, slots=True)
class Stated:
    """What receipts say of themselves, to be shown; whether it is true says :func:`verify_later`."""

    since: datetime
    """Moment of the first one."""
    last: datetime
    """Moment of the last one."""
    by: str
    """Who signed the last one; empty when it cannot be read."""
    until: datetime | None
    """When the certificate of the last one ends."""
    count: int


@dataclass(frozen=True, slots=True)
class _Receipt:
    """One receipt as it was read."""

    plain: dict[str, Any]
    moment: datetime
    trust: Trust
    signature: bytes

    @property
    def payload(self) -> bytes:
        return _payload({name: value for name, value in self.plain.items() if name != "signature"})


def stated(kept: bytes) -> Stated | None:
    """What receipts say of themselves, quickly; None when they cannot be read."""
    try:
        receipts = _read(kept)
        last = receipts[-1]
        certificate = signer_in(last.payload, last.signature)
        name = verify_statement(last.payload, last.signature).name
    except MemoryError:
        raise
    except Exception:  # whatever the bytes are, only verify_later says why
        return None
    until = None if certificate is None else certificate.not_valid_after_utc
    return Stated(receipts[0].moment, last.moment, name, until, len(receipts))


def preserve(pdf: bytes, trust: Trust, signer: Identity, when: datetime) -> bytes:
    """The first receipt for a report.

    Parameters
    ----------
    pdf
        the report as received; it is examined in a process of its own.
    trust
        whom head office believes, with their lists of revoked certificates.
    signer
        of head office: an auditor for all plants, who did not sign this report.
    when
        now; needs a time zone.

    Returns
    -------
    bytes
        what is kept beside the report.

    Raises
    ------
    UserError
        when the report is not believed now, or the signer cannot vouch for it.
    """
    if when.tzinfo is None:
        raise ValueError("the time of a signature needs a time zone")
    found = verify_isolated(pdf, trust, when=when, required=())
    if not found.valid:
        raise RefusedError(
            T("The report is not believed, so nothing is kept for later: {reason}", reason=found.reason),
            T("Only what is valid now can be proven later."),
        )
    _check_other(found, signer)
    return _with_receipt(pdf, (), trust, signer, when)


def extend(pdf: bytes, kept: bytes, trust: Trust, signer: Identity, when: datetime) -> bytes:
    """Another receipt on top, before the certificate of the last one ends.

    Raises
    ------
    UserError
        when what was kept proves nothing any more, and as :func:`preserve`.
    """
    later = verify_later(pdf, kept, trust, when)
    if not later.valid:
        reason = later.problem or later.verification.reason
        raise RefusedError(
            T("What was kept with the report proves nothing any more: {reason}", reason=reason),
            T("Use the report as it was received."),
        )
    _check_other(later.verification, signer)
    return _with_receipt(pdf, _read(kept), trust, signer, when)


def verify_later(pdf: bytes, kept: bytes, trust: Trust, when: datetime) -> Later:
    """Judge a report by what was kept with it, long after its certificates have ended.

    Parameters
    ----------
    pdf
        the original as it was received.
    kept
        what :func:`preserve` and :func:`extend` made.
    trust
        whom head office believes now: it must believe the last receipt. What was revoked since, with an earlier moment,
        counts.
    when
        now.

    Returns
    -------
    Later
        nothing but an answer, whatever the bytes are.
    """
    try:
        receipts = _read(kept)
        _check_chain(pdf, receipts, trust, when)
    except (Refused, UserError) as error:
        reason = error.reason if isinstance(error, Refused) else error.message
        return Later(Verification(False, reason), None, "", None, reason)
    except MemoryError:
        raise
    except Exception as error:  # hostile bytes must never become a traceback
        reason = T("The file could not be examined ({kind}).", kind=type(error).__name__)
        return Later(Verification(False, reason), None, "", None, reason)
    first, last = receipts[0], receipts[-1]
    then = replace(
        first.trust,
        crls=(*first.trust.crls, *trust.crls),
        named=tuple(dict.fromkeys((*trust.named, *first.trust.named))),
    )
    found = verify_isolated(pdf, then, when=first.moment, required=(), proven=first.moment)
    certificate = signer_in(last.payload, last.signature)
    assert certificate is not None  # the chain was examined
    name = verify_statement(last.payload, last.signature).name
    return Later(found, first.moment, name, certificate.not_valid_after_utc)


def _with_receipt(pdf: bytes, before: Sequence[_Receipt], trust: Trust, signer: Identity, when: datetime) -> bytes:
    check_period(signer.certificate, when)
    plain = {
        "sha256": hashlib.sha256(pdf).hexdigest(),
        "moment": when.replace(microsecond=0).isoformat(),
        "authorities": [_coded(one.public_bytes(Encoding.DER)) for one in trust.authorities],
        "crls": [_coded(one.public_bytes(Encoding.DER)) for one in trust.crls],
        "rest": _coded(trust.rest),
        "previous": _digest(before[-1].plain) if before else "",
    }
    signature = sign_statement(_payload(plain), signer)
    made = {**plain, "signature": _coded(signature)}
    if (problem := _against(_receipt(made), trust, when, None)) is not None:
        raise RefusedError(
            T("Nobody would believe a receipt of {name}: {reason}", name=verbatim(signer.name), reason=problem),
            T("Sign with the certificate of an auditor of head office that is for all plants."),
        )
    receipts = [*(one.plain for one in before), made]
    return canonical({"schema": SCHEMA, "version": VERSION, "receipts": receipts})


def _check_chain(pdf: bytes, receipts: Sequence[_Receipt], trust: Trust, when: datetime) -> None:
    """Each receipt is believed by the one on top of it, the last one by whom is trusted now."""
    digest, previous = hashlib.sha256(pdf).hexdigest(), ""
    for one in receipts:
        if one.plain["sha256"] != digest:
            raise Refused(T("What was kept belongs to another file."))
        if one.plain["previous"] != previous:
            raise Refused(T("The receipts of the report do not follow each other."))
        previous = _digest(one.plain)
    above, proven, judged = trust, None, when
    for one in reversed(receipts):
        if one.moment > judged + CLOCKS_DIFFER:
            raise Refused(T("The receipts of the report do not follow each other."))
        believed = replace(above, crls=(*above.crls, *trust.crls))
        if (problem := _against(one, believed, judged, proven)) is not None:
            raise Refused(problem)
        above, proven, judged = one.trust, one.moment, one.moment


def _against(receipt: _Receipt, trust: Trust, when: datetime, proven: datetime | None) -> Text | None:
    """Why a receipt is not believed."""
    said = verify_statement(receipt.payload, receipt.signature, trust, when=when, signed=receipt.moment, proven=proven)
    if not said.trusted:
        return T("The receipt of head office is not believed: {reason}", reason=said.problems[0])
    certificate = signer_in(receipt.payload, receipt.signature)
    assert certificate is not None
    if role_in(certificate, trust) != AUDITOR or sites_in(certificate, trust):
        role = ROLE_NAMES[AUDITOR]
        return T("The receipt was signed with a certificate that is not for all plants as {role}.", role=role)
    return None


def _check_other(found: Verification, signer: Identity) -> None:
    """Nobody proves when they signed by saying so themselves."""
    digest, address = fingerprint(signer.certificate), email_of(signer.certificate).casefold()
    for one in found.signatures:
        if one.fingerprint == digest or one.signer == signer.name or "" != one.email.casefold() == address:
            raise RefusedError(
                T("{name} signed the report and cannot prove when.", name=verbatim(signer.name)),
                T("Another person of head office signs the receipt."),
            )


def _read(kept: bytes) -> tuple[_Receipt, ...]:
    stranger = Refused(T("What was kept with the report cannot be read."))
    if len(kept) > LARGEST:
        raise stranger
    plain = parse(kept, depth=4)
    if not isinstance(plain, dict) or plain.keys() != {"receipts", "schema", "version"} or plain["schema"] != SCHEMA:
        raise stranger
    if plain["version"] != VERSION or isinstance(plain["version"], bool):
        raise Refused(T("The file was made by another version of this program."))
    try:
        receipts = tuple(_receipt(one) for one in plain["receipts"])
    except (*UNREADABLE, AttributeError, KeyError) as error:
        raise stranger from error
    if not receipts:
        raise stranger
    return receipts


def _receipt(plain: dict[str, Any]) -> _Receipt:
    if plain.keys() != _RECEIPT:
        raise ValueError("form")
    moment = datetime.fromisoformat(plain["moment"])
    if moment.tzinfo is None:
        raise ValueError("time")
    authorities, crls = (tuple(map(_decoded, plain[name])) for name in ("authorities", "crls"))
    trust = with_rest(authorities, crls, _decoded(plain["rest"]))
    return _Receipt(plain, moment, trust, _decoded(plain["signature"]))


def _payload(plain: dict[str, Any]) -> bytes:
    return canonical({**plain, "schema": SCHEMA, "version": VERSION})


def _digest(plain: dict[str, Any]) -> str:
    return hashlib.sha256(canonical(plain)).hexdigest()


def _coded(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
