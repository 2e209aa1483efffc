"""The page of contents: every section with its page, in each language of the report, and how to read the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.i18n import T, Text
from core.report import furniture, pen
from core.report.data import BOTH, ReportData
from core.report.flow import Block, Chapter, Columns, Flowable, Gap, Rule
from core.report.style import ACCENT, GUTTER, HAIR, HEADING, LABEL, NOTE, WIDTH, Style

_ENTRY = Style(10, 14)
_PARTS = {"zh": "中文", "en": "English", BOTH: "中文 / English"}


def titles(report: ReportData, chapters: Sequence[tuple[str, Text, str]]) -> dict[str, str]:
    """The numbered title of each chapter by its key; both languages count alike."""
    numbers: dict[str, int] = {}
    result = {}
    for key, title, lang in chapters:
        number = numbers.setdefault(key.rpartition("-")[0], len(numbers) + 1)
        result[key] = f"{number}\u2002{report.tr(title, lang)}"
    return result


class Entry(Flowable):  # type: ignore[misc]
    """One line of the contents, a link to its chapter."""

    def __init__(self, title: str, key: str) -> None:
        super().__init__()
        self.title, self.key = title, key

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = available, 21.0
        return self.width, self.height

    def draw(self) -> None:
        canvas, right = self.canv, self.width
        pen.write(canvas, pen.rule(0, 0.5, right, 0.5, HAIR))
        pen.line(canvas, self.title, 0, 7, _ENTRY)
        canvas.__dict__.setdefault("audit_awaited", []).append(self.key)
        furniture.place_form(canvas, f"page-{self.key}", right - furniture.NUMBER_WIDTH, 7)
        # Bit 3: the archive standard wants every annotation printable.
        canvas.linkRect(self.title, self.key, (0, 0, right, self.height), Border="[0 0 0]", F=4)


def story(report: ReportData, chapters: Mapping[str, str], lang: str) -> list[Any]:
    """The contents; in a bilingual report the parts follow each other below their language's name."""
    flow: list[Any] = [Chapter(report.tr(T("Contents"), lang), "contents")]
    parts = dict.fromkeys(key.rpartition("-")[2] for key in chapters)
    for part in parts:
        if len(parts) > 1:
            flow.append(Block(_PARTS[part], HEADING))
        flow += [Entry(title, key) for key, title in chapters.items() if key.rpartition("-")[2] == part]
    for spoken in report.languages:
        flow += [Gap(20), *_reading(report, spoken)]
    return flow


def _reading(report: ReportData, lang: str) -> list[Any]:
    """Three things that readers of other reports ask first."""
    said = (
        (
            T("Location-based"),
            T("Electricity and heat count with the average factor of the grid or area they are drawn from."),
        ),
        (
            T("Market-based"),
            T("They count with contracts and certificates that are proven, otherwise with the residual mix."),
        ),
        (
            T("Recalculated"),
            T("The data are inside this file. Head office calculates every line again before it believes the report."),
        ),
    )
    wide = (WIDTH - 2 * GUTTER) / 3
    columns = [
        (wide, [Rule(ACCENT, 1.2, 5), Block(report.tr(name, lang), LABEL), Block(report.tr(text, lang), NOTE)])
        for name, text in said
    ]
    return [Columns(columns, GUTTER)]
