"""The covering letter to the plant: how many findings, what is asked, until when. In both languages, one after the
other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from core.audit.finding import KINDS, is_open, misstates
from core.i18n import T, Text, verbatim
from core.report.flow import Block, Gap
from core.report.letters.paper import SignHere
from core.report.letters.writing import Facts, kind_of, status_of
from core.report.style import BODY, CELL, HEADING, SUBTITLE
from core.report.table import Column, Row, Table

# isort: split
from reportlab.platypus import PageBreak

_WRITTEN = BODY.but(after=9)


def story(facts: Facts) -> tuple[Text, list[Any]]:
    """One letter, or two."""
    title = T("Findings of the audit of {year}", year=facts.year)
    if facts.language != "both":
        return title, _letter(facts, title)
    chinese, english = (replace(facts, language=lang) for lang in ("zh", "en"))
    return title, [*_letter(chinese, title), PageBreak(), *_letter(english, title)]


def _letter(facts: Facts, title: Text) -> list[Any]:
    plant = facts.ledger.plant
    address = "\n".join(filter(None, (plant.organisation, plant.name, plant.address)))
    return [
        Block(address, BODY.but(after=14)),
        Block(facts.day(facts.when.date()), BODY.but(align="right", after=10)),
        Block(facts.say(title), SUBTITLE.but(after=10)),
        *(Block(facts.say(one), _WRITTEN) for one in _sentences(facts)),
        *_table(facts),
        *_asked(facts),
        Gap(12),
        Block(facts.say(T("With kind regards")), BODY.but(after=16)),
        SignHere(
            [
                (facts.say(T("Team lead")), facts.name(next(iter(facts.engagement.team), "")), ""),
                (facts.say(T("Received for the plant: name, signature, date")), "", ""),
            ]
        ),
    ]


def _sentences(facts: Facts) -> list[Text]:
    """What was audited and what was found."""
    period, open_ones = facts.inventory.choices.period, [one for one in facts.findings if is_open(one)]
    audit = facts.ledger.audit(int(facts.year))
    counts = [
        T("{kind}: {count}", kind=words, count=sum(one.kind == kind for one in facts.findings))
        for kind, words in KINDS.items()
        if any(one.kind == kind for one in facts.findings)
    ]
    told = [
        T("Dear Sir or Madam,"),
        T(
            "we audit the greenhouse gas inventory of {plant} from {start} to {end}.",
            plant=verbatim(facts.ledger.plant.name),
            start=period.start,
            end=period.end,
        ),
    ]
    if audit is not None and audit.criteria:
        told.append(T("It is held against: {criteria}.", criteria=verbatim(audit.criteria)))
    told.append(
        T("Findings so far: {count} ({kinds}), of which open: {open}.",
          count=len(facts.findings), kinds=counts, open=len(open_ones))
    )  # fmt: skip
    return told


def _table(facts: Facts) -> list[Any]:
    columns = [
        Column(facts.say(T("No.")), 46, fixed=True),
        Column(facts.say(T("Kind")), 82, fixed=True),
        Column(facts.say(T("Title")), 1.6, most=4),
        Column(facts.say(T("Owner")), 0.9, most=3),
        Column(facts.say(T("Answer due")), 72, fixed=True),
        Column(facts.say(T("Status")), 68, fixed=True),
    ]
    rows = [
        Row((facts.number(one), kind_of(facts, one), one.title, facts.name(one.owner) or "–", facts.day(one.due) or "–",
             status_of(facts, one)))
        for one in facts.findings
    ]  # fmt: skip
    return [Table(columns, rows, CELL)]


def _asked(facts: Facts) -> list[Any]:
    """What the plant is to do, while something is open."""
    waiting = [one for one in facts.findings if is_open(one)]
    if not waiting:
        return [Block(facts.say(T("All findings are closed. Nothing is asked of you.")), _WRITTEN)]
    asked = [
        T("name the root cause of each finding: why it could happen;"),
        T("correct the data where they are wrong, because of the finding, so that the correction stays linked to it;"),
        T("say what was done so that it does not come again, and attach the files that prove it;"),
        T("give each answer by the day that is named for it."),
    ]
    if first := min((one.due for one in waiting if one.due), default=""):
        asked[-1] = T("give each answer by the day that is named for it; the first one is due on {day}.",
                      day=verbatim(facts.day(first)))  # fmt: skip
    lines: list[Any] = [Block(facts.say(T("We ask you to:")), HEADING)]
    lines += [Block(f"–\u2002{facts.say(one)}", BODY.but(after=3)) for one in asked]
    if any(misstates(one) for one in waiting):
        lines.append(
            Block(
                facts.say(
                    T(
                        "A misstatement that is not corrected is kept in the ledger of misstatements and held against "
                        "materiality; where too little was reported, a conservative estimate takes its place."
                    )
                ),
                BODY,
            )
        )
    return lines
