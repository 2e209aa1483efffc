"""A process is killed in the middle of its edits; nothing that was confirmed is lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.store import PlantFile

EDITOR = """
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from core.i18n import T
from core.ledger import Activity, Change, Step
from core.store import PlantFile

now = datetime(2025, 1, 15, tzinfo=UTC)
with PlantFile.open(Path(sys.argv[1])) as plant:
    before = plant.ledger.get("activity", "a00001")
    start = 0 if before is None else int(before.quantity)
    for number in range(start + 1, start + 201):
        after = Activity("a00001", "Boiler", "stationary_combustion", "diesel", date(2024, 1, 1), date(2024, 1, 31),
                         Decimal(number), "t")
        plant.append(Change("Li Na", now, T("Quantity"), (Step("activity", "a00001", before, after),)))
        before = after
        print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a signal of POSIX systems")
def test_sigkill_at_random_moments_loses_nothing_confirmed(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    from core.ledger import Plant

    path = tmp_path / "hillside.plant"
    PlantFile.create(path, Plant("Hillside", "CN", "CN-HE"), "Li Na", datetime(2025, 1, 15, tzinfo=UTC))
    chance = random.Random(20250115)
    root = Path(__file__).parents[2]
    killed_midway = 0
    for _ in range(20):
        child = subprocess.Popen(
            [sys.executable, "-c", EDITOR, str(path)], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        )  # fmt: skip
        assert child.stdout is not None
        confirmed = int(child.stdout.readline())
        time.sleep(chance.uniform(0, 0.12))
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().splitlines()
        child.stdout.close()
        child.wait()
        whole = [line for line in rest if line.isdigit()]
        confirmed = int(whole[-1]) if whole else confirmed
        killed_midway += len(whole) < 199
        with PlantFile.open(path) as plant:
            assert plant.writable, "the lock of the dead process must not hold"
            assert plant.health.sound
            held = int(plant.ledger.activities[0].quantity)
            assert held in (confirmed, confirmed + 1), "the last confirmed edit, or the one under way"
            assert plant.entries == held + 1
        assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert killed_midway >= 10, "the kills came too late to test anything"
