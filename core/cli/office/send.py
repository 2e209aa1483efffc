"""``office send``: factor sets, requests, benchmarks, maps, certificates in use, update notices go out, signed."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, Commands, command, must_be_new, now, person, print_json, write
from core.cli.keys import add_key, key_of
from core.cli.office._opened import opened
from core.disclosures.maps import maps_of
from core.disclosures.question import DisclosureMap
from core.disk import read_within
from core.errors import UserError
from core.exchange.disclosure_maps import read_map_file
from core.exchange.factor_sets import LARGEST_SET
from core.group.out.factors import signed_factors
from core.group.out.sending import (
    FACTORS,
    Outgoing,
    benchmarks,
    dispatching,
    map_notice,
    read_rows,
    request,
    sending,
    serials_in_use,
    update_notice,
)
from core.handover import write_safely
from core.handover.notices import KINDS, MAP, UPDATE, Notice
from core.handover.updates import installer_row
from core.i18n import T
from core.library import load_library
from core.signing import Identity
from core.store import GroupFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Sign a factor set, a request, benchmarks, a disclosure map, the certificates in use or an update notice "
              "for plants.")  # fmt: skip
    send = command(commands, "send", words, run_send, lang)
    send.add_argument("group", type=Path, metavar="GROUP")
    send.add_argument("--kind", choices=(FACTORS, *KINDS), required=True)
    send.add_argument("--out", type=Path, required=True, metavar="OUT")
    send.add_argument("--title", default="", help=T("What plants see; a second file of it is its next edition.")
                      .in_language(lang))  # fmt: skip
    send.add_argument("--table", type=Path, metavar="TABLE",
                      help=T("Rows of a request or an update notice, or the csv of a disclosure map or a factor set.")
                      .in_language(lang))  # fmt: skip
    send.add_argument("--map", default="", metavar="KEY",
                      help=T("A disclosure map that the group file has, in place of a csv.")
                      .in_language(lang))  # fmt: skip
    send.add_argument("--year", type=int, help=T("Of the benchmarks.").in_language(lang))
    send.add_argument("--plant", action="append", default=[], metavar="ID",
                      help=T("Only for this plant; may be repeated.").in_language(lang))  # fmt: skip
    send.add_argument("--installer", action="append", default=[], type=Path, metavar="FILE",
                      help=T("Of an update notice: a file whose SHA-256 it states; may be repeated.")
                      .in_language(lang))  # fmt: skip
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
    if arguments.kind == MAP:
        return map_notice(group.register, _map(group, arguments), sites=arguments.plant, note=arguments.note)
    if arguments.kind == UPDATE:
        rows = [*read_rows(_table(arguments), UPDATE), *map(installer_row, arguments.installer)]
        return update_notice(group.register, rows, arguments.title, arguments.note)
    asked = read_rows(_table(arguments))
    return request(group.register, arguments.title, asked, sites=arguments.plant, due=arguments.due,
                   note=arguments.note)  # fmt: skip


def _map(group: GroupFile, arguments: argparse.Namespace) -> DisclosureMap:
    if not arguments.map:
        path = _table(arguments)
        return read_map_file(path, path.name)
    maps = maps_of(group.register, group.blob)
    if arguments.map not in maps:
        raise UserError(
            T("There is no disclosure map “{key}”.", key=arguments.map[:40]),
            T("Name one of: {choices}.", choices=list(maps)),
        )
    return maps[arguments.map]


def _factors(arguments: argparse.Namespace, identity: Identity) -> tuple[str, bytes]:
    path = _table(arguments)
    held = read_within(path, LARGEST_SET)
    publication, data = signed_factors(path.stem, held, identity, load_library(), now())
    return arguments.title or publication.key, data


def _table(arguments: argparse.Namespace) -> Path:
    if arguments.table is None:
        raise UserError(T("The table is missing."), T("Name it with --table."))
    path: Path = arguments.table
    return path
