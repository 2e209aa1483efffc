"""A published list of smelters, which the user downloaded as csv or xlsx: columns by their headings."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from core.errors import UserError
from core.exchange.ids import next_ids
from core.exchange.key_figures import TableChange
from core.exchange.minerals.keeping import kept_file
from core.exchange.tables import Field, Refused, read_records
from core.i18n import Name, T, verbatim
from core.ledger import Evidence, Ledger, SmelterList, Step
from core.ledger.filing import Records
from core.minerals.smelters import ID
from core.minerals.words import ACTIVE, CONFORMANT, mineral_of, plain

FIELDS = (
    Field("id", Name("Smelter ID", "冶炼厂识别号"), aliases=(
        "smelter id number", "cid", "rmi smelter id", "rmi id", "facility id", "smelter identification",
        "smelter identification number", "smelter number", "id",
        "冶炼厂编号", "冶炼厂ID", "冶炼厂识别", "识别号", "编号",
    )),
    Field("mineral", Name("Mineral", "矿产"), aliases=(
        "metal", "minerals", "metals", "mineral type", "commodity", "material", "金属", "矿种", "矿物", "矿产种类",
    )),
    Field("name", Name("Name", "名称"), aliases=(
        "smelter name", "standard smelter name", "standard facility name", "facility name", "smelter", "facility",
        "refiner name", "company name", "冶炼厂名称", "标准冶炼厂名称", "工厂名称", "企业名称",
    )),
    Field("country", Name("Country", "国家"), aliases=(
        "smelter country", "facility location", "country location", "location", "smelter facility location country",
        "facility location country", "country of location", "country or area",
        "国家或地区", "所在国家", "所在国家或地区", "冶炼厂所在国家或地区",
    )),
    Field("standing", Name("Standing", "状态"), aliases=(
        "status", "assessment status", "conformance status", "rmap status", "rmap assessment status", "audit status",
        "conformity", "compliance status", "conformant or active",
        "审核状态", "合规状态", "认证状态", "评估状态", "结果",
    )),
)  # fmt: skip
MOST = 50_000
"""Smelters of a list."""


@dataclass(frozen=True, slots=True)
class FoundList:
    """A list as it was understood."""

    list: SmelterList
    """Without id."""
    refused: tuple[Refused, ...]
    passed: int
    """Rows without a smelter, such as a line below the table."""
    ignored: tuple[str, ...]
    """Headings that mean nothing here."""
    already: SmelterList | None
    """The list that was taken up from the very same file."""
    name: str
    sha256: str
    media_type: str
    data: bytes = field(repr=False)


def read_smelter_list(
    source: Path | bytes, records: Records, day: date, name: str = "", title: str = "", standing: str = ""
) -> FoundList:
    """A list of smelters with what is published about each.

    Parameters
    ----------
    source
        the file or its bytes, csv or xlsx.
    records
        of a plant or of head office.
    day
        on which the list was published or downloaded.
    name
        file name as received; empty: that of the path.
    title
        what the list is called; a newer list of the same title replaces it. Empty: the file name without its ending.
    standing
        of all smelters of a list that has no column for it; empty: as the name of the file says.

    Raises
    ------
    UserError
        when the file cannot be read, has no column with the numbers of smelters, or says the standing of none.
    """
    taker = _Taker()
    found = read_records(source, FIELDS, taker.take, Ledger(), name)
    if not taker.ids:
        raise UserError(
            T("The file lacks the column “{column}”.", column=FIELDS[0].name),
            T("Give the columns these headings: {columns}.", columns=[one.name for one in FIELDS]),
        )
    usual = standing or _standing_in(found.name)
    if not taker.standings and not usual:
        raise UserError(
            T("The list does not say which standing its smelters have."),
            T("Add a column “{column}”, or say it for all of them: conformant or active.", column=FIELDS[4].name),
        )
    rows = dict.fromkeys((*row[:4], row[4] or usual) for _, row in found.rows if row[0])
    if len(rows) > MOST:
        raise UserError(
            T("The list has more than {most} smelters.", most=f"{MOST:,}"), T("Split it into several files.")
        )
    digest = hashlib.sha256(found.data).hexdigest()
    listed = SmelterList("", title.strip() or PurePath(found.name).stem, day, smelters=tuple(rows))
    return FoundList(
        listed, found.refused, sum(not row[0] for _, row in found.rows), found.ignored, _taken(records, digest),
        found.name, digest, found.media_type, found.data,
    )  # fmt: skip


@dataclass
class _Taker:
    """Rows one after the other; remembers which columns said anything."""

    ids: int = 0
    standings: int = 0

    def take(self, said: Mapping[str, Any]) -> tuple[str, ...]:
        row = tuple(str(said.get(one.key, "")).strip() for one in FIELDS)
        key = row[0].upper()
        if not ID.fullmatch(key):
            if key and (row[1] or row[2]):
                raise UserError(
                    T("“{text}” is no number of a smelter.", text=verbatim(row[0][:40])),
                    T("Write it like CID000000, or delete the row."),
                )
            return ("",) * len(FIELDS)
        self.ids += 1
        self.standings += bool(row[4])
        return (key, mineral_of(row[1]), *row[2:])


def _standing_in(name: str) -> str:
    """Of a list that a file name calls the conformant or the active one."""
    words = plain(PurePath(name).stem).split()
    if "non" in words or "not" in words:
        return ""
    return next((one for one in (CONFORMANT, ACTIVE) if one in words), "")


def _taken(records: Records, digest: str) -> SmelterList | None:
    kept = {one.id for one in records.held(Evidence) if one.sha256 == digest}
    return next((one for one in records.held(SmelterList) if kept.intersection(one.evidence)), None)


def taking_up_list(found: FoundList, records: Records, source: str = "") -> TableChange:
    """The one change that takes a list up; the file is kept as it came.

    Raises
    ------
    UserError
        when a row was refused, none is there, or the very same file was taken up before.
    """
    name = verbatim(found.name)
    held = _taken(records, found.sha256)
    if held is not None:
        raise UserError(
            T("“{name}” was already taken up, as {id}.", name=name, id=held.id),
            T("Nothing needs to be done. To take it up again, remove that list first."),
        )
    if found.refused:
        raise UserError(
            T("“{name}” was not imported: {count} rows are refused. {first}", name=name,
              count=len({one.row for one in found.refused}), first=found.refused[0].message),
            T("Correct the rows in the file and import it again; nothing was changed."),
        )  # fmt: skip
    key, file = kept_file(records, found.name, found.sha256, len(found.data), found.media_type)
    own = next_ids(records, 1, "smelter_list")[0]
    listed = found.list
    made = SmelterList(own, listed.name, listed.day, source, listed.smelters, (key,))
    why = T("List of {count} smelters taken up: {name}", count=len(made.smelters), name=verbatim(made.name))
    return TableChange(why, (*file, Step("smelter_list", own, None, made)), (found.data,))
