"""``office import``: head office receives, verifies, recalculates and files."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, now, print_json, write
from core.errors import UserError
from core.group import Arrival, import_files, reports_in
from core.group.inbox.filing import Progress
from core.group.inbox.importing import ENGINES
from core.group.inbox.watching import NOTHING_SEEN, look, stamps
from core.group.trust.believing import trust_of
from core.i18n import T, Text
from core.signing import Trust, load_trust
from core.store import GroupFile

STATES = {"accepted": T("accepted"), "rejected": T("rejected"), "superseded": T("superseded"), "held": T("held")}
BETWEEN_LOOKS = 2.0
"""How long a file in a watched folder has to rest before it is taken. [s]"""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    importing = command(commands, "import", T("Verify, recalculate and file reports."), run_import, lang)
    importing.add_argument("group", type=Path, metavar="GROUP")
    importing.add_argument("reports", type=Path, nargs="+", metavar="FILE|FOLDER")
    importing.add_argument(
        "--trust", type=Path, metavar="CA.pem",
        help=T("Authorities to believe besides those of the register.").in_language(lang),
    )  # fmt: skip
    importing.add_argument(
        "--engine", choices=ENGINES, default=ENGINES[0],
        help=T("Who judges: the processors of this machine, or Apache Spark.").in_language(lang),
    )  # fmt: skip
    importing.add_argument(
        "--master", metavar="URL", help=T("Address of the Spark cluster; without it this machine.").in_language(lang)
    )
    importing.add_argument(
        "--no-rebuild", action="store_true",
        help=T("Do not render reports again; what is good otherwise is held.").in_language(lang),
    )  # fmt: skip
    importing.add_argument(
        "--watch", action="store_true",
        help=T("Go on with what comes into the folders, until the command is interrupted.").in_language(lang),
    )  # fmt: skip
    importing.add_argument("--json", action="store_true")


def run_import(arguments: argparse.Namespace) -> int:
    """Exit code 1 when one of the files was rejected or could not be read."""
    given = None if arguments.trust is None else load_trust(arguments.trust)
    missing = [p for p in arguments.reports if not p.exists()]
    if missing:
        raise UserError(T("“{file}” does not exist.", file=str(missing[0])), T("Check the path."))
    if arguments.watch and not any(p.is_dir() for p in arguments.reports):
        raise UserError(T("Only folders can be watched."), T("Name the folder into which reports come."))
    told: list[Arrival] = []
    ending = suppress(KeyboardInterrupt) if arguments.watch else nullcontext()
    with ending, GroupFile.open(arguments.group) as group:
        believed = trusted(group) if given is None else given.joined(trust_of(group.register, now()))
        for arrival in _arrivals(group, believed, arguments):
            told.append(arrival)
            _tell(arrival, arguments)
    if arguments.json and not arguments.watch:
        print_json({"reports": [arrival_to_plain(a, arguments.lang_ui) for a in told]})
    return NO if any(a.filed.state == "rejected" for a in told) else GOOD


def trusted(group: GroupFile) -> Trust:
    """Whom the register believes now.

    Raises
    ------
    UserError
        when it believes nobody: every report would be rejected.
    """
    trust = trust_of(group.register, now())
    if not trust.authorities:
        raise UserError(
            T("The register trusts no authority, so no report could be believed."),
            T("Name the certificate of head office with --trust, or make it known with office certificates."),
        )
    return trust


def _arrivals(group: GroupFile, trust: Trust, arguments: argparse.Namespace) -> Iterator[Arrival]:
    def imported(paths: tuple[Path, ...]) -> Iterator[Arrival]:
        return import_files(
            group, paths, trust, now(), engine=arguments.engine, master=arguments.master,
            progress=None if arguments.json or not sys.stderr.isatty() else _progress(arguments.lang_ui),
            rebuild=not arguments.no_rebuild,
        )  # fmt: skip

    if not arguments.watch:
        yield from imported(tuple(arguments.reports))
        return
    seen = NOTHING_SEEN
    while True:
        seen, ready = look(seen, stamps(reports_in(arguments.reports)))
        if ready:
            yield from imported(ready)
        time.sleep(BETWEEN_LOOKS)


def _progress(lang: str) -> Progress:
    def told(share: float, what: Text) -> None:
        print(f"\r\x1b[K{share:4.0%} {what.in_language(lang)}", end="\r", file=sys.stderr, flush=True)

    return told


def _tell(arrival: Arrival, arguments: argparse.Namespace) -> None:
    """At once, unless one document follows in the end; of a watched folder, one document a line."""
    if not arguments.json:
        _print(arrival, arguments.lang_ui)
    elif arguments.watch:
        print_json(arrival_to_plain(arrival, arguments.lang_ui))


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
    state = STATES[filed.state].in_language(lang)
    if not arrival.new and filed.sha256:
        state = T("{state} (received before)", state=state).in_language(lang)
    reasons = " ".join(r.in_language(lang) for r in filed.reasons)
    rest = " ".join(part for part in (filed.plant, str(filed.year or ""), reasons) if part)
    write(T("{file}: {state} {rest}", file=filed.name, state=state, rest=rest).in_language(lang).rstrip())
