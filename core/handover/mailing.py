"""A file on its way by mail: under a passphrase that is told by telephone, and only once.

A plant or group file becomes an encrypted copy of itself, which the receiver opens like any other. Everything else,
such as a signed report, becomes a file of the format age, which also opens without this program. Certificates are not
used for it: those that head office issues sign and do not encrypt.
"""

from __future__ import annotations

from pathlib import Path

from core import FILES
from core.blob import Watch
from core.disk import write_safely
from core.errors import UserError
from core.exchange.age import SUFFIX, is_age, opened, sealed
from core.i18n import T, verbatim
from core.passphrase import LockedError, Passphrase, asked
from core.store import copy_under


def name_for(path: Path) -> str:
    """A proposed name for what is sent."""
    if path.suffix.casefold() in FILES:
        return f"{path.stem}-encrypted{path.suffix}"
    return f"{path.name}{SUFFIX}"


def send(path: Path, out: Path, passphrase: Passphrase, watch: Watch | None = None) -> None:
    """Make the file that is attached to a mail. The file itself stays as it is.

    Raises
    ------
    UserError
        when the passphrase is weak, there is a file of that name, or one cannot be read or written.
    """
    passphrase.check()
    _must_be_new(out)
    if path.suffix.casefold() in FILES:
        copy_under(path, out, passphrase, watch)
    elif is_age(path):
        raise UserError(T("“{file}” is encrypted already.", file=verbatim(path.name)), T("Send it as it is."))
    else:
        write_safely(out, sealed(path.read_bytes(), passphrase))


def receive(path: Path, out: Path, passphrase: Passphrase | None = None) -> None:
    """Write what is inside a file that came by mail.

    Parameters
    ----------
    path, out
        what came, and where its contents go.
    passphrase
        None: whoever is asked for passphrases is asked, until one is right.

    Raises
    ------
    UserError
        when it is not such a file, does not open, or there is a file of that name.
    """
    _must_be_new(out)
    if not is_age(path):
        raise UserError(
            T("“{file}” is not a file that was sent encrypted.", file=verbatim(path.name)),
            T("An encrypted plant or group file is opened as it is: its passphrase is asked for then."),
        )
    write_safely(out, _contents(path, passphrase), private=True)


def _contents(path: Path, passphrase: Passphrase | None) -> bytes:
    if passphrase is not None:
        return opened(path, passphrase)
    wrong = False
    while True:
        passphrase = asked(LockedError(path, wrong=wrong))
        try:
            return opened(path, passphrase)
        except LockedError:
            wrong = True


def _must_be_new(out: Path) -> None:
    if out.exists():
        raise UserError(
            T("“{file}” exists already.", file=out.name), T("Choose another name or move the old file away.")
        )
