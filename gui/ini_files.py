"""Two ini files in the places of :mod:`core.running.places`, with types: what they hold, and what a disk makes of them.

What a person wants on each of their computers stands in one file, what only makes sense on this one in another. Two
programs of one person may be open: each writes only what it changed, and what both add to is read anew before.

A file is written whole or not at all; what a disk refuses stays in memory and is written when it takes it. A file of
which something cannot be read is kept as it was beside the one that is written next.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from PySide6.QtCore import QByteArray, QLockFile, QSettings

from core.running.places import Places, can_keep, kept_path, kept_word, places, private_file, private_folder

SETTINGS, COMPUTER = "settings.ini", "computer.ini"
ONLY_HERE = ("window/geometry", "window/docks", "files/", "office/", "person/signs_with")
"""Beginnings of what is kept for this computer alone."""
WAIT_MS = 500
"""For another program that writes the same list; longer than it ever takes."""
STALE_MS = 2000
"""Old enough for a lock that was left behind."""
DAMAGED = ".damaged"
"""Ends the name of what was kept of a file that could not be read wholly."""


class IniFiles:
    """Values by key; an unreadable one counts as never set, and what cannot be written is kept in memory."""

    def __init__(self, path: Path | None = None, where: Places | None = None) -> None:
        """Open them.

        Parameters
        ----------
        path
            one file for everything, beside which the rest is kept.
        where
            places of the program; None: those of this process.
        """
        self.where = where if where is not None else places()
        """Places of the program."""
        if path is not None:
            self._store = self._here = _ini(path)
            self.folder = path.parent
        else:
            for folder in (self.where.settings, self.where.state):
                private_folder(folder)
            self._store = _ini(self.where.settings / SETTINGS)
            self._here = _ini(self.where.state / COMPUTER)
            self.folder = self.where.data
            """Where files of the person are kept."""
        self._aside: set[Path] = set()
        for store in self._stores:
            store.allKeys()  # all of it is read, so that it is known whether it can be
            if store.status() == QSettings.Status.FormatError:
                self._put_aside(store)

    @property
    def files(self) -> tuple[Path, ...]:
        """The ini files."""
        return tuple(Path(store.fileName()) for store in self._stores)

    @property
    def _stores(self) -> tuple[QSettings, ...]:
        return (self._store,) if self._store is self._here else (self._store, self._here)

    def can_be_kept(self) -> bool:
        """Whether they outlive the program; not on a disk that can only be read."""
        return all(can_keep(path.parent) for path in self.files)

    @property
    def put_aside(self) -> tuple[Path, ...]:
        """Copies of files that could not be read wholly when the program began."""
        return tuple(sorted(path.with_name(path.name + DAMAGED) for path in self._aside))

    def take_over(self, key: str, value: object) -> None:
        """A value of an earlier version, whatever it is."""
        self._set(key, value)

    def sync(self) -> bool:
        """Write the files now, for nobody else to read. Whether they are written."""
        good = True
        for store in self._stores:
            good = _written(store) and good
        return good

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Change a list that another program may change too: its last word is read before, ours written at once."""
        lock = QLockFile(f"{self._here.fileName()}.list")
        lock.setStaleLockTime(STALE_MS)
        lock.tryLock(WAIT_MS)  # where nothing can be written, nobody else writes either
        try:
            _written(self._here)
            yield
            self.sync()
        finally:
            lock.unlock()

    def _of(self, key: str) -> QSettings:
        return self._here if key.startswith(ONLY_HERE) else self._store

    def _set(self, key: str, value: object) -> None:
        store = self._of(key)
        _free(store)  # Qt may write at any time from now on
        store.setValue(key, value)

    def _text(self, key: str) -> str:
        value = self._of(key).value(key, "")
        return value if isinstance(value, str) else ""

    def _choice(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self._text(key)
        return value if value in allowed else allowed[0]

    def _path(self, key: str) -> Path | None:
        name = self._text(key)
        return kept_path(name, self.where) if name else None

    def _word(self, path: Path) -> str:
        return kept_word(path.absolute(), self.where)

    def _bytes(self, key: str) -> QByteArray:
        value = self._of(key).value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _json(self, key: str) -> object:
        try:
            return json.loads(self._text(key) or "null")
        except ValueError:
            self._put_aside(self._of(key))
            return None

    def _list(self, key: str) -> list[str]:
        found = self._json(key)
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []

    def _put_aside(self, store: QSettings) -> None:
        """Keep a file as it is, once: what is set next takes away whatever of it cannot be read."""
        from core.running.log import LOG

        path = Path(store.fileName())
        if path in self._aside:
            return
        self._aside.add(path)
        LOG.note("settings-damaged", "warning")
        with suppress(OSError):  # a disk that keeps nothing
            private_file(Path(shutil.copy(path, path.with_name(path.name + DAMAGED))))


def _ini(path: Path) -> QSettings:
    return QSettings(str(path), QSettings.Format.IniFormat)


def _written(store: QSettings) -> bool:
    if not _free(store):
        return False
    store.sync()
    private_file(Path(store.fileName()))
    return store.status() != QSettings.Status.AccessError


def _free(store: QSettings) -> bool:
    """Take away a lock that a killed program or a disk left: Qt waits, on a full disk for ever. Whether it went."""
    lock, until = Path(f"{store.fileName()}.lock"), time.monotonic() + STALE_MS / 1000
    with suppress(OSError):  # most often there is none
        while abs(time.time() - lock.stat().st_mtime) < STALE_MS / 1000 and time.monotonic() < until:
            time.sleep(0.02)  # who really writes is done by then
        lock.unlink()
    return not os.path.lexists(lock)
