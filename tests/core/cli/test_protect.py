"""``protect``, and passphrases for other commands: from a file, the environment or typed, never in the arguments."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cli import ROOMS, build_parser, main
from core.store import GroupFile, PlantFile, forget
from core.store.cipher import is_encrypted

WORD, OTHER = "four cranes over the boiler house", "seven meters under a wet roof"
ROWS = "source,method,item,start,end,quantity,unit\nBoiler,stationary_combustion,diesel,2024-01,,10,t\n"


def run(*words: object) -> int:
    forget()  # each command is a process of its own
    return main(["--ui-lang", "en", *(str(word) for word in words)])


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Keys are derived in no time; nobody sits at the terminal."""
    monkeypatch.setattr("core.store.cipher.ITERATIONS", 2)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.delenv("PLANT_AUDIT_UNLOCK", raising=False)
    yield
    forget()


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def word(tmp_path: Path) -> Path:
    path = tmp_path / "word.txt"
    path.write_text(f"{WORD}\n", encoding="utf-8")
    return path


@pytest.fixture
def other(tmp_path: Path) -> Path:
    path = tmp_path / "other.txt"
    path.write_text(f"{OTHER}\n", encoding="utf-8")
    return path


@pytest.fixture
def plant(tmp_path: Path, word: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """An encrypted plant with a bill."""
    path, data = tmp_path / "works.plant", tmp_path / "data.csv"
    data.write_text(ROWS, encoding="utf-8")
    assert run("new", path, "--name", "Works", "--country", "GB") == 0
    assert run("import", path, data) == 0
    assert run("protect", "encrypt", path, "--passphrase-file", word) == 0
    said = capsys.readouterr().out
    assert "without it nobody can open the file" in said and "may still hold bytes of the old" in said
    assert WORD not in said
    return path


def types(monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    """A person at the terminal; what was asked."""
    asked, said = list[str](), list(words)
    monkeypatch.setattr("sys.stdin", Terminal())

    def getpass(prompt: str) -> str:
        asked.append(prompt)
        return said.pop(0)

    monkeypatch.setattr("getpass.getpass", getpass)
    return asked


def test_every_command_opens_it_with_the_passphrase(
    plant: Path, word: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("inventory", plant, "--year", 2024) == 2
    assert "after --unlock, or in the variable PLANT_AUDIT_UNLOCK" in capsys.readouterr().err
    assert run("--unlock", word, "inventory", plant, "--year", 2024) == 0
    assert run("inventory", plant, "--year", 2024, f"--unlock={word}") == 0
    assert "Boiler" in capsys.readouterr().out
    monkeypatch.setenv("PLANT_AUDIT_UNLOCK", str(word))
    assert run("describe", plant, "--address", "Station Road 1", "--person", "Li Na") == 0
    assert run("history", plant) == 0
    assert "Plant described" in capsys.readouterr().out
    assert is_encrypted(plant)


def test_a_person_is_asked_three_times(
    plant: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = types(monkeypatch, "wrong", "wrong again", WORD)
    assert run("inventory", plant, "--year", 2024) == 0
    assert asked == ["Passphrase of “works.plant”: "] * 3
    capsys.readouterr()
    types(monkeypatch, "wrong", "wrong again", "and again", WORD)
    assert run("inventory", plant, "--year", 2024) == 2
    told = capsys.readouterr()
    assert "does not open with this passphrase" in told.err and "wrong again" not in told.err + told.out


def test_one_file_may_hold_the_passphrases_of_several(
    plant: Path, word: Path, other: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "sent.plant"
    assert run("protect", "send", plant, copy, "--unlock", word, "--passphrase-file", other) == 0
    assert run("describe", copy, "--address", "Station Road 1", "--unlock", other) == 0
    both = tmp_path / "both.txt"
    both.write_text(f"{WORD}\n\n{OTHER}\n", encoding="utf-8")
    capsys.readouterr()
    assert run("audit", "merge", plant, copy, "--unlock", both) == 0
    assert run("history", plant, "--unlock", word) == 0
    assert "Plant described" in capsys.readouterr().out
    assert run("audit", "merge", plant, copy, "--unlock", word) == 2
    assert "“sent.plant” does not open" in capsys.readouterr().err


def test_change_remove_and_status(plant: Path, word: Path, other: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("protect", "status", plant, "--unlock", word, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"encrypted": True, "plain_copies": []}
    assert run("protect", "encrypt", plant, "--unlock", word, "--passphrase-file", other) == 2
    assert "is encrypted already" in capsys.readouterr().err
    assert run("protect", "change", plant, "--unlock", word, "--passphrase-file", other) == 0
    assert run("inventory", plant, "--year", 2024, "--unlock", word) == 2
    assert run("protect", "remove", plant, "--unlock", other) == 0
    assert "whoever has it can read it" in capsys.readouterr().out
    assert run("inventory", plant, "--year", 2024) == 0
    for act in ("change", "remove"):
        assert run("protect", act, plant) == 2
        assert "is not encrypted" in capsys.readouterr().err
    assert run("protect", "status", plant) == 0
    assert "Not encrypted" in capsys.readouterr().out


def test_a_new_passphrase_is_typed_twice_and_must_be_good(
    plant: Path, word: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("protect", "remove", plant, "--unlock", word) == 0
    for typed, why in (((OTHER, WORD), "differ"), (("short",), "too easily guessed")):
        types(monkeypatch, *typed)
        assert run("protect", "encrypt", plant) == 2
        assert why in capsys.readouterr().err
        assert not is_encrypted(plant)
    types(monkeypatch, OTHER, OTHER)
    assert run("protect", "encrypt", plant) == 0
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert run("protect", "change", plant, "--unlock", word) == 2
    assert run("new", plant.with_name("x.plant"), "--name", "X", "--country", "GB", "--encrypt") == 2
    assert "Name a file with --passphrase-file" in capsys.readouterr().err
    assert not plant.with_name("x.plant").exists()


def test_a_new_plant_may_be_encrypted_from_its_first_byte(tmp_path: Path, word: Path) -> None:
    path = tmp_path / "new.plant"
    assert run("new", path, "--name", "Works", "--country", "GB", "--encrypt", "--passphrase-file", word) == 0
    assert is_encrypted(path) and b"Works" not in path.read_bytes()
    assert run("inventory", path, "--year", 2024, "--unlock", word) == 0


def test_a_plain_copy_of_an_older_version_is_named(
    tmp_path: Path, word: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "old.plant"
    path.write_bytes((Path(__file__).parents[2] / "data" / "versions" / "0-store" / "version1.plant").read_bytes())
    assert run("protect", "encrypt", path, "--passphrase-file", word) == 0
    assert "Plain copy of an older version: old.version1.plant" in capsys.readouterr().out
    assert run("protect", "status", path, "--unlock", word) == 0
    assert "old.version1.plant" in capsys.readouterr().out


def test_a_group_works_too(tmp_path: Path, word: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "head.group"
    GroupFile.open(path).close()
    assert run("protect", "encrypt", path, "--passphrase-file", word) == 0
    assert run("office", "status", path) == 2
    assert run("office", "status", path, "--unlock", word) == 0
    assert run("protect", "status", tmp_path / "gone.group") == 2
    assert not (tmp_path / "gone.group").exists()


def test_a_plant_is_sent_under_a_passphrase_made_for_once(
    plant: Path, word: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("protect", "send", plant, "--unlock", word) == 0
    said = capsys.readouterr().out
    (once,) = re.findall(r"Passphrase: (\d{4}(?:-\d{4}){5})\n", said)
    assert "by telephone" in said
    told, sent = tmp_path / "told.txt", tmp_path / "works-encrypted.plant"
    told.write_text(once, encoding="utf-8")
    assert run("inventory", sent, "--year", 2024, "--unlock", word) == 2
    assert run("inventory", sent, "--year", 2024, "--unlock", told) == 0
    assert run("protect", "send", plant, "--unlock", word) == 2, "the copy exists"
    assert run("protect", "receive", sent, tmp_path / "x.plant") == 2
    assert "opened as it is" in capsys.readouterr().err


def test_any_other_file_is_sent_as_age(tmp_path: Path, word: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.7 secret numbers")
    assert run("protect", "send", report, "--passphrase-file", word, "--json") == 0
    sent = tmp_path / "report.pdf.age"
    assert json.loads(capsys.readouterr().out) == {"file": str(sent), "passphrase": None}
    assert sent.read_bytes().startswith(b"age-encryption.org/v1\n") and b"secret" not in sent.read_bytes()
    assert run("protect", "receive", sent, tmp_path / "got.pdf", "--unlock", word) == 0
    assert (tmp_path / "got.pdf").read_bytes() == report.read_bytes()
    assert run("protect", "receive", sent, "--unlock", word) == 2, "never over a file that is there"
    assert run("protect", "send", sent, "--passphrase-file", word) == 2
    assert "is encrypted already" in capsys.readouterr().err


def test_no_command_takes_a_passphrase_as_an_argument() -> None:
    """Whoever lists processes would read it."""
    words = build_parser("en").format_help() + build_parser("en", "protect").format_help()
    assert "--unlock P" in words
    assert not any("passphrase " in line and "--passphrase " in line for line in words.splitlines())
    assert "protect" in ROOMS


def test_the_journal_holds_no_passphrase(plant: Path, word: Path) -> None:
    assert run("protect", "remove", plant, "--unlock", word) == 0
    assert WORD.encode() not in plant.read_bytes()
    with PlantFile.open(plant) as opened:
        assert opened.entries == 2, "how a file is kept is no change of the plant"
