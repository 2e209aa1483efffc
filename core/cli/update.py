"""``update FILE``: whether a signed notice of a newer version counts, what is new, whether an installer is the one."""

from __future__ import annotations

import argparse
from pathlib import Path

from core import VERSION
from core.cli.common import GOOD, NO, Commands, command, now, print_json, write
from core.errors import RefusedError
from core.handover.updates import (
    Judged,
    Update,
    judge_updates,
    lying_about,
    take_up,
    trusted,
    which_installer,
)
from core.i18n import T, show_date
from core.running.places import notice_folders, places, private_folder


def add_commands(commands: Commands, lang: str) -> None:
    """Register the command."""
    words = T("Look at a signed update notice, or at those that are here; the network is never asked.")
    made = command(commands, "update", words, run_update, lang)
    made.add_argument("file", nargs="?", type=Path, metavar="FILE")
    made.add_argument("--trust", action="append", default=[], type=Path, metavar="FILE",
                      help=T("A trust file or the certificate of head office, beside those that were taken up.")
                      .in_language(lang))  # fmt: skip
    made.add_argument("--installer", type=Path, metavar="FILE",
                      help=T("Whether this file is the one that the notice means.").in_language(lang))  # fmt: skip
    made.add_argument("--json", action="store_true")


def run_update(arguments: argparse.Namespace) -> int:
    """Judge, keep what counts, tell."""
    where, lang = places(), arguments.lang_ui
    paths = [arguments.file] if arguments.file else lying_about(notice_folders(where))
    judged = judge_updates(paths, trusted(where.trust, arguments.trust), now())
    best = judged[0] if judged and judged[0].update is not None else None
    if arguments.file and best is None:
        if arguments.json:
            print_json(plain(judged[0], lang))
            return NO
        raise RefusedError(judged[0].reason)
    if arguments.file and best is not None and private_folder(where.updates):
        take_up(best, where.updates)
    if arguments.json:
        print_json([plain(one, lang) for one in judged] if arguments.file is None else plain(judged[0], lang))
    else:
        _tell(judged, lang)
    if arguments.installer is not None:
        return _installer(best, arguments.installer, lang)
    return GOOD


def _tell(judged: tuple[Judged, ...], lang: str) -> None:
    if not any(one.update for one in judged):
        write(T("No notice tells of a version newer than {version}.", version=VERSION).in_language(lang))
    for one in judged:
        if one.update is None:
            write(T("{file}: {why}", file=one.path.name, why=one.reason).in_language(lang))
        else:
            for line in told(one.update, lang):
                write(line)


def told(one: Update, lang: str) -> list[str]:
    """A notice for people."""
    head = T("Version {version} of this program is there, of {day}; yours is {own}.", version=one.version,
             day=show_date(one.released, lang), own=VERSION)  # fmt: skip
    news = [f"  – {words}" for name in one.news if (words := name.in_language(lang))]
    signed = T("Signed by {signer} of {group}.", signer=one.signer, group=one.group)
    where = T("Where to get it: {words}", words=one.where.in_language(lang))
    parts = [head.in_language(lang), *news, where.in_language(lang)]
    if one.note:
        parts.append(one.note)
    files = [f"  {name}  {digest}" for name, digest in one.installers]
    return [*parts, T("SHA-256 of its files:").in_language(lang), *files, signed.in_language(lang)]


def plain(one: Judged, lang: str) -> dict[str, object]:
    """As JSON says it."""
    said: dict[str, object] = {"file": str(one.path), "counts": one.update is not None,
                               "reason": one.reason.in_language(lang)}  # fmt: skip
    if (update := one.update) is not None:
        said |= {
            "version": update.version,
            "released": update.released.isoformat(),
            "own": VERSION,
            "news": [{"en": name.en, "zh": name.zh} for name in update.news],
            "where": {"en": update.where.en, "zh": update.where.zh},
            "installers": [{"file": name, "sha256": digest} for name, digest in update.installers],
            "group": update.group,
            "signer": update.signer,
        }
    return said


def _installer(best: Judged | None, path: Path, lang: str) -> int:
    if best is None or best.update is None:
        raise RefusedError(T("There is no notice that could say it."), T("Name the file of a notice."))
    name = which_installer(path, best.update)
    write(T("“{file}” is {name} of version {version}, unaltered.", file=path.name, name=name,
            version=best.update.version).in_language(lang))  # fmt: skip
    return GOOD
