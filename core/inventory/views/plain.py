"""Views as plain JSON values: what the command line prints for other programs. Decimals as strings."""

from __future__ import annotations

from decimal import Decimal

from core.inventory.views.gbt import GbtLine, GbtView
from core.inventory.views.ghgp import GhgpView
from core.inventory.views.iso import IsoView
from core.inventory.views.matrix import Cell, Matrix, MatrixRow
from core.inventory.views.rows import Row
from core.inventory.views.years import Years
from core.library import EXACT
from core.methods import plain

PERCENT = Decimal("0.000001")


def ghgp_to_plain(view: GhgpView, lang: str = "en") -> dict[str, object]:
    """Scopes, categories, memos."""
    return {
        "view": "ghgp",
        "location_tco2e": plain(view.location),
        "market_tco2e": plain(view.market),
        "scopes": [_row(row, lang) for row in view.scopes],
        "categories": [
            {**_row(c.row, lang), "number": c.number, "status": c.status, "reason": c.reason,
             "excluded": [e.portion.activity.id for e in c.excluded]}
            for c in view.categories
        ],
        "memos": [_row(row, lang) for row in view.memos],
    }  # fmt: skip


def iso_to_plain(view: IsoView, lang: str = "en") -> dict[str, object]:
    """Six categories with subcategories, memos."""
    return {
        "view": "iso",
        "total_tco2e": plain(view.total),
        "total_market_tco2e": plain(view.total_market),
        "biogenic_tco2": plain(view.biogenic),
        "threshold_percent": plain(view.threshold),
        "categories": [
            {
                **_row(c.row, lang),
                "number": c.number,
                "share_percent": _percent(c.share),
                "significance": c.significance,
                "decided": c.decided,
                "reason": c.reason.in_language(lang),
                "parts": [_row(part, lang) for part in c.parts],
            }
            for c in view.categories
        ],
        "memos": [_row(row, lang) for row in view.memos],
    }


def gbt_to_plain(view: GbtView, lang: str = "en") -> dict[str, object]:
    """Rows of the summary with their lines, components and proof."""
    return {
        "view": "gbt",
        "without_energy_t": plain(view.without_energy),
        "with_energy_t": plain(view.with_energy),
        "biogenic_tco2": plain(view.biogenic),
        "rows": [
            {
                **_row(row.row, lang),
                "sign": row.sign,
                "counted_t": plain(row.counted),
                "beside_tco2e": plain(row.beside),
                "zero_rated_tco2": plain(row.zero_rated),
                "details": [_detail(one, lang) for one in row.details],
            }
            for row in view.rows
        ],
    }


def matrix_to_plain(view: Matrix) -> dict[str, object]:
    """Series by month."""
    return {
        "view": "matrix",
        "months": [f"{month.start:%Y-%m}" for month in view.months],
        "by_month_tco2e": [plain(tonnes) for tonnes in view.by_month],
        "tco2e": plain(view.tonnes),
        "holes": view.holes,
        "rows": [_series(row) for row in view.rows],
    }


def years_to_plain(view: Years) -> dict[str, object]:
    """Years side by side with their change against the base year."""
    return {
        "view": "years",
        "base_year": view.base_year,
        "years": [
            {
                "year": one.year,
                "closed": one.closed,
                "gwp_set": one.gwp_set,
                "policy": one.policy,
                "tco2e": {key: plain(value) for key, value in one.figures.items()},
                "change_percent": {
                    key: None if (changed := view.change(one.year, key)) is None else _percent(changed)
                    for key in one.figures
                },
            }
            for one in view.years
        ],
    }


def _percent(value: Decimal) -> str:
    return plain(value.quantize(PERCENT, context=EXACT))


def _row(row: Row, lang: str) -> dict[str, object]:
    return {
        "key": row.key,
        "title": row.title.in_language(lang),
        "memo": row.memo,
        "tco2e": plain(row.tco2e),
        "gases_tco2e": {gas: plain(value) for gas, value in row.gases.items()},
        "biogenic_tco2": plain(row.biogenic),
        "outside_basket_tco2e": plain(row.other),
        "lines": [line.id for line in row.lines],
    }


def _detail(one: GbtLine, lang: str) -> dict[str, object]:
    line = one.line
    return {
        "line": line.id,
        "source": line.activity.source,
        "item": line.activity.item,
        "quantity": plain(line.portion.quantity),
        "unit": line.activity.unit,
        "counted_t": plain(one.counted),
        "beside_tco2e": plain(one.beside),
        "zero_rated_tco2": plain(one.zero_rated),
        "proof": list(one.proof),
        "components": [
            {
                "key": c.key,
                "title": c.title.in_language(lang),
                "value": plain(c.value),
                "unit": c.unit,
                "origin": c.origin,
                "source": c.source,
                "place": c.place,
            }
            for c in one.components
        ],
    }


def _series(row: MatrixRow) -> dict[str, object]:
    return {
        "source": row.source,
        "method": row.method,
        "item": row.item,
        "category": row.category,
        "unit": row.unit,
        "tco2e": plain(row.tonnes),
        "quantity": plain(row.quantity),
        "missing_days": row.missing,
        "cells": [_cell(cell) for cell in row.cells],
    }


def _cell(cell: Cell) -> dict[str, object]:
    return {
        "state": cell.state,
        "tco2e": plain(cell.tonnes),
        "quantity": plain(cell.quantity),
        "missing_days": cell.missing,
        "estimated": cell.estimated,
        "excluded": cell.excluded,
    }
