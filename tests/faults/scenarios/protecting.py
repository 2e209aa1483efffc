"""A plant is put under a passphrase, edited, given another one, and made plain again."""

from __future__ import annotations

import random
from collections.abc import Generator
from pathlib import Path

from core.blob import looked_at
from core.i18n import T
from core.ledger import Change, Evidence, Step
from core.passphrase import LockedError, Passphrase, asking
from core.store import PlantFile, cipher, forget, protect
from core.store.cipher import is_encrypted
from tests.faults.plants import FILE, NOW, begun, bill, found
from tests.faults.scenario import Scenario, insist, instead, opening

FIRST, SECOND = Passphrase("four cranes over the boiler house"), Passphrase("seven meters under a wet roof")
SIZE = 1_000_000


def prepare(folder: Path) -> None:
    scan = folder / "scan.bin"
    scan.write_bytes(random.Random(1).randbytes(SIZE))
    content = looked_at(scan, SIZE)
    proof = Evidence("e00001", "scan.bin", "bill", content.sha256, content.size)
    begun(folder / FILE)
    with PlantFile.open(folder / FILE) as plant:
        plant.append(Change("Li Na", NOW, T("Proof"), (Step("evidence", proof.id, None, proof),)), [content])
    scan.unlink()


class _Person:
    """Knows both passphrases and tries one after the other; the last one that was right is that of the file."""

    def __init__(self) -> None:
        self.last = FIRST

    def __call__(self, error: LockedError) -> Passphrase:
        self.last = (SECOND if self.last == FIRST else FIRST) if error.wrong else FIRST
        return self.last


def _looked(path: Path) -> tuple[str, bool]:
    """Under which passphrase the file lies, and whether it was edited."""
    forget()
    person = _Person()
    with asking(person), PlantFile.open(path, read_only=True) as plant:
        edited = plant.ledger.get("activity", "a00001") is not None
    return ("" if not is_encrypted(path) else "first" if person.last == FIRST else "second"), edited


def work(folder: Path) -> Generator[None]:
    instead(cipher, "ITERATIONS", 2)
    path, at = folder / FILE, _looked(folder / FILE)
    if at == ("", False):
        insist(lambda: protect(path, FIRST))
        yield
    with asking(_Person()):
        if not at[1]:
            with opening(lambda: PlantFile.open(path)) as plant:
                record = bill("a00001")
                change = Change("Li Na", NOW, T("Bill added"), (Step("activity", record.id, None, record),))
                insist(lambda: plant.append(change))
                yield
        if at in {("", False), ("first", False), ("first", True)}:
            insist(lambda: protect(path, SECOND))
            yield
        if at != ("", True):
            insist(lambda: protect(path, None))
            yield


def state(folder: Path) -> object:
    instead(cipher, "ITERATIONS", 2)
    where = _looked(folder / FILE)
    with asking(_Person()):
        return [where, found(folder / FILE)]


SCENARIO = Scenario(prepare, work, state)
