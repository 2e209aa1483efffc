"""Minerals in the terminal: the same in a plant file and in a group file, words and JSON, exit codes as answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.cli import main
from core.i18n import T
from core.ledger import Change, Evidence, MineralDeclaration, SmelterList, Step, Supplier
from core.store import GroupFile, PlantFile
from tests.core.exchange.books import csv_of, with_members
from tests.core.exchange.minerals.forms import ALPHA, SMELTER_HEAD, Form, cmrt
from tests.core.samples import PLANT

WHEN = datetime(2025, 1, 10, tzinfo=UTC)
LAST_MONTH = datetime.now() - timedelta(days=30)
WELD = Supplier("su00001", "Weld Wire Ltd", "CN", minerals=True)
LIST = (("CID000100", "Tin", "Alpha Tin Smelting", "China", "Conformant"),)
HEAD = ("Smelter ID", "Metal", "Name", "Country", "Status")
Run = Callable[..., tuple[int, str]]


@pytest.fixture(params=["plant", "group"])
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file of a plant, and one of head office, with one supplier."""
    path = tmp_path / f"held.{request.param}"
    change = Change("Li Na", WHEN, T("Begun"), (Step("supplier", WELD.id, None, WELD),))
    if request.param == "plant":
        PlantFile.create(path, PLANT, "Li Na", WHEN)
        with PlantFile.open(path) as plant:
            plant.append(change)
    else:
        with GroupFile.open(path) as group:
            group.append(change)
    return path


