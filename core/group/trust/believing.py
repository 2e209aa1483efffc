"""Whom the group believes: authorities taken in and distrusted again, and what follows for judging a report.

Every function is pure: it gives an :class:`Act`, the change of the register with the public files that go out. Nothing
here ever sees a private key but that of an open root, and nothing writes one down.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from core.blob import Content
from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.inventory.judging import reasoned
from core.ledger import Authority, Certificate, Register, Step
from core.ledger.records import Record, kind_of
from core.signing import Named, Trust, check_period
from core.signing.trust import is_authority, is_whole, pem_blocks, signed_by, trust_from
from core.signing.verification.paths import is_strong, name_of, path_of


@dataclass(frozen=True, slots=True)
class Act:
    """What head office does about trust: one change of its register, and what goes out with it."""

    why: Text
    steps: tuple[Step, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Public files for the plants by proposed name: certificates, lists of revoked certificates, trust files."""
    certificate: Certificate | None = None
    """The one that was issued, named or revoked."""
    blobs: tuple[Content, ...] = ()
    """What the group file keeps of the files."""


@dataclass(frozen=True, slots=True)
class _How:
    """How an authority is taken in."""

    when: datetime
    note: str
    stamps: bool
    again: bool


def trust_of(register: Register, when: datetime) -> Trust:
    """Whom head office believes: every authority that is not distrusted, with its newest list of revoked certificates.

    Parameters
    ----------
    register
        of the group.
    when
        now.

    Returns
    -------
    Trust
        for :func:`core.handover.receive`. What head office said of certificates of others goes with it.
    """
    believed = [one for one in register.held(Authority) if believes(one, when)]
    signers = {one.id: one for one in believed if not one.stamps}
    return Trust(
        tuple(certificate_of(one) for one in signers.values()),
        tuple(crl for one in believed if (crl := crl_of(one)) is not None),
        tuple(
            _named(one) for one in register.held(Certificate) if one.authority in signers and _spoken_of(register, one)
        ),
        tuple(certificate_of(one) for one in believed if one.stamps),
    )


def believes(authority: Authority, when: datetime) -> bool:
    """Whether an authority is not distrusted at a moment."""
    return not authority.distrusted or datetime.fromisoformat(authority.distrusted) > when


def believing(
    register: Register,
    pem: bytes,
    when: datetime,
    *,
    source: str,
    note: str = "",
    stamps: bool = False,
    again: bool = False,
) -> Act:
    """Take in authorities of others and lists of revoked certificates: roots, and what is between them and people.

    Parameters
    ----------
    register
        of the group.
    pem
        certificates and lists in PEM; of those that are known already only a newer list counts.
    when
        now.
    source
        what a person calls the file.
    note
        why they are believed.
    stamps
        they are believed for time stamps, and for nothing else.
    again
        also one that was distrusted.

    Raises
    ------
    UserError
        for a private key, the certificate of a person, a list of a stranger, an authority that has ended, is weak, or
        stands below nobody who is believed, and when there is nothing new.
    """
    how = _How(when, note, stamps, again)
    every, touched = _touched(register, pem, source, how)
    steps: list[Step] = []
    for one in touched:
        held = register.get("authority", sha256_of(one))
        before = held if isinstance(held, Authority) else None
        _check(one, before, every, how)
        steps += _taken_in(one, before, every, how)
    if not steps:
        raise UserError(
            T("{file} says nothing new.", file=source),
            T("Choose a newer list of revoked certificates, or another file."),
        )
    return Act(T("Believed: {authorities}", authorities=[name_of(one) for one in touched]), tuple(steps))


def distrusting(register: Register, authority: str, reason: str, when: datetime) -> Act:
    """Believe nothing of an authority any more, and nothing of what stands below it; the reason stays.

    Raises
    ------
    UserError
        without a reason, or when it is not believed anyway.
    """
    before = authority_of(register, authority)
    if not believes(before, when):
        raise UserError(
            T("{authority} is distrusted already.", authority=before.name), T("Reports of its people are refused.")
        )
    why = reasoned(reason)
    after = replace(before, distrusted=moment(when), why_distrusted=why)
    return Act(
        T("Distrusted: {authority}. {reason}", authority=before.name, reason=verbatim(why)), (step(register, after),)
    )


