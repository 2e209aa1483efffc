"""What every command shares: language, clock, person, printing."""

from __future__ import annotations

import argparse
import getpass
import json
import locale
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from core.errors import UserError
from core.i18n import T, Text
from core.inventory import Inventory, choices_of, compile_inventory
from core.inventory.closing import closed_inventory, with_closings
from core.library import Library, load_library

if TYPE_CHECKING:
    from core.store import PlantFile

GOOD, NO, BAD_INPUT = 0, 1, 2
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What ``add_subparsers`` returns; argparse has no other name for it."""


def use_language(argv: list[str]) -> tuple[str, list[str]]:
    """Language of the messages: ``--ui-lang``, else that of the system."""
    for position, word in enumerate(argv):
        if word == "--ui-lang" and position + 1 < len(argv) and argv[position + 1] in ("en", "zh"):
            return argv[position + 1], argv[:position] + argv[position + 2 :]
        if word.startswith("--ui-lang=") and word.partition("=")[2] in ("en", "zh"):
            return word.partition("=")[2], argv[:position] + argv[position + 1 :]
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")] + [locale.getlocale()[0] or ""]
    first = next((name for name in names if name), "")
    return ("zh" if first.lower().startswith(("zh", "chinese")) else "en"), argv


def command(
    commands: Commands, name: str, summary: Text, run: Callable[[argparse.Namespace], int], lang: str
) -> argparse.ArgumentParser:
    """A sub-command with its help."""
    words = summary.in_language(lang)
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    parser.set_defaults(run=run)
    return parser


def now() -> datetime:
    """The moment, UTC, to the second. The only clock of the command line."""
    return datetime.now(UTC).replace(microsecond=0)


def person(arguments: argparse.Namespace) -> str:
    """Who makes changes: ``--person`` or the user of the system."""
    if getattr(arguments, "person", None):
        return str(arguments.person)
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "plant-audit"


def library_of_plant(plant: PlantFile) -> Library:
    """The shipped library with the factor sets and own factors of an open plant file."""
    from core.exchange.factor_import import library_of

    return library_of(plant.ledger, plant.blob, load_library())


def inventory_of_plant(plant: PlantFile, year: int, library: Library) -> Inventory:
    """The inventory of a year under its recorded choices; of a closed year as it was closed."""
    closing = plant.ledger.closing(year)
    if closing is None:
        return compile_inventory(plant.ledger, choices_of(plant.ledger.audit(year), year), library)
    return with_closings(closed_inventory(closing, plant.blob(closing.sha256)), plant.ledger)


def print_json(value: object) -> None:
    """JSON for other programs: UTF-8, indented, decimals as strings."""
    write(json.dumps(value, ensure_ascii=False, indent=2))


def write(text: str) -> None:
    """Print, whatever the terminal's encoding."""
    encoding = sys.stdout.encoding or "utf-8"
    print(text.encode(encoding, errors="replace").decode(encoding))


def must_be_new(*paths: Path | None) -> None:
    """Refuse to write over keys, certificates and reports that exist.

    Raises
    ------
    UserError
        naming the first one that does.
    """
    for path in paths:
        if path is not None and path.exists():
            raise UserError(
                T("“{file}” exists already.", file=path.name), T("Choose another name or move the old file away.")
            )


def passphrase_from(path: Path) -> str:
    """The first line of a file.

    Raises
    ------
    UserError
        when it cannot be read or is empty.
    """
    try:
        with path.open(encoding="utf-8-sig") as stream:
            word = stream.readline(4096).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(
            T("The passphrase file “{file}” cannot be read.", file=path.name),
            T("Check that the file exists and that you may read it."),
        ) from error
    if not word:
        raise UserError(
            T("The passphrase file “{file}” is empty.", file=path.name), T("Write the passphrase into its first line.")
        )
    return word


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[int]) -> str:
    """A plain table; wide characters count twice. ``right`` names the columns aligned to the right."""
    widths = [max(_cells(r[i]) for r in (headings, *rows)) for i in range(len(headings))]

    def line(row: Sequence[str]) -> str:
        parts = []
        for i, text in enumerate(row):
            gap = " " * (widths[i] - _cells(text))
            parts.append(gap + text if i in right else text + gap)
        return "  ".join(parts).rstrip()

    return "\n".join([line(headings), "  ".join("─" * w for w in widths), *(line(row) for row in rows)])


def _cells(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)
