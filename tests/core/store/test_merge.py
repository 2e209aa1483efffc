"""Two laptops on one plant: a colleague's copy joins as one change, both histories stay, nothing of it is believed."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from core.errors import UserError
from core.i18n import T
from core.ledger import AuditFinding, Change, Evidence, Meter, Plant, Record, RiskAssessment, Step, kind_of
from core.store import Found, PlantFile, look, merging
from core.store.connecting import connect
from tests.core.store.conftest import NOW, activity, adding

BILL = b"%PDF bill"


def proof(key: str, data: bytes, *activities: str) -> Evidence:
    return Evidence(key, f"{key}.pdf", "bill", hashlib.sha256(data).hexdigest(), len(data), activities=activities)


def put(plant: PlantFile, record: Record, who: str = "Li Na", because: str = "") -> None:
    """Make or change a record."""
    step = Step(kind_of(record), record.id, plant.ledger.get(kind_of(record), record.id), record)
    plant.append(Change(who, NOW, T("Edit"), (step,), because=because))


@pytest.fixture
def other(path: Path) -> Path:
    """The colleague's copy of a file that has one bill."""
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(1)))
    copy = path.with_name("colleague.plant")
    shutil.copy(path, copy)
    return copy


def kept(path: Path) -> list[str]:
    """Everything in a file."""
    with closing(connect(path, read_only=True)) as db:
        tables = db.conn.execute("select name, sql from sqlite_schema order by name").fetchall()
        rows = [db.conn.execute(f'select * from "{name}"').fetchall() for name, sql in tables if "TABLE" in str(sql)]
    return [*map(str, tables), *map(str, rows)]


def spoil(path: Path, sql: str) -> None:
    """Change a file behind the program's back."""
    with closing(connect(path, read_only=False)) as db:
        db.conn.execute("PRAGMA foreign_keys=OFF")
        db.conn.execute(sql)
        db.conn.commit()
        db.conn.execute("PRAGMA journal_mode=DELETE").fetchall()


def merge(path: Path, other: Path, answers: dict[tuple[str, str, str], str] | None = None, who: str = "Li Na") -> Found:
    """Look and confirm."""
    with PlantFile.open(path) as plant, look(plant.path, plant.ledger, other) as found:
        pending = merging(plant, found, answers or {}, who, NOW)
        pending.write_apart()
        plant.happened(pending)
        return found


def test_what_each_copy_added_is_there_after_merging_and_after_opening_again(path: Path, other: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(2)))
    with PlantFile.open(other) as plant:
        plant.append(adding(activity(3), proof("e00001", BILL, "a00001", "a00003")), [BILL])
    before = other.read_bytes()
    found = merge(path, other)
    assert found.comparison.people == {"Li Na": 1}
    assert other.read_bytes() == before
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        assert [one.id for one in plant.ledger.activities] == ["a00001", "a00002", "a00003"]
        assert plant.blob(hashlib.sha256(BILL).hexdigest()) == BILL
        assert plant.entries == 4
        merged = plant.entry(4).change.merges
        assert merged is not None and merged.entries == 1


def test_both_histories_stay_and_are_shown_beside_each_other(path: Path, other: Path) -> None:
    with PlantFile.open(path) as plant:
        put(plant, replace(activity(1), note="seen"))
    with PlantFile.open(other) as plant:
        put(plant, replace(activity(1), evidence="B 7"), "Wang Wu")
    merge(path, other)
    with PlantFile.open(path) as plant:
        history = plant.history("activity", "a00001")
        assert [(e.number, e.merge, e.change.who) for e in history] == [
            (4, 0, "Li Na"),
            (3, 4, "Wang Wu"),
            (3, 0, "Li Na"),
            (2, 0, "Li Na"),
        ]
        assert plant.ledger.activities == (replace(activity(1), note="seen", evidence="B 7"),)


def test_a_record_that_got_another_id_keeps_its_history(path: Path, other: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(2, "5")))
    with PlantFile.open(other) as plant:
        plant.append(adding(activity(2, "6"), proof("e00001", BILL, "a00002")), [BILL])
        put(plant, activity(2, "7"), "Wang Wu")
    merge(path, other)
    with PlantFile.open(path) as plant:
        ids = {one.quantity: one.id for one in plant.ledger.activities}
        assert sorted(ids) == [5, 7, 100]
        assert {"a00002"} < {ids[Decimal(5)], ids[Decimal(7)]}
        assert plant.ledger.evidence[0].activities == (ids[Decimal(7)],)
        theirs = plant.history("activity", ids[Decimal(7)])
        assert [e.change.who for e in theirs] == ["Li Na", "Wang Wu", "Li Na"]
        changed = next(s for s in theirs[1].change.steps if s.before is not None)
        assert (changed.id, changed.before and changed.before.id) == (ids[Decimal(7)], ids[Decimal(7)])
        assert plant.health.sound


