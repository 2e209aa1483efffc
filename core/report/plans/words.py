"""Words and small tables that these sections share: what the rules say, which of them were changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from core.i18n import Localised, T, Text, show, verbatim
from core.instruments import Judged
from core.library.rulebook import Ruling
from core.report.data import ReportData, exact, minus
from core.report.facts import number, short
from core.report.flow import Chapter, note
from core.report.style import HEADING, SIGNAL, Colour
from core.report.table import Column, Row, Table
from core.targets.parts import is_category, part_title

LEVELS: dict[str, Text] = {"stop": T("Stop"), "warning": T("Warning"), "info": T("Note")}
"""How grave a judgement is."""
_TENTH = Decimal("0.1")
SAID = 60
"""Judgements that are printed; there are more only where somebody entered thousands of records."""


def word(titles: Mapping[str, Localised], key: str) -> Localised:
    """What a word of a list is called; one that the program does not know stands as it is."""
    return titles.get(key, verbatim(short(key, 40)))


def part_name(report: ReportData, part: str, lang: str) -> str:
    """``Scope 1``, ``3.4 Inbound and paid transport``."""
    number_of = part.partition(":")[2]
    return report.category_name(int(number_of), lang) if is_category(part) else report.tr(part_title(part), lang)


def part_names(report: ReportData, parts: Iterable[str], lang: str) -> str:
    """Several of them, one a line."""
    return "\n".join(part_name(report, part, lang) for part in parts) or "–"


def part_codes(report: ReportData, parts: Iterable[str], lang: str) -> str:
    """The same for a narrow column, by number: ``Scope 1, 3.4, 3.11``."""
    kept = tuple(parts)
    scopes = [part_name(report, one, lang) for one in kept if not is_category(one)]
    numbers = sorted(int(one.partition(":")[2]) for one in kept if is_category(one))
    return show((*scopes, *(f"3.{one}" for one in numbers)), lang) or "–"


def proofs(report: ReportData, ids: Sequence[str]) -> str:
    """Names of kept files."""
    kept = {one.id: one.name for one in report.package.ledger.evidence}
    return "\n".join(kept.get(key, short(key, 40)) for key in ids[:12])


def down(value: Decimal | None) -> str:
    """A share, never rounded up: ``99.9%`` of 99.96. [%]"""
    return "–" if value is None else f"{value.quantize(_TENTH, ROUND_FLOOR)}%"


def signed_number(value: Decimal, places: int = 1) -> str:
    """With its sign, plus as well."""
    return ("+" if value > 0 else "") + number(value, places)


def amount(value: Decimal, currency: str) -> str:
    """Money, whole from a thousand on."""
    return f"{minus(f'{value:,.{0 if abs(value) >= 1000 else 2}f}')} {short(currency, 12)}".rstrip()


def titled(text: str, key: str, table: Table) -> list[Any]:
    """A heading with its table, of which at least the first rows stand on the same page."""
    first = Table(table.columns, table.rows[:2], table.style, 0, table.header, table.pad)
    return [Chapter(text, key, 1, HEADING, (first,)), table]


def judged_table(
    report: ReportData,
    judged: Sequence[Judged],
    lang: str,
    names: Mapping[str, str] | None = None,
    sources: Mapping[str, str] | None = None,
) -> list[Any]:
    """What rules say and what to do, gravest first; with ``names`` also of what it is said.

    Parameters
    ----------
    report, lang
        as of every section.
    judged
        gravest first.
    names
        by subject; None: no column for it.
    sources
        what each rule rests on, by rule; None: no column for it.
    """
    if not judged:
        return []
    columns = [Column(report.tr(T("Level"), lang), 44, fixed=True)]
    if names is not None:
        columns.append(Column(report.tr(T("About"), lang), 0.6, most=4))
    columns += [
        Column(report.tr(T("What is to be said"), lang), 1.4, most=10),
        Column(report.tr(T("What to do"), lang), 1.1, most=8),
    ]
    if sources is not None:
        columns.append(Column(report.tr(T("Rests on"), lang), 0.8, most=8))
    rows = [_judged(report, one, lang, names, sources) for one in judged[:SAID]]
    flow: list[Any] = [Table(columns, rows, after=4, pad=2.2)]
    if (more := len(judged) - SAID) > 0:
        flow.append(note(report.tr(T("Further judgements: {count}.", count=more), lang)))
    return flow


def _judged(
    report: ReportData, one: Judged, lang: str, names: Mapping[str, str] | None, sources: Mapping[str, str] | None
) -> Row:
    about = [] if names is None else [names.get(one.subject, short(one.subject, 40))]
    rests = [] if sources is None else [sources.get(one.rule, "–")]
    said = (report.tr(one.message, lang), report.tr(one.remedy, lang))
    return Row((report.tr(word(LEVELS, one.level), lang), *about, *said, *rests), grounds=tuple(_ground(one.level)))


def _ground(level: str) -> Iterable[tuple[int, Colour]]:
    """The level also has a ground; its word stands on it."""
    light: dict[str, Colour] = {"stop": _light(SIGNAL, 0.28), "warning": _light(SIGNAL, 0.12)}
    if level in light:
        yield 0, light[level]


def _light(colour: Colour, part: float) -> Colour:
    red, green, blue = (1 - (1 - one) * part for one in colour)
    return red, green, blue


def changed_rules(report: ReportData, changed: Sequence[Ruling], key: str, lang: str) -> list[Any]:
    """Parameters that an expert changed, each beside the one that the program ships; nothing without any."""
    if not changed:
        return []
    columns = [
        Column(report.tr(T("Parameter"), lang), 1.0, most=5),
        Column(report.tr(T("Here"), lang), 58, "right", fixed=True),
        Column(report.tr(T("Source of it"), lang), 1.0, most=6),
        Column(report.tr(T("As shipped"), lang), 58, "right", fixed=True),
        Column(report.tr(T("Where it stands"), lang), 1.2, most=6),
    ]
    rows = []
    for one in changed:
        shipped = one.original
        assert shipped is not None
        cells = (one.title.in_language(lang), _value(report, one, lang), one.source,
                 _value(report, shipped, lang), source_of(shipped, lang))  # fmt: skip
        rows.append(Row(cells))
    title = report.tr(T("Rules that were changed"), lang)
    return titled(title, f"{key}-changed-{lang}", Table(columns, rows, after=4, pad=2.2))


def source_of(one: Ruling, lang: str) -> str:
    """Document, place and edition."""
    return "，".join(x for x in (one.source, one.edition) if x) if lang == "zh" else ", ".join(
        x for x in (one.source, one.edition) if x)  # fmt: skip


def left_aside(report: ReportData, lang: str) -> list[Any]:
    """Changes that do not hold, for the program does not know them or cannot read them."""
    changes = report.plans.left_aside
    if not changes:
        return []
    said = T(
        "Changes of rules that this program does not know or cannot read, so that the shipped value holds: {keys}",
        keys=[short(one.id, 60) for one in changes[:20]],
    )
    return [note(report.tr(said, lang))]


def _value(report: ReportData, one: Ruling, lang: str) -> str:
    if not one.known:
        return report.tr(T("not known"), lang)
    if one.form == "flag":
        return report.tr(T("yes") if one.flag else T("no"), lang)
    value = exact(one.number) if one.form == "number" else one.value
    return f"{value} {one.unit}".rstrip()
