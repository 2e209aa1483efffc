from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from gui.recent.memory import RecentFile, file_of, left, moved, pin, recent_files
from gui.settings import RECENT_MAX, Settings

WHEN = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
A, B = Path("/f/a.plant"), Path("/f/b.group")


def test_a_file_is_known_by_what_was_seen_in_it_last(settings: Settings, tmp_path: Path) -> None:
    settings.opened(A)
    left(settings, A, "Works", "activity", 2024, WHEN)
    again = Settings(tmp_path / "settings.ini")
    assert recent_files(again) == (RecentFile(A, "Works", WHEN.isoformat(), "activity", 2024),)
    assert recent_files(again)[0].title == "Works"
    day = recent_files(again)[0].day
    assert day is not None
    assert day.astimezone(UTC) == WHEN


def test_a_file_of_which_nothing_is_known_is_called_by_its_own_name(settings: Settings) -> None:
    settings.opened(B)
    known = recent_files(settings)[0]
    assert (known.title, known.day, known.year, known.is_group) == ("b", None, 0, True)


def test_pinned_files_stay_on_top_however_many_follow(settings: Settings) -> None:
    settings.opened(A)
    pin(settings, A, pinned=True)
    for number in range(RECENT_MAX + 3):
        settings.opened(Path(f"/f/{number}.plant"))
    files = recent_files(settings)
    assert files[0].path == A
    assert len(files) == RECENT_MAX + 1
    pin(settings, A, pinned=False)
    settings.opened(B)
    assert A not in [one.path for one in recent_files(settings)]


def test_what_is_known_goes_with_a_file_that_was_moved_and_ends_with_one_that_was_forgotten(settings: Settings) -> None:
    settings.opened(A)
    left(settings, A, "Works", "meters", 2023, WHEN)
    pin(settings, A, pinned=True)
    to = Path("/g/a.plant")
    moved(settings, A, to)
    assert [one.path for one in recent_files(settings)] == [to]
    assert (file_of(settings, to).place, file_of(settings, to).pinned) == ("meters", True)
    settings.forget(to)
    settings.opened(B)
    left(settings, B, "", "inbox", 2024, WHEN)
    assert file_of(settings, to).place == ""


@pytest.mark.parametrize(
    "rubbish", ['{"/f/a.plant": 3}', "[]", '{"/f/a.plant": {"year": "x", "name": 4, "opened": "y"}}']
)
def test_what_cannot_be_read_counts_as_never_kept(settings: Settings, tmp_path: Path, rubbish: str) -> None:
    settings.opened(A)
    settings.take_over("files/facts", rubbish)
    known = file_of(settings, A)
    assert (known.name, known.year, known.day, known.pinned) == ("", 0, None, False)
