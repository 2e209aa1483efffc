"""``about``: which program this is, what it knows and where it keeps its things."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import asdict

from core.cli.common import GOOD, Commands, command, print_json, table, write
from core.errors import UserError
from core.i18n import T, Text
from core.running.about import TITLE, About, about
from core.running.places import places
from core.running.third_party import licence_texts, third_party

COUNTS: Mapping[str, Text] = {
    "methods": T("emission methods"),
    "factor_sets": T("factor sets"),
    "rules": T("review rules"),
    "measures": T("kinds of measures"),
    "sections": T("sections of the report"),
    "maps": T("disclosure maps"),
    "pages": T("pages"),
    "chapters": T("chapters of the manual"),
}
PLACES: Mapping[str, Text] = {
    "settings": T("Personal settings"),
    "state": T("Windows and recent files"),
    "data": T("Demo, trust files, update notices"),
    "cache": T("Caches"),
    "logs": T("Logs"),
    "crashes": T("Crash reports"),
}


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    made = command(commands, "about", T("Which program this is, and where it keeps its things."), run_about, lang)
    made.add_argument("--json", action="store_true", help=T("for other programs").in_language(lang))
    licences = T("What of others is inside, and under which licence; with a name the text of its licence.")
    made.add_argument("--licences", nargs="?", const="", metavar="NAME", help=licences.in_language(lang))


def run_about(arguments: argparse.Namespace) -> int:
    """Show everything that somebody who helps will ask for, or whose work is inside."""
    if arguments.licences is not None:
        return show_licences(arguments.licences, arguments.lang_ui, plain=arguments.json)
    one, lang = about(places(), counted()), arguments.lang_ui
    if arguments.json:
        print_json(one.plain())
    else:
        for line in told(one, lang):
            write(line)
    return GOOD


def show_licences(name: str, lang: str, *, plain: bool) -> int:
    """All of them as a table, or the texts of one.

    Raises
    ------
    UserError
        when nothing of that name is inside.
    """
    known = third_party()
    if name:
        one = next((each for each in known if each.name.lower() == name.lower()), None)
        if one is None:
            raise UserError(T("Nothing called “{name}” is inside.", name=name),
                            T("Names stand in the list: about --licences"))  # fmt: skip
        for file, text in licence_texts(one) or (("", one.note),):
            write(f"== {one.name} {one.version} {file}".rstrip())
            write(text)
    elif plain:
        print_json([asdict(one) for one in known])
    else:
        heads = tuple(words.in_language(lang) for words in (T("Name"), T("Version"), T("Licence"), T("Where")))
        write(table(heads, [(one.name, one.version, one.licence, one.note or one.home) for one in known], ()))
    return GOOD


def counted() -> dict[str, int]:
    """How many there are of what is found by its place."""
    from core.checks import all_rules
    from core.disclosures.maps import all_maps
    from core.library import load_library
    from core.methods import all_methods
    from core.running.manual import chapters
    from core.savings import all_kinds

    return {
        "methods": len(all_methods()),
        "factor_sets": len(load_library().sets),
        "rules": len(all_rules()),
        "measures": len(all_kinds()),
        "sections": _files_of("core.report.sections"),
        "maps": len(all_maps()),
        "pages": _files_of("gui.pages"),
        "chapters": min(len(chapters("en")), len(chapters("zh"))),
    }


def _files_of(package: str) -> int:
    """Without loading them: pages are Qt, and sections are ReportLab."""
    from importlib.util import find_spec
    from pkgutil import iter_modules

    try:
        spec = find_spec(package)
    except ModuleNotFoundError:  # an engine without a window
        return 0
    folders = spec.submodule_search_locations if spec is not None else None
    return sum(not found.name.startswith("_") for found in iter_modules(folders or []))


def told(one: About, lang: str) -> list[str]:
    """Lines for people."""
    made = T("Python {python}, Qt {qt}, SQLite {sqlite}, on {system} ({machine})", python=one.python,
             qt=one.qt or "–", sqlite=one.sqlite, system=one.system, machine=one.machine)  # fmt: skip
    known = T("It knows: {counts}", counts=[T("{count} {what}", count=number, what=COUNTS[key])
                                            for key, number in one.counts.items()])  # fmt: skip
    lines = [f"{TITLE} {one.version}", made.in_language(lang), known.in_language(lang), ""]
    if one.places.portable is not None:
        lines.append(T("Everything is kept in one folder (portable mode).").in_language(lang))
    rows = [(words.in_language(lang), str(one.places.named[key])) for key, words in PLACES.items()]
    heads = (T("What").in_language(lang), T("Where").in_language(lang))
    return [*lines, table(heads, rows, ())]
