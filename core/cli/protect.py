"""``protect``: plant and group files under a passphrase, and files for mail."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, Commands, command, print_json, write
from core.cli.unlocking import new_passphrase
from core.errors import UserError
from core.handover.mailing import name_for, receive, send
from core.i18n import T, Text
from core.passphrase import one_time
from core.store import GroupFile, PlantFile, plain_beside, protect

NO_WAY_BACK = T("Keep the passphrase in a safe place: without it nobody can open the file, nor can we.")
OLD_BYTES = T(
    "The medium may still hold bytes of the old, plain file, and so may copies and backups. What is not protected"
    " stands in docs/protection.md."
)
TELL = T("Tell the passphrase by telephone, never in the same mail. It is shown this once.")


def plain_copy(path: Path) -> Text:
    """What lies beside an encrypted file and is not."""
    return T("Plain copy of an older version: {file}. Delete it, or encrypt it too.", file=path.name)


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command with its acts."""
    words = T("Files under a passphrase: encrypt, change it, remove it; send and receive by mail.")
    parser = commands.add_parser("protect", help=words.in_language(lang), description=words.in_language(lang))
    acts = parser.add_subparsers(metavar="ACT", required=True)
    encrypting = command(acts, "encrypt", T("Put a plant or group file under a passphrase."), run_encrypt, lang)
    changing = command(acts, "change", T("Another passphrase for an encrypted file."), run_change, lang)
    removing = command(acts, "remove", T("Make an encrypted file a plain one again."), run_remove, lang)
    asking = command(acts, "status", T("Say whether a file is encrypted."), run_status, lang)
    for one in (encrypting, changing, removing, asking):
        one.add_argument("file", type=Path, metavar="FILE")
    words = T("Make an encrypted copy for mail, with a passphrase for this once.")
    sending = command(acts, "send", words, run_send, lang)
    words = T("Write what is inside an encrypted file that came by mail.")
    receiving = command(acts, "receive", words, run_receive, lang)
    for one in (sending, receiving):
        one.add_argument("file", type=Path, metavar="FILE")
        one.add_argument("out", type=Path, nargs="?", metavar="OUT")
    for one in (encrypting, changing, sending):
        said = T("Holds the new passphrase in its first line; else you are asked.")
        if one is sending:
            said = T("Holds the passphrase in its first line; else one is made for this once and shown.")
        one.add_argument("--passphrase-file", type=Path, metavar="P", help=said.in_language(lang))
    for one in (asking, sending):
        one.add_argument("--json", action="store_true")


def run_encrypt(arguments: argparse.Namespace) -> int:
    """Encrypt a plain file."""
    if _encrypted(arguments.file):
        raise UserError(
            T("“{file}” is encrypted already.", file=arguments.file.name),
            T("Give it another passphrase with “change”."),
        )
    beside = protect(arguments.file, new_passphrase(arguments.passphrase_file, arguments.lang_ui))
    done = T("“{file}” opens with its passphrase alone now.", file=arguments.file.name)
    _say(arguments, done, NO_WAY_BACK, OLD_BYTES)
    _say(arguments, *(plain_copy(one) for one in beside))
    return GOOD


def run_change(arguments: argparse.Namespace) -> int:
    """Another passphrase."""
    _must_be_encrypted(arguments.file)
    protect(arguments.file, new_passphrase(arguments.passphrase_file, arguments.lang_ui))
    changed = T("“{file}” has another passphrase now. Copies made before keep the old one.", file=arguments.file.name)
    _say(arguments, changed, NO_WAY_BACK)
    return GOOD


def run_remove(arguments: argparse.Namespace) -> int:
    """No passphrase any more."""
    _must_be_encrypted(arguments.file)
    protect(arguments.file, None)
    _say(arguments, T("“{file}” is a plain file now: whoever has it can read it.", file=arguments.file.name))
    return GOOD


def run_status(arguments: argparse.Namespace) -> int:
    """Encrypted or not, and what lies plain beside it."""
    encrypted, beside = _encrypted(arguments.file), plain_beside(arguments.file)
    if arguments.json:
        print_json({"encrypted": encrypted, "plain_copies": [one.name for one in beside] if encrypted else []})
        return GOOD
    _say(arguments, T("Encrypted.") if encrypted else T("Not encrypted: whoever has the file can read it."))
    if encrypted:
        _say(arguments, *(plain_copy(one) for one in beside))
    return GOOD


def run_send(arguments: argparse.Namespace) -> int:
    """A copy for mail."""
    out = arguments.out or arguments.file.with_name(name_for(arguments.file))
    made = arguments.passphrase_file is None
    passphrase = one_time() if made else new_passphrase(arguments.passphrase_file, arguments.lang_ui)
    send(arguments.file, out, passphrase)
    if arguments.json:
        print_json({"file": str(out), "passphrase": passphrase.word if made else None})
        return GOOD
    _say(arguments, T("Written: {file}", file=str(out)))
    if made:
        _say(arguments, T("Passphrase: {word}", word=passphrase.word), TELL)
    return GOOD


def run_receive(arguments: argparse.Namespace) -> int:
    """What came by mail."""
    out = arguments.out or arguments.file.with_name(arguments.file.stem)
    receive(arguments.file, out)
    _say(arguments, T("Written: {file}", file=str(out)))
    return GOOD


def _encrypted(path: Path) -> bool:
    """Of a file that opens: anything else is refused by it."""
    if path.suffix.casefold() != ".group":
        with PlantFile.open(path, read_only=True) as plant:
            return plant.encrypted
    with GroupFile(path, read_only=True) as group:
        return group.encrypted


def _must_be_encrypted(path: Path) -> None:
    if not _encrypted(path):
        raise UserError(T("“{file}” is not encrypted.", file=path.name), T("Encrypt it with “encrypt”."))


def _say(arguments: argparse.Namespace, *sentences: Text) -> None:
    for sentence in sentences:
        write(sentence.in_language(arguments.lang_ui))
