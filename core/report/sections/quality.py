"""How good the data are: scores of activity data and factors, and how many tonnes rest on proof."""

from __future__ import annotations

from typing import Any

from core.i18n import T, Text
from core.inventory.evidence import Proven
from core.inventory.quality import RULE, SCALE, Mean
from core.methods import SCOPE_TITLES, exact_sum
from core.report.data import ReportData, percent_of, tonnes
from core.report.flow import Block, heading, lead, note
from core.report.style import BODY
from core.report.table import Column, Row, Table

TITLE = T("Quality of the data and evidence")
ORDER = 46
_MOST = 10
_NAMES: dict[str, Text] = {
    **{key: SCOPE_TITLES[key] for key in ("scope1", "scope2_location", "scope2_market", "scope3")},
    "location": T("Total, location-based"),
    "market": T("Total, market-based"),
}


def story(report: ReportData, lang: str) -> list[Any]:
    """Scores by scope, the weakest sources, what lacks a proof. Nothing without emissions."""
    if not report.quality.totals:
        return []
    return [
        lead(report.tr(_opening(report), lang)),
        heading(report.tr(T("Scores and proof by scope"), lang), f"quality-scopes-{lang}"),
        _scopes(report, lang),
        note(f"{report.tr(SCALE, lang)} {report.tr(RULE, lang)}"),
        heading(report.tr(T("Where better data would help most"), lang), f"quality-sources-{lang}"),
        _sources(report, lang),
        heading(report.tr(T("Most tonnes without a kept file"), lang), f"quality-proof-{lang}"),
        *_unproven(report, lang),
    ]


def _opening(report: ReportData) -> Text:
    proven = report.evidence.totals["location"]
    return T(
        "A kept file proves {kept} of the location-based tonnes; for {number} a bill is named but not kept, and for "
        "{nothing} there is no proof.",
        kept=percent_of(proven.percent(proven.kept)),
        number=percent_of(proven.percent(proven.number)),
        nothing=percent_of(proven.percent(proven.nothing)),
    )


def _scopes(report: ReportData, lang: str) -> Table:
    columns = [
        Column("", 1.0),
        Column(report.tr(T("Activity data, score"), lang), 66, "right", fixed=True),
        Column(report.tr(T("Factor, score"), lang), 56, "right", fixed=True),
        Column(report.tr(T("File kept"), lang), 56, "right", fixed=True),
        Column(report.tr(T("Only a number"), lang), 60, "right", fixed=True),
        Column(report.tr(T("No proof"), lang), 56, "right", fixed=True),
    ]
    means = {**report.quality.scopes, **report.quality.totals}
    proofs = {**report.evidence.scopes, **report.evidence.totals}
    rows = [
        Row(
            (report.tr(name, lang), *_scores(means[key]), *_proofs(proofs[key])),
            "total" if key == "location" else "line",
        )
        for key, name in _NAMES.items()
        if key in means and key in proofs
    ]
    return Table(columns, rows, after=4)


def _scores(mean: Mean) -> tuple[str, str]:
    return f"{mean.activity:.1f}", f"{mean.factor:.1f}"


def _proofs(proven: Proven) -> tuple[str, ...]:
    return tuple(percent_of(proven.percent(part)) for part in (proven.kept, proven.number, proven.nothing))


def _sources(report: ReportData, lang: str) -> Table:
    """Tonnes times how far the scores are from the best: much and bad comes first."""
    held = report.quality.sources.get("location", {})
    ranked = sorted(held.items(), key=lambda one: (-one[1].tonnes * (one[1].activity + one[1].factor - 2), one[0]))
    columns = [
        Column(report.tr(T("Source"), lang), 1.0),
        Column("t CO2e", 74, "right", fixed=True),
        Column(report.tr(T("Activity data, score"), lang), 74, "right", fixed=True),
        Column(report.tr(T("Factor, score"), lang), 66, "right", fixed=True),
    ]
    rows = [Row((source, tonnes(mean.tonnes), *_scores(mean))) for source, mean in ranked[:_MOST]]
    return Table(columns, rows, after=4, pad=2.4)


def _unproven(report: ReportData, lang: str) -> list[Any]:
    found = report.evidence.unproven
    if not found:
        return [Block(report.tr(T("Every record has a kept file."), lang), BODY)]
    columns = [
        Column(report.tr(T("Record"), lang), 62, fixed=True),
        Column(report.tr(T("Source"), lang), 1.2),
        Column(report.tr(T("Document named"), lang), 1.0),
        Column("t CO2e", 74, "right", fixed=True),
    ]
    rows = [
        Row((u.activity.id, u.activity.source, u.activity.evidence or "–", tonnes(u.tonnes))) for u in found[:_MOST]
    ]
    rest = found[_MOST:]
    flow: list[Any] = [Table(columns, rows, after=4, pad=2.4)]
    if rest:
        said = T(
            "Further records without a kept file: {count}, together {whole}.",
            count=len(rest),
            whole=f"{tonnes(exact_sum(u.tonnes for u in rest))} t CO2e",
        )
        flow.append(note(report.tr(said, lang)))
    return flow
