"""``office export`` writes tables and says how many rows, or writes nothing."""

from __future__ import annotations

import csv
import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from core.methods import exact_sum
from tests.core.cli.sealed import run
from tests.core.group.filled import filled


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("group") / "g.group"
    filled(path).close()
    return path


def test_all_years_as_csv(group: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "tables"
    assert run("office", "export", group, "--all", "--format", "csv", "--out", out, "--json") == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    with (out / "lines.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream))
    assert len(lines) == rows["lines"] and {row["year"] for row in lines} == {"2023", "2024"}
    assert run("office", "export", group, "--all", "--format", "csv", "--out", out) == 2
    assert "exists already" in capsys.readouterr().err


def test_another_approach_and_one_year(group: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "t"
    words = ("office", "export", group, "--year", 2023, "--format", "csv", "--approach", "equity_share")
    assert run(*words, "--out", out) == 0
    assert "reports: 3 rows" in capsys.readouterr().out
    with (out / "consolidated.csv").open(encoding="utf-8-sig", newline="") as stream:
        cedar = [Decimal(row["tonnes"]) for row in csv.DictReader(stream) if row["plant"] == "Cedar"]
    assert exact_sum(cedar) == 0, "bought on the first day of 2024"


def test_workbook_and_refusals(
    group: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("office", "export", group, "--year", 2024, "--format", "xlsx", "--out", tmp_path / "g.xlsx") == 0
    assert (tmp_path / "g.xlsx").read_bytes().startswith(b"PK")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert run("office", "export", group, "--year", 2024, "--format", "parquet", "--out", tmp_path / "p") == 2
    assert "warehouse" in capsys.readouterr().err
    assert run("office", "export", group, "--year", 1999, "--format", "csv", "--out", tmp_path / "p") == 2
    assert not (tmp_path / "p").exists()
