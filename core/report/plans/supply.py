"""Tables of renewable electricity: the ledger of instruments, hourly matching as it is stated, the way to a share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from core.errors import UserError
from core.i18n import T, Text, show_date, verbatim
from core.instruments import Cover, Judged, all_rules, judge
from core.instruments.words import KINDS, OPTIONS, SCHEMES
from core.inventory.energy.matching import StatedMatching
from core.ledger import Instrument
from core.library import EXACT
from core.methods import exact_sum
from core.renewables.options import OptionEffect
from core.renewables.way import Way
from core.report.charts import Series, month_stack
from core.report.data import ReportData, exact
from core.report.facts import facts, mwh, number, remarks, short
from core.report.flow import Figure, Figures, Gap, Remark, headed, heading, note
from core.report.plans.words import amount, down, signed_number, titled, word
from core.report.style import BODY, GUTTER, SCOPE2, SCOPE3, SIGNAL, SMALL_CELL, WIDTH
from core.report.table import Column, Row, Table
from core.series.netting import interval_name

THOUSAND = Decimal(1000)


def instruments(report: ReportData, lang: str) -> list[Any]:
    """Every instrument that covers records of the period or was generated in it, with its numbers and judgement."""
    plans = report.plans
    if not plans.instruments:
        return []
    columns = [
        Column(report.tr(T("Name, kind, scheme"), lang), 1.1, most=8),
        Column(report.tr(T("Serial numbers"), lang), 1.0, most=8),
        Column(report.tr(T("Quantity, MWh"), lang), 46, "right", fixed=True),
        Column(report.tr(T("Allocated, MWh"), lang), 50, "right", fixed=True),
        Column(report.tr(T("Vintage"), lang), 50, fixed=True),
        Column(report.tr(T("Retired"), lang), 0.8, most=8),
        Column(report.tr(T("What the rules say"), lang), 0.9, most=10),
    ]
    said = judge(plans.ledger)
    rows = [_instrument(report, one, said.get(one.id, ()), lang) for one in plans.instruments]
    counted = exact_sum(cover.quantity for own in plans.covers.values() for cover in own if cover.counts)
    name = report.tr(T("Allocated and counted"), lang)
    rows.append(Row((name, "", "", mwh(counted, 3), "", "", ""), "total"))
    told = T(
        "Allocated: to records of this report. What is stopped covers nothing: its records count with the average "
        "factor. Instruments of other years stand in the attached data, for only beside them double use can be seen."
    )
    return [
        *titled(
            report.tr(T("Instruments"), lang), f"instruments-{lang}", Table(columns, rows, SMALL_CELL, after=4, pad=2.0)
        ),
        note(report.tr(told, lang)),
    ]


def _instrument(report: ReportData, one: Instrument, judged: Iterable[Judged], lang: str) -> Row:
    kind = report.tr(word(KINDS, one.kind), lang)
    scheme = report.tr(word(SCHEMES, one.scheme), lang) if one.scheme else one.contract
    covers = report.plans.covers.get(one.id, ())
    return Row((
        "\n".join(text for text in (short(one.name), kind, scheme, one.market) if text),
        one.serials or "–",
        exact(one.quantity, 3),
        mwh(exact_sum(cover.quantity for cover in covers), 3) if covers else "–",
        f"{show_date(one.start, lang)}\n{show_date(one.end, lang)}",
        _retired(report, one, lang),
        _judgement(report, covers, judged, lang),
    ))  # fmt: skip


def _retired(report: ReportData, one: Instrument, lang: str) -> str:
    if not one.retired:
        return "–" if not one.scheme else report.tr(T("not retired"), lang)
    return "\n".join(text for text in (one.retired, one.beneficiary, one.purpose) if text)


def _judgement(report: ReportData, covers: Iterable[Cover], judged: Iterable[Judged], lang: str) -> str:
    """Whether it counts, and which rules stop or warn."""
    held, found = list(covers), list(judged)
    counting = [cover.counts for cover in held]
    if not held:
        state = T("not used")
    elif all(counting):
        state = T("counts")
    else:
        state = T("counts in part") if any(counting) else T("does not count")
    rules = all_rules()
    titles = dict.fromkeys(
        report.tr(rules[one.rule].title, lang) for one in found if one.level != "info" and one.rule in rules
    )
    return "\n".join((report.tr(state, lang), *(f"–\u2002{title}" for title in titles)))


# ---------------------------------------------------------------------- hourly matching


def hourly(report: ReportData, lang: str) -> list[Any]:
    """Hourly matching as the plant states it; nothing where it states none."""
    energy = report.package.energy
    found = None if energy is None else energy.matching
    if found is None:
        return []
    said = T(
        "Matched in intervals of {interval}: renewable electricity counts only where it was generated in the interval "
        "in which it was used. Counted from the meters of the plant; {present} of {expected} intervals are known, in "
        "{estimated} of them a value is estimated.",
        interval=_interval(found.interval),
        present=number(Decimal(found.present), 0),
        expected=number(Decimal(found.expected), 0),
        estimated=number(Decimal(found.estimated), 0),
    )
    flow: list[Any] = [
        heading(report.tr(T("Hourly matching"), lang), f"hourly-{lang}"),
        _matched(report, found, lang),
        note(report.tr(said, lang)),
        *_months(report, found, lang),
        *_supplies(report, found, lang),
    ]
    return flow + remarks(report, T("What could not be matched"), found.notes, "hourly-notes", lang)


def _interval(stated: int | str) -> Text:
    if stated == "day" or stated == "month" or isinstance(stated, int):
        return interval_name(stated)  # type: ignore[arg-type]
    return T("the meters")


def _matched(report: ReportData, found: StatedMatching, lang: str) -> Figures:
    figures = (
        (T("Matched hour by hour"), down(found.score_percent), report.tr(T("of the use"), lang)),
        (T("By the sums of the year"), down(found.volumetric_percent), report.tr(T("of the use"), lang)),
        (T("Not matched"), mwh(found.unmatched_kwh), "MWh"),
        (T("Intervals not wholly matched"), number(Decimal(found.unmatched_hours), 0), ""),
    )
    return Figures([Figure(report.tr(name, lang), value, unit, "", SCOPE2) for name, value, unit in figures],
                   GUTTER / 2, size=18)  # fmt: skip


def _months(report: ReportData, found: StatedMatching, lang: str) -> list[Any]:
    """A bar for each month of the report: matched and not."""
    stated = {(one.month.year, one.month.month): one for one in found.months}
    if not stated:
        return []
    rows = [stated.get((month.start.year, month.start.month)) for month in report.months]
    zero = Decimal(0)
    matched = tuple(zero if one is None else EXACT.divide(one.matched_kwh, THOUSAND) for one in rows)
    open_ = tuple(zero if one is None else EXACT.divide(one.unmatched_kwh, THOUSAND) for one in rows)
    series = [
        Series(report.tr(T("Matched hour by hour"), lang), matched, SCOPE2),
        Series(report.tr(T("Not matched"), lang), open_, SCOPE3, True),
    ]
    axis = report.tr(T("Electricity used, MWh per month"), lang)
    chart = month_stack(series, report.month_names(lang), WIDTH, 140, axis)
    return headed(report.tr(T("Matched by month"), lang), f"hourly-months-{lang}", chart)


def _supplies(report: ReportData, found: StatedMatching, lang: str) -> list[Any]:
    if not found.supplies:
        return []
    columns = [
        Column(report.tr(T("Supply"), lang), 1.0),
        Column(report.tr(T("Kind"), lang), 0.7),
        Column(report.tr(T("Generated, MWh"), lang), 80, "right", fixed=True),
        Column(report.tr(T("Matched, MWh"), lang), 80, "right", fixed=True),
    ]
    kinds = {**KINDS, "own": T("Own generation")}
    rows = [
        Row((short(one.name), report.tr(word(kinds, one.kind), lang), mwh(one.supply_kwh), mwh(one.matched_kwh)))
        for one in found.supplies
    ]
    return [Table(columns, rows, after=4, pad=2.2)]


# ---------------------------------------------------------------------- the way to a share


def way(report: ReportData, lang: str) -> list[Any]:
    """What is missing for the next promised share, else for all of it, and what could close the gap."""
    try:
        found = report.plans.way()
    except UserError as error:
        return [heading(report.tr(T("The way to a share"), lang), f"way-{lang}"),
                Remark(report.tr(error.message, lang), BODY, SIGNAL)]  # fmt: skip
    title = T("The way to {percent} % in {year}", percent=exact(found.percent), year=str(found.year))
    rows = [
        (T("Electricity in that year"), f"{exact(found.use, 1)} MWh"),
        (T("Renewable without anything more"), f"{exact(found.secured, 1)} MWh"),
        (T("Still missing"), f"{exact(found.gap, 1)} MWh"),
    ]
    flow: list[Any] = [
        heading(report.tr(title, lang), f"way-{lang}"),
        facts([(report.tr(name, lang), said) for name, said in rows], 190),
    ]
    if found.options:
        flow += [Gap(4), _options(report, found, lang), note(report.tr(_of_options(found), lang))]
    said: list[Text] = [
        T("{what} {remedy}", what=verbatim(report.tr(one.message, lang)), remedy=verbatim(report.tr(one.remedy, lang)))
        for one in found.missing
    ]
    return flow + remarks(report, T("What the way lacks"), said, "way-lacks", lang)


def _of_options(found: Way) -> Text:
    if found.year == found.data_year:
        secured = T("Secured is what counts in {year}.", year=str(found.year))
    else:
        secured = T("Secured is own generation as it was and what instruments bring in {year}; certificates that are "
                    "used are used up.", year=str(found.year))  # fmt: skip
    return T(
        "{secured} The mix takes the cheapest first. Own generation and storage lower both figures, contracts and "
        "certificates the market-based one alone; factors are those of {year}.",
        secured=secured,
        year=str(found.data_year),
    )


def _options(report: ReportData, found: Way, lang: str) -> Table:
    columns = [
        Column(report.tr(T("Option"), lang), 1.2, most=4),
        Column(report.tr(T("From year"), lang), 32, fixed=True),
        Column("MWh/a", 50, "right", fixed=True),
        Column(report.tr(T("Cost of a MWh"), lang), 70, "right", fixed=True),
        Column(f"{report.tr(T('Market-based'), lang)}\nt/a", 60, "right", fixed=True),
        Column(f"{report.tr(T('Location-based'), lang)}\nt/a", 60, "right", fixed=True),
        Column(f"{report.tr(T('In the mix'), lang)}\nMWh/a", 54, "right", fixed=True),
    ]
    mixed = {one.option.id: one.quantity for one in found.mix}
    rows = [_option(report, one, mixed.get(one.option.id), lang) for one in found.options]
    if found.mix:
        cells = (
            report.tr(T("Mix: {cost} a year", cost=amount(found.cost, found.currency)), lang), "", "", "",
            signed_number(found.market), signed_number(found.location), exact(exact_sum(mixed.values()), 1),
        )  # fmt: skip
        rows.append(Row(cells, "total"))
    return Table(columns, rows, after=4, pad=2.2)


def _option(report: ReportData, one: OptionEffect, mixed: Decimal | None, lang: str) -> Row:
    option = one.option
    kind = report.tr(word(OPTIONS, option.kind), lang)
    return Row((
        f"{short(option.name)}\n{kind}",
        str(option.first_year),
        exact(option.quantity, 1),
        "–" if one.cost is None else amount(one.cost, option.currency),
        signed_number(one.market),
        signed_number(one.location),
        "–" if mixed is None else exact(mixed, 1),
    ))  # fmt: skip


__all__ = ["hourly", "instruments", "way"]
