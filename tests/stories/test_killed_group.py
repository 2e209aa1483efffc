"""An import of many reports is killed again and again: the group file stays whole, and nothing lacks in the end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.group import import_files
from core.signing import Identity, load_trust, save_certificate
from core.store import GroupFile
from tests.core.group.inbox.test_filing import revisions
from tests.core.handover.conftest import NOW, auditor, authority, signed, trust

__all__ = ["auditor", "authority", "signed", "trust"]
IMPORT = """
import sys
from datetime import datetime
from pathlib import Path

from core.group import import_files, judge
from core.group.inbox import importing
from core.signing import load_trust
from core.store import GroupFile

importing.judge_all = lambda orders, *, cancelled=None: map(judge, orders)  # what is killed here is who files
path, folder, root, when = sys.argv[1:]
with GroupFile.open(Path(path)) as group:
    print("begun", flush=True)
    for arrival in import_files(group, [Path(folder)], load_trust(Path(root)), datetime.fromisoformat(when)):
        print(arrival.filed.sha256, arrival.filed.state, flush=True)
print("done", flush=True)
"""
KILLS = 5
LONGEST = 0.4
"""From the first word of a process to its death, at most. [s]"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX systems")
def test_an_import_that_is_killed_goes_on_and_ends_as_if_nothing_had_been(
    tmp_path: Path, auditor: Identity, authority: Identity, signed: bytes
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, data in enumerate(files(auditor, signed)):
        (folder / f"{number:02}.pdf").write_bytes(data)
    save_certificate(tmp_path / "ca.pem", authority.certificate)
    trust = load_trust(tmp_path / "ca.pem")
    with GroupFile.open(tmp_path / "whole.group") as group:
        assert len(list(import_files(group, [folder], trust, NOW))) == len(list(folder.iterdir()))
        expected = content(group)
    path, chance = tmp_path / "killed.group", random.Random(20250201)
    survived = 0
    for _ in range(KILLS):
        said, finished = killed(path, folder, tmp_path / "ca.pem", chance)
        with GroupFile.open(path) as group:
            assert group.writable, "the lock of the dead process must not hold"
            assert group.health.sound
            filed = {one.sha256: one.state for one in group.all()}
            assert set(said) <= set(filed), "what was said is kept"
            for digest, state in filed.items():
                group.original(digest)  # verifies its hash
                assert (group.part(digest, "lines") is None) == (state == "rejected"), "whole, or not there"
        survived += finished
        if finished:  # begin anew
            path.unlink()
    assert survived < KILLS, "the kills came too late to test anything"
    with GroupFile.open(path) as group:
        assert len(list(import_files(group, [folder], trust, NOW))) == len(list(folder.iterdir()))
        assert content(group) == expected
    assert not list(tmp_path.glob("*-journal")), "nothing lies about"


def files(auditor: Identity, signed: bytes) -> list[bytes]:
    """Good ones, revisions of one audit, altered ones, and none at all."""
    first, second = revisions(auditor, 2)
    return [b"", signed[:-100], first, b"junk", second, signed]


def content(group: GroupFile) -> dict[str, tuple[str, tuple[str, ...], bytes | None]]:
    """What is filed, by the hash of the file."""
    return {
        one.sha256: (one.state, tuple(map(str, one.reasons)), group.part(one.sha256, "lines")) for one in group.all()
    }


def killed(path: Path, folder: Path, root: Path, chance: random.Random) -> tuple[list[str], bool]:
    """What the process said was filed before it died, and whether it had come to its end."""
    child = subprocess.Popen(
        [sys.executable, "-c", IMPORT, str(path), str(folder), str(root), NOW.isoformat()],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert child.stdout is not None
    lines = [child.stdout.readline()]
    if chance.random() < 0.75:  # most of the time is waiting for the first judgement; die while things are filed
        lines.append(child.stdout.readline())
    time.sleep(chance.uniform(0, LONGEST))
    child.send_signal(signal.SIGKILL)
    lines += child.stdout.readlines()
    child.stdout.close()
    child.wait()
    whole = [line.split()[0] for line in lines if line.endswith("\n")]
    return [word for word in whole if word not in ("begun", "done")], "done" in whole
