"""``audit log``: minutes of meetings, letters, calls and requests."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.audit.communicating import KINDS, LONGEST, log_of, noting, striking, too_long
from core.cli.audit._acting import confirm, day_of, kept
from core.cli.common import GOOD, Commands, command, print_json, write
from core.disk import read_within
from core.errors import UserError
from core.exchange.ids import next_ids
from core.i18n import T, labelled, show_date
from core.ledger import Communication, to_plain
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    parser = command(
        commands, "log", T("The communication log of an audit: show it, or enter something."), run_log, lang
    )
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--year", type=int, required=True)
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--add", choices=tuple(KINDS))
    act.add_argument("--remove", metavar="ID")
    parser.add_argument("--day", metavar="DATE", help=T("Else today.").in_language(lang))
    parser.add_argument("--subject", default="")
    parser.add_argument("--text", default="")
    parser.add_argument("--text-file", type=Path, metavar="MINUTES.txt")
    parser.add_argument("--with", dest="people", action="append", default=[], metavar="NAME")
    parser.add_argument("--evidence", type=Path, action="append", default=[], metavar="MINUTES.pdf")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")


def run_log(arguments: argparse.Namespace) -> int:
    """Enter or strike what is asked for; else show the log."""
    acts = bool(arguments.add or arguments.remove)
    with PlantFile.open(arguments.file, read_only=not acts) as plant:
        if arguments.remove:
            confirm(plant, striking(plant.ledger, arguments.remove), arguments, say=not arguments.json)
        elif arguments.add:
            _enter(plant, arguments)
        entries = log_of(plant.ledger, arguments.year)
    if arguments.json:
        print_json([to_plain(one) for one in entries])
    elif not acts:
        _print(entries, arguments.lang_ui)
    return GOOD


def _enter(plant: PlantFile, arguments: argparse.Namespace) -> None:
    files = kept(plant.ledger, arguments.evidence, "minutes")
    entry = Communication(
        id=next_ids(plant.ledger, 1, "communication")[0],
        year=arguments.year,
        day=day_of(arguments.day),
        kind=arguments.add,
        subject=arguments.subject,
        text=arguments.text if arguments.text_file is None else _text_of(arguments.text_file),
        people=tuple(arguments.people),
        evidence=files.ids,
    )
    confirm(plant, files.with_act(noting(files.ledger, entry)), arguments, say=not arguments.json)


def _text_of(path: Path) -> str:
    data = read_within(path, 4 * LONGEST, too_long())
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            T("“{file}” cannot be read as text.", file=path.name), T("Save it as plain text in UTF-8.")
        ) from error


def _print(entries: tuple[Communication, ...], lang: str) -> None:
    if not entries:
        write(T("Nothing was entered yet.").in_language(lang))
    for one in entries:
        kind = KINDS[one.kind].in_language(lang) if one.kind in KINDS else one.kind
        write(f"{one.id}  {show_date(one.day, lang)}  {labelled(kind, one.subject, lang)}")
        for line in (", ".join(one.people), *one.text.splitlines(), ", ".join(one.evidence)):
            if line.strip():
                write(f"    {line}")
