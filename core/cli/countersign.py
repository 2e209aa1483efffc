"""``countersign``: put the second signature on a signed report."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, must_be_new, now, person, print_json, write
from core.cli.keys import add_key, add_time_stamps, key_of
from core.cli.publishing import finished_before, published
from core.cli.report import print_receipt, receipt_to_plain
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
    must_be_new(arguments.out)
    with nullcontext() if arguments.plant is None else PlantFile.open(arguments.plant) as plant:
        return _countersign(arguments, plant, now())


def _countersign(arguments: argparse.Namespace, plant: PlantFile | None, when: datetime) -> int:
    lang, trust, library = arguments.lang_ui, load_trust(arguments.trust), load_library()
    if plant is not None and finished_before(plant, arguments.out, lang, say=not arguments.json):
        _say(receive(read_file(arguments.out), trust, library, when, isolated=True), arguments)
        return GOOD
    pdf = read_file(arguments.report)
    receipt = receive(pdf, trust, library, when, isolated=True)
    if obstacle(receipt) is not None:
        _say(receipt, arguments)
        return NO
    with key_of(arguments, when) as identity:
        made = countersign(pdf, identity, trust, library, when, judged=receipt, time_stamps=arguments.time_stamps)
        _keep(arguments, plant, receipt, identity, made.pdf)
    _say(made.receipt, arguments)
    if not arguments.json:
        write(T("Countersigned and written: {file}", file=str(arguments.out)).in_language(lang))
    return GOOD


def _keep(
    arguments: argparse.Namespace, plant: PlantFile | None, receipt: Receipt, identity: Identity, signed: bytes
) -> None:
    """The file, and who signed it in the plant's file: both or none."""
    change = None
    if plant is not None:
        assert receipt.package is not None
        change = countersigned(plant.ledger, receipt.package, identity, person(arguments), now())
    if plant is None or change is None:
        write_safely(arguments.out, signed)
    else:
        published(plant, signed, arguments.out, change)


def _say(receipt: Receipt, arguments: argparse.Namespace) -> None:
    if arguments.json:
        print_json(receipt_to_plain(receipt, arguments.lang_ui))
    else:
        print_receipt(receipt, arguments.lang_ui)
