"""``factors``: list, show, import, export, with exit codes, JSON for programs and both languages for people."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.cli import main
from core.library import load_library
from core.library.load import read_factors
from core.signing import AUDITOR, Identity, create_authority, create_request, issue, save_certificate
from core.store import PlantFile
from tests.carried import quick_p12
from tests.core.exchange.publishers import workbooks

WORD = "a long passphrase"
MAPPED = "Freighting goods / Vans / Class IX / Diesel"


def run(*words: object) -> int:
    return main([str(word) for word in words])


def said(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def plant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    path = tmp_path / "works.plant"
    assert run("new", path, "--name", "Works", "--country", "GB") == 0
    capsys.readouterr()
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "ghg-conversion-factors-2025-flat-format.xlsx"
    path.write_bytes(workbooks.flat())
    return path


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Head office's certificate, the key of its auditor, the passphrase."""
    folder, when = tmp_path / "office", datetime.now(UTC)
    folder.mkdir()
    authority = create_authority("Example Root", "Example Group", when)
    key, request = create_request("Li Wei", "li@example.com", "Example Group", AUDITOR)
    auditor = Identity(issue(authority, request, role=AUDITOR, sites=(), when=when), key)
    save_certificate(folder / "root.pem", authority.certificate)
    save_certificate(folder / "other.pem", create_authority("Other Root", "Other", when).certificate)
    quick_p12(folder / "auditor.p12", auditor, WORD)
    (folder / "word").write_text(WORD, encoding="utf-8")
    return folder


def files_of(plant: Path) -> list[str]:
    with PlantFile.open(plant, read_only=True) as opened:
        return [file.id for file in opened.ledger.factor_files]


