"""Head office's file: every report received and what was decided about it, and what head office itself says."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from core.blob import Content, Watch
from core.errors import UserError
from core.i18n import T
from core.ledger import Change, Decision, Entry, Register, from_plain, undo_target
from core.store import schema
from core.store.blobs import put_blobs
from core.store.connection import Connection, blob_at, failures, unreadable
from core.store.database import create, open_file
from core.store.filed import ACCEPTED, HELD, REJECTED, SUPERSEDED, Filed, Marking, facts_of, filed_from
from core.store.header import Kind
from core.store.health import Health, Mark, check_chain, check_records, integrity, replay
from core.store.journaled import Journaled, head_of, records_of
from core.store.lending import again
from core.store.opened import writing
from core.store.reading import asks
from core.store.sealing import seal, write_sealed
from core.store.trouble import damaged

if TYPE_CHECKING:
    from sqlite_utils import Database

_COLUMNS = "select state, facts from filed"
_PART = "select data from part where sha256 = ? and name = ?"


def version_1(db: Database) -> None:
    """Received files with the decision, and their bytes."""
    db.table("original").create({"sha256": str, "data": bytes}, pk="sha256", not_null={"data"})
    db.table("filed").create(
        {"sha256": str, "state": str, "audit_id": str, "revision": int, "year": int, "facts": str},
        pk="sha256",
        not_null={"state", "facts"},
        foreign_keys=[("sha256", "original", "sha256")],
    )
    db.table("filed").create_index(["audit_id", "revision"])


def version_2(db: Database) -> None:
    """What head office itself says, with its journal; and beside each report its lines and what may exist only once."""
    schema.version_1(db)
    schema.version_2(db)
    db.table("part").create(
        {"sha256": str, "name": str, "data": bytes},
        pk=("sha256", "name"),
        not_null={"data"},
        foreign_keys=[("sha256", "filed", "sha256")],
    )
    db.table("marking").create(
        {"kind": str, "value": str, "sha256": str, "label": str, "amount": str},
        pk=("kind", "value", "sha256", "label"),
        foreign_keys=[("sha256", "filed", "sha256")],
    )
    db.table("marking").create_index(["sha256"])


GROUP = Kind(".group", 0x50434147, (version_1, version_2))


class GroupFile(Journaled):
    """An open group file."""

    kind = GROUP

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        super().__init__(open_file(path, GROUP, read_only=read_only))
        try:
            self._load()
        except unreadable("DatabaseError", UserError) as error:
            self._opened.abandon()
            if isinstance(error, UserError):
                raise
            raise damaged(path, str(error)[:200]) from error

    def _load(self) -> None:
        db = self._opened.db
        rows = db.conn.execute("select number, previous, hash, change from journal order by number").fetchall()
        records = records_of(db)
        state, self._marks, _ = replay((number, change) for number, _, _, change in rows)
        self.health = Health(integrity(db), check_chain(rows), check_records(state, records))
        self.register = Register.of(from_plain(kind, plain) for kind, _, plain in records)
        self._head = head_of(db)

    @staticmethod
    def open(path: Path, *, read_only: bool = False) -> GroupFile:
        """Open the file, or make it when there is none. ``read_only`` leaves the right to write to somebody else."""
        if not path.exists():
            create(path, GROUP, lambda _: None)
        return GroupFile(path, read_only=read_only)

    # ------------------------------------------------------------------ what head office says

    def append(self, change: Change, blobs: Iterable[Content] = (), watch: Watch | None = None) -> Entry:
        """Confirm a change of the register: records, journal entry and new blobs in one transaction.

        A decision about a held report takes effect in the same transaction.

        Raises
        ------
        UserError
            when the file is read-only, the disk refuses, or a record is not what the change expected.
        """
        after = self.register.apply(change.steps)
        sealed = seal(self.entries + 1, change, self._head)
        with writing(self._opened) as db:
            put_blobs(db, blobs, watch)
            write_sealed(db, sealed)
            for step in change.steps:
                if isinstance(step.after, Decision):
                    _decide(db, step.after)
        entry = sealed.entry
        self.register, self._head = after, entry.hash
        self._marks.append(Mark(entry.number, change.undoes, change.redoes, entry.final))
        return entry

    @property
    def undoable(self) -> int:
        """Number of the entry undo would take back; 0: none. Nothing is there from the beginning, so the first too."""
        return undo_target(self._marks)

    # ------------------------------------------------------------------ reports

    def file(
        self, filed: Filed, data: bytes, parts: Mapping[str, bytes] | None = None, markings: Iterable[Marking] = ()
    ) -> None:
        """Keep a received file, the decision, and what was taken out of it; all of it or nothing.

        An accepted revision supersedes earlier ones of its audit.

        Raises
        ------
        UserError
            when the file cannot be written or another program holds it.
        """
        if hashlib.sha256(data).hexdigest() != filed.sha256:
            raise ValueError("the hash is not that of the data")
        with writing(self._opened) as db:
            if filed.state == ACCEPTED:
                _supersede(db, filed.audit_id)
            db.conn.execute("insert or ignore into original (sha256, data) values (?, ?)", (filed.sha256, data))
            db.conn.execute(
                "insert into filed (sha256, state, audit_id, revision, year, facts) values (?, ?, ?, ?, ?, ?)"
                " on conflict (sha256) do update set state = excluded.state, audit_id = excluded.audit_id,"
                " revision = excluded.revision, year = excluded.year, facts = excluded.facts",
                (filed.sha256, filed.state, filed.audit_id, filed.revision, filed.year, facts_of(filed)),
            )
            for table in ("part", "marking"):
                db.conn.execute(f"delete from {table} where sha256 = ?", (filed.sha256,))
            db.conn.executemany(
                "insert into part (sha256, name, data) values (?, ?, ?)",
                [(filed.sha256, name, part) for name, part in (parts or {}).items()],
            )
            db.conn.executemany(
                "insert or ignore into marking (kind, value, sha256, label, amount) values (?, ?, ?, ?, ?)",
                [(m.kind, m.value, filed.sha256, m.label, m.amount) for m in markings],
            )

    @asks
    def all(self, year: int | None = None) -> tuple[Filed, ...]:
        """Everything received, or what is about a year, newest first."""
        sql = f"{_COLUMNS} where ?1 is null or year = ?1 order by rowid desc"
        rows = self._opened.db.conn.execute(sql, (year,))
        return tuple(filed_from(state, facts) for state, facts in rows)

    @asks
    def accepted(self, year: int) -> tuple[Filed, ...]:
        """The reports that count for a year, by plant."""
        rows = self._opened.db.conn.execute(f"{_COLUMNS} where state = ? and year = ?", (ACCEPTED, year))
        return tuple(sorted((filed_from(*row) for row in rows), key=lambda f: (f.plant, f.audit_id)))

    @asks
    def years(self) -> tuple[int, ...]:
        """Years with accepted reports."""
        sql = "select distinct year from filed where state = ? order by year"
        return tuple(int(row[0]) for row in self._opened.db.conn.execute(sql, (ACCEPTED,)))

    @asks
    def latest(self, audit_id: str) -> Filed | None:
        """The accepted report of an audit."""
        sql = f"{_COLUMNS} where audit_id = ? and state = ?"
        row = self._opened.db.conn.execute(sql, (audit_id, ACCEPTED)).fetchone()
        return filed_from(*row) if row else None

    @asks
    def received(self, sha256: str) -> Filed | None:
        """What was decided about exactly this file before."""
        row = self._opened.db.conn.execute(f"{_COLUMNS} where sha256 = ?", (sha256,)).fetchone()
        return filed_from(*row) if row else None

    @asks
    def original(self, sha256: str) -> bytes:
        """The bytes as received.

        Raises
        ------
        UserError
            when they are missing or altered.
        """
        row = self._opened.db.conn.execute("select data from original where sha256 = ?", (sha256,)).fetchone()
        if row is None or hashlib.sha256(_bytes_in(row[0])).hexdigest() != sha256:
            raise UserError(
                T("The proof {hash} is missing or was altered.", hash=sha256[:12]),
                T("Take it from a copy of the file in which it is whole."),
            )
        return bytes(row[0])

    @asks
    def part(self, sha256: str, name: str) -> bytes | None:
        """What was taken out of a report when it was judged, e.g. its ``lines``; None when nothing was."""
        row = self._opened.db.conn.execute(_PART, (sha256, name)).fetchone()
        return _bytes_in(row[0]) if row else None

    @asks
    def part_front(self, sha256: str, name: str, size: int) -> bytes | None:
        """The first bytes of a part, of which no more is read from the disk; None when nothing was taken out."""
        conn = self._opened.db.conn
        row = conn.execute("select rowid from part where sha256 = ? and name = ?", (sha256, name)).fetchone()
        if row is None:
            return None
        with blob_at(conn, "part", row[0], read_only=True) as blob:
            return blob.read(size)

    def part_later(self, sha256: str, name: str) -> Callable[[], bytes]:
        """What gives a part whenever it is asked for, on any thread and after this file was closed."""

        def read() -> bytes:
            try:
                found = self.part(sha256, name)
            except failures("ProgrammingError"):  # closed, or of another thread
                found = _part_of(self.path, sha256, name)
            if found is None:
                raise UserError(T("No report {hash} was filed.", hash=sha256[:12]), T("Look into the list of reports."))
            return found

        return read

    @asks
    def having(self, name: str) -> frozenset[str]:
        """Hashes of the reports beside which something is kept under a name."""
        rows = self._opened.db.conn.execute("select sha256 from part where name = ?", (name,))
        return frozenset(str(row[0]) for row in rows)

    def keep_part(self, sha256: str, name: str, data: bytes) -> None:
        """Keep something more beside a report that was filed, or in place of what stood there under this name.

        Raises
        ------
        UserError
            when no such report was filed, or the file cannot be written.
        """
        if self.received(sha256) is None:
            raise UserError(T("No report {hash} was filed.", hash=sha256[:12]), T("Look into the list of reports."))
        with writing(self._opened) as db:
            db.conn.execute("insert or replace into part (sha256, name, data) values (?, ?, ?)", (sha256, name, data))

    @asks
    def repeated(self) -> tuple[tuple[Marking, Filed], ...]:
        """What more than one accepted or held report names: certificates, contracts, meters, proofs."""
        counts = "select m.kind, m.value from marking m join filed f using (sha256) where f.state in (?, ?)"
        sql = (
            "select m.kind, m.value, m.label, m.amount, f.state, f.facts from marking m join filed f using (sha256)"
            f" where f.state in (?, ?) and (m.kind, m.value) in ({counts} group by m.kind, m.value"
            " having count(distinct f.audit_id) > 1) order by m.kind, m.value, f.sha256, m.label"
        )
        rows = self._opened.db.conn.execute(sql, (ACCEPTED, HELD) * 2)
        return tuple((Marking(*row[:4]), filed_from(*row[4:])) for row in rows)

    @asks
    def marked(self, kind: str, *, several: bool = False) -> tuple[tuple[Marking, str], ...]:
        """What accepted and held reports name of one kind, each with the SHA-256 of its report.

        With ``several`` only what reports of more than one audit name alike.
        """
        sql = (
            "select m.kind, m.value, m.label, m.amount, m.sha256 from marking m join filed f using (sha256)"
            " where f.state in (?, ?) and m.kind = ?"
        )
        if several:
            sql += (
                " and m.value in (select n.value from marking n join filed g using (sha256)"
                " where g.state in (?, ?) and n.kind = ? group by n.value having count(distinct g.audit_id) > 1)"
            )
        rows = self._opened.db.conn.execute(sql, (ACCEPTED, HELD, kind) * (2 if several else 1))
        return tuple((Marking(*row[:4]), str(row[4])) for row in rows)

    @asks
    def holders(self, kind: str, value: str) -> tuple[tuple[Marking, Filed], ...]:
        """Accepted or held reports that name one thing, e.g. a certificate by its serial number."""
        sql = (
            "select m.kind, m.value, m.label, m.amount, f.state, f.facts from marking m join filed f using (sha256)"
            " where f.state in (?, ?) and m.kind = ? and m.value = ? order by f.sha256, m.label"
        )
        rows = self._opened.db.conn.execute(sql, (ACCEPTED, HELD, kind, value))
        return tuple((Marking(*row[:4]), filed_from(*row[4:])) for row in rows)


def _part_of(path: Path, sha256: str, name: str) -> bytes | None:
    with again(path, lambda path: open_file(path, GROUP, read_only=True)) as opened:
        row = opened.db.conn.execute(_PART, (sha256, name)).fetchone()
    return _bytes_in(row[0]) if row else None


def _bytes_in(value: object) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError("bytes were altered")
    return value


def _supersede(db: Connection, audit_id: str) -> None:
    db.conn.execute("update filed set state = ? where audit_id = ? and state = ?", (SUPERSEDED, audit_id, ACCEPTED))


def _decide(db: Connection, decision: Decision) -> None:
    row = db.conn.execute("select state, audit_id from filed where sha256 = ?", (decision.id,)).fetchone()
    if row is None or row[0] != HELD:
        raise UserError(
            T("Only a report that is held can be decided about."), T("Look at it again; it may have been decided.")
        )
    if decision.verdict not in (ACCEPTED, REJECTED):
        raise ValueError("verdict")
    if decision.verdict == ACCEPTED:
        _supersede(db, row[1])
    db.conn.execute("update filed set state = ? where sha256 = ?", (decision.verdict, decision.id))
