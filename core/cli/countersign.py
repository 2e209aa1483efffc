"""``countersign``: put the second signature on a signed report."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, must_be_new, now, person, print_json, write
from core.cli.keys import add_key, add_time_stamps, key_of
from core.cli.report import print_receipt, receipt_to_plain
from core.disk import take_back
from core.errors import UserError
from core.group.inbox.filing import read_file
from core.handover import Receipt, countersign, countersigned, obstacle, receive, write_safely
from core.i18n import T
from core.library import load_library
from core.signing import Identity, load_trust
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Put the second signature on a signed report: the plant manager's, or the auditor's.")
    parser = command(commands, "countersign", words, run_countersign, lang)
    parser.add_argument("report", type=Path, metavar="R.pdf")
    parser.add_argument("--out", type=Path, required=True, metavar="R2.pdf")
    parser.add_argument("--trust", type=Path, required=True, metavar="CA.pem")
    add_key(parser, lang)
    add_time_stamps(parser, lang)
    parser.add_argument(
        "--plant", type=Path, metavar="FILE",
        help=T("Plant file of the report: binds the person to the certificate.").in_language(lang),
    )  # fmt: skip
    parser.add_argument("--person")
    parser.add_argument("--json", action="store_true")


def run_countersign(arguments: argparse.Namespace) -> int:
    """Judge, sign, write; exit code 1 when the report does not hold as it is."""
    lang, when = arguments.lang_ui, now()
    must_be_new(arguments.out)
    pdf, trust, library = read_file(arguments.report), load_trust(arguments.trust), load_library()
    receipt = receive(pdf, trust, library, when, isolated=True)
    if obstacle(receipt) is not None:
        _say(receipt, arguments)
        return NO
    with key_of(arguments, when) as identity:
        made = countersign(pdf, identity, trust, library, when, judged=receipt, time_stamps=arguments.time_stamps)
        _keep(arguments, receipt, identity, made.pdf)
    _say(made.receipt, arguments)
    if not arguments.json:
        write(T("Countersigned and written: {file}", file=str(arguments.out)).in_language(lang))
    return GOOD


def _keep(arguments: argparse.Namespace, receipt: Receipt, identity: Identity, signed: bytes) -> None:
    """The file, and who signed it in the plant's file: both or none."""
    if arguments.plant is None:
        write_safely(arguments.out, signed)
        return
    assert receipt.package is not None
    with PlantFile.open(arguments.plant) as plant:
        change = countersigned(plant.ledger, receipt.package, identity, person(arguments), now())
        write_safely(arguments.out, signed)
        if change is None:
            return
        try:
            plant.append(change)
        except UserError:
            take_back(arguments.out)
            raise


def _say(receipt: Receipt, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json(receipt_to_plain(receipt, arguments.lang_ui))
    else:
        print_receipt(receipt, arguments.lang_ui)
