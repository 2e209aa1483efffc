"""The command line, command by command: what it prints, what it writes, and its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import ROOMS, build_parser, main
from core.store import PlantFile, publishing

CSV = """source,method,item,start,end,quantity,unit,estimated,evidence,note
Main meter,purchased_electricity,electricity,2024-01-01,2024-01-31,1000,MWh,no,E-1,
锅炉房,固定燃烧,柴油,2024年1月1日,2024年1月31日,10,吨,否,D-1,
Fork-lifts,mobile_combustion,Diesel,2024-01-01,2024-01-31,1000,l,,D-2,
Roof,solar_generation,solar_self_used,2024-01-01,2024-01-31,50,MWh,,M-1,
"""


def run(*words: object) -> int:
    return main([str(word) for word in words])


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path = tmp_path / "hillside.plant"
    assert run("new", path, "--name", "Hillside", "--country", "CN", "--region", "CN-HE") == 0
    return path


@pytest.fixture
def filled(plant: Path, tmp_path: Path) -> Path:
    data = tmp_path / "data.csv"
    data.write_text(CSV, encoding="utf-8")
    assert run("import", plant, data) == 0
    return plant


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_the_inventory_in_json_is_complete_and_adds_up(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("inventory", filled, "--year", 2024, "--json") == 0
    plain = said(capsys)
    assert (plain["plant"], plain["gwp_set"], plain["policy"]) == ("Hillside", "AR6", "ghg-protocol")
    assert plain["period"] == {"start": "2024-01-01", "end": "2024-12-31"}
    assert set(plain["gases_tco2e"]) == {"CO2", "CH4", "N2O", "HFCs", "PFCs", "SF6", "NF3"}
    for scope, total in plain["totals_tco2e"].items():
        assert Decimal(total) == sum((Decimal(x["tco2e"]) for x in plain["lines"] if x["scope"] == scope), Decimal(0))
    location = sum(Decimal(plain["totals_tco2e"][s]) for s in ("scope1", "scope2_location", "scope3"))
    assert sum(map(Decimal, plain["gases_tco2e"].values())) == location
    assert plain["totals_tco2e"]["scope2_location"] == "651.6"
    assert plain["avoided_tco2e"] == "32.58"
    for line in plain["lines"]:
        assert {"key", "value", "unit", "publisher", "edition", "year", "place"} <= set(line["factor"])
        assert line["trace"] and all(step["formula"] for step in line["trace"])
        assert set(line["kg"]) == set(plain["gases_tco2e"])
    assert {f["rule"] for f in plain["findings"]} >= {"factor_year"}


def test_gwp_and_policy_can_be_chosen(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("inventory", filled, "--year", 2024, "--gwp", "AR5", "--policy", "gbt-32150-2025", "--json") == 0
    plain = said(capsys)
    assert (plain["gwp_set"], plain["policy"]) == ("AR5", "gbt-32150-2025")
    assert plain["totals_tco2e"]["scope2_location"] == "530.6", "the national factor of 2023"


def test_the_inventory_for_people_speaks_both_languages(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("--ui-lang", "en", "inventory", filled, "--year", 2024) == 0
    english = capsys.readouterr().out
    assert run("--ui-lang", "zh", "inventory", filled, "--year", 2024) == 0
    chinese = capsys.readouterr().out
    assert "Scope 2, location-based" in english and "651.600" in english
    assert "651.600" in chinese and "柴油" in chinese
    assert "ghg-protocol" not in english + chinese, "the policy is shown by its title"
    assert "Findings: " in english and "\n- Warning: " in english
    assert "发现项：" in chinese and "\n- 警告：" in chinese
    assert ": " not in chinese, "Chinese sentences have their own colons"


def test_a_dry_run_changes_nothing(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data.csv"
    data.write_text(CSV, encoding="gb18030")
    before = plant.read_bytes()
    capsys.readouterr()
    assert run("import", plant, data, "--dry-run", "--json") == 0
    plain = said(capsys)
    assert (plain["accepted"], plain["imported"], plain["refused"]) == (4, 0, [])
    assert plant.read_bytes() == before


def test_one_bad_row_refuses_all_and_is_named(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "data.csv"
    data.write_text(CSV.replace(",1000,l,", ",many,l,"), encoding="utf-8")
    capsys.readouterr()
    assert run("import", plant, data, "--json") == 2
    plain = said(capsys)
    (refused,) = plain["refused"]
    assert (refused["row"], refused["column"]) == (4, "quantity")
    assert "many" in refused["reason"] and refused["remedy"]
    assert plain["imported"] == 0
    assert run("inventory", plant, "--year", 2024, "--json") == 0
    assert said(capsys)["lines"] == []


def test_the_same_file_twice_is_recognised(filled: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run("import", filled, tmp_path / "data.csv", "--json") == 2
    plain = said(capsys)
    assert plain["already_imported"] is True and plain["imported"] == 0


def test_the_template_can_be_filled_and_imported(plant: Path, tmp_path: Path) -> None:
    import openpyxl

    template = tmp_path / "template.xlsx"
    assert run("template", template) == 0
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    last = sheet.max_row
    row = next(n for n in range(1, last + 2) if sheet.cell(n, 1).value is None)
    values = ("Main meter", "purchased_electricity", "electricity", "2024-01-01", "2024-01-31", "1000", "kWh")
    for column, value in enumerate(values, 1):
        sheet.cell(row, column, value)
    book.save(template)
    assert run("import", plant, template) == 0


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("new", "{}/x.plant", "--name", "X", "--country", "XX"), "XX"),
        (("new", "{}/x.plant", "--name", "X", "--country", "CN", "--region", "PL-18"), "PL-18"),
        (("new", "{}/x.plant", "--name", " ", "--country", "CN"), "name"),
        (("inventory", "{}/none.plant", "--year", "2024"), "none.plant"),
        (("report", "{}/hillside.plant", "--year", "2024", "--out", "{}/r.pdf"), "2024"),
        (("verify", "{}/none.pdf", "--trust", "{}/none.pem"), "none.pem"),
        (("office", "summary", "{}/none.group", "--year", "2024"), "none.group"),
        (("import", "{}/hillside.plant", "{}/none.csv"), "none.csv"),
    ],
)
def test_bad_input_is_code_2_with_a_clear_message(
    plant: Path, tmp_path: Path, words: tuple[str, ...], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(*(word.format(tmp_path) for word in words)) == 2
    message = capsys.readouterr().err
    assert why in message and "Traceback" not in message
    assert not (tmp_path / "x.plant").exists()


@pytest.mark.parametrize("words", [(), ("nonsense",), ("inventory",), ("report", "--year", "x")])
def test_wrong_usage_is_code_2(words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(list(words))
    assert caught.value.code == 2


@pytest.mark.parametrize(
    "words",
    [
        (), ("new",), ("template",), ("import",), ("attach",), ("inventory",), ("report",), ("verify",), ("demo",),
        ("certificate",), ("certificate", "authority"), ("certificate", "request"), ("certificate", "issue"),
        ("office",), ("office", "import"), ("office", "summary"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_command_explains_itself(words: tuple[str, ...], lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--ui-lang", lang, *words, "--help"])
    assert caught.value.code == 0
    assert "--help" in capsys.readouterr().out


def test_errors_forbid_a_signed_report(
    plant: Path, tmp_path: Path, keys: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "claim.csv"
    claim = "Credit,purchased_electricity,electricity,2024-01-01,2024-12-31,-5,MWh,no,,\n"
    data.write_text(CSV.splitlines()[0] + "\n" + claim, encoding="utf-8")
    assert run("import", plant, data) == 0
    out = tmp_path / "r.pdf"
    words = ("report", plant, "--year", 2024, "--out", out, "--sign", keys / "auditor.p12")
    assert run(*words, "--passphrase-file", keys / "pass.txt") == 1
    assert not out.exists()
    assert "negative" in capsys.readouterr().out


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    """An authority and an auditor's key, made by the commands themselves."""
    word = tmp_path / "pass.txt"
    word.write_text("four words are better\n", encoding="utf-8")
    authority = ("--name", "Test Head Office", "--organisation", "Test Group", "--passphrase-file", word)
    made = tmp_path / "ca.p12", tmp_path / "ca.pem"
    assert run("certificate", "authority", *authority, "--out", made[0], "--certificate", made[1]) == 0
    person = ("--name", "Li Na", "--email", "li.na@example.org", "--organisation", "Test Group")
    key, request = tmp_path / "key.pem", tmp_path / "request.csr"
    assert run("certificate", "request", *person, "--key", key, "--out", request, "--passphrase-file", word) == 0
    issued = ("--out", tmp_path / "cert.pem", "--key", key, "--key-passphrase-file", word)
    assert (
        run("certificate", "issue", request, "--authority", made[0], "--passphrase-file", word, *issued, "--p12",
            tmp_path / "auditor.p12") == 0
    )  # fmt: skip
    return tmp_path