def test_list_filters_and_gives_every_digit(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("--item", "diesel", "--use", "combustion", "--region", "GB", "--year", 2025)
    assert run("factors", "list", *words, "--json") == 0
    plain = said(capsys)
    assert {one["item"] for one in plain} == {"diesel"} and {one["region"] for one in plain} == {"GB"}
    litre = next(one for one in plain if one["key"] == "uk_desnz_2025.diesel.combustion.GB.2025.l")
    assert litre["amounts"]["CO2e"] == "2.57082" and litre["place"] and litre["publisher"]
    assert run("--ui-lang", "en", "factors", "list", *words) == 0
    english = capsys.readouterr().out
    assert "2.57082" in english and f"Factors: {len(plain)}" in english
    assert run("--ui-lang", "zh", "factors", "list", "--item", "柴油", "--use", "combustion", "--region", "GB") == 0
    assert "柴油" in capsys.readouterr().out
    assert run("factors", "list", "--item", "flying carpet") == 2


def test_list_without_filters_holds_the_whole_library(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("factors", "list", "--json") == 0
    assert len(said(capsys)) == len(load_library().factors)
    assert run("factors", "list", "--sets", "--json") == 0
    assert {one["key"] for one in said(capsys)} == set(load_library().sets)


def test_show_names_publication_and_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--ui-lang", "en", "factors", "show", "uk_desnz_2025.diesel.combustion.GB.2025.l") == 0
    out = capsys.readouterr().out
    assert "CO2e 2.57082" in out and "Open Government Licence" in out and "row 72" in out
    assert run("factors", "show", "uk_desnz_2025", "--json") == 0
    plain = said(capsys)
    assert plain["key"] == "uk_desnz_2025" and len(plain["factors"]) > 20
    assert run("--ui-lang", "en", "factors", "show", "uk_desnz_2025") == 0
    assert "Edition: 2025" in capsys.readouterr().out
    assert run("--ui-lang", "en", "factors", "show", "nothing.like.it") == 2
    assert "nothing.like.it" in capsys.readouterr().err


def test_import_takes_a_workbook_and_the_plant_uses_it(
    plant: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = plant.read_bytes()
    assert run("factors", "import", plant, workbook, "--dry-run", "--json") == 0
    plain = said(capsys)
    assert (plain["format"], plain["imported"], len(plain["factors"])) == ("desnz_flat", False, 5)
    assert [one["name"] for one in plain["unmapped"]] == [MAPPED]
    assert plant.read_bytes() == before
    assert run("--ui-lang", "en", "factors", "import", plant, workbook, "--map", f"{MAPPED}=van/freight") == 0
    assert "Factors taken from" in capsys.readouterr().out
    assert files_of(plant) == ["uk_desnz_2025_flat"]
    assert run("factors", "list", "--plant", plant, "--set", "uk_desnz_2025_flat", "--json") == 0
    assert "uk_desnz_2025_flat.van.freight.GB.2025.tkm" in {one["key"] for one in said(capsys)}
    assert run("--ui-lang", "en", "factors", "import", plant, workbook) == 2
    assert "known already" in capsys.readouterr().err


def test_import_points_at_numbers_that_differ(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "AIB-2024-residual-mix-results.xlsx"
    source.write_bytes(workbooks.aib())  # of 2023
    assert run("--ui-lang", "en", "factors", "import", plant, source, "--dry-run") == 0
    assert "788.24 g/kWh here, 0.8083 kg/kWh in aib_residual_2024" in capsys.readouterr().out


def test_import_of_single_factors(plant: Path, workbook: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = "uk_desnz_2025_flat.butane.wtt.GB.2025.t"
    assert run("factors", "import", plant, workbook, "--only", "wrong.key") == 2
    assert run("factors", "import", plant, workbook, "--only", key) == 0
    capsys.readouterr()
    assert run("factors", "show", "uk_desnz_2025_flat", "--plant", plant, "--json") == 0
    assert [one["key"] for one in said(capsys)["factors"]] == [key]


def test_import_says_in_both_languages_what_stays_out(
    plant: Path, workbook: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang in ("en", "zh"):
        assert run("--ui-lang", lang, "factors", "import", plant, workbook, "--dry-run") == 0
        out = capsys.readouterr().out
        assert MAPPED in out and "Factors by Category!J21" in out


@pytest.mark.parametrize("wrong", ["no sign at all", "=diesel", "Fuels ="])
def test_mapping_that_maps_nothing_is_refused(plant: Path, workbook: Path, wrong: str) -> None:
    assert run("factors", "import", plant, workbook, "--map", wrong) == 2
    assert files_of(plant) == []


def test_other_files_are_refused(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = tmp_path / "other.xlsx"
    other.write_bytes(workbooks.book({"Sheet1": {1: ("a", "b")}}))
    assert run("--ui-lang", "en", "factors", "import", plant, other) == 2
    assert "not a publication" in capsys.readouterr().err
    assert run("factors", "import", plant, tmp_path / "missing.xlsx") == 2
    assert run("factors", "import", plant, tmp_path / "missing.factors", "--trust", tmp_path / "root.pem") == 2


def test_export_writes_what_the_library_reads(tmp_path: Path) -> None:
    out = tmp_path / "uk_desnz_2025_water.csv"
    assert run("factors", "export", "uk_desnz_2025_water", "-o", out) == 0
    rows = read_factors(out.name, out.read_text("utf-8"))
    assert rows == tuple(f for f in load_library().factors if f.set.key == "uk_desnz_2025_water")
    assert run("factors", "export", "uk_desnz_2025_water", "-o", out) == 2, "never written over"
    assert run("factors", "export", "uk_desnz_2025_water", "us_egrid_2023", "-o", tmp_path / "two.csv") == 2
    assert run("factors", "export", "nothing", "-o", tmp_path / "none.csv") == 2
    assert not (tmp_path / "two.csv").exists()


NEW = """# title_en: Emission factors of the grid 2031
# title_zh: 2031年电网排放因子
# publisher: Ministry
# edition: Announcement 1
# year: 2032
# published: 2032-01-01
# licence: public announcement
item,use,region,year,unit,CO2,place,status
electricity,location,GB,2031,kg/kWh,0.1,Table 1,VERIFIED
"""


def signed_set(office: Path, tmp_path: Path) -> Path:
    source, out = tmp_path / "gb_grid_2031.csv", tmp_path / "gb_grid_2031.factors"
    source.write_text(NEW, encoding="utf-8")
    key = ("--sign", office / "auditor.p12", "--passphrase-file", office / "word")
    assert run("factors", "export", source, "-o", out, *key) == 0
    return out


def test_a_new_official_factor_needs_no_new_program(
    plant: Path, office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    travelling = signed_set(office, tmp_path)
    trust = ("--trust", office / "root.pem")
    capsys.readouterr()
    assert run("factors", "import", plant, travelling, *trust, "--dry-run", "--json") == 0
    assert said(capsys)["imported"] is False and files_of(plant) == []
    assert run("--ui-lang", "en", "factors", "import", plant, travelling, *trust) == 0
    assert "Signed by Li Wei" in capsys.readouterr().out
    with PlantFile.open(plant, read_only=True) as opened:
        (file,) = opened.ledger.factor_files
    assert (file.id, file.origin, file.signer) == ("gb_grid_2031", "signed", "Li Wei, Example Group")
    assert run("factors", "show", "gb_grid_2031.electricity.location.GB.2031.kWh", "--plant", plant) == 0
    assert run("factors", "import", plant, travelling, *trust) == 2, "known already"
    bill = tmp_path / "bill.csv"
    bill.write_text("source,item,start,end,quantity,unit\nMeter,electricity,2031-01-01,2031-12-31,1000,kWh\n")
    assert run("import", plant, bill) == 0
    capsys.readouterr()
    assert run("inventory", plant, "--year", 2031, "--json") == 0
    assert said(capsys)["totals_tco2e"]["scope2_location"] == "0.1"


def test_untrusted_or_altered_sets_change_nothing(
    plant: Path, office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    travelling = signed_set(office, tmp_path)
    capsys.readouterr()
    assert run("--ui-lang", "en", "factors", "import", plant, travelling, "--trust", office / "other.pem") == 1
    out = capsys.readouterr().out
    assert "not issued by an authority that is trusted" in out and "Nothing was changed" in out
    altered = tmp_path / "altered.factors"
    altered.write_bytes(travelling.read_bytes().replace(b"kg/kWh,0.1,", b"kg/kWh,0.0,"))
    assert run("factors", "import", plant, altered, "--trust", office / "root.pem", "--json") == 1
    assert said(capsys)["valid"] is False
    assert run("factors", "import", plant, travelling) == 2, "trust must be named"
    assert files_of(plant) == []


def test_export_refuses_what_no_plant_could_use(office: Path, tmp_path: Path) -> None:
    source = tmp_path / "gb_grid_2031.csv"
    source.write_text(NEW.replace("electricity,", "unobtainium,"), encoding="utf-8")
    key = ("--sign", office / "auditor.p12", "--passphrase-file", office / "word")
    assert run("factors", "export", source, "-o", tmp_path / "x.factors", *key) == 2
    assert run("factors", "export", "uk_desnz_2025_water", "-o", tmp_path / "x.factors", "--sign", key[1]) == 2
    assert not (tmp_path / "x.factors").exists()


@pytest.mark.parametrize("words", [(), ("list",), ("show",), ("import",), ("export",)])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_each_command_explains_itself(words: tuple[str, ...], lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        run("--ui-lang", lang, "factors", *words, "--help")
    assert end.value.code == 0
    assert "factors" in capsys.readouterr().out
