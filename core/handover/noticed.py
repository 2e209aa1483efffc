"""A plant takes up what head office sent, and sees what of it is still open."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from datetime import datetime

from core.audit.benchmarks import keeping
from core.audit.key_figures import figure_title, named, over
from core.disclosures.maps import write_map
from core.errors import UserError
from core.exchange.ids import next_ids
from core.handover.answering import answered
from core.handover.notice_rows import benchmark_of, elsewhere_of, years_of
from core.handover.notices import MAP, UPDATE, Notice, Row, SignedNotice, kept_notice, map_of, spelled, verify_notice
from core.i18n import T, Text, verbatim
from core.inventory import choices_of
from core.ledger import Change, Evidence, Judgement, KeyFigure, Ledger, MapFile, SerialsElsewhere, Step
from core.library import Library
from core.methods import all_methods
from core.signing import Trust

MEDIA = "application/vnd.plant-audit.notice+json"
"""Media type under which notices are kept."""
Blob = Callable[[str], bytes]
Worked = Set[tuple[str, int]]
"""Methods with the years of which there are records."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A notice that a plant takes up: one undoable change, and the files that it keeps."""

    change: Change
    blobs: tuple[bytes, ...]
    """The notice as received, and the disclosure map where it brings one."""


@dataclass(frozen=True, slots=True)
class ReceivedNotice:
    """A file of head office as a plant sees it."""

    judged: SignedNotice
    """Whether it can be believed, why not, and who signed it."""
    taken: Taken | None
    """What takes it up; None when it cannot be believed."""


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that head office asks for."""

    notice: Notice
    number: int
    """Of the row, from 1."""
    words: Text
    done: bool
    missing: tuple[int, ...] = ()
    """Years for which the file does not have it."""
    answer: str = ""
    """What was answered in words."""

    @property
    def row(self) -> Row:
        """As head office wrote it."""
        return self.notice.rows[self.number - 1]

    @property
    def in_words(self) -> bool:
        """It is answered in words, and not by the data."""
        return self.row["what"] == "words"


def receive_notice(
    data: bytes, name: str, trust: Trust, ledger: Ledger, blob: Blob, who: str, when: datetime
) -> ReceivedNotice:
    """Judge a received file and, if its signer is trusted, make the change that takes it up.

    Parameters
    ----------
    data, name
        the file and its name as received.
    trust
        whose files the plant takes.
    ledger, blob
        the plant now, and the bytes of its kept files by SHA-256.
    who, when
        author and time of the change.

    Raises
    ------
    UserError
        when it can be believed and yet not be used: it is for other plants, or an edition that is not newer was
        taken up before.
    """
    judged = verify_notice(data, trust, when)
    if judged.notice is None:
        return ReceivedNotice(judged, None)
    notice = judged.notice
    if notice.kind == UPDATE:
        raise UserError(
            T(
                "“{title}” tells of a new version of the program; it is not for a plant file.",
                title=verbatim(notice.title),
            ),
            T("Drop it on the window, or use the command “update”."),
        )
    if not notice.is_for(ledger.plant.name):
        raise UserError(
            T("“{title}” is for other plants: {plants}.", title=verbatim(notice.title), plants=list(notice.sites)),
            T("Ask head office for the file of this plant, or correct the name of the plant."),
        )
    for earlier, file in kept_notices(ledger, blob):
        if earlier.series == notice.series and earlier.edition >= notice.edition and not _gone(earlier, ledger):
            raise UserError(
                T("Edition {kept} of “{title}” was taken up already; this is edition {received}.",
                  kept=earlier.edition, title=verbatim(file.name), received=notice.edition),
                T("Nothing needs to be done. Ask head office for the newest one."),
            )  # fmt: skip
    brought = write_map(map_of(notice)).encode() if notice.kind == MAP else b""
    change = _change(notice, judged, data, brought, name, ledger, who, when)
    return ReceivedNotice(judged, Taken(change, (data, brought) if brought else (data,)))


def _gone(earlier: Notice, ledger: Ledger) -> bool:
    """A disclosure map that a person took out of the file may come back in the same edition."""
    return earlier.kind == MAP and ledger.get("map_file", earlier.title) is None


def kept_notices(ledger: Ledger, blob: Blob) -> Iterator[tuple[Notice, Evidence]]:
    """Every notice that was taken up, with the file it is kept as."""
    for one in ledger.evidence:
        if one.media_type == MEDIA and (notice := kept_notice(blob(one.sha256))) is not None:
            yield notice, one


def current_notices(ledger: Ledger, blob: Blob, kind: str) -> tuple[Notice, ...]:
    """The newest edition of each notice of a kind, those that are due first before the others."""
    newest: dict[tuple[str, str, str], Notice] = {}
    for notice, _ in kept_notices(ledger, blob):
        before = newest.get(notice.series)
        if notice.kind == kind and (before is None or before.edition < notice.edition):
            newest[notice.series] = notice
    return tuple(sorted(newest.values(), key=lambda one: (one.due or "9999", one.title)))


def open_items(ledger: Ledger, blob: Blob, library: Library) -> tuple[Open, ...]:
    """What head office asks of this plant, and what of it the file already answers."""
    asked = current_notices(ledger, blob, "request")
    return tuple(one for notice in asked for one in items_of(notice, ledger, library))


def items_of(notice: Notice, ledger: Ledger, library: Library) -> tuple[Open, ...]:
    """The same of one request; ``ledger`` may also be the part of it that a report holds."""
    worked = frozenset[tuple[str, int]]()
    if any(row["what"] == "records" for row in notice.rows):
        worked = frozenset(
            (one.method, year) for one in ledger.activities for year in range(one.start.year, one.end.year + 1)
        )
    return tuple(_item(notice, number, row, ledger, library, worked) for number, row in enumerate(notice.rows, 1))


def _change(
    notice: Notice, judged: SignedNotice, data: bytes, brought: bytes, name: str, ledger: Ledger, who: str,
    when: datetime,
) -> Change:  # fmt: skip
    key = next_ids(ledger, 1, "evidence")[0]
    # A file of kind "import" goes with the last record that was taken from it.
    kind = "import" if notice.kind in ("benchmarks", "serials") else "other"
    note = f"{judged.signer}; certificate sha256 {judged.fingerprint}"
    file = Evidence(key, name[-255:], kind, hashlib.sha256(data).hexdigest(), len(data), MEDIA, note=note)
    steps: tuple[Step, ...] = (Step("evidence", key, None, file),)
    if notice.kind == "benchmarks":
        made = [benchmark_of(row, notice.group) for row in notice.rows]
        ids = next_ids(ledger, len(made), "benchmark")
        kept = [replace(one, id=own, evidence=key) for own, one in zip(ids, made, strict=True)]
        steps += keeping(ledger, kept).steps
    if notice.kind == "serials":
        steps += elsewhere(notice, ledger)
    if notice.kind == MAP:
        steps += (_mapped(notice, judged, brought, name, ledger),)
    return Change(who, when, _why(notice), steps)


def _mapped(notice: Notice, judged: SignedNotice, brought: bytes, name: str, ledger: Ledger) -> Step:
    """The map, in the place of one of the same key, whoever brought that."""
    one = map_of(notice)
    digest = hashlib.sha256(brought).hexdigest()
    made = MapFile(one.key, name[-255:], digest, len(brought), one.framework, one.edition, judged.signer)
    return Step("map_file", one.key, ledger.get("map_file", one.key), made)


def elsewhere(notice: Notice, ledger: Ledger) -> tuple[Step, ...]:
    """The certificates that other plants use, in the place of all that head office said of them before."""
    gone = [one for one in ledger.held(SerialsElsewhere) if spelled(one.source) == spelled(notice.group)]
    own = spelled(ledger.plant.name)
    made = [one for row in notice.rows if spelled((one := elsewhere_of(row, notice.group)).holder) != own]
    ids = next_ids(ledger, len(made), "serials_elsewhere")
    return (
        *(Step("serials_elsewhere", one.id, one, None) for one in gone),
        *(Step("serials_elsewhere", key, None, replace(one, id=key)) for key, one in zip(ids, made, strict=True)),
    )


def _why(notice: Notice) -> Text:
    title, count = verbatim(notice.title), len(notice.rows)
    if notice.kind == "benchmarks":
        return T("Benchmarks of head office, “{title}”: {count}", title=title, count=count)
    if notice.kind == MAP:
        return T("Disclosure map of head office, “{title}”: {count} questions", title=map_of(notice).title, count=count)
    if notice.kind == "serials":
        return T("Certificates in use in the group, “{title}”: {count} rows", title=title, count=count)
    return T("Request of head office, “{title}”: {count} items", title=title, count=count)


def _item(notice: Notice, number: int, row: Row, ledger: Ledger, library: Library, worked: Worked) -> Open:
    if row["what"] == "words":
        said = answered(notice, row, ledger.held(Judgement))
        return Open(
            notice, number, verbatim(row["words"]), said is not None, answer="" if said is None else said.reason
        )
    missing = tuple(year for year in years_of(row) if not _answered(row, year, ledger, library, worked))
    words, more = _asked(row), row["words"].strip()
    if more:
        words = T("{what} ({words})", what=words, words=verbatim(more))
    return Open(notice, number, words, not missing, missing)


def _asked(row: Row) -> Text:
    years = row["years"].split()
    if row["what"] == "figure":
        return T("{figure} of {years}", figure=figure_title(named(row["subject"])), years=years)
    if row["what"] == "records":
        return T("Activity data of {years}: {method}", years=years, method=all_methods()[row["subject"]].title)
    return T("Signed report of {years}", years=years)


def _answered(row: Row, year: int, ledger: Ledger, library: Library, worked: Worked) -> bool:
    """Whether the file has for a year what is asked for."""
    if row["what"] == "figure":
        period = choices_of(ledger.audit(year), year).period
        found = over(ledger.held(KeyFigure), named(row["subject"]), period, library.units, row["unit"])
        return found.quantity is not None
    if row["what"] == "records":
        return (row["subject"], year) in worked
    audit = ledger.audit(year)
    return audit is not None and audit.revision > 0
