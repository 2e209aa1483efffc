"""How the views of an inventory look in a terminal."""

from __future__ import annotations

from decimal import Decimal

from core.cli.common import table, write
from core.i18n import Localised, T, show_number
from core.inventory import Inventory
from core.inventory.uncertainty import Uncertainty
from core.inventory.views import (
    CATEGORY_TITLES,
    Category,
    Component,
    GbtLine,
    GbtRow,
    Matrix,
    MatrixRow,
    Years,
    gbt_view,
    ghgp_view,
    iso_view,
)
from core.methods import SCOPE_TITLES

SIGNIFICANCE = {
    "significant": T("significant"),
    "not_significant": T("not significant"),
    "unknown": T("not known"),
}
MARKS = {"full": "", "part": "/", "hole": "?", "none": "", "outside": ""}
TOTALS = {
    **SCOPE_TITLES,
    "location": T("Total, location-based"),
    "market": T("Total, market-based"),
}
BIOGENIC = T("Biogenic CO₂ (apart)")
SHOWN = 10
"""Inputs of an uncertainty that are listed."""


def print_ghgp(inventory: Inventory, lang: str) -> None:
    """Scopes, then the fifteen categories of scope 3 with their status."""
    view = ghgp_view(inventory)
    rows = [(_say(row.title, lang), show_number(row.tco2e, 3)) for row in (*view.scopes, *view.memos)]
    rows += [(_say(TOTALS["location"], lang), show_number(view.location, 3)),
             (_say(TOTALS["market"], lang), show_number(view.market, 3)),
             (_say(BIOGENIC, lang), show_number(inventory.totals.biogenic, 3))]  # fmt: skip
    write(table(("", "t CO₂e"), rows, (1,)))
    write("")
    body = [
        (str(c.number or "–"), _say(c.row.title, lang), show_number(c.row.tco2e, 3), _status(c, lang))
        for c in view.categories
    ]
    write(table(("", _say(T("Category of scope 3"), lang), "t CO₂e", _say(T("Status"), lang)), body, (0, 2)))


def _status(category: Category, lang: str) -> str:
    if category.status == "not_relevant":
        return _say(T("not relevant: {reason}", reason=category.reason), lang)
    return _say(T("calculated") if category.status == "calculated" else T("nothing recorded"), lang)


def print_iso(inventory: Inventory, lang: str) -> None:
    """Six categories with subcategories, share and significance."""
    view = iso_view(inventory)
    body: list[tuple[str, ...]] = []
    for c in view.categories:
        said = T("{verdict} ({reason})", verdict=SIGNIFICANCE[c.significance], reason=c.reason)
        body.append((str(c.number), _say(c.row.title, lang), show_number(c.row.tco2e, 3),
                     show_number(c.row.biogenic, 3), f"{show_number(c.share, 1)} %", _say(said, lang)))  # fmt: skip
        body += [(p.key, f"  {_say(p.title, lang)}", show_number(p.tco2e, 3), show_number(p.biogenic, 3), "", "")
                 for p in c.parts]  # fmt: skip
    total = T("Total, location-based")
    body.append(("", _say(total, lang), show_number(view.total, 3), show_number(view.biogenic, 3), "", ""))
    body += [("", _say(m.title, lang), show_number(m.tco2e, 3), "", "", "") for m in view.memos]
    heads = (T("Category"), T("Biogenic CO₂"), T("Share"), T("Significance"))
    category, biogenic, share, significance = (_say(h, lang) for h in heads)
    write(table(("", category, "t CO₂e", biogenic, share, significance), body, (2, 3, 4)))


def print_gbt(inventory: Inventory, lang: str) -> None:
    """The Chinese summary, and the parameters behind the fuels."""
    view = gbt_view(inventory)
    signs = {1: "+", -1: "−", 0: ""}
    body = [
        (signs[r.sign], _say(r.row.title, lang), show_number(r.counted, 3) if r.sign else "", show_number(r.beside, 3))
        for r in view.rows
    ]
    without = T("Total without purchased and exported energy")
    with_energy = T("Total with purchased, less exported energy")
    body += [("=", _say(without, lang), show_number(view.without_energy, 3), ""),
             ("=", _say(with_energy, lang), show_number(view.with_energy, 3), ""),
             ("", _say(BIOGENIC, lang), "", show_number(view.biogenic, 3))]  # fmt: skip
    beside = T("Not counted, t CO₂e")
    write(table(("", "GB/T 32150-2025", _say(T("Counted, t"), lang), _say(beside, lang)), body, (2, 3)))
    _print_parameters(inventory, view.row("combustion"), lang)


def _print_parameters(inventory: Inventory, row: GbtRow, lang: str) -> None:
    """What the fuels were calculated with, each number once for a source, and how many records have a proof."""
    users: dict[tuple[str, str, Component], list[GbtLine]] = {}
    for detail in row.details:
        a = detail.line.activity
        for one in detail.components:
            if one.key != "other_gases":
                users.setdefault((a.source, a.item, one), []).append(detail)
    kinds = {"measured": T("measured"), "default": T("default value")}
    body = [
        (source, _item(inventory, item, lang), _say(c.title, lang), _with_unit(c), _say(kinds[c.origin], lang),
         c.place, f"{sum(bool(d.proof) for d in own)}/{len(own)}")
        for (source, item, c), own in users.items()
    ]  # fmt: skip
    if body:
        write("")
        heads = (T("Source"), T("Item"), T("Parameter"), T("Value"), T("Kind"), T("Place"), T("Records with proof"))
        write(table([_say(h, lang) for h in heads], body, (3, 6)))


