"""The plant's own audit, verifications by others, and certificates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from core.disclosures.derived._lines import lines_in
from core.disclosures.derived._made import HUNDRED, NOTHING, Basis, Row, found, lacking, record, table
from core.disclosures.known import Known
from core.disclosures.value import PointValue
from core.i18n import T, Text
from core.ledger import Communication, Declaration, Engagement, ExternalAudit, Opinion, Person, TestSheet
from core.methods import plain

CONCLUDED = "concluded"
NO_OPINION = ("disclaimed", "findings_only")
"""Conclusions that assure nothing."""
VERIFIED = "iso14064"
"""Scheme of a verification by somebody outside."""
MEDALS = ("platinum", "gold", "silver", "bronze", "committed")
"""Of EcoVadis, as results name them."""
SCORES = ("A-", "A", "B-", "B", "C-", "C", "D-", "D", "F")
"""Of CDP, the longer ones first."""


def _concluded(known: Known) -> tuple[Engagement, Opinion] | None:
    """The audit of the year, when it is concluded."""
    engagement, opinion = known.ledger.engagement(known.year), known.ledger.get("opinion", str(known.year))
    if engagement is None or engagement.state != CONCLUDED or not isinstance(opinion, Opinion):
        return None
    return engagement, opinion


def _of_audit(known: Known, opinion: Opinion) -> Basis:
    """Engagement and opinion, with the evidence that the audit gathered: tests, declarations, minutes."""
    year, ledger = known.year, known.ledger
    proofs = [key for one in ledger.held(TestSheet) if one.year == year for key in one.evidence]
    proofs += [one.evidence for one in ledger.held(Declaration) if one.year == year]
    proofs += [key for one in ledger.held(Communication) if one.year == year for key in one.evidence]
    agreed = record("engagement", (str(year),), T("Audit of {year}", year=str(year)), "audit")
    return agreed + record("opinion", (opinion.id,), T("Opinion about the year"), "conclusion", proofs)


def _internal(known: Known) -> PointValue:
    """The concluded audit of the year, by the day of its conclusion and the package that was concluded."""
    audit = _concluded(known)
    if audit is None:
        return lacking("audit.internal", T("The audit of {year} is not concluded.", year=str(known.year)))
    engagement, opinion = audit
    said = " ".join(one for one in (engagement.concluded, engagement.package[:12]) if one)
    return found("audit.internal", said or opinion.day.isoformat(), _of_audit(known, opinion))


# ---------------------------------------------------------------------- assurance of a scope


def _assured(key: str, scope: str) -> Callable[[Known], PointValue]:
    """Who looked at the emissions of a scope, and how hard: the plant's audit, and verifications of the period."""

    def derive(known: Known) -> PointValue:
        audit, others = _concluded(known), _verifications(known)
        rows: list[Row] = []
        basis = NOTHING
        if audit is not None and audit[1].kind not in NO_OPINION and lines_in(known, scope):
            rows.append(_own(known, *audit, known.inventory.totals.scopes[scope]))
            basis = _of_audit(known, audit[1])
        for one in others:
            rows.append(("", one.name, one.body, "", ""))
            basis = basis + _of_external(one)
        if not rows:
            why = T("Nobody has assured the emissions of {year}: conclude the audit, or enter the verification.",
                    year=str(known.year))  # fmt: skip
            return lacking(key, why)
        return table(key, rows, basis)

    return derive


def _own(known: Known, engagement: Engagement, opinion: Opinion, tonnes: Decimal) -> Row:
    """An opinion is about the whole statement, so all of a scope is covered by it."""
    audit, person = known.ledger.audit(known.year), known.ledger.get("person", opinion.by)
    body = ", ".join(part for part in (person.name, person.organisation) if part) if isinstance(person, Person) else ""
    criteria = "" if audit is None else audit.criteria
    return engagement.assurance, criteria, body, plain(HUNDRED), plain(tonnes)


def _verifications(known: Known) -> list[ExternalAudit]:
    """Of the year: they are dated after its end, and hold or have no end."""
    end = known.inventory.choices.period.end
    held = (one for one in known.ledger.held(ExternalAudit) if one.scheme == VERIFIED)
    return sorted(
        (one for one in held if one.day > end and one.day.year <= known.year + 1 and _holds(one, known)),
        key=lambda one: (one.day, one.id),
    )


