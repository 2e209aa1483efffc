"""A plant without a single bill: every command about renewable electricity, targets and actions answers in words."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.cli import main
from core.store import PlantFile
from tests.core.samples import PLANT

ASKED = (
    ("renewables", "status"), ("renewables", "check"), ("renewables", "way"), ("renewables", "hourly"),
    ("renewables", "allocate", "--dry-run"), ("targets", "status"), ("targets", "forecast"), ("actions", "list"),
    ("actions", "curve"), ("actions", "timeline"), ("actions", "measured"),
)  # fmt: skip


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "a.plant"
    PlantFile.create(path, PLANT, "Li Na", datetime(2024, 1, 10, tzinfo=UTC))
    return path


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
@pytest.mark.parametrize("how", ["words", "json"])
def test_without_a_bill_every_command_answers(
    empty: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], how: str
) -> None:
    """No year was asked for, and no bill says one: the last year is meant, never the year 0."""
    extra = ["--json"] if how == "json" else []
    assert main(["--ui-lang", "en", *words[:2], str(empty), *words[2:], *extra]) in (0, 1)
    said = capsys.readouterr()
    assert said.out.strip() and not said.err


@pytest.mark.parametrize("year", ["0", "-5", "99999"])
@pytest.mark.parametrize("words", [one for one in ASKED if one[1] not in ("check", "forecast")], ids=" ".join)
def test_an_impossible_year_is_refused_in_words(
    empty: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], year: str
) -> None:
    option = "--base" if words[0] == "actions" else "--year"
    assert main(["--ui-lang", "en", *words[:2], str(empty), *words[2:], f"{option}={year}"]) == 2
    assert "1990 to 2099" in capsys.readouterr().err


def test_a_dam_of_1985_is_entered(empty: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--name", "Dam", "--kind", "certificate", "--market", "CN", "--start", "2024-01", "--end", "2024-12",
             "--quantity", "5", "--scheme", "GEC", "--technology", "hydro", "--person", "Li Na"]  # fmt: skip
    add = ["--ui-lang", "en", "renewables", "instrument", "add", str(empty), *words]
    assert main([*add, "--commissioned", "1985-06-01"]) == 0
    assert main([*add, "--commissioned", "2024-06-01", "--retired", "1985-06-01"]) == 2
    assert "1990 to 2099" in capsys.readouterr().err
