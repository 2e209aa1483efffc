"""The list of findings with their status (不符合项清单), on wide paper."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text
from core.ledger import AuditFinding
from core.report.fit import extent
from core.report.flow import Block
from core.report.letters.paper import WIDE, SignHere
from core.report.letters.writing import Facts, kind_of, status_of
from core.report.style import BODY, BOTTOM, CELL, LEFT, RIGHT, TITLE, TOP
from core.report.table import Column, Row, Table

# isort: split
from reportlab.platypus import PageBreak

_ROOM = (WIDE[0] - LEFT - RIGHT, WIDE[1] - TOP - BOTTOM)
"""Width and height of what stands on a page."""


def story(facts: Facts) -> tuple[Text, list[Any]]:
    """Title, whose, table, signatures."""
    title = T("List of findings, audit of {year}", year=facts.year)
    head = f"{facts.ledger.plant.name}  |  {facts.period}"
    columns = [
        Column(facts.say(T("No.")), 44, fixed=True),
        Column(facts.say(T("Kind")), 72, fixed=True),
        Column(facts.say(T("What was found")), 2.4, most=30),
        Column(facts.say(T("Effect, t CO2e")), 62, "right", fixed=True),
        Column(facts.say(T("Root cause")), 1.3, most=30),
        Column(facts.say(T("Correction and corrective action")), 1.6, most=30),
        Column(facts.say(T("Owner, due")), 1.0, most=8),
        Column(facts.say(T("Conclusion of the auditors")), 1.1, most=20),
    ]
    rows = [Row(_cells(facts, one)) for one in facts.findings]
    places = [
        (
            facts.say(T("Team lead: name, signature, date"), " / "),
            facts.name(next(iter(facts.engagement.team), "")),
            "",
        ),
        (facts.say(T("For the plant: name, signature, date"), " / "), "", ""),
    ]
    above = [Block(facts.say(title, " / "), TITLE.but(after=4)), Block(head, BODY.but(after=8))]
    return title, [*above, *_signed(above, Table(columns, rows, CELL), SignHere(places))]


def _signed(above: list[Any], table: Table, places: SignHere) -> list[Any]:
    """The table with the places to sign below its last row: nobody signs a page without a finding."""
    for setting in (table, table.tighter(1)):
        if extent([*above, setting, places], *_ROOM)[0] == extent([*above, setting], *_ROOM)[0]:
            return [setting, places]
    last = len(table.rows) - 1
    if not last:
        return [table, places]
    parts = [Table(table.columns, rows, CELL) for rows in (table.rows[:last], table.rows[last:])]
    return [parts[0], PageBreak(), parts[1], places]


def _cells(facts: Facts, finding: AuditFinding) -> tuple[str, ...]:
    found = "\n".join(filter(None, (finding.title, finding.description, finding.clause)))
    done = "\n".join(filter(None, (finding.correction, finding.corrective_action)))
    concluded = "\n".join(filter(None, (status_of(facts, finding), finding.closing_note)))
    return (
        facts.number(finding),
        kind_of(facts, finding),
        found,
        facts.effect(finding),
        finding.root_cause or "–",
        done or "–",
        "\n".join(filter(None, (facts.name(finding.owner), facts.day(finding.due)))) or "–",
        concluded,
    )
