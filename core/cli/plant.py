"""``new``, ``template``, ``import`` and ``attach``: a plant's data and proofs in."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from core.cli.because import add_because, confirm
from core.cli.common import BAD_INPUT, GOOD, Commands, command, must_be_new, now, person, print_json, write
from core.cli.holding import append, holding, records_of
from core.cli.unlocking import new_passphrase
from core.entering.templates import Template, applying, template_named
from core.exchange.proofs import attaching, calibrating, load_proof
from core.i18n import T
from core.inventory.evidence import CLASSES
from core.ledger import Change, Plant, Step
from core.library import load_library
from core.library.places import check_place, grid_named
from core.series.zones import zone_named
from core.store import PlantFile

if TYPE_CHECKING:
    from core.exchange import Preview


def add_commands(commands: Commands, lang: str) -> None:
    """Register the commands."""
    _add_new(commands, lang)
    _add_describe(commands, lang)
    template = command(commands, "template", T("Write an empty Excel template for activity data."), run_template, lang)
    template.add_argument("out", type=Path, metavar="OUT.xlsx")
    template.add_argument("--lang", choices=("zh", "en", "both"), default="both")
    _add_import(commands, lang)
    _add_attach(commands, lang)


def _add_new(commands: Commands, lang: str) -> None:
    new = command(commands, "new", T("Create a plant file."), run_new, lang)
    new.add_argument("file", type=Path, metavar="FILE")
    new.add_argument("--name", required=True)
    new.add_argument("--country", required=True, help="ISO 3166-1, CN")
    new.add_argument("--region", default="", help="ISO 3166-2, CN-HE")
    new.add_argument("--grid", default="", help="US-RFCM")
    new.add_argument("--organisation", default="")
    new.add_argument("--timezone", default="", help="IANA, Asia/Shanghai")
    new.add_argument(
        "--template", default="", help=T("A kind of plant whose usual sources are to be expected.").in_language(lang)
    )
    new.add_argument("--person")
    words = T("Encrypt it from the first byte on; the passphrase is typed, or the first line of a file.")
    new.add_argument("--encrypt", action="store_true", help=words.in_language(lang))
    new.add_argument("--passphrase-file", type=Path, metavar="P")


def _add_describe(commands: Commands, lang: str) -> None:
    describe = command(commands, "describe", T("Correct name, place or time zone of a plant."), run_describe, lang)
    describe.add_argument("file", type=Path, metavar="FILE")
    for field in READ:
        describe.add_argument(f"--{field}")
    describe.add_argument("--person")
    add_because(describe, lang)


def _add_import(commands: Commands, lang: str) -> None:
    importing = command(commands, "import", T("Import activity data; all rows or none."), run_import, lang)
    importing.add_argument("file", type=Path, metavar="FILE")
    importing.add_argument("data", type=Path, metavar="DATA.xlsx|csv")
    importing.add_argument("--dry-run", action="store_true", help=T("Check only, change nothing.").in_language(lang))
    importing.add_argument("--json", action="store_true")
    importing.add_argument("--person")
    add_because(importing, lang)


def _add_attach(commands: Commands, lang: str) -> None:
    attach = command(
        commands,
        "attach",
        T("Keep a file as proof of activity data or of another record, of a plant or of head office."),
        run_attach,
        lang,
    )
    attach.add_argument("file", type=Path, metavar="FILE")
    attach.add_argument("proof", type=Path, metavar="PROOF")
    attach.add_argument("--to", action="append", required=True, metavar="ID")
    attach.add_argument("--kind", choices=CLASSES, default="")
    attach.add_argument(
        "--valid-to", metavar="DATE", help=T("Last day of the calibration of a meter.").in_language(lang)
    )
    attach.add_argument("--person")
    add_because(attach, lang)


def run_new(arguments: argparse.Namespace) -> int:
    """Create the file."""
    plant = Plant(
        name=arguments.name.strip(),
        country=arguments.country.strip().upper(),
        region=arguments.region.strip().upper(),
        grid=grid_named(arguments.grid),
        organisation=arguments.organisation.strip(),
        timezone=_zone(arguments.timezone),
    )
    check_place(plant)
    passphrase = new_passphrase(arguments.passphrase_file, arguments.lang_ui) if arguments.encrypt else None
    template = template_named(arguments.template) if arguments.template else None
    PlantFile.create(arguments.file, plant, person(arguments), now(), passphrase)
    write(T("Created {file}.", file=str(arguments.file)).in_language(arguments.lang_ui))
    if template is not None:
        _expect(template, arguments)
    return GOOD


def _expect(template: Template, arguments: argparse.Namespace) -> None:
    """Fill the management plan of a new plant with what such a plant usually has."""
    with PlantFile.open(arguments.file) as plant:
        made = applying(plant.ledger, template, arguments.lang_ui)
        plant.append(Change(person(arguments), now(), made.why, made.steps))
    write(made.why.in_language(arguments.lang_ui))


def _zone(text: str) -> str:
    return zone_named(text).key if text.strip() else ""


def run_describe(arguments: argparse.Namespace) -> int:
    """Change what is named, as one change."""
    said = {field: getattr(arguments, field).strip() for field in READ if getattr(arguments, field) is not None}
    with PlantFile.open(arguments.file) as plant:
        before = plant.ledger.plant
        after = replace(before, **{field: READ[field](text) for field, text in said.items()})
        check_place(after)
        if after != before:
            step = Step("plant", before.id, before, after)
            confirm(plant, Change(person(arguments), now(), T("Plant described"), (step,)), arguments)
    done = T("Plant described") if after != before else T("Nothing was changed.")
    write(done.in_language(arguments.lang_ui))
    return GOOD


READ: dict[str, Callable[[str], str]] = {
    "name": str,
    "country": str.upper,
    "region": str.upper,
    "grid": grid_named,
    "organisation": str,
    "address": str,
    "timezone": _zone,
}
"""How the words for each field of the description are understood."""


def run_template(arguments: argparse.Namespace) -> int:
    """Write the template."""
    from core.exchange import write_template

    must_be_new(arguments.out)
    write_template(arguments.out, arguments.lang, load_library())
    write(T("Written {file}.", file=str(arguments.out)).in_language(arguments.lang_ui))
    return GOOD


def run_import(arguments: argparse.Namespace) -> int:
    """Import, or say of every refused row why."""
    from core.exchange import change_of, preview

    library = load_library()
    with PlantFile.open(arguments.file, read_only=arguments.dry_run) as plant:
        seen = preview(arguments.data, plant.ledger, library)
        imported = 0
        if not seen.refused and not seen.already and not arguments.dry_run:
            change = change_of(seen, plant.ledger, person(arguments), now())
            confirm(plant, change, arguments, [seen.data])
            imported = len(seen.ready)
    if arguments.json:
        print_json(_preview_to_plain(seen, imported, arguments))
    else:
        _print_preview(seen, imported, arguments)
    return BAD_INPUT if seen.refused or seen.already else GOOD


def _preview_to_plain(seen: Preview, imported: int, arguments: argparse.Namespace) -> dict[str, object]:
    lang = arguments.lang_ui
    return {
        "file": seen.name,
        "sha256": seen.sha256,
        "dry_run": arguments.dry_run,
        "rows": len(seen.ready) + len({r.row for r in seen.refused}),
        "accepted": len(seen.ready),
        "imported": imported,
        "already_imported": seen.already is not None,
        "refused": [
            {
                "row": r.row,
                "column": r.column,
                "reason": r.reason.in_language(lang),
                "remedy": r.remedy.in_language(lang),
            }
            for r in seen.refused
        ],
    }


def _print_preview(seen: Preview, imported: int, arguments: argparse.Namespace) -> None:
    lang = arguments.lang_ui
    for r in seen.refused:
        said = T("Row {row}, column {column}: {reason} {remedy}", row=r.row, column=r.column, reason=r.reason,
                 remedy=r.remedy)  # fmt: skip
        write(said.in_language(lang))
    if seen.already is not None:
        message = T("This file was imported before as “{name}”; nothing was changed.", name=seen.already.name)
    elif seen.refused:
        message = T("Rows refused: {refused}. Nothing was imported.", refused=len({r.row for r in seen.refused}))
    elif arguments.dry_run:
        message = T("Good rows: {count}. Nothing was changed (dry run).", count=len(seen.ready))
    else:
        message = T("Rows imported as one change: {count}.", count=imported)
    write(message.in_language(lang))


def run_attach(arguments: argparse.Namespace) -> int:
    """Keep the file and link it, as one change."""
    with holding(arguments.file) as file:
        proof = load_proof(arguments.proof, arguments.kind)
        if arguments.valid_to:
            proof = calibrating(proof, arguments.valid_to)
        found = attaching(records_of(file), [proof], arguments.to)
        if found.steps:
            append(file, arguments, found.why, found.steps, found.data)
            message = found.why
        else:
            message = T("“{file}” is attached already; nothing was changed.", file=proof.name)
    write(message.in_language(arguments.lang_ui))
    return GOOD
