"""Suppliers: what they have signed, by number and by money, and how far they have answered on minerals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from core.disclosures.undertakings import TEXTS, Coverage, coverages_of, delivering
from core.i18n import Name, T, Text
from core.ledger import MineralDeclaration, Supplier, Undertaking
from core.minerals import ACCEPTED, SENT_BACK, newest, response_share
from core.minerals.checker import MOST_MONTHS
from core.minerals.share import counts
from core.minerals.templates import KEYS, TITLES
from core.report.data import ReportData
from core.report.facts import short
from core.report.flow import Remark, lead, note
from core.report.plans.words import titled, word
from core.report.style import BODY, PART, SIGNAL
from core.report.table import Column, Row, Table

TITLE = T("Suppliers and minerals")
ORDER = 49
_NAME = 40
"""Letters of a currency that somebody typed."""


def story(report: ReportData, lang: str) -> list[Any]:
    """Nothing when no supplier is entered."""
    ledger, today = report.package.ledger, report.plans.today
    if not ledger.held(Supplier):
        return []
    held = delivering(ledger, today)
    said = T(
        "Suppliers that deliver: {count}; judged to be of high risk: {high}; not judged: {open}.",
        count=len(held),
        high=sum(one.risk == "high" for one in held),
        open=sum(not one.risk for one in held),
    )
    try:
        return [lead(report.tr(said, lang)), *_undertakings(report, today, lang), *_minerals(report, today, lang)]
    except (ArithmeticError, ValueError):  # days and amounts of a report may be anything
        broken = T("The records of suppliers do not give these figures.")
        return [lead(report.tr(said, lang)), Remark(report.tr(broken, lang), BODY, SIGNAL)]


# ---------------------------------------------------------------------- what they signed


def _undertakings(report: ReportData, today: date, lang: str) -> list[Any]:
    """By text: who is covered, of what is paid, whose undertaking has run out, and who never signed."""
    columns = [
        Column(report.tr(T("Text"), lang), 1.0, most=3),
        Column(report.tr(T("Have signed"), lang), 62, "right", fixed=True),
        Column(report.tr(T("Share"), lang), 52, "right", fixed=True),
        Column(report.tr(T("Of what is paid"), lang), 74, "right", fixed=True, most=6),
        Column(report.tr(T("Run out"), lang), 52, "right", fixed=True),
        Column(report.tr(T("Never signed"), lang), 52, "right", fixed=True),
        Column(report.tr(T("With scan"), lang), 62, "right", fixed=True),
    ]
    found = coverages_of(report.package.ledger, today)
    rows = [_covered(report, one, lang) for one in found]
    title = report.tr(T("What suppliers have signed"), lang)
    told = T("On the day of the report, of the suppliers that deliver then. What is paid counts where it is known, "
             "each currency by itself.")  # fmt: skip
    flow: list[Any] = [*titled(title, f"suppliers-signed-{lang}", Table(columns, rows, after=4, pad=2.4)),
                       note(report.tr(told, lang))]  # fmt: skip
    if found and found[0].unknown:
        missing = T("Suppliers of which it is not known what is paid: {count}.", count=len(found[0].unknown))
        flow.append(note(report.tr(missing, lang)))
    return flow


def _covered(report: ReportData, one: Coverage, lang: str) -> Row:
    papers = {each.id: each for each in report.package.ledger.held(Undertaking)}
    scans = sum(bool(papers[key].evidence) for key in one.papers if key in papers)
    spend = [
        f"{short(each.currency, _NAME)} {each.percent:.1f}%".strip() for each in one.spend if each.percent is not None
    ]
    return Row((
        report.tr(word(TEXTS, one.text), lang),
        _of(report, len(one.signed), one.suppliers, lang),
        "–" if one.percent is None else f"{one.percent:.1f}%",
        "\n".join(spend) or "–",
        str(len(one.expired)),
        str(len(one.missing)),
        _of(report, scans, len(one.papers), lang),
    ), grounds=((4, PART),) if one.expired else ())  # fmt: skip


def _of(report: ReportData, part: int, whole: int, lang: str) -> str:
    return report.tr(T("{n} of {of}", n=part, of=whole), lang) if whole else "–"


# ---------------------------------------------------------------------- minerals


def _minerals(report: ReportData, today: date, lang: str) -> list[Any]:
    """By template: how many have answered, and what became of their newest declarations."""
    ledger = report.package.ledger
    answered, asked = response_share(ledger, today)
    declared = [one for one in ledger.held(MineralDeclaration) if one.supplier]
    if not asked and not declared:
        return []
    columns = [
        Column(report.tr(T("Template"), lang), 1.0, most=3),
        Column(report.tr(T("Suppliers that answered"), lang), 78, "right", fixed=True),
        Column(report.tr(T("Declarations"), lang), 62, "right", fixed=True),
        Column(report.tr(Name("Accepted", "已接受"), lang), 56, "right", fixed=True),
        Column(report.tr(T("Sent back"), lang), 56, "right", fixed=True),
        Column(report.tr(T("Not decided"), lang), 56, "right", fixed=True),
        Column(report.tr(T("Too old"), lang), 50, "right", fixed=True),
    ]
    rows = [
        _template(report, key, [one for one in declared if one.template == key], today, lang) for key in KEYS
        if any(one.template == key for one in declared)
    ]  # fmt: skip
    title = report.tr(T("Declarations of minerals"), lang)
    said = _share(answered, asked)
    table = titled(title, f"suppliers-minerals-{lang}", Table(columns, rows, after=4, pad=2.4)) if rows else []
    return [*table, note(report.tr(said, lang)), *(note(report.tr(one, lang)) for one in (_counted(), _STAY) if rows)]


def _share(answered: int, asked: int) -> Text:
    if not asked:
        return T("No supplier is marked as one that delivers minerals, so no share of answers follows.")
    return T("Suppliers that deliver minerals: {asked}; answered by any template: {answered}.",
             asked=asked, answered=answered)  # fmt: skip


def _counted() -> Text:
    return T("Of each supplier and template the newest declaration. It counts as an answer when it is not older than "
             "{months} months and was not sent back; whether it is accepted, a person decides.",
             months=MOST_MONTHS)  # fmt: skip


_STAY = T("Lists of smelters and the people whom declarations name stay at the plant and are no part of this report.")


def _template(
    report: ReportData, key: str, declared: Sequence[MineralDeclaration], today: date, lang: str
) -> Row:  # fmt: skip
    current = list(newest(declared).values())
    old = sum(not counts(one, today) for one in current)
    undecided = sum(one.verdict not in (ACCEPTED, SENT_BACK) for one in current)
    return Row((
        report.tr(TITLES[key], lang),
        _of(report, *response_share(report.package.ledger, today, key), lang),
        str(len(current)),
        str(sum(one.verdict == ACCEPTED for one in current)),
        str(sum(one.verdict == SENT_BACK for one in current)),
        str(undecided),
        str(old),
    ), grounds=((6, PART),) if old else ())  # fmt: skip
