"""``office import|decide|status`` in the terminal: what came in, what waits, what counts."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from core.cli import main
from core.group.inbox import importing
from core.group.inbox.judging import judge
from core.i18n import T
from core.ledger import Change, Deadline, Site, Step, kind_of
from core.ledger.records import Record
from core.signing import Identity, Trust, save_certificate
from core.store import GroupFile
from tests.core.handover.conftest import NOW, auditor, authority, signed, trust

__all__ = ["auditor", "authority", "signed", "trust"]
Run = Callable[..., tuple[int, str]]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Judge in this process; that others give the same is tested with the workers."""
    monkeypatch.setattr(importing, "judge_all", lambda orders, *, cancelled=None: map(judge, orders))


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], authority: Identity) -> Run:
    save_certificate(tmp_path / "ca.pem", authority.certificate)

    def ran(*words: str | Path) -> tuple[int, str]:
        code = main(["--ui-lang", "en", "office", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out or said.err

    return ran


@pytest.fixture
def inbox(tmp_path: Path, signed: bytes) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "hillside.pdf").write_bytes(signed)
    return folder


def keep(path: Path, *records: Record) -> None:
    with GroupFile.open(path) as group:
        group.append(Change("Li Na", NOW, T("Register"), tuple(Step(kind_of(r), r.id, None, r) for r in records)))


def test_a_folder_comes_in_and_the_rest_of_the_matrix_is_said(run: Run, inbox: Path, tmp_path: Path) -> None:
    group = tmp_path / "g.group"
    keep(group, Site("si1", "Hillside", "CN"), Site("si2", "Valley", "CN"), Deadline("2024", date(2025, 3, 31)))
    code, said = run("import", group, inbox, "--trust", tmp_path / "ca.pem", "--json")
    assert code == 0, said
    (one,) = json.loads(said)["reports"]
    assert (one["file"], one["state"], one["rebuilt"]) == ("hillside.pdf", "accepted", "equal")
    code, said = run("status", group, "--json")
    found = json.loads(said)
    assert found["counts"] == {"2024": {"late": 1, "signed": 1}}
    assert found["plants"][0]["years"]["2024"]["reports"] == [one["sha256"]]
    code, said = run("status", group, "--year", "2024")
    assert "signed, came late" in said
    assert "Valley" in said


def test_a_bad_file_is_told_and_stops_nothing(run: Run, inbox: Path, tmp_path: Path) -> None:
    (inbox / "a.pdf").write_bytes(b"junk")
    code, said = run("import", tmp_path / "g.group", inbox, "--trust", tmp_path / "ca.pem")
    assert code == 1
    assert said.splitlines()[0].startswith("a.pdf: rejected The file is not a PDF")
    assert said.splitlines()[1] == "hillside.pdf: accepted Hillside 2024"


def test_a_held_report_is_decided(run: Run, inbox: Path, tmp_path: Path) -> None:
    group, ca = tmp_path / "g.group", tmp_path / "ca.pem"
    code, said = run("import", group, inbox, "--trust", ca, "--no-rebuild")
    assert code == 0
    assert "held" in said
    assert "not checked" in said
    code, said = run("decide", group, inbox / "hillside.pdf", "accepted", "--reason", " ")
    assert (code, "needs a reason" in said) == (2, True)
    code, said = run("decide", group, "hillside.pdf", "accepted", "--reason", "Seen on paper", "--person", "Li Na")
    assert (code, said) == (0, "hillside.pdf: accepted Hillside 2024\n")
    code, said = run("decide", group, "00000000", "rejected", "--reason", "x")
    assert (code, "names no report" in said) == (2, True)
    with GroupFile.open(group) as opened:
        assert opened.journal(1)[0].change.who == "Li Na"
        assert len(opened.accepted(2024)) == 1


def test_without_trust_nothing_is_imported(run: Run, inbox: Path, tmp_path: Path) -> None:
    code, said = run("import", tmp_path / "g.group", inbox)
    assert (code, "trusts no authority" in said) == (2, True)
    code, said = run("import", tmp_path / "g.group", tmp_path / "gone", "--trust", tmp_path / "ca.pem")
    assert (code, "does not exist" in said) == (2, True)


def test_a_watched_folder_goes_on_until_it_is_interrupted(
    run: Run, inbox: Path, tmp_path: Path, signed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[float] = []

    def sleep(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 2:
            (inbox / "late.pdf").write_bytes(b"junk")
        if len(looks) == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)
    code, said = run("import", tmp_path / "g.group", inbox, "--trust", tmp_path / "ca.pem", "--watch")
    assert code == 1
    assert [line.partition(":")[0] for line in said.splitlines()] == ["hillside.pdf", "late.pdf"]
    code, said = run("import", tmp_path / "g.group", inbox / "late.pdf", "--trust", tmp_path / "ca.pem", "--watch")
    assert (code, "Only folders" in said) == (2, True)


def test_the_register_says_whom_to_believe(
    run: Run, inbox: Path, tmp_path: Path, trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    from core.cli.office import importing as command

    asked: list[object] = []

    def trust_of(register: object, when: object) -> Trust:
        asked.append(register)
        return replace(trust)

    monkeypatch.setattr(command, "trust_of", trust_of)
    code, said = run("import", tmp_path / "g.group", inbox)
    assert (code, "accepted" in said) == (0, True)
    assert len(asked) == 1
