"""Certificates of people: issued for a request, renewed by the old key, revoked; who needs the next one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from cryptography import x509
from cryptography.x509.oid import NameOID

from core.errors import RefusedError, UserError
from core.group.trust.believing import (
    Act,
    authority_of,
    believes,
    certificate_of,
    moment,
    pem_of,
    sha256_of,
    step,
    trust_of,
)
from core.group.trust.roots import CRL_NAME, list_of, own_authority
from core.i18n import T, verbatim
from core.inventory.judging import reasoned
from core.ledger import Authority, Certificate, Register, Site, Step
from core.signing import Identity, issue, load_request, read_renewal, role_of
from core.signing.certificates import email_of, sites_of, subject_value

MONTHS = 24
"""For which a certificate is issued."""
DAYS_BEFORE = 60
"""The next one is due so long before a certificate ends. [d]"""


def enrolling(
    register: Register,
    root: Identity,
    request: bytes,
    *,
    name: str,
    email: str,
    organisation: str,
    role: str,
    sites: Sequence[str] = (),
    when: datetime,
    months: int = MONTHS,
) -> Act:
    """Issue a certificate for a request file. Who somebody is and may do is head office's word, never the request's.

    Before, the fingerprint of the request (:func:`core.signing.fingerprint`) is compared by telephone.

    Parameters
    ----------
    register
        of the group.
    root
        an own root with its key, from a file or a token.
    request
        PEM, of a stranger.
    name, email, organisation, role
        of the person.
    sites
        names of plants for which the person may sign; none: all of them.
    when
        now.
    months
        how long it holds.

    Raises
    ------
    UserError
        when the key or the person has a certificate already, a plant is unknown, or the request is none.
    """
    authority = own_authority(register, root, when)
    key = load_request(request).public_key()
    for held in valid_certificates(register, when):
        if certificate_of(held).public_key() == key:
            raise RefusedError(
                T("This key has a certificate already: {name}.", name=verbatim(held.name)),
                T("Ask the person for a request with a new key."),
            )
        if held.email.casefold() == email.casefold() and held.role == role_of(role):
            raise RefusedError(
                T(
                    "{name} has a certificate for this role until {day}.",
                    name=verbatim(held.name),
                    day=_day(held.until),
                ),
                T("Let the person renew it with its key, or revoke it first if the key is lost."),
            )
    made = issue(
        root, request, role=role, sites=plants_named(register, sites), when=when, months=months, name=name, email=email,
        organisation=organisation,
    )  # fmt: skip
    record = recorded(made, authority)
    why = T("Certificate issued: {name}", name=verbatim(record.name))
    return Act(why, (Step("certificate", record.id, None, record),), {file_name(record): pem_of(made)}, record)


def renewing(register: Register, root: Identity, renewal: bytes, *, when: datetime, months: int = MONTHS) -> Act:
    """Issue the next certificate of a person for a request that the old key signed; name, role and plants stay.

    Parameters
    ----------
    register, root, when, months
        as for :func:`enrolling`.
    renewal
        a ``.renewal`` file of :func:`core.signing.make_renewal`, of a stranger.

    Raises
    ------
    UserError
        when the old key did not sign it, or its certificate is not believed, unknown here, or was renewed already.
    """
    authority = own_authority(register, root, when)
    asked = read_renewal(renewal, trust_of(register, when), when)
    old = register.get("certificate", sha256_of(asked.old))
    if not isinstance(old, Certificate) or not _is_own(register, old):
        raise RefusedError(
            T("The certificate that is to be renewed is not one of this register."),
            T("Issue a certificate for a new request, and compare its fingerprint by telephone."),
        )
    if any(one.renews == old.id and not one.revoked for one in register.held(Certificate)):
        raise RefusedError(
            T("The certificate of {name} was renewed already.", name=verbatim(old.name)),
            T("If the new key is lost, revoke that certificate first."),
        )
    key = load_request(asked.request).public_key()
    if any(certificate_of(one).public_key() == key for one in register.held(Certificate)):
        raise RefusedError(
            T("This key has a certificate already: {name}.", name=verbatim(old.name)),
            T("Ask the person for a request with a new key."),
        )
    made = issue(
        root, asked.request, role=old.role, sites=old.sites, when=when, months=months, name=old.name, email=old.email,
        organisation=old.organisation,
    )  # fmt: skip
    record = replace(recorded(made, authority), renews=old.id)
    why = T("Certificate renewed: {name}", name=verbatim(record.name))
    return Act(why, (Step("certificate", record.id, None, record),), {file_name(record): pem_of(made)}, record)


def revoking(
    register: Register, certificate: str, reason: str, when: datetime, *, root: Identity | None = None,
    since: datetime | None = None,
) -> Act:  # fmt: skip
    """Believe a certificate no longer: a new list goes to the plants; of a named one head office takes its word back.

    Parameters
    ----------
    register
        of the group.
    certificate
        id of the certificate, or the beginning of it.
    reason
        why; it stays in the register.
    when
        now.
    root
        the own root that issued it, with its key; not needed for a certificate of another authority.
    since
        since when it is not believed, where the key was lost earlier; None: now. What is proven to have been signed
        before, by a time stamp or by head office's receipt, stays believed.

    Raises
    ------
    UserError
        without a reason, for one that is revoked already, or when the root is another one.
    """
    before = certificate_named(register, certificate)
    why, start = reasoned(reason), (since or when).replace(microsecond=0)
    if before.revoked:
        raise UserError(
            T("The certificate of {name} was revoked on {day}.", name=before.name, day=_day(before.revoked)),
            T("Issue a certificate for a new request of this person."),
        )
    if start > when or start < datetime.fromisoformat(before.issued):
        raise UserError(T("A certificate is revoked from a moment between its issue and now."), T("Correct the date."))
    after = replace(before, revoked=moment(start), why_revoked=why)
    said = T("Certificate revoked: {name}. {reason}", name=verbatim(before.name), reason=verbatim(why))
    if not _is_own(register, before):
        return Act(said, (step(register, after),), {}, after)
    if root is None or sha256_of(root.certificate) != before.authority:
        raise UserError(
            T("The certificate of {name} was issued by another root.", name=verbatim(before.name)),
            T("Open the key of the root that issued it: {authority}", authority=_authority_name(register, before)),
        )
    authority = own_authority(register, root, when)
    crl = pem_of(list_of(register, authority, root, when, {int(before.serial): start}))
    steps = (step(register, after), step(register, replace(authority, crl=crl.decode("ascii"))))
    return Act(said, steps, {CRL_NAME: crl}, after)


def valid_certificates(register: Register, when: datetime) -> tuple[Certificate, ...]:
    """Certificates that are believed at a moment: begun, not ended, not revoked, of an authority that is believed."""
    return tuple(
        one
        for one in register.held(Certificate)
        if not one.revoked
        and datetime.fromisoformat(one.issued) <= when <= datetime.fromisoformat(one.until)
        and isinstance(above := register.get("authority", one.authority), Authority)
        and believes(above, when)
    )


def certificates_to_renew(register: Register, day: date, days: int = DAYS_BEFORE) -> tuple[Certificate, ...]:
    """Certificates that have ended or end within some days, were not revoked and are not followed by another one.

    Ordered by their end.
    """
    followed = {one.renews for one in register.held(Certificate) if not one.revoked}
    last = day + timedelta(days=days)
    ending = [
        one
        for one in register.held(Certificate)
        if not one.revoked
        and one.id not in followed
        and datetime.fromisoformat(one.until).date() <= last
        and isinstance(above := register.get("authority", one.authority), Authority)
        and not above.distrusted
    ]
    return tuple(sorted(ending, key=lambda one: (one.until, one.name)))


def certificate_named(register: Register, key: str) -> Certificate:
    """A certificate by its id or the beginning of it, spaces allowed; by name or e-mail where only one is not revoked.

    Raises
    ------
    UserError
        when there is none, or several.
    """
    wanted = key.replace(" ", "").lower()
    held = register.held(Certificate)
    found = [one for one in held if len(wanted) >= 8 and one.id.startswith(wanted)]
    found = found or [one for one in held if key in (one.name, one.email) and not one.revoked]
    if len(found) != 1:
        raise UserError(
            T("“{key}” is not one certificate of the register.", key=verbatim(key)),
            T("Write the beginning of its fingerprint, at least 8 digits."),
        )
    return found[0]


def file_name(one: Certificate) -> str:
    """How the file of a certificate is proposed to be called: by person and end, in letters that every system takes."""
    plain = re.sub(r"[^\w-]+", "-", unicodedata.normalize("NFC", one.name)).strip("-") or one.id[:8]
    return f"{plain}-{one.until[:10]}.pem"


def plants_named(register: Register, sites: Sequence[str]) -> tuple[str, ...]:
    """Plants under every name by which they report; once head office has a list of its plants, only those.

    Raises
    ------
    UserError
        for a plant that is not one of the list.
    """
    known: dict[str, tuple[str, ...]] = {}
    for site in register.held(Site):
        names = (site.name, *site.reported_as)
        known |= {_spelled(name): names for name in (*names, site.id)}
    found: list[str] = []
    for wanted in (one.strip() for one in sites if one.strip()):
        if known and _spelled(wanted) not in known:
            raise UserError(
                T("“{plant}” is not one of the plants of the group.", plant=verbatim(wanted)),
                T("Write it as on its reports, or enter the plant first."),
            )
        found += known.get(_spelled(wanted), (wanted,))
    return tuple(dict.fromkeys(unicodedata.normalize("NFC", name) for name in found))


def _spelled(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def recorded(made: x509.Certificate, authority: Authority) -> Certificate:
    """The record of a certificate."""
    subject = made.subject
    return Certificate(
        id=sha256_of(made),
        authority=authority.id,
        serial=str(made.serial_number),
        name=subject_value(subject, NameOID.COMMON_NAME) or subject.rfc4514_string(),
        email=email_of(made),
        organisation=subject_value(subject, NameOID.ORGANIZATION_NAME),
        role=subject_value(subject, NameOID.TITLE),
        sites=sites_of(made),
        issued=moment(made.not_valid_before_utc),
        until=moment(made.not_valid_after_utc),
        certificate=pem_of(made).decode("ascii"),
    )


def _is_own(register: Register, one: Certificate) -> bool:
    above = register.get("authority", one.authority)
    return isinstance(above, Authority) and above.own


def _authority_name(register: Register, one: Certificate) -> str:
    return authority_of(register, one.authority).name


def _day(text: str) -> str:
    return text[:10]
