from __future__ import annotations

import sys

import pytest

from installer import system_libraries as libraries


def test_each_library_has_a_package_for_each_manager() -> None:
    assert {len(packages) for packages in libraries.PACKAGES.values()} == {len(libraries.MANAGERS)}


def test_the_linker_decides() -> None:
    assert not libraries.can_load("libno-such-thing.so.1")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring these libraries")
def test_missing_are_those_that_do_not_load() -> None:
    absent = libraries.missing({}, loads=lambda name: name not in {"libEGL.so.1", "libxcb-cursor.so.0"})

    assert absent == ("libEGL.so.1",)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring these libraries")
def test_with_a_display_its_libraries_are_needed_too() -> None:
    nothing = {"libxcb-cursor.so.0", "libwayland-client.so.0"}

    assert libraries.missing({"DISPLAY": ":0"}, loads=lambda name: name not in nothing) == ("libxcb-cursor.so.0",)
    assert libraries.missing({"WAYLAND_DISPLAY": "w"}, loads=lambda name: name not in nothing) == (
        "libwayland-client.so.0",
    )


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("apt-get", "sudo apt-get install -y libegl1 libglib2.0-0"),
        ("dnf", "sudo dnf install -y libglvnd-egl glib2"),
        ("pacman", "sudo pacman -S --needed --noconfirm libglvnd glib2"),
        ("zypper", "sudo zypper install -y libglvnd libglib-2_0-0 libgthread-2_0-0"),
        ("apk", "sudo apk add mesa-egl glib"),
    ],
)
def test_the_command_names_each_package_once(manager: str, command: str) -> None:
    absent = ("libEGL.so.1", "libglib-2.0.so.0", "libgthread-2.0.so.0")

    assert libraries.install_command(absent, manager, root=False) == command


def test_root_needs_no_sudo() -> None:
    assert libraries.install_command(["libGL.so.1"], "apt-get", root=True) == "apt-get install -y libgl1"


def test_without_a_known_manager_the_libraries_are_named() -> None:
    assert "libGL.so.1" in libraries.install_command(["libGL.so.1"], None, root=False)


def test_a_library_not_in_the_table_is_named_as_it_is() -> None:
    assert "libnew.so.9" in libraries.install_command(["libnew.so.9"], "apt-get", root=False)
    assert libraries.manager(which=lambda name: "/usr/bin/dnf" if name == "dnf" else None) == "dnf"
    assert libraries.manager(which=lambda name: None) is None