def _with_unit(component: Component) -> str:
    unit = "" if component.unit == "1" else component.unit
    return f"{show_number(component.value)} {unit}".rstrip()


def print_matrix(view: Matrix, inventory: Inventory, lang: str) -> None:
    """Tonnes by source and month; ``?`` marks a month without records, ``/`` one that they cover in part."""
    heads = [_say(T("Source"), lang), _say(T("Item"), lang), *(f"{m.start:%m}" for m in view.months), "Σ"]
    body = [
        (row.source, _item(inventory, row.item, lang), *_cells(row),
         show_number(row.tonnes, 3))
        for row in view.rows
    ]  # fmt: skip
    body.append(("Σ", "", *(show_number(t, 1) for t in view.by_month), show_number(view.tonnes, 3)))
    write(table(heads, body, range(2, len(heads))))
    write(
        _say(T("t CO₂e. ? no record in this month, / some days missing, * estimated, ! a record has no factor."), lang)
    )


def _cells(row: MatrixRow) -> list[str]:
    found = []
    for cell in row.cells:
        number = show_number(cell.tonnes, 1) if cell.state in ("full", "part") else ""
        flags = MARKS[cell.state] + ("*" if cell.estimated else "") + ("!" if cell.excluded else "")
        found.append(f"{number}{flags}")
    return found


def print_years(view: Years, lang: str) -> None:
    """Years side by side, with the change against the base year."""
    heads = [_say(T("t CO₂e"), lang)]
    for one in view.years:
        mark = T("{year} (base year)", year=one.year) if one.year == view.base_year else T("{year}", year=one.year)
        closed = T("{year}, closed", year=mark) if one.closed else mark
        heads.append(_say(closed, lang))
    last, first = view.years[-1].year, (view.base or view.years[0]).year
    shows = [key for key in view.keys if not key.startswith("gas:") and any(view.of(y.year, key) for y in view.years)]
    body = []
    for key in shows:
        values = [view.of(y.year, key) for y in view.years]
        changed = view.change(last, key, first)
        body.append((_figure(key, lang), *("–" if v is None else show_number(v, 3) for v in values),
                     "" if changed is None else f"{changed:+.1f} %"))  # fmt: skip
    heads.append(_say(T("{year} against {before}", year=last, before=first), lang))
    write(table(heads, body, range(1, len(heads))))


def _figure(key: str, lang: str) -> str:
    kind, _, name = key.partition(":")
    if kind == "category" and name.isdecimal() and int(name) in CATEGORY_TITLES:
        return f"3.{name} {_say(CATEGORY_TITLES[int(name)], lang)}"
    if kind == "source":
        return name
    others: dict[str, Localised] = {**TOTALS, "biogenic": BIOGENIC, "other": T("Gases outside the seven (apart)")}
    return _say(others[key], lang) if key in others else key


def print_uncertainty(found: Uncertainty, lang: str) -> None:
    """Both approaches for each scope and total, then what to measure better first."""
    drawn = found.simulation
    body = []
    for key, view in found.formula.items():
        e = view.estimate
        percent = "" if e.percent is None else f"± {show_number(e.percent, 1)} %"
        simulated = "" if drawn is None else _interval(Decimal(f"{drawn.views[key].low:.6e}"),
                                                       Decimal(f"{drawn.views[key].high:.6e}"))  # fmt: skip
        unknown = e.coverage.percent(e.coverage.neither)
        body.append((_say(TOTALS[key], lang), show_number(e.tonnes, 3), f"± {show_number(e.half, 3)}", percent,
                     _interval(e.low, e.high), simulated, f"{show_number(unknown, 1)} %"))  # fmt: skip
    heads = (T("Uncertainty (95 %)"), T("t CO₂e"), T("By formula"), T("%"), T("Interval"), T("Monte Carlo"),
             T("Not quantified"))  # fmt: skip
    write(table([_say(h, lang) for h in heads], body, (1, 2, 3, 4, 5, 6)))
    if drawn is not None:
        said = T("Monte Carlo: {draws} draws, seed {seed}, {generator}.", draws=drawn.draws, seed=drawn.seed,
                 generator=drawn.generator)  # fmt: skip
        write(_say(said, lang))
    _print_inputs(found, lang)


def _print_inputs(found: Uncertainty, lang: str) -> None:
    kinds = {"activity": T("Activity data"), "factor": T("Factor")}
    inputs = found.formula["location"].inputs[:SHOWN]
    body = [
        (_say(kinds[one.kind], lang), one.key, show_number(one.tonnes, 3),
         "–" if one.percent is None else f"± {show_number(one.percent, 1)} %",
         "–" if one.variance is None else f"{show_number(one.variance, 1)} %")
        for one in inputs
    ]  # fmt: skip
    if body:
        write("")
        heads = (T("Measure better first"), T("Input"), T("t CO₂e"), T("Uncertainty"), T("Share of the variance"))
        write(table([_say(h, lang) for h in heads], body, (2, 3, 4)))


def _interval(low: Decimal, high: Decimal) -> str:
    return f"{show_number(low, 1)} – {show_number(high, 1)}"


def _item(inventory: Inventory, key: str, lang: str) -> str:
    found = inventory.library.items.get(key)
    return key if found is None else found.name.in_language(lang)


def _say(text: Localised, lang: str) -> str:
    return text.in_language(lang)


PRINTERS = {"ghgp": print_ghgp, "iso": print_iso, "gbt": print_gbt}
