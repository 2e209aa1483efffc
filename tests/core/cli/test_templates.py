from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.cli import main
from core.entering.templates import all_templates
from core.ledger import PlanItem
from core.store import PlantFile


def run(*words: object) -> int:
    return main(["--ui-lang", "en", *(str(word) for word in words)])


def lines(path: Path) -> list[str]:
    with PlantFile.open(path, read_only=True) as plant:
        return [one.source for one in plant.ledger.held(PlanItem)]


def test_all_are_listed_and_one_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("templates") == 0
    out = capsys.readouterr().out
    assert all(key in out for key in all_templates())
    assert run("templates", "textile") == 0
    shown = capsys.readouterr().out
    assert "Stenters" in shown
    assert "our own experience" in shown
    assert run("templates", "--json") == 0
    plain = json.loads(capsys.readouterr().out)
    assert [one["key"] for one in plain] == list(all_templates())
    assert main(["--ui-lang", "zh", "templates", "textile"]) == 0
    name, summary = (
        one.in_language("zh") for one in (all_templates()["textile"].name, all_templates()["textile"].summary)
    )
    assert f"{name}：{summary}" in capsys.readouterr().out
    assert all(one["sources"] for one in plain)


def test_a_new_plant_begins_with_what_is_usual_and_can_take_it_back(tmp_path: Path) -> None:
    path = tmp_path / "p.plant"
    assert run("new", path, "--name", "P", "--country", "CN", "--template", "paint_shop") == 0
    assert len(lines(path)) == len(all_templates()["paint_shop"].usual)
    with PlantFile.open(path) as plant:
        assert plant.ledger.activities == ()
        assert plant.undoable > 0


def test_an_unknown_template_makes_no_file(tmp_path: Path) -> None:
    path = tmp_path / "p.plant"
    assert run("new", path, "--name", "P", "--country", "CN", "--template", "space_port") == 2
    assert not path.exists()


def test_what_is_missing_is_added_as_one_change_and_only_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "p.plant"
    assert run("new", path, "--name", "P", "--country", "CN") == 0
    assert run("templates", "site", "--apply", path, "--also", "solar") == 0
    assert "Rooftop PV" in lines(path)
    before = lines(path)
    capsys.readouterr()
    assert run("templates", "site", "--apply", path) == 0
    assert "lacks nothing" in capsys.readouterr().out
    assert lines(path) == before
    assert run("templates", "food", "--apply", path, "--json") == 0
    added = json.loads(capsys.readouterr().out)["added"]
    assert len(lines(path)) == len(before) + len(added) > len(before)
    with PlantFile.open(path) as plant:
        from core.cli.common import now

        plant.undo("P", now())
    assert lines(path) == before
