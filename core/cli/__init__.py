"""The command line: the same core as the window, a second face that keeps it honest.

Exit codes: 0 good, 1 the answer is no (an invalid file, findings that forbid, an audit that does not allow it), 2 wrong
usage or input.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module

from core.cli.common import BAD_INPUT, GOOD, NO, use_language
from core.cli.unlocking import HELP, OPTION, answers, take_unlock
from core.errors import RefusedError, UserError
from core.i18n import T
from core.passphrase import asking
from core.running.log import LEVELS
from core.running.start import begin, command_broke, command_ended

DESCRIPTION = T(
    "Greenhouse gas inventories of plants: from the bills to a signed report that head office recalculates."
)

ROOMS: Mapping[str, tuple[str, ...]] = {
    "plant": ("new", "describe", "template", "import", "attach"),
    "templates": ("templates",),
    "inventory": ("inventory",),
    "find": ("find",),
    "findings": ("findings", "dismiss"),
    "declare": ("declare",),
    "upcoming": ("next",),
    "history": ("history",),
    "factors": ("factors",),
    "compare": ("compare",),
    "meter": ("meter",),
    "solar": ("solar",),
    "savings": ("savings",),
    "renewables": ("renewables",),
    "targets": ("targets",),
    "actions": ("actions",),
    "products": ("product",),
    "minerals": ("minerals",),
    "suppliers": ("supplier", "checklist"),
    "disclosure": ("disclosure",),
    "report": ("report", "verify"),
    "countersign": ("countersign",),
    "audit": ("audit",),
    "closing": ("close", "restate"),
    "certificate": ("certificate",),
    "office": ("office",),
    "office_request": ("office-request",),
    "protect": ("protect",),
    "demo": ("demo",),
    "manual": ("manual",),
    "about": ("about",),
    "update": ("update",),
}
"""Modules and the commands that each registers, in the order of the help."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    own_process = argv is None
    lang, rest = use_language(begin(sys.argv[1:], os.environ) if argv is None else list(argv))
    if own_process:
        sys.excepthook = command_broke(lang)
    unlock, rest = take_unlock(rest)
    arguments = build_parser(lang, rest[0] if rest else "").parse_args(rest)
    arguments.lang_ui = lang
    try:
        with asking(answers(unlock, lang)):
            code: int = arguments.run(arguments)
    except UserError as error:
        print(error.text(lang), file=sys.stderr)
        if own_process:
            command_ended(rest[0], error)
        return _code(error)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        if (told := _of_the_disk(error)) is None:
            raise
        print(told.text(lang), file=sys.stderr)
        return BAD_INPUT
    if own_process:
        command_ended(rest[0])
    return code


def _code(error: UserError) -> int:
    """What was asked for happened where only closing the file met trouble; that was said."""
    from core.store.trouble import UnsettledError

    if isinstance(error, UnsettledError):
        return GOOD
    return NO if isinstance(error, RefusedError) else BAD_INPUT


def _of_the_disk(error: Exception) -> UserError | None:
    from core.store.trouble import of_the_disk

    return of_the_disk(error)


@cache
def build_parser(lang: str, wanted: str = "") -> argparse.ArgumentParser:
    """The parser of one command, or else of every command, with help in one language.

    Parameters
    ----------
    lang
        of the help.
    wanted
        the command that was typed: nothing but its module is loaded. Whatever is no command gives all of them, for then
        help or a mistake is shown.

    Notes
    -----
    Made once a process: several hundred parsers take longer than most commands.
    """
    parser = argparse.ArgumentParser(prog="plant-audit", description=DESCRIPTION.in_language(lang))
    parser.add_argument("--ui-lang", choices=("en", "zh"), help=T("Language of messages.").in_language(lang))
    parser.add_argument(
        "--portable",
        metavar="FOLDER",
        help=T("Keep settings, logs and everything else in this folder.").in_language(lang),
    )
    parser.add_argument(OPTION, metavar="P", help=HELP.in_language(lang))
    much = T("How much is written into the log.").in_language(lang)
    parser.add_argument("--log-level", choices=tuple(LEVELS), help=much)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    rooms = [room for room, names in ROOMS.items() if wanted in names] or list(ROOMS)
    for room in rooms:
        import_module(f"{__name__}.{room}").add_commands(commands, lang)
    return parser
