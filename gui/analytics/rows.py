"""The tables of the page about analytical procedures."""

from __future__ import annotations

from decimal import Decimal

from core.audit.analytics import PROCEDURES, Procedure
from core.audit.benchmarks import subject_title
from core.audit.figure_units import unit_title
from core.audit.key_figures import figure_title
from core.i18n import show_number
from core.ledger import Benchmark
from core.library import Library
from core.methods import plain
from gui.language import _, say
from gui.tables.table import Column, Mark
from gui.wording import TONNES, minus, shown_percent, tonnes

ORDER = list(PROCEDURES)
LARGE = 1_000_000


def value_words(value: Decimal | None) -> str:
    """For reading; a dash where nobody knows, and no decimals of a million kilowatt-hours."""
    if value is None:
        return "–"
    return minus(show_number(value, 0)) if abs(value) >= LARGE else tonnes(value)


def state_words(one: Procedure) -> str:
    """What became of a procedure."""
    if one.missing is not None:
        return _("no data")
    if one.unexplained:
        said = one.expectation
        return _("not accepted") if said is not None and said.explanation else _("to explain")
    return _("explained") if one.beyond else _("as expected")


def about_words(one: Procedure) -> str:
    """What it is about; of a ratio with its unit, for most are tonnes."""
    return say(one.title) if one.unit == TONNES else f"{say(one.title)} ({say(unit_title(one.unit))})"


def procedure_columns() -> list[Column[Procedure]]:
    """What is, what should be, and what became of it."""

    def number(key: str, title: str, *, hidden: bool = False) -> Column[Procedure]:
        def read(one: Procedure) -> Decimal | None:
            value: Decimal | None = getattr(one, key)
            return None if value is None else round(value, 12)

        return Column(
            key,
            title,
            lambda r: value_words(read(r)),
            align="right",
            sort=lambda r: read(r) or Decimal(0),
            plain=lambda r: "" if (value := read(r)) is None else plain(value),
            width=10,
            hidden=hidden,
        )

    return [
        Column("state", _("State"), state_words, sort=lambda r: (not r.unexplained, not r.beyond), width=14),
        Column("procedure", _("Procedure"), lambda r: say(PROCEDURES[r.procedure]),
               sort=lambda r: ORDER.index(r.procedure), width=11),
        Column("about", _("About"), about_words, width=24, stretch=True),
        number("actual", _("Actual")),
        number("expected", _("Expected")),
        Column("unit", _("Unit"), lambda r: say(unit_title(r.unit)), width=8, hidden=True),
        Column("percent", _("Difference"), lambda r: shown_percent(r.percent), "%", "right",
               lambda r: abs(r.percent or Decimal(0)), width=8),
        Column("threshold", _("Threshold"), lambda r: shown_percent(r.threshold), "%", "right",
               lambda r: r.threshold, width=8),
        number("difference", _("Difference"), hidden=True),
    ]  # fmt: skip


def procedure_marks(one: Procedure) -> dict[str, Mark]:
    """What lies beyond its threshold, and what the data lack."""
    if one.missing is not None:
        return {"state": Mark("info", say(one.missing))}
    if one.unexplained:
        words = _("Beyond the threshold of {percent} % without an accepted explanation.",
                  percent=shown_percent(one.threshold))  # fmt: skip
        return {"state": Mark("warning", words)}
    return {}


def benchmark_columns(library: Library) -> list[Column[Benchmark]]:
    """As the publisher states them."""

    def number(key: str, title: str) -> Column[Benchmark]:
        def read(one: Benchmark) -> Decimal:
            value: Decimal = getattr(one, key)
            return value

        return Column(key, title, lambda r: show_number(read(r)), "", "right", read, lambda r: plain(read(r)), width=10)

    return [
        Column("subject", _("Of what"), lambda r: say(subject_title(r.subject, library)), width=22, stretch=True),
        Column("figure", _("Key figure"), lambda r: say(figure_title(r.figure)), width=16),
        Column("unit", _("Unit"), lambda r: say(unit_title(r.unit)), width=14),
        number("low", _("Low")),
        number("median", _("Median")),
        number("high", _("High")),
        Column("plants", _("Plants"), lambda r: str(r.plants), "", "right", lambda r: r.plants, width=7),
        Column("year", _("Year"), lambda r: str(r.year), "", "right", lambda r: r.year, width=6),
        Column("publisher", _("Publisher"), lambda r: r.publisher, width=20),
    ]
