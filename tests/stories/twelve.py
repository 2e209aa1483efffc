"""A group of twelve plants in five countries over three years: what each of them signs, and with whose key."""

from __future__ import annotations

import hashlib
from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from core.handover import prepare, produce
from core.instruments import parse_serials
from core.inventory import read
from core.ledger import Activity, Allocation, Audit, Evidence, Instrument, KeyFigure, Ledger, Plant, canonical
from core.library import Library, load_library
from core.signing import Identity, create_request, fingerprint, load_certificate
from tests.carried import quick_p12
from tests.stories.terminal import Terminal

YEARS = (2022, 2023, 2024)
OFFICE = "Wang Wei"
"""Who works at head office."""
WORD = "seven brown paper boats"
"""Passphrase of every key of the story."""


@dataclass(frozen=True)
class Works:
    """A plant of the story; every figure is invented."""

    name: str
    country: str
    region: str
    company: str
    business: str
    kwh: int
    """Electricity of a month in the first year."""
    gas: int
    """Natural gas of a month. [m3]"""
    pieces: int
    """Made in a month."""


WORKS = (
    Works("Hebei Brakes", "CN", "CN-HE", "north", "Brakes", 910_000, 21_000, 52_000),
    Works("Beijing Dampers", "CN", "CN-BJ", "north", "Dampers", 640_000, 30_500, 31_000),
    Works("Shanghai Modules", "CN", "CN-SH", "north", "Brakes", 420_000, 4_200, 26_000),
    Works("Chongqing Castings", "CN", "CN-CQ", "venture", "Brakes", 1_300_000, 66_000, 41_000),
    Works("Suzhou Controls", "CN", "CN-JS", "north", "Dampers", 380_000, 1_900, 24_500),
    Works("Krosno Dampers", "PL", "", "poland", "Dampers", 510_000, 38_000, 22_000),
    Works("Gliwice Brakes", "PL", "", "poland", "Brakes", 470_000, 26_000, 27_500),
    Works("Tychy Axles", "PL", "", "poland", "Brakes", 350_000, 12_000, 15_000),
    Works("Cheb Valves", "CZ", "", "czechia", "Dampers", 290_000, 9_000, 17_000),
    Works("Luton Suspension", "GB", "", "britain", "Dampers", 260_000, 18_000, 11_000),
    Works("Chihuahua Dampers", "MX", "", "mexico", "Dampers", 330_000, 7_000, 14_000),
    Works("Ramos Brakes", "MX", "", "mexico", "Brakes", 560_000, 15_500, 30_000),
)
BY_NAME = {one.name: one for one in WORKS}
SERIAL = "GEC-2024-110000-GEC-2024-110999"


class Keys:
    """Head office's root and everybody's keys, made in a folder as the commands make them."""

    def __init__(self, folder: Path, group: Path, types: Terminal) -> None:
        self.folder, self._group, self._types = folder, group, types
        self.root, self.root_certificate, self.word = folder / "root.p12", folder / "root.pem", folder / "word.txt"
        self.word.write_text(WORD + "\n", encoding="utf-8")
        types("office", "certificates", group, "authority", "--name", "Example Root", "--organisation", "Example Group",
              "--key", self.root, "--out", self.root_certificate, "--passphrase-file", self.word,
              "--person", OFFICE)  # fmt: skip

    @property
    def with_root(self) -> tuple[object, ...]:
        """What a command needs to sign as head office."""
        return ("--sign", self.root, "--passphrase-file", self.word, "--person", OFFICE)

    def of(self, name: str, role: str) -> Identity:
        """Ask for a certificate, have it issued, and keep it with its key."""
        email, stem = f"{name.replace(' ', '.').lower()}@example.com", self.path(name)
        key, request = create_request(name, email, "Example Group", role)
        asked, issued = stem.with_suffix(".csr"), stem.with_suffix(".pem")
        asked.write_bytes(request)
        self._types("office", "certificates", self._group, "issue", asked, "--name", name, "--email", email,
                    "--organisation", "Example Group", "--role", role, "--out", issued,
                    "--fingerprint", fingerprint(request), *self.with_root)  # fmt: skip
        identity = Identity(load_certificate(issued), key)
        quick_p12(stem, identity, WORD)
        return identity

    def path(self, name: str) -> Path:
        """The key file of a person."""
        return self.folder / f"{name.replace(' ', '-').lower()}.p12"


