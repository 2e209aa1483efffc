"""Sections in their order on the pages of the house: the part that every kind of report with a seal shares."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from typing import Any

from core.report import contents, furniture
from core.report.contents import Reading
from core.report.discover import Section
from core.report.fit import APART, Room, fitted
from core.report.flow import Block, Chapter, Gap
from core.report.furniture import Around
from core.report.pdf import About, Attachment, AuditCanvas
from core.report.renderer import Cancelled
from core.report.style import NOTE
from core.report.table import Table

# isort: split
from reportlab.platypus import BaseDocTemplate, NextPageTemplate, PageBreak

Progress = Callable[[float], None]
Stories = Sequence[tuple[Section, str, list[Any]]]
"""Sections with the language each is printed in and what stands in it."""
ONE_AT_A_TIME = threading.Lock()
"""ReportLab keeps state in its modules."""


class Watch:
    """Tells how far it is and stops when asked to: after every section and every page."""

    def __init__(self, progress: Progress | None, cancelled: Callable[[], bool] | None, steps: int) -> None:
        self._progress, self._cancelled = progress or _silent, cancelled or _never
        self._steps, self._taken, self._pages, self._expected = steps, 0, 0, 20

    def expect(self, lines: int) -> None:
        """How many rows the longest table has, from which the number of pages follows."""
        self._expected = 20 + lines // 22

    def step(self) -> None:
        """A section is written."""
        self._taken += 1
        self._tell(0.25 * self._taken / self._steps)

    def page(self) -> None:
        """A page begins."""
        self._pages += 1
        self._tell(0.25 + 0.65 * min(1.0, self._pages / self._expected))

    def done(self) -> None:
        """The file is written."""
        self._tell(1.0)

    def _tell(self, part: float) -> None:
        if self._cancelled():
            raise Cancelled
        self._progress(part)


def told(order: Sequence[tuple[Section, str]], report: object, watch: Watch) -> Stories:
    """What each section says of a report; those with nothing to say are left out."""
    stories = []
    for section, lang in order:
        stories.append((section, lang, accompanied(section.story(report, lang))))
        watch.step()
    return [(section, lang, story) for section, lang, story in stories if story]


def accompanied(story: Sequence[Any]) -> list[Any]:
    """The story with the small print below a table as its company."""
    for one, after in pairwise(story):
        if isinstance(one, Table) and isinstance(after, Block) and after.style == NOTE:
            one.company = (after,)
    return list(story)


def build(
    around: Around,
    about: About,
    stories: Stories,
    attachments: Sequence[Attachment],
    reading: Reading,
    watch: Watch,
    hasty: bool = False,
) -> bytes:
    """The bytes of the file; ``hasty``: with its streams not compressed."""
    buffer = io.BytesIO()
    template = BaseDocTemplate(buffer, pageTemplates=furniture.templates(around, watch.page), allowSplitting=1)
    for name, value in (("title", about.title), ("author", about.author), ("subject", about.subject)):
        setattr(template, name, value)
    template.keywords, template.creator, template.producer = about.keywords, furniture.MAKER, furniture.MAKER
    canvas = partial(AuditCanvas, about=about, attachments=attachments, closing=furniture.close, hasty=hasty)
    template.build(_flow(around, stories, reading), canvasmaker=canvas)
    watch.done()
    return buffer.getvalue()


def _flow(around: Around, stories: Stories, reading: Reading) -> list[Any]:
    """All flowables: the cover, the contents, then all sections with numbered titles, appendices on new pages."""
    chapters = [(f"{section.key}-{lang}", section, lang) for section, lang, _ in stories if section.paper != "cover"]
    titles = contents.titles([(key, section.title, lang) for key, section, lang in chapters])
    flow: list[Any] = []
    listed, room = False, Room()
    for section, lang, story in stories:
        if section.paper == "cover":
            flow += [*story, NextPageTemplate(f"upright-{around.whole}"), PageBreak()]
            continue
        if not listed:
            flow += contents.story(around.languages, titles, around.whole, reading)
            listed = True
        key = f"{section.key}-{lang}"
        paper = f"{section.paper}-{lang}"
        chapter = [Chapter(titles[key], key), *story]
        if section.paper == "upright":
            chapter = fitted(chapter)
        if section.once:
            room.used_up()
        elif below := room.below(paper, chapter):
            flow += [Gap(APART), *below]
            continue
        flow += [NextPageTemplate(paper), PageBreak(), *chapter]
    return flow


def _silent(_part: float) -> None:
    return None


def _never() -> bool:
    return False
