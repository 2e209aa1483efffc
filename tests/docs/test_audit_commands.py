"""Whoever types the commands of the page about the audit from top to bottom gets through; in both languages."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import chdir
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from core.audit.communicating import log_of
from core.audit.finding import findings_of
from core.cli import main
from core.ledger import Ledger
from core.signing import (
    AUDITOR,
    PLANT_MANAGER,
    Identity,
    create_authority,
    create_request,
    issue,
    save_certificate,
)
from core.store import PlantFile
from tests.carried import quick_p12
from tests.docs.test_guide_commands import DOCS, FILES, GUIDES, WORD, bills, commands, plain

AUDITS = {"en": DOCS / "audit.md", "zh": DOCS / "audit.zh.md"}
PLANTS = {"en": "hillside.plant", "zh": "山坡工厂.plant"}
COPIES = {"en": "colleague.plant", "zh": "同事.plant"}
SIGNERS = {
    "en": (("chen-jing", "Chen Jing", AUDITOR), ("zhao-qiang", "Zhao Qiang", PLANT_MANAGER)),
    "zh": (("chen-jing", "陈静", AUDITOR), ("zhao-qiang", "赵强", PLANT_MANAGER)),
}
FORGOTTEN = (
    "source,method,item,start,end,quantity,unit,evidence\n"
    "Emergency generator,stationary_combustion,diesel,2024-09,,410,l,D-09\n"
)
PAPERS = frozenset({"--scan", "--add", "--evidence", "--proof"})
"""Before the names of the files that people bring."""
NO = {
    ("audit status", 1): "nobody audits the year yet",
    ("audit test --list", 1): "items are open",
    ("audit analytics show", 1): "differences want an explanation",
    ("audit findings", 1): "two are open",
    ("audit opinion", 1): "nobody decided",
    ("audit review --answer", 1): "one question was answered with no",
    ("audit review --answer", 2): "one question waits",
    ("verify", 1): "the second signature is missing",
    ("audit merge --dry-run", 1): "something is to be decided",
}
"""Where the answer is no, as the page says, by the command and how often it was typed before."""


DRAWN = ("audit sample --dry-run", 1)
"""When the program of the page about the method is held against ours."""


def typed(page: Path) -> list[list[str]]:
    """Without the language of the answers."""
    found = commands(page, "python main.py ")
    return [words[2:] if words[0] == "--ui-lang" else words for words in found]


def begun(lang: str) -> Iterator[list[str]]:
    """The commands of the guide up to the bills."""
    for words in typed(GUIDES[lang]):
        yield words
        if words[0] == "import" and "--dry-run" not in words:
            return


def begin(lang: str) -> None:
    """Lay into the folder where one works what lies there once the guide is typed up to the bills."""
    for name, data in _begun(lang).items():
        Path(name).write_bytes(data)


@cache
def _begun(lang: str) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as name, chdir(name):
        for words in begun(lang):
            assert main(words) == 0
            if "template" in words:
                bills(Path(FILES[lang]["bills"]), lang)
        return {path.name: path.read_bytes() for path in Path(name).iterdir()}


def called(words: Sequence[str]) -> str:
    """What a command is called here: the acts, and the option that makes it what it is."""
    acts = [word for word in words[:3] if re.fullmatch("[a-z][a-z-]*", word)]
    telling = [word for word in words if word in ("--list", "--answer", "--dry-run", "--decide", "--to")]
    return " ".join([*acts, *telling[:1]])


@pytest.fixture(params=sorted(AUDITS))
def lang(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with the keys, the papers and the plant with its bills."""
    found = str(request.param)
    monkeypatch.chdir(tmp_path)
    prepare(tmp_path, found)
    return found


