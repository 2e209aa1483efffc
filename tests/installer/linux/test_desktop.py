from __future__ import annotations

import configparser
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from core import VERSION
from gui.application import NAME
from installer import icons
from installer.linux import desktop
from installer.project import CONSOLE, ENDINGS, LICENCE, REVERSED, SUMMARY, TITLE, WINDOW

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        pictures = tmp_path_factory.mktemp("icons")
        icons.draw_all(pictures)
        patch.setattr(icons, "folder", lambda: pictures)
        patch.setenv("SOURCE_DATE_EPOCH", "1700000000")
        folder = tmp_path_factory.mktemp("share")
        desktop.lay_down(folder)
        return folder


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(desktop.HERE / f"{WINDOW}.desktop", encoding="utf-8")
    return parser["Desktop Entry"]


def test_the_entry_of_the_menu_starts_the_window_and_takes_its_files() -> None:
    said = entry()
    assert said["Exec"] == f"{WINDOW} %f"
    assert said["Icon"] == said["StartupWMClass"] == WINDOW == NAME, "by which Wayland finds the icon of the window"
    assert said["MimeType"].rstrip(";").split(";") == [desktop.mime_type(ending) for ending in ENDINGS]
    assert said["Name"] == TITLE
    for key in ("Name", "GenericName", "Comment", "Keywords"):
        assert re.search("[\u4e00-\u9fff]", said[f"{key}[zh_CN]"]), key


def test_the_types_of_files_are_those_of_the_window() -> None:
    from core import FILES

    kinds = ElementTree.parse(desktop.HERE / f"{WINDOW}.xml").getroot().findall(f"{MIME}mime-type")
    assert [kind.get("type") for kind in kinds] == [desktop.mime_type(ending) for ending in ENDINGS]
    globs = [glob.get("pattern") for kind in kinds for glob in kind.findall(f"{MIME}glob")]
    assert globs == [f"*{ending}" for ending in FILES]
    for kind in kinds:
        assert [each.get(LANG) for each in kind.findall(f"{MIME}comment")] == [None, "zh_CN"]


def test_software_centres_are_told_of_this_version(share: Path) -> None:
    told = ElementTree.parse(share / "metainfo" / f"{WINDOW}.metainfo.xml").getroot()
    release = told.find("releases/release")
    assert release is not None
    assert (release.get("version"), release.get("date")) == (VERSION, "2023-11-14")
    assert told.findtext("id") == REVERSED
    assert told.findtext("launchable") == f"{WINDOW}.desktop"
    assert told.findtext("project_license") == LICENCE
    assert [each.text for each in told.findall("provides/binary")] == [WINDOW, CONSOLE]
    assert [each.text for each in told.findall("provides/mediatype")] == [desktop.mime_type(each) for each in ENDINGS]
    assert {each.get(LANG): each.text for each in told.findall("summary")} == {
        None: SUMMARY["en"],
        "zh-CN": SUMMARY["zh"],
    }
    assert "@" not in ElementTree.tostring(told, encoding="unicode")


def test_every_icon_that_is_named_is_there(share: Path) -> None:
    hicolor = share / "icons" / "hicolor"
    named = [icon.get("name") for icon in ElementTree.parse(desktop.HERE / f"{WINDOW}.xml").iter(f"{MIME}icon")]
    for size in icons.SIZES:
        assert (hicolor / f"{size}x{size}" / "apps" / f"{WINDOW}.png").is_file()
        assert {p.stem for p in (hicolor / f"{size}x{size}" / "mimetypes").iterdir()} == set(named)
    assert (hicolor / "scalable" / "apps" / f"{WINDOW}.svg").is_file()


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed")
def test_the_entry_is_as_desktops_want_it() -> None:
    done = subprocess.run(
        ["desktop-file-validate", desktop.HERE / f"{WINDOW}.desktop"], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstream is not installed")
def test_the_metadata_are_as_software_centres_want_them(share: Path) -> None:
    path = share / "metainfo" / f"{WINDOW}.metainfo.xml"
    done = subprocess.run(["appstreamcli", "validate", "--no-net", path], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
