"""``office``: head office in the terminal, one command a file with ``add_commands(commands, lang)``."""

from __future__ import annotations

import sys

from core.cli.common import Commands
from core.dropins import dropped_in
from core.i18n import T


def add_commands(commands: Commands, lang: str) -> None:
    """Register ``office`` and everything below it."""
    words = T("Head office: trust, reports, the group.").in_language(lang)
    parser = commands.add_parser("office", help=words, description=words)
    below = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in dropped_in(sys.modules[__name__]).values():
        module.add_commands(below, lang)
