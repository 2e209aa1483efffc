"""The plant file keeps what was confirmed, shows what was altered and refuses what it does not know."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.i18n import T
from core.ledger import Audit, Change, Evidence, Step
from core.store import PlantFile
from core.store.connection import failures
from core.store.database import create, open_file
from core.store.header import Kind
from core.store.schema import PLANT as KIND
from core.store.schema import version_1
from tests.core.store.conftest import NOW, PLANT, activity, adding


def test_what_is_appended_is_there_after_closing(path: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1), activity(2)))
        head = plant.head
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        assert [a.id for a in plant.ledger.activities] == ["a00001", "a00002"]
        assert plant.ledger.plant == PLANT
        assert (plant.head, plant.entries) == (head, 2)


def test_closing_leaves_one_single_file(path: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        assert {p.name for p in path.parent.iterdir()} > {path.name}
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_the_second_program_reads_only_and_says_so(path: Path) -> None:
    with PlantFile.open(path) as first:
        first.append(adding(activity(1)))
        with PlantFile.open(path) as second:
            assert first.writable and not second.writable
            assert len(second.ledger.activities) == 1
            with pytest.raises(UserError, match="another program"):
                second.append(adding(activity(2)))
    with PlantFile.open(path) as again:
        assert again.writable
        assert len(again.ledger.activities) == 1


def test_closing_while_another_program_reads_loses_nothing(path: Path) -> None:
    first = PlantFile.open(path)
    first.append(adding(activity(1)))
    with PlantFile.open(path) as second:
        first.close()
        assert len(second.ledger.activities) == 1
        assert second.history("activity", "a00001")
    with PlantFile.open(path) as again:
        assert again.writable and again.health.sound
        assert len(again.ledger.activities) == 1
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_file_of_a_newer_version_is_refused_untouched(path: Path, tamper: Callable[[str], None]) -> None:
    tamper("PRAGMA user_version=99")
    before = path.read_bytes()
    with pytest.raises(UserError, match="newer version") as caught:
        PlantFile.open(path)
    assert "99" in str(caught.value)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_an_older_file_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    path = tmp_path / "old.plant"
    old = Kind(KIND.suffix, KIND.application, (version_1,))
    create(path, old, lambda db: None)
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with PlantFile.open(path) as plant:
        assert plant.backup is not None
        assert plant.backup.name == "old.version1.plant"
        assert hashlib.sha256(plant.backup.read_bytes()).hexdigest() == before
        assert plant.history("activity", "a00001") == ()
    opened = open_file(path, KIND)
    assert opened.backup is None
    opened.close()


def test_a_real_file_of_version_1_opens_with_its_whole_history(tmp_path: Path) -> None:
    path = tmp_path / "version1.plant"
    shutil.copy(Path(__file__).parents[2] / "data" / "versions" / "0-store" / "version1.plant", path)
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        assert [a.quantity for a in plant.ledger.activities] == [Decimal(7), Decimal(100)]
        assert [(e.number, e.change.who) for e in plant.history("activity", "a00001")] == [(3, "Wang Wu"), (2, "Li Na")]
        plant.undo("Li Na", NOW)
        assert plant.ledger.activities[0].quantity == Decimal(100)
    with PlantFile.open(path) as plant:
        assert plant.backup is None
        assert plant.health.sound


def test_an_old_file_opens_for_reading_too(tmp_path: Path) -> None:
    path = tmp_path / "version1.plant"
    shutil.copy(Path(__file__).parents[2] / "data" / "versions" / "0-store" / "version1.plant", path)
    with PlantFile.open(path, read_only=True) as plant:
        assert plant.health.sound and not plant.writable
    assert {p.name for p in tmp_path.iterdir()} == {"version1.plant", "version1.version1.plant"}


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"", "not a file of this program"), (b"SQLite format 3\x00", "not a file"), (b"x" * 4096, "not a file")],
)
def test_other_files_are_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "x.plant"
    path.write_bytes(content)
    with pytest.raises(UserError, match=why):
        PlantFile.open(path)
    assert path.read_bytes() == content


def test_a_foreign_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.plant"
    conn = sqlite3.connect(path)
    with conn:
        conn.execute("create table t (x)")
    conn.close()
    with pytest.raises(UserError, match="not a file of this program"):
        PlantFile.open(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"gone\.plant"):
        PlantFile.open(tmp_path / "gone.plant")


def test_creating_never_overwrites(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(UserError, match="exists already"):
        PlantFile.create(path, PLANT, "Li Na", NOW)
    assert path.read_bytes() == before


def test_a_damaged_file_is_reported_and_not_changed(path: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(*(activity(n) for n in range(300))))
    data = bytearray(path.read_bytes())
    data[8192:20000] = b"\xff" * (20000 - 8192)
    path.write_bytes(data)
    try:
        with PlantFile.open(path, read_only=True) as plant:
            assert not plant.health.sound
    except UserError as error:
        assert "damaged" in str(error)
    assert path.read_bytes() == bytes(data)


@pytest.mark.parametrize(
    ("sql", "entry"),
    [
        ("update journal set change = replace(change, 'Li Na', 'Wang Wu') where number = 2", 2),
        ("update journal set hash = upper(hash) where number = 2", 2),
        ("update journal set previous = hash where number = 3", 3),
        ("delete from journal where number = 2", 2),
    ],
)
def test_a_broken_chain_is_shown(path: Path, tamper: Callable[[str], None], sql: str, entry: int) -> None:
    with PlantFile.open(path) as plant:
        for number in (1, 2, 3):
            plant.append(adding(activity(number)))
    tamper(sql)
    with PlantFile.open(path) as plant:
        assert plant.health.chain_broken_at == entry
        assert any(str(entry) in str(p) for p in plant.health.problems())


def test_a_record_changed_behind_the_journal_is_shown(path: Path, tamper: Callable[[str], None]) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
    tamper("""update record set data = replace(data, '"100"', '"1"') where id = 'a00001'""")
    with PlantFile.open(path) as plant:
        assert plant.health.strays == ("activity a00001",)
        assert not plant.health.sound


def test_a_deleted_record_is_shown(path: Path, tamper: Callable[[str], None]) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
    tamper("delete from record where id = 'a00001'")
    with PlantFile.open(path) as plant:
        assert plant.health.strays == ("activity a00001",)


def test_undo_and_redo_survive_closing_and_are_journal_entries(path: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        plant.append(Change("Li Na", NOW, T("Quantity"), (Step("activity", "a00001", activity(1), activity(1, "7")),)))
        plant.undo("Li Na", NOW)
        assert plant.ledger.activities[0].quantity == Decimal(100)
    with PlantFile.open(path) as plant:
        assert plant.redoable == 3
        plant.redo("Li Na", NOW)
        assert plant.ledger.activities[0].quantity == Decimal(7)
        plant.undo("Li Na", NOW)
        plant.undo("Li Na", NOW)
        assert plant.ledger.activities == ()
        assert plant.undoable == 0, "the plant itself is not undone"
        assert plant.undo("Li Na", NOW) is None
        assert plant.health.sound
        assert [e.number for e in plant.history("activity", "a00001")] == [7, 6, 5, 4, 3, 2]


def test_a_change_that_expects_another_record_changes_nothing(path: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        head = plant.head
        wrong = Change("Li Na", NOW, T("Quantity"), (Step("activity", "a00001", activity(1, "5"), activity(1, "7")),))
        with pytest.raises(UserError, match="a00001"):
            plant.append(wrong)
        assert (plant.head, plant.entries) == (head, 2)
        assert plant.ledger.activities == (activity(1),)


def test_blobs_are_found_by_their_hash_and_belong_to_the_change(path: Path) -> None:
    data = b"%PDF bill"
    digest = hashlib.sha256(data).hexdigest()
    proof = Evidence("e00001", "bill.pdf", "bill", digest, len(data), "application/pdf", ("a00001",))
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1), proof), [data])
        assert plant.blob(digest) == data
        with pytest.raises(UserError):
            plant.blob("0" * 64)


def test_evidence_without_its_bytes_is_refused_by_the_database(path: Path) -> None:
    proof = Evidence("e00001", "bill.pdf", "bill", "ab" * 32, 3)
    with PlantFile.open(path) as plant:
        with pytest.raises(UserError, match="could not be written"):
            plant.append(adding(proof))
        assert plant.ledger.evidence == ()
        assert plant.entries == 1


def test_a_full_disk_changes_nothing_and_says_so(path: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        plant._opened.db.conn.execute("PRAGMA max_page_count=1")
        big = [replace(activity(n), note="x" * 2000) for n in range(2, 400)]
        with pytest.raises(UserError, match="no space left") as caught:
            plant.append(adding(*big))
        assert "Nothing was changed" in caught.value.text("en")
        assert len(plant.ledger.activities) == 1
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        assert len(plant.ledger.activities) == 1


def test_undo_stops_at_a_signed_report(path: Path) -> None:
    audit = Audit("2024", date(2024, 1, 1), date(2024, 12, 31), revision=1, previous="ab" * 32)
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        plant.append(adding(audit))
        plant.append(adding(activity(2)))
        plant.undo("Li Na", NOW)
        assert plant.undo("Li Na", NOW) is None, "what was signed is not taken back"
        assert plant.undoable == 0
        assert plant.ledger.audit(2024) == audit
    with PlantFile.open(path) as plant:
        assert (plant.undoable, plant.redoable) == (0, 4)


def test_a_suspended_file_is_let_go_of_and_comes_back_as_it_was(path: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
        plant.suspend()
        assert plant.suspended and plant.ledger.activities, "what is in memory stays"
        assert [p.name for p in path.parent.iterdir()] == [path.name]
        with pytest.raises(failures("ProgrammingError")):
            plant.journal()
        assert plant.resume() and plant.writable and not plant.suspended
        plant.append(adding(activity(2)))
        assert len(plant.journal()) == 3
    with PlantFile.open(path) as plant:
        assert plant.health.sound and plant.entries == 3


def test_what_changed_meanwhile_has_to_be_opened_anew(path: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.suspend()
        with PlantFile.open(path) as other:
            other.append(adding(activity(1)))
            assert not plant.resume(), "somebody else holds it"
        plant.suspend()
        assert not plant.resume(), "it has another entry now"