# ---------------------------------------------------------------------- certificates


def _holds(one: ExternalAudit, known: Known) -> bool:
    return one.day <= known.today and (not one.valid_to or one.valid_to >= known.today.isoformat())


def _of_external(one: ExternalAudit) -> Basis:
    return record("external_audit", (one.id,), T("Result of {day}", day=one.day), evidence=one.evidence)


def latest(known: Known, scheme: str) -> ExternalAudit | None:
    """The last result of a scheme: one that holds, else the one that ran out last."""
    held = [one for one in known.ledger.held(ExternalAudit) if one.scheme == scheme and one.day <= known.today]
    return max(held, key=lambda one: (_holds(one, known), one.valid_to or "9999", one.day, one.id), default=None)


def _dated(value: PointValue, one: ExternalAudit, known: Known) -> PointValue:
    return replace(value, valid_to=one.valid_to, expired=not _holds(one, known))


def _certificate(key: str, scheme: str, missing: Text) -> Callable[[Known], PointValue]:
    """What was certified, by whom and until when; one that ran out is said to be expired."""

    def derive(known: Known) -> PointValue:
        one = latest(known, scheme)
        if one is None:
            return lacking(key, missing)
        said = ", ".join(part for part in (one.result or one.name, one.body) if part)
        return _dated(found(key, said, _of_external(one)), one, known)

    return derive


def _certified(known: Known) -> PointValue:
    """One plant: it has the certificate or has not; a group adds both up."""
    if not known.ledger.held(ExternalAudit):
        return lacking("cert.site_pct", _ENTER, unit="%")
    one = latest(known, "iso14001")
    holds = one is not None and _holds(one, known)
    basis = NOTHING if one is None else _of_external(one)
    value = HUNDRED if holds else Decimal(0)
    return found("cert.site_pct", value, basis, "%", (Decimal(int(holds)), Decimal(1)))


def _result(key: str, scheme: str, read: Callable[[str], str], missing: Text) -> Callable[[Known], PointValue]:
    """A result as it was stated, never scored again."""

    def derive(known: Known) -> PointValue:
        one = latest(known, scheme)
        if one is None:
            return lacking(key, missing)
        return _dated(found(key, read(one.result), _of_external(one)), one, known)

    return derive


def score(result: str) -> str:
    """The score of CDP that a result names.

    >>> score("A-"), score("Climate: B"), score("not public"), score("")
    ('A-', 'B', 'private', 'none')
    """
    words = result.replace(":", " ").split()
    return next((one for one in SCORES if one in words), "private" if words else "none")


def medal(result: str) -> str:
    """The medal of EcoVadis that a result names.

    >>> medal("78/100, Gold medal"), medal("52/100"), medal("金牌")
    ('gold', 'assessed', 'gold')
    """
    said = result.casefold()
    chinese = {"platinum": "铂金", "gold": "金", "silver": "银", "bronze": "铜", "committed": "承诺"}
    return next((one for one in MEDALS if one in said or chinese[one] in said), "assessed" if said else "none")


_ENTER = T("No certificate is entered: enter it among the external audits, with its file.")

DERIVED: Mapping[str, Callable[[Known], PointValue]] = {
    "audit.internal": _internal,
    "assure.s1": _assured("assure.s1", "scope1"),
    "assure.s2": _assured("assure.s2", "scope2_location"),
    "assure.s3": _assured("assure.s3", "scope3"),
    "cert.iso14001": _certificate("cert.iso14001", "iso14001", _ENTER),
    "cert.iso50001": _certificate("cert.iso50001", "iso50001", _ENTER),
    "cert.iso45001": _certificate("cert.iso45001", "iso45001", _ENTER),
    "cert.site_pct": _certified,
    "gov.cdp": _result(
        "gov.cdp", "cdp", score, T("No score of CDP is entered: enter it among the external audits, with its letter.")
    ),
    "gov.ecovadis": _result(
        "gov.ecovadis", "ecovadis", medal,
        T("No result of EcoVadis is entered: enter it among the external audits, with its scorecard."),
    ),
}  # fmt: skip
DATED = tuple(key for key in DERIVED if key != "audit.internal")
