"""What PyInstaller would bring along and nobody needs, each with its reason."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from fnmatch import fnmatch

from installer import system_libraries


@dataclass(frozen=True)
class LeftOut:
    """Something that stays outside."""

    what: tuple[str, ...]
    """Names of modules, or patterns of files of the frozen program."""
    why: str
    system: str = ""
    """``sys.platform`` where alone it is left out; empty: everywhere."""


MODULES = (
    LeftOut(("pyspark", "py4j"), "groups that outgrow one machine run on a cluster, from pip, and need Java"),
    LeftOut(("pyarrow", "pandas", "duckdb"), "Parquet comes from pip; sqlite-utils loads pandas unasked"),
    LeftOut(("tkinter", "_tkinter", "turtle", "idlelib"), "the window is Qt"),
    LeftOut(("pytest", "_pytest", "hypothesis", "doctest", "pdb", "pydoc_data"), "for development"),
    LeftOut(
        ("setuptools", "pip", "wheel", "pkg_resources", "distutils", "ensurepip", "venv", "lib2to3"),
        "a frozen program installs nothing",
    ),
    LeftOut(
        ("IPython", "matplotlib", "scipy", "cupy", "numba", "OpenGL", "h5py", "colorcet"),
        "pyqtgraph would use them if they were there",
    ),
    LeftOut(("pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter", "pyqtgraph.console"), "plots are flat"),
    LeftOut(("numpy.f2py", "numpy.testing"), "Fortran and tests of numpy"),
    LeftOut(("lxml",), "openpyxl writes the same cells without, and pyHanko reads trust lists of the EU with it"),
    LeftOut(("readline", "rlcompleter", "code", "cmd", "curses"), "nobody types into the interpreter"),
    LeftOut(
        tuple(f"fontTools.{name}" for name in ("ufoLib", "designspaceLib", "feaLib", "mtiLib", "misc.bezierTools")),
        "fonts are used, not designed",
    ),
    LeftOut(("charset_normalizer", "cffi", "pycparser"), "wanted by packages at work on other things than ours"),
    LeftOut(("numpy.polynomial", "pyhanko.cli"), "not used"),
    LeftOut(
        tuple(f"PySide6.Qt{name}" for name in (
            "Concurrent", "DBus", "Designer", "Help", "Network", "OpenGL", "OpenGLWidgets", "Qml", "Quick",
            "QuickControls2", "QuickTest", "QuickWidgets", "Sql", "Test", "UiTools", "Xml",
        )),
        "the window is made of widgets; what goes over the network does not go through Qt",
    ),
)  # fmt: skip
"""Modules that are not looked into."""

FILES = (
    LeftOut(
        ("*Qt*Qml*", "*Qt*Quick*", "*Qt6VirtualKeyboard*", "*virtualkeyboard*", "*Qt6Designer*", "*Qt6Sql*",
         "*Qt6Test*", "*Qt6ShaderTools*", "*Qt6Labs*", "*/plugins/qmltooling/*", "*/plugins/designer/*",
         "*/plugins/sqldrivers/*"),
        "come with plugins for QML, forms and databases, which the program does not have",
    ),
    LeftOut(("*/plugins/networkinformation/*", "*/plugins/tls/*", "*Qt6Network*"), "Qt's own network is not used"),
    LeftOut(
        ("*/plugins/platforms/*eglfs*", "*/plugins/platforms/*linuxfb*", "*/plugins/platforms/*vnc*",
         "*/plugins/platforms/*vkkhr*", "*/plugins/platforms/*minimalegl*", "*/plugins/egldeviceintegrations/*",
         "*/plugins/generic/*", "*Qt6Egl*"),
        "displays of devices and browsers; a desktop has X11 or Wayland",
    ),
    LeftOut(
        ("*/platformthemes/libqgtk3.so",),
        "would bring GTK with twenty libraries, for a file dialog that the portal of the desktop and Qt have too",
    ),
    LeftOut(
        ("*/imageformats/*webp*", "*/imageformats/*tiff*", "*/imageformats/*tga*", "*/imageformats/*wbmp*",
         "*/imageformats/*icns*", "*/PIL/_avif.*", "*/PIL/_webp.*", "*/PIL/_imagingcms.*", "*/PIL/_imagingtk.*"),
        "formats that no photograph, scan or icon of the program has",
    ),
    LeftOut(
        tuple(f"*/translations/{name}_*.qm" for name in ("assistant", "designer", "linguist", "qt", "qt_help")),
        "words of Qt's own programs",
    ),
    LeftOut(("*/fontTools/varLib/*.so", "*/fontTools/varLib/*.pyd"), "make faster what is never done here"),
    LeftOut(
        tuple(f"*/{name}/*.cpython-*" for name in (
            "aiohttp", "aiohttp/_websocket", "frozenlist", "multidict", "propcache", "yarl",
        )),
        "the same in C: the only thing asked over the network, and that rarely, is a time stamp",
    ),
    LeftOut(("*/numpy/_core/*_tests.*",), "tests"),
    LeftOut(("*.dist-info/RECORD",), "by which pip uninstalls; a frozen program is removed whole"),
    LeftOut(("*/pyqtgraph/icons/peegee/*", "*/pyqtgraph/colors/maps/*"), "face and colours of pyqtgraph itself"),
    LeftOut(
        ("*/plugins/xcbglintegrations/*", "*/plugins/wayland-graphics-integration-client/*", "libQt6OpenGL.so*",
         "libxcb-glx.so*"),
        "drawing in three dimensions: pages and plots are painted",
    ),
    LeftOut(("*opengl32sw.dll", "*d3dcompiler_*.dll"), "drawing in three dimensions without a graphics card"),
    LeftOut(
        (*sorted(system_libraries.PACKAGES), "libssl.so.3", "libcrypto.so.3", "libgcc_s.so.1", "libcups.so.2"),
        "of the system: our package names them as what it needs, and security fixes reach them without us",
        system="linux",
    ),
    LeftOut(("*/tzdata/zoneinfo/*",), "Python takes the time zones of the system first", system="linux"),
)  # fmt: skip
"""Files that are taken out again after PyInstaller has collected them."""

TRANSLATIONS = ("qtbase_zh_CN.qm", "qtbase_en.qm")
"""Of Qt's own dialogs, the languages that the program speaks."""


def modules() -> list[str]:
    """What PyInstaller is told not to look into."""
    return [name for one in MODULES for name in one.what]


def is_left_out(destination: str, system: str = sys.platform) -> bool:
    """Whether a file of the frozen program stays outside; ``destination`` is its path in there."""
    path = "/" + destination.replace("\\", "/")
    name = path.rpartition("/")[2]
    if "/translations/qtbase_" in path:
        return name not in TRANSLATIONS
    here = (one for one in FILES if one.system in ("", system))
    return any(fnmatch(path, what) or fnmatch(name, what) for one in here for what in one.what)
