"""Whoever types the commands of the page about head office from top to bottom gets through; in both languages."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from core.cli import build_parser, main
from core.signing import (
    Identity,
    fingerprint,
    load_certificate,
    save_certificate,
)
from core.store import GroupFile
from tests.core.signing import pki
from tests.docs.test_guide_commands import DOCS, FACTORS, WORD, plain

PAGES = {"en": DOCS / "head-office.md", "zh": DOCS / "head-office.zh.md"}
PROGRAM = "python main.py "
NO = {
    ("office certificates issue", 1): "the fingerprint was not compared",
    ("office certificates name", 1): "the fingerprint was not compared",
    ("office import", 1): "somebody signed whose certificate was revoked",
    ("office import", 3): "it is still refused",
    ("office report check", 1): "nobody has approved it",
    ("office curve", 1): "no plant plans anything",
    ("office-request list", 1): "everything is open",
    ("office answers", 1): "Krosno has not reported since",
    ("disclosure readiness", 1): "questions are open",
    ("disclosure points", 1): "Krosno has not reported for its months",
    ("disclosure points", 2): "the same",
    ("disclosure points", 3): "the same",
}
"""Where the answer is no, as the page says, by the command and how often it was typed before."""
ACTS = {"office certificates": 3, "office group": 3, "office company": 3, "office plant": 3, "office stake": 3,
        "office transfer": 3, "office figure": 3, "office deadline": 3}  # fmt: skip
"""Where the act stands behind the name of the group file."""


def written(lang: str) -> list[list[str]]:
    """The commands of the page, between its tables."""
    parts = re.split(r"^(```\w*\n.*?^```)$", PAGES[lang].read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = [line for part in parts if part.startswith("```\n") for line in part.splitlines()]
    return [shlex.split(line.removeprefix(PROGRAM)) for line in lines if line.startswith(PROGRAM)]


def typed(lang: str) -> list[list[str]]:
    """Without the language of the answers."""
    return [words[2:] if words[0] == "--ui-lang" else words for words in written(lang)]


def called(words: Sequence[str]) -> str:
    """What a command is called here: the acts, wherever the file stands."""
    first = " ".join(words[:2])
    if first in ACTS:
        return f"{first} {words[ACTS[first]]}"
    taken = 3 if first == "office report" else 1 if words[0] in ("new", "import", "report") else 2
    return " ".join(words[:taken])


def tables(lang: str) -> dict[str, str]:
    """The csv files that the page shows: each named in the text before it, several in their order."""
    text, found = PAGES[lang].read_text(encoding="utf-8"), dict[str, str]()
    waiting: list[str] = []
    for part in re.split(r"^(```\w*\n.*?^```)$", text, flags=re.MULTILINE | re.DOTALL):
        if part.startswith("```csv\n"):
            found[waiting.pop(0)] = part.removeprefix("```csv\n").removesuffix("```")
        elif part.strip() and not part.startswith("```"):
            waiting = re.findall(r"`([\w-]+\.csv)`", part)
    return found


def company() -> tuple[bytes, Identity]:
    """What a company PKI hands over, and the card of one of its people."""
    born = datetime.now(UTC) - timedelta(days=1)
    root = pki.authority("Company Root", when=born)
    middle = pki.authority("Company People", root, length=0, when=born)
    lists = (pki.crl(root, when=born), pki.crl(middle, when=born))
    handed = (root.certificate, middle.certificate, *lists)
    return b"".join(one.public_bytes(Encoding.PEM) for one in handed), pki.card(middle, when=born)


@pytest.fixture(params=sorted(PAGES))
def lang(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with what the page says is there: a passphrase, the tables, the cards of a company."""
    monkeypatch.chdir(tmp_path)
    found = str(request.param)
    Path("p.txt").write_text(WORD, encoding="utf-8")
    for name, rows in tables(found).items():
        Path(name).write_text(rows, encoding="utf-8")
    Path("cn_electricity_2031.csv").write_text(FACTORS, encoding="utf-8")
    Path("inbox").mkdir()
    handed, card = company()
    Path("company.pem").write_bytes(handed)
    save_certificate(Path("anna.pem"), card.certificate)
    return found


def told(words: list[str]) -> list[str]:
    """With the fingerprints that people read out in the place of the words of the page."""
    if "FINGERPRINT" not in words and "ROOT" not in words:
        return words
    asked = Path(words[4])
    found = fingerprint(asked.read_bytes()) if asked.suffix == ".csr" else (
        fingerprint(load_certificate(asked if asked.suffix == ".pem" else Path("root.pem")))
    )  # fmt: skip
    return [found if word in ("FINGERPRINT", "ROOT") else word for word in words]


def test_head_office_can_be_typed_from_top_to_bottom(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    before: Counter[str] = Counter()
    for words in typed(lang):
        name = called(words)
        before[name] += 1
        capsys.readouterr()
        code = main(["--ui-lang", lang, *told(words)])
        said = capsys.readouterr()
        expected = 1 if (name, before[name]) in NO else 0
        assert code == expected, f"{' '.join(words)}\n{said.out}\n{said.err}"
    assert {key for key in NO if before[key[0]] < key[1]} == set()
    check_group(capsys)


def check_group(capsys: pytest.CaptureFixture[str]) -> None:
    """What the page says of its story holds in the group file."""
    with GroupFile.open(Path("head.group")) as group:
        assert group.health.sound
        states = Counter(filed.state for filed in group.all())
    assert states == {"accepted": 7, "superseded": 1, "rejected": 1}
    asked = ["office", "summary", "head.group", "--year", "2024", "--series", "--json"]
    capsys.readouterr()
    assert main(asked) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["series"]["recalculated"] is True
    assert {reason["kind"] for reason in found["series"]["reasons"]} == {"bought", "sold"}
    assert len(found["eliminated"]) == 2, "steam is taken away in both views of scope 2"
    with Path("tables/reports.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.DictReader(stream))) == 7
    assert main([*asked, "--approach", "equity_share"]) == 0
    shared = json.loads(capsys.readouterr().out)
    assert Decimal(shared["totals_tco2e"]["scope1"]) < Decimal(found["totals_tco2e"]["scope1"])


def test_both_pages_type_the_same() -> None:
    """But for names, reasons and languages."""
    ours, theirs = (written(lang) for lang in ("en", "zh"))
    assert [plain(words) for words in ours] == [plain(words) for words in theirs]
    assert list(map(called, typed("en"))) == list(map(called, typed("zh")))
    assert list(tables("en")) == list(tables("zh"))


def test_every_command_of_head_office_is_typed() -> None:
    """Each act of ``office`` and of ``certificates`` stands on the page."""
    names = {called(words) for words in typed("en")}
    (below,) = (a.choices for a in build_parser("en")._actions if isinstance(a.choices, dict))
    (office,) = (a.choices for a in below["office"]._actions if isinstance(a.choices, dict))
    assert {name for name in office if not any(f"{one} ".startswith(f"office {name} ") for one in names)} == set()
    (acts,) = (a.choices for a in office["certificates"]._actions if isinstance(a.choices, dict))
    assert {act for act in acts if f"office certificates {act}" not in names} == set()
