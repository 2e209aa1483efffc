"""Proofs: a file of any kind becomes evidence, linked to the activity data it proves. Values in, values out.

:func:`load_proof` reads a file; :func:`attaching`, :func:`detaching` and :func:`releasing` give the steps of one
undoable change. A file is kept once, however often it is attached; a proof that proves nothing any more is let go, its
bytes stay for undo.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from dataclasses import fields as dataclass_fields
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from core.audit.areas import DATA, area_of
from core.blob import Content, Watch, looked_at, sha256_of_content, size_of_content
from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T, Text, verbatim
from core.inventory.evidence import CALIBRATION, IMPORT
from core.ledger import KINDS, REFERENCES, Allocation, Evidence, Ledger, Record, Step, kind_of, named_by
from core.ledger.filing import Records

BEARERS = frozenset(
    kind
    for kind, cls in KINDS.items()
    if area_of(kind) == DATA
    and any(one.name == "evidence" and str(one.type) == "tuple[str, ...]" for one in dataclass_fields(cls))
)
"""Kinds of records that name their files themselves, but for those to which the audit attaches them."""
LARGEST_PROOF = 900_000_000
"""What the plant file takes as one value: a film of a site walk, a set of scans. [bytes]"""
PHOTOS = ("image/jpeg", "image/png", "image/heic", "image/heif", "image/webp", "image/tiff", "image/bmp", "image/gif")
_WORDS = {
    CALIBRATION: ("calibration", "校准", "检定"),
    "laboratory": ("laboratory", "lab report", "test report", "analysis", "化验", "检测报告", "检验报告", "分析报告"),
    "minutes": ("minutes", "纪要", "会议记录"),
    "contract": ("contract", "agreement", "合同", "协议"),
    "certificate": ("certificate", "绿证", "证书"),
    "meter_photo": ("meter", "reading", "电表", "水表", "气表", "抄表"),
}
_TYPES = {
    ".pdf": "application/pdf",
    ".eml": "message/rfc822",
    ".msg": "application/vnd.ms-outlook",
    ".ofd": "application/ofd",
    ".csv": "text/csv",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".heic": "image/heic",
    ".heif": "image/heif",
    ".webp": "image/webp",
}
"""What the table of the Python library does not know on every system; .ofd is the Chinese electronic invoice."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A file as it was read, before it is attached."""

    name: str
    """File name as received."""
    kind: str
    sha256: str
    media_type: str
    data: Content = field(repr=False)
    """To be kept as a blob: the file itself, read again when it is kept, or bytes that are in memory anyway."""
    valid_to: str = ""
    """Last day on which it holds, as ISO date."""
    start: str = ""
    """First day of the period it speaks of, as ISO date."""
    end: str = ""
    """Last day of that period."""
    note: str = ""

    @property
    def size(self) -> int:
        """In bytes."""
        return size_of_content(self.data)

    def record(self, key: str, activities: tuple[str, ...] = ()) -> Evidence:
        """As it stands in the ledger."""
        return Evidence(
            key, self.name, self.kind, self.sha256, self.size, self.media_type, activities,
            self.valid_to, self.start, self.end, self.note,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Attachment:
    """What attaching comes to."""

    why: Text
    steps: tuple[Step, ...]
    """None: everything is attached already."""
    data: tuple[Content, ...] = field(repr=False)
    """Blobs the plant does not know yet."""


def load_proof(path: Path, kind: str = "", watch: Watch | None = None) -> Proof:
    """Look at a file: it is read once in pieces for its hash, and again when it is kept.

    Raises
    ------
    UserError
        when it is no file, cannot be read, is empty or larger than 900 MB.
    """
    if path.is_dir():
        raise UserError(T("“{file}” is a folder.", file=verbatim(path.name)), T("Attach its files one by one."))
    return _proof(path.name, looked_at(path, LARGEST_PROOF, watch), kind)


def proof_of(name: str, data: bytes, kind: str = "") -> Proof:
    """A file whose bytes are in memory, such as a picture that was pasted.

    Raises
    ------
    UserError
        when it is empty or larger than 900 MB.
    """
    return _proof(name, data, kind)


def _proof(name: str, data: Content, kind: str) -> Proof:
    short = PurePath(name.replace("\\", "/")).name[:255] or "proof"
    size = size_of_content(data)
    if not size:
        raise UserError(T("“{file}” is empty.", file=verbatim(short)), T("Save it again, then attach it."))
    if size > LARGEST_PROOF:
        raise UserError(
            T("“{file}” is larger than {most} MB.", file=verbatim(short), most=LARGEST_PROOF // 1_000_000),
            T("Attach the pages that matter, or a scan of lower resolution."),
        )
    media_type = media_type_of(short)
    return Proof(short, kind or kind_of_file(short, media_type), sha256_of_content(data), media_type, data)


def calibrating(proof: Proof, last: str) -> Proof:
    """The same file as the calibration of a meter that holds to this day.

    Raises
    ------
    UserError
        when the day is none.
    """
    try:
        day = date.fromisoformat(last.strip())
    except ValueError:
        raise UserError(
            T("“{day}” is not a date.", day=verbatim(last)), T("Write year, month and day, like 2026-03-31.")
        ) from None
    return replace(proof, kind=CALIBRATION, valid_to=day.isoformat())


def media_type_of(name: str) -> str:
    """By the ending of the name, the same on every system for what matters.

    Examples
    --------
    >>> media_type_of("Bill March.PDF")
    'application/pdf'
    """
    known = _TYPES.get(PurePath(name).suffix.lower())
    return known or mimetypes.guess_type(name, strict=True)[0] or "application/octet-stream"


def kind_of_file(name: str, media_type: str) -> str:
    """What the name says it is; a bill when it says nothing.

    Examples
    --------
    >>> kind_of_file("供电合同.pdf", "application/pdf")
    'contract'
    """
    words = name.casefold()
    found = next((kind for kind, known in _WORDS.items() if any(word in words for word in known)), "bill")
    return "bill" if found == "meter_photo" and media_type not in PHOTOS else found


def attaching(records: Records, proofs: Sequence[Proof], ids: Sequence[str]) -> Attachment:
    """Link files to records of a plant or of head office; a proof that is there gets the links and is not kept twice.

    A file names the activity data that it proves; instruments, actions and other records name their files themselves.
    An imported file says where rows come from and stays apart; attached by a person it becomes a proof as well.

    Raises
    ------
    UserError
        when an id names nothing that a file can prove, or there is none.
    """
    bearers = [one for key in dict.fromkeys(ids) if (one := _bearer(records, key)) is not None]
    own = {one.id for one in bearers}
    wanted = known_rows(records, (key for key in ids if key not in own))
    if not wanted and not bearers:
        raise UserError(T("No row was chosen."), T("Choose the rows that the proof belongs to."))
    found = registering(records, proofs, wanted)
    after = records.apply(found.steps)
    files = {one.sha256: one.id for one in reversed(after.held(Evidence)) if one.kind != IMPORT}
    keys = [files[one.sha256] for one in proofs]
    steps = [(one, replace(one, evidence=tuple(dict.fromkeys((*one.evidence, *keys))))) for one in bearers]
    more = tuple(Step(kind_of(old), old.id, old, new) for old, new in steps if old != new)
    return Attachment(_why(proofs, len(wanted) + len(bearers)), (*found.steps, *more), found.data)


def _bearer(records: Records, key: str) -> Any:
    """The record with this id that names its files itself; None where there is none, or where the audit attaches it."""
    named = (kind for kind in records.records if kind in BEARERS)
    return next((one for kind in named if (one := records.get(kind, key)) is not None), None)


def known_rows(records: Records, ids: Iterable[str]) -> tuple[str, ...]:
    """The ids, each once.

    Raises
    ------
    UserError
        when one names no activity data.
    """
    wanted = tuple(dict.fromkeys(ids))
    activities = records.records.get("activity", {})
    if unknown := [key for key in wanted if key not in activities]:
        raise UserError(
            T("There is no activity data with the id “{id}”.", id=verbatim(", ".join(unknown))),
            T("A proof needs a row that it proves."),
        )
    return wanted


def registering(records: Records, proofs: Sequence[Proof], wanted: tuple[str, ...] = ()) -> Attachment:
    """Take files into the register, linked to these records or to none yet; one that is there is not kept twice."""
    held = {one.sha256: one for one in reversed(records.held(Evidence)) if one.kind != IMPORT}
    given: dict[str, Proof] = {}
    for one in proofs:
        given.setdefault(one.sha256, one)
    fresh = [one for one in given.values() if one.sha256 not in held]
    steps = [
        Step("evidence", key, None, one.record(key, wanted))
        for one, key in zip(fresh, next_ids(records, len(fresh), "evidence"), strict=True)
    ]
    for before in (held[digest] for digest in given if digest in held):
        after = replace(before, activities=tuple(dict.fromkeys((*before.activities, *wanted))))
        if given[before.sha256].valid_to:
            after = replace(after, kind=given[before.sha256].kind, valid_to=given[before.sha256].valid_to)
        if after != before:
            steps.append(Step("evidence", before.id, before, after))
    return Attachment(_why(proofs, len(wanted)), tuple(steps), tuple(one.data for one in fresh))


def detaching(ledger: Ledger, evidence: str, activity: str) -> tuple[Text, tuple[Step, ...]]:
    """Take one proof off one record.

    Raises
    ------
    UserError
        when it is not attached to it.
    """
    held = ledger.get("evidence", evidence)
    if not isinstance(held, Evidence) or activity not in held.activities or held.kind == IMPORT:
        raise UserError(T("This proof is not attached to the row."), T("Look at it again; nothing was changed."))
    return T("Proof “{name}” detached", name=verbatim(held.name)), (_without(ledger, held, {activity}),)


def releasing(ledger: Ledger, ids: Iterable[str]) -> tuple[Step, ...]:
    """The steps that free what belongs to records that are deleted: what instruments cover of them, and their proofs.

    What was allocated goes with its record and is free to cover another. An imported file is let go with its last row,
    so that it may be imported again; until then it stays as it is, for its thousands of links would fill the journal.
    """
    gone = frozenset(ids)
    alive = ledger.records["activity"].keys() - gone
    touched = [one for one in ledger.evidence if gone.intersection(one.activities)]
    return (
        *(Step("allocation", one.id, one, None) for one in ledger.held(Allocation) if one.activity in gone),
        *(
            _without(ledger, one, one.activities if one.kind == IMPORT else gone)
            for one in touched
            if one.kind != IMPORT or not alive.intersection(one.activities)
        ),
    )


def proofs_by_record(ledger: Ledger) -> dict[str, tuple[Evidence, ...]]:
    """The proofs of each record that has any, imported files left out."""
    found: dict[str, tuple[Evidence, ...]] = {}
    for one in ledger.evidence:
        for key in one.activities if one.kind != IMPORT else ():
            found[key] = (*found.get(key, ()), one)
    return found


def _without(ledger: Ledger, held: Evidence, gone: Iterable[str]) -> Step:
    """The proof without these records; let go when nothing else names it."""
    out = frozenset(gone)
    left = tuple(key for key in held.activities if key not in out)
    kept = left or is_named(ledger, held.id)
    return Step("evidence", held.id, held, replace(held, activities=left) if kept else None)


_USERS = tuple(kind for kind, fields in REFERENCES.items() if "evidence" in fields.values())
"""Kinds of records that can name a proof."""


def naming_records(ledger: Ledger) -> Iterator[Record]:
    """Every record that can name a proof: factors, measures, test sheets, findings …"""
    return (one for kind in _USERS for one in ledger.records.get(kind, {}).values())


def is_named(ledger: Ledger, evidence: str, *, but: Record | None = None) -> bool:
    """Whether a record other than ``but`` names a proof."""
    return evidence in named_by((one for one in naming_records(ledger) if one != but), "evidence")


def _why(proofs: Sequence[Proof], rows: int) -> Text:
    if not rows and len(proofs) == 1:
        return T("Proof “{name}” taken into the register", name=verbatim(proofs[0].name))
    if not rows:
        return T("Proofs taken into the register: {files}", files=len(proofs))
    if len(proofs) == 1:
        return T("Proof “{name}” attached; rows: {count}", name=verbatim(proofs[0].name), count=rows)
    return T("Proofs attached: {files}; rows: {count}", files=len(proofs), count=rows)
