"""Appendix: a worked example of each method and every factor with its source; once, in the languages of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from core.i18n import T, verbatim
from core.library import OWN
from core.library.library import regions_of
from core.methods import INSTRUMENT, AppliedFactor, Line, all_methods
from core.report.data import BOTH, STATUS_NAMES, ReportData, comma, exact, publisher_name
from core.report.flow import heading, note
from core.report.style import SMALL_CELL
from core.report.table import Column, Row, Table

TITLE = T("Appendix: worked examples and factors")
ORDER = 70
ONCE = True
_LETTERS = {"VERIFIED": "V", "VERIFIED_SECONDARY": "S", "DERIVED": "D", "USER": "U"}
_PROXY = "P"
_AREAS = {"World": T("World"), OWN: T("Plant")}


def story(report: ReportData, lang: str) -> list[Any]:
    """Examples, factors by the set they come from, licences."""
    frozen = T(
        "The factors are frozen in this report: a newer publication changes nothing until the audit is restated."
    )
    return [
        heading(report.tr(T("Worked examples: the largest line of each method"), lang), f"examples-{lang}"),
        _examples(report, lang),
        heading(report.tr(T("Emission factors as applied"), lang), f"applied-{lang}"),
        note(_legend(report, lang)),
        _factors(report, lang),
        note("; ".join(f"{number} = {text.replace('; ', ', ')}" for text, number in _licences(report).items())),
        note(report.tr(frozen, lang)),
    ]


def _legend(report: ReportData, lang: str) -> str:
    """What the letters of the status mean."""
    said = {letter: STATUS_NAMES[status] for status, letter in _LETTERS.items()}
    said[_PROXY] = T("Proxy: of another country")
    return ("；" if lang == "zh" else "; ").join(f"{letter} = {report.tr(text, lang)}" for letter, text in said.items())


def _largest(report: ReportData) -> dict[str, Line]:
    largest: dict[str, Line] = {}
    for line in report.inventory.lines:
        key = line.activity.method
        if key not in largest or (line.tco2e, line.id) > (largest[key].tco2e, largest[key].id):
            largest[key] = line
    return dict(sorted(largest.items()))


def _examples(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Step"), lang), 1.0 if lang != BOTH else 1.6),
        Column(report.tr(T("Calculation"), lang), 2.6, most=10),
        Column(report.tr(T("Result"), lang), 84, "right", fixed=True),
        Column("", 52, fixed=True),
    ]
    known, rows = all_methods(), []
    for key, line in _largest(report).items():
        name = report.tr(known[key].title if key in known else verbatim(key), lang)
        rows.append(Row((name, f"{line.activity.source} ({line.id})", "", ""), "group"))
        rows += [
            Row((report.tr(step.what, lang), report.formula(step), exact(step.result), report.unit(step.unit)))
            for step in line.trace
        ]
    return Table(columns, rows, SMALL_CELL, pad=1.1)


def _factors(report: ReportData, lang: str) -> Table:
    columns = [
        Column(report.tr(T("No."), lang), 24, fixed=True),
        Column(report.tr(T("Key"), lang), 1.4, most=10),
        Column(report.tr(T("Value"), lang), 110, fixed=True),
        Column(report.tr(T("Area, year"), lang), 58, fixed=True),
        Column(report.tr(T("Place"), lang), 1.2, most=12),
        Column(report.tr(T("Status"), lang, "\n"), 26, fixed=True),
    ]
    rows: list[Row] = []
    licences, before = _licences(report), ""
    for alike in _folded(report.factors):
        if (title := _set(report, alike[0], licences, lang)) != before:
            rows.append(Row((title, *[""] * 5), "group"))
            before = title
        rows.append(Row(_cells(report, alike, lang)))
    return Table(columns, rows, SMALL_CELL, after=6, pad=1.4)


def _set(report: ReportData, factor: AppliedFactor, licences: dict[str, str], lang: str) -> str:
    """Title, publisher, edition and licence: what all factors of a set have in common."""
    edition = "" if factor.key.startswith(INSTRUMENT) else factor.edition
    said = (
        report.tr(factor.title, lang), report.tr(publisher_name(factor.publisher), lang), edition,
        licences.get(factor.licence, ""), factor.key.partition(".")[0],
    )  # fmt: skip
    return ("；" if lang == "zh" else "; ").join(dict.fromkeys(part for part in said if part))


def _cells(report: ReportData, alike: list[AppliedFactor], lang: str) -> tuple[str, ...]:
    factor = alike[0]
    area = report.tr(_AREAS.get(factor.region, verbatim(factor.region)), lang)
    return (
        _numbers(report, alike),
        _from_to([one.key.partition(".")[2] or one.key for one in alike]),
        "\n".join(_value(report, factor)),
        comma(lang).join(part for part in (area, str(factor.year or "")) if part),
        _from_to([one.place for one in alike]),
        " ".join(_standing(report, factor)),
    )


def _folded(factors: Iterable[AppliedFactor]) -> list[list[AppliedFactor]]:
    """Factors that differ in key and place alone, as the contracts of twelve bills do, stand in one row."""
    found: list[list[AppliedFactor]] = []
    for factor in factors:
        if found and _saying(found[-1][0]) == _saying(factor):
            found[-1].append(factor)
        else:
            found.append([factor])
    return found


def _saying(factor: AppliedFactor) -> tuple[object, ...]:
    if not factor.key.startswith(INSTRUMENT):
        return (factor.key, factor.value, factor.unit)
    return (factor.title, factor.value, factor.unit, factor.publisher, factor.year, factor.status, factor.region)


def _from_to(texts: list[str]) -> str:
    return texts[0] if texts[0] == texts[-1] else f"{texts[0]} – {texts[-1]}"


def _numbers(report: ReportData, alike: list[AppliedFactor]) -> str:
    first, last = (report.factor_number(one) for one in (alike[0], alike[-1]))
    return first if first == last else f"{first} –\n{last}"


def _licences(report: ReportData) -> dict[str, str]:
    """``L2`` for each licence, in the order of the factors: their texts are long and repeat."""
    found = dict.fromkeys(factor.licence for factor in report.factors if factor.licence)
    return {text: f"L{number}" for number, text in enumerate(found, 1)}


def _value(report: ReportData, factor: AppliedFactor) -> Iterator[str]:
    """The number, and its limits where they are published."""
    yield f"{exact(factor.value, 8)} {report.unit(factor.unit)}"
    if factor.lower is not None and factor.upper is not None:
        yield f"95 %: {exact(factor.lower, 8)} – {exact(factor.upper, 8)}"


def _standing(report: ReportData, factor: AppliedFactor) -> Iterator[str]:
    """Letters of the legend: the status, and whether it describes another country for want of one of the plant's."""
    yield _LETTERS.get(factor.status, factor.status)
    areas = (OWN, *regions_of(report.inventory.plant), *report.policy.places)
    if factor.region and factor.region not in areas:
        yield _PROXY
