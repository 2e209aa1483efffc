"""What the program remembers about a person: an ini file in the platform's place, with types."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

LANGUAGES = ("system", "zh", "en")
THEMES = ("system", "light", "dark")
RECENT_MAX = 8


class Settings:
    """Typed access to the ini file; an unreadable value counts as never set."""

    def __init__(self, path: Path | None = None) -> None:
        ini = QSettings.Format.IniFormat
        if path is None:
            self._store = QSettings(ini, QSettings.Scope.UserScope, "Plant Carbon Audit", "plant-carbon-audit")
        else:
            self._store = QSettings(str(path), ini)

    @property
    def folder(self) -> Path:
        """Where files of the person are kept, beside the settings."""
        return Path(self._store.fileName()).parent

    @property
    def language(self) -> str:
        """``system``, ``zh`` or ``en``."""
        return self._choice("window/language", LANGUAGES)

    @language.setter
    def language(self, value: str) -> None:
        self._store.setValue("window/language", value)

    @property
    def theme(self) -> str:
        """``system``, ``light`` or ``dark``."""
        return self._choice("window/theme", THEMES)

    @theme.setter
    def theme(self, value: str) -> None:
        self._store.setValue("window/theme", value)

    @property
    def person(self) -> str:
        """Name under which edits are journalled; empty until somebody says it."""
        return self._text("person/name")

    @person.setter
    def person(self, value: str) -> None:
        self._store.setValue("person/name", value)

    @property
    def head_office(self) -> Path | None:
        """The file of head office that says whom to believe: a trust file that was taken up, or one chosen last."""
        name = self._text("files/head_office")
        return Path(name) if name else None

    @head_office.setter
    def head_office(self, path: Path | None) -> None:
        self._store.setValue("files/head_office", "" if path is None else str(path))

    @property
    def token_library(self) -> Path | None:
        """The PKCS#11 library of the token that was used last."""
        name = self._text("files/token_library")
        return Path(name) if name else None

    @token_library.setter
    def token_library(self, path: Path | None) -> None:
        self._store.setValue("files/token_library", "" if path is None else str(path))

    @property
    def signs_with_token(self) -> bool:
        """Whether the last signature was asked of a token and not of a key file."""
        return self._text("person/signs_with") == "token"

    @signs_with_token.setter
    def signs_with_token(self, value: bool) -> None:
        self._store.setValue("person/signs_with", "token" if value else "file")

    @property
    def time_stamps(self) -> str:
        """Address of the time stamping authority that is asked when something is signed; empty: none is."""
        return self._text("person/time_stamps")

    @time_stamps.setter
    def time_stamps(self, value: str) -> None:
        self._store.setValue("person/time_stamps", value)

    @property
    def geometry(self) -> QByteArray:
        """Where the window was, as Qt writes it; empty at first."""
        return self._bytes("window/geometry")

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._store.setValue("window/geometry", value)

    @property
    def docks(self) -> QByteArray:
        """How the parts of the window were arranged."""
        return self._bytes("window/docks")

    @docks.setter
    def docks(self, value: QByteArray) -> None:
        self._store.setValue("window/docks", value)

    @property
    def recent(self) -> tuple[Path, ...]:
        """Files opened last, newest first, whether or not they still exist."""
        return tuple(Path(name) for name in self._list("files/recent"))

    def opened(self, path: Path) -> None:
        """Put a file at the head of the recent ones."""
        names = [str(path), *(str(other) for other in self.recent if other != path)]
        self._store.setValue("files/recent", json.dumps(names[:RECENT_MAX], ensure_ascii=False))

    def forget(self, path: Path) -> None:
        """Take a file off the recent ones."""
        names = [str(other) for other in self.recent if other != path]
        self._store.setValue("files/recent", json.dumps(names, ensure_ascii=False))

    def hidden_columns(self, table: str, default: Iterable[str] = ()) -> frozenset[str]:
        """Keys of the columns somebody switched off in this table."""
        if not self._store.contains(f"tables/{table}/hidden"):
            return frozenset(default)
        return frozenset(self._list(f"tables/{table}/hidden"))

    def hide_columns(self, table: str, keys: Iterable[str]) -> None:
        """Remember which columns of a table are off."""
        self._store.setValue(f"tables/{table}/hidden", json.dumps(sorted(keys)))

    def column_widths(self, table: str) -> dict[str, int]:
        """Widths somebody dragged, by column."""
        found = self._json(f"tables/{table}/widths")
        if not isinstance(found, dict):
            return {}
        return {str(key): width for key, width in found.items() if isinstance(width, int) and 0 < width < 4000}

    def keep_widths(self, table: str, widths: dict[str, int]) -> None:
        """Remember dragged widths."""
        self._store.setValue(f"tables/{table}/widths", json.dumps(widths))

    def watched_folder(self, group: Path) -> Path | None:
        """The folder whose reports come into a group by themselves."""
        found = self._json("office/watched")
        name = found.get(str(group.absolute())) if isinstance(found, dict) else None
        return Path(name) if isinstance(name, str) and name else None

    def watch_folder(self, group: Path, folder: Path | None) -> None:
        """Remember it; None: none is watched any more."""
        found = self._json("office/watched")
        kept = {key: name for key, name in found.items() if isinstance(name, str)} if isinstance(found, dict) else {}
        kept.pop(str(group.absolute()), None)
        if folder is not None:
            kept[str(group.absolute())] = str(folder.absolute())
        self._store.setValue("office/watched", json.dumps(kept, ensure_ascii=False))

    @property
    def declared(self) -> dict[str, str]:
        """What the company declared last with a footprint, as it was typed, by field."""
        found = self._json("products/declared")
        if not isinstance(found, dict):
            return {}
        return {str(key): words for key, words in found.items() if isinstance(words, str)}

    @declared.setter
    def declared(self, value: dict[str, str]) -> None:
        self._store.setValue("products/declared", json.dumps(value, ensure_ascii=False))

    def sync(self) -> None:
        """Write the file now."""
        self._store.sync()

    def _text(self, key: str) -> str:
        value = self._store.value(key, "")
        return value if isinstance(value, str) else ""

    def _choice(self, key: str, allowed: tuple[str, ...]) -> str:
        value = self._text(key)
        return value if value in allowed else allowed[0]

    def _bytes(self, key: str) -> QByteArray:
        value = self._store.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def _json(self, key: str) -> object:
        try:
            return json.loads(self._text(key) or "null")
        except ValueError:
            return None

    def _list(self, key: str) -> list[str]:
        found = self._json(key)
        return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
