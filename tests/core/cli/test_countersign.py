"""``countersign``, ``certificate tokens|store`` and the keys of ``report``: what they print, write and refuse."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes

from core.cli import main
from core.i18n import T
from core.ledger import Person, Step
from core.ledger.changes import Change
from core.signing import Identity, create_authority, create_request, issue, load_certificate, save_certificate
from core.store import PlantFile, publishing
from tests.carried import quick_p12
from tests.softhsm import PIN, soft_tokens

WORDS = "four small blue words"
NOW = datetime.now(UTC).replace(microsecond=0)
CSV = """source,method,item,start,end,quantity,unit,estimated,evidence,note
Main meter,purchased_electricity,electricity,2024-01-01,2024-12-31,1000,MWh,no,E-1,
"""


def run(*words: object) -> int:
    return main([str(word) for word in ("--ui-lang", "en", *words)])


@dataclass(frozen=True)
class Office:
    """Files of a head office, its people and a plant."""

    folder: Path

    @property
    def plant(self) -> Path:
        return self.folder / "hillside.plant"

    @property
    def trust(self) -> Path:
        return self.folder / "office.pem"

    @property
    def report(self) -> Path:
        return self.folder / "r1.pdf"

    def key(self, name: str) -> tuple[object, ...]:
        return "--sign", self.folder / f"{name}.p12", "--passphrase-file", self.folder / "words.txt"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Its report is signed by the auditor, who is bound by it."""
    made = Office(tmp_path_factory.mktemp("office"))
    authority = create_authority("Test Office", "Test Group", NOW)
    quick_p12(made.folder / "office.p12", authority, WORDS)
    save_certificate(made.trust, authority.certificate)
    (made.folder / "words.txt").write_text(f"{WORDS}\n")
    (made.folder / "pin.txt").write_text(f"{PIN}\n")
    for name, role in (("Li Na", "auditor"), ("Wang Fang", "plant-manager"), ("Zhao Min", "plant-manager")):
        key, request = create_request(name, f"{name.split()[0]}@example.org".lower(), "Test Group", role)
        identity = Identity(issue(authority, request, role=role, sites=(), when=NOW), key)
        quick_p12(made.folder / f"{name}.p12", identity, WORDS)
    assert run("new", made.plant, "--name", "Hillside", "--country", "CN", "--region", "CN-HE") == 0
    data = made.folder / "data.csv"
    data.write_text(CSV, encoding="utf-8")
    assert run("import", made.plant, data) == 0
    with PlantFile.open(made.plant) as plant:
        people = (Person("pe1", "Li Na", ("team_lead",)), Person("pe2", "Wang Fang", ("plant_manager",)))
        plant.append(Change("Li Na", NOW, T("People"), tuple(Step("person", one.id, None, one) for one in people)))
    words = ("--year", 2024, "--out", made.report, "--lang", "en", "--person", "Li Na")
    assert run("report", made.plant, *words, *made.key("Li Na")) == 0
    return made


@pytest.fixture
def office(first: Office, tmp_path: Path) -> Office:
    return Office(Path(shutil.copytree(first.folder, tmp_path / "office")))


@pytest.fixture
def report(office: Office) -> Path:
    return office.report


def bound(office: Office, key: str) -> str:
    with PlantFile.open(office.plant, read_only=True) as plant:
        found = plant.ledger.get("person", key)
        assert isinstance(found, Person)
        return found.certificate


def test_whoever_signs_is_bound(office: Office, report: Path) -> None:
    assert len(bound(office, "pe1")) == 64