def ledger(works: Works, year: int, *, growth: Decimal = Decimal(1), serial: str = "", forgotten: int = 0) -> Ledger:
    """A year of bills of one plant.

    Parameters
    ----------
    works, year
        whose and when.
    growth
        of everything against the first year. [1]
    serial
        of the certificates that cover a tenth of the electricity; empty: nothing is covered.
    forgotten
        litres of diesel that a later revision adds.
    """
    factor = growth * (1 + Decimal(year - YEARS[0]) / 50)
    records: list[object] = []
    for month in range(1, 13):
        first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
        kwh = (works.kwh * factor + month).quantize(Decimal(1))
        records += [
            Activity(f"e{month:02}", "Main meter", "purchased_electricity", "electricity", first, last, kwh, "kWh",
                     evidence=f"E-{month}"),
            Activity(f"g{month:02}", "Boiler house", "stationary_combustion", "natural_gas", first, last,
                     (works.gas * factor).quantize(Decimal(1)), "m3", evidence=f"G-{month}"),
            KeyFigure(f"k{month:02}", "production", "pcs", first, last, (works.pieces * factor).quantize(Decimal(1))),
        ]  # fmt: skip
    if serial:
        records += _covered(works, year, serial, [one for one in records if isinstance(one, Activity)])
    if forgotten:
        records.append(Activity("d01", "Emergency generator", "stationary_combustion", "diesel", date(year, 6, 1),
                                date(year, 6, 30), Decimal(forgotten), "L", evidence="D-1"))  # fmt: skip
    bill = f"{works.name} {year} electricity".encode()
    proof = Evidence("p01", f"bills-{year}.pdf", "bill", hashlib.sha256(bill).hexdigest(), len(bill), "application/pdf",
                     tuple(f"e{month:02}" for month in range(1, 13)))  # fmt: skip
    plant = Plant(works.name, works.country, works.region, organisation=f"Example {works.company}")
    audit = Audit(str(year), date(year, 1, 1), date(year, 12, 31), preparer="Li Na")
    return Ledger.of([plant, audit, proof, *records])  # type: ignore[list-item]


def _covered(works: Works, year: int, serial: str, bills: Iterable[Activity]) -> Iterator[object]:
    """Certificates of the plant with their statement of retirement; a tenth of each bill is covered as long as they
    last."""
    text = f"{works.name} {serial}".encode()
    proof = Evidence("p02", f"{serial}.pdf", "certificate", hashlib.sha256(text).hexdigest(), len(text))
    left = Decimal(1000 * sum(one.count for one in parse_serials(serial)))
    yield proof
    yield Instrument("i01", f"Wind {year}", "certificate", works.country, date(year, 1, 1), date(year, 12, 31),
                     left / 1000, "GEC" if works.country == "CN" else "I-REC", serial, supplier="Wind Seller",
                     technology="wind", generator="Wind farm", commissioned="2020-01-01", retired=f"{year + 1}-01-10",
                     beneficiary=works.name, attributes="with", evidence=(proof.id,))  # fmt: skip
    for bill in bills:
        share = min(bill.quantity / 10, left)
        if bill.method == "purchased_electricity" and share:
            left -= share
            yield Allocation(f"al-{bill.id}", "i01", bill.id, share)


@dataclass(frozen=True)
class Made:
    """A signed report of the story."""

    data: bytes
    ledger: Ledger
    """With the audit as it was signed, which the next revision follows."""


def sign(held: Ledger, year: int, who: Identity, when: datetime, library: Library | None = None) -> Made:
    """A report as a plant signs it."""
    draft = prepare(held, year, library or load_library(), language="en", issued_by=who.name, when=when,
                    journal=("ab" * 32, 40))  # fmt: skip
    package = read(canonical(draft.package))
    after = Ledger.of([one for kind in held.records.values() for one in kind.values() if one is not held.audit(year)])
    audit = replace(draft.audit, previous=package.sha256)
    signed = Ledger.of([*(one for kind in after.records.values() for one in kind.values()), audit])
    return Made(produce(draft, who), signed)


def altered(data: bytes) -> bytes:
    """The same file with one byte of its first page changed."""
    changed = bytearray(data)
    changed[changed.index(b"stream\n") + 40] ^= 1
    return bytes(changed)


def ordinary(who: Identity, when: datetime) -> Iterator[tuple[str, int, bytes]]:
    """Every report that comes in without anything special about it: plant, year, bytes."""
    for works in WORKS:
        for year in YEARS:
            if (works.name, year) not in SPECIAL and lived(works, year):
                yield works.name, year, sign(ledger(works, year), year, who, when).data


def lived(works: Works, year: int) -> bool:
    """Whether it reports that year: one was sold in the middle of 2023, one began in April of that year."""
    return not (works.name == "Luton Suspension" and year == 2024) and not (
        works.name == "Tychy Axles" and year == 2022
    )


SPECIAL = {
    ("Krosno Dampers", 2023),  # signed, opened again, signed anew
    ("Gliwice Brakes", 2024),  # tampered with, then sent as it was signed
    ("Suzhou Controls", 2024),  # signed by an auditor whose certificate was revoked
    ("Cheb Valves", 2024),  # names a factor that head office's library does not have
    ("Hebei Brakes", 2024),  # and
    ("Beijing Dampers", 2024),  # name the same certificates
    ("Ramos Brakes", 2024),  # never comes
}
