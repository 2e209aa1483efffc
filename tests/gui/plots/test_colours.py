from __future__ import annotations

import numpy as np
import pytest

from gui.plots.colours import SHADES, shade, shades, srgb, steps
from gui.theme import DARK, LIGHT, contrast
from tests.gui.test_theme import VISION


def linear(rgb: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.where(rgb <= 0.04045, rgb / 12.92, ((np.maximum(rgb, 0) + 0.055) / 1.055) ** 2.4)


def test_screens_can_show_all_of_it() -> None:
    rgb = srgb(steps())
    assert rgb.shape == (SHADES, 3)
    assert rgb.min() >= 0 and rgb.max() <= 1


def test_steps_are_even_for_the_eye() -> None:
    lengths = np.linalg.norm(np.diff(steps(), axis=0), axis=1)
    assert lengths.max() / lengths.min() < 1.05


@pytest.mark.parametrize("vision", VISION)
def test_lightness_alone_tells_the_order_whatever_colours_one_sees(vision: str) -> None:
    seen = linear(srgb(steps())) @ np.array(VISION[vision]).T
    luminance = seen @ np.array([0.2126, 0.7152, 0.0722])
    assert (np.diff(luminance) < 0).all()


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_more_stands_out_from_the_paper(theme: object) -> None:
    tokens = DARK if theme is DARK else LIGHT
    at = [contrast(shade(share, tokens.dark).name(), tokens.raised) for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert at == sorted(at)
    assert at[-1] > 7


def test_dark_is_the_other_way_round_and_shares_outside_are_ends() -> None:
    assert shades(True).tolist() == shades(False).tolist()[::-1]
    assert shade(-1, False) == shade(0, False) != shade(1, False) == shade(2, False)
