from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from pkgutil import walk_packages

import pytest

import core
import gui
from core.dropins import dropped_in
from installer import contents, left_out
from installer.contents import BINARY, SYMLINK
from installer.project import ROOT


def test_every_module_of_ours_goes_in() -> None:
    found = contents.our_modules()
    assert found == sorted(found, key=lambda name: (contents.PACKAGES.index(name.split(".")[0]), name))
    for package in (core, gui):
        inside = {one.name for one in walk_packages(package.__path__, f"{package.__name__}.")}
        assert inside <= set(found)


@pytest.mark.parametrize(
    "folder",
    [
        "core.methods", "core.checks", "core.savings", "core.instruments.rules", "core.renewables.claim_rules",
        "core.disclosures.derived", "core.exchange.publishers", "core.exchange.instruments.layouts",
        "core.exchange.minerals.layouts", "core.report.sections", "core.report.group.sections", "core.cli.audit",
        "core.cli.office", "gui.pages",
    ],
)  # fmt: skip
def test_what_is_found_by_its_place_goes_in(folder: str) -> None:
    spec = find_spec(folder)
    assert spec is not None
    package = __import__(folder, fromlist=["_"])
    assert {f"{folder}.{name}" for name in dropped_in(package)} <= set(contents.hidden())


def test_a_project_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="core has no modules"):
        contents.our_modules(tmp_path)


def test_every_file_of_resources_goes_in_but_what_translators_write() -> None:
    inside = {Path(source).relative_to(ROOT).as_posix(): place for source, place in contents.our_data()}
    lying = {p.relative_to(ROOT).as_posix() for p in (ROOT / "resources").rglob("*") if p.is_file()}
    missing = {name for name in lying - inside.keys() if not name.endswith((".py", ".pyc", ".po"))}
    assert not missing
    assert inside["resources/locale/zh/LC_MESSAGES/plant_audit.mo"] == "resources/locale/zh/LC_MESSAGES"


def test_every_chapter_of_the_manual_goes_in_and_its_pictures_do_not(tmp_path: Path) -> None:
    inside = {Path(source).relative_to(ROOT).as_posix(): place for source, place in contents.our_data()}
    chapters = {f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")}
    assert {name for name in inside if name.startswith("docs/")} == chapters
    assert {inside[name] for name in chapters} == {"docs"}
    with pytest.raises(RuntimeError, match="docs has no chapters"):
        contents.our_data(tmp_path)


def test_only_what_is_installed_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "IF_INSTALLED", ("json", "no_such_package", "no_such.package"))
    assert "json" in contents.hidden()
    assert not any(name.startswith("no_such") for name in contents.hidden())


def test_libraries_that_nobody_links_any_more_stay_outside() -> None:
    entries = [
        ("_ssl.so", "/p/_ssl.so", "EXTENSION"),
        ("libdeep.so.1", "/s/libdeep.so.1", BINARY),
        ("libssl.so.3", "/s/libssl.so.3", BINARY),
        ("libgtk-3.so.0", "/s/libgtk-3.so.0", BINARY),
        ("pillow.libs/libtiff.so.6", "/p/libtiff.so.6", BINARY),
        ("pypdfium2_raw/libpdfium.so", "/p/libpdfium.so", BINARY),
        ("libpython3.11.so.1.0", "/s/libpython3.11.so.1.0", BINARY),
    ]
    links = {"/p/_ssl.so": ["libssl.so.3", "libc.so.6"], "/s/libssl.so.3": ["libdeep.so.1"]}

    kept = {dest for dest, _source, _kind in contents.needed(entries, lambda path: links.get(path, []))}

    assert kept == {"_ssl.so", "libssl.so.3", "libdeep.so.1", "pypdfium2_raw/libpdfium.so", "libpython3.11.so.1.0"}


def test_links_to_what_stays_outside_go_too() -> None:
    there = [("PySide6/Qt/lib/libQt6Core.so.6", "/q", BINARY)]
    links = [
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", SYMLINK),
        ("pillow.libs/libtiff.so.6", "../libtiff.so.6", SYMLINK),
        ("NOTICE", "/n", "DATA"),
    ]
    assert [dest for dest, _source, _kind in contents.pointing(links, there)] == ["libQt6Core.so.6", "NOTICE"]


def test_the_order_does_not_depend_on_who_collected() -> None:
    entries = [("b", "/b", BINARY), ("a", "/a", BINARY)]
    assert contents.kept(entries) == contents.kept(reversed(entries)) == sorted(entries)


