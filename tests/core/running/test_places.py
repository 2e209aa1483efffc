"""Where things lie: in the places of the platform, or all of it in one folder, and for nobody else to read."""

from __future__ import annotations

import errno
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.running import places as module
from core.running.places import (
    PORTABLE,
    Places,
    can_keep,
    keep_together,
    kept_path,
    kept_word,
    places,
    portable_from,
    private_file,
    private_folder,
)
from core.running.start import begin

POSIX = pytest.mark.skipif(os.name != "posix", reason="rights of files")


@pytest.fixture(autouse=True)
def same_temporary_folder() -> Iterator[None]:
    before = tempfile.tempdir
    yield
    tempfile.tempdir = before


def stick(folder: Path) -> Places:
    return places({PORTABLE: str(folder)})


@pytest.mark.skipif(sys.platform != "linux", reason="the places of Linux")
def test_the_environment_says_where(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    found = places({})
    app = "plant-carbon-audit"
    assert found.settings == tmp_path / "CONFIG" / app
    assert found.data == tmp_path / "DATA" / app
    assert found.state == tmp_path / "STATE" / app
    assert found.cache == tmp_path / "CACHE" / app
    assert found.logs == tmp_path / "STATE" / app / "log"
    assert found.crashes == tmp_path / "STATE" / app / "crashes"
    assert (found.portable, found.temp) == (None, None)


def test_settings_roam_on_windows_and_nothing_else_does(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import platformdirs
    from platformdirs import windows

    folders = {"CSIDL_APPDATA": str(tmp_path / "Roaming"), "CSIDL_LOCAL_APPDATA": str(tmp_path / "Local")}
    monkeypatch.setattr(windows, "get_win_folder", folders.__getitem__)
    monkeypatch.setattr(platformdirs, "PlatformDirs", windows.Windows)
    found = places({})
    roaming = [name for name, path in found.named.items() if "Roaming" in str(path)]
    assert roaming == ["settings"]
    assert all("Local" in str(path) for name, path in found.named.items() if name != "settings")


def test_one_folder_holds_everything(tmp_path: Path) -> None:
    found = stick(tmp_path)
    assert all(tmp_path in path.parents for path in (*found.named.values(), found.demo, found.trust, found.updates))
    assert found.temp is not None and tmp_path in found.temp.parents


@pytest.mark.parametrize("mark", ["portable.ini", "data"])
def test_a_mark_beside_the_frozen_program_is_enough(tmp_path: Path, mark: str) -> None:
    assert places({}, tmp_path).portable is None
    (tmp_path / mark).touch() if mark.endswith(".ini") else (tmp_path / mark).mkdir()
    assert places({}, tmp_path).portable == tmp_path / "data"
    other = tmp_path / "elsewhere"
    assert places({PORTABLE: str(other)}, tmp_path).portable == other, "what a person says counts more"


def test_a_file_called_data_is_no_mark(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    assert places({}, tmp_path).portable is None


def test_beside_means_beside_the_bundle_of_macos(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "A.app" / "Contents" / "MacOS" / "a"))
    assert module.program_folder() == tmp_path
    monkeypatch.setattr(sys, "executable", str(tmp_path / "a"))
    assert module.program_folder() == tmp_path


def test_from_sources_there_is_no_beside() -> None:
    assert module.program_folder() is None


@pytest.mark.parametrize("words", [["--portable", "F", "x.plant"], ["--portable=F", "x.plant"]])
def test_the_command_line_names_the_folder_and_children_inherit_it(words: list[str]) -> None:
    environment: dict[str, str] = {}
    assert portable_from(words, environment) == ["x.plant"]
    assert environment == {PORTABLE: str(Path("F").absolute())}


def test_without_the_word_nothing_changes() -> None:
    environment: dict[str, str] = {}
    assert portable_from(["x.plant", "--portable"], environment) == ["x.plant", "--portable"], "argparse complains"
    assert environment == {}


def test_temporary_files_lie_there_too(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    assert begin(["--portable", str(tmp_path), "about"], environment) == ["about"]
    assert environment["TMPDIR"] == environment["TEMP"] == str(tmp_path / "temp")
    assert environment["XDG_CACHE_HOME"] == str(tmp_path / "cache")
    assert tempfile.tempdir is None


def test_without_portable_mode_the_environment_stays(tmp_path: Path) -> None:
    environment: dict[str, str] = {}
    keep_together(places({}), environment)
    assert environment == {}


def test_a_stick_that_cannot_be_written_leaves_temporary_files_to_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "private_folder", lambda _folder: False)
    environment: dict[str, str] = {}
    keep_together(stick(tmp_path), environment)
    assert environment == {}


def test_a_path_on_the_stick_follows_it_to_another_letter(tmp_path: Path) -> None:
    first, second = tmp_path / "E", tmp_path / "F"
    for root in (first, second):
        (root / "plants").mkdir(parents=True)
        (root / "program" / "data").mkdir(parents=True)
    word = kept_word(first / "plants" / "甲.plant", stick(first / "program" / "data"))
    assert word == "portable:../../plants/甲.plant"
    assert kept_path(word, stick(second / "program" / "data")) == second / "plants" / "甲.plant"


def test_a_path_on_another_disk_stays_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_same_disk", lambda *_: False)
    path = tmp_path / "x.plant"
    assert kept_word(path, stick(tmp_path / "d")) == str(path)
    assert kept_path(str(path), stick(tmp_path / "d")) == path


def test_disks_are_told_apart(tmp_path: Path) -> None:
    assert module._same_disk(tmp_path / "not there yet", tmp_path)
    assert not module._same_disk(Path("relative"), tmp_path)
    assert not module._same_disk(Path("/proc/self/status"), tmp_path) or not Path("/proc/self").exists()


def test_without_portable_mode_paths_are_kept_as_they_are(tmp_path: Path) -> None:
    where = replace(stick(tmp_path), portable=None)
    assert kept_word(tmp_path / "a", where) == str(tmp_path / "a")
    assert kept_path("/a/b.plant", where) == Path("/a/b.plant")


@POSIX
def test_nobody_else_looks_into_folders_and_files(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = tmp_path / "one" / "two"
        assert private_folder(folder)
        file = folder / "f"
        file.write_bytes(b"")
        private_file(file)
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder.parent, folder, file)]
    assert modes == [0o700, 0o700, 0o600]
    folder.chmod(0o755)
    assert private_folder(folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700, "what an older version left open is closed"


def test_where_nothing_can_be_written_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not private_folder(tmp_path / "file" / "below")
    assert not can_keep(tmp_path / "file" / "below")
    assert can_keep(tmp_path / "new")
    assert list((tmp_path / "new").iterdir()) == [], "the probe is gone"


@pytest.mark.parametrize("asked", ["stat", "is_dir"])
def test_a_disk_that_goes_away_while_the_program_starts_is_no_crash(
    asked: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object, **__: object) -> bool:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, asked, gone)
    assert not private_folder(tmp_path) and not can_keep(tmp_path)


def test_a_full_disk_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_self: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    assert not can_keep(tmp_path)
