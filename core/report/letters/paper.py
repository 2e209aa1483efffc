"""The paper of letters and sheets: head and foot, bands, facts, lines to write on, places to sign."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from core.i18n import Localised
from core.report import furniture, pen
from core.report.building import ONE_AT_A_TIME
from core.report.flow import Block, Flowable
from core.report.fonts import width
from core.report.lines import shorten, tidy, wrap
from core.report.pdf import About, AuditCanvas
from core.report.style import (
    ACCENT,
    BODY,
    BOTTOM,
    HAIR,
    INK,
    LABEL,
    LEFT,
    MUTED,
    PAGE,
    RIGHT,
    TOP,
    WASH,
    Style,
)

# isort: split
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

_SMALL = Style(7.4, 10, colour=MUTED)
_STRONG = Style(7.4, 10, bold=True, colour=ACCENT)
VALUE = Style(9.2, 12.6)
WIDE = (PAGE[1], PAGE[0])


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a document says about itself on each page and in its properties."""

    title: str
    """Of the document, in the language it is written in."""
    plant: str
    author: str
    language: str
    """``zh``, ``en`` or ``both``."""
    when: datetime
    wide: bool = False
    """Whether the paper lies on its long side."""


def said(text: Localised, language: str, between: str = "\n") -> str:
    """A sentence in the language; in both, Chinese first, with ``between`` between them.

    Examples
    --------
    >>> from core.i18n import Name
    >>> said(Name("Owner", "负责人"), "both", " ")
    '负责人 Owner'
    """
    if language != "both":
        return text.in_language(language)
    return between.join(dict.fromkeys((text.in_language("zh"), text.in_language("en"))))


def build(sheet: Sheet, story: Sequence[Any]) -> bytes:
    """The PDF, the same to the last byte for the same sheet and story."""
    buffer = io.BytesIO()
    with ONE_AT_A_TIME:
        size = WIDE if sheet.wide else PAGE
        frame = Frame(
            LEFT, BOTTOM, size[0] - LEFT - RIGHT, size[1] - TOP - BOTTOM,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0, id="paper",
        )  # fmt: skip
        page = PageTemplate(id="paper", frames=[frame], onPage=_drawer(sheet, size), pagesize=size)
        template = BaseDocTemplate(buffer, pageTemplates=[page], allowSplitting=1)
        about = _about(sheet)
        for name, value in (("title", about.title), ("author", about.author), ("subject", about.subject)):
            setattr(template, name, value)
        template.keywords, template.creator, template.producer = about.keywords, furniture.MAKER, furniture.MAKER
        canvas = partial(AuditCanvas, about=about, attachments=(), closing=furniture.close)
        template.build(list(story), canvasmaker=canvas)
    return buffer.getvalue()


def _about(sheet: Sheet) -> About:
    title = tidy(f"{sheet.title} – {sheet.plant}").replace("\n", " ")
    identity = "\n".join((title, sheet.language, sheet.when.isoformat()))
    return About(
        title=title,
        author=tidy(sheet.author).replace("\n", " "),
        subject=title,
        keywords="greenhouse gas, audit, findings",
        when=sheet.when,
        lang="en" if sheet.language == "en" else "zh-CN",
        identity=hashlib.sha256(identity.encode()).digest(),
    )


def _drawer(sheet: Sheet, size: tuple[float, float]) -> Callable[[Any, Any], None]:
    title = tidy(sheet.title).replace("\n", " ")
    room = size[0] - LEFT - RIGHT - width(title, _SMALL.size) - 16
    name = shorten(wrap(tidy(sheet.plant).replace("\n", " "), _STRONG.size, True, room), 1)[0]

    def draw(canvas: Any, _doc: Any) -> None:
        right, head, foot = size[0] - RIGHT, size[1] - 40, 36.0
        number, writer = str(canvas.getPageNumber()), pen.pen_of(canvas)
        pen.write(
            canvas,
            pen.rule(LEFT, head - 8, right - LEFT, 0.5, HAIR),
            pen.fill(ACCENT),
            writer.text(name, LEFT, head, _STRONG),
            pen.fill(MUTED),
            writer.text(title, LEFT, head, _SMALL.but(align="right"), right),
            writer.text(number, LEFT, foot, _SMALL),
            writer.text(furniture.MAKER, LEFT, foot, _SMALL.but(align="right"), right),
        )
        furniture.place_form(canvas, furniture.TOTAL, LEFT + width(number, _SMALL.size), foot)

    return draw


# ---------------------------------------------------------------------- pieces


class Band(Flowable):  # type: ignore[misc]
    """The title of a part of a sheet, on a light ground; says at the right who fills it in."""

    def __init__(self, title: str, who: str = "", company: float = 70.0) -> None:
        """``company`` is the room it wants with what stands below it: never alone at the foot of a page."""
        super().__init__()
        self.company = company
        self.title, self.who = tidy(title).replace("\n", "  "), tidy(who).replace("\n", "  ")

    def getSpaceBefore(self) -> float:  # noqa: N802
        return 9.0

    def getSpaceAfter(self) -> float:  # noqa: N802
        return 6.0

    def wrap(self, available: float, height: float) -> tuple[float, float]:
        self.width, self.height = available, 18.0
        return available, 18.0 if height >= self.company else height + 1

    def draw(self) -> None:
        style, writer = Style(9.2, 12, bold=True, colour=ACCENT), pen.pen_of(self.canv)
        pen.write(
            self.canv,
            pen.box(0, 0, self.width, 18, WASH),
            pen.box(0, 0, 3, 18, ACCENT),
            pen.fill(style.colour),
            writer.text(self.title, 10, 5.6, style),
            pen.fill(MUTED),
            writer.text(self.who, 10, 5.8, _SMALL.but(align="right"), self.width - 8),
        )


