"""From the open plant to a signed PDF: prepare (values), produce (slow, in a worker), record (in the plant)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING

from cryptography import x509

from core.audit.people import prepared_by
from core.checks import forbidding, review
from core.errors import RefusedError, UserError
from core.handover.binding import binding
from core.handover.carrying import attachments_of, travelling_with
from core.handover.energy import Blob, energy_stated
from core.handover.signatures import required_for, signs_as
from core.i18n import T
from core.inventory import Inventory, Issue, Period, build, choices_of, compile_inventory
from core.inventory.asking import ASKED, asked_records
from core.inventory.audited import PLANNED, audited, planning_records
from core.inventory.caused import Caused, caused, compared_with
from core.inventory.closing import closed_inventory, closed_package, confirmed, with_closings
from core.inventory.covering import SOLD
from core.inventory.package import Package
from core.inventory.uncertainty.draws import DRAWS
from core.ledger import (
    Audit,
    Change,
    Closing,
    Correction,
    Instrument,
    Ledger,
    PvSystem,
    Record,
    Step,
    kind_of,
    named_by,
    sha256_of,
)
from core.library import Library, policy_named
from core.methods import Finding
from core.report import RENDERER, render
from core.signing import Identity, sign

if TYPE_CHECKING:
    from core.report.pdf import Attachment

Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything a report will say, fixed before the slow work begins."""

    package: Mapping[str, object]
    audit: Audit
    """As the package carries it: with the new revision number."""
    findings: tuple[Finding, ...]
    sound: bool = True
    """False: the plant file was altered behind its journal, so nobody may sign it."""
    closed: bool = False
    """It says what a closed year says; choices made since then wait for a restatement."""
    concluding: bool = False
    """It concludes the audit of its year: the only report of an audited year that may be signed."""
    attachments: tuple[Attachment, ...] = field(default=(), repr=False)
    """The proofs that travel inside it."""

    @property
    def sha256(self) -> str:
        return sha256_of(self.package)


def prepare(
    ledger: Ledger,
    year: int,
    library: Library,
    *,
    language: str,
    issued_by: str,
    when: datetime,
    journal: tuple[str, int],
    choices: tuple[str, str] | None = None,
    sound: bool = True,
    closed: bytes | None = None,
    earlier: Mapping[str, bytes] | None = None,
    blob: Blob | None = None,
    corrections: Iterable[Correction] = (),
    carry: bool = True,
) -> Draft:
    """Fix what the report of a year will say.

    Parameters
    ----------
    ledger, year, library
        of the plant.
    language
        ``zh``, ``en`` or ``both``.
    issued_by
        who issues it.
    when
        moment of issue, UTC; nothing later looks at a clock.
    journal
        hash of the last entry and number of entries.
    choices
        GWP set and policy when they differ from those of the recorded audit.
    sound
        whether the plant file is what its journal says.
    closed
        the kept package of a closed year: the report says what was closed, whatever records and factors became since.
    earlier
        kept packages that :func:`core.inventory.caused.compared_with` names, by their SHA-256: the report says what
        the differences from them are due to. What is missing is compared by its totals alone.
    blob
        bytes of a kept blob by its SHA-256, for what is said of meters, PV systems, claims and savings, and for the
        proofs that travel; None: nothing is said of them.
    corrections
        what was changed because of audit findings, as the journal tells it.
    carry
        whether the proofs that travel are read from the plant file; False for a draft that is only looked at.

    Raises
    ------
    UserError
        when the year has no activity data; for a closed year when other choices are asked for, or when this program
        does not confirm its numbers; when the proofs that travel are too large together.
    ValueError
        for a closed year without its package, and for proofs that travel without ``blob``.
    """
    issue = Issue(
        when.replace(microsecond=0),
        issued_by,
        language,
        RENDERER,
        *journal,
        required_signatures=required_for(ledger, year),
    )
    period = choices_of(ledger.audit(year), year).period
    energy = None if blob is None else energy_stated(ledger, period, library, blob)
    asked = _Asked(issue, choices, sound, earlier or {}, energy, corrections)
    closing = ledger.closing(year)
    draft = _of_open(ledger, year, library, asked) if closing is None else _of_closed(ledger, closing, closed, asked)
    return replace(draft, attachments=attachments_of(draft.package, blob)) if carry else draft


