"""From the package of a group to the bytes of its report."""

from __future__ import annotations

from collections.abc import Callable

from core.errors import UserError
from core.i18n import T, verbatim
from core.report.building import ONE_AT_A_TIME, Progress, Watch, build, told
from core.report.contents import LOCATION, MARKET, Reading
from core.report.discover import in_order
from core.report.furniture import Around
from core.report.group.data import GroupData
from core.report.group.discover import all_sections
from core.report.group.package import ATTACHMENT, RENDERER, GroupPackage
from core.report.lines import tidy
from core.report.pdf import About, Attachment

READING: Reading = (
    LOCATION,
    MARKET,
    (
        T("Consolidated"),
        T("Every plant counts with the part that the group holds or controls, day by day; what two plants of the "
          "group report both is counted once."),
    ),
)  # fmt: skip
LANGUAGES = ("zh", "en", "both")


def render(
    package: GroupPackage, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
) -> bytes:
    """See :func:`core.report.group.render`."""
    issue = package.contents.issue
    if issue.renderer != RENDERER:
        raise UserError(
            T("The package was made for version {version} of the report.", version=issue.renderer),
            T("Open it with the program version that wrote it."),
        )
    if issue.language not in LANGUAGES:
        raise UserError(
            T("The report has no language “{language}”.", language=issue.language), T("Choose zh, en or both.")
        )
    with ONE_AT_A_TIME:
        data = GroupData(package)
        order = in_order(all_sections(), data.languages, issue.language)
        watch = Watch(progress, cancelled, steps=len(order))
        stories = told(order, data, watch)
        attached = Attachment(ATTACHMENT, package.data, "application/json", str(T("Data of the group")))
        watch.expect(2 * len(package.contents.reports))
        return build(around(data), about_of(data), stories, (attached,), READING, watch)


def around(data: GroupData) -> Around:
    """What stands on every page."""

    def title(lang: str) -> str:
        return f"{data.tr(T('Greenhouse gas inventory of the group'), lang)}  |  {data.year}"

    return Around(
        name=data.group.name,
        title=title,
        seal=f"{ATTACHMENT} SHA-256 {data.package.sha256[:16]}",
        captions=(T("Prepared by head office"), T("Approved for the group")),
        languages=data.languages,
        whole=data.contents.issue.language,
    )


def about_of(data: GroupData) -> About:
    """What the file says about itself."""
    issue = data.contents.issue
    title = T("Greenhouse gas inventory {year}: {plant}", year=data.year, plant=verbatim(data.group.name))
    return About(
        title=tidy(data.tr(title, issue.language)).replace("\n", " "),
        author=tidy(issue.issued_by or data.group.name).replace("\n", " "),
        subject=data.year,
        keywords="greenhouse gas, inventory, group, consolidated, GHG Protocol, ISO 14064-1",
        when=issue.moment,
        lang="en" if issue.language == "en" else "zh-CN",
        identity=f"{RENDERER}\n{data.package.sha256}".encode(),
    )
