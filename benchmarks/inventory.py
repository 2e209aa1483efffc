"""From a workbook of bills to the inventory: every cell understood, every line with its trace and citation.

The alternatives are what people use instead: a pandas script in an environment of its own (pandas slows the import of
sqlite-utils wherever both are installed) and the same sheet with formulas in LibreOffice Calc.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from core.exchange import preview
from core.inventory import Choices, Inventory, compile_inventory, year_of
from core.ledger import Ledger
from core.library import load_library

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = ROOT / "build" / "pandas"
LOCK = ROOT / "requirements-pandas.lock"


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Against whichever of the two can be had here."""
    source = data.xlsx_file(folder / "bills.xlsx", data.records(scale.many))
    factors = folder / "factors.csv"
    factors.write_text(_factors(_inventory(source)), "utf-8")
    what = f"From {scale.many:,} rows of xlsx to the inventory"
    if python := _pandas():
        theirs = _script(python, source, factors)
        yield Pair(what, "pandas: `read_excel`, merge, group (its import not counted)", _ours(source), theirs, runs=5)
    if calc := shutil.which("soffice"):
        sheet = _sheet(folder / "sheet.xlsx", source, factors)
        whole = _ours_in_a_process(source)
        yield Pair(f"{what}, whole process", "LibreOffice Calc without a window: open, calculate, save as csv",
                   whole, _calc(calc, sheet, folder), runs=3)  # fmt: skip


def _inventory(source: Path) -> Inventory:
    seen = preview(source, Ledger.of([data.PLANT]), load_library())
    ledger = Ledger.of([data.PLANT, *(ready.activity for ready in seen.ready)])
    return compile_inventory(ledger, Choices(year_of(data.YEAR)), load_library())


def _ours(source: Path) -> Callable[[], float]:
    return timed(lambda: _inventory(source))


def _ours_in_a_process(source: Path) -> Callable[[], float]:
    code = (
        "from main import rest_often; rest_often();"
        f"from benchmarks.inventory import _inventory, Path; _inventory(Path({str(source)!r}))"
    )
    return timed(lambda: subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True))


def _factors(made: Inventory) -> str:
    """Tonnes per unit of each thing and scope, as somebody would keep them in a sheet."""
    rows: dict[tuple[str, str, str], Decimal] = {}
    for line in made.lines:
        key = (line.activity.item, line.activity.unit, line.scope)
        rows.setdefault(key, line.tco2e / line.portion.quantity)
    lines = [f"{item},{unit},{scope},{value:.9f}" for (item, unit, scope), value in rows.items()]
    return "\n".join(["item,unit,scope,factor", *lines]) + "\n"


def _pandas() -> Path | None:
    """Python of an environment with pandas; made once. None where its packages cannot be had."""
    python = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(LOCK)]
        if subprocess.run(install, check=False).returncode:
            shutil.rmtree(ENVIRONMENT)
            print("pandas cannot be had: left out", file=sys.stderr)
            return None
    return python


def _script(python: Path, source: Path, factors: Path) -> Callable[[], float]:
    """The script times itself: neither the start of Python nor the import of pandas counts."""
    script = Path(__file__).with_name("pandas_script.py")

    def run() -> float:
        done = subprocess.run([python, script, source, factors], capture_output=True, text=True, check=True)
        return float(done.stdout)

    return run


def _sheet(path: Path, source: Path, factors: Path) -> Path:
    """The bills with a formula for each scope, and sums below."""
    from openpyxl import Workbook, load_workbook

    book = Workbook(write_only=True)
    rows = load_workbook(source, read_only=True).worksheets[0].iter_rows(values_only=True)
    sheet, table = book.create_sheet("Bills"), book.create_sheet("Factors")
    known = [line.split(",") for line in factors.read_text("utf-8").splitlines()]
    for item, unit, scope, factor in known:
        table.append([f"{item}|{unit}|{scope}", float(factor) if factor != "factor" else factor])
    scopes = ("scope1", "scope2_location", "scope2_market")
    sheet.append([*next(rows), *scopes])
    count = 1
    for count, cells in enumerate(rows, 2):
        sheet.append([*cells, *(_formula(count, scope) for scope in scopes)])
    sheet.append([None] * 10 + [f"=SUM({letter}2:{letter}{count})" for letter in "KLM"])
    book.save(path)
    return path


def _formula(row: int, scope: str) -> str:
    return f'=F{row}*IFERROR(VLOOKUP(C{row}&"|"&G{row}&"|{scope}",Factors!$A$1:$B$99,2,0),0)'


def _calc(soffice: str, sheet: Path, folder: Path) -> Callable[[], float]:
    profile = f"-env:UserInstallation=file://{folder / 'profile'}"
    order = [soffice, profile, "--headless", "--convert-to", "csv", "--outdir", str(folder / "out"), str(sheet)]
    return timed(lambda: subprocess.run(order, capture_output=True, check=True))
