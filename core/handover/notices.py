"""Signed files from head office to plants: requests, benchmarks, disclosure maps, certificates in use, new versions.

A notice is one canonical JSON object: what it says, and the signature (CMS, detached, base64) over the canonical form
of all the rest as a statement, see :mod:`core.signing.statement`. What it says are rows of texts, so that every kind
is checked, shown and kept alike; a disclosure map has a head besides. Nothing else may be in it.
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from core.disclosures.maps import HEADS, map_text, read_map
from core.disclosures.question import DisclosureMap
from core.errors import UserError
from core.handover.notice_rows import COLUMNS, check_rows, check_update
from core.i18n import T, Text, verbatim
from core.ledger.canonical import canonical, parse
from core.signing import AUDITOR, Identity, Trust, check_period, sign_statement, verify_statement
from core.signing.spelling import bytes_in, moment_in

SCHEMA, VERSION = "plant-audit-notice", 1
ENDINGS: Mapping[str, str] = {"request": ".request", "benchmarks": ".benchmarks", "map": ".map",
                                "serials": ".serials", "update": ".update"}  # fmt: skip
KINDS = tuple(ENDINGS)
MAP, UPDATE = "map", "update"
LARGEST = 2_000_000
"""Of a file. [bytes]"""
MOST_ROWS, LONGEST, LONGEST_TITLE = 2_000, 1_000, 200
_LARGEST_SIGNATURE = 30_000
_TEXTS = ("due", "group", "kind", "note", "signed_at", "title")
_FIELDS = {"edition", "rows", "schema", "signature", "sites", "version", *_TEXTS}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Notice:
    """What head office says to plants."""

    kind: str
    """``request``, ``benchmarks``, ``map``, ``serials`` or ``update``."""
    title: str
    group: str
    """Name of the group that says it."""
    rows: tuple[Row, ...]
    sites: tuple[str, ...] = ()
    """Plants that it is for, by name; empty: all."""
    edition: int = 1
    """A later one of the same title takes the place of an earlier one."""
    due: str = ""
    """Day by which an answer is expected, as ISO date; empty: none is."""
    note: str = ""
    about: Row = field(default_factory=dict)
    """Head of a disclosure map, see :data:`core.disclosures.maps.HEADS`; empty of every other kind."""

    @property
    def series(self) -> tuple[str, str, str]:
        """What its editions have in common."""
        return self.kind, spelled(self.group), spelled(self.title)

    def is_for(self, plant: str) -> bool:
        """Whether a plant is meant."""
        return not self.sites or spelled(plant) in map(spelled, self.sites)


@dataclass(frozen=True, slots=True)
class SignedNotice:
    """What a received file turned out to be."""

    reason: Text
    """Why it cannot be believed, or that everything is in order."""
    notice: Notice | None = None
    """None when it was refused, so that nobody uses it by mistake."""
    signer: str = ""
    """As the certificate names the person; also of a signer who is not trusted."""
    fingerprint: str = ""
    signed_at: str = ""
    """Claimed by the signer's computer, ISO time."""


