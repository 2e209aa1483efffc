"""The audit statement: what the auditors conclude, in the words of their level of assurance. Only of audited years."""

from __future__ import annotations

from typing import Any

from core.audit.statement import OPINIONS, statement
from core.i18n import T
from core.ledger import Opinion
from core.report.data import ReportData
from core.report.flow import Block, heading, lead
from core.report.style import BODY

TITLE = T("Audit statement")
ORDER = 4
"""Before everything else, the view of a policy included."""


def story(report: ReportData, lang: str) -> list[Any]:
    """The opinion first, then the parts of the statement in their order. Nothing before an opinion was decided."""
    year = report.period.end.year
    ledger = report.package.ledger
    opinion = ledger.get("opinion", str(year))
    if ledger.engagement(year) is None or not isinstance(opinion, Opinion):
        return []
    flow: list[Any] = [lead(report.tr(OPINIONS[opinion.kind], lang))]
    for number, part in enumerate(statement(ledger, report.inventory, year)):
        flow += [
            heading(report.tr(part.title, lang), f"statement-{number}-{lang}"),
            Block(report.tr(part.text, lang), BODY),
        ]
    return flow
