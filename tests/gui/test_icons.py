from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from gui import icons
from gui.theme import tokens


@pytest.mark.parametrize("name", icons.names())
def test_each_icon_draws_in_the_colour_asked(name: str) -> None:
    picture = icons.pixmap(name, "bad").toImage()
    inked = [
        picture.pixelColor(x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 250
    ]
    assert inked
    bad = QColor(tokens().bad)
    assert all(abs(c.red() - bad.red()) + abs(c.green() - bad.green()) + abs(c.blue() - bad.blue()) < 9 for c in inked)


def test_each_level_has_an_icon() -> None:
    assert set(icons.LEVELS.values()) <= set(icons.names())


def test_an_icon_that_is_no_picture_is_a_bug() -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon")
