"""Certificates of a company PKI: head office says for which role and plants each of them may sign."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cryptography import x509

from core.errors import RefusedError
from core.group.trust.believing import Act, sha256_of, trust_of
from core.group.trust.people import plants_named, recorded
from core.i18n import T, verbatim
from core.ledger import Authority, Register, Step
from core.signing import Named, Trust, role_of
from core.signing.certificates import parsed
from core.signing.verification.paths import path_of
from core.signing.verification.signers import problems_of


def naming(register: Register, pem: bytes, *, role: str, sites: Sequence[str] = (), when: datetime) -> Act:
    """Say for which role and plants a certificate of a company PKI may sign: such certificates do not know our roles.

    The certificate must hold everything a signature is judged by: a P-256 key, the key usages digital signature and
    non-repudiation, as purpose e-mail protection or the signing of documents (besides at most the log-on of a person),
    no condition that is unknown here, and a path to a root that is believed. It is named by its fingerprint, which was
    compared by telephone; the next certificate of the same person is named anew.

    Raises
    ------
    UserError
        with the reason for which reports signed with it would be refused.
    """
    from core.signing.verification.container import signs_reports

    certificate = _loaded(pem)
    if not signs_reports(certificate):
        raise RefusedError(
            T("Reports are signed with keys of the kind P-256; this certificate is for another kind."),
            T("Ask the company's authority for a certificate with a P-256 key."),
        )
    trust, wanted = trust_of(register, when), role_of(role)
    authority = _external(register, certificate, trust)
    ident = sha256_of(certificate)
    if register.get("certificate", ident) is not None:
        raise RefusedError(
            T("This certificate is in the register already."),
            T("If it was revoked, ask for a new certificate; to change its role, revoke it first."),
        )
    plants = plants_named(register, sites)
    said = replace(trust, named=(*trust.named, Named(ident, wanted, plants)))
    if problems := problems_of(certificate, wanted, when, when, said):
        raise RefusedError(
            T("Reports signed with this certificate would be refused: {reason}", reason=problems[0]),
            T("Ask the company's authority for a certificate that is made for signing."),
        )
    record = replace(recorded(certificate, authority), role=wanted, sites=plants)
    why = T("Certificate of {authority} named: {name}", authority=authority.name, name=verbatim(record.name))
    return Act(why, (Step("certificate", ident, None, record),), {}, record)


def _external(register: Register, certificate: x509.Certificate, trust: Trust) -> Authority:
    """The authority that issued a certificate, which must not be our own: those of our own are issued."""
    path = path_of(certificate, trust)
    held = register.get("authority", sha256_of(path[0])) if path else None
    if not isinstance(held, Authority):
        raise RefusedError(
            T("The certificate was not issued by an authority that is trusted here."),
            T("Take in the company's authority first."),
        )
    if held.own:
        raise RefusedError(
            T("The certificate was issued by the group's own root, which says itself what it is for."),
            T("Issue a certificate for a request."),
        )
    return held


def _loaded(pem: bytes) -> x509.Certificate:
    return parsed(x509.load_pem_x509_certificate, pem, T("This is no certificate."))
