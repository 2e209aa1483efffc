"""From head office to a plant: sent, taken up, answered; and what a plant does not take."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from core.disclosures.maps import all_maps, maps_of, write_map
from core.exchange.bulk import write_csv
from core.ledger import Benchmark, Dispatch, MapFile
from core.library import load_library
from core.library.write import to_csv
from core.store import GroupFile, PlantFile
from tests.core.cli.sealed import Keys, keys_in, run
from tests.core.group.filled import filled

REQUEST = ("what", "subject", "unit", "years", "words")
SMALL = replace(
    all_maps()["cdp_2025"], key="small_2026", edition="2026", questions=all_maps()["cdp_2025"].questions[:2]
)


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return keys_in(tmp_path_factory.mktemp("head") / "keys")


@pytest.fixture
def group(tmp_path: Path) -> Path:
    path = tmp_path / "g.group"
    filled(path, (2024,)).close()
    return path


@pytest.fixture
def plant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "birch.plant"
    assert run("new", path, "--name", "Birch", "--country", "GB") == 0
    capsys.readouterr()
    return path


def written(folder: Path, columns: tuple[str, ...], *rows: tuple[str, ...]) -> Path:
    write_csv(folder, {"t": dict.fromkeys(columns, "text")}, [("t", rows)])
    return folder / "t.csv"


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_a_request_goes_out_and_is_open_at_the_plant(
    group: Path, plant: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = written(
        tmp_path / "r", REQUEST, ("figure", "production", "piece", "2024", ""), ("words", "", "", "2024", "Who?")
    )
    out = tmp_path / "data.request"
    send = ("office", "send", group, "--kind", "request", "--title", "Data 2024", "--table", rows, "--plant", "si2")
    assert run(*send, "--due", "2030-04-30", "--out", out, *keys.sign("auditor"), "--json") == 0
    told = said(capsys)
    with GroupFile.open(group) as opened:
        (sent,) = opened.register.held(Dispatch)
        assert (sent.sha256, sent.sites, sent.due) == (told["sha256"], ("si2",), "2030-04-30")
        assert opened.blob(sent.sha256) == out.read_bytes()
    assert run("office-request", "list", plant) == 0
    assert "asks for nothing" in capsys.readouterr().out
    assert run("office-request", "take", plant, out, *keys.trust) == 0
    assert "Request of head office" in capsys.readouterr().out
    assert run("office-request", "list", plant, "--json") == 1
    first, second = said(capsys)["items"]
    assert (first["done"], first["missing_years"], first["due"]) == (False, [2024], "2030-04-30")
    assert (second["done"], second["words"], second["answer"]) == (False, "Who?", "")
    assert run("office-request", "take", plant, out, *keys.trust) == 2
    assert "Edition 1" in capsys.readouterr().err


def test_benchmarks_become_records_and_undo_takes_them_back(
    group: Path, plant: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "b.benchmarks"
    assert (
        run("office", "send", group, "--kind", "benchmarks", "--year", 2024, "--out", out, *keys.sign("auditor")) == 0
    )
    assert run("office-request", "take", plant, out, *keys.trust) == 0
    with PlantFile.open(plant) as opened:
        held = opened.ledger.held(Benchmark)
        assert {one.plants for one in held} == {3}
        assert opened.blob(opened.ledger.evidence[-1].sha256) == out.read_bytes()
        opened.undo("Wang Fang", opened.entry(1).change.when)
        assert opened.ledger.held(Benchmark) == () and opened.ledger.evidence == ()


def test_a_map_from_a_csv_stands_among_the_maps_of_the_plant_until_it_is_undone(
    group: Path, plant: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table, out = tmp_path / "m.csv", tmp_path / "cdp.map"
    table.write_text(write_map(SMALL), "utf-8")
    send = ("office", "send", group, "--kind", "map", "--table", table, "--out", out, "--json")
    assert run(*send, *keys.sign("auditor")) == 0
    assert (said(capsys)["title"], out.exists()) == ("small_2026", True)
    assert run("office-request", "take", plant, out, *keys.trust) == 0
    assert "Disclosure map of head office, “CDP questionnaire 2025" in capsys.readouterr().out
    with PlantFile.open(plant) as opened:
        (held,) = opened.ledger.held(MapFile)
        assert maps_of(opened.ledger, opened.blob)["small_2026"] == replace(SMALL, signer=held.signer)
        assert opened.health.sound and opened.blob(opened.ledger.evidence[-1].sha256) == out.read_bytes()
    assert run("office-request", "take", plant, out, *keys.trust) == 2
    assert "Edition 1" in capsys.readouterr().err
    with PlantFile.open(plant) as opened:
        opened.undo("Wang Fang", opened.entry(1).change.when)
        assert opened.ledger.held(MapFile) == () and opened.ledger.evidence == ()


def test_a_map_that_head_office_has_goes_out_by_its_key(
    group: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    send = ("office", "send", group, "--kind", "map", "--out", tmp_path / "m.map", *keys.sign("auditor"), "--map")
    assert run(*send, "cdp_2031") == 2
    assert "no disclosure map “cdp_2031”" in capsys.readouterr().err and not (tmp_path / "m.map").exists()
    assert run(*send, "saq_5_0") == 0
    with GroupFile.open(group) as opened:
        (sent,) = opened.register.held(Dispatch)
    assert (sent.kind, sent.title) == ("map", "saq_5_0")


def test_a_tampered_file_and_a_stranger_change_nothing(
    group: Path, plant: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = written(tmp_path / "r", REQUEST, ("report", "", "", "2024", ""))
    out = tmp_path / "data.request"
    send = ("office", "send", group, "--kind", "request", "--title", "Data", "--table", rows, "--out", out)
    assert run(*send, *keys.sign("auditor")) == 0
    bad = tmp_path / "bad.request"
    bad.write_bytes(out.read_bytes().replace(b'"title":"Data"', b'"title":"Date"'))
    other = keys_in(tmp_path / "other")
    with PlantFile.open(plant) as opened:
        before = opened.head
    for file, trusted in ((bad, keys), (out, other), (plant, keys)):
        assert run("office-request", "take", plant, file, *trusted.trust) == 1
        assert "Nothing was changed" in capsys.readouterr().out
    with PlantFile.open(plant) as opened:
        assert opened.head == before
    with_wrong_role = ("office", "send", group, "--kind", "request", "--title", "Data", "--table", rows)
    assert run(*with_wrong_role, "--out", tmp_path / "m.request", *keys.sign("manager")) == 2
    assert not (tmp_path / "m.request").exists()


def test_a_factor_set_goes_out_and_is_remembered(
    group: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    library = load_library()
    rows = [one for one in library.factors if one.set.key == "cn_gbt32151_2024"][:3]
    table = tmp_path / "cn_gbt32151_2030.csv"
    table.write_text(to_csv(rows[0].set, rows), encoding="utf-8")
    out = tmp_path / "cn.factors"
    send = ("office", "send", group, "--kind", "factors", "--table", table, "--out", out)
    assert run(*send, *keys.sign("auditor")) == 0
    with GroupFile.open(group) as opened:
        (sent,) = opened.register.held(Dispatch)
    assert (sent.kind, sent.title, sent.name) == ("factors", "cn_gbt32151_2030", "cn.factors")
    assert json.loads(out.read_bytes())["schema"] == "plant-audit-factors"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--kind", "benchmarks"), "year of the benchmarks"),
        (("--kind", "request", "--title", "x"), "table is missing"),
        (("--kind", "map"), "table is missing"),
        (("--kind", "benchmarks", "--year", "2019"), "at least 3 plants"),
    ],
)
def test_what_is_missing_is_said(
    words: tuple[str, ...], why: str, group: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("office", "send", group, *words, "--out", tmp_path / "x", *keys.sign("auditor")) == 2
    assert why in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_a_question_is_answered_in_words(
    group: Path, plant: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = written(tmp_path / "r", REQUEST, ("words", "", "", "2024", "Who?"), ("report", "", "", "2024", ""))
    for title in ("Data", "More"):
        out = tmp_path / f"{title}.request"
        send = ("office", "send", group, "--kind", "request", "--title", title, "--table", rows, "--out", out)
        assert run(*send, *keys.sign("auditor")) == 0
        assert run("office-request", "take", plant, out, *keys.trust) == 0
    answer = ("office-request", "answer", plant, "--item", 1, "--words", "The landlord.")
    capsys.readouterr()
    assert run(*answer) == 2
    assert "Several requests" in capsys.readouterr().err
    assert run(*answer, "--request", "MORE", "--json") == 0
    assert said(capsys) == {"request": "More", "item": 1, "answer": "The landlord.", "year": 2024}
    assert run("office-request", "answer", plant, "--item", 2, "--words", "x", "--request", "More") == 2
    assert run("office-request", "answer", plant, "--item", 3, "--words", "x", "--request", "More") == 2
    capsys.readouterr()
    assert run("office-request", "list", plant, "--json") == 1
    assert [one["answer"] for one in said(capsys)["items"]] == ["", "", "The landlord.", ""]
