"""``certificate``: head office's root, a person's request, the certificate for it, and what lies on tokens."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from core.cli import certificate_trust
from core.cli.common import GOOD, NO, Commands, command, must_be_new, now, passphrase_from, print_json, table, write
from core.cli.keys import add_token, pin_of
from core.errors import UserError
from core.handover import write_safely
from core.i18n import T, Text
from core.report.data import ROLE_NAMES
from core.signing import (
    TokenCertificate,
    create_authority,
    create_request,
    create_token_request,
    fingerprint,
    issue,
    joined,
    load_certificate,
    load_key,
    load_p12,
    load_request,
    plugged_tokens,
    save_certificate,
    save_key,
    save_p12,
    store_token_certificate,
    token_certificates,
)
from core.signing.trust import read_small


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    top = command(
        commands, "certificate", T("Create the authority, request and issue certificates."), _needs_more, lang
    )
    inner = top.add_subparsers(metavar="authority|request|issue|take|renew|trust|store|tokens", required=True)
    _add_authority(inner, lang)
    _add_request(inner, lang)
    _add_issue(inner, lang)
    _add_take(inner, lang)
    storing = command(inner, "store", T("Put an issued certificate beside its key on a token."), run_store, lang)
    storing.add_argument("certificate", type=Path, metavar="CERT.pem")
    listing = command(inner, "tokens", T("Tokens that are plugged in, and their certificates."), run_tokens, lang)
    listing.add_argument("--json", action="store_true")
    for parser in (storing, listing):
        add_token(parser, lang, needed=True)
    certificate_trust.add_commands(inner, lang)


def _add_authority(commands: Commands, lang: str) -> None:
    authority = command(commands, "authority", T("Create head office's authority."), run_authority, lang)
    authority.add_argument("--name", required=True)
    authority.add_argument("--organisation", required=True)
    authority.add_argument("--out", type=Path, required=True, metavar="CA.p12")
    authority.add_argument("--certificate", type=Path, required=True, metavar="CA.pem")
    authority.add_argument("--passphrase-file", type=Path, required=True, metavar="P")


def _add_request(commands: Commands, lang: str) -> None:
    request = command(commands, "request", T("Create a key and the request for its certificate."), run_request, lang)
    request.add_argument("--name", required=True)
    request.add_argument("--email", required=True)
    request.add_argument("--organisation", required=True)
    request.add_argument("--role", choices=("auditor", "plant-manager"), default="auditor")
    request.add_argument("--key", type=Path, metavar="KEY.pem")
    request.add_argument("--out", type=Path, required=True, metavar="REQUEST.csr")
    request.add_argument("--passphrase-file", type=Path, metavar="P")
    add_token(request, lang)


def _add_issue(commands: Commands, lang: str) -> None:
    issuing = command(commands, "issue", T("Issue a certificate for a request."), run_issue, lang)
    issuing.add_argument("request", type=Path, metavar="REQUEST.csr")
    issuing.add_argument("--authority", type=Path, required=True, metavar="CA.p12")
    issuing.add_argument("--passphrase-file", type=Path, required=True, metavar="P")
    issuing.add_argument("--role", choices=("auditor", "plant-manager"), default="auditor")
    issuing.add_argument("--site", action="append", default=[])
    issuing.add_argument("--months", type=int, default=24)
    issuing.add_argument("--out", type=Path, required=True, metavar="CERT.pem")
    issuing.add_argument(
        "--key", type=Path, metavar="KEY.pem", help=T("With the key: also write a .p12.").in_language(lang)
    )
    issuing.add_argument("--key-passphrase-file", type=Path, metavar="P")
    issuing.add_argument("--p12", type=Path, metavar="KEY.p12")


def _add_take(commands: Commands, lang: str) -> None:
    taking = command(
        commands, "take", T("Join an issued certificate and its key into a file to sign with."), run_take, lang
    )
    taking.add_argument("certificate", type=Path, metavar="CERT.pem")
    taking.add_argument("--key", type=Path, required=True, metavar="KEY.pem")
    taking.add_argument("--out", type=Path, required=True, metavar="KEY.p12")
    taking.add_argument("--passphrase-file", type=Path, required=True, metavar="P")


def _needs_more(_: argparse.Namespace) -> int:
    raise UserError(T("Say what to do: authority, request, issue, take, renew, trust, store or tokens."))


def run_authority(arguments: argparse.Namespace) -> int:
    """A new root."""
    must_be_new(arguments.out, arguments.certificate)
    authority = create_authority(arguments.name, arguments.organisation, now())
    save_p12(arguments.out, authority, passphrase_from(arguments.passphrase_file))
    save_certificate(arguments.certificate, authority.certificate)
    print_fingerprint(T("Authority"), fingerprint(authority.certificate), arguments)
    return GOOD


def run_request(arguments: argparse.Namespace) -> int:
    """A new key of a person, and the request that goes to head office."""
    must_be_new(arguments.key, arguments.out)
    who = {name: getattr(arguments, name) for name in ("name", "email", "organisation", "role")}
    if (arguments.key is None) == (arguments.module is None):
        raise UserError(
            T("Say where the key is made."), T("Name its file with --key, or the library of a token with --module.")
        )
    if arguments.module is not None:
        ident, request = create_token_request(arguments.module, pin_of(arguments), token=arguments.token, **who)
        write_safely(arguments.out, request)
        write(T("Key {id} made on the token.", id=ident).in_language(arguments.lang_ui))
    else:
        if arguments.passphrase_file is None:
            raise UserError(T("The key needs its passphrase."), T("Name a file with --passphrase-file."))
        key, request = create_request(**who)
        save_key(arguments.key, key, passphrase_from(arguments.passphrase_file))
        write_safely(arguments.out, request)
    print_fingerprint(T("Request"), fingerprint(request), arguments)
    return GOOD


def run_issue(arguments: argparse.Namespace) -> int:
    """A certificate for a request; with the person's key also a ready .p12."""
    when = now()
    must_be_new(arguments.out, arguments.p12)
    authority = load_p12(arguments.authority, passphrase_from(arguments.passphrase_file), when)
    request = read_small(arguments.request)
    load_request(request)
    certificate = issue(
        authority, request, role=arguments.role, sites=tuple(arguments.site), when=when, months=arguments.months
    )
    save_certificate(arguments.out, certificate)
    print_fingerprint(T("Certificate"), fingerprint(certificate), arguments)
    if arguments.p12 is not None:
        if arguments.key is None or arguments.key_passphrase_file is None:
            raise UserError(T("A .p12 needs the key and its passphrase."), T("Add --key and --key-passphrase-file."))
        word = passphrase_from(arguments.key_passphrase_file)
        save_p12(arguments.p12, joined(certificate, load_key(arguments.key, word)), word)
    return GOOD


