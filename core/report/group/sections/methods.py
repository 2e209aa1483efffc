"""How the group was put together, and how anybody can check it."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text
from core.report.data import moment
from core.report.flow import Block, heading
from core.report.group.data import GroupData
from core.report.group.package import SCHEMA
from core.report.style import BODY
from core.report.table import Column, Row, Table

TITLE = T("Method, and how to check this report")
ORDER = 80

_METHOD: tuple[Text, ...] = (
    T("Every plant reports in a file signed by its auditor and its manager. Head office verifies the signatures "
      "against its own authority, calculates every line again from the data inside, renders the report again and "
      "compares."),
    T("Consolidated are the recalculated lines, in billionths of a tonne: each cell of a report, scope, category, gas "
      "and month counts with the part of the plant that the group answers for in that month, rounded once. Totals are "
      "exact sums of cells (GHG Protocol Corporate Standard, chapters 3 and 5)."),
    T("Energy and goods between own plants are taken away from the buyer (chapter 4). Location-based and market-based "
      "totals use the same quantities (GHG Protocol Scope 2 Guidance)."),
    T("Factors and global warming potentials are those of the plants' reports; each is named there with its source."),
    T("The base year is recalculated when structure, methods or errors change it by the threshold or more (chapter 5). "
      "What plants do not report is named and never estimated."),
)  # fmt: skip
_CHECK: tuple[Text, ...] = (
    T("Any PDF reader shows the signatures on page 1. The data of this report are attached to it as group.json; every "
      "page follows from them alone, and the program renders the same bytes again."),
    T("The list of reports names the SHA-256 of each signed file that the numbers rest on and of the data inside it; "
      "who has the files can calculate the group again."),
)  # fmt: skip


def story(data: GroupData, lang: str) -> list[Any]:
    """Method, check, seals."""
    return [
        heading(data.tr(T("How it was put together"), lang), f"method-{lang}"),
        *(Block(data.tr(one, lang), BODY) for one in _METHOD),
        heading(data.tr(T("How to check it"), lang), f"check-{lang}"),
        *(Block(data.tr(one, lang), BODY) for one in _CHECK),
        heading(data.tr(T("Seals"), lang), f"seals-{lang}"),
        _seals(data, lang),
    ]


def _seals(data: GroupData, lang: str) -> Table:
    issue = data.contents.issue
    said: list[tuple[Text, str]] = [
        (T("SHA-256 of group.json"), data.package.sha256),
        (T("Head of the journal of head office"), issue.journal_head or "–"),
        (T("Entries in the journal"), str(issue.journal_entries)),
        (T("Schema of the data"), f"{SCHEMA} {data.package.version}"),
        (T("Version of the renderer"), issue.renderer),
        (T("Issued at"), moment(issue.moment)),
    ]
    columns = [Column("", 150, fixed=True), Column("", 1.0, most=4)]
    return Table(columns, [Row((data.tr(name, lang), text)) for name, text in said], header=False)
