"""Who made or changed a record, as the journal of a plant file tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from core.audit.authors import CORRECTION
from core.blob import Content, sha256_of_content
from core.ledger import Correction
from core.ledger.merging_past import Past
from core.store.connection import Connection


class JournalAuthors:
    """Answers by kind and id of a record; reads of each entry no more than its author, and that once."""

    def __init__(self, db: Connection, corrections: Iterable[Correction]) -> None:
        self._db, self._corrections = db, corrections
        self._who: dict[int, str] = {}

    def __call__(self, kind: str, key: str) -> frozenset[str]:
        if kind == CORRECTION:
            return frozenset(one.who for one in self._corrections if one.finding == key)
        sql = "select distinct number from touched where kind = ?" + (" and id = ?" if key else "")
        rows = self._db.conn.execute(sql, (kind, key) if key else (kind,))
        return frozenset(self._author(number) for (number,) in rows.fetchall())

    def _author(self, number: int) -> str:
        if number not in self._who:
            sql = "select json_extract(change, '$.who') from journal where number = ?"
            self._who[number] = str(self._db.conn.execute(sql, (number,)).fetchone()[0])
        return self._who[number]


class MergedAuthors:
    """The same of a file that copies were merged into: those who worked on another copy count as well."""

    def __init__(self, past: Callable[[], Past], corrections: Callable[[], Iterable[Correction]]) -> None:
        self._past, self._corrections = past, corrections

    def __call__(self, kind: str, key: str) -> frozenset[str]:
        if kind == CORRECTION:
            return frozenset(one.who for one in self._corrections() if one.finding == key)
        return self._past().authors(kind, key)


def kept_or_brought(kept: Callable[[str], bytes], blobs: Sequence[Content]) -> Callable[[str], bytes]:
    """Reads blobs that are kept, and those that a change brings."""

    def read(sha256: str) -> bytes:
        brought = next((one for one in blobs if sha256_of_content(one) == sha256), None)
        if brought is None:
            return kept(sha256)
        return brought if isinstance(brought, bytes) else b"".join(brought.pieces())

    return read