def prepare(folder: Path, lang: str) -> None:
    when = datetime.now(UTC)
    authority = create_authority("Head Office CA", "Group", when)
    save_certificate(folder / "head-office.pem", authority.certificate)
    for file, name, role in SIGNERS[lang]:
        key, request = create_request(name, f"{file}@example.net", "Group", role)
        certificate = issue(authority, request, role=role, sites=(), when=when)
        quick_p12(folder / f"{file}.p12", Identity(certificate, key), WORD)
    (folder / "p.txt").write_text(WORD, encoding="utf-8")
    (folder / FILES[lang]["forgotten"]).write_text(FORGOTTEN, encoding="utf-8")
    for words in typed(AUDITS[lang]):
        for option, name in pairwise(words):
            if option in PAPERS and name.endswith(".pdf"):
                (folder / name).write_bytes(f"%PDF-1.7 {name}".encode())
    begin(lang)


def type_all(lang: str, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Type the commands and hold each to its exit code, and the first draw to the program of the page; the last answer
    of each."""
    before: Counter[str] = Counter()
    answers: dict[str, str] = {}
    for words in typed(AUDITS[lang]):
        if COPIES[lang] in words and not Path(COPIES[lang]).exists():
            shutil.copy2(PLANTS[lang], COPIES[lang])
        name = called(words)
        before[name] += 1
        capsys.readouterr()
        code = main(["--ui-lang", lang, *words])
        said = capsys.readouterr()
        expected = 1 if (name, before[name]) in NO else 0
        assert code == expected, f"{' '.join(words)}\n{said.out}\n{said.err}"
        answers[name] = said.out
        if (name, before[name]) == DRAWN:
            the_program_of_the_page_draws_the_same(lang, capsys)
    assert {key for key in (*NO, DRAWN) if before[key[0]] < key[1]} == set()
    return answers


def test_the_audit_can_be_typed_from_top_to_bottom(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(typed(AUDITS[lang])) > 75
    type_all(lang, capsys)
    with PlantFile.open(Path(PLANTS[lang]), read_only=True) as plant:
        ledger, merged = plant.ledger, plant.journal(1)[-1]
        assert plant.health.sound
    engagement = ledger.engagement(2024)
    assert engagement is not None and (engagement.state, engagement.number) == ("reopened", 2)
    assert engagement.end == "2025-04-03"  # as decided in the merge
    assert merged.change.merges is not None and merged.final
    assert [one.kind for one in log_of(ledger, 2024)] == ["opening_meeting", "closing_meeting", "call"]
    check_findings(ledger)
    assert ledger.get("opinion", "2024") is None and not ledger.records["review_answer"]
    check_report(lang, capsys)


def check_findings(ledger: Ledger) -> None:
    one, other, late = findings_of(ledger, 2024)
    assert (one.status, one.treatment, one.projected) == ("closed", "corrected", True)
    assert (other.kind, other.status) == ("recommendation", "closed")
    assert (late.status, late.effect) == ("open", Decimal("-1.070"))
    assert {a.source for a in ledger.activities if a.item == "diesel"} == {"Emergency generator"}


def check_report(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What was signed twice holds for a program that asks, and carries the audit."""
    signed = next(words[words.index("--out") + 1] for words in typed(AUDITS[lang]) if words[0] == "countersign")
    capsys.readouterr()
    assert main(["verify", signed, "--trust", "head-office.pem", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["valid"] and len(found["signatures"]) == 2 and not found["missing_signatures"]
    assert {one["id"] for one in found["proofs_inside"]} >= {"e00004", "e00005"}


def test_both_pages_type_the_same() -> None:
    """But for names, reasons and languages."""
    ours, theirs = (commands(AUDITS[lang], "python main.py ") for lang in ("en", "zh"))
    assert [plain(words) for words in ours] == [plain(words) for words in theirs]
    codes = re.compile(r"^[a-z]+0+\d+$|^\d{4}-\d\d$|^\d+$|=yes$|=no$")
    for one, other in zip(typed(AUDITS["en"]), typed(AUDITS["zh"]), strict=True):
        assert [w for w in one if codes.search(w)] == [w for w in other if codes.search(w)]


def test_what_the_page_types_is_every_command_of_the_audit() -> None:
    """Each command is typed or at least listed."""
    listed = AUDITS["en"].read_text(encoding="utf-8").partition("## Commands")[2]
    from core.cli import build_parser

    for name in names_below(build_parser("en"), "audit"):
        assert f"`{name}`" in listed, name


def names_below(parser: Any, name: str) -> list[str]:
    (choices,) = (action.choices for action in parser._actions if isinstance(action.choices, dict))
    (below,) = (a.choices for a in choices[name]._actions if isinstance(a.choices, dict))
    return sorted(below)


# ---------------------------------------------------------------------- another program draws the same


def program() -> str:
    """The program of the page about the method, the same in both languages."""
    found = set()
    for page in (DOCS / "audit-method.md", DOCS / "audit-method.zh.md"):
        (text,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
        found.add(str(text))
    assert len(found) == 1
    return found.pop()


def frame_rows(inventory: dict[str, Any], sources: Sequence[str]) -> list[list[str]]:
    """From the JSON of the inventory alone, as the page describes it."""
    totals = {"location": ("scope1", "scope2_location", "scope3"), "market": ("scope1", "scope2_market", "scope3")}
    sums: dict[str, Counter[str]] = {}
    told: dict[str, tuple[str, str]] = {}
    for line in inventory["lines"]:
        if sources and line["source"] not in sources:
            continue
        start, end = (date.fromisoformat(line[key]) for key in ("start", "end"))
        middle = start + timedelta(days=(end - start).days // 2)
        told[line["activity"]] = (line["source"], f"{middle:%Y-%m}")
        own = sums.setdefault(line["activity"], Counter())
        for total, scopes in totals.items():
            if line["scope"] in scopes:
                own[total] += abs(Decimal(line["tco2e"]))  # type: ignore[assignment]
    return [[key, *told[key], f"{max(own.values()):f}".rstrip("0").rstrip(".")] for key, own in sums.items()]


def drawn_elsewhere(rows: list[list[str]], *words: str) -> tuple[str, list[str]]:
    with Path("frame.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["record", "source", "month", "tonnes"], *rows])
    Path("draw.py").write_text(program(), encoding="utf-8")
    # -I: nothing of ours can be imported by it.
    call = [sys.executable, "-I", "draw.py", "frame.csv", *words]
    ran = subprocess.run(call, capture_output=True, text=True, check=True, encoding="utf-8")
    frame, records = ran.stdout.splitlines()
    return frame, records.split()


def asked(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    assert main(list(words)) == 0
    return json.loads(capsys.readouterr().out)


def the_program_of_the_page_draws_the_same(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    (by_level,) = [words for words in typed(AUDITS[lang]) if words[:2] == ["audit", "sample"] and "--level" in words]
    inventory = asked(["inventory", PLANTS[lang], "--year", "2024", "--json"], capsys)
    seed, source = (by_level[by_level.index(option) + 1] for option in ("--seed", "--source"))
    for method, size, more in (
        ("monetary_unit", "30", ()),
        ("random", "7", ()),
        ("random", "", ("--level", "30", "--source", source)),
    ):
        draw = [
            "audit",
            "sample",
            PLANTS[lang],
            "--year",
            "2024",
            "--name",
            "Again",
            "--method",
            method,
            "--seed",
            seed,
        ]
        sized = ("--size", size) if size else ()
        Path("ours.csv").unlink(missing_ok=True)
        words = ("--seed", seed, *sized, *more, "--dry-run", "--json", "--frame", "ours.csv")
        ours = asked([*draw, *words], capsys)
        rows = frame_rows(inventory, (source,) if more else ())
        with Path("ours.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert sorted(csv.reader(stream)) == sorted([["record", "source", "month", "tonnes"], *rows])
        told = drawn_elsewhere(rows, "level" if more else method, size or "30", seed)
        assert told == (ours["sample"]["frame"], ours["sample"]["activities"])
