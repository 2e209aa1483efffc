"""``report`` and ``verify``: issue a signed report, and judge one from the file alone."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from core.cli.common import (
    GOOD,
    NO,
    Commands,
    command,
    library_of_plant,
    must_be_new,
    now,
    person,
    print_json,
    write,
)
from core.cli.keys import add_key, add_time_stamps, key_of, signs
from core.cli.publishing import finished_before, published
from core.group.inbox.filing import read_file
from core.handover import Receipt, binding, forbidding, prepare, produce, receive, recorded, write_safely
from core.handover.signatures import required_for, signs_as
from core.i18n import T, verbatim
from core.inventory import Choices, choices_of
from core.inventory.caused import compared_with
from core.inventory.closing import closed_package
from core.library import all_policies, load_library
from core.report.data import ROLE_NAMES, moment
from core.signing import Identity, load_trust, missing_signature
from core.store import PlantFile

REBUILT = {
    "equal": T("equal"),
    "differs": T("different"),
    "unknown-renderer": T("made by another program version"),
    "not-checked": T("not checked"),
}


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    report = command(commands, "report", T("Write the report of a year and sign it."), run_report, lang)
    report.add_argument("file", type=Path, metavar="FILE")
    report.add_argument("--year", type=int, required=True)
    report.add_argument("--out", type=Path, required=True, metavar="R.pdf")
    report.add_argument("--lang", choices=("zh", "en", "both"), default="both")
    add_key(report, lang)
    add_time_stamps(report, lang)
    report.add_argument("--gwp", choices=("AR4", "AR5", "AR6"))
    report.add_argument("--policy", choices=[p.key for p in all_policies()])
    report.add_argument("--person")
    verify = command(commands, "verify", T("Verify a signed report and calculate it again."), run_verify, lang)
    verify.add_argument("report", type=Path, metavar="R.pdf")
    verify.add_argument("--trust", type=Path, required=True, metavar="CA.pem")
    verify.add_argument("--json", action="store_true")


def run_report(arguments: argparse.Namespace) -> int:
    """Render, sign, write, and remember the revision in the plant file."""
    must_be_new(arguments.out)
    if not signs(arguments):
        return _report(arguments, None, now())
    when = now()
    with key_of(arguments, when) as identity:
        return _report(arguments, identity, when)


def _report(arguments: argparse.Namespace, identity: Identity | None, when: datetime) -> int:
    lang, year = arguments.lang_ui, arguments.year
    with PlantFile.open(arguments.file) as plant:
        if identity is not None:
            if finished_before(plant, arguments.out, lang):
                return GOOD
            _may_sign(plant, year, identity, person(arguments))
        chosen, closed = _choices_and_package(plant, year)
        draft = prepare(
            plant.ledger,
            year,
            library_of_plant(plant),
            language=arguments.lang,
            issued_by=identity.name if identity is not None else person(arguments),
            when=when,
            journal=(plant.head, plant.entries),
            choices=(arguments.gwp or chosen.gwp_set, arguments.policy or chosen.policy),
            sound=plant.health.sound,
            closed=closed,
            earlier={sha256: plant.blob(sha256) for _, sha256 in compared_with(plant.ledger, year)},
            blob=plant.blob,
        )
        against = [*plant.health.problems(), *(x for f in forbidding(draft.findings) for x in (f.message, f.remedy))]
        if identity is not None and against:
            for sentence in (*against, T("Signing is forbidden; nothing was written.")):
                write(sentence.in_language(lang))
            return NO
        pdf = produce(draft, identity, time_stamps=arguments.time_stamps)
        if identity is None:
            write_safely(arguments.out, pdf)
        else:
            change = recorded(plant.ledger, draft, person(arguments), when, identity.certificate)
            published(plant, pdf, arguments.out, change)
        needed = required_for(plant.ledger, year)
    _tell_written(arguments.out, lang, identity, needed)
    return GOOD


def _tell_written(out: Path, lang: str, identity: Identity | None, needed: Sequence[str]) -> None:
    """Where the report is, and who else has to sign it."""
    if identity is None:
        write(T("Written without signature: {file}", file=str(out)).in_language(lang))
        return
    write(T("Signed and written: {file}", file=str(out)).in_language(lang))
    for field in needed:
        if field != signs_as(identity):
            write(missing_signature(field).in_language(lang))


def _may_sign(plant: PlantFile, year: int, identity: Identity, who: str) -> None:
    """Refuse before the slow work what would be refused after it."""
    if not plant.writable:
        raise plant.why_read_only()
    binding(plant.ledger, year, who, identity.certificate)


def _choices_and_package(plant: PlantFile, year: int) -> tuple[Choices, bytes | None]:
    """Those recorded for a year; of a closed one those it was closed with, and its kept package."""
    closing = plant.ledger.closing(year)
    if closing is None:
        return choices_of(plant.ledger.audit(year), year), None
    blob = plant.blob(closing.sha256)
    return closed_package(closing, blob).choices, blob


def run_verify(arguments: argparse.Namespace) -> int:
    """Judge a file; exit code 1 when it does not hold."""
    trust = load_trust(arguments.trust)
    receipt = receive(read_file(arguments.report), trust, load_library(), now(), isolated=True)
    if arguments.json:
        print_json(receipt_to_plain(receipt, arguments.lang_ui))
    else:
        print_receipt(receipt, arguments.lang_ui)
    return GOOD if receipt.valid else NO


def receipt_to_plain(receipt: Receipt, lang: str) -> dict[str, object]:
    """JSON-ready judgement."""
    package = receipt.package
    schema = package.plain["schema"] if package is not None else None
    return {
        "valid": receipt.valid,
        "reason": receipt.reason.in_language(lang),
        "signatures": [
            {
                "field": s.field,
                "signer": s.signer,
                "issuer": s.issuer,
                "signed_at": s.signed_at.isoformat(),
                "trusted": s.trusted,
                "intact": s.intact,
                "covers_whole_file": s.covers_whole_file,
                "level": s.level,
                "proven_at": None if s.proven_at is None else s.proven_at.isoformat(),
                "stamped_by": s.stamped_by,
            }
            for s in receipt.signatures
        ],
        "package": {
            "schema": schema,
            "ledger_sha256": package.plain["ledger_sha256"] if package is not None else None,
            "sha256": package.sha256 if package is not None else None,
            "revision": package.audit.revision if package is not None else None,
        },
        "recalculated": {
            "equal": receipt.equal,
            "differences": [
                {"where": d.where, "stated": d.stated, "recalculated": d.recalculated} for d in receipt.differences
            ],
        },
        "rebuilt": receipt.rebuilt,
        "missing_signatures": list(receipt.missing),
        "proofs_inside": [
            {"file": one.file, "id": one.proof.id, "name": one.proof.name, "sha256": one.proof.sha256}
            for one in receipt.proofs
        ],
        "unknown_factors": [d.where.removeprefix("factor ") for d in receipt.unknown_factors],
    }


def print_receipt(receipt: Receipt, lang: str) -> None:
    """The judgement for people."""
    yes, no = T("yes").in_language(lang), T("no").in_language(lang)

    def say(flag: bool) -> str:
        return yes if flag else no

    verdict = T("VALID") if receipt.valid else T("NOT VALID")
    write(T("{verdict}: {reason}", verdict=verdict, reason=receipt.reason).in_language(lang))
    for s in receipt.signatures:
        write(
            T("Signature {field}: {signer} ({issuer}), {when}; trusted {trusted}, intact {intact}, whole file {whole}",
              field=ROLE_NAMES.get(s.field, verbatim(s.field)),
              signer=s.signer, issuer=s.issuer, when=moment(s.signed_at), trusted=say(s.trusted),
              intact=say(s.intact), whole=say(s.covers_whole_file)).in_language(lang)
        )  # fmt: skip
    write(
        T(
            "Recalculated equal: {equal}; rebuilt: {rebuilt}",
            equal=say(receipt.equal),
            rebuilt=REBUILT.get(receipt.rebuilt, verbatim(receipt.rebuilt)),
        ).in_language(lang)
    )
    if receipt.proofs:
        words = T("Proofs inside the report, each as it was signed: {count}", count=len(receipt.proofs))
        write(words.in_language(lang))
    for d in receipt.differences:
        said = T("{where}: {stated} ≠ {again}", where=d.where, stated=d.stated, again=d.recalculated)
        write(f"  {said.in_language(lang)}")
