"""The page on running the program: its commands work, and its numbers are those of the program."""

from __future__ import annotations

import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.cli import main
from core.handover.notices import Notice, sign_notice
from core.handover.updates import sha256_of
from core.running.crash import MOST_KEPT
from core.running.log import FILES, LARGEST, LEVEL, LEVELS, NAME, REMEMBERED
from core.running.places import DATA, MARK, PORTABLE, places
from core.signing import Identity, create_authority, create_request, issue, save_certificate
from gui.ini_files import COMPUTER, SETTINGS
from tests.core.handover.test_updates import ROWS, row

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs" / "running.md", "zh": ROOT / "docs" / "running.zh.md"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """With the files of the page, in portable mode, so that nothing of it outlives the test."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(PORTABLE, str(tmp_path / "stick"))
    then = datetime.now(UTC).replace(microsecond=0) - timedelta(days=1)
    root = create_authority("Head Office", "Group", then)
    save_certificate(tmp_path / "head-office.pem", root.certificate)
    key, asked = create_request("Li Na", "li@example.org", "Group", "auditor")
    signer = Identity(issue(root, asked, role="auditor", sites=(), when=then), key)
    installer = tmp_path / "setup-9.1.0.exe"
    installer.write_bytes(b"the program")
    rows = (*ROWS[:-1], row("installer", installer.name, sha256_of(installer)))
    data = sign_notice(Notice("update", "Plant Carbon Audit 9.1.0", "Group", rows), signer, then)
    (tmp_path / "plant-carbon-audit-9.1.0.update").write_bytes(data)
    return tmp_path


def commands(page: Path) -> list[list[str]]:
    lines = page.read_text(encoding="utf-8").splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("plant-audit ")]


@pytest.mark.parametrize("lang", PAGES)
def test_the_commands_work_one_after_the_other(lang: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    typed = commands(PAGES[lang])
    assert len(typed) == 6
    for words in typed:
        assert main(words) == 0, (words, capsys.readouterr())
    assert "setup-9.1.0.exe" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_it_says_what_the_program_does(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for word in (NAME, LEVEL, PORTABLE, MARK, f"`{DATA}`", SETTINGS, COMPUTER, "0700", "0600", "ENOSPC", "SQLITE_BUSY"):
        assert word in text, word
    assert all(f"`{level}`" in text for level in LEVELS)
    numbers = set(re.findall(r"(?<![\d.])\d+(?![\d.]*\d)", text))
    assert {str(MOST_KEPT), str(REMEMBERED), str(LARGEST // 1_000_000)} <= numbers
    assert FILES == 5 and ("four files before it" in text or "之前的四个文件" in text)


@pytest.mark.parametrize("page", PAGES.values(), ids=list(PAGES))
def test_the_folders_of_a_stick_are_named(page: Path, tmp_path: Path) -> None:
    found = places({PORTABLE: str(tmp_path)})
    assert found.temp is not None
    names = {path.relative_to(tmp_path).parts[0] for path in (*found.named.values(), found.temp)}
    assert all(f"`{name}`" in page.read_text(encoding="utf-8") for name in names)


def test_both_languages_have_the_same_parts() -> None:
    shapes = [re.findall(r"^(#+|\||```)", page.read_text(encoding="utf-8"), re.MULTILINE) for page in PAGES.values()]
    assert shapes[0] == shapes[1]
