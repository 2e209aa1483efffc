"""What makes the report checkable: hashes, journal, schema, and the evidence with its hashes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from core.i18n import T, Text, show_number, verbatim
from core.report.data import ROLE_NAMES, ReportData, comma, moment, percent
from core.report.flow import Block, heading, lead
from core.report.style import BODY, SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Integrity of the data")
ORDER = 60

_KINDS: dict[str, Text] = {
    "bill": T("Bill"),
    "meter_photo": T("Photograph of a meter"),
    "contract": T("Contract"),
    "certificate": T("Certificate"),
    "calibration": T("Calibration of a meter"),
    "import": T("Imported file"),
    "other": T("Other"),
}


def story(report: ReportData, lang: str) -> list[Any]:
    """How to check, the seals, the evidence."""
    claim = T("Every number of this report follows from the attached file audit.json and can be calculated again.")
    check = T(
        "Any PDF reader shows the signatures on page 1. Head office reads audit.json from this PDF, calculates every "
        "line again with the factors inside, renders the report again and compares it with what was signed."
    )
    return [
        lead(report.tr(claim, lang)),
        Block(report.tr(check, lang), BODY),
        heading(report.tr(T("Seals"), lang), f"seals-{lang}"),
        _seals(report, lang),
        heading(report.tr(T("Evidence"), lang), f"evidence-{lang}"),
        *_evidence(report, lang),
    ]


def _seals(report: ReportData, lang: str) -> Table:
    package = report.package
    schema, audit = package.plain.get("schema"), package.plain.get("audit")
    version = f"{schema.get('name')} {schema.get('version')}" if isinstance(schema, dict) else ""
    identity = str(audit.get("id")) if isinstance(audit, dict) else ""
    said: list[tuple[Text, str]] = [
        (T("Audit number"), identity),
        (T("Revision"), str(package.audit.revision)),
        (T("SHA-256 of the previous revision"), package.audit.previous or "–"),
        (T("SHA-256 of the audited ledger"), str(package.plain.get("ledger_sha256", ""))),
        (T("SHA-256 of audit.json"), report.seal),
        (T("Head of the journal"), package.issue.journal_head or "–"),
        (T("Entries in the journal"), str(package.issue.journal_entries)),
        (T("Schema of the data"), version),
        (T("Version of the renderer"), package.issue.renderer),
        (T("Signatures required"), _required(report, lang)),
        (T("Issued at"), moment(package.issue.issued)),
    ]
    columns = [Column("", 150, fixed=True), Column("", 1.0, most=4)]
    return Table(columns, [Row((report.tr(name, lang), text)) for name, text in said], header=False)


def _required(report: ReportData, lang: str) -> str:
    names = (ROLE_NAMES.get(field, verbatim(field)) for field in report.package.issue.required_signatures)
    return comma(lang).join(report.tr(name, lang) for name in names)


def _evidence(report: ReportData, lang: str) -> list[Any]:
    held, proven = report.package.ledger.evidence, report.evidence.totals["location"]
    sentence = T(
        "Registered files: {files}. Records with a file or a document number carry {share} of the location-based "
        "tonnes.",
        files=len(held),
        share=percent(proven.total - proven.nothing, proven.total),
    )
    flow: list[Any] = [Block(report.tr(sentence, lang), BODY)]
    if held:
        flow.append(_files(report, lang))
    return flow


def _files(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("File"), lang), 1.4),
        Column(report.tr(T("Kind"), lang), 0.7),
        Column(report.tr(T("Bytes"), lang), 48, "right", fixed=True),
        Column(report.tr(T("Records"), lang), 42, "right", fixed=True),
        Column("SHA-256", 226, fixed=True),
    ]
    rows = [
        Row((
            one.name,
            report.tr(_KINDS.get(one.kind, _KINDS["other"]), lang),
            show_number(Decimal(one.size), 0),
            str(len(one.activities)),
            one.sha256,
        ))
        for one in sorted(report.package.ledger.evidence, key=lambda e: (e.name, e.id))
    ]  # fmt: skip
    return Table(columns, rows, SMALL_CELL)
