"""From a package to the bytes of the report: the sections in their order on the pages of the house."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from core.errors import UserError
from core.i18n import T, verbatim
from core.inventory import ATTACHMENT, Package, read
from core.ledger import canonical
from core.report import contents, furniture
from core.report.data import ReportData
from core.report.discover import Section, all_sections, in_order
from core.report.fit import APART, Room, fitted
from core.report.flow import Chapter, Gap
from core.report.lines import tidy
from core.report.pdf import About, Attachment, AuditCanvas
from core.report.renderer import RENDERER, Cancelled

# isort: split
from reportlab.platypus import BaseDocTemplate, NextPageTemplate, PageBreak

Progress = Callable[[float], None]
ONE_AT_A_TIME = threading.Lock()
"""ReportLab keeps state in its modules."""


def render(
    package: Package | Mapping[str, object],
    attachments: Sequence[Attachment] = (),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> bytes:
    """See :func:`core.report.render`."""
    read_package = package if isinstance(package, Package) else read(canonical(dict(package)))
    _check(read_package)
    with ONE_AT_A_TIME:
        return _render(read_package, attachments, progress or _silent, cancelled or _never)


def _check(package: Package) -> None:
    issue = package.issue
    if issue.renderer != RENDERER:
        raise UserError(
            T("The package was made for version {version} of the report.", version=issue.renderer),
            T("Open it with the program version that wrote it."),
        )
    if issue.language not in ("zh", "en", "both"):
        raise UserError(
            T("The report has no language “{language}”.", language=issue.language), T("Choose zh, en or both.")
        )


def _render(
    package: Package, attachments: Sequence[Attachment], progress: Progress, cancelled: Callable[[], bool]
) -> bytes:
    report = ReportData(package)
    order = in_order(all_sections(), report.languages, package.issue.language, report.policy.view)
    watch = _Watch(progress, cancelled, steps=len(order))
    stories = []
    for section, lang in order:
        stories.append((section, lang, section.story(report, lang)))
        watch.step()
    kept = [(section, lang, story) for section, lang, story in stories if story]
    return _build(report, kept, attachments, watch)


def _build(
    report: ReportData, stories: list[tuple[Section, str, list[Any]]], attachments: Sequence[Attachment], watch: _Watch
) -> bytes:
    buffer = io.BytesIO()
    template = BaseDocTemplate(buffer, pageTemplates=furniture.templates(report, watch.page), allowSplitting=1)
    about = about_of(report)
    for name, value in (("title", about.title), ("author", about.author), ("subject", about.subject)):
        setattr(template, name, value)
    template.keywords, template.creator, template.producer = about.keywords, furniture.MAKER, furniture.MAKER
    data = Attachment(ATTACHMENT, report.attached, "application/json", str(T("Audited data and applied factors")))
    canvas = partial(AuditCanvas, about=about, attachments=(data, *attachments), closing=furniture.close)
    watch.expect(len(report.inventory.lines))
    template.build(_flow(report, stories), canvasmaker=canvas)
    watch.done()
    return buffer.getvalue()


def _flow(report: ReportData, stories: list[tuple[Section, str, list[Any]]]) -> list[Any]:
    """All flowables: the cover, the contents, then all sections with numbered titles, appendices on new pages."""
    whole = report.package.issue.language
    chapters = [(f"{section.key}-{lang}", section, lang) for section, lang, _ in stories if section.paper != "cover"]
    titles = contents.titles(report, [(key, section.title, lang) for key, section, lang in chapters])
    flow: list[Any] = []
    listed, room = False, Room()
    for section, lang, story in stories:
        if section.paper == "cover":
            flow += [*story, NextPageTemplate(f"upright-{whole}"), PageBreak()]
            continue
        if not listed:
            flow += contents.story(report, titles, whole)
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


def about_of(report: ReportData) -> About:
    """What the file says about itself."""
    package, plant = report.package, report.inventory.plant
    lang = report.package.issue.language
    title = report.tr(
        T("Greenhouse gas inventory {year}: {plant}", year=package.audit.id, plant=verbatim(plant.name)), lang
    )
    return About(
        title=tidy(title).replace("\n", " "),
        author=tidy(package.issue.issued_by or plant.organisation or plant.name).replace("\n", " "),
        subject=f"{report.period.start.isoformat()} - {report.period.end.isoformat()}",
        keywords="greenhouse gas, inventory, audit, ISO 14064-1, GHG Protocol",
        when=package.issue.issued,
        lang="en" if lang == "en" else "zh-CN",
        identity=f"{RENDERER}\n{report.seal}".encode(),
    )


class _Watch:
    """Tells how far it is and stops when asked to: after every section and every page."""

    def __init__(self, progress: Progress, cancelled: Callable[[], bool], steps: int) -> None:
        self._progress, self._cancelled = progress, cancelled
        self._steps, self._taken, self._pages, self._expected = steps, 0, 0, 20

    def expect(self, lines: int) -> None:
        self._expected = 20 + lines // 22

    def step(self) -> None:
        self._taken += 1
        self._tell(0.25 * self._taken / self._steps)

    def page(self) -> None:
        self._pages += 1
        self._tell(0.25 + 0.65 * min(1.0, self._pages / self._expected))

    def done(self) -> None:
        self._tell(1.0)

    def _tell(self, part: float) -> None:
        if self._cancelled():
            raise Cancelled
        self._progress(part)


def _silent(_part: float) -> None:
    return None


def _never() -> bool:
    return False
