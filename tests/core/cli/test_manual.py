from __future__ import annotations

import json

import pytest

from core.cli import main
from core.running.manual import CHAPTERS


def run(*words: str, lang: str = "en") -> int:
    return main(["--ui-lang", lang, "manual", *words])


def test_chapters_are_listed_and_read_in_both_languages(capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    listed = capsys.readouterr().out
    assert all(key in listed for key in CHAPTERS)
    assert run("protection", lang="zh") == 0
    assert capsys.readouterr().out.startswith("# 文件保护")
    assert run("--json") == 0
    assert [one["chapter"] for one in json.loads(capsys.readouterr().out)] == list(CHAPTERS)


def test_words_are_found_and_what_is_not_there_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--find", "passphrase telephone", "--json") == 0
    assert "protection" in {one["chapter"] for one in json.loads(capsys.readouterr().out)}
    assert run("--find", "xyzzy-nowhere") == 1
    assert capsys.readouterr().out == "No chapter speaks of “xyzzy-nowhere”.\n"
    assert run("cookery") == 2
    told = capsys.readouterr().err
    assert "cookery" in told and "manual" in told
