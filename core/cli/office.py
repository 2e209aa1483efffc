"""``office import`` and ``office summary``: head office receives, recalculates and adds up."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, now, print_json, table, write
from core.errors import UserError
from core.group import Arrival, import_reports, summarise
from core.group.summary import REPORTED, summary_to_plain
from core.i18n import T, show_number
from core.library import load_library
from core.signing import load_trust
from core.store import GroupFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    top = command(commands, "office", T("Head office: import reports, sum up the group."), _needs_more, lang)
    inner = top.add_subparsers(metavar="import|summary", required=True)
    importing = command(inner, "import", T("Verify, recalculate and file reports."), run_import, lang)
    importing.add_argument("group", type=Path, metavar="GROUP")
    importing.add_argument("reports", type=Path, nargs="+", metavar="R.pdf")
    importing.add_argument("--trust", type=Path, required=True, metavar="CA.pem")
    importing.add_argument("--json", action="store_true")
    summary = command(inner, "summary", T("The accepted reports of a year, added up."), run_summary, lang)
    summary.add_argument("group", type=Path, metavar="GROUP")
    summary.add_argument("--year", type=int, required=True)
    summary.add_argument("--json", action="store_true")


def _needs_more(_: argparse.Namespace) -> int:
    raise UserError(T("Say what to do: import or summary."))


def run_import(arguments: argparse.Namespace) -> int:
    """Exit code 1 when one of the files was rejected."""
    trust = load_trust(arguments.trust)
    missing = [p for p in arguments.reports if not p.is_file()]
    if missing:
        raise UserError(T("“{file}” does not exist.", file=str(missing[0])))
    with GroupFile.open(arguments.group) as group:
        arrivals = import_reports(group, arguments.reports, trust, load_library(), now())
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
    states = {"accepted": T("accepted"), "rejected": T("rejected"), "superseded": T("superseded")}
    state = states[filed.state].in_language(lang)
    if not arrival.new:
        state = T("{state} (received before)", state=state).in_language(lang)
    reasons = " ".join(r.in_language(lang) for r in filed.reasons)
    rest = " ".join(part for part in (filed.plant, str(filed.year or ""), reasons) if part)
    write(T("{file}: {state} {rest}", file=filed.name, state=state, rest=rest).in_language(lang).rstrip())


def run_summary(arguments: argparse.Namespace) -> int:
    """The group's year."""
    if not arguments.group.is_file():
        raise UserError(T("“{file}” does not exist.", file=str(arguments.group)))
    with GroupFile.open(arguments.group) as group:
        summary = summarise(arguments.year, group.accepted(arguments.year))
    if arguments.json:
        print_json(summary_to_plain(summary))
        return GOOD
    lang = arguments.lang_ui
    yes, no = T("yes").in_language(lang), T("no").in_language(lang)
    scopes = (T("Scope 1"), T("Scope 2, location-based"), T("Scope 2, market-based"), T("Scope 3"))
    headings = (T("Plant"), T("Country"), *scopes, T("Signed by"), T("Recalculated equal"))
    rows = [
        (p.filed.plant, p.filed.country, *(show_number(p.totals[s], 3) for s in REPORTED), ", ".join(p.filed.signed_by),
         yes if p.filed.recalculated_equal else no)
        for p in summary.plants
    ]  # fmt: skip
    rows.append((T("Group").in_language(lang), "", *(show_number(summary.totals[s], 3) for s in REPORTED), "", ""))
    write(table([h.in_language(lang) for h in headings], rows, (2, 3, 4, 5)))
    return GOOD