def test_the_manager_countersigns_and_is_bound(
    office: Office, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r2.pdf"
    assert bound(office, "pe2") == ""
    words = ("--out", out, "--trust", office.trust, "--plant", office.plant, "--person", "Wang Fang", "--json")
    capsys.readouterr()
    assert run("countersign", report, *words, *office.key("Wang Fang")) == 0
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert said["valid"] is True
    assert [signature["field"] for signature in said["signatures"]] == ["Auditor", "PlantManager"]
    assert said["missing_signatures"] == []
    assert out.read_bytes().startswith(report.read_bytes())
    assert len(bound(office, "pe2")) == 64
    assert run("verify", out, "--trust", office.trust) == 0
    with PlantFile.open(office.plant, read_only=True) as plant:
        entries = plant.entries
    again = tmp_path / "r3.pdf"
    assert run("countersign", report, *("--out", again), *words[2:], *office.key("Wang Fang")) == 0
    with PlantFile.open(office.plant, read_only=True) as plant:
        assert plant.entries == entries  # bound already: nothing to remember


def test_a_countersigning_that_was_killed_is_finished_by_the_same_command(
    office: Office, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "r2.pdf"
    where = ("--out", out, "--trust", office.trust, "--plant", office.plant)
    words = ("countersign", report, *where, "--person", "Wang Fang")

    @contextmanager
    def killed(_path: Path) -> Iterator[Path]:
        yield tmp_path / "draft"
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "drafted", killed)
        with pytest.raises(KeyboardInterrupt):
            run(*words, *office.key("Wang Fang"))
    assert not out.exists()
    capsys.readouterr()
    assert run(*words, *office.key("Wang Fang"), "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert [signature["field"] for signature in said["signatures"]] == ["Auditor", "PlantManager"]
    assert out.read_bytes().startswith(report.read_bytes())
    assert len(bound(office, "pe2")) == 64


def test_without_a_plant_file_nobody_is_bound(office: Office, report: Path, tmp_path: Path) -> None:
    out = tmp_path / "r2.pdf"
    assert run("countersign", report, "--out", out, "--trust", office.trust, *office.key("Zhao Min")) == 0
    assert run("verify", out, "--trust", office.trust) == 0


def test_a_colleagues_key_leaves_no_file(
    office: Office, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "r2.pdf"
    from core.cli import countersign as command
    from core.errors import UserError

    def refuse(*_: object, **__: object) -> object:
        raise UserError(T("Another certificate."))

    monkeypatch.setattr(PlantFile, "append", refuse)
    monkeypatch.setattr(command, "countersigned", lambda *_: Change("x", NOW, T("x"), ()))
    words = ("--out", out, "--trust", office.trust, "--plant", office.plant, "--person", "Wang Fang")
    assert run("countersign", report, *words, *office.key("Wang Fang")) == 2
    assert "Another certificate." in capsys.readouterr().err
    assert not out.exists()


def test_a_report_that_does_not_hold_is_not_signed(
    office: Office, report: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, out = tmp_path / "bad.pdf", tmp_path / "r2.pdf"
    bad.write_bytes(report.read_bytes()[:-100])
    assert run("countersign", bad, "--out", out, "--trust", office.trust, *office.key("Wang Fang")) == 1
    assert "NOT VALID" in capsys.readouterr().out
    assert not out.exists()


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ((), "No key is named"),
        (("--sign", "x.p12"), "key needs its passphrase"),
        (("--sign", "x.p12", "--module", "x.so"), "Two keys are named"),
        (("--module", "nowhere.so"), "nowhere.so, was not found"),
    ],
)
def test_what_is_no_key(
    key: tuple[str, ...], sentence: str, office: Office, report: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    out = tmp_path / "r2.pdf"
    assert run("countersign", report, "--out", out, "--trust", office.trust, *key) == 2
    assert sentence in capsys.readouterr().err
    assert not out.exists()


def test_nothing_is_written_over(office: Office, report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("countersign", report, "--out", report, "--trust", office.trust, *office.key("Wang Fang")) == 2
    assert "exists already" in capsys.readouterr().err


def test_a_key_made_on_a_token_signs(
    office: Office, report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = soft_tokens(tmp_path, monkeypatch)
    place.add("Manager")
    token = ("--module", place.module, "--pin-file", office.folder / "pin.txt")
    request, certificate, out = tmp_path / "r.csr", tmp_path / "c.pem", tmp_path / "r2.pdf"
    who = ("--name", "Sun Li", "--email", "sun@example.org", "--organisation", "G", "--role", "plant-manager")
    assert run("certificate", "request", *who, "--out", request, *token) == 0
    issuing = ("--authority", office.folder / "office.p12", "--passphrase-file", office.folder / "words.txt")
    assert run("certificate", "issue", request, *issuing, "--role", "plant-manager", "--out", certificate) == 0
    assert run("certificate", "store", certificate, *token) == 0
    capsys.readouterr()
    assert run("certificate", "tokens", "--module", place.module, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    (held,) = said["certificates"]
    assert (held["name"], held["role"]) == ("Sun Li", "PlantManager")
    assert held["sha256"] == load_certificate(certificate).fingerprint(hashes.SHA256()).hex()
    assert said["tokens"][0]["label"] == "Manager"
    assert run("certificate", "tokens", "--module", place.module) == 0
    assert "Sun Li" in capsys.readouterr().out
    trust = ("--out", out, "--trust", office.trust)
    assert run("countersign", report, *trust, *token, "--id", held["id"], "--token", "Manager") == 0
    assert run("verify", out, "--trust", office.trust) == 0
    (office.folder / "wrong.txt").write_text("000000\n")
    wrong = ("--module", place.module, "--pin-file", office.folder / "wrong.txt")
    assert run("countersign", report, "--out", tmp_path / "r3.pdf", "--trust", office.trust, *wrong) == 2
    assert "The PIN is wrong" in capsys.readouterr().err


def test_nothing_plugged_in_is_a_no(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = soft_tokens(tmp_path, monkeypatch)
    assert run("certificate", "tokens", "--module", place.module, "--json") == 1
    assert json.loads(capsys.readouterr().out) == {"tokens": [], "certificates": []}


def test_a_request_says_where_its_key_is_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    who = ("--name", "A", "--email", "a@example.org", "--organisation", "G", "--out", tmp_path / "r.csr")
    assert run("certificate", "request", *who) == 2
    assert "Say where the key is made" in capsys.readouterr().err
    assert run("certificate", "request", *who, "--key", tmp_path / "k.pem") == 2
    assert "needs its passphrase" in capsys.readouterr().err
    assert not (tmp_path / "r.csr").exists()


def test_the_other_signature_is_asked_for(office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The manager signs first: head office will want the auditor's too."""
    out, both = tmp_path / "m.pdf", tmp_path / "both.pdf"
    words = ("--year", 2024, "--out", out, "--lang", "en", "--person", "Zhao Min")
    assert run("report", office.plant, *words, *office.key("Zhao Min")) == 0
    assert "The signature of the auditor is missing." in capsys.readouterr().out
    assert run("verify", out, "--trust", office.trust) == 1
    assert run("countersign", out, "--out", both, "--trust", office.trust, *office.key("Li Na")) == 0
    assert run("verify", both, "--trust", office.trust) == 0