@dataclass(frozen=True, slots=True)
class _Asked:
    """What :func:`prepare` is asked, of an open year as of a closed one."""

    issue: Issue
    choices: tuple[str, str] | None
    sound: bool
    earlier: Mapping[str, bytes]
    energy: Mapping[str, object] | None
    corrections: Iterable[Correction]

    def package(
        self,
        ledger: Ledger,
        audit: Audit,
        findings: Sequence[Finding],
        library: Library,
        comparisons: Sequence[Caused],
    ) -> Mapping[str, object]:
        """Everything that the report will say."""
        return build(
            ledger,
            audit,
            findings,
            library,
            self.issue,
            draws=DRAWS,
            comparisons=comparisons,
            energy=self.energy,
            corrections=self.corrections,
        )


def _of_open(ledger: Ledger, year: int, library: Library, asked: _Asked) -> Draft:
    """Records, factors and choices of now."""
    audit = ledger.audit(year)
    if audit is None:
        period = choices_of(None, year).period
        audit = Audit(str(year), period.start, period.end, preparer=prepared_by(ledger, asked.issue.issued_by))
    if asked.choices is not None:
        audit = replace(audit, gwp_set=asked.choices[0], policy=asked.choices[1])
    audit = replace(audit, revision=audit.revision + 1)
    chosen = choices_of(audit, year)
    inventory = compile_inventory(audited(ledger, chosen.period, audit), chosen, library)
    if not inventory.activities:
        raise UserError(
            T("There is no activity data for {year}.", year=year), T("Import or enter the bills of the year first.")
        )
    findings = review(inventory)
    package = asked.package(ledger, audit, findings, library, _compared(ledger, year, inventory, asked.earlier))
    return Draft(package, audit, findings, asked.sound)


def _compared(ledger: Ledger, year: int, now: Inventory, earlier: Mapping[str, bytes]) -> tuple[Caused, ...]:
    found = []
    for name, sha256 in compared_with(ledger, year):
        closing = ledger.closing(int(name))
        if sha256 in earlier and closing is not None:
            then = replace(closing, sha256=sha256, size=len(earlier[sha256]))
            found.append(caused(name, sha256, closed_inventory(then, earlier[sha256]), now))
    return tuple(found)


def _of_closed(ledger: Ledger, closing: Closing, blob: bytes | None, asked: _Asked) -> Draft:
    """The same records and factors as were closed; revision, moment, plans and what was closed since are of today."""
    if blob is None:
        raise ValueError(f"{closing.id} is closed: its package is needed")
    package = closed_package(closing, blob)
    _can_be_said_again(package, closing, asked.choices)
    now = ledger.audit(int(closing.id)) or package.audit
    audit = replace(package.audit, revision=now.revision + 1, previous=now.previous)
    held = _with_plans_of_today(package.ledger, ledger, package.choices.period)
    held = Ledger({**held.records, "audit": {audit.id: audit}, "closing": ledger.records["closing"]})
    findings = review(with_closings(package.inventory(), held))  # with the plan of then, for that one travels along
    compared = _compared(ledger, int(closing.id), package.inventory(), asked.earlier)
    plain = asked.package(held, audit, findings, package.library, compared)
    return Draft(plain, audit, findings, asked.sound, closed=True)


def _can_be_said_again(package: Package, closing: Closing, choices: tuple[str, str] | None) -> None:
    """A closed year is reported under its own choices, by a program that confirms its numbers."""
    fixed = (package.choices.gwp_set, package.choices.policy)
    if choices is not None and (choices[0], policy_named(choices[1])) != (fixed[0], policy_named(fixed[1])):
        raise UserError(
            T("{year} is closed under {gwp} and {policy}.", year=closing.id, gwp=fixed[0], policy=fixed[1]),
            T("Restate the year to report it under other choices."),
        )
    if not confirmed(package):
        raise UserError(
            T("This version of the program does not confirm the numbers of {year}.", year=closing.id),
            T("Sign with the version that closed the year, or restate it."),
        )