def test_nothing_changes_while_something_is_undecided(path: Path, other: Path) -> None:
    with PlantFile.open(path) as plant:
        put(plant, activity(1, "5"))
    with PlantFile.open(other) as plant:
        put(plant, activity(1, "6"), "Wang Wu")
    before = kept(path)
    with pytest.raises(UserError, match="nobody decided"):
        merge(path, other)
    assert kept(path) == before
    with PlantFile.open(path) as plant, look(path, plant.ledger, other) as found:
        (conflict,) = found.comparison.conflicts
        assert (conflict.key, conflict.fields) == (("activity", "a00001", "quantity"), ("quantity",))
        assert conflict.theirs_by == ("Wang Wu", NOW)
    merge(path, other, {conflict.key: "theirs"})
    with PlantFile.open(path) as plant:
        assert plant.ledger.activities == (activity(1, "6"),)
        decided = plant.entry(plant.entries).change.merges
        assert decided is not None and [one.taken for one in decided.decisions] == ["theirs"]


def test_merging_twice_and_merging_back_change_nothing(path: Path, other: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(2)))
    with PlantFile.open(other) as plant:
        plant.append(adding(activity(3)))
    merge(path, other)
    with pytest.raises(UserError, match="holds nothing"):
        merge(path, other)
    merge(other, path, who="Wang Wu")
    with pytest.raises(UserError, match="holds nothing"):
        merge(path, other)
    with PlantFile.open(path) as one, PlantFile.open(other) as two:
        assert one.ledger == two.ledger
        assert one.health.sound and two.health.sound


def test_undo_stops_at_a_merge(path: Path, other: Path) -> None:
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(2)))
    with PlantFile.open(other) as plant:
        plant.append(adding(activity(3)))
    merge(path, other)
    with PlantFile.open(path) as plant:
        assert plant.undoable == 0
        plant.append(adding(activity(4)))
        assert plant.undo("Li Na", NOW) is not None
        assert plant.undo("Li Na", NOW) is None


def test_a_chain_of_three_copies_keeps_all_histories(path: Path, other: Path) -> None:
    third = path.with_name("third.plant")
    shutil.copy(path, third)
    for number, (file, who) in enumerate(((path, "A"), (other, "B"), (third, "C")), 2):
        with PlantFile.open(file) as plant:
            put(plant, activity(number), who)
    merge(other, third, who="B")
    merge(path, other, who="A")
    with PlantFile.open(path) as plant:
        assert plant.health.sound
        assert [one.id for one in plant.ledger.activities] == ["a00001", "a00002", "a00003", "a00004"]
        assert [e.change.who for e in plant.history("activity", "a00004")] == ["A", "B", "C"]
        assert plant.authors("activity", "a00004") == {"C"}, "who merges is not who entered it"


def test_corrections_of_the_other_copy_are_corrections(path: Path, other: Path) -> None:
    with PlantFile.open(other) as plant:
        finding = AuditFinding("fi00001", 2024, "misstatement", "Wrong by 10", "", NOW.date(), "pe00001")
        put(plant, finding)
        put(plant, activity(1, "10"), "Wang Wu", because="fi00001")
    merge(path, other)
    with PlantFile.open(path) as plant:
        (one,) = plant.corrections
        assert (one.kind, one.id, one.finding, one.who, one.entry) == ("activity", "a00001", "fi00001", "Wang Wu", 0)
        assert one.before == activity(1)
        assert plant.authors("correction", "fi00001") == {"Wang Wu"}


def test_a_file_that_is_no_copy_is_refused(path: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.plant"
    PlantFile.create(stranger, Plant("Valley", "CN"), "Li Na", NOW)
    with pytest.raises(UserError, match="not two copies of one plant"):
        merge(path, stranger)
    with pytest.raises(UserError, match="the file that is open"):
        merge(path, path)


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        (
            "update journal set change = replace(change, 'Li Na', 'Wang Wu') where number = 3",
            "chain is broken at entry 3",
        ),
        ("delete from journal where number = 2", "reports damage"),
        ("""update record set data = replace(data, '"100"', '"1"') where id = 'a00001'""", "differ from the journal"),
        ("create view v as select 1", "damaged"),
        ("create trigger t after insert on blob begin select 1; end", "damaged"),
        ("PRAGMA user_version=99", "newer version"),
    ],
)
def test_a_copy_that_does_not_hold_is_refused(path: Path, other: Path, sql: str, why: str) -> None:
    with PlantFile.open(other) as plant:
        plant.append(adding(activity(3)))
    spoil(other, sql)
    before = kept(path), other.read_bytes()
    with pytest.raises(UserError, match=why):
        merge(path, other)
    assert (kept(path), other.read_bytes()) == before


def test_a_copy_with_words_that_nobody_knows_is_refused(path: Path, other: Path) -> None:
    with PlantFile.open(other) as plant:
        plant.append(adding(RiskAssessment("2024:Boiler", 2024, "Boiler", "enormous", "low", "")))
    with pytest.raises(UserError, match="“enormous” is nothing that inherent can be"):
        merge(path, other)


def test_an_altered_blob_of_the_copy_is_refused_and_nothing_is_kept(path: Path, other: Path) -> None:
    with PlantFile.open(other) as plant:
        plant.append(adding(proof("e00001", BILL)), [BILL])
    spoil(other, "update blob set data = x'00'")
    with pytest.raises(UserError, match="missing or was altered"):
        merge(path, other)
    with PlantFile.open(path) as plant:
        assert (plant.entries, plant.ledger.evidence) == (2, ())


