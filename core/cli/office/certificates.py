"""``office certificates GROUP …``: whom the group believes, and who signs for it.

``list`` shows authorities, certificates and what is due. ``authority`` makes the group's root, in a key file or on a
token, or enters one whose key exists. ``believe`` takes in authorities of others and newer lists of revoked
certificates, ``distrust`` ends that with a reason. ``issue`` turns a request into a certificate once its fingerprint
was compared by telephone: without ``--fingerprint`` it shows what to compare, and answers no. ``renew`` needs no
telephone, for the old key signed the request. ``name`` says for what a certificate of a company PKI may sign.
``revoke`` and ``crl`` write the list for the plants, ``bundle`` the trust file that plants take up with ``certificate
trust``, ``get`` writes a certificate once more. Exit code 1 means no, 2 that something was wrong with what was given.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from core.cli.common import GOOD, Commands, command, must_be_new, now, passphrase_from, print_json, write
from core.cli.keys import add_key, key_of, pin_of
from core.cli.office import _certificate_tables as tables
from core.cli.office._certificate_acts import by_root, confirmed
from core.cli.office._certificate_people import run_get, run_issue, run_name, run_renew, run_revoke
from core.cli.office._opened import opened
from core.errors import UserError
from core.group.trust.believing import believing, distrusting
from core.group.trust.bundling import bundling
from core.group.trust.people import DAYS_BEFORE, MONTHS
from core.group.trust.roots import founding, listing
from core.i18n import T, Text
from core.signing import create_authority, create_token_authority, save_p12, token_identity
from core.signing.trust import read_small

Run = Callable[[argparse.Namespace], int]
ROLES = ("auditor", "plant-manager")


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command and its acts."""
    words = T("Whom the group believes, and who signs for it.").in_language(lang)
    parser = commands.add_parser("certificates", help=words, description=words)
    parser.add_argument("group", type=Path, metavar="GROUP")
    acts = parser.add_subparsers(metavar="ACT", required=True)
    shown = _act(acts, "list", T("Authorities, certificates, and what is due."), run_list, lang)
    shown.add_argument("--days", type=int, default=DAYS_BEFORE)
    founded = _act(
        acts, "authority", T("Make the group's own root, or enter one whose key exists."), run_authority, lang
    )
    founded.add_argument("--name", help=T("Of a new root.").in_language(lang))
    founded.add_argument("--organisation", default="")
    founded.add_argument("--key", type=Path, metavar="ROOT.p12", help=T("Key file to be made.").in_language(lang))
    founded.add_argument("--out", type=Path, metavar="ROOT.pem")
    add_key(founded, lang)
    believed = _act(
        acts, "believe", T("Take in authorities of others, or a newer list of the revoked."), run_believe, lang
    )
    believed.add_argument("file", type=Path, metavar="FILE.pem")
    believed.add_argument("--note", default="")
    believed.add_argument("--again", action="store_true", help=T("Also what was distrusted.").in_language(lang))
    believed.add_argument("--time-stamps", action="store_true", help=T("For time stamps alone.").in_language(lang))
    distrusted = _act(acts, "distrust", T("Believe nothing of an authority any more."), run_distrust, lang)
    distrusted.add_argument("authority", metavar="AUTHORITY")
    distrusted.add_argument("--reason", required=True)
    _add_people(acts, lang)
    for name, summary, run in (
        ("crl", T("A new list of revoked certificates for the plants."), run_crl),
        ("bundle", T("The trust file for the plants."), run_bundle),
    ):
        made = _act(acts, name, summary, run, lang)
        made.add_argument("--out", type=Path, required=True, metavar="OUT")
        add_key(made, lang)


