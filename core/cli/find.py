"""``find``: records, factors, rules and data points by a few words, in a plant or at head office."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, library_of_plant, print_json, table, write
from core.cli.holding import holding
from core.i18n import T
from core.library import load_library
from core.search.entries import NOTHING, Entry, Found, Index
from core.search.known import factors_of, points, reports, rules
from core.search.records import entries_of, kind_title
from core.store import GroupFile, PlantFile

MOST = 20
"""Of each kind, unless somebody asks for more."""


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Find anything by a few words, in Chinese or English: records, factors, rules, data points.")
    parser = command(commands, "find", words, run_find, lang)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("words", nargs="+", metavar="WORD", help=T("All of them must be there.").in_language(lang))
    parser.add_argument("--most", type=int, default=MOST, help=T("Of each kind that are listed.").in_language(lang))
    parser.add_argument("--json", action="store_true")


def run_find(arguments: argparse.Namespace) -> int:
    """Exit code 1 when nothing is found."""
    lang = arguments.lang_ui
    with holding(arguments.file, read_only=True) as file:
        found = Index.of(_entries(file), lang).find(" ".join(arguments.words), max(1, arguments.most))
    if arguments.json:
        print_json(_to_plain(found, lang))
    else:
        write(_listed(found, lang))
    return GOOD if found.count else NO


def _entries(file: PlantFile | GroupFile) -> Iterator[Entry]:
    if isinstance(file, PlantFile):
        library = library_of_plant(file)
        yield from entries_of(file.ledger, library)
        yield from rules()
        yield from points("disclosures", "checklist")
        yield from factors_of(library)
        return
    yield from entries_of(file.register, load_library())
    yield from reports(file.all())
    yield from points("group_disclosures", "group_checklist")


def _listed(found: Found, lang: str) -> str:
    if not found.count:
        return T("Nothing contains all of these words.").in_language(lang)
    headings = [words.in_language(lang) for words in (T("Kind"), T("Name"), T("What tells it apart"), T("Id"))]
    rows = [
        (kind_title(kind.kind).in_language(lang), *_said(one, lang), one.subject)
        for kind in found.kinds
        for one in kind.entries
    ]
    shown = table(headings, rows, ())
    more = found.count - len(rows)
    if more <= 0:
        return shown
    return f"{shown}\n{T('{count} more are not listed; --most lists more.', count=more).in_language(lang)}"


def _said(one: Entry, lang: str) -> tuple[str, str]:
    return one.title.in_language(lang), "" if one.beside is NOTHING else one.beside.in_language(lang)


def _to_plain(found: Found, lang: str) -> dict[str, object]:
    return {
        "count": found.count,
        "kinds": [
            {
                "kind": kind.kind,
                "count": kind.count,
                "found": [
                    {"id": one.subject, "title": _said(one, lang)[0], "beside": _said(one, lang)[1], "page": one.page}
                    for one in kind.entries
                ],
            }
            for kind in found.kinds
        ],
    }
