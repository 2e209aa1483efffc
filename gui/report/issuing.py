"""The slow halves of a report, for a worker: a draft to look at, and a signed file. Values in, values out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import UserError
from core.i18n import T, Text
from core.inventory import Period
from core.inventory.caused import compared_with
from core.ledger import Activity, Audit, Change, Closing, Correction, Entry, Evidence, Ledger, Plant, Step
from core.library import Library
from core.signing.layout import ROLE_NAMES
from gui.jobs import Cancelled, Progress, Work
from gui.keys.wish import KeyWish
from gui.session import Session

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

    from core.handover import Conclusion, Draft
    from core.signing import Identity
    from core.store import PlantFile

RENDERED = 0.8
"""Share of the work after which only the signature is missing."""


@dataclass(frozen=True, slots=True)
class Order:
    """What a report is to say, taken from the session on the GUI thread."""

    ledger: Ledger
    year: int
    library: Library
    language: str
    """``zh``, ``en`` or ``both``."""
    issued_by: str
    journal: tuple[str, int]
    sound: bool = True
    """Whether the plant file is what its journal says."""
    closed: bytes | None = None
    """The kept package of a closed year."""
    earlier: Mapping[str, bytes] = field(default_factory=dict)
    """Kept packages of the years it is compared with, by their SHA-256."""
    file: PlantFile | None = None
    """Where the worker reads the blobs of meters and weather from; None: nothing is said of them."""
    person: str = ""
    """Who acts."""
    corrections: tuple[Correction, ...] = ()
    """What was changed because of audit findings."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signed report that is still to be written and recorded."""

    draft: Draft
    pdf: bytes
    signer: str
    """As the certificate says."""
    when: datetime
    certificate: Certificate
    who: str
    """Under which name it is journalled."""
    conclusion: Conclusion | None = None
    """With the signature the audit of the year is concluded."""


def order_of(session: Session, language: str) -> Order:
    """What the report of the session's year is to say now; an audited year is issued by whoever acts."""
    prepared = "" if session.ledger.engagement(session.year) is not None else session.audit.preparer
    return Order(
        session.ledger,
        session.year,
        session.library,
        language,
        prepared or session.person,
        (session.file.head, session.file.entries),
        session.file.health.sound,
        session.closed_blob,
        {sha256: session.file.blob(sha256) for _, sha256 in compared_with(session.ledger, session.year)},
        session.file,
        session.person,
        session.file.corrections,
    )


def drafting(order: Order) -> Work:
    """The report without signature and without the proofs that travel with a signed one, as bytes."""

    def work(progress: Progress, cancelled: Callable[[], bool]) -> bytes:
        draft = _prepared(order, order.issued_by, datetime.now(UTC), carry=False)
        return _produced(draft, None, progress, cancelled)

    return work


def saving(draft: Work, path: Path) -> Work:
    """The same, written to a file; gives its path."""

    def work(progress: Progress, cancelled: Callable[[], bool]) -> Path:
        from core.handover import write_safely

        pdf = draft(progress, cancelled)
        assert isinstance(pdf, bytes)
        write_safely(path, pdf)
        return path

    return work


def signing(order: Order, key: KeyWish, role: str, time_stamps: str = "") -> Work:
    """The report signed with a key; gives a :class:`Signed`.

    Parameters
    ----------
    order
        what it is to say.
    key
        of the person.
    role
        ``Auditor`` or ``PlantManager``, which must be that of the certificate: nobody signs as what they did not mean.
    time_stamps
        address of the authority that is asked when it was signed; empty: none is.
    """

    def work(progress: Progress, cancelled: Callable[[], bool]) -> Signed:
        progress(0.0, T("Opening the key"))
        when = datetime.now(UTC).replace(microsecond=0)
        with key.opened(when) as identity:
            who = _acts_as(order, identity, role)
            if order.ledger.engagement(order.year) is not None:
                conclusion = _concluding(order, who, when)
                draft = conclusion.draft
            else:
                conclusion, draft = None, _prepared(order, identity.name, when, carry=True)
            pdf = _produced(draft, identity, progress, cancelled, time_stamps)
            signed = Signed(draft, pdf, identity.name, when, identity.certificate, who, conclusion)
        progress(1.0, T("Writing the signed report"))  # raises when it was cancelled meanwhile: nothing is written then
        return signed

    return work


