"""The register of head office in the terminal: begin a group, enter who holds what, take a table up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.store import GroupFile


class Office:
    """One group file and the terminal."""

    def __init__(self, path: Path, out: pytest.CaptureFixture[str]) -> None:
        self.path, self._out = path, out

    def __call__(self, kind: str, *words: str) -> tuple[int, str]:
        code = main(["--ui-lang", "en", "office", kind, str(self.path), *words])
        shown = self._out.readouterr()
        return code, shown.out + shown.err

    def json(self, kind: str, *words: str) -> Any:
        code, text = self(kind, *words, "--json")
        assert code in (0, 1)
        return json.loads(text)


@pytest.fixture
def office(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Office:
    return Office(tmp_path / "head.group", capsys)


def test_a_group_is_begun_and_its_plants_are_bought_and_sold(office: Office) -> None:
    assert office("group", "change", "--name", "Brakes AG", "--approach", "Equity share")[0] == 0
    assert office("company", "add", "--name", "Brakes Polska", "--country", "Poland")[0] == 0
    code, text = office("plant", "add", "--name", "Krosno", "--country", "PL", "--reported-as", "Old; Older")
    assert (code, text.strip()) == (0, "si0001: Plant of the group added: Krosno")
    assert office("stake", "add", "--holder", "group", "--held", "Brakes Polska")[0] == 0
    assert office("stake", "add", "--holder", "Brakes Polska", "--held", "krosno", "--percent", "60")[0] == 0
    changed = office.json("stake", "change", "st0002", "--end", "2024-06")
    assert changed["changed"][0]["end"] == "2024-06-30"
    assert changed["changed"][0]["percent"] == "60"
    held = office.json("stake", "list")
    assert [one["held"] for one in held] == ["co0001", "si0001"]
    code, text = office("stake", "list")
    assert code == 0
    assert "Brakes Polska" in text
    assert office.json("group", "show")[0]["approach"] == "equity_share"
    with GroupFile.open(office.path) as group:
        assert group.entries == 6
        assert group.journal(1)[0].change.why.msgid.startswith("{kind} changed")


def test_what_cannot_be_is_refused_and_no_file_is_left(office: Office) -> None:
    code, text = office("plant", "add", "--name", "Krosno", "--country", "Atlantis")
    assert code == 2
    assert "Country" in text
    assert not office.path.exists()
    assert office("plant", "list")[0] == 2
    assert office("plant", "add", "--name", "Krosno", "--country", "PL")[0] == 0
    assert office("plant", "change", "si0009", "--name", "A")[0] == 2
    assert office("plant", "remove", "si0009")[0] == 2
    assert office("plant", "add-reported")[0] == 2
    assert office("company", "list")[0] == 1
    assert office.json("plant", "change", "si0001", "--name", "Krosno")["changed"] == []


def test_deadlines_transfers_and_figures_have_commands_too(office: Office) -> None:
    for name in ("Krosno", "Gdansk"):
        office("plant", "add", "--name", name, "--country", "PL")
    assert office("deadline", "add", "--year", "2024", "--due", "2025年3月31日")[0] == 0
    assert office("deadline", "add", "--year", "2024", "--due", "2025-04-30")[0] == 2
    assert office.json("deadline", "change", "2024", "--due", "2025-04-30")["changed"][0]["due"] == "2025-04-30"
    assert office("transfer", "add", "--seller", "Krosno", "--buyer", "Gdansk", "--source", "Steam")[0] == 0
    said = ["--site", "Krosno", "--name", "员工人数", "--unit", "person", "--year", "2024", "--quantity", "1,200",
            "--source", "HR"]  # fmt: skip
    assert office.json("figure", "add", *said)["changed"][0]["name"] == "headcount"
    assert office("plant", "remove", "si0001")[0] == 2
    assert office("figure", "remove", "fi0001")[0] == 0
    assert office("transfer", "remove", "tr0001")[0] == 0
    assert office("plant", "remove", "si0001")[0] == 0


def test_a_table_goes_in_and_out(office: Office, tmp_path: Path) -> None:
    table = tmp_path / "plants.csv"
    table.write_text("Plant,Country,Contact\nKrosno,PL,a@b.example\nLuton,XX,\n", "utf-8")
    code, text = office("plant", "import", str(table))
    assert (code, office.path.exists()) == (1, False)
    assert "XX" in text
    assert office.json("plant", "import", str(table))["refused"]
    table.write_text("Plant,Country,Contact\nKrosno,PL,a@b.example\nLuton,GB,\n", "utf-8")
    assert len(office.json("plant", "import", str(table))["changed"]) == 2
    out = tmp_path / "out.csv"
    assert office("plant", "export", str(out))[0] == 0
    assert "a@b.example" in out.read_text("utf-8-sig")
    assert office.json("plant", "import", str(out))["changed"] == []
