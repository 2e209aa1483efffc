"""``audit``: the auditor's own work in the terminal, one command a file with ``add_commands(commands, lang)``."""

from __future__ import annotations

import sys

from core.cli.common import Commands
from core.dropins import dropped_in
from core.i18n import T


def add_commands(commands: Commands, lang: str) -> None:
    """Register ``audit`` and everything below it."""
    words = T("The audit itself: engagement, samples, tests, findings, conclusion.").in_language(lang)
    parser = commands.add_parser("audit", help=words, description=words)
    below = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in dropped_in(sys.modules[__name__]).values():
        module.add_commands(below, lang)
