"""One search: a process of its own runs libFuzzer over one target, and leaves what it found in a folder."""

from __future__ import annotations

import hashlib
import io
import os
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.shrinking import shrunk
from tests.fuzz.table import FOUND, finds
from tests.fuzz.target import Target, accepted

ROOT = Path(__file__).resolve().parent.parent.parent
LEARNT = ROOT / "build" / "fuzz"
MEMORY = Path("/dev/shm")
"""Where there is one, files that are tried never wait for a disk."""
SEED = 20_260
_RUNS = re.compile(rb"stat::number_of_executed_units:\s*([0-9]+)")
_COVERED = re.compile(rb" cov: ([0-9]+)")
_ENDED = ("crash-", "timeout-", "oom-", "leak-")
"""Beginnings of the names that libFuzzer gives to what ended it."""
_FOUND = "find-"
_VARIES = re.compile(r"[0-9]+|[\"'“‘(\[{].*")
"""What in the words of an error changes with the file."""
MOST_FINDS = 20
"""Of one search; more are for the next one."""


@dataclass(frozen=True)
class Find:
    """A file that did harm."""

    what: str
    """How it went wrong, in one line."""
    path: Path


@dataclass(frozen=True)
class Outcome:
    """What came of one search."""

    name: str
    runs: int
    covered: int
    seconds: float
    finds: tuple[Find, ...]

    @property
    def line(self) -> str:
        """For people."""
        found = f"   {len(self.finds)} FINDS" if self.finds else "" if self.runs else "   DID NOT RUN"
        return f"{self.name:<28} {self.runs:>9,} files  {self.covered:>6,} covered  {self.seconds:>6.1f} s{found}"


def search(target: Target, seconds: int | None) -> Outcome:
    """Search for a time, or a fixed number of files from a fixed seed."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="fuzz-", dir=MEMORY if MEMORY.is_dir() else None) as name:
        folder = Path(name)
        with redirect_stderr(io.StringIO()):  # a line for every module that is instrumented
            starts = _starting(target, folder / "starts")
        own = LEARNT / target.name if seconds is not None else folder / "learnt"
        for one in (own, folder / "finds", folder / "work"):
            one.mkdir(parents=True, exist_ok=True)
        limit = [f"-runs={target.runs + starts}", f"-seed={SEED}"]
        if seconds is not None:
            limit = [f"-max_total_time={seconds}", f"-seed={time.time_ns() % 2**31}"]
        _in_a_child(lambda: _fuzz(target, folder, [*limit, str(own), str(folder / "starts")]), folder / "log")
        log = (folder / "log").read_bytes()
        if (runs := _last(_RUNS, log)) == 0:
            sys.stderr.write(log[-4_000:].decode("utf-8", "replace"))
        found = sorted(one for one in (folder / "finds").iterdir() if _is_find(one))
        kept = tuple(_kept(target, one, folder) for one in found)
        return Outcome(target.name, runs, _last(_COVERED, log), time.monotonic() - begun, kept)


def _is_find(path: Path) -> bool:
    """What libFuzzer calls a slow unit waited for a busy machine: too slow is what breaks the limit."""
    return path.name.startswith((*_ENDED, _FOUND)) and path.suffix != ".txt"


def _starting(target: Target, folder: Path) -> int:
    folder.mkdir()
    files = [*target.seeds(), *finds(target.name).values()]
    for number, data in enumerate(files):
        (folder / f"{number:04}").write_bytes(data)
    (folder.parent / "words").write_text("".join(f"{_quoted(one)}\n" for one in target.words), "ascii")
    return len(files)


def _quoted(word: str) -> str:
    return (
        '"'
        + "".join(chr(one) if 32 < one < 127 and one not in b'"\\' else f"\\x{one:02x}" for one in word.encode())
        + '"'
    )


def _fuzz(target: Target, folder: Path, options: list[str]) -> None:
    """In the child; libFuzzer does not come back."""
    import atheris

    os.chdir(folder / "work")
    tempfile.tempdir = str(folder / "work")
    seen: dict[str, int] = {}

    def one_input(data: bytes) -> None:
        try:
            accepted(target, data)
        except (Exception, RecursionError) as error:
            _noted(error, data, seen, folder / "finds")

    limits = [f"-max_len={target.longest}", f"-timeout={target.seconds}", f"-rss_limit_mb={target.memory_mb}"]
    shape = ["-len_control=0", "-print_final_stats=1", "-reload=0", f"-artifact_prefix={folder / 'finds'}/"]
    words = [f"-dict={folder / 'words'}"] if target.words else []
    atheris.Setup([target.name, *limits, *shape, *words, *options], one_input)
    atheris.Fuzz()


def _noted(error: BaseException, data: bytes, seen: dict[str, int], folder: Path) -> None:
    """Keep the smallest file of each way to go wrong, and go on."""
    key = signature(error)
    if (key in seen or len(seen) < MOST_FINDS) and seen.get(key, sys.maxsize) > len(data):
        seen[key] = len(data)
        name = f"{_FOUND}{hashlib.sha256(key.encode()).hexdigest()[:16]}"
        (folder / name).write_bytes(data)
        (folder / f"{name}.txt").write_text("".join(traceback.format_exception(error))[-6_000:], "utf-8")
        print(key, flush=True)


def signature(error: BaseException) -> str:
    """What finds of one fault have in common: kind, innermost place in our code, and the words but for what varies."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [one for one in frames if one.filename.startswith(f"{ROOT / 'core'}{os.sep}")] or list(frames)
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else "?"
    words = _VARIES.sub("", str(error).partition("\n")[0])[:60]
    return f"{type(error).__name__} at {place}: {words}"


def how_it_ends(target: Target, data: bytes) -> str:
    """The :func:`signature` of what goes wrong; empty when nothing does."""
    try:
        accepted(target, data)
    except Exception as error:
        return signature(error)
    return ""


def _kept(target: Target, found: Path, folder: Path) -> Find:
    """Smaller where that is possible, under its hash in the folder that tests read."""
    data = found.read_bytes()
    what = found.name.partition("-")[0]
    if not found.name.startswith(_ENDED):
        small, said = folder / "small", folder / "said"

        def shrink() -> None:
            wanted = how_it_ends(target, data)
            said.write_text(wanted, "utf-8")
            small.write_bytes(shrunk(data, lambda one: how_it_ends(target, one) == wanted))

        _in_a_child(shrink, folder / "shrinking")
        what = (found.with_suffix(".txt")).read_text("utf-8").rstrip().splitlines()[-1][:200]
        what = f"{said.read_text('utf-8') if said.exists() else ''} {what}"
        data = small.read_bytes() if small.exists() else data
    path = FOUND / target.name / hashlib.sha256(data).hexdigest()[:16]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return Find(what, path)


def _last(pattern: re.Pattern[bytes], log: bytes) -> int:
    return int(next(iter(reversed(pattern.findall(log))), b"0"))


def _in_a_child(work: Callable[[], None], log: Path) -> None:
    """What crashes or never returns does so in a process of its own."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        with log.open("wb") as stream:
            os.dup2(stream.fileno(), 1)
            os.dup2(stream.fileno(), 2)
        work()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(0)
