"""``certificate authority|request|issue``: head office's root, a person's request, the certificate for it."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, Commands, command, must_be_new, now, passphrase_from, write
from core.errors import UserError
from core.handover import write_safely
from core.i18n import T, Text
from core.signing import (
    Identity,
    create_authority,
    create_request,
    fingerprint,
    issue,
    load_key,
    load_p12,
    load_request,
    save_certificate,
    save_key,
    save_p12,
)


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    top = command(
        commands, "certificate", T("Create the authority, request and issue certificates."), _needs_more, lang
    )
    inner = top.add_subparsers(metavar="authority|request|issue", required=True)
    authority = command(inner, "authority", T("Create head office's authority."), run_authority, lang)
    authority.add_argument("--name", required=True)
    authority.add_argument("--organisation", required=True)
    authority.add_argument("--out", type=Path, required=True, metavar="CA.p12")
    authority.add_argument("--certificate", type=Path, required=True, metavar="CA.pem")
    authority.add_argument("--passphrase-file", type=Path, required=True, metavar="P")
    request = command(inner, "request", T("Create a key and the request for its certificate."), run_request, lang)
    request.add_argument("--name", required=True)
    request.add_argument("--email", required=True)
    request.add_argument("--organisation", required=True)
    request.add_argument("--role", choices=("auditor", "plant-manager"), default="auditor")
    request.add_argument("--key", type=Path, required=True, metavar="KEY.pem")
    request.add_argument("--out", type=Path, required=True, metavar="REQUEST.csr")
    request.add_argument("--passphrase-file", type=Path, required=True, metavar="P")
    issuing = command(inner, "issue", T("Issue a certificate for a request."), run_issue, lang)
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


def _needs_more(_: argparse.Namespace) -> int:
    raise UserError(T("Say what to do: authority, request or issue."))


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
    key, request = create_request(arguments.name, arguments.email, arguments.organisation, arguments.role)
    save_key(arguments.key, key, passphrase_from(arguments.passphrase_file))
    write_safely(arguments.out, request)
    print_fingerprint(T("Request"), fingerprint(request), arguments)
    return GOOD


def run_issue(arguments: argparse.Namespace) -> int:
    """A certificate for a request; with the person's key also a ready .p12."""
    when = now()
    must_be_new(arguments.out, arguments.p12)
    authority = load_p12(arguments.authority, passphrase_from(arguments.passphrase_file), when)
    request = arguments.request.read_bytes() if arguments.request.is_file() else b""
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
        save_p12(arguments.p12, Identity(certificate, load_key(arguments.key, word)), word)
    return GOOD


def print_fingerprint(what: Text, digest: str, arguments: argparse.Namespace) -> None:
    """What is compared by telephone."""
    line = T("{what}: SHA-256 {digest}", what=what, digest=digest)
    write(line.in_language(arguments.lang_ui))