@pytest.fixture
def run(file: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(act: str, *words: object, lang: str = "en") -> tuple[int, str]:
        code = main(["--ui-lang", lang, "minerals", act, str(file), *map(str, words)])
        shown = capsys.readouterr()
        return code, shown.out + shown.err

    return call


def plain(run: Run, act: str, *words: object) -> tuple[int, Any]:
    code, text = run(act, *words, "--json")
    return code, json.loads(text)


def held(path: Path, kind: type[Any]) -> list[Any]:
    if path.suffix == ".plant":
        with PlantFile.open(path, read_only=True) as plant:
            return list(plant.ledger.held(kind))
    with GroupFile.open(path, read_only=True) as group:
        return list(group.register.held(kind))


def saved(path: Path, form: Form, name: str = "weld.xlsx") -> Path:
    """A workbook of last month, beside the file."""
    out = path.with_name(name)
    out.write_bytes(form.with_cells({"D22": LAST_MONTH.replace(hour=0, minute=0, second=0, microsecond=0)}).saved())
    return out


def test_from_a_workbook_to_the_roll_up(file: Path, run: Run) -> None:
    assert run("status")[0] == 1
    code, text = run("import", file.with_name("no.xlsx"))
    assert code == 2
    weld = saved(file, cmrt())
    code, text = run("import", weld, "--person", "Wang")
    assert (code, text.splitlines()[0]) == (0, "CMRT 6.5 taken up: Weld Wire Ltd")
    assert "md00001 CMRT 6.5, Weld Wire Ltd: complete" in text
    (one,) = held(file, MineralDeclaration)
    assert (one.supplier, one.evidence) == ("su00001", ("e00001",))
    assert run("import", weld)[0] == 2
    code, told = plain(run, "list")
    assert [(each["id"], each["status"], each["verdict"], each["smelters"]) for each in told] == [
        ("md00001", "complete", "", 1),
    ]  # fmt: skip
    assert "Weld Wire Ltd" in run("list")[1]
    code, state = plain(run, "status")
    assert (code, state["answered"], state["asked"], state["waiting"]) == (1, 1, 1, ["md00001"])
    assert run("decide", "md00001", "--accept")[0] == 0
    assert run("decide", "md00001", "--accept")[0] == 2
    assert run("status")[0] == 0
    out = file.with_name("own.xlsx")
    code, text = run("rollup", out)
    assert code == 0
    assert "CMRT: 1 of 1 suppliers, 1 declarations accepted" in text
    assert "CID000100" in {cell.value for row in load_workbook(out).worksheets[2] for cell in row}
    _, own = plain(run, "rollup")
    assert own["templates"][0]["answers"]["1 tin"] == "yes"


def test_an_unknown_smelter_is_sent_back(file: Path, run: Run) -> None:
    form = cmrt()
    form.smelters = SMELTER_HEAD | ALPHA | {"B6": "Tin", "C6": "Smelter not yet identified"}
    code, told = plain(run, "import", saved(file, form))
    assert (code, told["declaration"]["status"], told["layout"]["key"]) == (1, "rejected", "cmrt_6_01")
    code, text = run("check", "md00001")
    assert code == 1
    assert "rejected, Question 7, All smelters identified: All smelters of Tin are said to be identified" in text
    assert run("decide", "md00001", "--accept")[0] == 2
    assert run("decide", "md00001", "--send-back")[0] == 2
    back, listed = ("decide", "md00001", "--send-back", "--reason", "An unknown smelter"), file.with_name("back.xlsx")
    assert run("decide", "md00001", "--undecided", "--list", listed)[0] == 2
    assert run(*back, "--list", listed, "--dry-run")[0] == 0 and not listed.exists()
    code, told = plain(run, *back, "--person", "Li", "--list", listed, "--lang", "en")
    said = {str(cell.value) for sheet in load_workbook(listed).worksheets for row in sheet for cell in row}
    assert "An unknown smelter" in said and any(words.startswith("All smelters of Tin are said") for words in said)
    assert run(*back, "--list", listed)[0] == 2, "an existing file stays"
    assert (code, told["changed"][0]["verdict"], told["changed"][0]["by"]) == (0, "sent_back", "Li")
    code, state = plain(run, "status")
    assert (code, state["answered"], [one["name"] for one in state["silent"]]) == (1, 0, ["Weld Wire Ltd"])
    assert run("rollup")[1].strip() == "No declaration of a supplier counts yet."
    assert run("decide", "md00001", "--undecided")[0] == 0
    assert held(file, MineralDeclaration)[0].verdict == ""
    assert run("check", "md00009")[0] == 2
    assert run("decide", "md00009", "--accept")[0] == 2


def test_lists_of_smelters(file: Path, run: Run) -> None:
    run("import", saved(file, cmrt()))
    table = file.with_name("list.csv")
    table.write_bytes(csv_of(*LIST, head=HEAD))
    assert run("smelters", table, "--day", "2025-06-01", "--dry-run")[0] == 0
    assert held(file, SmelterList) == []
    code, text = run("smelters", table, "--day", "2025-06-01", "--source", "web")
    assert (code, text.strip()) == (0, "List of 1 smelters taken up: list")
    (one,) = held(file, SmelterList)
    assert (one.source, one.day.isoformat(), len(held(file, Evidence))) == ("web", "2025-06-01", 2)
    assert "Smelters: conformant: 1" in run("check")[1]
    assert "List “list” of 2025-06-01: 1 smelters" in run("status")[1]
    table.write_bytes(csv_of(("CID1", "Tin", "Short", "", ""), *LIST, head=HEAD))
    code, told = plain(run, "smelters", table, "--day", "2025-06-01")
    assert (code, len(told["refused"])) == (1, 1)
    assert "Row 2" in run("smelters", table, "--day", "2025-06-01")[1]


def test_whose_declaration_it_is(file: Path, run: Run) -> None:
    stranger = saved(file, cmrt().with_cells({"D8": "Newcomer"}), "new.xlsx")
    code, text = run("import", stranger)
    assert (code, "--new-supplier" in text) == (2, True)
    assert run("import", stranger, "--supplier", "nobody")[0] == 2
    assert run("import", stranger, "--new-supplier", "--dry-run")[0] == 0
    assert held(file, MineralDeclaration) == []
    assert run("import", stranger, "--new-supplier")[0] == 0
    assert [one.name for one in held(file, Supplier)] == ["Weld Wire Ltd", "Newcomer"]
    mine = saved(file, cmrt().with_cells({"D8": "We"}), "own.xlsx")
    assert run("import", mine, "--own", "--received", "2025-06-03")[0] == 0
    assert (held(file, MineralDeclaration)[1].supplier, held(file, MineralDeclaration)[1].received) == (
        "",
        "2025-06-03",
    )
    assert "own declaration" in run("list")[1]
    other = saved(file, cmrt().with_cells({"D8": "Weld & Co"}), "other.xlsx")
    assert run("import", other, "--supplier", "su00001")[0] == 0
    again = saved(file, cmrt().with_cells({"D8": "Newcomer", "D12": "x"}), "again.xlsx")
    assert run("import", again, "--new-supplier")[0] == 2


def test_harm_changes_nothing(file: Path, run: Run) -> None:
    path = file.with_name("evil.xlsx")
    path.write_bytes(with_members(cmrt().saved(), {"xl/vbaProject.bin": b"x"}))
    code, text = run("import", path)
    assert (code, "macros" in text) == (2, True)
    assert held(file, MineralDeclaration) == held(file, Evidence) == []


def test_the_day_decides_what_counts(file: Path, run: Run) -> None:
    run("import", saved(file, cmrt()))
    later = f"{LAST_MONTH.year + 2}-01-01"
    code, state = plain(run, "status", "--day", later)
    assert (code, state["answered"], state["states"]["rejected"]) == (1, 0, 1)
    assert plain(run, "list", "--day", later)[1][0]["status"] == "rejected"


def test_everything_is_said_in_chinese_too(file: Path, run: Run) -> None:
    assert run("list", lang="zh")[0] == 0
    assert run("import", saved(file, cmrt()), lang="zh")[0] == 0
    for act in ("list", "status", "check", "rollup"):
        assert "{" not in run(act, lang="zh")[1]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for name in ("no.plant", "no.group"):
        assert main(["minerals", "list", str(tmp_path / name)]) == 2
        assert not (tmp_path / name).exists()
