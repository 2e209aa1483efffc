"""What the program does about recent files: commands of the menu, keeping where one was, files dropped on a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from core import FILES
from core.i18n import T
from gui.commands import Command
from gui.language import _
from gui.recent.memory import RecentFile, file_of, left, recent_files
from gui.session import Session
from gui.settings import Settings
from gui.topbar import Desk, named


def recent_commands(settings: Settings, open_one: Callable[[Path], object], now: Path | None) -> list[Command]:
    """One command for each recent file but the one that is open, with the folder where names are alike."""
    files = [one for one in recent_files(settings) if one.path != now]
    titles = [one.title for one in files]
    return [
        Command(
            _("Open {file}", file=_called(one, alike=titles.count(one.title) > 1)),
            lambda path=one.path: open_one(path),  # type: ignore[misc]
            icon="office" if one.is_group else "plant",
            menu="recent",
            also=T("Open {file}", file=one.title),
        )
        for one in files
    ]


def _called(one: RecentFile, *, alike: bool) -> str:
    return f"{one.title} ({one.path.parent})" if alike else one.title


def remember(settings: Settings, desk: Desk, place: str) -> None:
    """Keep how the open file is called and where in it somebody is; of an encrypted one not its name."""
    from core.store.cipher import is_encrypted

    path = desk.file.path
    name = desk.ledger.plant.name if isinstance(desk, Session) else named(desk)
    name = "" if is_encrypted(path) else name
    left(settings, path, name, place, desk.year, datetime.now(UTC).replace(microsecond=0))


def go_back(settings: Settings, desk: Desk) -> str:
    """Show the year that was shown when the file was left; gives the place that was."""
    known = file_of(settings, desk.file.path)
    if known.year and known.year in desk.years_to_show():
        desk.show_year(known.year)
    return known.place


def to_open(paths: Sequence[Path]) -> Path | None:
    """The file among those dropped that is opened; None when there is none."""
    return next((path for path in paths if path.suffix.casefold() in FILES), None)