class Facts(Flowable):  # type: ignore[misc]
    """Labels with what they say below, side by side in columns; a fact is never broken."""

    def __init__(self, facts: Sequence[tuple[str, str]], columns: int = 3, gutter: float = 14.0) -> None:
        super().__init__()
        self.facts, self.columns, self.gutter = tuple(facts), columns, gutter

    def getSpaceAfter(self) -> float:  # noqa: N802
        return 4.0

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.column = (available - self.gutter * (self.columns - 1)) / self.columns
        self.cells = [
            (wrap(tidy(name), LABEL.size, True, self.column), wrap(tidy(value), VALUE.size, False, self.column))
            for name, value in self.facts
        ]
        self.rows = [self.cells[at : at + self.columns] for at in range(0, len(self.cells), self.columns)]
        self.heights = [
            max(len(name) * LABEL.leading + len(value) * VALUE.leading for name, value in row) + 6 for row in self.rows
        ]
        self.width, self.height = available, sum(self.heights)
        return self.width, self.height

    def draw(self) -> None:
        writer, top = pen.pen_of(self.canv), self.height
        for row, tall in zip(self.rows, self.heights, strict=True):
            x = 0.0
            for name, value in row:
                y = top - LABEL.size
                operators = [pen.fill(MUTED)]
                for text in name:
                    operators.append(writer.text(text, x, y, LABEL))
                    y -= LABEL.leading
                y -= VALUE.size - LABEL.size + 1
                operators.append(pen.fill(INK))
                for text in value:
                    operators.append(writer.text(text, x, y, VALUE))
                    y -= VALUE.leading
                pen.write(self.canv, *operators)
                x += self.column + self.gutter
            top -= tall


class Lines(Flowable):  # type: ignore[misc]
    """Lines to write on by hand."""

    def __init__(self, count: int, leading: float = 19.0) -> None:
        super().__init__()
        self.count, self.leading = count, leading

    def getSpaceAfter(self) -> float:  # noqa: N802
        return 9.0

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = available, self.count * self.leading
        return self.width, self.height

    def draw(self) -> None:
        places = (self.height - self.leading * (one + 1) + 1 for one in range(self.count))
        pen.write(self.canv, *(pen.rule(0, y, self.width, 0.5, HAIR) for y in places))


class Boxes(Flowable):  # type: ignore[misc]
    """Boxes to tick, with what they mean; one may be ticked already."""

    def __init__(self, choices: Sequence[tuple[str, bool]]) -> None:
        super().__init__()
        self.choices = tuple((tidy(words), ticked) for words, ticked in choices)

    def getSpaceAfter(self) -> float:  # noqa: N802
        return 6.0

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.places: list[tuple[float, float]] = []
        x = y = 0.0
        for words, _ticked in self.choices:
            needed = 14 + width(words, VALUE.size) + 22
            if x and x + needed > available:
                x, y = 0.0, y + 16
            self.places.append((x, y))
            x += needed
        self.width, self.height = available, y + 15
        return self.width, self.height

    def draw(self) -> None:
        writer = pen.pen_of(self.canv)
        for (words, ticked), (x, down) in zip(self.choices, self.places, strict=True):
            y = self.height - down - 11
            edges = [
                pen.rule(x, y + 9, 9, 0.7, INK), pen.rule(x, y + 0.7, 9, 0.7, INK),
                pen.box(x, y, 0.7, 9, INK), pen.box(x + 8.3, y, 0.7, 9, INK),
            ]  # fmt: skip
            if ticked:
                edges.append(pen.box(x + 2.2, y + 2.2, 4.6, 4.6, INK))
            pen.write(self.canv, *edges, pen.fill(INK), writer.text(words, x + 14, y + 1.2, VALUE))


class SignHere(Flowable):  # type: ignore[misc]
    """Places to sign, side by side: name, line, date."""

    def __init__(self, places: Sequence[tuple[str, str, str]]) -> None:
        """Of each: who signs, the name that is known, the day that is known."""
        super().__init__()
        self.places = tuple(tuple(tidy(part).replace("\n", "  ") for part in one) for one in places)

    def getSpaceBefore(self) -> float:  # noqa: N802
        return 10.0

    def getSpaceAfter(self) -> float:  # noqa: N802
        return 4.0

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = available, 40.0
        return self.width, self.height

    def draw(self) -> None:
        writer, gutter = pen.pen_of(self.canv), 28.3
        wide = (self.width - gutter * (len(self.places) - 1)) / len(self.places)
        x = 0.0
        for who, name, day in self.places:
            pen.write(
                self.canv,
                pen.fill(INK),
                writer.text(name, x, 17, VALUE),
                writer.text(day, x, 17, VALUE.but(align="right"), x + wide),
                pen.rule(x, 13, wide, 0.6, MUTED),
                pen.fill(MUTED),
                writer.text(who, x, 3, LABEL),
            )
            x += wide + gutter


def stated(name: str, text: str, lines: int) -> list[Any]:
    """A label with what was said, or with lines to write it on."""
    label = Block(name, LABEL.but(after=1))
    return [label, Block(text, BODY) if text else Lines(lines)]
