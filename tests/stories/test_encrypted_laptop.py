"""An auditor's laptop is stolen on the way home; the plant goes on with a copy that was sent to a colleague before."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cli import main
from core.store import PlantFile, forget
from core.store.cipher import is_encrypted

HERS, HIS = "four cranes over the boiler house", "seven meters under a wet roof"
BILL = b"%PDF-1.7 bill of the gas works, meter 4711, customer Hillside Brakes"
ROWS = """source,method,item,start,end,quantity,unit
Paint shop,stationary_combustion,natural_gas,2024-01,,1200,m3
Paint shop,stationary_combustion,natural_gas,2024-02,,1100,m3
"""
SAID = ("Hillside", "Paint shop", "natural_gas", "gas works", "bill-january", "Li Na", "Wang Wu", "CREATE TABLE")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys are derived in no time."""
    monkeypatch.setattr("core.store.cipher.ITERATIONS", 2)
    monkeypatch.delenv("PLANT_AUDIT_UNLOCK", raising=False)
    yield
    forget()


def run(*words: object) -> int:
    forget()  # each command is a process of its own
    return main(["--ui-lang", "en", *(str(word) for word in words)])


def file(path: Path, content: str) -> Path:
    path.write_text(content, encoding="utf-8")
    return path


def readable(folder: Path) -> set[str]:
    """What somebody finds who reads the bytes of every file."""
    contents = [one.read_bytes() for one in folder.rglob("*") if one.is_file()]
    return {words for words in SAID for content in contents if words.encode() in content}


def test_the_year_survives_and_the_thief_reads_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hers, his, office = (tmp_path / name for name in ("laptop", "desk", "office"))
    for one in (hers, his, office):
        one.mkdir()
    word, other = file(tmp_path / "hers.txt", HERS), file(tmp_path / "his.txt", HIS)
    plant = hers / "hillside.plant"

    # She begins the plant under her passphrase, imports and proves; what she imports from lies on a stick.
    rows = file(tmp_path / "rows.csv", ROWS)
    bill = tmp_path / "bill-january.pdf"
    bill.write_bytes(BILL)
    place = ("--country", "CN", "--region", "CN-HE", "--person", "Li Na")
    assert run("new", plant, "--name", "Hillside", *place, "--encrypt", "--passphrase-file", word) == 0
    assert run("import", plant, rows, "--person", "Li Na", "--unlock", word) == 0
    assert run("attach", plant, bill, "--to", "a00001", "--person", "Li Na", "--unlock", word) == 0

    # On Friday she mails a copy to her colleague and tells him the passphrase by telephone.
    capsys.readouterr()
    assert run("protect", "send", plant, "--unlock", word) == 0
    (once,) = re.findall(r"\d{4}(?:-\d{4}){5}", capsys.readouterr().out)
    told = file(tmp_path / "told.txt", once)
    copy = Path(shutil.copy(hers / "hillside-encrypted.plant", his / "hillside.plant"))
    assert run("protect", "change", copy, "--unlock", told, "--passphrase-file", other) == 0

    # On Saturday she corrects the description, and her stick takes a backup, as it is.
    assert run("describe", plant, "--organisation", "Hillside Brakes", "--person", "Li Na", "--unlock", word) == 0
    stick = Path(shutil.copy(plant, tmp_path / "stick.plant"))

    # The laptop is gone. Whoever has it reads nothing, guesses nothing, and breaks nothing unnoticed.
    assert readable(hers) == set() == readable(his)
    for guess in ("123456", "hillside2024", HIS, once):
        assert run("inventory", plant, "--year", 2024, "--unlock", file(tmp_path / "guess.txt", guess)) == 2
    assert "does not open with this passphrase" in capsys.readouterr().err

    # He goes on, signs nothing yet, and sends the report to head office, where it is decrypted.
    assert run("describe", copy, "--address", "Station Road 1", "--person", "Wang Wu", "--unlock", other) == 0
    report = his / "report.pdf"
    assert run("report", copy, "--year", 2024, "--out", report, "--lang", "en", "--unlock", other) == 0
    assert run("protect", "send", report) == 0
    (word_of_report,) = re.findall(r"\d{4}(?:-\d{4}){5}", capsys.readouterr().out)
    sent = Path(shutil.copy(his / "report.pdf.age", office / "report.pdf.age"))
    assert readable(office) == set()
    assert run("protect", "receive", sent, "--unlock", file(tmp_path / "report.txt", word_of_report)) == 0
    assert (office / "report.pdf").read_bytes() == report.read_bytes()

    # Her stick turns up: both histories become one, under both passphrases.
    both = file(tmp_path / "both.txt", f"{HIS}\n{HERS}\n")
    assert run("audit", "merge", copy, stick, "--unlock", other) == 2
    assert "“stick.plant” does not open" in capsys.readouterr().err
    assert run("audit", "merge", copy, stick, "--unlock", both) == 0
    with PlantFile.open(copy) as opened:
        assert opened.health.sound and opened.encrypted
        assert opened.blob(opened.ledger.evidence[-1].sha256) == BILL
        assert {entry.change.who for entry in opened.journal()} >= {"Li Na", "Wang Wu"}
        assert opened.ledger.plant.address == "Station Road 1"
        assert opened.ledger.plant.organisation == "Hillside Brakes"
    report.unlink()
    assert readable(his) == set()
    assert is_encrypted(copy) and is_encrypted(stick)
