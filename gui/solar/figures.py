"""Figures of performance as rows of a table: each with its own name, and how much of the time it knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from core.i18n import show_month
from core.library import EXACT
from core.solar.availability import Availability
from core.solar.indices import INDICES, Figure
from core.solar.losstree import LossTree
from core.solar.performance import Performance
from gui.chart_data import BarData, Series
from gui.language import _, language, say
from gui.solar.words import SHORT, THOUSAND, YIELD, figure_unit, figure_value, mwh, percent, plain
from gui.solar.work import Solved
from gui.tables.table import Column
from gui.theme import tokens
from gui.widgets import label, number, subheading

TOTAL = "total"
MODEL_ONLY = "performance_index"
"""Depends on the age of the model, which one of several years cannot have."""
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Row:
    """A month, a year, or the whole time shown."""

    id: str
    """``2024-03``, ``2024``, ``total``."""
    title: str
    energy: Decimal | None
    """[kWh]"""
    figures: Mapping[str, Figure]
    availability: Availability | None

    def value(self, key: str) -> float | None:
        """Of a figure; None where it cannot be said."""
        return self.figures[key].value if key in self.figures else None

    @property
    def coverage(self) -> float | None:
        """Share of the time in which the generation is known. [1]"""
        figure = self.figures.get("final_yield")
        return None if figure is None else figure.coverage


def month_rows(solved: Solved) -> list[Row]:
    """Each month, then all of them."""
    found = solved.observed
    if found is None:
        return []
    rows = [
        Row(
            f"{month.month:%Y-%m}",
            show_month(month.month, language()),
            month.energy,
            {} if month.performance is None else month.performance.figures,
            available,
        )
        for month, available in zip(found.months, solved.look.months, strict=True)
    ]
    if found.whole is not None:
        rows.append(Row(TOTAL, _("Whole time"), found.energy, found.whole.figures, found.availability))
    return rows


def year_rows(years: Sequence[Performance]) -> list[Row]:
    """Each calendar year of which the meters know something."""
    return [
        Row(
            str(year.first.year),
            str(year.first.year),
            Decimal(repr(round(year.energy, 3))),
            {key: figure for key, figure in year.figures.items() if key != MODEL_ONLY},
            None,
        )
        for year in years
    ]


def columns(first: str) -> list[Column[Row]]:
    """Of the table; ``first`` names the time of a row."""

    def of(key: str, title: str, unit: str) -> Column[Row]:
        index = INDICES[key]
        return Column(
            key,
            title,
            lambda row: figure_value(index, row.value(key)),
            unit,
            "right",
            lambda row: row.value(key) or 0.0,
            lambda row: plain(row.value(key)),
            width=6,
            hidden=key == "specific_yield",
        )

    def available(key: str, unit: str) -> Column[Row]:
        return Column(
            f"{key}_available", _("Available"), lambda row: percent(_available(row, key)), unit, "right",
            lambda row: _available(row, key) or 0.0, lambda row: plain(_available(row, key)), width=6,
        )  # fmt: skip

    return [
        Column("time", first, lambda row: row.title, sort=lambda row: row.id, width=10),
        Column("energy", _("Generation"), lambda row: mwh(row.energy), "MWh", "right", lambda row: row.energy or ZERO,
               lambda row: "" if row.energy is None else plain(row.energy / THOUSAND), width=8),
        Column("coverage", _("Data"), lambda row: percent(row.coverage), "%", "right",
               lambda row: row.coverage or 0.0, lambda row: plain(row.coverage), width=5),
        of("final_yield", _("Final yield"), YIELD),
        of("reference_yield", _("Reference yield"), YIELD),
        of("performance_ratio", _("PR"), ""),
        of("performance_ratio_25", _("PR"), _("at 25 °C")),
        of("performance_ratio_weather", _("PR"), _("weather-corrected")),
        of("performance_index", _("EPI"), ""),
        available("time", _("time, %")),
        available("energy", _("energy, %")),
        of("capacity_factor_dc", _("Capacity factor"), _("DC, %")),
        of("capacity_factor_ac", _("Capacity factor"), _("AC, %")),
        of("specific_yield", _("Specific yield"), f"{YIELD}/a"),
    ]  # fmt: skip


def _available(row: Row, what: str) -> float | None:
    if row.availability is None:
        return None
    return row.availability.time if what == "time" else row.availability.energy


def reasons(row: Row) -> list[tuple[str, str]]:
    """Why figures of a row cannot be said, each reason once: names of the figures, reason."""
    found: dict[str, list[str]] = {}
    for key, figure in row.figures.items():
        if figure.value is None and figure.reason is not None:
            found.setdefault(say(figure.reason), []).append(say(SHORT[key]))
    return [(", ".join(names), why) for why, names in found.items()]


def explained(row: Row) -> QWidget:
    """Every figure with its equation, source and coverage, for the inspector."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    column.addWidget(subheading(row.title))
    for key in SHORT:
        if key in row.figures:
            column.addWidget(_explained(row.figures[key]))
    return made


