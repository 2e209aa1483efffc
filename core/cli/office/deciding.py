"""``office decide``: a person decides about a report that is held."""

from __future__ import annotations

import argparse
import hashlib
import re
from pathlib import Path

from core.cli.common import GOOD, Commands, command, now, person, write
from core.cli.office._opened import opened
from core.cli.office.importing import STATES
from core.errors import UserError
from core.group import decide
from core.group.inbox.deciding import VERDICTS
from core.group.inbox.filing import read_file
from core.i18n import T
from core.store import Filed, GroupFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    deciding = command(commands, "decide", T("Decide about a report that is held."), run_decide, lang)
    deciding.add_argument("group", type=Path, metavar="GROUP")
    deciding.add_argument("report", metavar="SHA256|FILE")
    deciding.add_argument("verdict", choices=VERDICTS)
    deciding.add_argument("--reason", required=True)
    deciding.add_argument("--person")


def run_decide(arguments: argparse.Namespace) -> int:
    """Say what holds from now on."""
    with opened(arguments.group) as group:
        filed = meant(group, arguments.report)
        decide(group, filed.sha256, arguments.verdict, arguments.reason, person(arguments), now())
    lang = arguments.lang_ui
    state = STATES[arguments.verdict].in_language(lang)
    rest = " ".join(part for part in (filed.plant, str(filed.year or "")) if part)
    write(T("{file}: {state} {rest}", file=filed.name, state=state, rest=rest).in_language(lang).rstrip())
    return GOOD


def meant(group: GroupFile, named: str) -> Filed:
    """The report that is meant: by the beginning of its hash, by the file itself, or by its name as received.

    Raises
    ------
    UserError
        when none or more than one is meant.
    """
    if Path(named).is_file():
        digest = hashlib.sha256(read_file(Path(named))).hexdigest()
        found = [one for one in (group.received(digest),) if one is not None]
    elif re.fullmatch(r"[0-9a-fA-F]{8,64}", named):
        found = [one for one in group.all() if one.sha256.startswith(named.lower())]
    else:
        found = [one for one in group.all() if one.name == named]
    if len(found) != 1:
        raise UserError(
            T("“{name}” names no report that was received.", name=named)
            if not found
            else T("“{name}” names more than one report.", name=named),
            T("Name it by its SHA-256, as office import --json says it."),
        )
    return found[0]
