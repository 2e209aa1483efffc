"""Whoever types the commands of the pages about renewable electricity and about targets gets through, one after the
other, in both languages; what the pages say of the answers is so."""

from __future__ import annotations

import json
import re
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from core.cli import build_parser, main
from core.store import PlantFile
from tests.docs.test_audit_commands import PLANTS, begin
from tests.docs.test_guide_commands import DOCS, plain

RENEWABLES = {"en": DOCS / "renewables.md", "zh": DOCS / "renewables.zh.md"}
TARGETS = {"en": DOCS / "targets.md", "zh": DOCS / "targets.zh.md"}
PROGRAM = "python main.py "
GROUPS = {"renewables": RENEWABLES, "targets": TARGETS, "actions": TARGETS}
"""Commands of the terminal, and the page that lists them."""
NO = {
    ("renewables status", 1): "nothing is covered",
    ("renewables check", 1): "no statement of retirement is attached",
    ("renewables status", 2): "99.98 % is not 100 %",
    ("renewables way", 1): "the options leave a gap",
    ("renewables hourly", 1): "no meter counts by the hour",
    ("targets status", 1): "30 % is less than V1.3 asks for",
    ("actions timeline", 1): "the order is late",
    ("actions measured", 1): "nothing is measured",
}
"""Where the answer is no, as the pages say, by the command and how often it was typed before."""