def spelled(name: str) -> str:
    """How names are compared: composed, without the space around them, whatever the case."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def sign_notice(notice: Notice, signer: Identity, when: datetime) -> bytes:
    """The bytes of a notice.

    Parameters
    ----------
    notice
        what is said.
    signer
        of head office, with the role auditor.
    when
        the time that is claimed; needs a time zone.

    Raises
    ------
    UserError
        when the certificate is not valid then or not for this role, or the notice is none that a plant could use.
    """
    if when.tzinfo is None:
        raise ValueError("the time of a signature needs a time zone")
    check_period(signer.certificate, when)
    if signer.role != AUDITOR:
        raise UserError(
            T("Only head office sends files to plants; {name} has another role.", name=signer.name),
            T("Choose the key of the right person."),
        )
    check_notice(notice)
    content = _content(notice, when.replace(microsecond=0).isoformat())
    signature = base64.b64encode(sign_statement(canonical(content), signer)).decode("ascii")
    data = canonical({**content, "signature": signature})
    if len(data) > LARGEST:
        raise UserError(
            T("The file is larger than {limit} MB.", limit=LARGEST // 1_000_000),
            T("Ask for a smaller file, or split it."),
        )
    return data


def check_notice(notice: Notice) -> None:
    """Refuse what no plant could use.

    Raises
    ------
    UserError
        naming the row and what is wrong with it.
    """
    _check_words(notice)
    if notice.due:
        _day(notice.due)
    if not 1 <= notice.edition <= 9_999:
        raise _wrong(T("The number of the edition is wrong."))
    if not 1 <= len(notice.rows) <= MOST_ROWS:
        raise _wrong(T("A file for plants has 1 to {most} rows.", most=MOST_ROWS))
    check_rows(notice.kind, notice.rows, LONGEST)
    if notice.kind == UPDATE:
        check_update(notice.rows)
        if notice.sites:
            raise _wrong(T("An update notice is for everybody and not for single plants."))
    if notice.kind == MAP and map_of(notice).key != notice.title:
        raise _wrong(T("The title of a disclosure map is its key."))
    if notice.kind != MAP and notice.about:
        raise _wrong(T("Only a disclosure map has a head."))


def _check_words(notice: Notice) -> None:
    """What a person reads of it before its rows."""
    if not notice.title.strip() or not notice.group.strip():
        raise UserError(
            T("A file for plants needs a title and the name of the group."), T("Enter both, then make it again.")
        )
    words = (notice.title, notice.group, *notice.sites)
    long = max(map(len, words)) > LONGEST_TITLE or len(notice.note) > LONGEST
    if long or not all(word.isprintable() for word in (*words, notice.note)):
        raise _wrong(T("A title or name is too long or holds signs that cannot be seen."))


def _wrong(what: Text) -> UserError:
    return UserError(what, T("Correct it, then repeat; of a file that came from head office, ask for a new one."))


def map_of(notice: Notice) -> DisclosureMap:
    """The disclosure map that a notice brings.

    Raises
    ------
    UserError
        naming row and column of what no plant could use.
    """
    if not all(len(text) <= LONGEST and text.isprintable() for text in notice.about.values()):
        raise _wrong(T("A text is too long or holds signs that cannot be seen."))
    return read_map(map_text(notice.about, notice.rows), notice.title)


def verify_notice(data: bytes, trust: Trust, when: datetime) -> SignedNotice:
    """Whether a received file is a notice signed by somebody who is trusted.

    Nothing but a :class:`SignedNotice` comes out of it, whatever the file is. ``when`` is now.

    >>> from datetime import UTC
    >>> str(verify_notice(b"{}", Trust(()), datetime(2026, 1, 1, tzinfo=UTC)).reason)
    'This is no signed file of head office.'
    """
    try:
        content, signature = _opened(data)
        signed_at = str(content["signed_at"])
        signer = verify_statement(canonical(content), signature, trust, when=when, signed=moment_in(signed_at))
        said = SignedNotice(T("The signature is valid."), None, signer.name, signer.fingerprint, signed_at)
        if signer.problems or not signer.trusted:
            return replace(said, reason=next(iter(signer.problems), T("The signer is not trusted.")))
        if signer.role != AUDITOR:
            return replace(said, reason=_wrong_role(signer.name))
        notice = _notice(content)
        check_notice(notice)
        return replace(said, notice=notice)
    except UserError as error:
        return SignedNotice(error.message)
    except Exception as error:  # a hostile file must never become a traceback
        return SignedNotice(T("The file could not be examined ({kind}).", kind=type(error).__name__))


def kept_notice(data: bytes) -> Notice | None:
    """The notice that a plant believed and kept; its signature was examined when it was taken up."""
    try:
        content, _ = _opened(data)
        return _notice(content)
    except UserError:
        return None


def _wrong_role(name: str) -> Text:
    return T("Only head office sends files to plants; {name} has another role.", name=verbatim(name))


def _content(notice: Notice, signed_at: str) -> dict[str, object]:
    return {
        **({"about": dict(notice.about)} if notice.kind == MAP else {}),
        "schema": SCHEMA,
        "version": VERSION,
        "kind": notice.kind,
        "title": notice.title,
        "group": notice.group,
        "rows": [dict(row) for row in notice.rows],
        "sites": list(notice.sites),
        "edition": notice.edition,
        "due": notice.due,
        "note": notice.note,
        "signed_at": signed_at,
    }


def _opened(data: bytes) -> tuple[dict[str, object], bytes]:
    """What was signed, and the signature. Limits first, and no other form than the canonical one."""
    if len(data) > LARGEST:
        raise UserError(
            T("The file is larger than {limit} MB.", limit=LARGEST // 1_000_000),
            T("Ask for a smaller file, or split it."),
        )
    stranger = UserError(
        T("This is no signed file of head office."), T("Choose a file that head office has signed with this program.")
    )
    value = parse(data, depth=3)
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise stranger
    if value.keys() != (_FIELDS | {"about"} if value.get("kind") == MAP else _FIELDS):
        raise stranger
    if value["version"] != VERSION or isinstance(value["version"], bool):
        raise UserError(
            T("The file was made by another version of this program."),
            T("Update the program on both sides, then have it sent again."),
        )
    if not all(isinstance(value[name], str) for name in (*_TEXTS, "signature")):
        raise stranger
    if value["kind"] not in KINDS or not _well_formed(value) or len(value["signature"]) > _LARGEST_SIGNATURE:
        raise stranger
    try:
        moment_in(value["signed_at"])
        signature = bytes_in(value["signature"])
    except ValueError as error:
        raise stranger from error
    return {key: one for key, one in value.items() if key != "signature"}, signature


def _well_formed(value: Mapping[str, object]) -> bool:
    """Rows of texts under the names of their kind, plants by name, a number for the edition."""
    rows, sites = value["rows"], value["sites"]
    columns = set(COLUMNS[str(value["kind"])])
    about = value.get("about", {})
    return (
        isinstance(about, dict)
        and about.keys() == (set(HEADS) if value["kind"] == MAP else set())
        and all(isinstance(text, str) for text in about.values())
        and isinstance(rows, list)
        and all(isinstance(row, dict) and row.keys() == columns for row in rows)
        and all(isinstance(text, str) for row in rows for text in row.values())
        and isinstance(sites, list)
        and all(isinstance(site, str) for site in sites)
        and type(value["edition"]) is int
    )


def _notice(content: Mapping[str, object]) -> Notice:
    rows, sites, edition = content["rows"], content["sites"], content["edition"]
    assert isinstance(rows, list) and isinstance(sites, list) and isinstance(edition, int)
    texts = {name: str(content[name]) for name in ("kind", "title", "group", "due", "note")}
    about = content.get("about", {})
    assert isinstance(about, dict)
    return Notice(rows=tuple(rows), sites=tuple(sites), edition=edition, about=about, **texts)


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise UserError(T("“{day}” is no day.", day=text[:40]), T("Write it like 2026-03-31."))
    return found
