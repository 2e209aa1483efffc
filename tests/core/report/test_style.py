from __future__ import annotations

from itertools import combinations

from core.report import style
from core.report.style import Colour


def luminance(colour: Colour) -> float:
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, two: Colour) -> float:
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_scopes_differ_in_lightness_so_that_no_eye_needs_the_hue() -> None:
    for one, two in combinations((style.SCOPE1, style.SCOPE2, style.SCOPE3), 2):
        assert contrast(one, two) > 1.7
    assert contrast(style.SOLAR, style.SOLAR_DEEP) > 1.7


def test_text_is_readable_on_its_ground() -> None:
    for colour in (style.INK, style.MUTED, style.ACCENT, style.SIGNAL):
        assert contrast(colour, style.WHITE) > 4.5
        assert contrast(colour, style.WASH) > 4.5


def test_the_columns_are_those_of_the_signatures() -> None:
    from core.signature_strip import AUDITOR, PLANT_MANAGER

    assert (style.LEFT, round(style.LEFT + style.HALF, 1)) == (AUDITOR.left, AUDITOR.right)
    assert round(style.LEFT + style.HALF + style.GUTTER, 1) == PLANT_MANAGER.left
    assert round(style.LEFT + style.WIDTH, 1) == PLANT_MANAGER.right