def test_what_is_left_out_has_a_reason_and_is_named_once() -> None:
    every = [*left_out.MODULES, *left_out.FILES]
    assert all(len(one.why) > 4 and one.what for one in every)
    names = [what for one in every for what in one.what]
    assert len(names) == len(set(names))


WITHOUT = {"pyspark", "py4j", "pyarrow", "pandas"}
"""Imported where they are, and said to be missing where they are not."""


IMPORT = re.compile(r"^[ \t]*((?:from[ \t]+\S+[ \t]+)?import[ \t]+(?:\([^)]*\)|.*))", re.MULTILINE)


def _imports(text: str) -> Iterator[ast.AST]:
    """Every import, wherever it stands; what reads like one in a sentence may be among them, or the whole module."""
    try:
        yield from ast.walk(ast.parse("\n".join(IMPORT.findall(text))))
    except SyntaxError:
        yield from ast.walk(ast.parse(text))


def test_every_way_to_import_is_seen() -> None:
    code = "import a.b, c\n\nif True:\n    from d import (  # e\n        f,\n        g,\n    )\n    from . import h\n"
    for prose in ("", '"""Take what you\nimport from others."""\n'):
        found = [ast.unparse(node) for node in _imports(prose + code) if isinstance(node, (ast.Import, ast.ImportFrom))]
        assert sorted(found) == ["from . import h", "from d import f, g", "import a.b, c"]


def test_nothing_of_ours_imports_what_is_left_out() -> None:
    outside = {*left_out.modules()} - WITHOUT
    wrong = []
    for path in [ROOT / "main.py", *(p for top in ("core", "gui") for p in (ROOT / top).rglob("*.py"))]:
        for node in _imports(path.read_text(encoding="utf-8")):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
            wrong += [f"{path.relative_to(ROOT)}: {name}" for name in names if _is_in(name, outside)]
    assert not wrong


def _is_in(name: str, outside: set[str]) -> bool:
    parts = name.split(".")
    return any(".".join(parts[:size]) in outside for size in range(1, len(parts) + 1))


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforms/libqminimal.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/plugins/styles/qmodernwindowsstyle.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/imageformats/libqjpeg.so",
        "PySide6/Qt/plugins/imageformats/libqsvg.so",
        "PySide6/Qt/translations/qtbase_zh_CN.qm",
        "PySide6/Qt6Core.dll",
        "PySide6/Qt/lib/libQt6PrintSupport.so.6",
        "libcrypto-3.dll",
        "libssl.3.dylib",
    ],
)
def test_what_is_needed_is_not_left_out(path: str) -> None:
    for system in ("linux", "win32", "darwin"):
        assert not left_out.is_left_out(path, system)
        assert not left_out.is_left_out(path.replace("/", "\\"), system)


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt/lib/libQt6Qml.so.6",
        "PySide6/Qt6Quick.dll",
        "PySide6/Qt/lib/QtQuick.framework/Versions/A/QtQuick",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/opengl32sw.dll",
    ],
)
def test_what_nobody_needs_is_left_out(path: str) -> None:
    assert left_out.is_left_out(path, "linux")
    assert left_out.is_left_out(path, "win32")


@pytest.mark.parametrize("path", ["libX11.so.6", "libssl.so.3", "tzdata/zoneinfo/Asia/Shanghai"])
def test_what_linux_has_is_left_out_there_alone(path: str) -> None:
    assert left_out.is_left_out(path, "linux")
    assert not left_out.is_left_out(path, "win32")


BLOCKED = """
import runpy, sys
from importlib.abc import MetaPathFinder
from installer import left_out
from installer.project import ROOT

class Left(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in outside:
            raise ModuleNotFoundError(f"left out: {name}", name=name)
        return None

outside = set(left_out.modules())
for name in [name for name in sys.modules if name in outside]:
    del sys.modules[name]
sys.meta_path.insert(0, Left())
runpy.run_path(str(ROOT / "installer" / "runtime" / "without_opengl.py"))
from PySide6.QtWidgets import QApplication
app = QApplication([])
from gui.running.self_test import _missing
print(list(_missing()))
"""


def test_libraries_do_without_what_is_left_out() -> None:
    done = subprocess.run([sys.executable, "-c", BLOCKED], check=False, capture_output=True, text=True, cwd=ROOT)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr
