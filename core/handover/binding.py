"""Who signs is one of the plant's people, and signs with their own certificate from the first signature on.

Where somebody audits the year, the person who acts must be the person in the certificate: an audit names people for
what they did, and separates their duties, which a borrowed key would undo. Where nobody audits it, nothing is asked.
"""

from __future__ import annotations

import unicodedata

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from core.audit.enrolling import bound
from core.audit.people import acting, actor_in, roles_in
from core.audit.roles import PLANT_MANAGER, TEAM, titles
from core.errors import RefusedError
from core.handover.signatures import AUDITOR
from core.i18n import T
from core.ledger import Ledger, Person, Step
from core.signing.certificates import email_of, subject_value

_SIGNS = {AUDITOR: TEAM}
"""The roles of people by the field they sign; everything else is the plant manager's."""


def binding(ledger: Ledger, year: int, who: str, certificate: x509.Certificate) -> tuple[Step, ...]:
    """What a signature changes about the person who signs: it binds them to their certificate, the first time.

    Parameters
    ----------
    ledger
        of the plant.
    year
        of the report.
    who
        name of the person who acts.
    certificate
        with which they sign.

    Returns
    -------
    tuple of Step
        to be recorded together with the signature; nothing when the person is bound already, or nobody keeps people.

    Raises
    ------
    UserError
        when the person signs with another certificate, somebody else does with this one, or, in an audited year, the
        certificate is not theirs or not for what they are in the audit.
    """
    person, engagement = acting(ledger, who), ledger.engagement(year)
    if engagement is None:
        return () if person is None or not is_theirs(certificate, person) else _bound(ledger, person, certificate)
    person = actor_in(ledger, who, engagement)
    check_theirs(certificate, person)
    needed = _SIGNS.get(subject_value(certificate.subject, NameOID.TITLE), frozenset({PLANT_MANAGER}))
    if not roles_in(engagement, person) & needed:
        raise RefusedError(
            T("{name} does not sign the audit of {year} in this role.", name=person.name, year=engagement.id),
            T("It is signed by: {roles}.", roles=titles(needed)),
        )
    return _bound(ledger, person, certificate)


def check_theirs(certificate: x509.Certificate, person: Person) -> None:
    """Refuse a certificate that names somebody else.

    Raises
    ------
    UserError
        naming both.
    """
    if not is_theirs(certificate, person):
        raise RefusedError(
            T("The certificate is that of {signer}, and not of {name}.", signer=_name(certificate), name=person.name),
            T("Sign with your own key. The name or the e-mail address in it must be yours among the people."),
        )


def is_theirs(certificate: x509.Certificate, person: Person) -> bool:
    """Whether a certificate names this person: by the e-mail address, or by the name.

    One name may say more than the other, as certificates often carry a name in two scripts.

    >>> from core.handover.binding import same_name
    >>> same_name("Li Wei 李伟", "李伟"), same_name("Li Wei", "Li Na")
    (True, False)
    """
    address = email_of(certificate)
    return (bool(address) and address.casefold() == person.email.strip().casefold()) or same_name(
        _name(certificate), person.name
    )


def same_name(one: str, other: str) -> bool:
    """Whether all the words of one name stand in the other, however they are written."""
    words = [set(unicodedata.normalize("NFKC", name).casefold().split()) for name in (one, other)]
    return all(words) and (words[0] <= words[1] or words[1] <= words[0])


def _bound(ledger: Ledger, person: Person, certificate: x509.Certificate) -> tuple[Step, ...]:
    return bound(ledger, person.id, certificate.fingerprint(hashes.SHA256()).hex())


def _name(certificate: x509.Certificate) -> str:
    return subject_value(certificate.subject, NameOID.COMMON_NAME)
