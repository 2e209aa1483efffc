"""``office report`` from the group file to both signatures, and what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.core.cli.sealed import Keys, keys_in, run
from tests.core.group.filled import filled


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return keys_in(tmp_path_factory.mktemp("head") / "keys")


@pytest.fixture(scope="module")
def group(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("group") / "g.group"
    filled(path, (2024,)).close()
    return path


def test_made_approved_and_checked(group: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first, both = tmp_path / "first.pdf", tmp_path / "both.pdf"
    make = ("office", "report", "make", group, "--year", 2024, "--lang", "en")
    assert run(*make, "--out", first, *keys.sign("auditor")) == 0
    assert run("office", "report", "check", first, *keys.trust) == 1
    assert "approval for the group is missing" in capsys.readouterr().out
    assert run("office", "report", "approve", first, *keys.trust, "--out", both, *keys.sign("manager")) == 0
    capsys.readouterr()
    assert run("office", "report", "check", both, *keys.trust, "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["valid"], found["rebuilt"], found["signed_by"]) == (True, "equal", ["Li Na", "Wang Fang"])
    assert (found["group"], found["year"], len(found["reports"])) == ("Wood Group 木业集团", 2024, 3)
    assert run("office", "report", "check", both, *keys.trust, "--group", group, "--json") == 0
    assert json.loads(capsys.readouterr().out)["differs_from_group"] == []
    other = tmp_path / "other.group"
    filled(other, (2023, 2024)).close()
    assert run("office", "report", "check", both, *keys.trust, "--group", other) == 1
    assert "something else today: Years" in capsys.readouterr().out
    assert run("verify", both, *keys.trust) == 1
    assert "report of a group" in capsys.readouterr().out


def test_what_cannot_be_is_said(group: Path, keys: Keys, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "r.pdf"
    assert run("office", "report", "make", group, "--year", 2019, "--out", out) == 2
    assert "No report of 2019" in capsys.readouterr().err
    assert run("office", "report", "make", tmp_path / "none.group", "--year", 2024, "--out", out) == 2
    assert run("office", "report", "approve", group, *keys.trust, "--out", out) == 2
    assert "No key is named" in capsys.readouterr().err
    assert not out.exists()
    assert run("office", "report", "make", group, "--year", 2024, "--out", out, "--lang", "zh") == 0
    assert "without signature" in capsys.readouterr().out
    assert run("office", "report", "make", group, "--year", 2024, "--out", out) == 2
    assert run("office", "report", "check", out, *keys.trust) == 1
    assert run("office", "report", "approve", out, *keys.trust, "--out", tmp_path / "x.pdf", *keys.sign("manager")) == 2
    assert not (tmp_path / "x.pdf").exists()