def _add_people(acts: Commands, lang: str) -> None:
    issued = _act(acts, "issue", T("Issue a certificate for a request."), run_issue, lang)
    issued.add_argument("request", type=Path, metavar="REQUEST.csr")
    for word in ("name", "email", "organisation"):
        issued.add_argument(f"--{word}", required=True)
    renewed = _act(acts, "renew", T("Issue the next certificate, asked for with the old key."), run_renew, lang)
    renewed.add_argument("request", type=Path, metavar="R.renewal")
    for parser in (issued, renewed):
        parser.add_argument("--months", type=int, default=MONTHS)
        parser.add_argument("--out", type=Path, required=True, metavar="CERT.pem")
        add_key(parser, lang)
    named = _act(acts, "name", T("Say for what a certificate of a company PKI may sign."), run_name, lang)
    named.add_argument("certificate", type=Path, metavar="CERT.pem")
    for parser in (issued, named):
        parser.add_argument("--role", choices=ROLES, required=True)
        parser.add_argument("--site", action="append", default=[])
        parser.add_argument("--fingerprint", default="", help=T("As the person read it out.").in_language(lang))
    revoked = _act(acts, "revoke", T("Believe a certificate no longer."), run_revoke, lang)
    revoked.add_argument("certificate", metavar="CERTIFICATE")
    revoked.add_argument("--reason", required=True)
    revoked.add_argument(
        "--since", metavar="DATE", help=T("Not believed from this day on; else from now.").in_language(lang)
    )
    revoked.add_argument("--out", type=Path, metavar="REVOKED.crl")
    add_key(revoked, lang)
    got = _act(acts, "get", T("Write a certificate once more."), run_get, lang)
    got.add_argument("certificate", metavar="CERTIFICATE")
    got.add_argument("--out", type=Path, required=True, metavar="CERT.pem")


def _act(acts: Commands, name: str, summary: Text, run: Run, lang: str) -> argparse.ArgumentParser:
    parser = command(acts, name, summary, run, lang)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")
    return parser


def run_list(arguments: argparse.Namespace) -> int:
    """What the register knows of trust."""
    with opened(arguments.group) as group:
        register = group.register
    if arguments.json:
        print_json(tables.to_plain(register, now(), arguments.days))
    else:
        tables.show(register, now(), arguments.days, arguments.lang_ui)
    return GOOD


def run_authority(arguments: argparse.Namespace) -> int:
    """A new root, or one that exists; a group file that does not exist is begun."""
    must_be_new(arguments.key, arguments.out)
    when = now()
    if arguments.name is None:
        with key_of(arguments, when) as root:
            return confirmed(arguments, lambda register, _: founding(register, root, when), begin=True)
    if arguments.module is None:
        return _in_file(arguments, when)
    ident, _ = create_token_authority(
        arguments.module, pin_of(arguments), common_name=arguments.name, organisation=arguments.organisation,
        when=when, token=arguments.token,
    )  # fmt: skip
    if not arguments.json:
        write(T("Key {id} made on the token.", id=ident).in_language(arguments.lang_ui))
    with token_identity(arguments.module, pin_of(arguments), token=arguments.token, key=ident, when=when) as root:
        return confirmed(arguments, lambda register, _: founding(register, root, when), begin=True)


def _in_file(arguments: argparse.Namespace, when: datetime) -> int:
    if arguments.key is None or arguments.passphrase_file is None:
        raise UserError(
            T("Say where the key is made."), T("Name its file with --key, or the library of a token with --module.")
        )
    root = create_authority(arguments.name, arguments.organisation, when)
    save_p12(arguments.key, root, passphrase_from(arguments.passphrase_file))
    return confirmed(arguments, lambda register, _: founding(register, root, when), begin=True)


def run_believe(arguments: argparse.Namespace) -> int:
    """Everything of a file, or nothing."""
    pem = read_small(arguments.file)
    return confirmed(
        arguments,
        lambda register, when: believing(
            register, pem, when, source=arguments.file.name, note=arguments.note, stamps=arguments.time_stamps,
            again=arguments.again,
        ),
        begin=True,
    )  # fmt: skip


def run_distrust(arguments: argparse.Namespace) -> int:
    """With a reason that stays."""
    return confirmed(
        arguments, lambda register, when: distrusting(register, arguments.authority, arguments.reason, when)
    )


def run_crl(arguments: argparse.Namespace) -> int:
    """The same certificates, a later date."""
    must_be_new(arguments.out)
    return by_root(arguments, lambda register, when, root: listing(register, root, when))


def run_bundle(arguments: argparse.Namespace) -> int:
    """Later than every one before."""
    must_be_new(arguments.out)
    return by_root(arguments, lambda register, when, root: bundling(register, root, when))
