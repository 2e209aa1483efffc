"""The page of contents: every section with its page, in each language of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.i18n import T, Text
from core.report import furniture, pen
from core.report.data import BOTH, ReportData
from core.report.flow import Block, Chapter, Flowable, Gap
from core.report.style import HAIR, HEADING, Style

_ENTRY = Style(10, 14)


def titles(report: ReportData, chapters: Sequence[tuple[str, Text, str]]) -> dict[str, str]:
    """The numbered title of each chapter by its key; both languages count alike."""
    numbers: dict[str, int] = {}
    result = {}
    for key, title, lang in chapters:
        number = numbers.setdefault(key.rpartition("-")[0], len(numbers) + 1)
        result[key] = f"{number}  {report.tr(title, lang)}"
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
    part_names = {"zh": "中文", "en": "English", BOTH: "中文 / English"}
    parts = dict.fromkeys(key.rpartition("-")[2] for key in chapters)
    for part in parts:
        if len(parts) > 1:
            flow.append(Block(part_names[part], HEADING))
        flow += [Entry(title, key) for key, title in chapters.items() if key.endswith(f"-{part}")]
    return [*flow, Gap(18)]
