"""Passphrases of files on the command line: from a file, from the environment, or typed; never an argument.

Arguments are seen by everybody on the machine, in the list of processes and in the history of the shell.
"""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from core.cli.common import passphrase_from
from core.errors import UserError
from core.i18n import T
from core.passphrase import Ask, LockedError, Passphrase

OPTION = "--unlock"
HELP = T(
    "File with the passphrases of encrypted files, one a line; else PLANT_AUDIT_UNLOCK names it, or you are asked."
)
VARIABLE = "PLANT_AUDIT_UNLOCK"
_MOST = 20
"""Passphrases of one file that are tried."""
_TYPED = 3
"""Times that a person may mistype."""


def take_unlock(argv: list[str]) -> tuple[Path | None, list[str]]:
    """The file of ``--unlock``, and the other words."""
    for position, word in enumerate(argv):
        if word == OPTION and position + 1 < len(argv):
            return Path(argv[position + 1]), argv[:position] + argv[position + 2 :]
        if word.startswith(f"{OPTION}="):
            return Path(word.partition("=")[2]), argv[:position] + argv[position + 1 :]
    named = os.environ.get(VARIABLE, "")
    return (Path(named) if named else None), argv


def answers(unlock: Path | None, lang: str) -> Ask:
    """Who is asked for passphrases: first the file, then the person where there is one."""
    trying: dict[Path, Iterator[Passphrase]] = {}

    def ask(error: LockedError) -> Passphrase:
        if error.path not in trying:
            trying[error.path] = _candidates(error.path, unlock, lang)
        passphrase = next(trying[error.path], None)
        if passphrase is not None:
            return passphrase
        if error.wrong:
            raise error
        raise UserError(
            error.message,
            T("Name a file with its passphrase after {option}, or in the variable {variable}.",
              option=OPTION, variable=VARIABLE),
        ) from error  # fmt: skip

    return ask


def _candidates(path: Path, unlock: Path | None, lang: str) -> Iterator[Passphrase]:
    if unlock is not None:
        yield from _lines(unlock)
    elif sys.stdin.isatty():
        for _time in range(_TYPED):
            yield Passphrase(getpass.getpass(T("Passphrase of “{file}”: ", file=path.name).in_language(lang)))


def _lines(path: Path) -> list[Passphrase]:
    first = passphrase_from(path)  # says what is wrong with the file
    with path.open(encoding="utf-8-sig") as stream:
        words = [line.rstrip("\r\n") for _number, line in zip(range(_MOST), stream, strict=False)]
    return [Passphrase(word) for word in words if word] or [Passphrase(first)]


def new_passphrase(path: Path | None, lang: str) -> Passphrase:
    """A passphrase for a file: from the first line of another, or typed twice.

    Raises
    ------
    UserError
        when it is weak, both differ, or nobody can be asked.
    """
    if path is not None:
        passphrase = Passphrase(passphrase_from(path))
    elif sys.stdin.isatty():
        passphrase = Passphrase(getpass.getpass(T("New passphrase: ").in_language(lang)))
        passphrase.check()
        if Passphrase(getpass.getpass(T("Once more: ").in_language(lang))) != passphrase:
            raise UserError(T("The two passphrases differ."), T("Nothing was changed. Type the same one twice."))
    else:
        raise UserError(T("A new passphrase is needed."), T("Name a file with --passphrase-file."))
    passphrase.check()
    return passphrase
