"""What is settled before anything else: where things are kept, how much is logged, who hears of crashes."""

from __future__ import annotations

import os
import re
import sys
import time
import traceback
from collections.abc import Callable, MutableMapping
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from core.errors import UserError
from core.i18n import T
from core.running.log import LEVEL, LOG, begin_log, level_from
from core.running.places import keep_together, places, portable_from

if TYPE_CHECKING:
    from core.running.crash import Crash

MOST_LINES = 200
_LINE = re.compile(r"(?:  )?[A-Za-z0-9_.<>:? ()]{1,240}")


def begin(words: list[str], environment: MutableMapping[str, str]) -> list[str]:
    """Settle where everything is kept, before anything is; gives the words that are left for window and commands."""
    rest = level_from(portable_from(words, environment), environment)
    keep_together(places(environment), environment)
    return rest


def command_ended(name: str, refused: UserError | None = None) -> None:
    """Note a command; the log is written when something was refused or a level was asked for, else it costs nothing."""
    seconds = time.process_time()
    if refused is None:
        LOG.note("command", name=name, seconds=seconds)
    else:
        LOG.note("command-refused", "warning", name=name, seconds=seconds, why=refused)
    if refused is not None or os.environ.get(LEVEL):
        begin_log(places())
        LOG.end()


def command_broke(lang: str) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What the interpreter calls when a command breaks: Python says it in the terminal, we keep a report."""

    def broke(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        traceback.print_exception(kind, error, trace)
        if not isinstance(error, Exception):
            return
        from core.running.crash import crash_of

        path = _kept(crash_of(error, "command"))
        begin_log(places())
        LOG.end()
        if path is not None:
            words = T("Something went wrong inside the program. A report without personal data lies in {file}",
                      file=str(path))  # fmt: skip
            print(words.in_language(lang), file=sys.stderr)

    return broke


def process_broke(said: str) -> None:
    """A process of its own broke over a file of others: it said where, which is looked at once more and kept.

    Running out of what it was given is no bug but its purpose; that is noted alone.
    """
    from core.running.crash import Crash

    found = Crash("process", tuple(line for line in said.splitlines()[:MOST_LINES] if _LINE.fullmatch(line)))
    if found.first.startswith(("MemoryError", "RecursionError")):
        LOG.note("process-reached-limits", "warning")
    else:
        _kept(found)


def _kept(found: Crash) -> Path | None:
    from core.running import crash

    now = datetime.now(UTC)
    LOG.note("broke", "error", where=found.kind, key=found.key, error=found.first.split(" ")[0])
    text = crash.report(found, f"{now:%Y-%m-%d %H:%M} UTC", LOG.recent)
    return crash.keep(places().crashes, text, f"{now:%Y%m%d-%H%M%S}-{found.key}")