def _explained(figure: Figure) -> QWidget:
    index = figure.index
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    grid.addWidget(label(say(index.title), wrap=True), 0, 0)
    unit = figure_unit(index)
    value = number(f"{figure_value(index, figure.value)} {unit}".rstrip(), strong=True)
    grid.addWidget(value, 0, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
    lines = [index.equation, index.source]
    if figure.value is None and figure.reason is not None:
        lines.append(say(figure.reason))
    else:
        light = "" if figure.light is None else _(", {percent} % of the light", percent=percent(figure.light))
        lines.append(_("known in {percent} % of the time", percent=percent(figure.coverage)) + light)
    for place, words in enumerate(lines, start=1):
        grid.addWidget(label(words, "muted", size=0.92, wrap=True), place, 0, 1, 2)
    grid.setColumnStretch(0, 1)
    return made


# ---------------------------------------------------------------------- loss tree


def waterfall(tree: LossTree) -> BarData:
    """From what the modules would give at their label in the light measured, down to the meter."""
    losses = [loss for loss in tree.losses if loss.energy]
    steps = [loss.energy for loss in losses] + [tree.unexplained]
    levels = [tree.reference]
    for step in steps:
        levels.append(EXACT.subtract(levels[-1], step))
    none = [ZERO] * (len(steps) + 2)

    def column(values: Mapping[int, Decimal]) -> tuple[Decimal, ...]:
        return tuple(values.get(place, zero) / THOUSAND for place, zero in enumerate(none))

    measured = {place: -loss.energy for place, loss in enumerate(losses, start=1) if loss.measured}
    modelled = {place: -loss.energy for place, loss in enumerate(losses, start=1) if not loss.measured}
    ends = {0: tree.reference, len(none) - 1: tree.energy}
    colours = tokens().series
    floor = _floor([level / THOUSAND for level in levels])
    return BarData(
        _("Where the energy went"),
        (
            _("At the label, in the light measured"),
            *(say(x.title) for x in losses),
            _("Unexplained"),
            _("At the meter"),
        ),
        (
            Series(_("Energy"), column(ends), tokens().edge),
            Series(_("Loss measured"), column(measured), colours[0]),
            Series(_("Loss assumed by the model"), column(modelled), colours[1]),
            Series(_("Unexplained"), column({len(none) - 2: -tree.unexplained}), colours[3]),
        ),
        "MWh",
        _("Energy; the axis begins at {number}", number=f"{floor:,f}") if floor else _("Energy"),
        lying=True,
        bases=(ZERO, *(level / THOUSAND for level in levels[:-1]), ZERO),
        labels=_labels(tree, steps),
        floor=floor,
    )


def _labels(tree: LossTree, steps: Sequence[Decimal]) -> tuple[str, ...]:
    def said(step: Decimal) -> str:
        share = tree.share(step)
        sign = "-" if step > 0 else "+"
        return f"{sign}{mwh(abs(step))} ({sign}{percent(None if share is None else abs(share))} %)"

    return (mwh(tree.reference), *(said(step) for step in steps), mwh(tree.energy))


def _floor(levels: Sequence[Decimal]) -> Decimal:
    """A round number below everything, so that small steps between large totals are seen."""
    low, high = min(levels), max(levels)
    span = high - low
    if low <= 0 or not span or span > high / 2:
        return ZERO
    step = Decimal(10) ** span.adjusted()
    return max(ZERO, (low - span / 2) // step * step)
