"""A colour map for amounts: even steps for the eye, told apart by all kinds of colour vision.

The way goes through OKLab from pale yellow over teal to dark blue, always darker, so that lightness alone tells the
order. More stands out from the paper: it is darker on light paper and lighter on dark paper.

Source: B. Ottosson, “A perceptual color space for image processing” (2020).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

Floats = NDArray[np.float64]
SHADES = 256
WAY = np.array(
    [(0.955, 0.030, 108.0), (0.83, 0.080, 160.0), (0.64, 0.085, 200.0), (0.45, 0.085, 245.0), (0.285, 0.060, 265.0)]
)
"""Lightness, chroma and hue [°] of the stations, all inside sRGB."""
_TO_LMS = np.array(
    [
        (1.0, 0.3963377774, 0.2158037573),
        (1.0, -0.1055613458, -0.0638541728),
        (1.0, -0.0894841775, -1.2914855480),
    ]
)
_TO_RGB = np.array(
    [
        (4.0767416621, -3.3077115913, 0.2309699292),
        (-1.2684380046, 2.6097574011, -0.3413193965),
        (-0.0041960863, -0.7034186147, 1.7076147010),
    ]
)


@cache
def shades(dark: bool) -> NDArray[np.uint32]:
    """From least to most, as Qt writes opaque pixels (``0xffRRGGBB``)."""
    red, green, blue = np.round(srgb(steps()) * 255).astype(np.uint32).T
    made: NDArray[np.uint32] = np.uint32(0xFF000000) | red << np.uint32(16) | green << np.uint32(8) | blue
    return made[::-1].copy() if dark else made


def shade(share: float, dark: bool) -> QColor:
    """The colour of a share of the scale, 0 to 1."""
    return QColor.fromRgb(int(shades(dark)[round(min(max(share, 0.0), 1.0) * (SHADES - 1))]))


def steps() -> Floats:
    """The way in steps of one length; shape (SHADES, 3), OKLab."""
    hue = np.radians(WAY[:, 2])
    stations = np.stack((WAY[:, 0], WAY[:, 1] * np.cos(hue), WAY[:, 1] * np.sin(hue)), axis=1)
    gone = np.append(0.0, np.cumsum(np.linalg.norm(np.diff(stations, axis=0), axis=1)))
    at = np.linspace(0, gone[-1], SHADES)
    return np.stack([np.interp(at, gone, stations[:, axis]) for axis in range(3)], axis=1)


def srgb(lab: Floats) -> Floats:
    """OKLab as sRGB, 0 to 1; colours that no screen shows lie outside."""
    linear: Floats = (lab @ _TO_LMS.T) ** 3 @ _TO_RGB.T
    low = np.abs(linear) <= 0.0031308
    made: Floats = np.where(low, 12.92 * linear, 1.055 * np.sign(linear) * np.abs(linear) ** (1 / 2.4) - 0.055)
    return made
