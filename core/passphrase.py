"""Passphrases of files: what they must be, and who is asked when a file needs one. They are never shown or kept."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from core.errors import UserError
from core.i18n import T

SHORTEST = 12
"""Characters of a passphrase. Ours: what is shorter can be tried out by whoever has the file."""
_DIFFERENT = 6
"""Characters that must differ."""
_GROUPS, _DIGITS = 6, 4


@dataclass(frozen=True, slots=True)
class Passphrase:
    """What a person types; the same word on every keyboard (Unicode NFC). Neither ``repr`` nor ``str`` tell it."""

    word: str = field(repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", unicodedata.normalize("NFC", self.word))

    def check(self) -> None:
        """Refuse what is guessed soon.

        Raises
        ------
        UserError
            that says what a good one looks like.
        """
        if len(self.word) < SHORTEST or len(set(self.word)) < _DIFFERENT or self.word != self.word.strip():
            raise UserError(
                T("The passphrase is too easily guessed: at least {count} characters, {different} of them different,"
                  " no space at its ends.", count=SHORTEST, different=_DIFFERENT),
                T("Put together some words that nobody would put together."),
            )  # fmt: skip


class LockedError(UserError):
    """A file needs its passphrase, or another one than was given."""

    def __init__(self, path: Path, *, wrong: bool = False) -> None:
        if wrong:
            super().__init__(
                T("“{file}” does not open with this passphrase.", file=path.name),
                T("Check Caps Lock and the language of the keyboard. A file that is damaged, or not of this program,"
                  " looks the same from outside."),
            )  # fmt: skip
        else:
            super().__init__(
                T("“{file}” is encrypted, or is not a file of this program.", file=path.name), T("Type its passphrase.")
            )
        self.path, self.wrong = path, wrong


Ask: TypeAlias = Callable[[LockedError], Passphrase]
"""Is told which file needs a passphrase, and whether the last one was wrong; raises what it got when it gives up."""


def _nobody(error: LockedError) -> Passphrase:
    raise error


_ASK: ContextVar[Ask] = ContextVar("ask", default=_nobody)


@contextmanager
def asking(ask: Ask) -> Iterator[None]:
    """Whoever is asked for passphrases within the block; otherwise nobody is, and files stay locked."""
    token = _ASK.set(ask)
    try:
        yield
    finally:
        _ASK.reset(token)


def asked(error: LockedError) -> Passphrase:
    """The passphrase, from whoever is asked now.

    Raises
    ------
    LockedError
        when nobody answers.
    """
    return _ASK.get()(error)


def one_time() -> Passphrase:
    """A passphrase for one file that is sent, told by telephone: digits, which are said alike in any language.

    24 of them, about 80 bits.
    """
    import secrets  # which few commands need

    return Passphrase("-".join(f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}" for _ in range(_GROUPS)))
