"""Finding sheets: one finding a page, to read, to fill in and to sign (不符合项报告)."""

from __future__ import annotations

from typing import Any

from core.audit.finding import misstates
from core.audit.finding_closing import TREATMENTS
from core.i18n import T, Text
from core.ledger import AuditFinding
from core.report.facts import short
from core.report.fit import extent
from core.report.flow import Block, Columns
from core.report.letters.paper import Band, Boxes, SignHere, stated
from core.report.letters.paper import Facts as FactsGrid
from core.report.letters.writing import Facts, kind_of, tonnes
from core.report.style import BODY, GUTTER, HALF, LABEL, TITLE, WIDTH

# isort: split
from reportlab.platypus import PageBreak

_LINES = (3, 2, 1)
"""To write on where nothing was said yet: as many as the page has room for."""


def story(facts: Facts) -> tuple[Text, list[Any]]:
    """All sheets, one after the other."""
    found: list[Any] = []
    for one in facts.findings:
        if found:
            found.append(PageBreak())
        found += sheet(facts, one)
    return T("Finding sheets, audit of {year}", year=facts.year), found


def sheet(facts: Facts, finding: AuditFinding) -> list[Any]:
    """One of them; on one page, unless what was said is too long for it."""
    found: list[Any] = []
    for lines in _LINES:
        found = _sheet(facts, finding, lines)
        if extent(found)[0] == 1:
            break
    return found


def _sheet(facts: Facts, finding: AuditFinding, lines: int) -> list[Any]:
    title = f"{kind_of(facts, finding, ' / ')}  {facts.number(finding)}"
    return [
        Block(title, TITLE.but(after=4)),
        Block(finding.title, BODY.but(bold=True, after=8)),
        FactsGrid(_facts(facts, finding)),
        *_found(facts, finding),
        *_answer(facts, finding, lines),
        Columns([(WIDTH, _closing(facts, finding, min(lines, 2)))], 0),  # never apart from its signature
    ]


def _facts(facts: Facts, finding: AuditFinding) -> list[tuple[str, str]]:
    effect = facts.effect(finding)
    if finding.effect is not None:
        effect = f"{effect} t CO2e"
    if finding.projected:
        effect += "\n" + facts.say(T("stands for records that were not tested"), " / ")
    rows: list[tuple[Text, str]] = [
        (T("Plant"), facts.ledger.plant.name),
        (T("Period"), facts.period),
        (T("Clause"), short(finding.clause, 300) or "–"),
        (T("Raised by"), facts.name(finding.raised_by)),
        (T("Raised on"), facts.day(finding.raised)),
        (T("Effect (reported minus supported)"), effect),
        (T("Owner"), facts.name(finding.owner) or "–"),
        (T("Answer due"), facts.day(finding.due) or "–"),
        (T("Sample"), facts.sample(finding.sample) or "–"),
    ]
    return [(facts.say(name, " / "), value) for name, value in rows]


def _found(facts: Facts, finding: AuditFinding) -> list[Any]:
    files = facts.files(finding.evidence)
    columns = Columns(
        [
            (HALF, _labelled(facts, T("Records affected"), facts.records(finding))),
            (HALF, _labelled(facts, T("Evidence"), files or "–")),
        ],
        GUTTER,
    )
    return [
        Band(facts.say(T("What was found")), facts.say(T("Auditor"))),
        Block(finding.description, BODY.but(after=6)),
        columns,
    ]


def _labelled(facts: Facts, name: Text, text: str) -> list[Any]:
    return [Block(facts.say(name, " / "), LABEL.but(after=1)), Block(text, BODY.but(after=0))]


def _answer(facts: Facts, finding: AuditFinding, lines: int) -> list[Any]:
    parts: list[Any] = [Band(facts.say(T("Answer of the plant")), facts.say(T("Plant")))]
    for field, name in (
        ("root_cause", T("Root cause: why it could happen")),
        ("correction", T("Correction: what was done about this case")),
        ("corrective_action", T("Corrective action: what keeps it from coming again")),
    ):
        parts += stated(facts.say(name, " / "), getattr(finding, field), lines)
    if proof := facts.files(finding.proof):
        parts += _labelled(facts, T("Proof"), proof)
    owner = facts.name(finding.answered_by or finding.owner)
    parts.append(SignHere([(_sign(facts, T("For the plant: name, signature, date")), owner, "")]))
    return parts


def _closing(facts: Facts, finding: AuditFinding, lines: int) -> list[Any]:
    parts: list[Any] = [Band(facts.say(T("Closing")), facts.say(T("Auditor")))]
    if misstates(finding):
        added = "" if finding.conservative is None else f": {tonnes(finding.conservative)} t CO2e"
        parts.append(
            Boxes(
                [
                    (facts.say(words, " / ") + (added if key == "conservative" else ""), finding.treatment == key)
                    for key, words in TREATMENTS.items()
                ]
            )
        )
    else:
        accepted = finding.status == "closed"
        parts.append(
            Boxes([(facts.say(T("Answer accepted"), " / "), accepted), (facts.say(T("Sent back"), " / "), False)])
        )
    parts += stated(facts.say(T("Remark"), " / "), finding.closing_note, lines)
    closer = facts.name(finding.closed_by)
    parts.append(SignHere([(_sign(facts, T("Auditor: name, signature, date")), closer, facts.day(finding.closed))]))
    return parts


def _sign(facts: Facts, words: Text) -> str:
    return facts.say(words, " / ")
