from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from installer import icons
from installer.project import ENDINGS

NAMES = (icons.PROGRAM, *icons.FILES.values())


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("icons")
    icons.draw_all(folder)
    return folder


def test_every_kind_of_file_has_a_drawing() -> None:
    assert set(icons.FILES) == set(ENDINGS)
    assert {path.stem for path in icons.DRAWINGS.glob("*.svg")} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_the_smallest_picture_can_still_be_told_from_its_ground(name: str) -> None:
    small = icons.picture(name, 16).convert("RGBA")
    dots = [small.getpixel((x, y)) for x in range(16) for y in range(16)]
    solid = [dot for dot in dots if isinstance(dot, tuple) and dot[3] > 200]
    light = [dot for dot in solid if sum(dot[:3]) > 600]
    dark = [dot for dot in solid if sum(dot[:3]) < 300]
    assert len(solid) > 150, "fills its square"
    assert len(light) > 30 and len(dark) > 10, "in two tones"


def test_the_drawings_differ() -> None:
    pictures = {icons.picture(name, 16).tobytes() for name in NAMES}
    assert len(pictures) == len(NAMES)


def test_windows_and_macos_find_every_size(drawn: Path) -> None:
    for name in NAMES:
        with Image.open(drawn / f"{name}.ico") as ico:
            assert {size[0] for size in ico.info["sizes"]} == set(icons.WINDOWS_SIZES)
        with Image.open(drawn / f"{name}.icns") as icns:
            assert {size[0] * size[2] for size in icns.info["sizes"]} >= {32, 128, 256, 512, 1024}


def test_linux_finds_every_size(drawn: Path) -> None:
    for name in NAMES:
        for size in icons.SIZES:
            with Image.open(drawn / f"{name}-{size}.png") as picture:
                assert picture.size == (size, size)


def test_macos_has_room_around_the_program() -> None:
    corner, middle = icons.picture(icons.PROGRAM, 100, 0.1).getbbox(), icons.picture(icons.PROGRAM, 100).getbbox()
    assert corner == (10, 10, 90, 90)
    assert middle == (0, 0, 100, 100)


def test_the_same_drawing_gives_the_same_bytes(drawn: Path, tmp_path: Path) -> None:
    for path in icons.draw_all(tmp_path):
        assert path.read_bytes() == (drawn / path.name).read_bytes()


def test_each_system_has_its_format() -> None:
    assert icons.of_program("win32").suffix == ".ico"
    assert icons.of_program("darwin").suffix == ".icns"
