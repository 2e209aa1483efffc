"""The key that signs, on the command line: a file with its passphrase, or a token with its PIN."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from core.cli.common import passphrase_from
from core.errors import UserError
from core.i18n import T
from core.signing import Identity, load_p12, token_identity


def add_key(parser: argparse.ArgumentParser, lang: str) -> None:
    """The arguments ``--sign`` with ``--passphrase-file``, and those of a token."""
    parser.add_argument("--sign", type=Path, metavar="KEY.p12", help=T("Key file to sign with.").in_language(lang))
    parser.add_argument("--passphrase-file", type=Path, metavar="P")
    add_token(parser, lang)
    parser.add_argument(
        "--id",
        default="",
        metavar="ID",
        help=T("Which certificate of the token, where it has several.").in_language(lang),
    )


def add_time_stamps(parser: argparse.ArgumentParser, lang: str) -> None:
    """The argument ``--time-stamps``, for commands that sign a report."""
    words = T("Address of a time stamping authority (RFC 3161) that proves when the signature existed.")
    parser.add_argument("--time-stamps", default="", metavar="URL", help=words.in_language(lang))


def add_token(parser: argparse.ArgumentParser, lang: str, *, needed: bool = False) -> None:
    """The arguments that name a token and open it."""
    parser.add_argument(
        "--module",
        type=Path,
        required=needed,
        metavar="LIBRARY",
        help=T("PKCS#11 library of a token.").in_language(lang),
    )
    parser.add_argument(
        "--pin-file",
        type=Path,
        metavar="P",
        help=T("Holds the PIN; none where it is typed on the token.").in_language(lang),
    )
    parser.add_argument(
        "--token",
        default="",
        metavar="NAME",
        help=T("Label or serial number, where several are plugged in.").in_language(lang),
    )


def signs(arguments: argparse.Namespace) -> bool:
    """Whether a key was named."""
    return arguments.sign is not None or arguments.module is not None


def pin_of(arguments: argparse.Namespace) -> str:
    """The PIN of the token; empty where it is typed on the token."""
    return "" if arguments.pin_file is None else passphrase_from(arguments.pin_file)


@contextmanager
def key_of(arguments: argparse.Namespace, when: datetime) -> Iterator[Identity]:
    """The identity that signs, for as long as the block runs.

    Raises
    ------
    UserError
        when no key or two are named, and for everything that keeps it from being opened.
    """
    if arguments.sign is not None and arguments.module is not None:
        raise UserError(T("Two keys are named."), T("Sign with a key file or with a token."))
    if arguments.module is not None:
        pin = pin_of(arguments)
        with token_identity(arguments.module, pin, token=arguments.token, key=arguments.id, when=when) as identity:
            yield identity
        return
    if arguments.sign is None:
        raise UserError(T("No key is named."), T("Name a key file with --sign or a token with --module."))
    if arguments.passphrase_file is None:
        raise UserError(T("The key needs its passphrase."), T("Name a file with --passphrase-file."))
    yield load_p12(arguments.sign, passphrase_from(arguments.passphrase_file), when)
