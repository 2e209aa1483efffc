"""Head office receives many reports: verified, recalculated and filed, with and without being rendered again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from benchmarks import data
from benchmarks.harness import Pair, Scale, timed
from benchmarks.signing import People, people_of, signed_by
from benchmarks.validating import validate
from core.group import import_files
from core.handover import prepare
from core.ledger import Ledger, Plant
from core.library import load_library
from core.limited import warm_up
from core.report import render
from core.signing import Trust
from core.store import GroupFile

LATER = data.WHEN + timedelta(days=1)
LINES = 150
"""Of one report: ten sources with twelve bills each, as a plant of the demo has."""
PACKAGES = int(os.environ.get("PACKAGES", "24"))
"""How many reports come in; 500 for a whole group."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """Reports in a folder, and whom to believe."""

    folder: Path
    people: People
    files: tuple[Path, ...]

    @property
    def trust(self) -> Trust:
        return Trust((self.people.authority.certificate,))


def measure(scale: Scale, folder: Path) -> Iterator[Pair]:
    """Both ways over the same files; each import begins with an empty group file."""
    incoming = _made(folder / "reports", PACKAGES if scale.runs is None else min(PACKAGES, 6))
    warm_up()
    each = f"of {len(incoming.files):,} reports of {LINES} lines, on {os.cpu_count()} processors"
    alternative = "pyHanko `validate_pdf_signature` of the same files, one after the other (recalculates nothing)"
    for rebuild, what in ((False, "verify, recalculate, file"), (True, "the same with every page rendered again")):
        yield Pair(
            f"Import {each}: {what}",
            alternative,
            timed(_importing(incoming, folder, rebuild=rebuild), _empty(folder)),
            timed(_validating(incoming)),
            runs=3,
        )


def _made(folder: Path, count: int) -> Incoming:
    folder.mkdir()
    people, library = people_of(data.WHEN), load_library()
    for number in range(count):
        held = Ledger.of((Plant(f"Benchmark plant {number}", "CN", "CN-HE", note="Invented."), *data.bills(LINES)))
        draft = prepare(
            held, data.YEAR, library, language="both", issued_by=data.WHO, when=data.WHEN, journal=("0" * 64, 1)
        )
        (folder / f"{number:04}.pdf").write_bytes(signed_by(render(draft.package), people))
    return Incoming(folder, people, tuple(sorted(folder.iterdir())))


def _empty(folder: Path) -> Callable[[], object]:
    return lambda: (folder / "head-office.group").unlink(missing_ok=True)


def _importing(incoming: Incoming, folder: Path, *, rebuild: bool) -> Callable[[], object]:
    def work() -> None:
        with GroupFile.open(folder / "head-office.group") as group:
            states = [
                arrival.filed.state
                for arrival in import_files(group, [incoming.folder], incoming.trust, LATER, rebuild=rebuild)
            ]
        if set(states) != {"accepted" if rebuild else "held"} or len(states) != len(incoming.files):
            raise RuntimeError(f"every report should be filed: {states}")

    return work


def _validating(incoming: Incoming) -> Callable[[], object]:
    root = incoming.people.authority.certificate.public_bytes(Encoding.DER)

    def work() -> None:
        for path in incoming.files:
            validate(path.read_bytes(), root, data.WHEN)

    return work
