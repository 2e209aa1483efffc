"""``office import``: head office receives, verifies, recalculates and files."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, now, print_json, write
from core.errors import UserError
from core.group import Arrival, import_files
from core.i18n import T
from core.signing import load_trust
from core.store import GroupFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    importing = command(commands, "import", T("Verify, recalculate and file reports."), run_import, lang)
    importing.add_argument("group", type=Path, metavar="GROUP")
    importing.add_argument("reports", type=Path, nargs="+", metavar="R.pdf")
    importing.add_argument("--trust", type=Path, required=True, metavar="CA.pem")
    importing.add_argument("--json", action="store_true")


def run_import(arguments: argparse.Namespace) -> int:
    """Exit code 1 when one of the files was rejected."""
    trust = load_trust(arguments.trust)
    missing = [p for p in arguments.reports if not p.is_file()]
    if missing:
        raise UserError(T("“{file}” does not exist.", file=str(missing[0])))
    with GroupFile.open(arguments.group) as group:
        arrivals = tuple(import_files(group, arguments.reports, trust, now()))
    if arguments.json:
        print_json({"reports": [arrival_to_plain(a, arguments.lang_ui) for a in arrivals]})
    else:
        for arrival in arrivals:
            _print(arrival, arguments.lang_ui)
    return NO if any(a.filed.state == "rejected" for a in arrivals) else GOOD


def arrival_to_plain(arrival: Arrival, lang: str) -> dict[str, object]:
    """JSON-ready decision."""
    filed = arrival.filed
    return {
        "file": filed.name,
        "sha256": filed.sha256,
        "state": filed.state,
        "new": arrival.new,
        "reasons": [r.in_language(lang) for r in filed.reasons],
        "plant": filed.plant,
        "year": filed.year,
        "revision": filed.revision,
        "signed_by": ", ".join(filed.signed_by),
        "recalculated_equal": filed.recalculated_equal,
        "rebuilt": filed.rebuilt,
    }


def _print(arrival: Arrival, lang: str) -> None:
    filed = arrival.filed
    states = {"accepted": T("accepted"), "rejected": T("rejected"), "superseded": T("superseded"), "held": T("held")}
    state = states[filed.state].in_language(lang)
    if not arrival.new:
        state = T("{state} (received before)", state=state).in_language(lang)
    reasons = " ".join(r.in_language(lang) for r in filed.reasons)
    rest = " ".join(part for part in (filed.plant, str(filed.year or ""), reasons) if part)
    write(T("{file}: {state} {rest}", file=filed.name, state=state, rest=rest).in_language(lang).rstrip())
