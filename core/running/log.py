"""The log: what the program did, in words of the program alone, in files that replace each other.

A line holds words of the source code, numbers, and sentences without what was filled into them: no names, no paths and
no values of people. Other libraries write into logs of their own, which are not kept. Nothing here ever fails.
"""

from __future__ import annotations

import os
import re
import time
from collections import deque
from collections.abc import MutableMapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from core.errors import UserError
from core.i18n import Text, catalogue
from core.running.places import PRIVATE_FILE, Places, private_folder

if TYPE_CHECKING:
    from io import TextIOWrapper
    from logging import Handler

LEVEL = "PLANT_AUDIT_LOG"
"""Names the level in the environment; ``--log-level`` sets it."""
LEVELS = {"debug": 10, "info": 20, "warning": 30, "error": 40, "off": 100}
USUAL = "info"
NAME = "plant-audit.log"
LARGEST, FILES = 1_000_000, 5
"""Of a file [bytes], and how many are kept: the newest and those that it replaced."""
REMEMBERED = 50
"""Lines that a report of a crash shows."""
Fact: TypeAlias = int | float | str | UserError | Text | type
_WORD = re.compile(r"[A-Za-z0-9_.:<>/+-]{1,120}")


class Log:
    """Remembers the last lines; writes them once it is told where."""

    def __init__(self) -> None:
        self._recent: deque[tuple[int, str]] = deque(maxlen=REMEMBERED)
        self._waiting: deque[tuple[int, str]] = deque(maxlen=200)
        """Written when there is a file; until then a start costs nothing."""
        self._handler: Handler | None = None
        self._level = LEVELS[USUAL]

    @property
    def recent(self) -> tuple[str, ...]:
        """The last lines, oldest first."""
        return tuple(line for _, line in self._recent)

    @property
    def path(self) -> Path | None:
        """The file that is written; None before ``begin``, and where nothing can be."""
        name = getattr(self._handler, "baseFilename", None)
        return None if name is None else Path(name)

    def begin(self, folder: Path, level: str = "") -> None:
        """Write into a folder from now on, also what was noted before.

        Parameters
        ----------
        folder
            of the log alone.
        level
            of :data:`LEVELS`; anything else is the usual one.
        """
        self.end()
        self._level = LEVELS.get(level, LEVELS[USUAL])
        if self._level < LEVELS["off"] and private_folder(folder):
            self._handler = _file(folder / NAME)
            while self._waiting:
                self._write(*self._waiting.popleft())

    def end(self) -> None:
        """Close the file; lines wait again."""
        if self._handler is not None:
            with suppress(Exception):
                self._handler.close()
            self._handler = None

    def note(self, what: str, level: str = "info", **facts: Fact) -> None:
        """One line.

        Parameters
        ----------
        what
            a word of the program, as ``opened``.
        level
            how much it matters, of :data:`LEVELS`.
        facts
            numbers and words of the program; of an error or a sentence only what stands in the source code.
        """
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        words = " ".join([stamp, str(os.getpid()), level, what, *(f"{k}={fact(v)}" for k, v in facts.items())])
        line = LEVELS[level], words
        self._recent.append(line)
        if self._handler is None:
            self._waiting.append(line)
        else:
            self._write(*line)

    def _write(self, level: int, words: str) -> None:
        if self._handler is not None and level >= self._level:
            import logging

            with suppress(Exception):  # a broken disk is no reason to stop
                self._handler.handle(logging.LogRecord("", level, "", 0, words, None, None))


LOG = Log()
"""Of this process."""


def fact(value: Fact) -> str:
    """A fact as it stands in a line; ``?`` for what might be a word of a person.

    >>> fact("plant"), fact(1.25), fact("Zhang San's file")
    ('plant', '1.25', '?')
    """
    if isinstance(value, UserError):
        return fact(value.message)
    if isinstance(value, Text):
        return sentence(value)
    if isinstance(value, type):
        return f"{value.__module__}.{value.__qualname__}" if _WORD.fullmatch(value.__qualname__) else "?"
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return str(value)
    return value if _WORD.fullmatch(value) else "?"


def sentence(text: Text) -> str:
    """A sentence without what is filled in, as the source code has it, with the sentences inside it.

    Only what stands in the catalogue is believed to be of the source code: a text may also be made of what was typed.
    """
    inner = [sentence(one) for one in text.args.values() if isinstance(one, Text)]
    known = catalogue("zh").gettext(text.msgid) != text.msgid
    own = f"“{text.msgid}”" if known else "?"
    return " < ".join([own, *(one for one in inner if one != "?")])


def level_from(words: list[str], environment: MutableMapping[str, str]) -> list[str]:
    """Take ``--log-level LEVEL`` out of the words of the command line, and let the environment say it from now on."""
    for at, word in enumerate(words):
        given = words[at + 1] if word == "--log-level" and at + 1 < len(words) else word.removeprefix("--log-level=")
        if given != word and given in LEVELS:
            environment[LEVEL] = given
            return words[:at] + words[at + (2 if word == "--log-level" else 1) :]
    return words


def begin_log(where: Places) -> None:
    """Write the log of this process where it belongs, at the level that was asked for."""
    LOG.begin(where.logs, os.environ.get(LEVEL, ""))


def _file(path: Path) -> Handler:
    """The standard library's files that replace each other, for nobody else to read, and silent when they cannot."""
    from logging.handlers import RotatingFileHandler

    class Quiet(RotatingFileHandler):
        def _open(self) -> TextIOWrapper:
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            return os.fdopen(os.open(self.baseFilename, flags, PRIVATE_FILE), "a", encoding="utf-8")

        def doRollover(self) -> None:  # noqa: N802
            with suppress(OSError):  # another program of the same person holds it: it grows until nobody does
                super().doRollover()

        def handleError(self, record: Any) -> None:  # noqa: N802
            """Nobody can be told."""

    return Quiet(path, maxBytes=LARGEST, backupCount=FILES - 1, encoding="utf-8", delay=True)
