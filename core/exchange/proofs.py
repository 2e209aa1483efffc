"""Proofs: a file of any kind becomes evidence, linked to the activity data it proves. Values in, values out.

:func:`load_proof` reads a file; :func:`attaching`, :func:`detaching` and :func:`releasing` give the steps of one
undoable change. A file is kept once, however often it is attached; a proof that proves nothing any more is let go, its
bytes stay for undo.
"""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePath

from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T, Text, verbatim
from core.ledger import Evidence, Ledger, Measure, Step

LARGEST_PROOF = 50_000_000
"""Scans and photos are far below it. [bytes]"""
KINDS = ("bill", "meter_photo", "contract", "certificate", "calibration", "other")
"""What a person may call a proof."""
CALIBRATION = "calibration"
"""Of a meter: proves how it measures, not what."""
IMPORT = "import"
"""Given by the import alone: where the rows come from."""
PHOTOS = ("image/jpeg", "image/png", "image/heic", "image/heif", "image/webp", "image/tiff", "image/bmp", "image/gif")
_WORDS = {
    CALIBRATION: ("calibration", "校准", "检定"),
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
    data: bytes = field(repr=False)
    """To be kept as a blob."""
    valid_to: str = ""
    """Last day of a calibration, as ISO date."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """What attaching comes to."""

    why: Text
    steps: tuple[Step, ...]
    """None: everything is attached already."""
    data: tuple[bytes, ...] = field(repr=False)
    """Blobs the plant does not know yet."""


def load_proof(path: Path, kind: str = "") -> Proof:
    """Read a file.

    Raises
    ------
    UserError
        when it is no file, cannot be read, is empty or larger than 50 MB.
    """
    name = verbatim(path.name)
    if path.is_dir():
        raise UserError(T("“{file}” is a folder.", file=name), T("Attach its files one by one."))
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST_PROOF + 1)
    except OSError as error:
        raise UserError(
            T("The file {file} cannot be read: {why}", file=name, why=error.strerror or ""),
            T("Check that the file exists and that you may read it."),
        ) from error
    return proof_of(path.name, data, kind)


def proof_of(name: str, data: bytes, kind: str = "") -> Proof:
    """A file whose bytes are known.

    Raises
    ------
    UserError
        when it is empty or larger than 50 MB.
    """
    short = PurePath(name.replace("\\", "/")).name[:255] or "proof"
    if not data:
        raise UserError(T("“{file}” is empty.", file=verbatim(short)), T("Save it again, then attach it."))
    if len(data) > LARGEST_PROOF:
        raise UserError(
            T("“{file}” is larger than {most} MB.", file=verbatim(short), most=LARGEST_PROOF // 1_000_000),
            T("Attach the pages that matter, or a scan of lower resolution."),
        )
    media_type = media_type_of(short)
    return Proof(short, kind or kind_of_file(short, media_type), hashlib.sha256(data).hexdigest(), media_type, data)


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


def attaching(ledger: Ledger, proofs: Sequence[Proof], ids: Sequence[str]) -> Attachment:
    """Link files to activity data; a proof the plant has already gets the links and is not kept twice.

    An imported file says where rows come from and stays apart; attached by a person it becomes a proof as well.

    Raises
    ------
    UserError
        when an id names no activity data, or there is none.
    """
    wanted = tuple(dict.fromkeys(ids))
    unknown = [key for key in wanted if ledger.get("activity", key) is None]
    if unknown or not wanted:
        raise UserError(
            T("There is no activity data with the id “{id}”.", id=verbatim(", ".join(unknown))),
            T("A proof needs a row that it proves."),
        )
    held = {one.sha256: one for one in reversed(ledger.evidence) if one.kind != IMPORT}
    given: dict[str, Proof] = {}
    for one in proofs:
        given.setdefault(one.sha256, one)
    fresh = [one for one in given.values() if one.sha256 not in held]
    steps = [
        Step("evidence", key, None, _evidence(one, key, wanted))
        for one, key in zip(fresh, next_ids(ledger, len(fresh), "evidence"), strict=True)
    ]
    for before in (held[digest] for digest in given if digest in held):
        after = replace(before, activities=tuple(dict.fromkeys((*before.activities, *wanted))))
        if given[before.sha256].valid_to:
            after = replace(after, kind=CALIBRATION, valid_to=given[before.sha256].valid_to)
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
    """The steps that free the proofs of records that are deleted.

    An imported file is let go with its last row, so that it may be imported again; until then it stays as it is, for
    its thousands of links would fill the journal.
    """
    gone = frozenset(ids)
    alive = ledger.records["activity"].keys() - gone
    touched = [one for one in ledger.evidence if gone.intersection(one.activities)]
    return tuple(
        _without(ledger, one, one.activities if one.kind == IMPORT else gone)
        for one in touched
        if one.kind != IMPORT or not alive.intersection(one.activities)
    )


def proofs_by_record(ledger: Ledger) -> dict[str, tuple[Evidence, ...]]:
    """The proofs of each record that has any, imported files left out."""
    found: dict[str, tuple[Evidence, ...]] = {}
    for one in ledger.evidence:
        for key in one.activities if one.kind != IMPORT else ():
            found[key] = (*found.get(key, ()), one)
    return found


def _evidence(proof: Proof, key: str, ids: tuple[str, ...]) -> Evidence:
    size = len(proof.data)
    return Evidence(key, proof.name, proof.kind, proof.sha256, size, proof.media_type, ids, proof.valid_to)


def _without(ledger: Ledger, held: Evidence, gone: Iterable[str]) -> Step:
    """The proof without these records; let go when it proves nothing else."""
    out = frozenset(gone)
    left = tuple(key for key in held.activities if key not in out)
    kept = left or proves_more(ledger, held.id)
    return Step("evidence", held.id, held, replace(held, activities=left) if kept else None)


def proves_more(ledger: Ledger, evidence: str, *, but: str = "") -> bool:
    """Whether a proof is named by a measure, or by a factor of the plant other than ``but``."""
    factors = (one.evidence for one in ledger.own_factors if one.id != but)
    measures = (key for one in ledger.held(Measure) for key in one.evidence)
    return evidence in (*factors, *measures)


def _why(proofs: Sequence[Proof], rows: int) -> Text:
    if len(proofs) == 1:
        return T("Proof “{name}” attached; rows: {count}", name=verbatim(proofs[0].name), count=rows)
    return T("Proofs attached: {files}; rows: {count}", files=len(proofs), count=rows)
