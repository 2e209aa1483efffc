"""Tables of the plant file. One function for each version; a released one is never edited."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from core.store.header import Kind

if TYPE_CHECKING:
    from sqlite_utils import Database


def version_1(db: Database) -> None:
    """Journal, records as they are now, blobs by hash."""
    db.table("journal").create(
        {"number": int, "previous": str, "hash": str, "change": str},
        pk="number",
        not_null={"previous", "hash", "change"},
    )
    db.table("blob").create({"sha256": str, "size": int, "data": bytes}, pk="sha256", not_null={"size", "data"})
    db.table("record").create(
        {"kind": str, "id": str, "data": str, "changed_by": int, "blob": str},
        pk=("kind", "id"),
        not_null={"data", "changed_by"},
        foreign_keys=[("changed_by", "journal", "number"), ("blob", "blob", "sha256")],
    )


def version_2(db: Database) -> None:
    """Which entries touched which record, so that the history of one record opens at once."""
    db.table("touched").create(
        {"kind": str, "id": str, "number": int},
        pk=("kind", "id", "number"),
        foreign_keys=[("number", "journal", "number")],
    )
    rows = [
        (step["kind"], step["id"], number)
        for number, change in db.conn.execute("select number, change from journal").fetchall()
        for step in json.loads(change)["steps"]
    ]
    db.conn.executemany("insert or ignore into touched (kind, id, number) values (?, ?, ?)", rows)


def version_3(db: Database) -> None:
    """Entries that merges brought from other copies, word by word, each after those that it names."""
    db.table("side").create(
        {"merge": int, "place": int, "number": int, "previous": str, "hash": str, "change": str},
        pk=("merge", "place"),
        not_null={"number", "previous", "hash", "change"},
        foreign_keys=[("merge", "journal", "number")],
    )
    db.table("side").create_index(["hash"], unique=True)


PLANT = Kind(".plant", 0x50434131, (version_1, version_2, version_3))
