"""Certificates of people on the command line: issue, renew, name, revoke, write once more."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from cryptography import x509

from core.cli.common import GOOD, NO, must_be_new, print_json, write
from core.cli.office._certificate_acts import by_root, confirmed
from core.cli.office._opened import opened
from core.errors import UserError
from core.group.trust.believing import authority_of
from core.group.trust.naming import naming
from core.group.trust.people import certificate_named, enrolling, renewing, revoking
from core.handover import write_safely
from core.i18n import T, verbatim
from core.ledger import Authority
from core.signing import fingerprint, load_request
from core.signing.certificates import parsed
from core.signing.trust import read_small


def run_issue(arguments: argparse.Namespace) -> int:
    """Only for a request whose fingerprint was compared."""
    must_be_new(arguments.out)
    request = read_small(arguments.request)
    load_request(request)
    if not _compared(arguments, fingerprint(request)):
        return NO
    said = {name: getattr(arguments, name) for name in ("name", "email", "organisation", "role", "months")}
    return by_root(
        arguments,
        lambda register, when, root: enrolling(register, root, request, sites=arguments.site, when=when, **said),
    )


def run_renew(arguments: argparse.Namespace) -> int:
    """The old key vouches for the new one."""
    must_be_new(arguments.out)
    asked = read_small(arguments.request)
    return by_root(
        arguments, lambda register, when, root: renewing(register, root, asked, when=when, months=arguments.months)
    )


def run_name(arguments: argparse.Namespace) -> int:
    """Only for a certificate whose fingerprint was compared."""
    pem = read_small(arguments.certificate)
    certificate = parsed(x509.load_pem_x509_certificate, pem, T("This is no certificate."))
    if not _compared(arguments, fingerprint(certificate)):
        return NO
    return confirmed(
        arguments,
        lambda register, when: naming(register, pem, role=arguments.role, sites=arguments.site, when=when),
    )


def run_revoke(arguments: argparse.Namespace) -> int:
    """With the key of the root that issued it; of a certificate of others, without."""
    must_be_new(arguments.out)
    since = None if arguments.since is None else _moment(arguments.since)
    with opened(arguments.group) as group:
        one = certificate_named(group.register, arguments.certificate)
        above = group.register.get("authority", one.authority)
    if not (isinstance(above, Authority) and above.own):
        return confirmed(
            arguments, lambda register, when: revoking(register, one.id, arguments.reason, when, since=since)
        )
    return by_root(
        arguments,
        lambda register, when, root: revoking(register, one.id, arguments.reason, when, root=root, since=since),
    )


def run_get(arguments: argparse.Namespace) -> int:
    """Of a person, or of an authority."""
    must_be_new(arguments.out)
    with opened(arguments.group) as group:
        try:
            pem = certificate_named(group.register, arguments.certificate).certificate
        except UserError:
            pem = authority_of(group.register, arguments.certificate).certificate
    write_safely(arguments.out, pem.encode("ascii"))
    return GOOD


def _compared(arguments: argparse.Namespace, found: str) -> bool:
    """Whether the fingerprint is the one that was read out; else it is shown."""
    said = "".join(arguments.fingerprint.split()).replace(":", "").lower()
    if said == found.replace(" ", "").lower():
        return True
    if said:
        raise UserError(
            T("The fingerprint is another one than that of the file: {digest}", digest=verbatim(found)),
            T("Do not use the file. Ask the person for a new one, on another way."),
        )
    words = T(
        "Call the person, compare this fingerprint, and repeat the command with --fingerprint: {digest}", digest=found
    )
    if arguments.json:
        print_json({"fingerprint": found, "done": False})
    else:
        write(words.in_language(arguments.lang_ui))
    return False


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise UserError(
            T("“{day}” is not a date.", day=verbatim(text)), T("Write year, month and day, like 2026-03-31.")
        ) from None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
