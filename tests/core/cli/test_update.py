"""From head office to a terminal: a notice of a newer version, made, looked at, kept, and held against an installer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from core.exchange.bulk import write_csv
from core.ledger import Dispatch
from core.running.places import PORTABLE
from core.store import GroupFile
from tests.core.cli.sealed import Keys, keys_in, run
from tests.core.group.filled import filled


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return keys_in(tmp_path_factory.mktemp("head") / "keys")


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "stick"
    monkeypatch.setenv(PORTABLE, str(folder))
    return folder


@pytest.fixture
def installer(tmp_path: Path) -> Path:
    path = tmp_path / "setup-9.1.0.exe"
    path.write_bytes(b"the program")
    return path


@pytest.fixture
def notice(tmp_path: Path, keys: Keys, installer: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    group, out = tmp_path / "g.group", tmp_path / "9.1.0.update"
    filled(group, (2024,)).close()
    rows = [
        ("version", "9.1.0", ""),
        ("released", "2026-02-27", ""),
        ("en", "Factors of 2026", ""),
        ("zh", "2026年排放因子", ""),
        ("where_en", "Ask the IT desk.", ""),
        ("where_zh", "请找信息部。", ""),
    ]
    write_csv(tmp_path / "r", {"t": dict.fromkeys(("what", "words", "sha256"), "text")}, [("t", rows)])
    table = tmp_path / "r" / "t.csv"
    sent = run("office", "send", group, "--kind", "update", "--table", table, "--installer", installer,
               "--out", out, *keys.sign("auditor"))  # fmt: skip
    assert sent == 0, capsys.readouterr().err
    with GroupFile.open(group) as opened:
        (made,) = opened.register.held(Dispatch)
        assert (made.kind, made.title, made.sites) == ("update", "Plant Carbon Audit 9.1.0", ())
    capsys.readouterr()
    return out


def test_it_is_shown_and_kept_for_the_next_start(
    notice: Path, keys: Keys, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("update", notice, *keys.trust) == 0
    said = capsys.readouterr().out
    assert "Version 9.1.0 of this program is there" in said
    assert "Factors of 2026" in said and "Ask the IT desk." in said and "setup-9.1.0.exe" in said
    assert [path.suffix for path in (stick / "data" / "updates").iterdir()] == [".update"]
    assert run("update", *keys.trust, "--json") == 0
    (one,) = json.loads(capsys.readouterr().out)
    assert (one["counts"], one["version"], one["signer"]) == (True, "9.1.0", "Li Na")


def test_an_installer_is_held_against_it(
    notice: Path, keys: Keys, stick: Path, installer: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("update", notice, *keys.trust, "--installer", installer) == 0
    assert "unaltered" in capsys.readouterr().out
    installer.write_bytes(b"the program, changed")
    assert run("update", notice, *keys.trust, "--installer", installer) == 2
    assert "Do not start it." in capsys.readouterr().err
    assert run("update", "--installer", installer) == 1


def test_who_is_not_trusted_is_refused_and_nothing_is_kept(
    notice: Path, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("update", notice) == 1
    assert "nobody is believed" in capsys.readouterr().err
    assert run("update", notice, "--json") == 1
    assert json.loads(capsys.readouterr().out)["counts"] is False
    assert not (stick / "data" / "updates").exists()


def test_beside_the_stick_it_is_found_by_itself(
    notice: Path, keys: Keys, stick: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("update") == 0
    assert "No notice tells of a version newer than" in capsys.readouterr().out
    stick.mkdir(exist_ok=True)
    (stick / "n.update").write_bytes(notice.read_bytes())
    assert run("update", *keys.trust) == 0
    assert "Version 9.1.0" in capsys.readouterr().out


def test_what_is_missing_is_said_before_anything_is_signed(
    tmp_path: Path, keys: Keys, capsys: pytest.CaptureFixture[str]
) -> None:
    group = tmp_path / "g.group"
    filled(group, (2024,)).close()
    write_csv(tmp_path / "r", {"t": dict.fromkeys(("what", "words", "sha256"), "text")},
              [("t", [("version", "9.1.0", "")])])  # fmt: skip
    assert run("office", "send", group, "--kind", "update", "--table", tmp_path / "r" / "t.csv",
               "--out", tmp_path / "x.update", *keys.sign("auditor")) == 2  # fmt: skip
    assert "no row “released”" in capsys.readouterr().err
    assert not (tmp_path / "x.update").exists()
