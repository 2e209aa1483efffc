"""Head office's file: every report received, what was decided about it, and the original bytes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from core.i18n import T, Text
from core.ledger import canonical
from core.ledger.codec import read_decimal
from core.ledger.journal import text_from_plain, text_to_plain
from core.store.database import Kept, Kind, create, damaged, open_file, writing
from core.store.health import integrity

if TYPE_CHECKING:
    from sqlite_utils import Database

ACCEPTED, REJECTED, SUPERSEDED = "accepted", "rejected", "superseded"


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


GROUP = Kind(".group", 0x50434147, (version_1,))


@dataclass(frozen=True, slots=True)
class Filed:
    """A received report and what head office found in it."""

    sha256: str
    """Of the PDF as received."""
    name: str
    """File name as received."""
    received: str
    """ISO time in UTC."""
    state: str
    """``accepted``, ``rejected`` or ``superseded`` by a later revision."""
    reasons: tuple[Text, ...] = ()
    """Why it was rejected, or what was noticed."""
    audit_id: str = ""
    revision: int = 0
    package_sha256: str = ""
    plant: str = ""
    country: str = ""
    region: str = ""
    year: int = 0
    totals: Mapping[str, Decimal] | None = None
    """Recalculated tonnes CO2e by scope, with ``avoided``, ``biogenic``."""
    gases: Mapping[str, Decimal] | None = None
    signed_by: tuple[str, ...] = ()
    signed_at: str = ""
    recalculated_equal: bool = False
    rebuilt: str = ""


class GroupFile(Kept):
    """An open group file."""

    def __init__(self, path: Path) -> None:
        super().__init__(open_file(path, GROUP))
        try:
            self.damage = integrity(self._opened.db)
        except sqlite3.DatabaseError as error:
            self._opened.close()
            raise damaged(path, str(error)) from error

    @staticmethod
    def open(path: Path) -> GroupFile:
        """Open the file, or make it when there is none."""
        if not path.exists():
            create(path, GROUP, lambda _: None)
        return GroupFile(path)

    def file(self, filed: Filed, data: bytes) -> None:
        """Keep a received file and the decision; an accepted revision supersedes earlier ones of its audit.

        Raises
        ------
        UserError
            when the file cannot be written or another program holds it.
        """
        if hashlib.sha256(data).hexdigest() != filed.sha256:
            raise ValueError("the hash is not that of the data")
        with writing(self._opened) as db:
            if filed.state == ACCEPTED:
                db.conn.execute(
                    "update filed set state = ? where audit_id = ? and state = ?",
                    (SUPERSEDED, filed.audit_id, ACCEPTED),
                )
            db.conn.execute("insert or ignore into original (sha256, data) values (?, ?)", (filed.sha256, data))
            db.conn.execute(
                "insert or replace into filed (sha256, state, audit_id, revision, year, facts)"
                " values (?, ?, ?, ?, ?, ?)",
                (filed.sha256, filed.state, filed.audit_id, filed.revision, filed.year, _facts(filed)),
            )

    def all(self) -> tuple[Filed, ...]:
        """Everything received, newest first."""
        rows = self._opened.db.conn.execute("select state, facts from filed order by rowid desc")
        return tuple(_filed(state, facts) for state, facts in rows)

    def accepted(self, year: int) -> tuple[Filed, ...]:
        """The reports that count for a year, by plant."""
        sql = "select state, facts from filed where state = ? and year = ?"
        found = (_filed(state, facts) for state, facts in self._opened.db.conn.execute(sql, (ACCEPTED, year)))
        return tuple(sorted(found, key=lambda f: (f.plant, f.audit_id)))

    def years(self) -> tuple[int, ...]:
        """Years with accepted reports."""
        sql = "select distinct year from filed where state = ? order by year"
        return tuple(int(row[0]) for row in self._opened.db.conn.execute(sql, (ACCEPTED,)))

    def latest(self, audit_id: str) -> Filed | None:
        """The accepted report of an audit."""
        sql = "select state, facts from filed where audit_id = ? and state = ?"
        row = self._opened.db.conn.execute(sql, (audit_id, ACCEPTED)).fetchone()
        return _filed(*row) if row else None

    def received(self, sha256: str) -> Filed | None:
        """What was decided about exactly this file before."""
        row = self._opened.db.conn.execute("select state, facts from filed where sha256 = ?", (sha256,)).fetchone()
        return _filed(*row) if row else None

    def original(self, sha256: str) -> bytes:
        """The bytes as received.

        Raises
        ------
        UserError
            when they are missing or altered.
        """
        row = self._opened.db.conn.execute("select data from original where sha256 = ?", (sha256,)).fetchone()
        if row is None or hashlib.sha256(row[0]).hexdigest() != sha256:
            raise UserError(T("The proof {hash} is missing or was altered.", hash=sha256[:12]))
        return bytes(row[0])


def _facts(filed: Filed) -> str:
    plain = asdict(filed)
    del plain["state"]
    plain["reasons"] = [text_to_plain(reason) for reason in filed.reasons]
    plain["totals"] = _numbers(filed.totals)
    plain["gases"] = _numbers(filed.gases)
    return canonical(plain).decode()


def _numbers(values: Mapping[str, Decimal] | None) -> dict[str, str] | None:
    return None if values is None else {key: f"{value:f}" for key, value in values.items()}


def _filed(state: str, facts: str) -> Filed:
    plain = json.loads(facts)
    plain["reasons"] = tuple(text_from_plain(reason) for reason in plain["reasons"])
    plain["signed_by"] = tuple(plain["signed_by"])
    for name in ("totals", "gases"):
        if plain[name] is not None:
            plain[name] = {key: read_decimal(value) for key, value in plain[name].items()}
    return Filed(state=state, **plain)