@pytest.mark.parametrize("version", [1, 2])
def test_a_copy_of_an_older_version_is_read_and_never_touched(tmp_path: Path, version: int) -> None:
    data = Path(__file__).parents[2] / "data" / "versions" / "0-store" / f"version{version}.plant"
    path, old = tmp_path / "ours.plant", tmp_path / "old.plant"
    shutil.copy(data, path)
    shutil.copy(data, old)
    before = old.read_bytes()
    with PlantFile.open(path) as plant:
        plant.append(adding(activity(9)))
    with pytest.raises(UserError, match="holds nothing"):
        merge(path, old)
    assert old.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir() if p.suffix != ".plant"] == []


def test_a_real_file_of_version_2_opens_with_its_whole_history(tmp_path: Path) -> None:
    path = tmp_path / "version2.plant"
    shutil.copy(Path(__file__).parents[2] / "data" / "versions" / "0-store" / "version2.plant", path)
    with PlantFile.open(path) as plant:
        assert plant.backup is not None and plant.health.sound
        assert plant.head == "c8daa07162edfd71fcd325054df071638e45971fe16c4c5059fd3403f366ecaa"
        assert [e.number for e in plant.history("activity", "a00001")] == [6, 5, 4, 2]
        assert plant.blob(plant.ledger.evidence[0].sha256) == b"%PDF a bill"
        assert plant.undoable == 4
    with PlantFile.open(path) as plant:
        assert plant.backup is None and plant.health.sound


@pytest.fixture
def merged(path: Path, other: Path) -> Path:
    """A file into which two entries of a copy were merged by its entry 3."""
    with PlantFile.open(other) as plant:
        put(plant, activity(1, "6"), "Wang Wu")
        put(plant, activity(1, "7"), "Wang Wu")
    merge(path, other)
    return path


@pytest.mark.parametrize(
    "sql",
    [
        "update side set change = replace(change, 'Wang Wu', 'Li Na') where place = 0",
        "update side set hash = upper(hash) where place = 1",
        "update side set number = 9 where place = 1",
        "update side set previous = hash where place = 0",
        "delete from side where place = 1",
        "delete from side where place = 0",
        "delete from side",
        "insert into side select merge, 2, number, previous, 'x', change from side where place = 1",
    ],
)
def test_a_tampered_history_of_a_merged_copy_is_named(merged: Path, tamper: Callable[[str], None], sql: str) -> None:
    with PlantFile.open(merged) as plant:
        assert plant.health.sound
    tamper(sql)
    with PlantFile.open(merged) as plant:
        assert plant.health.side_altered_at == 3
        assert not plant.health.sound
        assert any("merged history of entry 3 was altered" in str(p) for p in plant.health.problems())
        assert plant.ledger.activities == (activity(1, "7"),), "the journal itself still holds"


def test_a_merge_that_is_cancelled_leaves_nothing(path: Path, other: Path) -> None:
    with PlantFile.open(other) as plant:
        plant.append(adding(proof("e00001", BILL)), [BILL])
    with PlantFile.open(path) as plant, look(path, plant.ledger, other) as found:
        pending = merging(plant, found, {}, "Li Na", NOW)

        def stop(_done: int) -> None:
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            pending.write_apart(stop)
    with PlantFile.open(path) as plant:
        assert plant.entries == 2 and plant.health.sound
        assert plant._opened.db.conn.execute("select count(*) from blob").fetchone() == (0,)


def test_a_file_that_changed_meanwhile_is_compared_again(path: Path, other: Path) -> None:
    with PlantFile.open(other) as plant:
        plant.append(adding(activity(3)))
    with PlantFile.open(path) as plant, look(path, plant.ledger, other) as found:
        plant.append(adding(activity(2)))
        with pytest.raises(UserError, match="changed after"):
            merging(plant, found, {}, "Li Na", NOW)


def test_interval_data_of_two_laptops_join_by_months(path: Path, other: Path) -> None:
    from core.series.keep import intervals_of
    from core.series.metered import Metered
    from tests.core.series.store import SHANGHAI, series, utc
    from tests.core.series.store import Meter as Kept

    meter = Meter("m00001", "Main", "electricity", "import", "kWh")
    for file, month in ((path, 3), (other, 4)):
        kept = Kept(SHANGHAI)
        merged = kept.merge(series(utc(2024, month, 15), 3600, 1.0, float(month)))
        record = intervals_of("m00001", merged, [])
        with PlantFile.open(file) as plant:
            plant.append(adding(meter, record), merged.blobs)
    merge(path, other)
    merge(other, path)
    with PlantFile.open(path) as one, PlantFile.open(other) as two:
        assert one.ledger == two.ledger
        assert one.health.sound and two.health.sound
        for plant in (one, two):
            index = Metered(plant.ledger, plant.blob).index("m00001")
            assert index is not None and index.present == 4
            assert len(plant.blobs(index.hashes)) == 2