def change_of(signed: Signed, ledger: Ledger) -> tuple[Change, tuple[bytes, ...]]:
    """What remembers a signature in the plant's file, with its blobs.

    Raises
    ------
    UserError
        when the certificate is not the one of the person.
    """
    from core.handover import concluded, recorded

    act = signed.who, signed.when, signed.certificate
    if signed.conclusion is None:
        return recorded(ledger, signed.draft, *act), ()
    return concluded(ledger, signed.conclusion, *act), (signed.conclusion.package,)


def _acts_as(order: Order, identity: Identity, role: str) -> str:
    """The name under which the signature is journalled: of the person who acts, if they are one of the people."""
    from core.audit.people import acting
    from core.handover import binding

    if identity.role != role:
        raise UserError(
            T("The certificate of {name} is not for signing as {role}.", name=identity.name, role=ROLE_NAMES[role]),
            T("Choose the key of the right person."),
        )
    known = acting(order.ledger, order.person) is not None or order.ledger.engagement(order.year) is not None
    who = order.person if known else identity.name
    binding(order.ledger, order.year, who, identity.certificate)  # now, for the rest takes a while
    return who


def _concluding(order: Order, who: str, when: datetime) -> Conclusion:
    from core.handover import conclude

    with nullcontext() if order.file is None else order.file.reader() as reader:
        return conclude(
            order.ledger,
            order.year,
            order.library,
            language=order.language,
            who=who,
            when=when,
            journal=order.journal,
            sound=order.sound,
            earlier=order.earlier,
            blob=None if reader is None else reader.blob,
            corrections=order.corrections,
        )


def _prepared(order: Order, issued_by: str, when: datetime, *, carry: bool) -> Draft:
    from core.handover import prepare

    with nullcontext() if order.file is None else order.file.reader() as reader:
        return prepare(
            order.ledger,
            order.year,
            order.library,
            language=order.language,
            issued_by=issued_by,
            when=when,
            journal=order.journal,
            sound=order.sound,
            closed=order.closed,
            earlier=order.earlier,
            blob=None if reader is None else reader.blob,
            corrections=order.corrections,
            carry=carry,
        )


def _produced(
    draft: Draft,
    identity: Identity | None,
    progress: Progress,
    cancelled: Callable[[], bool],
    time_stamps: str = "",
) -> bytes:
    from core import report
    from core.handover import produce

    def tell(share: float) -> None:
        progress(share, doing(share, identity is not None))

    try:
        return produce(draft, identity, tell, cancelled, time_stamps=time_stamps)
    except report.Cancelled as stopped:
        raise Cancelled from stopped


def doing(share: float, with_signature: bool) -> Text:
    """What is being done at this share of the work."""
    return T("Signing the report") if with_signature and share >= RENDERED else T("Making the report")


# ---------------------------------------------------------------------- which state the report of a year is in


@dataclass(frozen=True, slots=True)
class Status:
    """The last signed report of a year."""

    revision: int
    """0: nothing was signed."""
    when: datetime | None = None
    who: str = ""
    changed_since: bool = False
    """Something the report rests on was changed after it."""


def status_of(session: Session) -> Status:
    """Read from the journal, which outlives the window."""
    audit = session.ledger.audit(session.year)
    if audit is None or not audit.revision:
        return Status(0)
    signed = next((e for e in reversed(session.history(audit)) if _signs(e, audit)), None)  # a merge only brought it
    if signed is None:
        return Status(audit.revision)
    since = session.file.journal(session.file.entries - signed.here)
    sealed = session.history(session.closing)[0].here if session.closing is not None else session.file.entries
    touched = any(_matters(step, session) for entry in since if entry.number <= sealed for step in entry.change.steps)
    return Status(audit.revision, signed.change.when, signed.change.who, touched)


def _signs(entry: Entry, audit: Audit) -> bool:
    """Whether this entry brought the revision and hash the audit has now."""
    for step in entry.change.steps:
        after, before = step.after, step.before
        if isinstance(after, Audit) and after.id == audit.id and after.previous == audit.previous:
            return not isinstance(before, Audit) or before.previous != after.previous
    return False


def _matters(step: Step, session: Session) -> bool:
    """Whether a step touched what the report of the year rests on. Edits of a closed year wait, restating it counts."""
    period = session.choices.period
    audited = {activity.id for activity in session.inventory.activities}
    for record in (step.before, step.after):
        if isinstance(record, Activity) and period.overlap(Period(record.start, record.end)) is not None:
            return True
        if isinstance(record, Evidence) and not audited.isdisjoint(record.activities):
            return True
        if isinstance(record, Plant) or (isinstance(record, Audit) and record.id == str(session.year)):
            return True
    return isinstance(step.before, Closing) and step.id == str(session.year)
