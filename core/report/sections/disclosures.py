"""Answers to those who ask: readiness of each framework, the checklist, and what others found; nothing is scored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from core.disclosures.catalogue import CHECK
from core.disclosures.checklist import Area, Checked, checked_of
from core.disclosures.external import SCHEMES
from core.disclosures.maps import all_maps
from core.disclosures.readiness import Count, Readiness, readiness_of
from core.disclosures.value import PointValue
from core.i18n import T, show_date, verbatim
from core.ledger import Answer, ExternalAudit, QuestionDecision
from core.report.data import ReportData
from core.report.facts import short
from core.report.flow import Remark, lead, note
from core.report.plans.words import proofs, titled, word
from core.report.style import BODY, HOLE, PART, SIGNAL
from core.report.table import Column, Row, Table

TITLE = T("Answers to those who ask")
ORDER = 40
LONGEST, MOST_AUDITS, MOST_OPEN = 300, 200, 8
"""Letters of what somebody typed; audits that are printed, and findings of each that are named."""


def story(report: ReportData, lang: str) -> list[Any]:
    """Nothing when nobody answered a question and no audit by others is kept."""
    ledger = report.package.ledger
    answers, decisions = ledger.held(Answer), ledger.held(QuestionDecision)
    flow: list[Any] = []
    if answers or decisions:
        values = report.points
        if values is None:
            said = T("The records do not give the answers to those who ask.")
            flow.append(Remark(report.tr(said, lang), BODY, SIGNAL))
        else:
            flow += _frameworks(report, values, decisions, lang)
            if any(one.point.startswith(CHECK) for one in answers):
                flow += _checklist(report, values, lang)
    return [*flow, *_audits(report, lang)]


# ---------------------------------------------------------------------- frameworks


def _frameworks(
    report: ReportData, values: Mapping[str, PointValue], decisions: Sequence[QuestionDecision], lang: str
) -> list[Any]:
    """Both counts of each framework that asks plants something."""
    year = report.plans.year
    maps = sorted(all_maps().values(), key=lambda one: (one.framework.casefold(), one.edition, one.key))
    ready = [readiness_of(one, values, decisions, year, "plant") for one in maps]
    columns = [
        Column(report.tr(T("Framework"), lang), 1.0, most=4),
        Column(report.tr(T("With data"), lang), 62, "right", fixed=True),
        Column(report.tr(T("With proof"), lang), 62, "right", fixed=True),
        Column(report.tr(T("To be decided"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Not applicable"), lang), 62, "right", fixed=True),
    ]
    rows = [_framework(report, one, lang) for one in ready if one.counted or one.of_state("not_applicable")]
    said = T(
        "How many questions of each framework have data for {year}, and how many have proof, counted apart. This is no "
        "score: nobody who asks counts like this.",
        year=str(year),
    )
    told = T(
        "Counted are the questions that are asked of every plant, and conditional ones unless a person decided that "
        "they do not apply; what nobody has decided counts as open. The questions themselves stand in the documents of "
        "those who ask."
    )
    flow: list[Any] = [lead(report.tr(said, lang)), Table(columns, rows, after=4, pad=2.4), note(report.tr(told, lang))]
    own = sorted({one.map for one in decisions if one.year == year} - all_maps().keys())
    if own:
        stays = T("Questionnaires that the plant brought in itself stay there and are not counted here: {keys}.",
                  keys=[short(one, 40) for one in own[:20]])  # fmt: skip
        flow.append(note(report.tr(stays, lang)))
    return flow


def _framework(report: ReportData, one: Readiness, lang: str) -> Row:
    title = report.tr(one.map.title, lang)
    return Row((
        title if one.map.edition in one.map.title.en else f"{title}\n{one.map.edition}",
        _counted(report, one.data, lang),
        _counted(report, one.evidence, lang),
        str(len(one.of_state("undecided"))),
        str(len(one.of_state("not_applicable"))),
    ))  # fmt: skip


def _counted(report: ReportData, count: Count, lang: str) -> str:
    return report.tr(T("{n} of {of}", n=count.n, of=count.of), lang) if count.of else "–"


# ---------------------------------------------------------------------- checklist


def _checklist(report: ReportData, values: Mapping[str, PointValue], lang: str) -> list[Any]:
    """By area: what is answered and what is proven, apart; and where something is to be done."""
    columns = [
        Column(report.tr(T("Topic"), lang), 1.0, most=3),
        Column(report.tr(T("Answered"), lang), 70, "right", fixed=True),
        Column(report.tr(T("With proof"), lang), 70, "right", fixed=True),
        Column(report.tr(T("Proof expired"), lang), 70, "right", fixed=True),
        Column(report.tr(T("No, or partly"), lang), 70, "right", fixed=True),
    ]
    areas = checked_of(values)
    rows = [_area(report, report.tr(one.title, lang), one.questions, lang) for one in areas]
    every = tuple(each for one in areas for each in one.questions)
    rows.append(_area(report, report.tr(T("Total"), lang), every, lang, total=True))
    title = report.tr(T("Checklist of environment, people and governance"), lang)
    told = T("Answered are questions whose answer holds on the day of the report; what was answered once and has run "
             "out is not counted.")  # fmt: skip
    return [*titled(title, f"disclosures-checklist-{lang}", Table(columns, rows, after=4, pad=2.4)),
            note(report.tr(told, lang))]  # fmt: skip


def _area(report: ReportData, name: str, held: Sequence[Checked], lang: str, *, total: bool = False) -> Row:
    one = Area("", tuple(held))
    expired, wanting = sum(each.state == "expired" for each in held), sum(each.wanting for each in held)
    cells = (name, _counted(report, one.answered, lang), _counted(report, one.proven, lang), str(expired), str(wanting))
    grounds = tuple((place, PART) for place, count in ((3, expired), (4, wanting)) if count and not total)
    return Row(cells, "total" if total else "line", grounds)


# ---------------------------------------------------------------------- audits by others


def _audits(report: ReportData, lang: str) -> list[Any]:
    """Certificates, scores and validations as they were stated, with what is still open of their findings."""
    held = sorted(report.package.ledger.held(ExternalAudit), key=lambda one: (one.day, one.name, one.id))
    if not held:
        return []
    columns = [
        Column(report.tr(T("Date"), lang), 62, fixed=True),
        Column(report.tr(T("Audit"), lang), 1.3, most=8),
        Column(report.tr(T("Result as stated"), lang), 0.9, most=8),
        Column(report.tr(T("Valid until"), lang), 62, fixed=True),
        Column(report.tr(T("Findings open"), lang), 1.2, most=14),
        Column(report.tr(T("Proof"), lang), 0.9, most=6),
    ]
    rows = [_audit(report, one, lang) for one in held[-MOST_AUDITS:]]
    title = report.tr(T("Audits by others"), lang)
    told = T("A result stands here as it was stated; nobody has scored it again.")
    flow = [*titled(title, f"disclosures-audits-{lang}", Table(columns, rows, after=4, pad=2.4)),
            note(report.tr(told, lang))]  # fmt: skip
    if (more := len(held) - MOST_AUDITS) > 0:
        flow.append(note(report.tr(T("Earlier ones that are not printed: {count}.", count=more), lang)))
    return flow


def _audit(report: ReportData, one: ExternalAudit, lang: str) -> Row:
    today = report.plans.today.isoformat()
    open_ = [row for row in one.findings if not (len(row) > 2 and row[2])]
    late = [row for row in open_ if len(row) > 1 and row[1] and row[1] < today]
    over = bool(one.valid_to) and one.valid_to < today
    until = _day(one.valid_to, lang)
    scheme = report.tr(word(SCHEMES, one.scheme), lang)
    body = f"\n{short(one.body, LONGEST)}" if one.body else ""
    grounds = ((3, HOLE),) if over else ()
    return Row((
        show_date(one.day, lang),
        f"{scheme}\n{short(one.name, LONGEST)}{body}",
        short(one.result, LONGEST) or "–",
        f"{until}\n{report.tr(T('expired'), lang)}" if over else until or "–",
        _findings(report, open_, lang) or "–",
        proofs(report, one.evidence) or "–",
    ), grounds=(*grounds, *(((4, PART),) if late else ())))  # fmt: skip


def _findings(report: ReportData, open_: Sequence[tuple[str, ...]], lang: str) -> str:
    """Each with the day by which it is due."""
    said = []
    for row in open_[:MOST_OPEN]:
        text = verbatim(short(row[0] if row else "", 80))
        due = _day(row[1], lang) if len(row) > 1 else ""
        said.append(report.tr(T("{what}, due {day}", what=text, day=due) if due else text, lang))
    if (more := len(open_) - MOST_OPEN) > 0:
        said.append(report.tr(T("{count} more", count=more), lang))
    return "\n".join(said)


def _day(text: str, lang: str) -> str:
    """An ISO date as the report writes days; what is none stands as it is."""
    try:
        return show_date(date.fromisoformat(text), lang) if text else ""
    except ValueError:
        return short(text, 20)
