"""The page of contents: every section with its page, in each language of the report, and how to read the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.i18n import Localised, T, Text
from core.report import furniture, pen
from core.report.data import BOTH, translated
from core.report.fit import on_one_page
from core.report.flow import Block, Chapter, Columns, Flowable, Gap, Rule
from core.report.fonts import width
from core.report.style import ACCENT, GUTTER, HAIR, HALF, HEADING, LABEL, NOTE, WIDTH, Style

_SIZE, _TALL = 10.0, 21.0
_LEAST = {1: 0.66, 2: 0.6}
"""Of its height: an entry of a page that is set tight, by step."""
_PARTS = {"zh": "中文", "en": "English", BOTH: "中文 / English"}


def titles(chapters: Sequence[tuple[str, Text, str]]) -> dict[str, str]:
    """The numbered title of each chapter by its key; both languages count alike."""
    numbers: dict[str, int] = {}
    result = {}
    for key, title, lang in chapters:
        number = numbers.setdefault(key.rpartition("-")[0], len(numbers) + 1)
        result[key] = f"{number}\u2002{translated(title, lang)}"
    return result


class Entry(Flowable):  # type: ignore[misc]
    """One line of the contents, a link to its chapter."""

    def __init__(self, title: str, key: str, tall: float = _TALL) -> None:
        super().__init__()
        self.title, self.key, self.tall = title, key, tall

    def wrap(self, available: float, _height: float) -> tuple[float, float]:
        self.width, self.height = available, self.tall
        return self.width, self.height

    def tighter(self, step: int) -> Entry:
        return Entry(self.title, self.key, self.tall * _LEAST[step])

    def draw(self) -> None:
        canvas, right = self.canv, self.width
        pen.write(canvas, pen.rule(0, 0.5, right, 0.5, HAIR))
        base, room = self.height / 3, right - furniture.NUMBER_WIDTH
        size = min(_SIZE, _SIZE * room / max(width(self.title, _SIZE), 1.0))
        pen.line(canvas, self.title, 0, base, Style(size, 14))
        canvas.__dict__.setdefault("audit_awaited", []).append(self.key)
        furniture.place_form(canvas, f"page-{self.key}", right - furniture.NUMBER_WIDTH, base)
        # Bit 3: the archive standard wants every annotation printable.
        canvas.linkRect(self.title, self.key, (0, 0, right, self.height), Border="[0 0 0]", F=4)


Reading = tuple[tuple[Localised, Localised], ...]
"""Words that readers ask about first, and what they mean here."""


def story(languages: Sequence[str], chapters: Mapping[str, str], lang: str, reading: Reading) -> list[Any]:
    """The contents on one page; in a bilingual report the languages stand side by side, below them what is in both."""
    parts: dict[str, list[Any]] = {}
    for key, title in chapters.items():
        parts.setdefault(key.rpartition("-")[2], []).append(Entry(title, key))
    flow: list[Any] = [Chapter(translated(T("Contents"), lang), "contents")]
    if len(languages) == 1:
        flow += [entry for entries in parts.values() for entry in entries]
    else:
        sides = [(HALF, [Block(_PARTS[one], HEADING), *parts.get(one, ())]) for one in languages]
        flow.append(Columns(sides, GUTTER))
        flow += [Block(_PARTS[BOTH], HEADING), *parts[BOTH]] if BOTH in parts else []
    for spoken in languages:
        flow += [Gap(20), *_reading(reading, spoken)]
    return on_one_page(flow)


LOCATION = (
    T("Location-based"),
    T("Electricity and heat count with the average factor of the grid or area they are drawn from."),
)
MARKET = (
    T("Market-based"),
    T("They count with contracts and certificates that are proven, otherwise with the residual mix."),
)
READING: Reading = (
    LOCATION,
    MARKET,
    (
        T("Recalculated"),
        T("The data are inside this file. Head office calculates every line again before it believes the report."),
    ),
)
"""How to read the report of a plant."""


def _reading(reading: Reading, lang: str) -> list[Any]:
    """Three things that readers of other reports ask first."""
    wide = (WIDTH - 2 * GUTTER) / 3
    columns = [
        (wide, [Rule(ACCENT, 1.2, 5), Block(translated(name, lang), LABEL), Block(translated(text, lang), NOTE)])
        for name, text in reading
    ]
    return [Columns(columns, GUTTER)]
