"""A report of what went wrong inside the program, for somebody who can mend it. It holds nothing of people.

In it stand the types of the exceptions, module and line of each step, versions, and the last lines of the log. What an
exception says is left out, because it may quote a value, a name or a path; only of some classes a part is kept that is
known to be a word of the program or a number, see :func:`safe_part`.
"""

from __future__ import annotations

import codecs
import errno
import hashlib
import locale
import os
import platform
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from core import VERSION
from core.errors import UserError
from core.running.about import TITLE, system
from core.running.log import fact
from core.running.places import PRIVATE_FILE, private_folder

ENDING = ".txt"
MOST_KEPT = 20
MOST_FRAMES, MOST_LINKS = 60, 8
"""Steps that are shown of an exception, and exceptions behind each other."""
CONTENT = (
    "This report holds: types of exceptions, modules and lines of the program, versions,",
    "kind of system, language, memory, and the last lines of the log. It holds no names,",
    "no paths, no values of a plant, and not what exceptions say. It was sent to nobody.",
    "本报告包含：异常类型、程序模块与行号、版本、系统类型、语言、内存，",
    "以及日志的最后若干行；不含姓名、路径、工厂数据，也不含异常的具体文字。",
    "本报告未发送给任何人。",
)
_MODULE = re.compile(r"[A-Za-z0-9_.]{1,100}")
_FUNCTION = re.compile(r"[A-Za-z0-9_.<>]{1,120}")
_WORD = re.compile(r"[A-Za-z0-9_.@+-]{1,40}")


@dataclass(frozen=True, slots=True)
class Crash:
    """What happened, in lines that may be shown to anybody."""

    kind: str
    """Where: ``window``, ``job``, ``thread``, ``command``, ``process`` or ``hard``."""
    lines: tuple[str, ...]

    @property
    def key(self) -> str:
        """The same for the same thing that happens again."""
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()[:8]

    @property
    def first(self) -> str:
        """The shortest that can be said of it."""
        return self.lines[0] if self.lines else self.kind


def crash_of(error: BaseException, kind: str) -> Crash:
    """An exception with those that led to it, without what they say."""
    return Crash(kind, tuple(_chain(error)))


def report(
    crash: Crash | None, when: str, recent: Sequence[str], more: Mapping[str, str] | None = None, *, times: int = 1
) -> str:
    """The whole text.

    Parameters
    ----------
    crash
        what happened; None: nothing, somebody only wants to tell what the program is.
    when
        the moment.
    recent
        lines of the log.
    more
        what is known of the window, as plain words.
    times
        how often the same has happened.
    """
    lines = [f"{TITLE} {VERSION}", when, "", *CONTENT, ""]
    if crash is not None:
        again = f" ({times} times)" if times > 1 else ""
        lines += [f"== What happened: {crash.kind} {crash.key}{again}", *crash.lines, ""]
    lines.append("== Surroundings")
    lines += [f"{name}: {_plain(value)}" for name, value in {**surroundings(), **(more or {})}.items()]
    lines += ["", "== Log", *recent]
    return "\n".join(lines) + "\n"


def surroundings() -> dict[str, str]:
    """Versions and sizes."""
    import sqlite3

    return {
        "version": VERSION,
        "frozen": "yes" if getattr(sys, "frozen", False) else "no",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": system(),
        "machine": platform.machine(),
        "processors": str(os.cpu_count() or 0),
        "memory_mb": _memory(),
        "language": locale.getlocale()[0] or "C",
        "encoding": sys.getfilesystemencoding(),
    }


def keep(folder: Path, text: str, name: str) -> Path | None:
    """Write a report for this person alone, and let the oldest go. None when it cannot be written; it never fails."""
    path = folder / f"crash-{name}{ENDING}"
    try:
        if not private_folder(folder):
            return None
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb") as stream:
            stream.write(text.encode("utf-8"))
        for old in kept(folder)[MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return None
    return path


def kept(folder: Path) -> list[Path]:
    """Reports that are there, newest first."""
    with suppress(OSError):
        found = [(path.stat().st_mtime_ns, path) for path in folder.glob(f"crash-*{ENDING}")]
        return [path for _, path in sorted(found, reverse=True)]
    return []


# ---------------------------------------------------------------------- exceptions


def _chain(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen and len(seen) < MOST_LINKS:
        if seen:
            yield "because of"
        seen.add(id(one))
        yield from _told(one)
        inner = one.exceptions if isinstance(one, BaseExceptionGroup) else ()
        for part in inner[:MOST_LINKS]:
            yield "and in it"
            yield from _told(part)
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)


def _told(error: BaseException) -> Iterator[str]:
    part = safe_part(error)
    yield _name_of(type(error)) + (f" ({part})" if part else "")
    frames = list(_frames(error.__traceback__))
    if len(frames) > MOST_FRAMES:
        half = MOST_FRAMES // 2
        frames = [*frames[:half], f"  … {len(frames) - MOST_FRAMES} more", *frames[-half:]]
    yield from frames


def _frames(trace: TracebackType | None) -> Iterator[str]:
    while trace is not None:
        module = str(trace.tb_frame.f_globals.get("__name__", "?"))
        yield step(module, trace.tb_lineno, trace.tb_frame.f_code.co_qualname)
        trace = trace.tb_next


def step(module: str, line: int, function: str) -> str:
    """One step, if its words could be of a program."""
    where = module if _MODULE.fullmatch(module) else "?"
    return f"  {where}:{line} in {function if _FUNCTION.fullmatch(function) else '?'}"


def _name_of(kind: type[BaseException]) -> str:
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    return name if _FUNCTION.fullmatch(name) else "?"


def safe_part(error: BaseException) -> str:
    """Of what an exception says, the part that cannot come from a person.

    A number of the system; the name of an attribute or a module that stands in the code which failed; the sentence of
    ours without what was filled in.
    """
    if isinstance(error, UserError):
        return fact(error)
    if isinstance(error, UnicodeError):
        return _encoding(error)
    if isinstance(error, OSError):
        return errno.errorcode.get(error.errno or 0, "")
    if isinstance(error, (AttributeError, NameError, ImportError)):
        return _in_source(error)
    code = getattr(error, "sqlite_errorname", None)
    return code if isinstance(code, str) and re.fullmatch(r"SQLITE_[A-Z_]{1,40}", code) else ""


def _encoding(error: UnicodeError) -> str:
    name = getattr(error, "encoding", "")
    try:
        return codecs.lookup(name).name
    except (LookupError, TypeError):
        return ""


def _in_source(error: AttributeError | NameError | ImportError) -> str:
    """The missing name, if the code that failed spells it: then it is not one that somebody typed."""
    trace, name = error.__traceback__, error.name
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None or not isinstance(name, str) or name not in trace.tb_frame.f_code.co_names:
        return ""
    owner = getattr(error, "obj", None)
    kind = type(owner).__qualname__ if isinstance(error, AttributeError) else ""
    return f"{kind}.{name}" if kind and _FUNCTION.fullmatch(kind) else name


# ---------------------------------------------------------------------- surroundings


def _plain(value: str) -> str:
    return value if all(_WORD.fullmatch(word) for word in value.split(" ")) else "?"


def _memory() -> str:
    """Most that the program had, of what the computer has. [MB]"""
    try:
        import resource
    except ImportError:  # Windows
        return "-"
    unit = 1 if sys.platform == "darwin" else 1024
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // 1_000_000
    with suppress(OSError, ValueError):
        return f"{used} of {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // 1_000_000}"
    return str(used)
