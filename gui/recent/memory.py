"""What is remembered of a file: how it is called, when and where in it somebody was last, whether it is pinned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gui.settings import Settings


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A file that was open once."""

    path: Path
    name: str = ""
    """Of the plant or group; empty: never known, or of an encrypted file, whose name tells too much."""
    opened: str = ""
    """Moment when it was left last, as ISO time; empty: not known."""
    place: str = ""
    """Page on which it was left."""
    year: int = 0
    """Year that was shown; 0: not known."""
    pinned: bool = False
    """Stays on top, however many are opened after it."""

    @property
    def is_group(self) -> bool:
        """Whether it is a file of head office."""
        return self.path.suffix.casefold() == ".group"

    @property
    def title(self) -> str:
        """How it is listed."""
        return self.name or self.path.stem

    @property
    def day(self) -> datetime | None:
        """When it was left, in the time of this computer."""
        try:
            return datetime.fromisoformat(self.opened).astimezone() if self.opened else None
        except ValueError:
            return None


def recent_files(settings: Settings) -> tuple[RecentFile, ...]:
    """All of them, pinned ones first, then the one that was opened last."""
    found = [file_of(settings, path) for path in settings.recent]
    return tuple(sorted(found, key=lambda one: not one.pinned))


def file_of(settings: Settings, path: Path) -> RecentFile:
    """What is remembered of one; what cannot be read counts as never kept."""
    facts = settings.facts_of(path)
    year = facts.get("year")
    return RecentFile(
        path,
        _text(facts, "name"),
        _text(facts, "opened"),
        _text(facts, "place"),
        year if isinstance(year, int) and not isinstance(year, bool) else 0,
        facts.get("pinned") is True,
    )


def _text(facts: Mapping[str, object], name: str) -> str:
    value = facts.get(name)
    return value if isinstance(value, str) else ""


def left(settings: Settings, path: Path, name: str, place: str, year: int, when: datetime) -> None:
    """Keep where somebody was when a file is closed."""
    settings.keep_facts(path, {"name": name, "place": place, "year": year, "opened": when.isoformat()})


def pin(settings: Settings, path: Path, *, pinned: bool) -> None:
    """Keep it on top, or not any more."""
    settings.keep_facts(path, {"pinned": pinned})


def moved(settings: Settings, path: Path, to: Path) -> None:
    """A file lies somewhere else now: what is known of it goes with it."""
    facts = settings.facts_of(path)
    settings.forget(path)
    settings.opened(to)
    settings.keep_facts(to, facts)
