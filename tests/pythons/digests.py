"""What this interpreter makes of the demo, as SHA-256 digests: ``python -m tests.pythons.digests FOLDER``.

Everything that a machine elsewhere holds against ours: inventories, packages with their draws and their numbers of sun
and meters, the pages before they are signed, and the same of the group. The pages are written into the folder too, for
another zlib compresses equal pages to other bytes. Nothing here looks at a clock or draws a key.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from core.cli.demo import build_plants
from core.exchange.demo import demo_plants
from core.exchange.demo_group import demo_register
from core.exchange.factor_import import library_of
from core.group.inbox.judging import Order, judged
from core.group.out.package import gather
from core.handover import Draft, Receipt, prepare, produce
from core.i18n import T
from core.inventory import choices_of, compile_inventory, read
from core.inventory.plain import inventory_to_plain
from core.ledger import Change, Step, canonical, kind_of, sha256_of
from core.library import load_library
from core.report.group import render as render_group
from core.signing import AUDITOR, SignatureReport, Verification
from core.store import GroupFile, PlantFile

WHEN = datetime(2026, 3, 1, 8, tzinfo=UTC)
YEARS = (2024, 2025)
LANGUAGES = {"zhangjiakou": "zh", "fangshan": "both", "krosno": "en"}
"""In which language the report of each plant is made."""


def digests(folder: Path) -> Iterator[tuple[str, str]]:
    """Every digest by its name."""
    with tempfile.TemporaryDirectory() as place:
        demo = build_plants(Path(place), WHEN)
        with GroupFile.open(Path(place) / "head.group") as group:
            steps = tuple(Step(kind_of(one), one.id, None, one) for one in demo_register())
            group.append(Change("Wang Wei", WHEN, T("Noted"), steps))
            for one, path in zip(demo_plants(), demo.plants, strict=True):
                with PlantFile.open(path) as plant:
                    yield f"{one.file}.journal", plant.head
                    for year in YEARS:
                        yield from _year(plant, one.file, year, folder, group)
            for year in YEARS:
                yield from _group(group, year, folder)


def _year(plant: PlantFile, name: str, year: int, folder: Path, group: GroupFile) -> Iterator[tuple[str, str]]:
    library = library_of(plant.ledger, plant.blob, load_library())
    inventory = compile_inventory(plant.ledger, choices_of(plant.ledger.audit(year), year), library)
    yield f"{name}-{year}.inventory", sha256_of(inventory_to_plain(inventory, inventory.findings))
    draft = prepare(
        plant.ledger,
        year,
        library,
        language=LANGUAGES[name],
        issued_by="Li Na",
        when=WHEN,
        journal=(plant.head, plant.entries),
        blob=plant.blob,
    )
    for part, value in draft.package.items():
        yield f"{name}-{year}.package.{part}", sha256_of(value)
    pages = produce(draft, None)
    yield f"{name}-{year}.pdf", _kept(folder / f"{name}-{year}.pdf", pages)
    _file(group, draft, pages)


def _file(group: GroupFile, draft: Draft, pages: bytes) -> None:
    """As an accepted report; what a signature would add differs each time it is made."""
    package = read(canonical(draft.package))
    signature = SignatureReport(
        AUDITOR, "Demo Auditor", "Demo", WHEN, True, True, True, "0" * 64, "auditor", "", "", (), True
    )
    verification = Verification(True, T("Signed"), (signature,), pages)
    receipt = Receipt(verification, package, package.inventory(), rebuilt="equal", findings=draft.findings)
    answer = judged(Order("demo.pdf", canonical(draft.package), (), (), WHEN), receipt)
    group.file(answer.filed, canonical(draft.package), answer.parts, answer.markings)


def _group(group: GroupFile, year: int, folder: Path) -> Iterator[tuple[str, str]]:
    package = gather(
        group, year, load_library(), language="both", issued_by="Wang Wei", when=WHEN, compare=False
    )  # taking the change apart reads signed files again
    yield f"group-{year}.package", package.sha256
    yield f"group-{year}.pdf", _kept(folder / f"group-{year}.pdf", render_group(package))


def _kept(path: Path, pages: bytes) -> str:
    path.write_bytes(pages)
    return hashlib.sha256(pages).hexdigest()


if __name__ == "__main__":
    json.dump(dict(digests(Path(sys.argv[1]))), sys.stdout, indent=1)
