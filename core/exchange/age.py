"""Files for mail under a passphrase, in the format age (age-encryption.org/v1), which other programs open too.

A passphrase becomes a key by scrypt, the bytes are sealed with ChaCha20-Poly1305: whoever alters them is found out.
"""

from __future__ import annotations

from pathlib import Path

from core.disk import cannot_open
from core.errors import UserError
from core.i18n import T, verbatim
from core.passphrase import LockedError, Passphrase

SUFFIX = ".age"
LARGEST = 500_000_000
"""Of a file that is sent; all of it comes into memory. [bytes]"""
_BEGINS = b"age-encryption.org/v1\n"


def sealed(data: bytes, passphrase: Passphrase) -> bytes:
    """Bytes under a passphrase; takes a second, on purpose."""
    import pyrage

    return bytes(pyrage.passphrase.encrypt(data, passphrase.word))


def opened(path: Path, passphrase: Passphrase) -> bytes:
    """The bytes of a file that was sent.

    Raises
    ------
    LockedError
        when it does not open with this passphrase, or was altered.
    """
    import pyrage

    try:
        return bytes(pyrage.passphrase.decrypt(path.read_bytes(), passphrase.word))
    except pyrage.DecryptError as error:
        raise LockedError(path, wrong=True) from error


def is_age(path: Path) -> bool:
    """Whether a file begins as one of this format.

    Raises
    ------
    UserError
        when it cannot be read, or is larger than may be read.
    """
    try:
        with path.open("rb") as stream:
            begin = stream.read(len(_BEGINS))
        size = path.stat().st_size
    except OSError as error:
        raise cannot_open(path, error) from error
    if size > LARGEST:
        raise UserError(
            T("“{file}” is larger than {limit} MB.", file=verbatim(path.name), limit=LARGEST // 1_000_000),
            T("Hand it over on a stick, as an encrypted plant file."),
        )
    return begin == _BEGINS
