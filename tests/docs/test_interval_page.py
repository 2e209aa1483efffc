"""The page about interval files cannot lie: its example is imported as it says, and every key, question and refusal is
one of the program."""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from core.cli import main
from core.cli.meter_mapping import ANSWERS
from core.exchange.series import Mapping
from core.exchange.series.blocks import MAX_BYTES, MAX_LINE
from core.exchange.series.feed import MAX_BYTES as LARGEST_XML
from core.exchange.series.mapping import FORMS, MOST_COLUMNS, QUANTITIES
from core.exchange.series.raw import MAX_VALUES
from core.exchange.weather import read_weather

ROOT = Path(__file__).parents[2]
PAGES = {"en": ROOT / "docs" / "interval-data.md", "zh": ROOT / "docs" / "interval-data.zh.md"}
KEYS = ("questions", "keys", "refused", "weather")
HEADS = {
    "en": dict(zip(KEYS, ("What is asked", "The mapping", "What is refused", "Weather files"), strict=True)),
    "zh": dict(zip(KEYS, ("询问的内容", "读取设置", "拒绝的内容", "气象文件"), strict=True)),
}
SAID_APART = {"values", "column", "headings"}
"""Fields of a mapping that a person says by other keys, or not at all."""


def section(lang: str, title: str) -> str:
    text = PAGES[lang].read_text(encoding="utf-8")
    return re.split(r"^## ", text.partition(f"\n## {title}\n")[2], flags=re.MULTILINE)[0]


def first_cells(text: str) -> list[str]:
    rows = [line.strip("| ").split(" | ")[0] for line in text.splitlines() if line.startswith("|")]
    return [row for row in rows[2:] if row]


def words_in(cells: list[str]) -> list[str]:
    return [word for cell in cells for word in re.findall(r"`(\w+)`", cell)]


def blocks(lang: str) -> list[str]:
    found: list[str] = re.findall(r"```csv\n(.*?)```", PAGES[lang].read_text(encoding="utf-8"), re.DOTALL)
    return found


def sentences() -> Iterator[str]:
    """Every sentence of the core, those about files first."""
    for path in sorted((ROOT / "core").glob("**/*.py"), key=lambda path: ("exchange" not in path.parts, path)):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            named = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "T"
            if named and node.args and isinstance(node.args[0], ast.Constant):  # type: ignore[attr-defined]
                yield str(node.args[0].value)  # type: ignore[attr-defined]


@pytest.mark.parametrize("lang", sorted(PAGES))
def test_keys_questions_and_choices_are_those_of_the_program(lang: str) -> None:
    heads = HEADS[lang]
    assert words_in(first_cells(section(lang, heads["questions"]))) == list(ANSWERS)
    said = set(words_in(first_cells(section(lang, heads["keys"]))))
    assert said == {one.name for one in fields(Mapping)} - SAID_APART | {"columns", "quantity", "unit"}
    text = PAGES[lang].read_text(encoding="utf-8")
    assert [word for word in (*FORMS, *QUANTITIES) if f"`{word}`" not in text] == []


@pytest.mark.parametrize("lang", sorted(PAGES))
def test_limits_are_those_of_the_program(lang: str) -> None:
    text = PAGES[lang].read_text(encoding="utf-8")
    for limit in (f"{MAX_BYTES // 10**9} GB", f"{MAX_VALUES:,}", f"{MOST_COLUMNS:,}", f"{MAX_LINE:,}",
                  f"{LARGEST_XML // 10**6} MB"):  # fmt: skip
        assert limit in text


def test_every_refusal_is_a_sentence_of_the_program() -> None:
    sought: dict[str, re.Pattern[str]] = {}
    for key in ("refused", "weather"):
        quoted = re.findall(r"^\| “(.+)” \|", section("en", HEADS["en"][key]), flags=re.MULTILINE)
        assert len(quoted) > 8
        for sentence in quoted:
            parts = [re.escape(part) for part in sentence.split("…")]
            sought[sentence] = re.compile(r"“?(?:\{\w+\})”?".join(parts))
    for known in sentences():
        for sentence in [one for one, form in sought.items() if form.fullmatch(known)]:
            del sought[sentence]
        if not sought:
            break
    assert list(sought) == []


def test_both_languages_list_the_same() -> None:
    for key in HEADS["en"]:
        one, other = (section(lang, HEADS[lang][key]) for lang in ("en", "zh"))
        assert len(first_cells(one)) == len(first_cells(other))
        assert len(re.findall(r"^#+ ", one, flags=re.MULTILINE)) == len(re.findall(r"^#+ ", other, flags=re.MULTILINE))


@pytest.mark.parametrize("lang", sorted(PAGES))
def test_the_example_is_imported_as_the_page_says(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loads.csv").write_text(blocks(lang)[0], encoding="utf-8")
    new = ["new", "hillside.plant", "--name", "Hillside", "--country", "DE", "--timezone", "Europe/Berlin"]
    assert main(new) == 0
    text = PAGES[lang].read_text(encoding="utf-8")
    (answered,) = re.findall(r"^    plant-audit (meter import hillside.+)$", text, flags=re.MULTILINE)
    assert main(["meter", "import", "hillside.plant", "loads.csv"]) == 2
    assert main(answered.split()) == 2
    capsys.readouterr()
    assert main([*answered.split(), "--json", "--without-refused"]) == 0
    assert main(["meter", "export", "hillside.plant", "--out", "values.csv"]) == 0
    with Path("values.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [
            [row["meter"], row["start"], row["start (UTC)"], row["value"], row["status"]]
            for row in csv.DictReader(stream)
        ]
    shown = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if re.match(r"\| \S+(?: \d)? \| 2024-03-31T", line)
    ]
    assert shown == rows


@pytest.mark.parametrize("lang", sorted(PAGES))
def test_the_rows_that_the_page_names_are_refused(
    lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("loads.csv").write_text(blocks(lang)[0], encoding="utf-8")
    new = ["new", "hillside.plant", "--name", "Hillside", "--country", "DE", "--timezone", "Europe/Berlin"]
    assert main(new) == 0
    capsys.readouterr()
    answers = ["--set", "clock=local", "--set", "label=left", "--new"]
    assert main(["meter", "import", "hillside.plant", "loads.csv", *answers]) == 2
    said = capsys.readouterr().out
    named = re.findall(r"^\| (\d+) \| (\S+(?: \d)?) \|", PAGES[lang].read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(named) == 2
    for row, meter in named:
        assert f"Row {row}, {meter}" in said


@pytest.mark.parametrize("lang", sorted(PAGES))
def test_the_table_of_twelve_months_is_read(lang: str) -> None:
    found = read_weather(blocks(lang)[1].encode(), "climate.csv")
    assert (found.kind, found.latitude, found.longitude) == ("monthly", 40.8, 114.9)
    assert found.climate is not None and float(found.climate.ghi.sum()) == 1602.0
