"""``audit merge``."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.ledger import KINDS
from core.library.record_words import field_name, kind_name
from core.store import PlantFile

CSV = """source,method,item,start,end,quantity,unit,estimated,evidence,note
Main meter,purchased_electricity,electricity,2024-01-01,2024-01-31,1000.5,MWh,no,E-1,
"""
MORE = """source,method,item,start,end,quantity,unit,estimated,evidence,note
{source},stationary_combustion,natural_gas,2024-02-01,2024-02-29,10,m3,no,,
"""


def run(*words: object) -> int:
    return main(["--ui-lang", "en", *(str(word) for word in words)])


def bring(path: Path, text: str, who: str) -> None:
    data = path.with_suffix(".csv")
    data.write_text(text, encoding="utf-8")
    assert run("import", path, data, "--person", who) == 0


@pytest.fixture
def files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, Path]:
    """Two copies of a plant, each with a record more."""
    path, other = tmp_path / "ours.plant", tmp_path / "theirs.plant"
    assert run("new", path, "--name", "Hillside", "--country", "CN", "--region", "CN-HE") == 0
    bring(path, CSV, "Li Na")
    shutil.copy(path, other)
    bring(path, MORE.format(source="Oven"), "Li Na")
    bring(other, MORE.format(source="Kiln"), "Wang Wu")
    capsys.readouterr()
    return path, other


def described(path: Path, **said: str) -> None:
    assert run("describe", path, *(word for name, text in said.items() for word in (f"--{name}", text))) == 0


def merged(
    capsys: pytest.CaptureFixture[str], files: tuple[Path, Path], *more: object, code: int = 0
) -> dict[str, Any]:
    capsys.readouterr()
    assert run("audit", "merge", *files, "--json", "--person", "Li Na", *more) == code
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def entries(path: Path) -> int:
    with PlantFile.open(path, read_only=True) as plant:
        return plant.entries


def test_what_each_added_joins_without_a_question(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    before = entries(files[0])
    assert merged(capsys, files, "--dry-run")["merged"] is False
    assert entries(files[0]) == before
    found = merged(capsys, files)
    assert (found["merged"], found["entry"], found["conflicts"]) == (True, before + 1, [])
    assert found["people"] == {"Wang Wu": 1}
    assert found["joins"]["activity"]["added"] == 1
    assert found["blobs"]["count"] == 1
    with PlantFile.open(files[0], read_only=True) as plant:
        assert {one.source for one in plant.ledger.activities} == {"Main meter", "Oven", "Kiln"}
        assert plant.health.sound
    assert merged(capsys, files)["nothing_new"] is True
    assert run("audit", "merge", *files) == 0
    assert "holds nothing" in capsys.readouterr().out


def test_what_both_changed_is_listed_field_by_field_and_nothing_is_changed(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    described(files[0], address="Road 1", organisation="Acme")
    described(files[1], address="Road 2")
    before = entries(files[0])
    (conflict,) = merged(capsys, files, code=1)["conflicts"]
    assert (conflict["kind"], conflict["id"], conflict["field"]) == ("plant", "plant", "address")
    assert (conflict["base"], conflict["ours"], conflict["theirs"]) == (
        {"address": ""},
        {"address": "Road 1"},
        {"address": "Road 2"},
    )
    assert entries(files[0]) == before
    assert run("audit", "merge", *files) == 1
    said = capsys.readouterr().out
    assert "plant:plant:address" in said and "Road 1" in said and "nobody decided: 1" in said


@pytest.mark.parametrize(
    ("more", "address"),
    [
        (("--take", "theirs"), "Road 2"),
        (("--take", "ours"), "Road 1"),
        (("--take", "ours", "--decide", "plant:plant:address=theirs"), "Road 2"),
    ],
)
def test_decisions_are_taken_one_by_one_or_all_alike(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], more: tuple[str, ...], address: str
) -> None:
    described(files[0], address="Road 1")
    described(files[1], address="Road 2")
    assert merged(capsys, files, *more)["merged"] is True
    with PlantFile.open(files[0], read_only=True) as plant:
        assert plant.ledger.plant.address == address


@pytest.mark.parametrize("said", ["plant:plant:name=ours", "plant:plant:address=mine", "dragon:x:y=ours", "nonsense"])
def test_a_decision_about_nothing_is_refused(
    files: tuple[Path, Path], capsys: pytest.CaptureFixture[str], said: str
) -> None:
    described(files[0], address="Road 1")
    described(files[1], address="Road 2")
    assert run("audit", "merge", *files, "--decide", said) == 2
    assert "nothing to decide" in capsys.readouterr().err


def test_a_file_that_is_no_copy_is_refused(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    stranger = files[0].with_name("stranger.plant")
    assert run("new", stranger, "--name", "Valley", "--country", "CN") == 0
    assert run("audit", "merge", files[0], stranger) == 2
    assert "not two copies of one plant" in capsys.readouterr().err


def test_a_deleted_record_is_asked_for_as_a_whole(files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    from core.i18n import T
    from core.ledger import Change, Step
    from tests.core.store.conftest import NOW

    with PlantFile.open(files[0]) as plant:
        bill = plant.ledger.activities[0]
        plant.append(Change("Li Na", NOW, T("Deleted"), (Step("activity", bill.id, bill, None),)))
    with PlantFile.open(files[1]) as plant:
        from dataclasses import replace

        after = replace(bill, note="seen")
        plant.append(Change("Wang Wu", NOW, T("Edit"), (Step("activity", bill.id, bill, after),)))
    (conflict,) = merged(capsys, files, code=1)["conflicts"]
    assert (conflict["field"], conflict["ours"], conflict["theirs"]) == ("record", None, {"note": "seen"})
    assert run("audit", "merge", *files) == 1
    said = capsys.readouterr().out
    assert "Activity data: Main meter · Electricity" in said and "Whether it stays" in said and "Deleted" in said
    assert merged(capsys, files, "--decide", f"activity:{bill.id}:record=theirs")["merged"] is True


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_and_field_has_a_name_in_both_languages(kind: str) -> None:
    names = [kind_name(kind), *(field_name(kind, one.name) for one in fields(KINDS[kind]) if one.name != "id")]
    for name in names:
        assert name.en and name.zh