def _with_plans_of_today(closed: Ledger, now: Ledger, period: Period) -> Ledger:
    """Targets, actions and credits look ahead: credits for a year are retired when it is closed. Those who ask are
    answered when the year is over. No emission follows from any of it, nor from who owns attributes that are not sold.
    """
    plans = [*planning_records(now), *asked_records(now, period)]
    proofs = named_by(plans, "evidence")
    today = PLANNED | ASKED
    kept = {kind: {} if kind in today else dict(own) for kind, own in closed.records.items()}
    kept["pv_system"] = _systems_of_today(closed, now)
    for one in (*plans, *(one for one in now.evidence if one.id in proofs)):
        kept[kind_of(one)].setdefault(one.id, one)
    return Ledger(kept)


def _systems_of_today(closed: Ledger, now: Ledger) -> dict[str, Record]:
    """PV systems as they were closed where numbers follow from them: sold, then or now, or named by an instrument."""
    counting = named_by(closed.held(Instrument), "pv_system")
    counting |= {one.id for one in (*closed.held(PvSystem), *now.held(PvSystem)) if one.attributes_owner == SOLD}
    sources = {activity.source for activity in closed.activities if activity.source}
    fresh = (one for one in now.held(PvSystem) if one.source in sources and one.id not in counting)
    kept = (one for one in closed.held(PvSystem) if one.id in counting)
    return {one.id: one for one in (*kept, *fresh)}


def produce(
    draft: Draft,
    identity: Identity | None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    *,
    time_stamps: str = "",
) -> bytes:
    """Render and, with an identity, sign in the role its certificate names.

    ``time_stamps`` is the address of a time stamping authority that is asked for a proof of when the signature existed;
    empty: none is.

    Raises
    ------
    UserError
        when findings forbid signing, or the certificate cannot sign.
    """
    show = progress or (lambda _: None)
    if identity is not None:
        _may_be_signed(draft)
    pdf = render(draft.package, draft.attachments, lambda part: show(part * 0.8), cancelled)
    if identity is None:
        return pdf
    issue = draft.package["issue"]
    assert isinstance(issue, dict)
    language = "zh" if issue["language"] == "both" else str(issue["language"])
    signed = sign(
        pdf,
        identity,
        reason=T("Audit report").in_language(language),
        location="",
        when=datetime.fromisoformat(str(issue["issued"])),
        field=signs_as(identity),
        lang=language,
        time_stamps=time_stamps,
    )
    show(1.0)
    return signed


def _may_be_signed(draft: Draft) -> None:
    """By anybody at all; whether this person may says the certificate."""
    if open_errors := forbidding(draft.findings):
        raise UserError(
            T(
                "{count} errors forbid signing, first: {finding}",
                count=len(open_errors),
                finding=open_errors[0].message,
            ),
            T("Correct them on the page “Activity data”, then sign."),
        )
    if _audited(draft) and not draft.concluding:
        raise RefusedError(
            T("{year} is audited: its report is signed once, when the audit is concluded.", year=draft.audit.id),
            T("Conclude the audit on the page “Conclusion”, or re-open it with a reason."),
        )
    if not draft.sound:
        raise RefusedError(
            T("The file was altered outside the program: its records do not follow from its journal."),
            T("Nobody can sign this. Take the last copy that is sound, or enter the altered records again."),
        )
    if {a.name for a in draft.attachments} != {t.file for t in travelling_with(draft.package)}:
        raise ValueError("the proofs that travel were not read: this draft is only for looking at")


def _audited(draft: Draft) -> bool:
    kept = draft.package["ledger"]
    return isinstance(kept, dict) and bool(kept["engagement"])


def recorded(
    ledger: Ledger, draft: Draft, who: str, when: datetime, certificate: x509.Certificate | None = None
) -> Change:
    """The change that remembers a signed report: its revision, and its hash for the next one to name.

    Parameters
    ----------
    ledger, draft
        as they were when it was prepared.
    who, when
        the person who acts, and now.
    certificate
        with which it was signed, to which the person is bound from now on; None: nobody is bound.

    Raises
    ------
    UserError
        when the certificate is not the one of this person, see :func:`core.handover.binding.binding`.
    """
    before = ledger.audit(int(draft.audit.id))
    # Choices made after the year was closed wait for a restatement; a signature must not take them back.
    kept = before if draft.closed and before is not None else draft.audit
    after = replace(kept, revision=draft.audit.revision, previous=draft.sha256)
    why = T("Report {revision} of {year} signed", revision=after.revision, year=after.id)
    bound = () if certificate is None else binding(ledger, int(draft.audit.id), who, certificate)
    return Change(who, when, why, (Step("audit", after.id, before, after), *bound))
