"""The shared libraries Qt needs on Linux and does not bring along: which are missing, and what installs them.

``python -m installer.system_libraries`` prints the install command and ends with 1 if one is missing.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping

MANAGERS = {
    "apt-get": "apt-get install -y",
    "dnf": "dnf install -y",
    "pacman": "pacman -S --needed --noconfirm",
    "zypper": "zypper install -y",
    "apk": "apk add",
}
"""The package managers known, in the order in which they are looked for."""

# Library, then its package for each manager in the order above.
_ALWAYS = """
libEGL.so.1              libegl1                 libglvnd-egl         libglvnd             libglvnd                mesa-egl
libGL.so.1               libgl1                  libglvnd-glx         libglvnd             libglvnd                mesa-gl
libX11.so.6              libx11-6                libX11               libx11               libX11-6                libx11
libxkbcommon.so.0        libxkbcommon0           libxkbcommon         libxkbcommon         libxkbcommon0           libxkbcommon
libfontconfig.so.1       libfontconfig1          fontconfig           fontconfig           fontconfig              fontconfig
libfreetype.so.6         libfreetype6            freetype             freetype2            libfreetype6            freetype
libdbus-1.so.3           libdbus-1-3             dbus-libs            dbus                 libdbus-1-3             dbus-libs
libglib-2.0.so.0         libglib2.0-0            glib2                glib2                libglib-2_0-0           glib
libgthread-2.0.so.0      libglib2.0-0            glib2                glib2                libgthread-2_0-0        glib
libz.so.1                zlib1g                  zlib                 zlib                 libz1                   zlib
libzstd.so.1             libzstd1                libzstd              zstd                 libzstd1                zstd-libs
libstdc++.so.6           libstdc++6              libstdc++            gcc-libs             libstdc++6              libstdc++
"""  # noqa: E501
_X11 = """
libX11-xcb.so.1          libx11-xcb1             libX11-xcb           libx11               libX11-xcb1             libx11
libxkbcommon-x11.so.0    libxkbcommon-x11-0      libxkbcommon-x11     libxkbcommon-x11     libxkbcommon-x11-0      libxkbcommon
libxcb.so.1              libxcb1                 libxcb               libxcb               libxcb1                 libxcb
libxcb-cursor.so.0       libxcb-cursor0          xcb-util-cursor      xcb-util-cursor      libxcb-cursor0          xcb-util-cursor
libxcb-icccm.so.4        libxcb-icccm4           xcb-util-wm          xcb-util-wm          libxcb-icccm4           xcb-util-wm
libxcb-image.so.0        libxcb-image0           xcb-util-image       xcb-util-image       libxcb-image0           xcb-util-image
libxcb-keysyms.so.1      libxcb-keysyms1         xcb-util-keysyms     xcb-util-keysyms     libxcb-keysyms1         xcb-util-keysyms
libxcb-randr.so.0        libxcb-randr0           libxcb               libxcb               libxcb-randr0           libxcb
libxcb-render.so.0       libxcb-render0          libxcb               libxcb               libxcb-render0          libxcb
libxcb-render-util.so.0  libxcb-render-util0     xcb-util-renderutil  xcb-util-renderutil  libxcb-render-util0     xcb-util-renderutil
libxcb-shape.so.0        libxcb-shape0           libxcb               libxcb               libxcb-shape0           libxcb
libxcb-shm.so.0          libxcb-shm0             libxcb               libxcb               libxcb-shm0             libxcb
libxcb-sync.so.1         libxcb-sync1            libxcb               libxcb               libxcb-sync1            libxcb
libxcb-util.so.1         libxcb-util1            xcb-util             xcb-util             libxcb-util1            xcb-util
libxcb-xfixes.so.0       libxcb-xfixes0          libxcb               libxcb               libxcb-xfixes0          libxcb
libxcb-xkb.so.1          libxcb-xkb1             libxcb               libxcb               libxcb-xkb1             libxcb
"""  # noqa: E501
_WAYLAND = """
libwayland-client.so.0   libwayland-client0      libwayland-client    wayland              libwayland-client0      wayland-libs-client
libwayland-cursor.so.0   libwayland-cursor0      libwayland-cursor    wayland              libwayland-cursor0      wayland-libs-cursor
"""  # noqa: E501


def _rows(table: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(packages) for name, *packages in (line.split() for line in table.strip().splitlines())}


ALWAYS, X11, WAYLAND = _rows(_ALWAYS), _rows(_X11), _rows(_WAYLAND)
PACKAGES = ALWAYS | X11 | WAYLAND


def can_load(library: str) -> bool:
    """Whether the dynamic linker finds it, which is all that counts."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def needed(environ: Mapping[str, str]) -> tuple[str, ...]:
    """What Qt loads in this environment: with a display its plugin for it, too."""
    names = [*ALWAYS]
    if environ.get("DISPLAY"):
        names += X11
    if environ.get("WAYLAND_DISPLAY"):
        names += WAYLAND
    return tuple(names)


def missing(environ: Mapping[str, str], loads: Callable[[str], bool] = can_load) -> tuple[str, ...]:
    """The libraries that Qt needs here and that are not installed; other systems than Linux bring them."""
    if not sys.platform.startswith("linux"):
        return ()
    return tuple(name for name in needed(environ) if not loads(name))


def manager(which: Callable[[str], str | None] = shutil.which) -> str | None:
    """The package manager of this machine."""
    return next((name for name in MANAGERS if which(name)), None)


def packages(libraries: Iterable[str], manager_name: str) -> tuple[str, ...]:
    """The packages that bring the libraries, each once."""
    column = list(MANAGERS).index(manager_name)
    return tuple(dict.fromkeys(PACKAGES[name][column] for name in libraries if name in PACKAGES))


def install_command(libraries: Iterable[str], manager_name: str | None, *, root: bool) -> str:
    """One line to paste into a terminal, or which libraries to look for where no known manager is."""
    libraries = tuple(libraries)
    known = packages(libraries, manager_name) if manager_name else ()
    if not manager_name or not known:
        return "install the packages of your system that contain " + ", ".join(libraries)
    return ("" if root else "sudo ") + " ".join((MANAGERS[manager_name], *known))


def is_root() -> bool:
    """Whether ``sudo`` would be superfluous."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def advice(libraries: Iterable[str]) -> str:
    """What is missing and the command that brings it, for this machine."""
    libraries = tuple(libraries)
    command = install_command(libraries, manager(), root=is_root())
    return f"Qt lacks these system libraries: {', '.join(libraries)}\nInstall them with:\n    {command}"


def main() -> int:
    absent = missing(os.environ)
    if not absent:
        return 0
    print(install_command(absent, manager(), root=is_root()))
    return 1


if __name__ == "__main__":
    sys.exit(main())
