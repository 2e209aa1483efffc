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
from core.ledger import Change, Step
from core.signing import Identity, create_authority, create_request, issue, save_certificate
from core.store import PlantFile
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
    begun(folder / FILE)
    with PlantFile.open(folder / FILE) as plant:
        steps = tuple(Step("activity", one.id, None, one) for one in bills())
        plant.append(Change("Li Na", NOW, T("Bills"), steps))
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
    begun(folder / FILE)
    with PlantFile.open(folder / FILE) as plant:
        plant.append(Change("Li Na", NOW, T("Bills"), steps))


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
    if not done:
        if (folder / FIRST).exists():
            (folder / FIRST).unlink()
        words = ("report", folder / FILE, "--year", "2024", "--sign", "key.p12", "--passphrase-file", "word")
        insist(lambda: command(*words, "--out", folder / FIRST, "--person", "Li Na"))
        yield
    if (folder / SECOND).exists():
        (folder / SECOND).unlink()
    trusted = ("--trust", folder / "ca.pem", "--plant", folder / FILE, "--person", "Wang Fang")
    signed = ("--sign", "key.p12", "--passphrase-file", "word")
    insist(lambda: command("countersign", folder / FIRST, *signed, *trusted, "--out", folder / SECOND))
    yield


def state(folder: Path) -> object:
    """Revision and people; a report is there whole or not at all, and surely when it is recorded."""
    there = found(folder / FILE)
    assert isinstance(there, dict)
    for name in (FIRST, SECOND):
        if (folder / name).exists():
            assert (folder / name).read_bytes().rstrip().endswith(b"%%EOF"), f"{name} is not whole"
    assert there["entries"] < 3 or (folder / FIRST).exists(), "recorded, but not there"
    return {"entries": there["entries"], "records": sorted(there["records"])}


SCENARIO = Scenario(prepare, work, state)
