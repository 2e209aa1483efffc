"""What the program remembers about a person, with types; how it is kept says :mod:`gui.ini_files`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray

from core.running.places import kept_path, kept_word
from gui.ini_files import IniFiles

LANGUAGES = ("system", "zh", "en")
THEMES = ("system", "light", "dark")
RECENT_MAX = 8
LOCK_MINUTES = (5, 15, 30, 60)
"""Without input, after which an encrypted file may be locked."""
_LOCK_AFTER = 15


class Settings(IniFiles):
    """Typed access to the ini files."""

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
        return self._path("files/head_office")

    @head_office.setter
    def head_office(self, path: Path | None) -> None:
        self._set("files/head_office", "" if path is None else kept_word(path, self.where))

    @property
    def key_file(self) -> Path | None:
        """The key that signed last; never its passphrase."""
        return self._path("files/key")

    @key_file.setter
    def key_file(self, path: Path) -> None:
        self._set("files/key", kept_word(path.absolute(), self.where))

    @property
    def root_key_file(self) -> Path | None:
        """The key of the group's root that issued last; never its passphrase."""
        return self._path("files/root_key")

    @root_key_file.setter
    def root_key_file(self, path: Path) -> None:
        self._set("files/root_key", kept_word(path.absolute(), self.where))

    def folder_of(self, what: str) -> Path | None:
        """Where files of a kind were chosen last; None where that is not there any more."""
        found = self._path(f"files/folder/{what}")
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
