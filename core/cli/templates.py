"""``templates``: what typical plants usually emit; listed, shown, and added to the management plan of a plant."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.because import add_because, confirm
from core.cli.common import (
    GOOD,
    Commands,
    command,
    inventory_of_plant,
    library_of_plant,
    now,
    person,
    print_json,
    table,
    write,
)
from core.entering.templates import OWN, ExpectedSource, Template, Usual, all_templates, applying, template_named
from core.i18n import T, labelled
from core.inventory import Inventory
from core.ledger import Change
from core.store import PlantFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Templates of typical plants: the emission sources that are to be expected. They bring no amounts.")
    parser = command(commands, "templates", words, run_templates, lang)
    parser.add_argument(
        "template", nargs="?", default="", metavar="TEMPLATE", help=T("Shows this one.").in_language(lang)
    )
    parser.add_argument(
        "--apply", type=Path, metavar="FILE",
        help=T("Add what this plant lacks of it to the management plan, as one change.").in_language(lang),
    )  # fmt: skip
    parser.add_argument(
        "--also", action="append", default=[], metavar="SOURCE",
        help=T("A source that only some of these plants have.").in_language(lang),
    )  # fmt: skip
    parser.add_argument("--lang", choices=("en", "zh"), help=T("Language of the lines.").in_language(lang))
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--person")
    add_because(parser, lang)


def run_templates(arguments: argparse.Namespace) -> int:
    """List, show or apply."""
    lang = arguments.lang_ui
    if not arguments.template:
        return _list(arguments)
    template = template_named(arguments.template)
    if arguments.apply is not None:
        return _apply(template, arguments)
    if arguments.json:
        print_json(_to_plain(template, lang))
    else:
        write(_shown(template, lang))
    return GOOD


def _list(arguments: argparse.Namespace) -> int:
    lang = arguments.lang_ui
    if arguments.json:
        print_json([_to_plain(one, lang) for one in all_templates().values()])
        return GOOD
    headings = [one.in_language(lang) for one in (T("Key"), T("Name"), T("Sources"), T("What it is for"))]
    rows = [
        (one.key, one.name.in_language(lang), str(len(one.usual)), one.summary.in_language(lang))
        for one in all_templates().values()
    ]
    write(table(headings, rows, (2,)))
    return GOOD


def _apply(template: Template, arguments: argparse.Namespace) -> int:
    chosen = template.usual | frozenset(arguments.also)
    with PlantFile.open(arguments.apply) as plant:
        made = applying(plant.ledger, template, arguments.lang or arguments.lang_ui, chosen, _newest(plant))
        if made.steps:
            confirm(plant, Change(person(arguments), now(), made.why, made.steps), arguments)
    if arguments.json:
        print_json({"template": template.key, "added": [step.id for step in made.steps]})
    else:
        nothing = T("The plant lacks nothing of “{template}”; nothing was changed.", template=template.name)
        write((made.why if made.steps else nothing).in_language(arguments.lang_ui))
    return GOOD


def _newest(plant: PlantFile) -> Inventory | None:
    """Of the last year with records; None without any."""
    year = max((one.start.year for one in plant.ledger.activities), default=0)
    return inventory_of_plant(plant, year, library_of_plant(plant)) if year else None


def _shown(template: Template, lang: str) -> str:
    headings = [one.in_language(lang) for one in (T("Key"), T("Source"), T("Method"), T("Unit"), T("Why"), T("Basis"))]
    rows = [
        (one.key, one.name.in_language(lang), one.method, one.unit, _why(one, lang), _basis(one, lang))
        for one in template.sources
    ]
    parts = [
        labelled(template.name.in_language(lang), template.summary.in_language(lang), lang),
        table(headings, rows, ()),
    ]
    for title, held in ((T("Meters"), template.meters), (T("Key figures"), template.key_figures)):
        words = [f"  {_of(one, lang)}" for one in held]
        parts.append("\n".join([title.in_language(lang), *words]))
    return "\n\n".join(parts)


def _why(one: ExpectedSource, lang: str) -> str:
    why = one.why.in_language(lang)
    return T("(some plants) {why}", why=why).in_language(lang) if one.optional else why


def _basis(one: ExpectedSource, lang: str) -> str:
    return T("our own experience").in_language(lang) if one.basis == OWN else one.basis


def _of(one: Usual, lang: str) -> str:
    return T("{name} [{unit}]: {why}", name=one.name, unit=one.unit, why=one.why).in_language(lang)


def _to_plain(template: Template, lang: str) -> dict[str, object]:
    return {
        "key": template.key,
        "name": template.name.in_language(lang),
        "summary": template.summary.in_language(lang),
        "sources": [
            {
                "key": one.key,
                "name": one.name.in_language(lang),
                "method": one.method,
                "item": one.item,
                "unit": one.unit,
                "category": one.category or None,
                "parameters": list(one.parameters),
                "how": one.how,
                "frequency": one.frequency,
                "evidence": one.evidence.in_language(lang),
                "why": one.why.in_language(lang),
                "basis": one.basis,
                "optional": one.optional,
            }
            for one in template.sources
        ],
        "meters": [_usual(one, lang) for one in template.meters],
        "key_figures": [_usual(one, lang) for one in template.key_figures],
    }


def _usual(one: Usual, lang: str) -> dict[str, str]:
    return {"name": one.name.in_language(lang), "unit": one.unit, "why": one.why.in_language(lang)}
