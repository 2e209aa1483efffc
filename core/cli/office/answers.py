"""``office answers``: what plants have answered to a request, as it stands in their accepted reports."""

from __future__ import annotations

import argparse
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, print_json, table, write
from core.cli.office._opened import opened
from core.group.inbox.replies import Reply, replies, state_of
from core.i18n import T
from core.library import load_library


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("What plants have answered to a request, in their accepted reports.")
    answers = command(commands, "answers", words, run_answers, lang)
    answers.add_argument("group", type=Path, metavar="GROUP")
    answers.add_argument("--id", required=True, metavar="ID", help=T("Of what was sent, like d0001.").in_language(lang))
    answers.add_argument("--json", action="store_true")


def run_answers(arguments: argparse.Namespace) -> int:
    """Exit code 1 while something is open."""
    with opened(arguments.group) as group:
        found = replies(group, arguments.id, load_library())
    lang = arguments.lang_ui
    if arguments.json:
        print_json({"plants": [_to_plain(one, lang) for one in found]})
    else:
        headings = (T("Plant"), T("Item"), T("What is asked"), T("State"))
        rows = [
            (one.site.name, str(item.number), item.words.in_language(lang), state_of(one, item).in_language(lang))
            for one in found
            for item in one.items
        ]
        write(table([head.in_language(lang) for head in headings], rows, ()))
    return NO if any(one.open for one in found) else GOOD


def _to_plain(one: Reply, lang: str) -> dict[str, object]:
    items = [
        {
            "item": item.number,
            "words": item.words.in_language(lang),
            "done": item.done,
            "missing_years": list(item.missing),
            "answer": item.answer,
        }
        for item in one.items
    ]
    return {"id": one.site.id, "name": one.site.name, "reports": [file.name for file in one.reports], "items": items}
