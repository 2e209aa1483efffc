"""What stands on every page around the text: head, foot, page numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from core.i18n import Localised
from core.report import pen
from core.report.data import translated
from core.report.fonts import width
from core.report.lines import shorten, tidy, wrap
from core.report.style import ACCENT, BOTTOM, HAIR, LABEL, LEFT, MUTED, PAGE, RIGHT, TOP, Style
from core.signature_strip import AUDITOR, PLANT_MANAGER, SIGNATURE_STRIP

# isort: split
from reportlab.platypus import Frame, PageTemplate

MAKER = "Plant Carbon Audit"
_SMALL = Style(7.4, 10, colour=MUTED)
_STRONG = Style(7.4, 10, bold=True, colour=ACCENT)
TOTAL = "page-total"
"""Form that shows how many pages there are; known only at the end."""
NUMBER_WIDTH = 40.0


@dataclass(frozen=True, slots=True)
class Around:
    """What a document says on every page around its text."""

    name: str
    """Of the plant or group, at the left of the head."""
    title: Callable[[str], str]
    """What it is and of when, at the right of the head, in a language."""
    seal: str
    """At the right of the foot."""
    captions: tuple[Localised, Localised]
    """Above the two signatures on page 1."""
    languages: tuple[str, ...]
    """Of its parts, in their order."""
    whole: str
    """Language of what is printed once: ``zh``, ``en`` or ``both``."""


def templates(around: Around, each_page: Callable[[], None]) -> list[Any]:
    """The kinds of pages: cover, upright and wide ones with head and foot in each language."""
    found = [_template("cover", PAGE, _signatures(around, each_page), covered=True)]
    for lang in dict.fromkeys((*around.languages, around.whole)):
        for paper, size in (("upright", PAGE), ("wide", (PAGE[1], PAGE[0]))):
            found.append(_template(f"{paper}-{lang}", size, _drawer(around, lang, size, each_page)))
    return found


def _template(name: str, size: tuple[float, float], draw: Callable[[Any, Any], None], covered: bool = False) -> Any:
    top, bottom = (56.7, SIGNATURE_STRIP[3] + 26) if covered else (TOP, BOTTOM)
    frame = Frame(
        LEFT, bottom, size[0] - LEFT - RIGHT, size[1] - top - bottom,
        leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id=name,
    )  # fmt: skip
    return PageTemplate(id=name, frames=[frame], onPage=draw, pagesize=size)


def _signatures(around: Around, each_page: Callable[[], None]) -> Callable[[Any, Any], None]:
    """Captions above the strip that signing fills; inside it nothing is printed."""

    def draw(canvas: Any, _doc: Any) -> None:
        each_page()
        for field, name in zip((AUDITOR, PLANT_MANAGER), around.captions, strict=True):
            pen.line(canvas, translated(name, around.whole), field.left, field.top + 8, LABEL)
            pen.write(canvas, pen.rule(field.left, field.top + 4, field.right - field.left, 0.6, MUTED))

    return draw


def _drawer(
    around: Around, lang: str, size: tuple[float, float], each_page: Callable[[], None]
) -> Callable[[Any, Any], None]:
    title = around.title(lang)
    room = size[0] - LEFT - RIGHT - width(title, _SMALL.size) - 16
    name = shorten(wrap(tidy(around.name).replace("\n", " "), _STRONG.size, True, room), 1)[0]

    def draw(canvas: Any, _doc: Any) -> None:
        each_page()
        right, head, foot = size[0] - RIGHT, size[1] - 40, 36.0
        number = str(canvas.getPageNumber())
        writer = pen.pen_of(canvas)
        pen.write(
            canvas,
            pen.rule(LEFT, head - 8, right - LEFT, 0.5, HAIR),
            pen.fill(ACCENT),
            writer.text(name, LEFT, head, _STRONG),
            pen.fill(MUTED),
            writer.text(title, LEFT, head, _SMALL.but(align="right"), right),
            writer.text(number, LEFT, foot, _SMALL),
            writer.text(around.seal, LEFT, foot, _SMALL.but(align="right"), right),
        )
        place_form(canvas, TOTAL, LEFT + width(number, _SMALL.size), foot)

    return draw


def place_form(canvas: Any, name: str, x: float, y: float) -> None:
    """Show a form here that is written when all pages are known."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.doForm(name)
    canvas.restoreState()


def close(canvas: Any) -> None:
    """Write what is only known at the end: the number of pages and the page of every section."""
    pages: dict[str, int] = canvas.__dict__.get("audit_pages", {})
    awaited: list[str] = canvas.__dict__.get("audit_awaited", [])
    writer = pen.pen_of(canvas)
    _form(canvas, TOTAL, pen.fill(MUTED), writer.text(f" / {canvas.getPageNumber() - 1}", 0, 0, _SMALL))
    for key in awaited:
        style = Style(10, 14, align="right")
        _form(canvas, f"page-{key}", pen.fill(style.colour), writer.text(str(pages[key]), 0, 0, style, NUMBER_WIDTH))


def _form(canvas: Any, name: str, *operators: str) -> None:
    canvas.beginForm(name, -2, -6, NUMBER_WIDTH + 20, 14)
    pen.write(canvas, *operators)
    canvas.endForm()
