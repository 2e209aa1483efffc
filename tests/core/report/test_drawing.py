"""Shapes of charts: ReportLab, asked to draw the same shapes, writes the same operators."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from core.report import engine  # settings first
from core.report.drawing import Picture, area, disc, joined, stroke, words
from core.report.fonts import HAN, LATIN, register
from core.report.numerals import numeral, numerals
from core.report.style import ACCENT, INK, SIGNAL, WHITE

# isort: split
from reportlab.graphics import renderPDF
from reportlab.lib import rl_accel
from reportlab.pdfgen.canvas import Canvas

PLACE = st.floats(-2000, 2000) | st.integers(-2000, 2000)
SIZE = st.floats(0, 900)
COLOUR = st.sampled_from([INK, ACCENT, SIGNAL, WHITE]) | st.tuples(*[st.floats(0, 1)] * 3)
THICK = st.sampled_from([0.4, 0.6, 1.0, 2])
SHAPE = st.one_of(
    st.builds(stroke, PLACE, PLACE, PLACE, PLACE, COLOUR, THICK),
    st.builds(area, PLACE, PLACE, SIZE, SIZE, COLOUR, st.none() | COLOUR, THICK),
    st.builds(disc, PLACE, PLACE, SIZE, COLOUR, st.none() | COLOUR, THICK),
    st.builds(
        joined,
        st.lists(PLACE, min_size=4, max_size=20).filter(lambda points: len(points) % 2 == 0),
        COLOUR,
        THICK,
        st.sampled_from([(), (4, 2.4)]),
    ),
    st.builds(words, PLACE, PLACE, st.text("aZ (\\)é−₂\u00a0", max_size=12), st.just(LATIN), SIZE, COLOUR),
    st.builds(words, PLACE, PLACE, st.text("电力（）", max_size=300), st.just(HAN), SIZE, COLOUR),
)


def drawn(picture: Picture, by: Any) -> list[str]:
    register()
    canvas = Canvas(io.BytesIO())
    canvas._code.clear()
    picture.canv = canvas
    by(picture, canvas)
    del picture.canv
    return "\n".join(canvas._code).split("\n")


@given(st.lists(SHAPE, max_size=6))
def test_the_same_operators_as_reportlab(shapes: list[Any]) -> None:
    assert engine.SETTINGS["invariant"] == 1
    picture = Picture(300, 200)
    for shape in shapes:
        picture.add(shape)
    ours = drawn(picture, lambda one, _canvas: one.draw())
    assert ours == drawn(picture, lambda one, canvas: renderPDF.draw(one, canvas, 0, 0))


def test_letters_of_two_subsets() -> None:
    """More different letters than one subset has room for."""
    picture = Picture(300, 200)
    picture.add(words(1, 2, "".join(map(chr, range(0x4E00, 0x4F20))), HAN, 7.2, INK))
    picture.add(words(1, 2, "\u4e00\u4f10\u4e01", HAN, 7.2, INK))
    ours = drawn(picture, lambda one, _canvas: one.draw())
    assert ours == drawn(picture, lambda one, canvas: renderPDF.draw(one, canvas, 0, 0))
    assert sum(" Tf " in line for line in ours) == 2
    assert ours[-4].count(" Tf ") == 3


NUMBER = st.floats(-1e12, 1e12) | st.floats(-1, 1) | st.integers(-(10**18), 10**18) | st.floats(-1e-5, 1e-5)


@given(NUMBER | st.decimals(-1000, 1000))
@example(1000.0)
@example(999.9999999)
@example(1e-7)
@example(-1e-7)
@example(1.0000001)
@example(Decimal("0.0000004"))
@example(True)
def test_numbers_are_written_as_reportlab_does(value: Any) -> None:
    assert numeral(value) == rl_accel._py_fp_str(value)


@given(st.lists(NUMBER, max_size=6))
def test_several_numbers(values: list[Any]) -> None:
    assert numerals(*values) == numerals(values) == numerals(tuple(values)) == rl_accel._py_fp_str(values)
    assert rl_accel.fp_str is numerals
