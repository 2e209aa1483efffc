"""Verification of a signed report, from the first byte to the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from cryptography import x509
from cryptography.x509.oid import NameOID

from core.i18n import T, Text
from core.signing.certificates import email_of, fingerprint, subject_value
from core.signing.layout import AUDITOR, GROUP_PACKAGE_NAME, ROLE_NAMES, missing_signature
from core.signing.records import LEVEL, STAMPED_LEVEL, SignatureReport, Verification
from core.signing.stamp import accepted_texts, for_group
from core.signing.trust import Trust
from core.signing.verification.attachments import exchanged_in, read_attachments, text_of
from core.signing.verification.carried import check_carried
from core.signing.verification.container import Container, read_container
from core.signing.verification.document import Document, check_streams, read_document
from core.signing.verification.grammar import Signed, examine_revisions
from core.signing.verification.limits import Budget
from core.signing.verification.refusal import Refused
from core.signing.verification.revisions import File, read_file
from core.signing.verification.signers import (
    CLOCKS_DIFFER,
    problems_of,
    revocation_checked,
    role_in,
    same_person,
    sites_in,
)
from core.signing.verification.stamped import NO_STAMP, Stamped, problems_of_stamp, read_stamp_token


def verify(
    pdf: bytes,
    trust: Trust | Sequence[x509.Certificate],
    crls: Iterable[x509.CertificateRevocationList] = (),
    *,
    when: datetime,
    required: Sequence[str] = (AUDITOR,),
    proven: datetime | None = None,
) -> Verification:
    """Whether a received file is a report signed by people that head office trusts.

    Nothing but a :class:`Verification` comes out of it, whatever the file is. ``when`` is now; ``required`` names
    the signatures that must be there. ``proven`` is a moment at which the file is known to have existed, not from what
    stands in it: what was revoked later is believed. Files of strangers belong into
    :func:`core.signing.verify_isolated`.

    >>> from datetime import datetime, timezone
    >>> answer = verify(b"hello", [], when=datetime(2026, 1, 1, tzinfo=timezone.utc))
    >>> answer.valid, str(answer.reason)
    (False, 'The file is not a PDF.')
    """
    believed = trust if isinstance(trust, Trust) else Trust(tuple(trust))
    believed = replace(believed, crls=(*believed.crls, *crls))
    try:
        return _examined(pdf, believed, (when, proven), required)
    except Refused as refused:
        return Verification(False, refused.reason)
    except Exception as error:  # a hostile file must never become a traceback
        return Verification(False, T("The file could not be examined ({kind}).", kind=type(error).__name__))


def _examined(
    pdf: bytes, trust: Trust, times: tuple[datetime, datetime | None], required: Sequence[str]
) -> Verification:
    file = read_file(pdf)
    budget = Budget()
    document = read_document(file)
    signed = examine_revisions(file, document, budget)
    containers = [_container(pdf, each) for each in signed]
    pairs = list(zip(signed, containers, strict=True))
    reports = [_report(pdf, each, container, trust, times) for each, container in pairs]
    if not all(report.intact for report in reports):
        return _rejected(reports, _exchanged(file, document, budget))
    try:
        check_streams(file, budget)
        attachments = read_attachments(file, document, budget)
        check_carried(attachments)
    except Refused as refused:
        return Verification(False, refused.reason, tuple(reports))
    reports = _of_its_kind(reports, signed, GROUP_PACKAGE_NAME in attachments)
    reports = _two_people(reports, containers)
    if _good(reports):
        reports = _second_opinion(pdf, trust, reports, [container.certificate for container in containers])
    original = pdf[: file.revisions[0].end]
    missing = [field for field in required if field not in {report.field for report in reports}]
    reason = T("The signatures are valid and the report is as it was signed.")
    if not _good(reports):
        reason = _first_problem(reports)
    elif missing:
        reason = missing_signature(missing[0])
    valid = _good(reports) and not missing
    return Verification(valid, reason, tuple(reports), original, MappingProxyType(attachments))


def _container(pdf: bytes, signed: Signed) -> Container:
    try:
        return read_container(pdf, signed)
    except Refused as refused:
        role = ROLE_NAMES[signed.field]
        raise Refused(
            T("{reason} It is the signature of this role: {role}.", reason=refused.reason, role=role)
        ) from refused


def _report(
    pdf: bytes, signed: Signed, container: Container, trust: Trust, times: tuple[datetime, datetime | None]
) -> SignatureReport:
    certificate, (when, proven) = container.certificate, times
    stamp = _stamped(container, trust)
    known = min((moment for moment in (stamp.at, proven) if moment is not None), default=None)
    trouble = (
        *problems_of(certificate, signed.field, container.signed_at, when, trust, known),
        *problems_of_stamp(stamp, certificate, container.signed_at, CLOCKS_DIFFER),
    )
    problems = [*_content_problems(signed, container), *trouble]
    subject = certificate.subject
    return SignatureReport(
        field=signed.field,
        signer=subject_value(subject, NameOID.COMMON_NAME),
        issuer=subject_value(certificate.issuer, NameOID.COMMON_NAME),
        signed_at=container.signed_at,
        trusted=not trouble,
        intact=container.intact,
        covers_whole_file=signed.revision.end == len(pdf),
        fingerprint=fingerprint(certificate),
        role=role_in(certificate, trust),
        email=email_of(certificate),
        organisation=subject_value(subject, NameOID.ORGANIZATION_NAME),
        sites=sites_in(certificate, trust),
        revocation_checked=revocation_checked(certificate, trust, container.signed_at),
        problems=tuple(problems),
        level=LEVEL if stamp.at is None else STAMPED_LEVEL,
        stamped_by=stamp.by,
        proven_at=stamp.at,
    )


def _stamped(container: Container, trust: Trust) -> Stamped:
    if container.stamp is None:
        return NO_STAMP
    return read_stamp_token(container.stamp, container.signature, trust)


def _content_problems(signed: Signed, container: Container) -> Iterator[Text]:
    if not container.intact:
        yield T("The file was changed after it was signed.")
        return
    subject = container.certificate.subject
    name = subject_value(subject, NameOID.COMMON_NAME)
    organisation = subject_value(subject, NameOID.ORGANIZATION_NAME)
    shown = accepted_texts(signed.field, name, organisation, container.signed_at)
    written = signed.values["Name"]
    if signed.stamp not in shown or not isinstance(written, bytes) or text_of(written) != name:
        yield T("The stamp shows another name or time than the signature.")


def _of_its_kind(reports: list[SignatureReport], signed: Sequence[Signed], group: bool) -> list[SignatureReport]:
    """What is declared of the group stands only on a report of the group, and nothing else does there."""
    problem = T("The stamp declares something about another kind of report.")
    return [
        report if for_group(one.field, one.stamp) == group else _with_problem(report, problem)
        for report, one in zip(reports, signed, strict=True)
    ]


def _two_people(reports: list[SignatureReport], containers: list[Container]) -> list[SignatureReport]:
    """The one who signs second must be somebody else than the one who signed first, and must have come later."""
    if len(reports) < 2:
        return reports
    first, last = reports[0], reports[-1]
    if same_person(containers[0].certificate, containers[-1].certificate):
        last = _with_problem(last, T("Both signatures are by the same person."))
    if last.signed_at < first.signed_at - CLOCKS_DIFFER:
        last = _with_problem(last, T("The second signature claims a time before the first."))
    return [first, last]


def _second_opinion(
    pdf: bytes, trust: Trust, reports: list[SignatureReport], certificates: list[x509.Certificate]
) -> list[SignatureReport]:
    from core.signing.verification import oracle

    moments = {report.field: report.signed_at for report in reports}
    checked = all(report.revocation_checked for report in reports)
    spared = frozenset(one.serial_number for one in certificates)  # nobody here is revoked, but perhaps was later
    found = oracle.objections(pdf, trust, moments, checked, spared)
    problems = {
        field: T("The second examination does not confirm the signature ({what}).", what=what)
        for field, what in found.items()
    }
    return [_with_problem(each, problems[each.field]) if each.field in problems else each for each in reports]


def _with_problem(report: SignatureReport, problem: Text) -> SignatureReport:
    return replace(report, problems=(*report.problems, problem))


def _good(reports: list[SignatureReport]) -> bool:
    return all(report.intact and report.trusted and not report.problems for report in reports)


def _first_problem(reports: list[SignatureReport]) -> Text:
    return next(problem for report in reports for problem in report.problems)


def _rejected(reports: list[SignatureReport], exchanged: Text | None) -> Verification:
    """Names what was exchanged; else the signatures that no longer hold, which may be all there is to say."""
    roles = [ROLE_NAMES[report.field] for report in reports if not report.intact]
    reason = T(
        "{changed} {what}",
        changed=T("The file was changed after it was signed."),
        what=exchanged or T("Signatures that no longer hold: {roles}.", roles=roles),
    )
    return Verification(False, reason, tuple(reports))


def _exchanged(file: File, document: Document, budget: Budget) -> Text | None:
    """Which attachment is not what was signed; None when they are as they should be."""
    try:
        attachments = read_attachments(file, document, budget)
        check_carried(attachments)
    except Refused as refused:
        return refused.reason
    name = exchanged_in(document, attachments)
    return None if name is None else T("The attachment {name} is another one than the report was made with.", name=name)
