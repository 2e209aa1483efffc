"""Records of a plant in the terminal, through a parser of its own: the commands are built on it later."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from core.audit.touching import audited_years
from core.cli.common import use_language
from core.cli.entering import PLANT, add_record_commands, listed
from core.entering.forms import ordered
from core.entering.plant import FORMS
from core.errors import UserError
from core.i18n import T
from core.ledger import Change, Instrument, Record, Step, kind_of
from core.store import PlantFile
from tests.core.audit.party import PREPARER
from tests.core.audit.plant_file import in_verification
from tests.core.entering.filled import AROUND, FILLED

NAMES = {kind.replace("_", "-"): kind for kind in FORMS}
WHEN = datetime(2024, 1, 10, tzinfo=UTC)
DAY = date(2023, 7, 1)
NEW = ["--name", "Sun", "--kind", "PPA, physical", "--market", "China", "--start", "2023-07", "--end", "2023-09",
       "--quantity", "12.5"]  # fmt: skip
Run = Callable[..., int]


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path = tmp_path / "a.plant"
    PlantFile.create(path, FILLED.plant, "Li Na", WHEN)
    records: list[Record] = [one for one in AROUND if kind_of(one) != "plant" and kind_of(one) != "evidence"]
    with PlantFile.open(path) as made:
        made.append(Change("Li Na", WHEN, T("Begun"), tuple(Step(kind_of(one), one.id, None, one) for one in records)))
    return path


@cache
def parser(lang: str) -> argparse.ArgumentParser:
    """Built once: nothing that is parsed changes it."""
    made = argparse.ArgumentParser()
    acts = add_record_commands(made.add_subparsers(required=True), NAMES, lang)
    assert set(acts) == set(NAMES)
    return made


@pytest.fixture
def run() -> Run:
    def call(*words: object) -> int:
        lang, rest = use_language(["--ui-lang", "en", *map(str, words)])
        arguments = parser(lang).parse_args(rest)
        arguments.lang_ui = lang
        code: int = arguments.run(arguments)
        return code

    return call


def plain(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_one_is_added_changed_listed_and_removed(run: Run, plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("instrument", "add", plant, *NEW, "--person", "Wang Wei") == 0
    assert capsys.readouterr().out.strip() == "i00001: Renewable instrument added: Sun"
    assert run("instrument", "change", plant, "i00001", "--quantity", "13", "--json") == 0
    (after,) = plain(capsys)["changed"]
    assert (after["quantity"], after["end"]) == ("13", "2023-09-30")
    assert run("allocation", "add", plant, "--instrument", "sun", "--activity", "a1", "--quantity", "400") == 0
    assert run("instrument", "list", plant, "--json") == 0
    capsys.readouterr()
    with pytest.raises(UserError, match="named by others"):
        run("instrument", "remove", plant, "i00001")
    assert run("allocation", "remove", plant, "al00001") == 0
    assert run("instrument", "remove", plant, "i00001") == 0
    assert run("instrument", "list", plant) == 1
    assert "Nothing is entered yet." in capsys.readouterr().out
    with PlantFile.open(plant, read_only=True) as held:
        assert held.journal(held.entries)[-1].change.who is not None
        assert [one.change.who for one in held.journal(held.entries)].count("Wang Wei") == 1


def test_what_cannot_be_is_refused_and_nothing_happens(run: Run, plant: Path) -> None:
    with PlantFile.open(plant, read_only=True) as held:
        before = held.entries
    for words in (
        ("instrument", "change", plant, "i00009", "--quantity", "1"),
        ("instrument", "remove", plant, "i00009"),
        ("action", "add", plant, "--name", "A", "--area", "heat", "--part", "scope1", "--start", "2025",
         "--life", "61"),
        ("target", "add", plant, "--name", "T", "--kind", "Net zero", "--parts", "scope1", "--base-year", "2030",
         "--year", "2025", "--reduction", "90", "--ruleset", "own"),
    ):  # fmt: skip
        with pytest.raises(UserError) as caught:
            run(*words)
        assert caught.value.remedy is not None
    with PlantFile.open(plant, read_only=True) as held:
        assert held.entries == before


def test_ids_that_people_give_have_a_word(run: Run, plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (
        run("rule-value", "add", plant, "--parameter", "renewables.gec_validity", "--value", "36", "--source", "X") == 0
    )
    assert run("action-area", "add", plant, "--key", "heat", "--name", "Paint shop") == 0
    with pytest.raises(UserError, match="there already"):
        run("action-area", "add", plant, "--key", "heat", "--name", "Oven")
    assert run("action-area", "change", plant, "heat", "--name", "Oven") == 0
    capsys.readouterr()
    assert run("action-area", "list", plant, "--json") == 0
    assert plain(capsys) == [{"id": "heat", "name": "Oven", "owner": "", "note": ""}]


def test_the_policy_is_changed_and_shown(run: Run, plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("base-policy", "show", plant) == 1
    assert run("base-policy", "change", plant, "--year", "2020") == 0
    assert run("base-policy", "change", plant, "--threshold", "10") == 0
    capsys.readouterr()
    assert run("base-policy", "show", plant, "--json") == 0
    (policy,) = plain(capsys)
    assert (policy["year"], policy["threshold"]) == (2020, "10")
    assert run("base-policy", "change", plant, "--threshold", "10", "--json") == 0
    assert plain(capsys)["changed"] == []


def test_a_table_goes_in_and_out(run: Run, plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "in.csv"
    good = "Name,Kind,Market,Start,End,Quantity\nSun,on_site,CN,2023,2023,5\n"
    table.write_text(f"{good}Moon,magic,CN,2023,2023,5\n", "utf-8")
    assert run("instrument", "import", plant, table) == 1
    assert "Row 3, Kind: “magic” is not in the list." in capsys.readouterr().out
    assert run("instrument", "import", plant, table, "--json") == 1
    assert len(plain(capsys)["refused"]) == 1
    table.write_text(good, "utf-8")
    assert run("instrument", "import", plant, table, "--json") == 0
    assert len(plain(capsys)["changed"]) == 1
    out = tmp_path / "out.xlsx"
    assert run("instrument", "export", plant, out) == 0
    assert run("instrument", "import", plant, out, "--json") == 0
    assert plain(capsys)["changed"] == []


def test_a_list_leaves_out_what_nobody_said() -> None:
    form = FORMS["instrument"]
    for lang, head in (("en", "Supplier"), ("zh", "供应商")):
        text = listed(FILLED, form, ordered(FILLED, form), lang)
        assert head in text
        assert len(text.splitlines()) == 3
    assert "Purpose" not in listed(FILLED, form, ordered(FILLED, form), "en")
    long = Instrument("i2", "x" * 80, "ppa_virtual", "CN", DAY, DAY, Decimal(1))
    assert "…" in listed(FILLED, form, [long], "en")


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", NAMES)
def test_every_act_explains_itself(name: str, lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Also where a hint has a per cent sign."""
    acts = ("change", "show") if FORMS[NAMES[name]].single else ("add", "change", "remove", "list", "import", "export")
    built = parser(lang)
    for act in acts:
        with pytest.raises(SystemExit) as caught:
            built.parse_args([name, act, "--help"])
        assert caught.value.code == 0
        said = capsys.readouterr().out
        assert PLANT.metavar in said
        assert ("--person" in said) == (act not in ("show", "list", "export"))


def test_what_an_audit_rests_on_is_kept_while_it_is_verified(run: Run, tmp_path: Path) -> None:
    """The gate of the file refuses, and says what to do; ``--because`` names the finding that opens it."""
    path = in_verification(tmp_path / "a.plant")
    words = ["instrument", "add", path, *NEW, "--person", PREPARER.name]
    with PlantFile.open(path, read_only=True) as held:
        before, ledger = held.entries, held.ledger
    step = Step("instrument", "i00001", None, Instrument("i00001", "Sun", "ppa_physical", "CN", DAY, DAY, Decimal(1)))
    refused = any(year.touched_by(step) for year in audited_years(ledger))
    if refused:
        with pytest.raises(UserError) as caught:
            run(*words)
        assert caught.value.remedy is not None
    else:
        assert run(*words) == 0
    with PlantFile.open(path, read_only=True) as held:
        assert held.entries == before + (not refused)
    with pytest.raises(UserError, match="finding"):
        run(*words, "--because", "7")
