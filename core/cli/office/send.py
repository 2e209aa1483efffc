"""``office send``: factor sets, requests, benchmarks, maps and certificates in use go to plants as signed files."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, Commands, command, must_be_new, now, person, print_json, write
from core.cli.keys import add_key, key_of
from core.cli.office._opened import opened
from core.errors import UserError
from core.group.out.factors import signed_factors
from core.group.out.sending import (
    FACTORS,
    Outgoing,
    benchmarks,
    dispatching,
    read_rows,
    request,
    sending,
    serials_in_use,
)
from core.handover import write_safely
from core.handover.notices import KINDS, Notice
from core.i18n import T
from core.library import load_library
from core.signing import Identity
from core.store import GroupFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T(
        "Sign a factor set, a request, benchmarks, a map of a questionnaire or the certificates in use for plants."
    )
    send = command(commands, "send", words, run_send, lang)
    send.add_argument("group", type=Path, metavar="GROUP")
    send.add_argument("--kind", choices=(FACTORS, *KINDS), required=True)
    send.add_argument("--out", type=Path, required=True, metavar="OUT")
    send.add_argument("--title", default="", help=T("What plants see; a second file of it is its next edition.")
                      .in_language(lang))  # fmt: skip
    send.add_argument("--table", type=Path, metavar="TABLE",
                      help=T("Rows of a request or a map, or the csv of a factor set.").in_language(lang))  # fmt: skip
    send.add_argument("--year", type=int, help=T("Of the benchmarks.").in_language(lang))
    send.add_argument("--plant", action="append", default=[], metavar="ID",
                      help=T("Only for this plant; may be repeated.").in_language(lang))  # fmt: skip
    send.add_argument("--due", default="", metavar="DATE")
    send.add_argument("--note", default="")
    add_key(send, lang)
    send.add_argument("--json", action="store_true")
    send.add_argument("--person")


def run_send(arguments: argparse.Namespace) -> int:
    """Sign, remember, write."""
    must_be_new(arguments.out)
    when = now()
    with opened(arguments.group) as group, key_of(arguments, when) as identity:
        made = _made(group, arguments, identity)
        group.append(made.change, [made.data])
        write_safely(arguments.out, made.data)
    sent = made.dispatch
    if arguments.json:
        print_json({"id": sent.id, "kind": sent.kind, "title": sent.title, "sha256": sent.sha256, "file": sent.name})
    else:
        write(T("Signed and written: {file}", file=str(arguments.out)).in_language(arguments.lang_ui))
    return GOOD


def _made(group: GroupFile, arguments: argparse.Namespace, identity: Identity) -> Outgoing:
    register, who, when = group.register, person(arguments), now()
    if arguments.kind == FACTORS:
        title, data = _factors(arguments, identity)
        ids = tuple(arguments.plant)
        return dispatching(register, FACTORS, title, data, arguments.out.name, who, when, ids)
    return sending(register, _notice(group, arguments), identity, who, when, name=arguments.out.name)


def _notice(group: GroupFile, arguments: argparse.Namespace) -> Notice:
    if arguments.kind == "benchmarks":
        if arguments.year is None:
            raise UserError(T("The year of the benchmarks is missing."), T("Name it with --year."))
        title = arguments.title or T("Benchmarks {year}", year=str(arguments.year)).in_language("en")
        return benchmarks(group.register, group.accepted(arguments.year), arguments.year, title)
    if arguments.kind == "serials":
        return serials_in_use(group, arguments.title or T("Certificates in use").in_language("en"))
    rows = read_rows(_table(arguments), arguments.kind)
    return request(group.register, arguments.title, rows, sites=arguments.plant, due=arguments.due,
                   note=arguments.note, kind=arguments.kind)  # fmt: skip


def _factors(arguments: argparse.Namespace, identity: Identity) -> tuple[str, bytes]:
    path = _table(arguments)
    try:
        held = path.read_bytes()
    except OSError as error:
        raise UserError(T("The file {file} cannot be read: {why}", file=path.name, why=error.strerror or "")) from error
    publication, data = signed_factors(path.stem, held, identity, load_library(), now())
    return arguments.title or publication.key, data


def _table(arguments: argparse.Namespace) -> Path:
    if arguments.table is None:
        raise UserError(T("The table is missing."), T("Name it with --table."))
    path: Path = arguments.table
    return path
