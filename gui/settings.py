"""What the program remembers about a person, with types: ini files in the places of :mod:`core.running.places`.

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
from collections.abc import Iterable, Iterator, Mapping
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
LANGUAGES = ("system", "zh", "en")
THEMES = ("system", "light", "dark")
RECENT_MAX = 8
LOCK_MINUTES = (5, 15, 30, 60)
"""Without input, after which an encrypted file may be locked."""
_LOCK_AFTER = 15


class Settings:
    """Typed access to the ini files; an unreadable value counts as never set, and what cannot be written is kept in
    memory.
    """

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
    def language(self) -> str:
        """``system``, ``zh`` or ``en``."""
        return self._choice("window/language", LANGUAGES)

    @language.setter
    def language(self, value: str) -> None:
        self._set("window/language", value)

    @property
    def theme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._choice("window/theme", THEMES)

    @theme.setter
    def theme(self, value: str) -> None:
        self._set("window/theme", value)

    @property
    def person(self) -> str:
        """Name under which edits are journalled; empty until somebody says it."""
        return self._text("person/name")

    @person.setter
    def person(self, value: str) -> None:
        self._set("person/name", value)

    @property
    def head_office(self) -> Path | None:
        """The file of head office that says whom to believe: a trust file that was taken up, or one chosen last."""
        name = self._text("files/head_office")
        return kept_path(name, self.where) if name else None

    @head_office.setter
    def head_office(self, path: Path | None) -> None:
        self._set("files/head_office", "" if path is None else kept_word(path, self.where))

    @property
    def key_file(self) -> Path | None:
        """The key that signed last; never its passphrase."""
        name = self._text("files/key")
        return kept_path(name, self.where) if name else None

    @key_file.setter
    def key_file(self, path: Path) -> None:
        self._set("files/key", kept_word(path.absolute(), self.where))

    @property
    def root_key_file(self) -> Path | None:
        """The key of the group's root that issued last; never its passphrase."""
        name = self._text("files/root_key")
        return kept_path(name, self.where) if name else None

    @root_key_file.setter
    def root_key_file(self, path: Path) -> None:
        self._set("files/root_key", kept_word(path.absolute(), self.where))

    def folder_of(self, what: str) -> Path | None:
        """Where files of a kind were chosen last; None where that is not there any more."""
        name = self._text(f"files/folder/{what}")
        found = kept_path(name, self.where) if name else None
        return found if found is not None and found.is_dir() else None

    def keep_folder(self, what: str, folder: Path) -> None:
        """Files of a kind were chosen there."""
        self._set(f"files/folder/{what}", self._word(folder))

    @property
    def token_library(self) -> Path | None:
        """The PKCS#11 library of the token that was used last."""
        name = self._text("files/token_library")
        return Path(name) if name else None

    @token_library.setter
    def token_library(self, path: Path | None) -> None:
        self._set("files/token_library", "" if path is None else str(path))

    @property
    def signs_with_token(self) -> bool:
        """Whether the last signature was asked of a token and not of a key file."""
        return self._text("person/signs_with") == "token"

    @signs_with_token.setter
    def signs_with_token(self, value: bool) -> None:
        self._set("person/signs_with", "token" if value else "file")

    @property
    def time_stamps(self) -> str:
        """Address of the time stamping authority that is asked when something is signed; empty: none is."""
        return self._text("person/time_stamps")

    @time_stamps.setter
    def time_stamps(self, value: str) -> None:
        self._set("person/time_stamps", value)

    @property
    def lock_minutes(self) -> int:
        """Minutes without input after which an encrypted file is locked; 0: never by itself."""
        words = self._text("window/lock_minutes")
        return int(words) if words in ("0", *map(str, LOCK_MINUTES)) else _LOCK_AFTER

    @lock_minutes.setter
    def lock_minutes(self, value: int) -> None:
        self._set("window/lock_minutes", str(value))

    @property
    def geometry(self) -> QByteArray:
        """Where the window was, as Qt writes it; empty at first."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._set("window/geometry", value)

    @property
    def docks(self) -> QByteArray:
        """How the parts of the window were arranged."""
        return self._bytes("window/docks")

    @docks.setter
    def docks(self, value: QByteArray) -> None:
        self._set("window/docks", value)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened last, newest first, whether or not they still exist."""
        return tuple(kept_path(name, self.where) for name in self._list("files/recent"))

    def opened(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        with self._alone():
            held = [path, *(other for other in self.recent if other != path)]
            first = [one for one in held if self.facts_of(one).get("pinned") is True]
            self._keep_recent([one for place, one in enumerate(held) if place < RECENT_MAX or one in first])

    def forget(self, path: Path) -> None:
        """Take a file off the recent ones."""
        with self._alone():
            self._keep_recent([other for other in self.recent if other != path])

    def facts_of(self, path: Path) -> dict[str, object]:
        """What was kept about a recent file, by name; see :mod:`gui.recent.memory`."""
        found = self._facts().get(kept_word(path, self.where))
        return dict(found) if isinstance(found, dict) else {}

    def keep_facts(self, path: Path, facts: Mapping[str, object]) -> None:
        """Keep more about a recent file, in place of what is known under the same names."""
        with self._alone():
            words = {kept_word(one, self.where): one for one in self.recent}
            known = {word: held for word, held in self._facts().items() if word in words}
            known[kept_word(path, self.where)] = {**self.facts_of(path), **facts}
            self._set("files/facts", json.dumps(known, ensure_ascii=False))

    def _facts(self) -> dict[str, object]:
        found = self._json("files/facts")
        return found if isinstance(found, dict) else {}

    def _keep_recent(self, paths: Iterable[Path]) -> None:
        names = [kept_word(path, self.where) for path in paths]
        self._set("files/recent", json.dumps(names, ensure_ascii=False))

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

    @property
    def used_commands(self) -> tuple[str, ...]:
        """English titles of the commands used last, newest first."""
        return tuple(self._list("window/used_commands"))

    def command_used(self, name: str) -> None:
        """Put a command at the head of those."""
        names = [name, *(other for other in self.used_commands if other != name)]
        self._set("window/used_commands", json.dumps(names[:RECENT_MAX], ensure_ascii=False))

    def hidden_columns(self, table: str, default: Iterable[str] = ()) -> frozenset[str]:
        """Keys of the columns somebody switched off in this table."""
        if not self._store.contains(f"tables/{table}/hidden"):
            return frozenset(default)
        return frozenset(self._list(f"tables/{table}/hidden"))

    def hide_columns(self, table: str, keys: Iterable[str]) -> None:
        """Remember which columns of a table are off."""
        self._set(f"tables/{table}/hidden", json.dumps(sorted(keys)))

    def column_widths(self, table: str) -> dict[str, int]:
        """Widths somebody dragged, by column."""
        found = self._json(f"tables/{table}/widths")
        if not isinstance(found, dict):
            return {}
        return {str(key): width for key, width in found.items() if isinstance(width, int) and 0 < width < 4000}

    def keep_widths(self, table: str, widths: dict[str, int]) -> None:
        """Remember dragged widths."""
        self._set(f"tables/{table}/widths", json.dumps(widths))

    def watched_folder(self, group: Path) -> Path | None:
        """The folder whose reports come into a group by themselves."""
        name = self._watched().get(self._word(group))
        return kept_path(name, self.where) if name else None

    def watch_folder(self, group: Path, folder: Path | None) -> None:
        """Remember it; None: none is watched any more."""
        with self._alone():
            kept = self._watched()
            kept.pop(self._word(group), None)
            if folder is not None:
                kept[self._word(group)] = self._word(folder)
            self._set("office/watched", json.dumps(kept, ensure_ascii=False))

    def _watched(self) -> dict[str, str]:
        found = self._json("office/watched")
        return {key: name for key, name in found.items() if isinstance(name, str)} if isinstance(found, dict) else {}

    def _word(self, path: Path) -> str:
        return kept_word(path.absolute(), self.where)

    @property
    def declared(self) -> dict[str, str]:
        """What the company declared last with a footprint, as it was typed, by field."""
        found = self._json("products/declared")
        if not isinstance(found, dict):
            return {}
        return {str(key): words for key, words in found.items() if isinstance(words, str)}

    @declared.setter
    def declared(self, value: dict[str, str]) -> None:
        self._set("products/declared", json.dumps(value, ensure_ascii=False))

    def take_over(self, key: str, value: object) -> None:
        """A value of an earlier version, whatever it is."""
        self._set(key, value)

    def sync(self) -> bool:
        """Write the files now, for nobody else to read. Whether they are written."""
        good = True
        for store in self._stores:
            good = _written(store) and good
        return good

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

    def _bytes(self, key: str) -> QByteArray:
        value = self._of(key).value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _json(self, key: str) -> object:
        try:
            return json.loads(self._text(key) or "null")
        except ValueError:
            self._put_aside(self._of(key))
            return None

    @property
    def put_aside(self) -> tuple[Path, ...]:
        """Copies of files that could not be read wholly when the program began."""
        return tuple(sorted(path.with_name(path.name + DAMAGED) for path in self._aside))

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

    def _list(self, key: str) -> list[str]:
        found = self._json(key)
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


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
