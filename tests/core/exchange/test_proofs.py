"""Proofs: kept once, linked to what they prove, taken off again; and the file as SQLite keeps it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from core.cli import main
from core.errors import UserError
from core.exchange import change_of, next_ids, preview
from core.exchange.proofs import (
    LARGEST_PROOF,
    attaching,
    calibrating,
    detaching,
    kind_of_file,
    load_proof,
    media_type_of,
    proof_of,
    proofs_by_record,
    releasing,
)
from core.i18n import T
from core.ledger import (
    Activity,
    Allocation,
    Answer,
    Change,
    Evidence,
    Group,
    Instrument,
    Ledger,
    Measure,
    Register,
    Step,
)
from core.library import load_library
from core.store import PlantFile
from core.store.blobs import LARGEST_BLOB
from tests.core.samples import PLANT, activity, green

NOW = datetime(2024, 3, 1, tzinfo=UTC)
BYTES = b"%PDF-1.7 a bill"
BILL = proof_of("Bill March.pdf", BYTES)


def ledger() -> Ledger:
    return Ledger.of([PLANT, activity("a00001"), activity("a00002", evidence=""), activity("a00003")])


@pytest.fixture
def plant(tmp_path: Path) -> Path:
    path = tmp_path / "hillside.plant"
    PlantFile.create(path, PLANT, "Li Na", NOW)
    with PlantFile.open(path) as opened:
        rows = ledger().activities
        opened.append(Change("Li Na", NOW, T("Rows"), tuple(Step("activity", row.id, None, row) for row in rows)))
    return path


def test_a_file_becomes_evidence_with_its_hash() -> None:
    found = attaching(ledger(), [BILL], ["a00002", "a00001", "a00002"])
    (step,) = found.steps
    assert step.before is None
    assert step.after == Evidence(
        "e00001", "Bill March.pdf", "bill", hashlib.sha256(b"%PDF-1.7 a bill").hexdigest(), 15, "application/pdf",
        ("a00002", "a00001"),
    )  # fmt: skip
    assert found.data == (b"%PDF-1.7 a bill",)
    assert found.why.in_language("en") == "Proof “Bill March.pdf” attached; rows: 2"


def test_the_same_file_again_only_adds_the_link() -> None:
    first = ledger().apply(attaching(ledger(), [BILL], ["a00001"]).steps)
    again = attaching(first, [proof_of("renamed.pdf", BYTES)], ["a00001", "a00003"])
    assert again.data == ()
    (only,) = first.apply(again.steps).evidence
    assert (only.id, only.name, only.activities) == ("e00001", "Bill March.pdf", ("a00001", "a00003"))
    assert attaching(first, [BILL], ["a00001"]).steps == ()


def test_several_files_are_one_attachment_and_twins_are_kept_once() -> None:
    other = proof_of("photo.jpg", b"\xff\xd8")
    found = attaching(ledger(), [BILL, other, proof_of("copy.pdf", BYTES)], ["a00001"])
    kept = ledger().apply(found.steps).evidence
    assert sorted((one.name, one.id) for one in kept) == [("Bill March.pdf", "e00001"), ("photo.jpg", "e00002")]
    assert len(found.data) == 2


@pytest.mark.parametrize("ids", [[], ["a9"], ["a00001", "a9"]])
def test_what_does_not_exist_cannot_be_proven(ids: list[str]) -> None:
    with pytest.raises(UserError):
        attaching(ledger(), [BILL], ids)


def test_detaching_takes_one_link_and_the_last_takes_the_record() -> None:
    held = ledger().apply(attaching(ledger(), [BILL], ["a00001", "a00002"]).steps)
    why, steps = detaching(held, "e00001", "a00001")
    assert why.in_language("en") == "Proof “Bill March.pdf” detached"
    left = held.apply(steps)
    assert [one.activities for one in left.evidence] == [("a00002",)]
    assert left.apply(detaching(left, "e00001", "a00002")[1]).evidence == ()
    with pytest.raises(UserError):
        detaching(left, "e00001", "a00001")
    with pytest.raises(UserError):
        detaching(left, "e00009", "a00001")


def test_deleted_rows_leave_nothing_for_later_rows_to_inherit() -> None:
    held = ledger().apply(attaching(ledger(), [BILL], ["a00002", "a00003"]).steps)
    left = held.apply(releasing(held, ["a00003", "a00001"]))
    assert [one.activities for one in left.evidence] == [("a00002",)]
    assert left.apply(releasing(left, ["a00002"])).evidence == ()
    assert releasing(left, ["a00001"]) == ()


def test_what_covers_a_deleted_row_goes_with_it_and_never_to_the_next_one() -> None:
    covers = [*green("a00003", 400), *green("a00001", 300, "i2")]
    held = Ledger.of([*(one for kind in ledger().records.values() for one in kind.values()), *covers])
    row = held.get("activity", "a00003")
    left = held.apply([Step("activity", "a00003", row, None)])
    assert next_ids(left, 1) == ("a00004",), "the next row must not look covered"
    freed = held.apply(releasing(held, ["a00003"]))
    assert [one.activity for one in freed.held(Allocation)] == ["a00001"]
    assert len(freed.held(Instrument)) == 2, "it may cover another row"


def test_an_imported_file_stays_until_its_last_row_goes() -> None:
    source = Evidence("e00001", "bills.csv", "import", BILL.sha256, len(BYTES), "text/csv", ("a00002", "a00003"))
    held = ledger().apply([Step("evidence", "e00001", None, source)])
    assert releasing(held, ["a00003"]) == ()
    row = activity("a00003")
    left = held.apply([Step("activity", "a00003", row, None)])
    assert next_ids(left, 1) == ("a00004",), "the next row must not look imported"
    assert releasing(left, ["a00002"]) == (Step("evidence", "e00001", source, None),)


def test_an_imported_file_is_where_rows_come_from_and_no_proof() -> None:
    source = Evidence("e00001", "bills.csv", "import", BILL.sha256, len(BYTES), "text/csv", ("a00001",))
    held = ledger().apply([Step("evidence", "e00001", None, source)])
    assert proofs_by_record(held) == {}
    with pytest.raises(UserError):
        detaching(held, "e00001", "a00001")
    both = held.apply(attaching(held, [BILL], ["a00002"]).steps)
    assert [(e.id, e.kind, e.activities) for e in both.evidence] == [
        ("e00001", "import", ("a00001",)), ("e00002", "bill", ("a00002",)),
    ]  # fmt: skip
    assert [e.id for e in proofs_by_record(both)["a00002"]] == ["e00002"]


def test_after_all_rows_of_an_import_are_deleted_it_may_come_again(plant: Path) -> None:
    data = b"source,item,start,end,quantity,unit\nMain,electricity,2024-01-01,2024-01-31,5,kWh\n"
    library = load_library()
    with PlantFile.open(plant) as opened:
        seen = preview(data, opened.ledger, library, "bills.csv")
        opened.append(change_of(seen, opened.ledger, "Li Na", NOW), [seen.data])
        assert preview(data, opened.ledger, library, "bills.csv").already is not None
        row = opened.ledger.activities[-1]
        steps = (Step("activity", row.id, row, None), *releasing(opened.ledger, [row.id]))
        opened.append(Change("Li Na", NOW, T("Deleted"), steps))
        again = preview(data, opened.ledger, library, "bills.csv")
        assert (again.already, len(again.ready)) == (None, 1)


@pytest.mark.parametrize(
    ("name", "media_type", "kind"),
    [
        ("a.pdf", "application/pdf", "bill"),
        ("a.PDF", "application/pdf", "bill"),
        ("发票.ofd", "application/ofd", "bill"),
        ("IMG_1.heic", "image/heic", "bill"),
        ("电表 3月.jpg", "image/jpeg", "meter_photo"),
        ("meter list.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "bill"),
        ("绿证 2024.pdf", "application/pdf", "certificate"),
        ("Calibration certificate.pdf", "application/pdf", "calibration"),
        ("电能表检定证书.pdf", "application/pdf", "calibration"),
        ("Supply contract.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "contract"),
        ("mail.eml", "message/rfc822", "bill"),
        ("unknown.abcxyz", "application/octet-stream", "bill"),
        ("noending", "application/octet-stream", "bill"),
    ],
)
def test_type_and_kind_are_guessed_from_the_name(name: str, media_type: str, kind: str) -> None:
    assert media_type_of(name) == media_type
    assert kind_of_file(name, media_type) == kind


def test_a_calibration_says_how_long_it_holds() -> None:
    held = ledger().apply(attaching(ledger(), [calibrating(BILL, " 2026-03-31 ")], ["a00001"]).steps)
    (kept,) = held.evidence
    assert (kept.kind, kept.valid_to, kept.activities) == ("calibration", "2026-03-31", ("a00001",))
    later = attaching(held, [calibrating(BILL, "2027-03-31")], ["a00001"])
    assert [getattr(step.after, "valid_to", "") for step in later.steps] == ["2027-03-31"] and not later.data
    again = held.apply(attaching(held, [BILL], ["a00002"]).steps)
    assert again.evidence[0].valid_to == "2026-03-31", "a link more takes no date away"
    with pytest.raises(UserError, match="not a date"):
        calibrating(BILL, "next spring")


def test_the_command_line_attaches_a_calibration(plant: Path, tmp_path: Path) -> None:
    proof = tmp_path / "meter.pdf"
    proof.write_bytes(b"%PDF-1.7 class 0.5S")
    assert main(["attach", str(plant), str(proof), "--to", "a00001", "--valid-to", "2026-03-31"]) == 0
    assert main(["attach", str(plant), str(proof), "--to", "a00001", "--valid-to", "2026-13-31"]) == 2
    with PlantFile.open(plant, read_only=True) as opened:
        (kept,) = opened.ledger.evidence
    assert (kept.kind, kept.valid_to) == ("calibration", "2026-03-31")


def test_a_name_never_carries_folders() -> None:
    assert proof_of("..\\..\\evil/bill.pdf", b"x").name == "bill.pdf"
    assert len(proof_of("n" * 400, b"x").name) == 255


def test_what_cannot_be_kept_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = tmp_path / "empty.pdf"
    empty.touch()
    for path, why in ((tmp_path, "is a folder"), (tmp_path / "none.pdf", "none.pdf"), (empty, "is empty")):
        with pytest.raises(UserError, match=why):
            load_proof(path)
    monkeypatch.setattr("core.exchange.proofs.LARGEST_PROOF", 10)
    (tmp_path / "large.pdf").write_bytes(b"x" * 11)
    with pytest.raises(UserError, match="larger than"):
        load_proof(tmp_path / "large.pdf")
    (tmp_path / "fits.pdf").write_bytes(b"x" * 10)
    assert load_proof(tmp_path / "fits.pdf", "contract").kind == "contract"
    assert LARGEST_PROOF == LARGEST_BLOB, "SQLite keeps it"


def test_undo_and_redo_keep_the_bytes(plant: Path) -> None:
    with PlantFile.open(plant) as opened:
        found = attaching(opened.ledger, [BILL], ["a00001"])
        opened.append(Change("Li Na", NOW, found.why, found.steps), found.data)
        opened.undo("Li Na", NOW)
        assert not opened.ledger.evidence
        opened.redo("Li Na", NOW)
        assert opened.blob(opened.ledger.evidence[0].sha256) == BYTES
        opened.undo("Li Na", NOW)
    with PlantFile.open(plant) as opened:
        assert opened.health.sound
        opened.redo("Li Na", NOW)
        _why, steps = detaching(opened.ledger, "e00001", "a00001")
        opened.append(Change("Li Na", NOW, T("Off"), steps))
        opened.undo("Li Na", NOW)
    with PlantFile.open(plant) as opened:
        assert opened.health.sound
        assert opened.blob(opened.ledger.evidence[0].sha256) == BYTES


def test_a_link_without_its_bytes_is_refused(plant: Path) -> None:
    with PlantFile.open(plant) as opened:
        step = attaching(opened.ledger, [BILL], ["a00001"]).steps[0]
        with pytest.raises(UserError, match="could not be written"):
            opened.append(Change("Li Na", NOW, T("Attached"), (step,)))
        assert opened.ledger.evidence == ()
        assert isinstance(step.after, Evidence)
        lost = replace(step.after, sha256="0" * 64)
        with pytest.raises(UserError):
            opened.append(Change("Li Na", NOW, T("Attached"), (Step("evidence", lost.id, None, lost),)), [BILL.data])


# ---------------------------------------------------------------------- command line


def run(*words: object) -> int:
    return main(["--ui-lang", "en", *(str(word) for word in words)])


def test_the_command_attaches_to_all_named_rows(
    plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = tmp_path / "供电合同.pdf"
    proof.write_bytes(b"%PDF-1.7 contract")
    assert run("attach", plant, proof, "--to", "a00001", "--to", "a00003", "--person", "Wang Wei") == 0
    assert capsys.readouterr().out == "Proof “供电合同.pdf” attached; rows: 2\n"
    assert run("attach", plant, proof, "--to", "a00001") == 0
    assert "attached already" in capsys.readouterr().out
    with PlantFile.open(plant) as opened:
        (only,) = opened.ledger.evidence
        assert (only.kind, only.activities) == ("contract", ("a00001", "a00003"))
        assert opened.blob(only.sha256) == b"%PDF-1.7 contract"
        assert opened.journal(1)[0].change.who == "Wang Wei"
        assert opened.entries == 3


def test_the_command_names_what_is_wrong(plant: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    proof = tmp_path / "bill.pdf"
    proof.write_bytes(b"%PDF")
    assert run("attach", plant, proof, "--to", "a00009") == 2
    assert "a00009" in capsys.readouterr().err
    assert run("attach", plant, tmp_path / "none.pdf", "--to", "a00001") == 2
    assert "none.pdf" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        run("attach", plant, proof)


def test_a_proof_that_a_measure_names_is_not_let_go_with_its_bill() -> None:
    proof = Evidence("e00001", "audit.pdf", "other", "0" * 64, 9, activities=("a1",))
    day = date(2024, 1, 1)
    measure = Measure("s00001", "LED", "lighting", day, day, "electricity", evidence=("e00001",))
    bill = Activity("a1", "Main", "purchased_electricity", "electricity", day, day, Decimal(1), "kWh")
    plain, named = Ledger.of([bill, proof]), Ledger.of([bill, proof, measure])
    assert [step.after for step in releasing(plain, ["a1"])] == [None]
    (step,) = releasing(named, ["a1"])
    assert step.after == replace(proof, activities=())
    _why, (detached,) = detaching(named, "e00001", "a1")
    assert detached.after is not None


@pytest.mark.parametrize("kind", [Ledger, Register])
def test_an_answer_of_a_plant_or_of_head_office_gets_its_file(kind: type[Ledger] | type[Register]) -> None:
    answer = Answer("2025 policy.env", "policy.env", 2025, date(2025, 11, 3), "yes")
    records = kind.of([PLANT, answer] if kind is Ledger else [Group("Group"), answer])
    found = attaching(records, [BILL], [answer.id])
    after = records.apply(found.steps)
    assert after.get("answer", answer.id) == replace(answer, evidence=("e00001",))
    assert [one.activities for one in after.held(Evidence)] == [()]
    with pytest.raises(UserError, match="a00009"):
        attaching(records, [BILL], ["a00009"])
