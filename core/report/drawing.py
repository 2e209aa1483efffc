"""The shapes that charts are made of, and the charts' way into the page.

They are those of ReportLab, which can draw them too; but it checks every attribute of every shape and works out its
state anew, and takes ten times as long for the same operators.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from core.report import fonts
from core.report.numerals import numeral, numerals
from core.report.style import Colour

# isort: split
from reportlab.graphics import shapes
from reportlab.lib.colors import Color

_LINE, _RECT, _STRING = (
    dict(one.__dict__) for one in (shapes.Line(0, 0, 0, 0), shapes.Rect(0, 0, 0, 0), shapes.String(0, 0, ""))
)
"""What a shape says that nobody asked for anything."""
_CIRCLE, _CURVE = (dict(one.__dict__) for one in (shapes.Circle(0, 0, 0), shapes.PolyLine([0, 0, 0, 0])))
_LEADING = 1.2
"""Distance of lines that ReportLab states with every font."""
_PAINT = {(True, True): "B*", (True, False): "f*", (False, True): "S", (False, False): "n"}


class Picture(shapes.Drawing):  # type: ignore[misc]
    """A chart whose shapes come from this module."""

    def add(self, shape: shapes.Shape, _name: str | None = None) -> None:
        """Lay a shape above the others."""
        self.contents.append(shape)

    def draw(self) -> None:
        code = self.canv._code
        code.append(_OPENING)
        for shape in self.contents:
            code.append(f"q\n{shape._state}")
            shape._drawn(shape, self.canv)
            code.append("Q")
        code.append("Q\nQ")


_OPENING = "q\n0 0 0 rg\n0 0 0 RG\n[] 0 d\n0 J\n0 j\n1 w\n1 0 0 1 0 0 cm\nq\n1 0 0 1 0 0 cm"
"""Every state as it is where nobody asks for another."""


@lru_cache(maxsize=256)
def colour_of(colour: Colour) -> Color:
    """As ReportLab wants it."""
    return Color(*colour)


def stroke(x1: float, y1: float, x2: float, y2: float, colour: Colour, thick: float) -> shapes.Shape:
    """A straight line."""
    return _made(
        shapes.Line, _LINE, _state(None, colour, thick), _draw_line,
        x1=x1, y1=y1, x2=x2, y2=y2, strokeColor=colour_of(colour), strokeWidth=thick,
    )  # fmt: skip


def area(
    x: float, y: float, wide: float, tall: float, fill: Colour, edge: Colour | None = None, thick: float = 1
) -> shapes.Shape:
    """A filled area."""
    return _made(
        shapes.Rect, _RECT, _state(fill, edge, thick), _draw_rectangle,
        x=x, y=y, width=wide, height=tall, **_filled(fill, edge, thick),
    )  # fmt: skip


def disc(x: float, y: float, radius: float, fill: Colour, edge: Colour | None = None, thick: float = 1) -> shapes.Shape:
    """A filled circle."""
    return _made(
        shapes.Circle, _CIRCLE, _state(fill, edge, thick), _draw_circle,
        cx=x, cy=y, r=radius, **_filled(fill, edge, thick),
    )  # fmt: skip


def joined(points: list[float], colour: Colour, thick: float, dash: tuple[float, ...] = ()) -> shapes.Shape:
    """Straight lines from each point, written as two numbers, to the next."""
    return _made(
        shapes.PolyLine, _CURVE, _state(None, colour, thick, dash), _draw_joined,
        points=points, strokeColor=colour_of(colour), strokeWidth=thick, strokeDashArray=list(dash) or None,
    )  # fmt: skip


def words(x: float, y: float, text: str, font: str, size: float, colour: Colour) -> shapes.Shape:
    """Letters that this font has, on one line."""
    return _made(
        shapes.String, _STRING, _written(colour), _draw_string,
        x=x, y=y, text=text, fontName=font, fontSize=size, fillColor=colour_of(colour),
    )  # fmt: skip


def _made(kind: Any, plain: dict[str, object], state: str, drawn: Any, **said: object) -> shapes.Shape:
    shape = kind.__new__(kind)
    shape.__dict__ = {**plain, **said, "_state": state, "_drawn": drawn}
    return shape


def _filled(fill: Colour, edge: Colour | None, thick: float) -> dict[str, object]:
    return {
        "fillColor": colour_of(fill),
        "strokeColor": None if edge is None else colour_of(edge),
        "strokeWidth": thick,
    }


@lru_cache(maxsize=1024)
def _state(fill: Colour | None, edge: Colour | None, thick: float, dash: tuple[float, ...] = ()) -> str:
    """Operators that choose how a shape is painted, in the order of their names."""
    said = [] if fill is None else [f"{numerals(fill)} rg"]
    if edge is not None:
        said.append(f"{numerals(edge)} RG")
    return "\n".join([*said, f"[{numerals(dash)}] 0 d", "0 J", "0 j", f"{numeral(thick)} w"])


@lru_cache(maxsize=256)
def _written(colour: Colour) -> str:
    return f"{numerals(colour)} rg"


def _paint(shape: Any) -> str:
    return _PAINT[shape.fillColor is not None, shape.strokeColor is not None]


def _draw_line(shape: Any, canvas: Any) -> None:
    canvas._code.append(f"n {numeral(shape.x1)} {numeral(shape.y1)} m {numeral(shape.x2)} {numeral(shape.y2)} l S")


def _draw_rectangle(shape: Any, canvas: Any) -> None:
    place = f"{numeral(shape.x)} {numeral(shape.y)} {numeral(shape.width)} {numeral(shape.height)}"
    canvas._code.append(f"n {place} re {_paint(shape)}")


def _draw_circle(shape: Any, canvas: Any) -> None:
    edged = shape.strokeColor is not None
    canvas.circle(shape.cx, shape.cy, shape.r, stroke=edged, fill=True)


def _draw_joined(shape: Any, canvas: Any) -> None:
    points = shape.points
    path = canvas.beginPath()
    path.moveTo(points[0], points[1])
    for place in range(2, len(points), 2):
        path.lineTo(points[place], points[place + 1])
    canvas.drawPath(path)


def _draw_string(shape: Any, canvas: Any) -> None:
    font, document = fonts.loaded(shape.fontName), canvas._doc
    chosen = -1
    code = [f"BT 1 0 0 1 {numeral(shape.x)} {numeral(shape.y)} Tm"]
    pieces = []
    for subset, codes in font.splitString(shape.text, document):
        if subset != chosen:
            size = f"{numeral(shape.fontSize)} Tf {numeral(shape.fontSize * _LEADING)} TL"
            pieces.append(f"{font.getSubsetInternalName(subset, document)} {size}")
            chosen = subset
        pieces.append(f"({canvas._escape(codes)}) Tj")
    code.append(" ".join(pieces) + " T* ET")
    canvas._code.append(" ".join(code))
