"""``manual``: the chapters that came with the program, listed, read, and searched."""

from __future__ import annotations

import argparse

from core.cli.common import GOOD, NO, Commands, command, print_json, table, write
from core.errors import UserError
from core.i18n import T
from core.running.manual import chapter, chapters, search


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    made = command(commands, "manual", T("The manual, chapter by chapter."), run_manual, lang)
    made.add_argument("chapter", nargs="?", default="", metavar="CHAPTER", help=T("Shows this one.").in_language(lang))
    made.add_argument(
        "--find", default="", metavar="WORDS", help=T("Where it speaks of these words.").in_language(lang)
    )
    made.add_argument("--json", action="store_true", help=T("for other programs").in_language(lang))


def run_manual(arguments: argparse.Namespace) -> int:
    """List the chapters, write one, or say where some words stand."""
    lang = arguments.lang_ui
    if arguments.find:
        return _found(arguments.find, lang, plain=arguments.json)
    if arguments.chapter:
        write(_text(arguments.chapter, lang))
        return GOOD
    rows = [(one.key, one.title) for one in chapters(lang)]
    if arguments.json:
        print_json([{"chapter": key, "title": title} for key, title in rows])
    else:
        write(table((T("Chapter").in_language(lang), T("Title").in_language(lang)), rows, ()))
    return GOOD


def _text(key: str, lang: str) -> str:
    held = chapter(key, lang)
    if held is None:
        raise UserError(T("The manual has no chapter “{key}”.", key=key), T("Its chapters are listed by: manual"))
    return held.markdown.rstrip()


def _found(words: str, lang: str, *, plain: bool) -> int:
    hits = search(words, lang)
    if plain:
        print_json([{"chapter": hit.chapter.key, "heading": hit.part.heading, "words": hit.words} for hit in hits])
    elif not hits:
        write(T("No chapter speaks of “{words}”.", words=words).in_language(lang))
    for hit in () if plain else hits:
        write(f"{hit.chapter.key}: {hit.part.heading}\n    {hit.words}")
    return GOOD if hits else NO