def test_a_request_is_read_no_further_than_one_may_be_large(keys: Path, capsys: pytest.CaptureFixture[str]) -> None:
    huge = keys / "film.csr"
    with huge.open("wb") as stream:
        stream.truncate(2_000_000_000)
    words = ("certificate", "issue", huge, "--authority", keys / "ca.p12", "--passphrase-file", keys / "pass.txt")
    assert run(*words, "--out", keys / "none.pem") == 2
    assert "film.csr is too large for certificates or a request for one. Choose" in capsys.readouterr().err
    assert run(*words[:2], keys / "none.csr", *words[3:], "--out", keys / "none.pem") == 2
    assert "“none.csr” cannot be opened: it is not there." in capsys.readouterr().err
    assert not (keys / "none.pem").exists()


def test_a_report_whose_signing_was_killed_is_finished_by_the_same_command(
    filled: Path, keys: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = keys / "r.pdf"
    key = ("--sign", keys / "auditor.p12", "--passphrase-file", keys / "pass.txt")
    words = ("report", filled, "--year", 2024, "--out", out, *key)

    @contextmanager
    def killed(_path: Path) -> Iterator[Path]:
        yield keys / "draft"
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "drafted", killed)
        with pytest.raises(KeyboardInterrupt):
            run(*words)
    assert not out.exists()
    capsys.readouterr()
    assert run(*words) == 0
    assert capsys.readouterr().out == f"Signed when the program ended, and written now: {out}\n"
    assert run("verify", out, "--trust", keys / "ca.pem") == 0
    with PlantFile.open(filled, read_only=True) as plant:
        audit = plant.ledger.audit(2024)
    assert audit is not None and audit.revision == 1


