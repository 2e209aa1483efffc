"""One disturbed piece of work: done in a process of its own, and looked at when that has come to its end."""

from __future__ import annotations

import fnmatch
import json
import os
import shutil
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NoReturn

from core.errors import UserError
from core.store import cipher, connecting
from tests.faults import scenario as the_scenario
from tests.faults.layer import COUNT, Fault, Layer
from tests.faults.scenario import Scenario, plain

TOLD, BROKE = 3, 4
connecting.PATIENCE = cipher.PATIENCE = 0.2  # type: ignore[attr-defined]  # nobody else will ever let go


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process came to its end."""

    confirmed: int
    calls: int
    """That changed something, of a process that was not killed."""
    killed: bool
    told: tuple[str, ...]
    """Sentences that people were told, each with what to do."""
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What an undisturbed run does."""

    base: Path
    """The prepared folder."""
    states: tuple[str, ...]
    """After none of its steps, after one, and so on."""
    calls: int
    names: frozenset[str]
    """What lies in the folder in the end."""


def known(one: Scenario, layer: Layer, place: Path) -> Known:
    """Prepare a scenario and run it undisturbed, whole and up to each of its steps."""
    base = place / "base"
    base.mkdir()
    one.prepare(base)
    whole = _copied(base, place / "whole")
    ended = _apart(lambda: _worked(one, layer, whole, COUNT, 0))
    assert not ended.problems, "\n".join(ended.problems)
    states = []
    for steps in range(ended.confirmed + 1):
        folder = _copied(base, place / "part")
        if steps:
            _go(one, folder, steps)
        states.append(plain(one.state(folder)))
    last = plain(one.state(whole))
    assert last == states[-1], f"two runs differ:\n{last}\n{states[-1]}"
    names = frozenset(_names(whole))
    shutil.rmtree(whole)
    return Known(base, tuple(states), ended.calls, names)


def disturbed(one: Scenario, known: Known, layer: Layer, place: Path, fault: Fault, at: int) -> Ended:
    """Work in a copy of the prepared folder with a fault, and see what is there afterwards."""
    folder = _copied(known.base, place / "trial")
    ended = _apart(lambda: _worked(one, layer, folder, fault, at))
    problems = [*ended.problems, *_wrong(one, known, folder, ended.confirmed)]
    return Ended(ended.confirmed, ended.calls, ended.killed, ended.told, tuple(problems))


def _wrong(one: Scenario, known: Known, folder: Path, confirmed: int) -> list[str]:
    """What is not as it was promised: the confirmed steps, and beyond them the next one wholly or not at all."""
    left = sorted(_names(folder) - known.names)
    try:
        found = plain(one.state(folder))
        allowed = known.states[confirmed : confirmed + 2]
        problems = (
            []
            if found in allowed
            else [f"{confirmed} steps were confirmed, but found {_brief(found)} and not {[_brief(x) for x in allowed]}"]
        )
        _go(one, folder)
        one.state(folder)
    except Exception:
        return [f"after {confirmed} confirmed steps, {left} left behind:\n{traceback.format_exc()}"]
    strays = sorted(
        name
        for name in _names(folder) - known.names
        if not any(fnmatch.fnmatch(name, pattern) for pattern in one.strays)
    )
    return [*problems, *([f"left behind for good: {strays}"] if strays else [])]


def _brief(state: str) -> str:
    return state if len(state) < 400 else f"{state[:400]}…"


def _go(one: Scenario, folder: Path, steps: int = -1) -> None:
    """Undisturbed work, as far as some step."""
    with closing(one.work(folder)) as work:
        for done, _ in enumerate(work, 1):
            if done == steps:
                break


def _worked(one: Scenario, layer: Layer, folder: Path, fault: Fault, at: int) -> int:
    """What the process of a trial does, and its exit code."""
    the_scenario.relieved_by(layer.disarm)
    try:
        layer.arm(folder, fault, at)
        for _ in one.work(folder):
            _say(".")
        layer.disarm()
        _say(json.dumps({"calls": layer.count()}))
        code = 0
    except UserError as error:
        layer.disarm()
        the_scenario.told.append(error)
        code = TOLD
    except BaseException:
        layer.disarm()
        _say(json.dumps({"broke": traceback.format_exc()}))
        code = BROKE
    for one_told in the_scenario.told:
        _say(json.dumps({"told": one_told.text("en"), "remedy": one_told.remedy is not None}))
    return code


_pipe: list[int] = []


def _say(line: str) -> None:
    os.write(_pipe[0], line.encode() + b"\n")


def _apart(what: Callable[[], int]) -> Ended:
    """Run something in a copy of this process, from which everything is loaded already."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    if (child := os.fork()) == 0:
        os.close(reading)
        _pipe[:] = [writing]
        _run(what)
    os.close(writing)
    with os.fdopen(reading) as stream:
        lines = stream.read().splitlines()
    _, status = os.waitpid(child, 0)
    return _ended(lines, status)


def _run(what: Callable[[], int]) -> NoReturn:
    """Nothing of it is shown, and nothing of what the parent would do at its end is done."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    code = BROKE
    try:
        code = what()
    finally:
        os._exit(code)


def _ended(lines: list[str], status: int) -> Ended:
    said = [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    problems = [str(one["broke"]) for one in said if "broke" in one]
    problems += [f"says nothing of what to do: {one['told']}" for one in said if "told" in one and not one["remedy"]]
    if not killed and not (os.WIFEXITED(status) and os.WEXITSTATUS(status) in (0, TOLD, BROKE)):
        problems.append(f"ended with {status}")
    calls = next((int(one["calls"]) for one in said if "calls" in one), 0)
    return Ended(lines.count("."), calls, killed, tuple(one["told"] for one in said if "told" in one), tuple(problems))


def _copied(base: Path, folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base, folder)
    return folder


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@cache
def workplace() -> Path | None:
    """Where trials take place: in memory where there is a disk of it, for what is killed has no need of a real one."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) else None
