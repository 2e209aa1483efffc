"""Which files are unlocked in this process: their keys, found by the salt at their beginning.

Jobs open a file again in threads of their own, and older versions and copies are looked at beside it. All of them begin
with the same salt, so that a person is asked once. Keys are in memory alone, and passphrases nowhere.
"""

from __future__ import annotations

from pathlib import Path

from core.passphrase import LockedError, Passphrase, asked
from core.store.cipher import Key, is_encrypted, opens, salt_of

_KEYS: dict[bytes, Key] = {}


def unlock(path: Path, passphrase: Passphrase) -> None:
    """Open a file for everything in this process, until :func:`forget`.

    Raises
    ------
    LockedError
        when it does not open with this passphrase.
    """
    key = Key.of(passphrase, salt_of(path))
    if not opens(path, key):
        raise LockedError(path, wrong=True)
    remember(key)


def remember(key: Key | None, instead: Key | None = None) -> None:
    """Keep the key of a file that was made, in place of the one that it had."""
    if instead is not None:
        _KEYS.pop(instead.salt, None)
    if key is not None:
        _KEYS[key.salt] = key


def forget(but: Path | None = None) -> None:
    """Lock everything again, but for one file; connections that are open stay open."""
    kept = None if but is None or not is_encrypted(but) else salt_of(but)
    for salt in tuple(_KEYS):
        if salt != kept:
            del _KEYS[salt]


def is_locked(path: Path) -> bool:
    """Whether a passphrase would be asked for.

    Raises
    ------
    OSError
        when the file cannot be read.
    """
    return is_encrypted(path) and salt_of(path) not in _KEYS


def key_of(path: Path) -> Key | None:
    """The key of an encrypted file, None for a plain one. Whoever is asked for passphrases is asked until one is right.

    Raises
    ------
    LockedError
        when nobody answers.
    """
    if not is_encrypted(path):
        return None
    salt, wrong = salt_of(path), False
    while salt not in _KEYS:
        passphrase = asked(LockedError(path, wrong=wrong))
        try:
            unlock(path, passphrase)
        except LockedError:
            wrong = True
    return _KEYS[salt]
