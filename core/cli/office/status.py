"""``office status``: plants by years - what is signed, missing, late, held."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, Commands, command, now, print_json, table, write
from core.cli.office._opened import opened
from core.group.inbox.matrix import (
    DRAFT,
    LATE,
    MISSING,
    NOT_EXPECTED,
    REFUSED,
    REPLACED,
    SIGNED,
    WAITING,
    Cell,
    Matrix,
    matrix,
)
from core.i18n import T

WORDS = {
    NOT_EXPECTED: T("—"),
    MISSING: T("missing"),
    LATE: T("late"),
    REFUSED: T("rejected"),
    DRAFT: T("draft"),
    WAITING: T("held"),
    SIGNED: T("signed"),
    REPLACED: T("superseded"),
}


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    status = command(commands, "status", T("Plants by years: missing, late, draft, held, signed."), run_status, lang)
    status.add_argument("group", type=Path, metavar="GROUP")
    status.add_argument("--year", type=int)
    status.add_argument("--json", action="store_true")


def run_status(arguments: argparse.Namespace) -> int:
    """The matrix."""
    with opened(arguments.group) as group:
        years = None if arguments.year is None else (arguments.year,)
        found = matrix(group.register, group.all(), now().date(), years)
    if arguments.json:
        print_json(matrix_to_plain(found))
        return GOOD
    lang = arguments.lang_ui
    headings = [T("Plant").in_language(lang), T("Country").in_language(lang), *map(str, found.years)]
    rows = [(r.name, r.country, *(_said(r.cells[y], lang) for y in found.years)) for r in found.rows]
    write(table(headings, rows, ()))
    return GOOD


def _said(cell: Cell, lang: str) -> str:
    word = WORDS[cell.state].in_language(lang)
    return T("{state}, came late", state=word).in_language(lang) if cell.arrived_late else word


def matrix_to_plain(found: Matrix) -> dict[str, object]:
    """JSON-ready matrix."""
    return {
        "years": list(found.years),
        "plants": [
            {
                "plant": row.name,
                "country": row.country,
                "site": None if row.site is None else row.site.id,
                "years": {str(year): _plain(cell) for year, cell in row.cells.items()},
            }
            for row in found.rows
        ],
        "counts": {str(year): found.count(year) for year in found.years},
    }


def _plain(cell: Cell) -> dict[str, object]:
    return {
        "state": cell.state,
        "due": None if cell.due is None else cell.due.isoformat(),
        "arrived_late": cell.arrived_late,
        "superseded": cell.superseded,
        "reports": [one.sha256 for one in cell.filed],
    }