def written(page: Path) -> list[list[str]]:
    """The commands of a page, between its tables."""
    parts = re.split(r"^(```\w*\n.*?^```)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    lines = [line for part in parts if part.startswith("```\n") for line in part.splitlines()]
    return [shlex.split(line.removeprefix(PROGRAM)) for line in lines if line.startswith(PROGRAM)]


def typed(page: Path) -> list[list[str]]:
    """Without the language of the answers."""
    return [words[2:] if words[0] == "--ui-lang" else words for words in written(page)]


def called(words: Sequence[str]) -> str:
    return " ".join(words[:2])


def tables(page: Path) -> Iterator[tuple[str, str]]:
    """The csv files that a page shows, each named at the end of the text before it."""
    pattern = r"`([^`\s]+\.csv)`[:：]\n\n```csv\n(.*?)```"
    yield from re.findall(pattern, page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.fixture(params=sorted(RENEWABLES))
def lang(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with the plant and its bills, the papers and the exports of registries."""
    monkeypatch.chdir(tmp_path)
    found = str(request.param)
    for page in (RENEWABLES[found], TARGETS[found]):
        for name, rows in tables(page):
            Path(name).write_text(rows, encoding="utf-8")
        for words in typed(page):
            if "--add" in words and words[1] == "evidence":
                name = words[words.index("--add") + 1]
                Path(name).write_bytes(f"%PDF-1.7 {name}".encode())
    begin(found)
    return found


def type_all(lang: str, capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """Type both pages and hold each command to its exit code; the answers of each in their order."""
    answers: dict[str, list[str]] = {}
    before: Counter[str] = Counter()
    for words in (*typed(RENEWABLES[lang]), *typed(TARGETS[lang])):
        name = called(words)
        before[name] += 1
        capsys.readouterr()
        code = main(["--ui-lang", lang, *words])
        said = capsys.readouterr()
        expected = 1 if (name, before[name]) in NO else 0
        assert code == expected, f"{' '.join(words)}\n{said.out}\n{said.err}"
        answers.setdefault(name, []).append(said.out)
    assert {key for key in NO if before[key[0]] < key[1]} == set()
    return answers


def test_both_pages_can_be_typed_one_after_the_other(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers = type_all(lang, capsys)
    check_shares(answers)
    check_plan(lang, answers, capsys)
    check_ledger(lang)


def check_shares(answers: dict[str, list[str]]) -> None:
    """What the page says of the story in numbers."""
    first, near, whole = answers["renewables status"]
    assert "5,080.8" in first
    before, after = (next(line for line in said.splitlines() if line.startswith("2024 ")) for said in (near, whole))
    assert " 99.9 " in before and " 100.0 " not in before and " 100.0 " in after
    assert "780.8" in answers["renewables way"][0] and "780.8" not in answers["renewables way"][1]


def check_plan(lang: str, answers: dict[str, list[str]], capsys: pytest.CaptureFixture[str]) -> None:
    stopped, held, _last = answers["targets status"]
    assert re.search(r"(?<!\d)42 ?%", stopped) and not re.search(r"(?<!\d)42 ?%", held)
    location, market = answers["actions curve"]
    assert "217.1" in location and "217.1" not in market, "electricity measures vanish at 100 % renewable"
    found = asked(["targets", "status", PLANTS[lang], "--year", "2024", "--json"], capsys)
    assert found["good"] is True and found["series"]["valid"] == "recalculated"
    assert Decimal(found["renewable_percent"]) == 100
    (neutral,) = found["neutrality"]
    assert (neutral["attainable"], neutral["holds"]) == ("committed", True)
    assert "neutral_certificates_alone" in {one["rule"] for one in neutral["judged"]}


def check_ledger(lang: str) -> None:
    with PlantFile.open(Path(PLANTS[lang]), read_only=True) as plant:
        assert plant.health.sound
        kept = {kind: len(plant.ledger.records[kind]) for kind in ("instrument", "supply_option", "target", "action")}
        assert kept == {"instrument": 4, "supply_option": 3, "target": 2, "action": 3}
        assert list(plant.ledger.records["rule_value"]) == ["own.rate_scope12"]


def asked(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> Any:
    capsys.readouterr()
    assert main(list(words)) == 0
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("pages", [RENEWABLES, TARGETS], ids=["renewables", "targets"])
def test_both_languages_type_the_same(pages: dict[str, Path]) -> None:
    """But for names, reasons and languages."""
    ours, theirs = (written(pages[lang]) for lang in ("en", "zh"))
    assert len(ours) > 20
    assert [plain(words) for words in ours] == [plain(words) for words in theirs]
    assert [len(rows.splitlines()) for _, rows in tables(pages["en"])] == [
        len(rows.splitlines()) for _, rows in tables(pages["zh"])
    ]
    codes = re.compile(r"^[a-z]+0+\d+(?:;[a-z]+0+\d+)*$|^\d{4}(?:-\d\d)*$|^[\d.]+$|^[a-z0-9_]+=")
    for one, other in zip(typed(pages["en"]), typed(pages["zh"]), strict=True):
        assert called(one) == called(other)
        assert [word for word in one if codes.search(word)] == [word for word in other if codes.search(word)]


@pytest.mark.parametrize("group", sorted(GROUPS))
@pytest.mark.parametrize("lang_of_page", sorted(RENEWABLES))
def test_every_command_is_listed(lang_of_page: str, group: str) -> None:
    text = GROUPS[group][lang_of_page].read_text(encoding="utf-8")
    heading = {"en": "\n## Commands\n", "zh": "\n## 命令\n"}[lang_of_page]
    listed = text.partition(heading)[2]
    (choices,) = (action.choices for action in build_parser("en")._actions if isinstance(action.choices, dict))
    (below,) = (a.choices for a in choices[group]._actions if isinstance(a.choices, dict))
    for name in below:
        assert re.search(rf"`(?:{group} )?{name}(?: import)?`", listed), name


def test_every_kind_of_act_is_typed_once() -> None:
    """Acts of records are alike, so each group of commands shows what people do first: it adds."""
    names = {" ".join(words[:3]) for pages in (RENEWABLES, TARGETS) for words in typed(pages["en"])}
    for kind in ("instrument", "option", "rule"):
        assert f"renewables {kind} add" in names
    for kind in ("earlier-year", "recalculation", "target", "driver", "scenario", "commitment", "rule"):
        assert f"targets {kind} add" in names
    assert "targets base-policy change" in names
    for kind in ("action", "milestone", "resolution", "area"):
        assert f"actions {kind} add" in names
