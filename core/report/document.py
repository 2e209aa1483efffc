"""From a package to the bytes of the report: the sections in their order on the pages of the house."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from core.errors import UserError
from core.i18n import T, verbatim
from core.inventory import ATTACHMENT, Package, read
from core.ledger import canonical
from core.report.building import ONE_AT_A_TIME, Progress, Watch, build, told
from core.report.contents import READING
from core.report.data import ReportData
from core.report.discover import all_sections, in_order
from core.report.furniture import Around
from core.report.lines import tidy
from core.report.pdf import About, Attachment
from core.report.renderer import RENDERER


def render(
    package: Package | Mapping[str, object],
    attachments: Sequence[Attachment] = (),
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    hasty: bool = False,
) -> bytes:
    """See :func:`core.report.render`; ``hasty`` leaves the streams as they are, which nobody should keep."""
    read_package = package if isinstance(package, Package) else read(canonical(dict(package)))
    _check(read_package)
    with ONE_AT_A_TIME:
        return _render(read_package, attachments, progress, cancelled, hasty)


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
    package: Package,
    attachments: Sequence[Attachment],
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
    hasty: bool,
) -> bytes:
    report = ReportData(package)
    order = in_order(all_sections(), report.languages, package.issue.language, report.policy.view)
    watch = Watch(progress, cancelled, steps=len(order))
    stories = told(order, report, watch)
    data = Attachment(ATTACHMENT, report.attached, "application/json", str(T("Audited data and applied factors")))
    watch.expect(len(report.inventory.lines))
    return build(around(report), about_of(report), stories, (data, *attachments), READING, watch, hasty)


def around(report: ReportData) -> Around:
    """What stands on every page."""

    def title(lang: str) -> str:
        return f"{report.tr(T('Greenhouse gas inventory'), lang)}  |  {report.span(report.period, lang)}"

    return Around(
        name=report.inventory.plant.name,
        title=title,
        seal=f"{ATTACHMENT} SHA-256 {report.seal[:16]}",
        captions=(T("Auditor"), T("Plant manager")),
        languages=report.languages,
        whole=report.package.issue.language,
    )


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
