"""``certificate renew|trust``: a plant asks for its next certificate, and takes up whom head office trusts."""

from __future__ import annotations

import argparse
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from core.cli.common import GOOD, Commands, command, must_be_new, now, passphrase_from, print_json, write
from core.cli.keys import add_key, key_of
from core.errors import UserError
from core.handover import write_safely
from core.i18n import T
from core.signing import fingerprint, make_renewal, read_bundle, renewal_request, save_key, take_bundle
from core.signing.certificates import load_request
from core.signing.trust import read_small


def add_commands(inner: Commands, lang: str) -> None:
    """Register both below ``certificate``."""
    renewing = command(inner, "renew", T("Ask for the next certificate with the one that is ending."), run_renew, lang)
    renewing.add_argument("--key", type=Path, metavar="NEW.key", help=T("Key file to be made.").in_language(lang))
    renewing.add_argument("--key-passphrase-file", type=Path, metavar="P")
    renewing.add_argument(
        "--request", type=Path, metavar="R.csr", help=T("For a new key that was made on a token.").in_language(lang)
    )
    renewing.add_argument("--out", type=Path, required=True, metavar="R.renewal")
    add_key(renewing, lang)
    taking = command(inner, "trust", T("Take up the trust file of head office, only forward."), run_trust, lang)
    taking.add_argument("file", type=Path, metavar="NEW.trust")
    taking.add_argument("--held", type=Path, required=True, metavar="GROUP.trust")
    taking.add_argument(
        "--root", default="", help=T("Fingerprint of the root, as head office read it out; at first.").in_language(lang)
    )
    taking.add_argument("--json", action="store_true")


def run_renew(arguments: argparse.Namespace) -> int:
    """The old key signs that the new one is its owner's."""
    must_be_new(arguments.out, arguments.key)
    when = now()
    if (arguments.key is None) == (arguments.request is None):
        raise UserError(
            T("Say which key is the new one."), T("Name a file for it with --key, or its request with --request.")
        )
    with key_of(arguments, when) as old:
        if arguments.request is not None:
            request = read_small(arguments.request)
            load_request(request)
        else:
            word = arguments.key_passphrase_file or arguments.passphrase_file
            if word is None:
                raise UserError(T("The key needs its passphrase."), T("Name a file with --key-passphrase-file."))
            key = ec.generate_private_key(ec.SECP256R1())
            request = renewal_request(old, key)
            save_key(arguments.key, key, passphrase_from(word))
        asked = make_renewal(old, request, when)
    write_safely(arguments.out, asked)
    words = T("{what}: SHA-256 {digest}", what=T("Request"), digest=fingerprint(request))
    write(words.in_language(arguments.lang_ui))
    return GOOD


def run_trust(arguments: argparse.Namespace) -> int:
    """Nothing is written unless the file is later and of the same group."""
    data, held = read_small(arguments.file), None
    if arguments.held.exists():
        held = read_bundle(read_small(arguments.held))
    taken = take_bundle(data, held, now(), root=arguments.root)
    write_safely(arguments.held, data)
    if arguments.json:
        print_json(
            {
                "group": taken.group,
                "number": taken.number,
                "made": taken.made.isoformat(),
                "authorities": [fingerprint(one).replace(" ", "").lower() for one in taken.trust.authorities],
                "revoked": sum(len(crl) for crl in taken.trust.crls),
            }
        )
        return GOOD
    words = T("Trust file {number} of {group} is taken up.", number=taken.number, group=taken.group)
    write(words.in_language(arguments.lang_ui))
    return GOOD
