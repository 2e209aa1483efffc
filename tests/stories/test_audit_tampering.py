"""Somebody alters a file behind the program: it is noticed, and it is said what was altered, wherever one looks."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from core.i18n import T, Text
from core.ledger import Evidence
from core.report.data import ROLE_NAMES
from core.signing.layout import PACKAGE_NAME
from core.store import PlantFile
from gui.language import _
from tests.stories.conftest import At, Start
from tests.stories.person import Person
from tests.stories.stages import BILL
from tests.stories.verification import LEAD, PREPARER, YEAR, Laptop, power_id

CHANGED = "The file was changed after it was signed."


def alter(laptop: Laptop, sql: str, *values: object) -> None:
    """With another program that reads SQLite."""
    with closing(sqlite3.connect(laptop.file)) as db:
        assert db.execute(sql, values).rowcount == 1
        db.commit()


def problems(laptop: Laptop) -> list[str]:
    """What opening the file finds."""
    with PlantFile.open(Path(laptop.file), read_only=True) as plant:
        return [str(one) for one in plant.health.problems()]


# ---------------------------------------------------------------------- the plant file

ALTERED: dict[str, tuple[str, tuple[object, ...], Text]] = {
    "a record": (
        "update record set data = replace(data, '\"101000\"', '\"101001\"') where kind = 'activity' and id = ?",
        (power_id(1),),
        T("Records that differ from the journal: {count}, first: {record}.", count=1, record=f"activity {power_id(1)}"),
    ),
    "a record that is gone": (
        "delete from record where kind = 'test' and id = ?",
        ("te00002",),
        T("Records that differ from the journal: {count}, first: {record}.", count=1, record="test te00002"),
    ),
    "an entry of the journal": (
        "update journal set change = replace(change, ?, 'Somebody') where number = 2",
        (PREPARER,),
        T("The journal was altered: the chain is broken at entry {number}.", number=2),
    ),
    "an entry that is gone": (
        "delete from journal where number = ?",
        (20,),
        T("The journal was altered: the chain is broken at entry {number}.", number=20),
    ),
}


@pytest.mark.parametrize("what", ALTERED)
def test_opening_says_what_of_the_file_was_altered(at: At, what: str) -> None:
    hill = at("answered")
    sound = hill.copy("sound.plant")
    sql, values, reason = ALTERED[what]
    alter(hill, sql, *values)
    assert str(reason) in problems(hill) and problems(sound) == []
    assert str(reason) in hill.type_in("inventory", hill.file, "--year", YEAR)
    assert str(reason) in hill.tells("status")["altered"] and sound.tells("status")["altered"] == []
    sound.refuses(LEAD, "merge", hill.file, code=2)
    hill.refuses(LEAD, "conclude", "--out", "r.pdf", *hill.key("lead"))
    assert not Path("r.pdf").exists()


def test_the_window_says_so_too(at: At, start: Start, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    hill = at("answered")
    sql, values, reason = ALTERED["a record"]
    alter(hill, sql, *values)
    person = Person(start("en"), qtbot)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(Path(hill.file).resolve()), ""))
    person.presses(_("Open a plant file"))
    person.waits(lambda: str(reason) in person.notice)
    person.goes_to(_("Report"))
    assert person.sees("This file was altered outside the program, so nobody can sign it.")


def test_opening_says_which_merge_brought_a_history_that_was_altered(at: At) -> None:
    hill = at("findings")
    copy = hill.copy("copy.plant")
    for laptop in (hill, copy):
        laptop.does(LEAD, "log", "--add", "call", "--subject", laptop.file, "--text", "They called.")
    merged = hill.data(LEAD, "merge", copy.file)["entry"]
    assert problems(hill) == []
    alter(hill, "update side set change = replace(change, 'They called.', 'They wrote.')")
    reason = T("The merged history of entry {number} was altered.", number=merged)
    assert problems(hill) == [str(reason)]
    assert str(reason) in copy.refuses(LEAD, "merge", hill.file, code=2), "nobody takes it over"


def exchange(laptop: Laptop, sha256: str) -> None:
    """Other bytes of the same length under a hash."""
    alter(laptop, "update blob set data = zeroblob(size) where sha256 = ?", sha256)


def unsound(laptop: Laptop) -> list[tuple[str, str, str]]:
    """Kind, id and name of everything that is not as it was kept."""
    said = laptop.type_in.data("audit", "evidence", laptop.file, "--verify", code=1)
    assert {one["problem"] for one in said["unsound"]} == {str(T("The bytes are not those that were kept."))}
    return [(one["kind"], one["id"], one["what"]) for one in said["unsound"]]


def test_a_proof_that_was_exchanged_is_named(at: At) -> None:
    hill = at("answered")
    assert hill.type_in.data("audit", "evidence", hill.file, "--verify")["unsound"] == []
    proof = hill.ledger.get("evidence", BILL)
    assert isinstance(proof, Evidence)
    exchange(hill, proof.sha256)
    what = T("Proof {id} “{name}”", id=BILL, name="bills.pdf")
    assert unsound(hill) == [("evidence", BILL, str(what))]
    save = ("audit", "evidence", hill.file, "--save", BILL, "copy.pdf")
    assert hill.type_in.refused(*save, code=2) and not Path("copy.pdf").exists()
    why = hill.refuses(LEAD, "conclude", "--out", "r.pdf", *hill.key("lead"))
    assert str(T("{what} is missing or was altered.", what=what)) in why
    assert not Path("r.pdf").exists(), "a report carries no other file than the one that was tested"


def test_a_package_that_was_exchanged_is_named(at: At) -> None:
    hill = at("concluded")
    closed = hill.ledger.closing(YEAR)
    assert closed is not None
    exchange(hill, closed.sha256)
    what = T("Package of the closed year {year}", year=str(YEAR))
    assert unsound(hill) == [("closing", str(YEAR), str(what))]
    why = hill.type_in.refused("inventory", hill.file, "--year", YEAR, code=2)
    assert str(T("{what} is missing or was altered.", what=what)) in why


# ---------------------------------------------------------------------- the report


def judged(hill: Laptop, pdf: bytes) -> dict[str, Any]:
    """What is said of a report that nobody takes: neither who verifies it, nor head office, nor who countersigns."""
    Path("bad.pdf").write_bytes(pdf)
    said: dict[str, Any] = hill.type_in.data("verify", "bad.pdf", *hill.trust, code=1)
    (filed,) = hill.type_in.data("office", "import", "group.group", "bad.pdf", *hill.trust, code=1)["reports"]
    assert (filed["state"], filed["reasons"]) == ("rejected", [said["reason"]])
    assert not said["valid"]
    return said


@pytest.mark.parametrize(("place", "broken"), [(0, ["Auditor", "PlantManager"]), (1, ["PlantManager"])])
def test_a_signature_with_another_byte_is_named(at: At, place: int, broken: list[str]) -> None:
    hill = at("concluded")
    pdf = Path("whole.pdf").read_bytes()
    signature = [*re.finditer(rb"/Contents <(3082[0-9A-F]+?)0*>", pdf)][place]
    last = signature.end(1) - 4  # inside the number that the key made
    other = b"1" if pdf[last : last + 1] != b"1" else b"2"
    said = judged(hill, pdf[:last] + other + pdf[last + 1 :])
    assert [one["field"] for one in said["signatures"] if not one["intact"]] == broken
    named = T("Signatures that no longer hold: {roles}.", roles=[ROLE_NAMES[field] for field in broken])
    assert said["reason"] == f"{CHANGED} {named}"


def attached(pdf: bytes, change: Callable[[bytes], Iterator[bytes]]) -> bytes:
    """The report with one attachment exchanged for another that takes exactly its place."""
    for found in re.finditer(rb"/EmbeddedFile\b.*?\bstream\r?\n", pdf, re.DOTALL):
        begin, inflater = found.end(), zlib.decompressobj()
        plain = inflater.decompress(pdf[begin:])
        size = len(pdf) - begin - len(inflater.unused_data)
        for other in change(plain):
            if other != plain and len(made := zlib.compress(other)) == size:
                return pdf[:begin] + made + pdf[begin + size :]
    raise AssertionError("nothing was found to exchange")


def test_a_proof_inside_the_report_that_was_exchanged_is_named(at: At) -> None:
    hill = at("concluded")

    def change(plain: bytes) -> Iterator[bytes]:
        if b"scan of bills" in plain:
            yield from (plain.replace(b"bills", b"bill%c" % letter) for letter in b"abcdefghijklmnopqrtuvwxyz")

    said = judged(hill, attached(Path("whole.pdf").read_bytes(), change))
    named = {"id": BILL, "name": "bills.pdf"}
    reason = T("The proof {id} “{name}” inside the report is another file than the one signed.", **named)
    assert said["reason"] == f"{CHANGED} {reason}" and not any(one["intact"] for one in said["signatures"])


def test_data_inside_the_report_that_were_exchanged_are_named(at: At) -> None:
    """Another materiality was agreed than the one that was signed."""
    hill = at("concluded")

    def change(plain: bytes) -> Iterator[bytes]:
        if b'"ledger_sha256"' in plain:
            for percent, letter in product(b"6789", b"abcdefghijklmnoqrstuvwxyz"):  # some of them take the same room
                other = plain.replace(b'"materiality":"5"', b'"materiality":"%c"' % percent)
                yield other.replace(b'"client":"Group"', b'"client":"Grou%c"' % letter)

    said = judged(hill, attached(Path("whole.pdf").read_bytes(), change))
    reason = T("The attachment {name} is another one than the report was made with.", name=PACKAGE_NAME)
    assert said["reason"] == f"{CHANGED} {reason}" and not any(one["intact"] for one in said["signatures"])
