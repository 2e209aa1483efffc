"""Appendix to the Chinese summary: activity data, calorific value, carbon content, oxidation rate, and the proof."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from core.i18n import T, Text, labelled
from core.inventory.views import Component, GbtLine, GbtRow
from core.methods import exact_sum
from core.report.data import ReportData, bracketed, exact, tonnes
from core.report.flow import note
from core.report.style import SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Appendix: activity data and parameters by GB/T 32150-2025")
ORDER = 82
ONCE = True
PAPER = "wide"
_ORIGINS: dict[str, Text] = {"measured": T("measured"), "default": T("default")}


def story(report: ReportData, lang: str) -> list[Any]:
    """One row for each source, item and set of parameters; nothing where there is no summary."""
    if report.gbt is None:
        return []
    rows: list[Row] = []
    for part in report.gbt.rows:
        if part.sign and part.details:
            rows.append(Row((report.tr(part.row.title, lang), *[""] * 8), "group"))
            rows += [_row(report, own, lang) for own in _alike(part)]
            rows.append(Row((report.tr(T("Sum"), lang), *[""] * 6, tonnes(part.counted), ""), "total"))
    legend = T(
        "Each parameter with its origin: measured by the plant or its supplier, or a default of a publication; the "
        "table of factors names it. Counted is what the standard counts: CO2 of fuels and energy, every gas elsewhere."
    )
    return [note(report.tr(legend, lang)), Table(_columns(report, lang), rows, SMALL_CELL, pad=1.9)]


def _columns(report: ReportData, lang: str) -> list[Column]:
    def title(text: Text) -> str:
        return report.tr(text, lang, "\n")

    return [
        Column(title(T("Source, item")), 1.1, most=4),
        Column(title(T("Activity data")), 58, "right", fixed=True),
        Column("", 30, fixed=True),
        Column(title(T("Net calorific value")), 74, most=4, fixed=True),
        Column(title(T("Carbon content")), 74, most=4, fixed=True),
        Column(title(T("Oxidation rate")), 54, most=4, fixed=True),
        Column(title(T("Emission factor and other parameters")), 1.25, most=6),
        Column(title(T("Counted, t")), 54, "right", fixed=True),
        Column(title(T("Proof")), 54, most=4, fixed=True),
    ]


def _alike(part: GbtRow) -> Iterable[list[GbtLine]]:
    """Lines of one source, item and unit with the same parameters."""
    filed: dict[tuple[object, ...], list[GbtLine]] = {}
    for detail in part.details:
        activity = detail.line.activity
        numbers = tuple((c.key, c.value, c.unit, c.origin) for c in detail.components)
        filed.setdefault((activity.source, activity.item, activity.unit, numbers), []).append(detail)
    return sorted(filed.values(), key=lambda own: (-exact_sum(d.counted for d in own), own[0].line.id))


def _row(report: ReportData, own: list[GbtLine], lang: str) -> Row:
    activity, parts = own[0].line.activity, own[0].components
    portions = {d.line.id: d.line.portion.quantity for d in own}
    named = {key: next((c for c in parts if c.key == key), None) for key in ("ncv", "carbon", "oxidation")}
    others = [c for c in parts if c.key not in named]
    return Row((
        f"{activity.source}\n{report.tr(report.item_name(activity.item), lang)}",
        exact(exact_sum(portions.values()), 3),
        report.unit(activity.unit),
        *(_parameter(report, one, lang) for one in named.values()),
        "\n".join(labelled(report.tr(c.title, lang), _parameter(report, c, lang), lang) for c in others[:3]) or "–",
        tonnes(exact_sum(d.counted for d in own)),
        _proof(report, own, lang),
    ))  # fmt: skip


def _parameter(report: ReportData, one: Component | None, lang: str) -> str:
    if one is None:
        return "–"
    origin = report.tr(_ORIGINS[one.origin], lang, "/")
    unit = "" if one.unit == "1" else f"\u00a0{report.unit(one.unit)}".rstrip()
    return bracketed(f"{exact(one.value, 6)}{unit}", origin, lang)


def _proof(report: ReportData, own: list[GbtLine], lang: str) -> str:
    """How many of its lines a bill number or a kept file proves."""
    proven = sum(bool(d.proof) for d in own)
    return report.tr(T("{proven} of {count} lines", proven=proven, count=len(own)), lang, "\n")