def test_from_bills_to_the_group(filled: Path, keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, group, ca = tmp_path / "r.pdf", tmp_path / "g.group", keys / "ca.pem"
    words = ("report", filled, "--year", 2024, "--out", report, "--lang", "both")
    assert run(*words, "--sign", keys / "auditor.p12", "--passphrase-file", keys / "pass.txt") == 0
    capsys.readouterr()
    assert run("verify", report, "--trust", ca, "--json") == 0
    verdict = said(capsys)
    assert verdict["valid"] is True and verdict["rebuilt"] == "equal"
    assert verdict["recalculated"] == {"equal": True, "differences": []}
    assert run("--ui-lang", "zh", "verify", report, "--trust", ca) == 0
    chinese = capsys.readouterr().out
    assert chinese.startswith("有效：") and "equal" not in chinese and " UTC；可信：" in chinese
    (signature,) = verdict["signatures"]
    assert (signature["signer"], signature["issuer"]) == ("Li Na", "Test Head Office")
    assert signature["trusted"] and signature["intact"] and signature["covers_whole_file"]
    assert signature["level"] == "PAdES B-B"
    assert len(verdict["package"]["ledger_sha256"]) == 64
    assert run("office", "import", group, report, "--trust", ca, "--json") == 0
    assert [r["state"] for r in said(capsys)["reports"]] == ["accepted"]
    assert run("office", "summary", group, "--year", 2024, "--json") == 0
    summary = said(capsys)
    assert run("inventory", filled, "--year", 2024, "--json") == 0
    inventory = said(capsys)
    assert summary["totals_tco2e"] == inventory["totals_tco2e"]
    (row,) = summary["plants"]
    assert (row["plant"], row["country"], row["year"], row["signed_by"]) == ("Hillside", "CN", 2024, "Li Na")
    assert row["recalculated_equal"] is True
    assert run("office", "summary", group, "--year", 2024) == 0
    assert "Hillside" in capsys.readouterr().out
    broken = tmp_path / "broken.pdf"
    data = bytearray(report.read_bytes())
    data[len(data) // 2] ^= 1
    broken.write_bytes(data)
    assert run("verify", broken, "--trust", ca, "--json") == 1
    verdict = said(capsys)
    assert verdict["valid"] is False and verdict["reason"]
    assert run("office", "import", group, broken, "--trust", ca) == 1


def test_the_program_starts_from_its_file() -> None:
    root = Path(__file__).parents[3]
    answer = subprocess.run(
        [sys.executable, str(root / "main.py"), "--ui-lang", "en", "--help"], capture_output=True, text=True, check=True
    )
    assert "inventory" in answer.stdout


def test_keys_and_reports_are_never_written_over(filled: Path, keys: Path, tmp_path: Path) -> None:
    report = tmp_path / "r.pdf"
    words = ("report", filled, "--year", 2024, "--out", report)
    assert run(*words, "--sign", keys / "auditor.p12", "--passphrase-file", keys / "pass.txt") == 0
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file() and path.suffix != ".plant"}
    authority = ("--name", "Other", "--organisation", "Other", "--passphrase-file", keys / "pass.txt")
    assert (
        run("certificate", "authority", *authority, "--out", keys / "ca.p12", "--certificate", tmp_path / "n.pem") == 2
    )
    assert (
        run("certificate", "authority", *authority, "--out", tmp_path / "n.p12", "--certificate", keys / "ca.pem") == 2
    )
    assert run(*words) == 2
    assert {path: path.read_bytes() for path in before} == before
    assert not (tmp_path / "n.p12").exists()


def test_a_file_altered_behind_its_journal_cannot_be_signed(filled: Path, keys: Path, tmp_path: Path) -> None:
    import sqlite3

    conn = sqlite3.connect(filled)
    with conn:
        conn.execute("update record set data = replace(data, '\"1000\"', '\"1\"') where kind = 'activity'")
    conn.close()
    report = tmp_path / "r.pdf"
    words = ("report", filled, "--year", 2024, "--out", report, "--sign", keys / "auditor.p12")
    assert run(*words, "--passphrase-file", keys / "pass.txt") == 1
    assert not report.exists()


def test_a_plant_is_described_later(plant: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("describe", plant, "--timezone", "asia/urumqi", "--address", "Road 1") == 0
    with PlantFile.open(plant, read_only=True) as opened:
        assert (opened.ledger.plant.timezone, opened.ledger.plant.address) == ("Asia/Urumqi", "Road 1")
        assert (opened.ledger.plant.name, opened.entries) == ("Hillside", 2)
    assert run("describe", plant, "--address", "Road 1") == 0
    assert "Nothing was changed" in capsys.readouterr().out
    assert run("describe", plant, "--timezone", "CST") == 2
    assert "IANA" in capsys.readouterr().err
    assert run("describe", plant, "--region", "PL-18") == 2


def test_one_parser_serves_every_command_and_remembers_none() -> None:
    parser = build_parser("en")
    assert build_parser("en") is parser is not build_parser("zh")
    words = ("savings", "a.plant", "add", "lighting")
    told = parser.parse_args([*words, "--set", "a=1", "--set", "b=2", "--proof", "x.pdf"])
    assert (told.set, told.proof) == (["a=1", "b=2"], [Path("x.pdf")])
    again = parser.parse_args(words)
    assert (again.set, again.proof) == ([], [])


def offered(wanted: str) -> list[str]:
    """Commands of the parser for a typed word."""
    (choices,) = (one.choices for one in build_parser("en", wanted)._actions if isinstance(one.choices, dict))
    return list(choices)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_registers_the_commands_that_are_named_for_it(room: str) -> None:
    assert [offered(name) for name in ROOMS[room]] == [list(ROOMS[room])] * len(ROOMS[room])


@pytest.mark.parametrize("word", ["", "-h", "--help", "inventry"])
def test_help_and_mistakes_are_shown_all_commands(word: str) -> None:
    assert offered(word) == [name for names in ROOMS.values() for name in names]


def test_a_command_loads_no_room_of_another() -> None:
    code = (
        "import sys; from core.cli import ROOMS, build_parser; build_parser('en', 'minerals')\n"
        "print([room for room in ROOMS if 'core.cli.' + room in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['minerals']"
