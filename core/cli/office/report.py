"""``office report``: the signed report of the group: make it, approve it, check it."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, must_be_new, now, person, print_json, write
from core.cli.keys import add_key, key_of, signs
from core.cli.office._opened import opened
from core.errors import UserError
from core.group.inbox.filing import read_file
from core.group.out.package import gather, held_against
from core.group.out.report import GroupReceipt, approve, judge_group_report, produce
from core.group.register.ownership import APPROACHES
from core.handover import write_safely
from core.i18n import T, Text
from core.library import load_library
from core.signing import Identity, load_trust


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command with what is below it."""
    words = T("The signed report of the group.").in_language(lang)
    parser = commands.add_parser("report", help=words, description=words)
    acts = parser.add_subparsers(metavar="ACT", required=True)
    make = command(acts, "make", T("Write the report of a year and sign it for head office."), run_make, lang)
    make.add_argument("group", type=Path, metavar="GROUP")
    make.add_argument("--year", type=int, required=True)
    make.add_argument("--out", type=Path, required=True, metavar="R.pdf")
    make.add_argument("--lang", choices=("zh", "en", "both"), default="both")
    make.add_argument("--approach", choices=APPROACHES)
    make.add_argument("--no-comparison", dest="compare", action="store_false",
                      help=T("Without taking apart why the year differs from the one before.")
                      .in_language(lang))  # fmt: skip
    make.add_argument("--person")
    add_key(make, lang)
    second = command(acts, "approve", T("Sign a report of the group for its management."), run_approve, lang)
    second.add_argument("report", type=Path, metavar="R.pdf")
    second.add_argument("--trust", type=Path, required=True, metavar="CA.pem")
    second.add_argument("--out", type=Path, required=True, metavar="OUT.pdf")
    add_key(second, lang)
    check = command(acts, "check", T("Verify a report of the group and render it again."), run_check, lang)
    check.add_argument("report", type=Path, metavar="R.pdf")
    check.add_argument("--trust", type=Path, required=True, metavar="CA.pem")
    check.add_argument("--group", type=Path, metavar="GROUP",
                       help=T("Calculate it again from the filed reports, too.").in_language(lang))  # fmt: skip
    check.add_argument("--json", action="store_true")


def run_make(arguments: argparse.Namespace) -> int:
    """Gather, render, sign, write."""
    must_be_new(arguments.out)
    when = now()
    if not signs(arguments):
        write_safely(arguments.out, _made(arguments, when, None))
        said = T("Written without signature: {file}", file=str(arguments.out))
    else:
        with key_of(arguments, when) as identity:
            write_safely(arguments.out, _made(arguments, when, identity))
        said = T("Signed and written: {file}", file=str(arguments.out))
    write(said.in_language(arguments.lang_ui))
    return GOOD


def _made(arguments: argparse.Namespace, when: datetime, identity: Identity | None) -> bytes:
    with opened(arguments.group) as group:
        package = gather(
            group,
            arguments.year,
            load_library(),
            language=arguments.lang,
            issued_by=identity.name if identity is not None else person(arguments),
            when=when,
            approach=arguments.approach,
            compare=arguments.compare,
        )
    return produce(package, identity)


def run_approve(arguments: argparse.Namespace) -> int:
    """Judge, then sign as management."""
    must_be_new(arguments.out)
    if not signs(arguments):
        raise UserError(T("No key is named."), T("Name a key file with --sign or a token with --module."))
    when, trust = now(), load_trust(arguments.trust)
    with key_of(arguments, when) as identity:
        write_safely(arguments.out, approve(read_file(arguments.report), identity, trust, when))
    write(T("Signed and written: {file}", file=str(arguments.out)).in_language(arguments.lang_ui))
    return GOOD


def run_check(arguments: argparse.Namespace) -> int:
    """Exit code 1 when it does not hold."""
    receipt = judge_group_report(read_file(arguments.report), load_trust(arguments.trust), now())
    lang, other = arguments.lang_ui, _otherwise(receipt, arguments.group)
    if arguments.json:
        differs = None if other is None else [one.in_language(lang) for one in other]
        print_json({**receipt_to_plain(receipt, lang), "differs_from_group": differs})
    else:
        write(receipt.reason.in_language(lang))
        for one in receipt.verification.signatures:
            write(T("Signed by {signer}.", signer=one.signer).in_language(lang))
        if other is not None:
            said = T("The group file says today what the report says.")
            write((T("The group file says something else today: {parts}", parts=other) if other else said)
                  .in_language(lang))  # fmt: skip
    return GOOD if receipt.valid and not other else NO


def _otherwise(receipt: GroupReceipt, path: Path | None) -> tuple[Text, ...] | None:
    """What differs from a group file; None when none was named or the report does not hold."""
    if path is None or receipt.package is None or not receipt.sound:
        return None
    with opened(path) as group:
        return held_against(receipt.package, group, load_library())


def receipt_to_plain(receipt: GroupReceipt, lang: str) -> dict[str, object]:
    """JSON-ready judgement."""
    package = receipt.package
    return {
        "valid": receipt.valid,
        "reason": receipt.reason.in_language(lang),
        "rebuilt": receipt.rebuilt,
        "missing": list(receipt.missing),
        "signed_by": [one.signer for one in receipt.verification.signatures],
        "group": "" if package is None else package.register.group.name,
        "year": None if package is None else package.contents.year,
        "package_sha256": "" if package is None else package.sha256,
        "reports": [] if package is None else [one.sha256 for one in package.contents.reports],
    }
