"""What the commands about certificates show: authorities, certificates, and what is due."""

from __future__ import annotations

from datetime import datetime, timedelta

from core.cli.common import table, write
from core.group.trust.believing import believes, crl_of
from core.group.trust.people import certificates_to_renew
from core.group.trust.roots import lists_to_renew
from core.i18n import T, Text
from core.ledger import Authority, Certificate, Register
from core.report.data import ROLE_NAMES

SHOWN = 16
"""Digits of a fingerprint in a table, enough to name one by."""


def to_plain(register: Register, when: datetime, days: int) -> dict[str, object]:
    """JSON-ready: everything the register knows of trust, without the certificates themselves."""
    return {
        "authorities": [authority_to_plain(one, when) for one in _authorities(register)],
        "certificates": [certificate_to_plain(one, when) for one in _people(register)],
        "certificates_to_renew": [one.id for one in certificates_to_renew(register, when.date(), days)],
        "lists_to_renew": [one.id for one in lists_to_renew(register, when, days)],
    }


def authority_to_plain(one: Authority, when: datetime) -> dict[str, object]:
    """JSON-ready form of an authority."""
    crl = crl_of(one)
    until = None if crl is None or crl.next_update_utc is None else crl.next_update_utc.isoformat()
    return {
        "sha256": one.id,
        "name": one.name,
        "own": one.own,
        "time_stamps": one.stamps,
        "until": one.until,
        "believed": believes(one, when),
        "distrusted": one.distrusted,
        "reason": one.why_distrusted,
        "list_until": until,
        "revoked": 0 if crl is None else len(crl),
        "note": one.note,
    }


def certificate_to_plain(one: Certificate, when: datetime) -> dict[str, object]:
    """JSON-ready form of a certificate."""
    return {
        "sha256": one.id,
        "authority": one.authority,
        "name": one.name,
        "email": one.email,
        "organisation": one.organisation,
        "role": one.role,
        "sites": list(one.sites),
        "issued": one.issued,
        "until": one.until,
        "renews": one.renews,
        "state": _state(one, when),
        "revoked": one.revoked,
        "reason": one.why_revoked,
    }


def show(register: Register, when: datetime, days: int, lang: str) -> None:
    """Two tables, and what has to be done soon."""
    authorities = _authorities(register)
    if not authorities:
        write(T("The register trusts no authority yet.").in_language(lang))
        return
    headings = (T("Authority"), T("Kind"), T("Valid until"), T("List of the revoked until"), T("Fingerprint"))
    rows = [[one.name, _kind(one, when, lang), one.until, _list_until(one), one.id[:SHOWN]] for one in authorities]
    write(table([words.in_language(lang) for words in headings], rows, ()))
    people = _people(register)
    if people:
        write("")
        heads = (T("Name"), T("Role"), T("Plants"), T("Valid until"), T("State"), T("Fingerprint"))
        write(table([words.in_language(lang) for words in heads], [_row(one, when, lang) for one in people], ()))
    for line in due(register, when, days):
        write(line.in_language(lang))


def due(register: Register, when: datetime, days: int) -> list[Text]:
    """What has to be done within some days."""
    said: list[Text] = []
    for held in lists_to_renew(register, when, days):
        if crl_of(held) is None:
            said.append(T("{authority} has no list of revoked certificates.", authority=held.name))
        else:
            said.append(
                T("The list of {authority} is out of date on {day}.", authority=held.name, day=_list_until(held))
            )
    end = (when + timedelta(days=days)).date()
    for one in certificates_to_renew(register, when.date(), days):
        said.append(T("{name} needs a new certificate: the old one ends on {day}.", name=one.name, day=one.until[:10]))
    for authority in register.held(Authority):
        if authority.own and not authority.distrusted and authority.until <= end.isoformat():
            said.append(T("The root {authority} ends on {day}.", authority=authority.name, day=authority.until))
    return said


def _authorities(register: Register) -> list[Authority]:
    return sorted(register.held(Authority), key=lambda one: (not one.own, one.name, one.id))


def _people(register: Register) -> list[Certificate]:
    return sorted(register.held(Certificate), key=lambda one: (one.name, one.issued, one.id))


def _row(one: Certificate, when: datetime, lang: str) -> list[str]:
    states = {"valid": T("valid"), "revoked": T("revoked"), "expired": T("expired")}
    role = ROLE_NAMES[one.role].in_language(lang) if one.role in ROLE_NAMES else one.role
    plants = "; ".join(one.sites) or T("all").in_language(lang)
    return [one.name, role, plants, one.until[:10], states[_state(one, when)].in_language(lang), one.id[:SHOWN]]


def _state(one: Certificate, when: datetime) -> str:
    if one.revoked:
        return "revoked"
    return "valid" if datetime.fromisoformat(one.until) >= when else "expired"


def _kind(one: Authority, when: datetime, lang: str) -> str:
    if not believes(one, when):
        return T("distrusted").in_language(lang)
    if one.stamps:
        return T("time stamps").in_language(lang)
    return (T("own") if one.own else T("of others")).in_language(lang)


def _list_until(one: Authority) -> str:
    crl = crl_of(one)
    return "—" if crl is None or crl.next_update_utc is None else crl.next_update_utc.date().isoformat()
