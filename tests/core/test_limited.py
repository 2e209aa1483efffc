"""Work of strangers ends within its limits, with an answer or without, and leaves no process behind."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from core import limited
from core.limited import BrokeOff, Task, TookTooLong, ask
from core.running.crash import kept
from core.running.log import LOG
from core.running.places import places

MB = 1_000_000
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no limit on memory here")


def doubled(asked: int) -> Sequence[bytes]:
    return [str(2 * asked).encode(), b"", b"x" * 3 * MB]


def sleeping(asked: float) -> Sequence[bytes]:
    time.sleep(asked)
    return []


def busy(_: object) -> Sequence[bytes]:
    while True:
        pass


def greedy(megabytes: int) -> Sequence[bytes]:
    try:
        held = [bytes(10 * MB) for _ in range(megabytes // 10)]  # asked for and never written, which takes no time
    except MemoryError:
        os._exit(3)
    return [str(len(held)).encode()]


def dying(_: object) -> Sequence[bytes]:
    os._exit(7)


def who(_: object) -> Sequence[bytes]:
    return [str(os.getpid()).encode()]


def loaded(name: str) -> Sequence[bytes]:
    return [str(name in sys.modules).encode()]


ELSEWHERE = """
import sys
sys.path.insert(0, sys.argv[1])
from core import limited
from tests.core.test_limited import loaded
limited.preload(["core.finance"])
print(*(limited.ask(loaded, name, seconds=60, memory_mb=2_000)[0] for name in ("core.finance", "core.savings")))
"""


@pytest.mark.skipif("forkserver" not in multiprocessing.get_all_start_methods(), reason="each process loads for itself")
def test_what_was_named_is_loaded_wherever_the_program_was_started(tmp_path: Path) -> None:
    call = [sys.executable, "-c", ELSEWHERE, str(Path(__file__).parents[2])]
    done = subprocess.run(call, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["b'True'", "b'False'"]


def test_an_answer_comes_back_as_it_was() -> None:
    assert ask(doubled, 21, seconds=20, memory_mb=2_000) == [b"42", b"", b"x" * 3 * MB]


def test_each_piece_of_work_has_a_process_of_its_own() -> None:
    pids = {ask(who, None, seconds=20, memory_mb=2_000)[0] for _ in range(3)}
    assert len(pids) == 3
    assert str(os.getpid()).encode() not in pids


@pytest.mark.parametrize("work", [sleeping, busy])
def test_who_takes_too_long_is_ended(work: object) -> None:
    ask(who, None, seconds=20, memory_mb=2_000)  # the server stands
    with pytest.raises(TookTooLong):
        ask(work, 60.0, seconds=0.3, memory_mb=2_000)  # type: ignore[arg-type]
    assert not multiprocessing.active_children(), "it is over, and did not say what it found after a minute"


@POSIX
def test_memory_ends_at_its_limit() -> None:
    assert ask(greedy, 100, seconds=20, memory_mb=2_500) == [b"10"]
    with pytest.raises(BrokeOff):
        ask(greedy, 3_000, seconds=20, memory_mb=2_500)


def test_a_process_that_dies_gives_no_answer() -> None:
    with pytest.raises(BrokeOff):
        ask(dying, None, seconds=20, memory_mb=2_000)


def test_many_are_waited_for_together() -> None:
    tasks = [Task(sleeping, 60.0, seconds=90, memory_mb=2_000), Task(doubled, 1, seconds=90, memory_mb=2_000)]
    (first,) = Task.ready(tasks, 30)
    assert first is tasks[1]
    assert first.answer()[0] == b"2"
    for task in tasks:
        task.kill()


def test_who_is_out_of_time_is_waited_for_no_more() -> None:
    late = Task(sleeping, 60.0, seconds=0.5, memory_mb=2_000)
    assert Task.ready([late], 30) == [late]
    late.kill()


def breaking(asked: str) -> Sequence[bytes]:
    raise KeyError(asked)


def test_a_bug_in_the_process_is_kept_without_what_it_quoted() -> None:
    before = set(kept(places().crashes))
    with pytest.raises(BrokeOff):
        ask(breaking, "Zhangjiakou", seconds=20, memory_mb=2_000)
    (path,) = set(kept(places().crashes)) - before
    text = path.read_text(encoding="utf-8")
    assert "process" in text and "KeyError" in text and f"  {__name__}:" in text
    assert "Zhangjiakou" not in text
    assert any("broke where=process" in line for line in LOG.recent)


def test_where_no_socket_can_be_each_process_starts_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """On a stick, whose file system knows none, or below a very long path."""
    far = tmp_path / ("long" * 30)
    far.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(far))
    assert limited._context().get_start_method() == "spawn"
    assert ask(doubled, 4, seconds=60, memory_mb=4_000)[0] == b"8"
    assert list(far.iterdir()) == [] or sys.platform == "win32"
