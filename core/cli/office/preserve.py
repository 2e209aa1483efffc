"""``office preserve`` and ``office prove``: receipts that outlive certificates, and what they prove."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path

from core.cli.common import GOOD, NO, Commands, command, now, print_json, table, write
from core.cli.keys import add_key, key_of
from core.cli.office._opened import opened
from core.errors import UserError
from core.group.inbox.longterm import Kept, judged_later, preserving
from core.i18n import T, verbatim
from core.signing import Later
from core.store import ACCEPTED, SUPERSEDED, Filed, GroupFile


def add_commands(commands: Commands, lang: str) -> None:
    """Register both."""
    words = T("Sign receipts for accepted reports, so that they are provable after their certificates have ended.")
    preserve = command(commands, "preserve", words, run_preserve, lang)
    prove = command(commands, "prove", T("Judge reports by the receipts that were kept with them."), run_prove, lang)
    for parser in (preserve, prove):
        parser.add_argument("group", type=Path, metavar="GROUP")
        parser.add_argument("--report", action="append", metavar="SHA256", help=T("Only these.").in_language(lang))
        parser.add_argument("--json", action="store_true")
    add_key(preserve, lang)


def run_preserve(arguments: argparse.Namespace) -> int:
    """Exit code 1 when one of the reports got no receipt that it needs."""
    when = now()
    with key_of(arguments, when) as signer, opened(arguments.group) as group:
        kept = tuple(preserving(group, signer, when, _chosen(group, arguments.report)))
    lang = arguments.lang_ui
    if arguments.json:
        print_json([_kept_to_plain(one, lang) for one in kept])
    else:
        for one in kept:
            said = one.problem or (T("receipt added") if one.done else T("has a receipt that lasts"))
            write(T("{file}: {what}", file=one.filed.name, what=said).in_language(lang))
    return NO if any(one.problem is not None for one in kept) else GOOD


def run_prove(arguments: argparse.Namespace) -> int:
    """Exit code 1 when one of the reports is not proven."""
    when = now()
    with opened(arguments.group) as group:
        chosen = _chosen(group, arguments.report)
        reports = chosen or tuple(one for one in group.all() if one.state in (ACCEPTED, SUPERSEDED))
        found = [(one, judged_later(group, one, when)) for one in reports]
    lang = arguments.lang_ui
    if arguments.json:
        print_json([_later_to_plain(filed, later, lang) for filed, later in found])
    else:
        heads = (T("File"), T("Proven since"), T("By"), T("Next receipt by"), T("Result"))
        rows = [_row(filed, later, lang) for filed, later in found]
        write(table([words.in_language(lang) for words in heads], rows, ()))
    return GOOD if all(later is not None and later.valid for _, later in found) else NO


def _chosen(group: GroupFile, named: list[str] | None) -> tuple[Filed, ...] | None:
    if named is None:
        return None
    found: list[Filed] = []
    for key in named:
        fitting = [one for one in group.all() if len(key) >= 8 and one.sha256.startswith(key.lower())]
        if len(fitting) != 1:
            raise UserError(
                T("“{key}” is not one report that was filed.", key=verbatim(key)),
                T("Write the beginning of its SHA-256, at least 8 digits."),
            )
        found += fitting
    return tuple(found)


def _kept_to_plain(one: Kept, lang: str) -> dict[str, object]:
    problem = None if one.problem is None else one.problem.in_language(lang)
    return {"file": one.filed.name, "sha256": one.filed.sha256, "done": one.done, "problem": problem}


def _later_to_plain(filed: Filed, later: Later | None, lang: str) -> dict[str, object]:
    if later is None:
        return {"file": filed.name, "sha256": filed.sha256, "kept": False, "valid": False}
    reason = later.problem or later.verification.reason
    return {
        "file": filed.name,
        "sha256": filed.sha256,
        "kept": True,
        "valid": later.valid,
        "proven_at": _text(later.proven_at),
        "proven_by": later.proven_by,
        "renew_by": _text(later.renew_by),
        "reason": reason.in_language(lang),
    }


def _row(filed: Filed, later: Later | None, lang: str) -> list[str]:
    if later is None:
        return [filed.name, "—", "—", "—", T("no receipt").in_language(lang)]
    result = T("proven") if later.valid else later.problem or later.verification.reason
    days = [_text(moment)[:10] or "—" for moment in (later.proven_at, later.renew_by)]
    return [filed.name, days[0], later.proven_by or "—", days[1], result.in_language(lang)]


def _text(moment: datetime | None) -> str:
    return "" if moment is None else moment.isoformat()
