"""Rows of the page about trust: authorities, and the certificates that the group's own root issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from core.i18n import T, Text, show, show_date
from core.ledger import Authority, Certificate
from core.signing.layout import ROLE_NAMES
from gui.language import _, language, say
from gui.tables.table import Column, Mark

SOON = timedelta(days=60)
"""Before its end a certificate is said to end soon: time enough for a request and a telephone call."""
VALID, ENDS_SOON, ENDED, REVOKED = "valid", "soon", "ended", "revoked"
STATES: dict[str, Text] = {
    VALID: T("Valid now"),
    ENDS_SOON: T("Ends soon"),
    ENDED: T("Ended"),
    REVOKED: T("Revoked"),
}
TRUSTED, DISTRUSTED = "trusted", "distrusted"
AUTHORITY_STATES: dict[str, Text] = {
    TRUSTED: T("Trusted"),
    ENDS_SOON: T("Ends soon"),
    ENDED: T("Ended"),
    DISTRUSTED: T("Not trusted any more"),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of revoked certificates, as far as the table tells of it."""

    day: date
    next_day: date | None
    """By this day a newer one must be there."""
    count: int


@dataclass(frozen=True, slots=True)
class AuthorityRow:
    """An authority as it stands today."""

    authority: Authority
    state: str
    """A key of ``AUTHORITY_STATES``."""
    listed: Listed | None
    """Its newest list; None when there is none."""
    late: bool
    """The list ought to have been replaced."""

    @property
    def id(self) -> str:
        return self.authority.id


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate as it stands today."""

    certificate: Certificate
    state: str
    """A key of ``STATES``."""
    issuer: str
    """Name of the authority."""

    @property
    def id(self) -> str:
        return self.certificate.id


@lru_cache(maxsize=64)
def listed_in(pem: str) -> Listed | None:
    """What a list says of itself."""
    if not pem:
        return None
    from cryptography import x509

    crl = x509.load_pem_x509_crl(pem.encode("ascii"))
    after = crl.next_update_utc
    return Listed(crl.last_update_utc.date(), None if after is None else after.date(), len(crl))


def authority_row(one: Authority, now: datetime) -> AuthorityRow:
    """How an authority stands at a moment."""
    listed = listed_in(one.crl)
    late = listed is not None and listed.next_day is not None and listed.next_day < now.date()
    if one.distrusted:
        return AuthorityRow(one, DISTRUSTED, listed, late)
    until = date.fromisoformat(one.until)
    state = ENDED if until < now.date() else ENDS_SOON if until < (now + 3 * SOON).date() else TRUSTED
    return AuthorityRow(one, state, listed, late)


def certificate_row(one: Certificate, authorities: Mapping[str, str], now: datetime) -> CertificateRow:
    """How a certificate stands at a moment; ``authorities`` are names by id."""
    return CertificateRow(one, state_of(one, now), authorities.get(one.authority, one.authority[:12]))


def state_of(one: Certificate, now: datetime) -> str:
    """Revoked counts most, then whether it has ended."""
    if one.revoked:
        return REVOKED
    until = moment(one.until)
    return ENDED if until < now else ENDS_SOON if until < now + SOON else VALID


def moment(text: str) -> datetime:
    """A moment as it is kept, UTC."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def day_of(text: str) -> str:
    """The day of a moment or day as it is kept, for reading."""
    return show_date(moment(text).date(), language()) if text else ""


def role_words(role: str) -> str:
    """Auditor or plant manager."""
    return ROLE_NAMES[role].in_language(language()) if role in ROLE_NAMES else role


def sites_words(sites: tuple[str, ...]) -> str:
    """The plants, or that it is all of them."""
    return show(sites, language()) if sites else _("All plants")


def authority_columns() -> list[Column[AuthorityRow]]:
    """Of the table of authorities."""
    return [
        Column("state", _("State"), lambda r: say(AUTHORITY_STATES[r.state]), width=17),
        Column("name", _("Authority"), lambda r: r.authority.name, width=34),
        Column("kind", _("Kind"), kind_words, width=14),
        Column("until", _("Valid until"), lambda r: day_of(r.authority.until), sort=lambda r: r.authority.until,
               width=15),
        Column("listed", _("List of revoked certificates"), listed_words, width=30),
        Column("fingerprint", _("Fingerprint (SHA-256)"), lambda r: grouped(r.id)[:19] + "…", plain=lambda r: r.id,
               width=21),
    ]  # fmt: skip


def kind_words(row: AuthorityRow) -> str:
    """Ours or somebody else's."""
    return _("Own root") if row.authority.own else _("External")


def listed_words(row: AuthorityRow) -> str:
    """Its day, and by when the next one is due."""
    if row.listed is None:
        return _("None yet")
    made = show_date(row.listed.day, language())
    if row.listed.next_day is None:
        return made
    due = show_date(row.listed.next_day, language())
    return _("{day}, next by {due}", day=made, due=due)


def certificate_columns() -> list[Column[CertificateRow]]:
    """Of the table of certificates."""
    return [
        Column("state", _("State"), lambda r: say(STATES[r.state]), width=12),
        Column("name", _("Person"), lambda r: r.certificate.name, width=20),
        Column("role", _("Signs as"), lambda r: role_words(r.certificate.role), width=14),
        Column("sites", _("Plants"), lambda r: sites_words(r.certificate.sites), width=34),
        Column("issued", _("Issued"), lambda r: day_of(r.certificate.issued), sort=lambda r: r.certificate.issued,
               width=15),
        Column("until", _("Valid until"), lambda r: day_of(r.certificate.until), sort=lambda r: r.certificate.until,
               width=15),
        Column("organisation", _("Organisation"), lambda r: r.certificate.organisation, width=20),
        Column("email", _("E-mail"), lambda r: r.certificate.email, width=22, hidden=True),
        Column("issuer", _("Issued by"), lambda r: r.issuer, width=22, hidden=True),
        Column("why", _("Why revoked"), lambda r: r.certificate.why_revoked, width=24, hidden=True),
    ]  # fmt: skip


def authority_marks(row: AuthorityRow) -> Mapping[str, Mark]:
    """An icon where something has to be done, or is no longer believed."""
    found: dict[str, Mark] = {}
    if row.state in (DISTRUSTED, ENDED):
        found["state"] = Mark("bad", say(AUTHORITY_STATES[row.state]))
    elif row.state == ENDS_SOON:
        found["state"] = Mark("warning", _("Create a new root in time: certificates cannot outlive it."))
    if row.late and row.state != DISTRUSTED:
        found["listed"] = Mark("warning", _("A newer list ought to be there."))
    return found


def certificate_marks(row: CertificateRow) -> Mapping[str, Mark]:
    """An icon where a certificate is not good, or not for long."""
    if row.state == ENDS_SOON:
        return {"state": Mark("warning", _("Ends on {day}", day=day_of(row.certificate.until)))}
    if row.state == REVOKED:
        return {"state": Mark("bad", row.certificate.why_revoked)}
    return {}


def grouped(digest: str) -> str:
    """A fingerprint in groups of four that two people can read out on the telephone.

    >>> grouped("ab12cd34")
    'AB12 CD34'
    """
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4)).upper()
