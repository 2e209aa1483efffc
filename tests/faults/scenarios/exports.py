"""Tables, workbooks and folders are written again over those that are there already."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

from core.exchange import bulk, write_activities
from core.exchange.pact import write_json
from core.ledger import Ledger
from core.signing import create_authority, save_certificate
from tests.faults.plants import HILLSIDE, bill
from tests.faults.reports import NOW
from tests.faults.scenario import Scenario, insist

OLD = b"good, and of last year"
NAMES = ("bills.csv", "bills.xlsx", "footprint.json", "ca.pem")
CERTIFICATE = create_authority("Test Head Office", "Test Group", NOW).certificate


def prepare(folder: Path) -> None:
    for name in NAMES:
        (folder / name).write_bytes(OLD)


def work(folder: Path) -> Generator[None]:
    held = Ledger.of((HILLSIDE, *(bill(f"a{number:05}") for number in range(50))))
    insist(lambda: write_activities(folder / "bills.csv", held))
    yield
    insist(lambda: write_activities(folder / "bills.xlsx", held))
    yield
    insist(lambda: write_json(folder / "footprint.json", {"data": list(range(2000))}))
    yield
    insist(lambda: save_certificate(folder / "ca.pem", CERTIFICATE))
    yield
    if not _is_there(folder / "tables"):
        tables = {name: {"plant": "text", "tonnes": "whole"} for name in ("lines", "plants")}
        rows = [("lines", [("Hillside", number) for number in range(500)]), ("plants", [("Hillside", 1)])]
        insist(lambda: bulk.write_csv(folder / "tables", tables, rows))  # type: ignore[arg-type]
        yield


def _is_there(path: Path) -> bool:
    """As far as the disk says."""
    with suppress(OSError):
        return path.exists()
    return False


def state(folder: Path) -> object:
    """What is old and what is new; each of them whole."""
    new = {name: (folder / name).read_bytes() != OLD for name in NAMES}
    for name in NAMES:
        data = (folder / name).read_bytes()
        ends = {"csv": b"\r\n", "json": b"}\n", "pem": b"-----\n"}.get(name.partition(".")[2])
        assert not new[name] or (data.endswith(ends) if ends else b"PK\x05\x06" in data[-30:]), f"{name} is not whole"
    tables = sorted(len(path.read_bytes()) for path in (folder / "tables").glob("*"))
    return {**new, "tables": tables}


SCENARIO = Scenario(prepare, work, state)
