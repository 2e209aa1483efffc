"""The group's own roots: entered when they are made, and the lists of what they revoked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from cryptography import x509

from core.errors import UserError
from core.group.trust.believing import Act, believes, crl_of, moment, pem_of, sha256_of, step
from core.i18n import T, verbatim
from core.ledger import Authority, Certificate, Register, Step
from core.signing import Identity, Revocation, check_period, make_crl
from core.signing.trust import is_authority

CRL_NAME = "revoked.crl"
_HASTE = timedelta(minutes=1)


def own_authority(register: Register, root: Identity, when: datetime) -> Authority:
    """The record of an own root whose key is at hand.

    Raises
    ------
    UserError
        when it is none of this group, is distrusted, or has ended.
    """
    check_period(root.certificate, when)
    held = register.get("authority", sha256_of(root.certificate))
    if not isinstance(held, Authority) or not held.own:
        raise UserError(
            T("{name} is not a root of this group.", name=root.name), T("Choose the key of the group's own root.")
        )
    if not believes(held, when):
        raise UserError(T("{authority} is distrusted.", authority=held.name), T("Create a new root."))
    return held


def founding(register: Register, root: Identity, when: datetime) -> Act:
    """Enter the group's own root, just made in a key file or on a token, with its first list of revoked certificates.

    Raises
    ------
    UserError
        when it is known already, or is no root.
    """
    certificate = root.certificate
    check_period(certificate, when)
    if not is_authority(certificate):
        raise UserError(
            T("{name} is not an authority and can issue nothing.", name=root.name),
            T("Choose the key of head office's authority."),
        )
    held = register.get("authority", sha256_of(certificate))
    before = held if isinstance(held, Authority) else None
    if before is not None and (before.own or before.distrusted):
        raise UserError(T("{name} is in the register already.", name=root.name), T("Nothing needs to be done."))
    made = before or Authority(
        sha256_of(certificate), root.name, pem_of(certificate).decode(), own=True,
        until=certificate.not_valid_after_utc.date().isoformat(),
    )  # fmt: skip
    made = replace(made, own=True, crl=pem_of(list_of(register, made, root, when)).decode())
    files = {"root.pem": pem_of(certificate), CRL_NAME: made.crl.encode("ascii")}
    return Act(T("Own root: {name}", name=root.name), (Step("authority", made.id, before, made),), files)


def list_of(
    register: Register, authority: Authority, root: Identity, when: datetime, more: Mapping[int, datetime] | None = None
) -> x509.CertificateRevocationList:
    """A new list of everything that was ever revoked: by the last list, by the register, and now.

    Parameters
    ----------
    register, authority
        of the group, and which of its roots.
    root
        its key.
    when
        now; later than the last list.
    more
        serial numbers that are revoked now, and since when.

    Raises
    ------
    UserError
        when the clock stands before the last list, which would then stay the valid one.
    """
    last = crl_of(authority)
    start = when.replace(microsecond=0)
    if last is not None and start <= last.last_update_utc <= start + _HASTE:
        start = last.last_update_utc + timedelta(seconds=1)  # two in one second
    if last is not None and last.last_update_utc >= start:
        raise UserError(
            T("The last list of revoked certificates was made on {day}, which is not in the past.",
              day=verbatim(moment(last.last_update_utc))),
            T("Check the clock of this computer."),
        )  # fmt: skip
    since = {} if last is None else {one.serial_number: one.revocation_date_utc for one in last}
    for one in register.held(Certificate):
        if one.authority == authority.id and one.revoked:
            since[int(one.serial)] = datetime.fromisoformat(one.revoked)
    return make_crl(root, [Revocation(*each) for each in (since | dict(more or {})).items()], start)


def listing(register: Register, root: Identity, when: datetime) -> Act:
    """A new list of the same revoked certificates, for a list is believed for 400 days.

    Raises
    ------
    UserError
        as :func:`own_authority` and :func:`list_of`.
    """
    authority = own_authority(register, root, when)
    after = replace(authority, crl=pem_of(list_of(register, authority, root, when)).decode("ascii"))
    why = T("New list of revoked certificates of {authority}", authority=authority.name)
    return Act(why, (step(register, after),), {CRL_NAME: after.crl.encode("ascii")})


def lists_to_renew(register: Register, when: datetime, days: int = 60) -> tuple[Authority, ...]:
    """Authorities whose list of revoked certificates is out of date within some days, or has none.

    Reports of their people are refused once it is. Of an own root :func:`listing` makes a new one; others publish
    theirs.
    """
    end = when + timedelta(days=days)
    believed = (one for one in register.held(Authority) if believes(one, when) and not one.stamps)
    return tuple(
        one
        for one in believed
        if (crl := crl_of(one)) is None or crl.next_update_utc is None or crl.next_update_utc < end
    )
