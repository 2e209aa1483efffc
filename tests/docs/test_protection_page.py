"""The page on protection is typed from top to bottom in both languages, and its numbers are those of the program."""

from __future__ import annotations

import io
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.cli import main
from core.handover.mailing import name_for
from core.passphrase import SHORTEST
from core.store import PlantFile, forget
from core.store.cipher import ITERATIONS, is_encrypted
from gui.settings import LOCK_MINUTES, Settings

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs" / "protection.md", "zh": ROOT / "docs" / "protection.zh.md"}
WORD, OTHER = "four cranes over the boiler house", "seven meters under a wet roof"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A folder with the files of the page, a person at the terminal, and what the person types next."""
    answers: list[str] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("core.store.cipher.ITERATIONS", 2)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda _prompt: answers.pop(0))
    monkeypatch.delenv("PLANT_AUDIT_UNLOCK", raising=False)
    Path("word.txt").write_text(WORD, encoding="utf-8")
    Path("new.txt").write_text(OTHER, encoding="utf-8")
    Path("report.pdf").write_bytes(b"%PDF-1.7 a signed report")
    assert main(["new", "hillside.plant", "--name", "Hillside", "--country", "CN"]) == 0
    yield answers
    forget()


def commands(page: Path) -> list[list[str]]:
    lines = page.read_text(encoding="utf-8").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("plant-audit ")]


@pytest.mark.parametrize("lang", PAGES)
def test_the_commands_work_one_after_the_other(lang: str, asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    typed = commands(PAGES[lang])
    assert len(typed) == 9
    for words in typed:
        forget()  # each command is a process of its own
        if words[:2] == ["protect", "encrypt"]:
            asked[:] = [WORD, WORD]
        if words[0] == "new":
            asked[:] = [OTHER, OTHER]
        assert main(["--ui-lang", lang, *words]) == 0, words
        told = capsys.readouterr().out
        if words[:2] == ["protect", "send"]:
            (once,) = re.findall(r"\d{4}(?:-\d{4}){5}", told)
            asked[:] = [once]
    assert Path("received.pdf").read_bytes() == Path("report.pdf").read_bytes()
    assert not is_encrypted(Path("hillside.plant")) and is_encrypted(Path("other.plant"))
    sent = Path("hillside-for-head-office.plant")
    assert is_encrypted(sent) and b"Hillside" not in sent.read_bytes()
    assert main(["inventory", str(sent), "--year", "2024"]) == 0, "by the passphrase that was shown"


@pytest.mark.parametrize("lang", PAGES)
def test_the_numbers_are_those_of_the_program(lang: str, tmp_path: Path) -> None:
    text = PAGES[lang].read_text(encoding="utf-8")
    for number in (SHORTEST, f"{ITERATIONS:,}", "Ctrl+Shift+K", "SQLCipher 4", "AES-256", "scrypt"):
        assert str(number) in text
    assert Settings(tmp_path / "x.ini").lock_minutes == 15 and "15" in text
    others = ", ".join(str(m) for m in LOCK_MINUTES if m != 15)
    assert others.replace(", ", "、" if lang == "zh" else ", ") in text
    assert name_for(Path("report.pdf")) == "report.pdf.age"


def test_both_pages_say_the_same_things() -> None:
    en, zh = (page.read_text(encoding="utf-8") for page in PAGES.values())
    for sign in ("\n## ", "\n- ", "\n| ", "```"):
        assert en.count(sign) == zh.count(sign)


def test_what_is_not_protected_is_so(tmp_path: Path, asked: list[str]) -> None:
    """The promise and its limits: a copy keeps the old passphrase, the name of the file is seen."""
    asked[:] = [WORD, WORD]
    assert main(["protect", "encrypt", "hillside.plant"]) == 0
    copy = Path("copy.plant")
    copy.write_bytes(Path("hillside.plant").read_bytes())
    assert main(["protect", "change", "hillside.plant", "--unlock", "word.txt", "--passphrase-file", "new.txt"]) == 0
    forget()
    assert main(["protect", "status", "copy.plant", "--unlock", "word.txt"]) == 0
    forget()
    assert main(["protect", "status", "hillside.plant", "--unlock", "word.txt"]) == 2
    assert main(["protect", "status", "hillside.plant", "--unlock", "new.txt"]) == 0
    with PlantFile.open(Path("hillside.plant")) as plant:
        assert plant.entries == 1