def run_take(arguments: argparse.Namespace) -> int:
    """The returned certificate joins its key; the passphrase of the key is that of the file."""
    must_be_new(arguments.out)
    word = passphrase_from(arguments.passphrase_file)
    identity = joined(load_certificate(arguments.certificate), load_key(arguments.key, word))
    save_p12(arguments.out, identity, word)
    print_fingerprint(T("Certificate"), fingerprint(identity.certificate), arguments)
    return GOOD


def run_store(arguments: argparse.Namespace) -> int:
    """The returned certificate joins its key on the token."""
    certificate = load_certificate(arguments.certificate)
    ident = store_token_certificate(arguments.module, pin_of(arguments), certificate, token=arguments.token)
    write(T("Certificate {id} is on the token.", id=ident).in_language(arguments.lang_ui))
    print_fingerprint(T("Certificate"), fingerprint(certificate), arguments)
    return GOOD


def run_tokens(arguments: argparse.Namespace) -> int:
    """What is plugged in, and what can be signed with."""
    plugged = plugged_tokens(arguments.module)
    held = token_certificates(arguments.module, arguments.token) if plugged else ()
    if arguments.json:
        print_json({"tokens": [asdict(token) for token in plugged], "certificates": [_plain(one) for one in held]})
        return GOOD if plugged else NO
    lang = arguments.lang_ui
    heads = [word.in_language(lang) for word in (T("Token"), T("Serial number"), T("Maker"))]
    makers = [[token.label, token.serial, f"{token.maker} {token.model}".strip()] for token in plugged]
    write(table(heads, makers, ()))
    write("")
    words = (T("Certificate"), T("Name"), T("Role"), T("Valid until"), T("Token"))
    rows = [[one.id, one.name, _role(one.role, lang), one.until.isoformat(), one.token] for one in held]
    write(table([word.in_language(lang) for word in words], rows, ()))
    return GOOD if plugged else NO


def _plain(one: TokenCertificate) -> dict[str, str]:
    digest = fingerprint(one.certificate).replace(" ", "").lower()
    until = one.until.isoformat()
    return {"token": one.token, "id": one.id, "name": one.name, "role": one.role, "until": until, "sha256": digest}


def _role(role: str, lang: str) -> str:
    return ROLE_NAMES[role].in_language(lang) if role in ROLE_NAMES else role


def print_fingerprint(what: Text, digest: str, arguments: argparse.Namespace) -> None:
    """What is compared by telephone."""
    line = T("{what}: SHA-256 {digest}", what=what, digest=digest)
    write(line.in_language(arguments.lang_ui))
