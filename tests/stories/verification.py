"""A plant, the people who verify it, their keys, and copies of its file on several laptops."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2

from core.ledger import Ledger
from core.signing import Identity, create_authority, create_request, issue, save_certificate
from core.store import PlantFile
from tests.carried import quick_p12
from tests.stories.terminal import Terminal

YEAR = 2024
PREPARER, LEAD, REVIEWER, MANAGER = "Zhao Min 赵敏", "Li Na 李娜", "Wang Fang 王芳", "Chen Hong 陈红"
ROLES = {PREPARER: "preparer", LEAD: "team_lead", REVIEWER: "reviewer", MANAGER: "plant_manager"}
METER, BOILER = "Main meter 总进线", "Boiler 锅炉"
DUE = (date.today() + timedelta(days=30)).isoformat()
WORD = "four small blue words"
_WITHOUT_YEAR = frozenset({"people", "correct", "merge", "finding answer", "finding close", "finding show"})


# ---------------------------------------------------------------------- the plant


def power(month: int) -> int:
    """What the electricity bill of a month shows. [kWh]"""
    return 100_000 + 1_000 * month


def gas(month: int) -> int:
    """What the gas bill of a month shows. [m3]"""
    return 20_000 + 10 * month


def power_id(month: int) -> str:
    """Of the record of a month; the rows of the first file get their ids in their order."""
    return f"a{month:05}"


def gas_id(month: int) -> str:
    return f"a{12 + month:05}"


def rows(typed: Mapping[str, int] = {}, year: int = YEAR) -> Iterator[str]:
    """The bills of a year as a table; what was typed otherwise than the bill shows, by the id of the record."""
    yield "source,method,item,start,end,quantity,unit,evidence"
    for source, method, item, unit, shown, key, mark in (
        (METER, "purchased_electricity", "electricity", "kWh", power, power_id, "E"),
        (BOILER, "stationary_combustion", "natural_gas", "m3", gas, gas_id, "G"),
    ):
        for month in range(1, 13):
            first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
            quantity = typed.get(key(month), shown(month))
            yield f"{source},{method},{item},{first},{last},{quantity},{unit},{mark}{year}-{month:02}"


def scan(name: str) -> Path:
    """A file of a scanner in the folder where everybody works."""
    path = Path(name)
    path.write_bytes(f"%PDF-1.7 scan of {name}".encode())
    return path


def words_of(pdf: Path) -> str:
    """What can be read in a report, blanks left out."""
    document = pypdfium2.PdfDocument(pdf.read_bytes())
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return "".join(text.split())


# ---------------------------------------------------------------------- keys


def write_keys(folder: Path) -> Path:
    """Head office's authority, a key of the team lead and one of the manager, and a stranger's for the same role."""
    when = datetime.now(UTC).replace(microsecond=0)
    authority = create_authority("Head office", "Group", when)
    save_certificate(folder / "office.pem", authority.certificate)
    (folder / "words.txt").write_text(f"{WORD}\n", encoding="utf-8")
    for file, name, role in (
        ("lead", LEAD, "auditor"),
        ("renewed", LEAD, "auditor"),
        ("manager", MANAGER, "plant-manager"),
        ("both", LEAD, "plant-manager"),
    ):
        key, request = create_request(name, f"{file}@example.org", "Group", role)
        quick_p12(
            folder / f"{file}.p12", Identity(issue(authority, request, role=role, sites=(), when=when), key), WORD
        )
    return folder


# ---------------------------------------------------------------------- laptops


@dataclass(frozen=True)
class Laptop:
    """A copy of the plant's file, and whoever sits before it."""

    type_in: Terminal
    keys: Path
    file: str = "hill.plant"

    def copy(self, file: str) -> Laptop:
        """The same file on another laptop."""
        Path(file).write_bytes(Path(self.file).read_bytes())
        return replace(self, file=file)

    def key(self, name: str) -> tuple[object, ...]:
        """The words of a command that signs."""
        return "--sign", self.keys / f"{name}.p12", "--passphrase-file", self.keys / "words.txt"

    @property
    def trust(self) -> tuple[object, ...]:
        """The words of a command that verifies."""
        return "--trust", self.keys / "office.pem"

    def does(self, who: str, act: str, *words: object, code: int = 0) -> str:
        """Somebody gives a command of ``audit``."""
        return self.type_in(*self._command(act, words), "--person", who, code=code)

    def data(self, who: str, act: str, *words: object, code: int = 0) -> Any:
        """The same, told to another program."""
        return self.type_in.data(*self._command(act, words), "--person", who, code=code)

    def tells(self, act: str, *words: object, code: int = 0) -> Any:
        """What is told to anybody."""
        return self.type_in.data(*self._command(act, words), code=code)

    def refuses(self, who: str, act: str, *words: object, code: int = 1) -> str:
        """Why nothing happens: nobody writes into the journal."""
        return self.refuses_command(*self._command(act, words), "--person", who, code=code)

    def refuses_command(self, *words: object, code: int = 1) -> str:
        """The same of any command."""
        before = self.head
        why = self.type_in.refused(*words, code=code)
        assert self.head == before
        return why

    @property
    def head(self) -> str:
        """Hash of the last entry of the journal."""
        with PlantFile.open(Path(self.file), read_only=True) as plant:
            return plant.head

    @property
    def ledger(self) -> Ledger:
        """What the file holds; it must be what its journal says."""
        with PlantFile.open(Path(self.file), read_only=True) as plant:
            assert plant.health.sound, plant.health.problems()
            return plant.ledger

    def _command(self, act: str, words: Iterable[object]) -> tuple[object, ...]:
        year = () if act in _WITHOUT_YEAR else ("--year", YEAR)
        return "audit", *act.split(), self.file, *year, *words