def authority_of(register: Register, key: str) -> Authority:
    """An authority by its id, the beginning of it, or its name.

    Raises
    ------
    UserError
        when there is none, or several.
    """
    wanted = key.replace(" ", "").lower()
    held = register.held(Authority)
    found = [one for one in held if one.id == wanted] or [
        one for one in held if one.name == key or (len(wanted) >= 8 and one.id.startswith(wanted))
    ]
    if len(found) != 1:
        raise UserError(
            T("“{key}” is not one authority of the register.", key=verbatim(key)),
            T("Write its name, or the beginning of its fingerprint."),
        )
    return found[0]


def sha256_of(certificate: x509.Certificate) -> str:
    """The id of authorities and certificates."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def certificate_of(one: Authority | Certificate) -> x509.Certificate:
    """The certificate of a record."""
    return x509.load_pem_x509_certificate(one.certificate.encode("ascii"))


def crl_of(authority: Authority) -> x509.CertificateRevocationList | None:
    """The newest list of revoked certificates of an authority."""
    return x509.load_pem_x509_crl(authority.crl.encode("ascii")) if authority.crl else None


def pem_of(thing: x509.Certificate | x509.CertificateRevocationList) -> bytes:
    """As it is given out."""
    return thing.public_bytes(Encoding.PEM)


def step(register: Register, after: Record) -> Step:
    """From what is held to a record."""
    kind = kind_of(after)
    return Step(kind, after.id, register.get(kind, after.id), after)


def moment(when: datetime) -> str:
    """As it stands in records."""
    return when.replace(microsecond=0).isoformat()


def _spoken_of(register: Register, one: Certificate) -> bool:
    """Certificates of others have role and plants by our word alone; of our own only that they are revoked."""
    authority = register.get("authority", one.authority)
    return bool(one.revoked) or (isinstance(authority, Authority) and not authority.own)


def _named(one: Certificate) -> Named:
    return Named(one.id, one.role, one.sites, one.revoked)


def _touched(register: Register, pem: bytes, source: str, how: _How) -> tuple[Trust, list[x509.Certificate]]:
    """What is known with what a file adds, and the authorities of which the file says something."""
    blocks = pem_blocks(pem, source)
    believed = [one for one in register.held(Authority) if how.again or believes(one, how.when)]
    known = [(b"CERTIFICATE", one.certificate.encode("ascii"), one.name) for one in believed]
    every = trust_from([*blocks, *known], source)
    if not all(is_whole(crl) for crl in every.crls):
        raise UserError(
            T(
                "A list of revoked certificates in {file} is only a supplement, or names some of them alone.",
                file=source,
            ),
            T("Ask for the complete list."),
        )
    added = {x509.load_pem_x509_certificate(block) for kind, block, _ in blocks if kind == b"CERTIFICATE"}
    return every, [one for one in every.authorities if one in added or any(signed_by(crl, one) for crl in every.crls)]


def _check(one: x509.Certificate, before: Authority | None, every: Trust, how: _How) -> None:
    name = name_of(one)
    check_period(one, how.when)
    if before is not None and before.distrusted and not how.again:
        raise UserError(
            T("{authority} was distrusted on {day}: {reason}", authority=name, day=verbatim(before.distrusted[:10]),
              reason=verbatim(before.why_distrusted)),
            T("Say that it is to be believed again, if that is what you want."),
        )  # fmt: skip
    if before is not None and before.stamps != how.stamps:
        raise UserError(
            T("{authority} is in the register for another purpose.", authority=name),
            T("One authority is believed for people or for time stamps, never for both."),
        )
    if not is_strong(one):
        raise UserError(
            T("The key or the signature of {authority} is too weak.", authority=name),
            T("Do not believe it. Ask head office for an authority with a stronger key."),
        )
    if not is_authority(one) and not path_of(one, every):
        raise UserError(
            T("{authority} stands below a root that is not believed.", authority=name),
            T("Take in the root first, or a file that holds both."),
        )


def _taken_in(one: x509.Certificate, before: Authority | None, every: Trust, how: _How) -> tuple[Step, ...]:
    held = before or Authority(
        sha256_of(one), name_of(one).in_language("en"), pem_of(one).decode(), own=False,
        until=one.not_valid_after_utc.date().isoformat(), note=how.note, stamps=how.stamps,
    )  # fmt: skip
    newest, older = every.newest_crl(one), crl_of(held)
    after = replace(held, distrusted="", why_distrusted="") if how.again else held
    if newest is not None and (older is None or older.last_update_utc < newest.last_update_utc):
        after = replace(after, crl=pem_of(newest).decode())
    return () if after == before else (Step("authority", after.id, before, after),)
