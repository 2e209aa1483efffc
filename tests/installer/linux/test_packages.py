from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from core import VERSION
from installer import icons, system_libraries
from installer.freezing import Frozen
from installer.linux import deb, needs, tarball
from tests.installer.frozen import small

needs_dpkg = pytest.mark.skipif(shutil.which("dpkg-deb") is None, reason="only Debian and its kin build packages")


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Frozen:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setattr(icons, "SIZES", (16, 48))
    monkeypatch.setattr(icons, "folder", lambda: tmp_path / "icons")
    (tmp_path / "icons").mkdir()
    for drawing in (icons.PROGRAM, *icons.FILES.values()):
        for size in icons.SIZES:
            (tmp_path / "icons" / f"{drawing}-{size}.png").write_bytes(b"png")
    return small(tmp_path / "program")


def test_the_c_library_is_the_newest_that_any_file_asks_for(made: Frozen) -> None:
    assert needs.glibc(made.files()) == (2, 36), "9.9 stands in a table, and 2.9 is older"


def test_the_package_needs_what_the_list_of_libraries_says(made: Frozen) -> None:
    named = needs.packages(made)
    assert named[0] == "libc6 (>= 2.36)"
    every = set(system_libraries.packages(system_libraries.PACKAGES, "apt-get"))
    assert every <= set(named)
    assert {"libxcb-cursor0", "libwayland-client0", "libssl3", "tzdata"} <= set(named)


def test_every_package_manager_with_this_c_library_is_named() -> None:
    assert [line.split()[0] for line in needs.commands()] == ["apt-get", "dnf", "pacman", "zypper"]


@needs_dpkg
def test_the_package_holds_program_links_and_desktop(made: Frozen, tmp_path: Path) -> None:
    path = deb.build(made, tmp_path, tmp_path / "work")
    assert path.name == f"plant-carbon-audit_{VERSION}_{deb.architecture()}.deb"

    told = dict(
        line.split(": ", 1)
        for line in subprocess.check_output(["dpkg-deb", "--field", path], text=True).splitlines()
        if ": " in line
    )
    assert (told["Package"], told["Version"]) == ("plant-carbon-audit", VERSION)
    assert told["Depends"].startswith("libc6 (>= 2.36), ")
    listed = subprocess.check_output(["dpkg-deb", "--contents", path], text=True).splitlines()
    lying = {line.split()[5]: line for line in listed}
    assert lying["./usr/bin/plant-audit"].endswith("-> ../lib/plant-carbon-audit/plant-audit")
    assert lying["./usr/lib/plant-carbon-audit/plant-carbon-audit"].startswith("-rwxr-xr-x root/root")
    assert lying["./usr/lib/plant-carbon-audit/_internal/resources/a.csv"].startswith("-rw-r--r-- root/root")
    for name in ("applications/plant-carbon-audit.desktop", "mime/packages/plant-carbon-audit.xml",
                 "metainfo/plant-carbon-audit.metainfo.xml", "icons/hicolor/48x48/apps/plant-carbon-audit.png",
                 "doc/plant-carbon-audit/copyright"):  # fmt: skip
        assert f"./usr/share/{name}" in lying
    assert all("2023-11-14" in line for line in listed), "the moment of the sources, not of the build"


@needs_dpkg
def test_the_same_program_gives_the_same_package(made: Frozen, tmp_path: Path) -> None:
    first = deb.build(made, tmp_path, tmp_path / "one").read_bytes()
    (made.folder / "plant-carbon-audit").touch()
    assert deb.build(made, tmp_path, tmp_path / "another").read_bytes() == first


def test_the_tarball_holds_the_same_and_says_what_it_needs(made: Frozen, tmp_path: Path) -> None:
    path = tarball.build(made, tmp_path, tmp_path / "work")
    top = f"plant-carbon-audit-{VERSION}"
    with tarfile.open(path) as archive:
        members = {one.name: one for one in archive.getmembers()}
        readme = archive.extractfile(f"{top}/README.txt")
        assert readme is not None
        told = readme.read().decode()
    assert members[f"{top}/plant-carbon-audit"].mode == 0o755
    assert members[f"{top}/plant-audit"].linkname == "plant-carbon-audit"
    assert f"{top}/share/applications/plant-carbon-audit.desktop" in members
    assert {(one.uid, one.uname, one.mtime) for one in members.values()} == {(0, "", 1700000000)}
    assert "2.36" in told
    assert "libxcb-cursor0" in told
    assert "解压" in told


def test_the_same_program_gives_the_same_tarball(made: Frozen, tmp_path: Path) -> None:
    first = tarball.build(made, tmp_path, tmp_path / "one").read_bytes()
    (made.folder / "plant-carbon-audit").touch()
    assert tarball.build(made, tmp_path, tmp_path / "another").read_bytes() == first
