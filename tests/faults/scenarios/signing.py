"""A report is signed and countersigned, as the commands do it; the pages, which take long, were made before."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path

from core.cli import countersign as second_command
from core.cli import report as first_command
from core.handover import countersign, produce, receive
from core.i18n import T
from core.ledger import Change, Person, Step
from core.signing import Identity, create_authority, create_request, issue, save_certificate
from core.store import PlantFile
from core.store.publishing import finish
from tests.core.handover.conftest import bills
from tests.faults.plants import FILE, begun, found
from tests.faults.reports import NOW
from tests.faults.scenario import Scenario, command, insist, instead

FIRST, SECOND = "report.pdf", "both.pdf"


@cache
def people() -> dict[str, Identity]:
    """An authority, an auditor and a plant manager."""
    root = create_authority("Test Head Office", "Test Group", NOW)
    made = {"root": root}
    for name, role in (("Li Na", "auditor"), ("Wang Fang", "plant-manager")):
        key, asked = create_request(name, f"{role}@example.org", "Test Group", role)
        made[role] = Identity(issue(root, asked, role=role, sites=(), when=NOW), key)
    return made


def prepare(folder: Path) -> None:
    _plant(folder)
    save_certificate(folder / "ca.pem", people()["root"].certificate)
    instead(first_command, "produce", _once(produce))
    instead(second_command, "receive", _once(_here))
    instead(second_command, "countersign", _once(countersign))
    for module, role in ((first_command, "auditor"), (second_command, "plant-manager")):
        instead(module, "key_of", partial(_held, people()[role]))
        instead(module, "now", lambda: NOW)
    list(work(folder))  # so that the pages are there
    for name in (FIRST, SECOND, FILE):
        (folder / name).unlink()
    _plant(folder)


def _plant(folder: Path) -> None:
    """With bills, and with somebody whom the second signature binds to their certificate."""
    begun(folder / FILE)
    manager = Person("pe00001", "Wang Fang", roles=("plant_manager",), email="plant-manager@example.org")
    with PlantFile.open(folder / FILE) as plant:
        steps = tuple(Step("activity", one.id, None, one) for one in bills())
        plant.append(Change("Li Na", NOW, T("Bills"), (*steps, Step("person", manager.id, None, manager))))


def _here(*args: object, isolated: bool) -> object:
    """In this process, which forks itself."""
    return receive(*args)  # type: ignore[arg-type]


@contextmanager
def _held(identity: Identity, arguments: argparse.Namespace, when: object) -> Generator[Identity]:
    yield identity


def _once(make: Callable[..., object]) -> Callable[..., object]:
    """The same signed pages, or the same judgement, whenever they are asked for."""
    made: list[object] = []

    def again(*args: object, **named: object) -> object:
        if not made:
            made.append(make(*args, **named))
        return made[0]

    return again


def work(folder: Path) -> Generator[None]:
    with PlantFile.open(folder / FILE, read_only=True) as plant:
        done = (audit := plant.ledger.audit(2024)) is not None and audit.revision > 0
    if not done or not (folder / FIRST).exists():
        words = ("report", folder / FILE, "--year", "2024", "--sign", "key.p12", "--passphrase-file", "word")
        insist(lambda: command(*words, "--out", folder / FIRST, "--person", "Li Na"))
        yield
    if (folder / SECOND).exists():
        yield
        return
    trusted = ("--trust", folder / "ca.pem", "--plant", folder / FILE, "--person", "Wang Fang")
    signed = ("--sign", "key.p12", "--passphrase-file", "word")
    insist(lambda: command("countersign", folder / FIRST, *signed, *trusted, "--out", folder / SECOND))
    yield


def state(folder: Path) -> object:
    """Revision and people. Once the plant was opened a report is there, whole, exactly when the plant knows of it."""
    with PlantFile.open(folder / FILE) as plant:
        finish(plant)
    there = found(folder / FILE)
    assert isinstance(there, dict)
    for name, entries in ((FIRST, 3), (SECOND, 4)):
        if (folder / name).exists():
            assert (folder / name).read_bytes().rstrip().endswith(b"%%EOF"), f"{name} is not whole"
        assert (there["entries"] >= entries) == (folder / name).exists(), f"{name}: one of plant and file lacks it"
    return {"entries": there["entries"], "records": sorted(there["records"])}


SCENARIO = Scenario(prepare, work, state)
