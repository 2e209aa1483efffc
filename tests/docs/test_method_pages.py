"""The pages of the methods cannot lie: each method stands there as the code has it, each example row is imported."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from core.checks import all_rules
from core.cli import main
from core.inventory import choices_of, compile_inventory
from core.library import all_policies, load_library
from core.methods import Method, all_methods
from core.store import PlantFile

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "methods.md", "zh": DOCS / "methods.zh.md"}
LANGUAGES = sorted(PAGES)
MANY = 30
"""A choice of more keys than this is explained, not listed."""


@cache
def blocks(lang: str) -> dict[str, tuple[str, str]]:
    """Heading and text of each method, by the key under the heading."""
    parts = re.split(r"^### (.+)$", PAGES[lang].read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = {}
    for title, text in zip(parts[::2], parts[1::2], strict=True):
        key = re.match(r"\s*`(\w+)` · ", text)
        if key is not None:
            found[key[1]] = title, text
    return found


def row(lang: str, key: str) -> str:
    found = re.findall(r"^```csv\n(.+)\n```$", blocks(lang)[key][1], flags=re.MULTILINE)
    assert len(found) == 1, f"{key} needs one row as example"
    return str(found[0])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_method_has_its_place(lang: str) -> None:
    assert sorted(blocks(lang)) == sorted(all_methods())


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", sorted(all_methods()))
def test_a_method_stands_there_as_it_is(key: str, lang: str) -> None:
    method = all_methods()[key]
    title, text = blocks(lang)[key]
    if lang == "en" or method.title.in_language("zh") != method.title.in_language("en"):
        assert title == method.title.in_language(lang)
    assert " ".join(method.source.split()) in " ".join(text.split())
    asked = re.search(r"^- (?:Parameters: |参数：)(.+?)(?=^- )", text, flags=re.MULTILINE | re.DOTALL)
    check_parameters(method, " ".join(asked[1].split()) if asked else "")
    head = text.strip().partition("\n\n")[0].replace("\n", " ")
    check_categories(method, head.split(" · ")[1])


def check_parameters(method: Method, said: str) -> None:
    parts = [part for part in re.split("[;；] ?", said) if part]
    assert [re.match(r"`(\w+)`", part)[1] for part in parts] == [p.key for p in method.parameters]  # type: ignore[index]
    for parameter, part in zip(method.parameters, parts, strict=True):
        if parameter.unit not in ("", "1"):
            assert f"[{parameter.unit}]" in part
        assert ("**needed**" in part or "**必填**" in part) == parameter.required
        choices = [key for key, _title in parameter.choices]
        if choices and len(choices) <= MANY:
            assert re.findall(r"`(\w+)`", part)[1:] == choices


def check_categories(method: Method, said: str) -> None:
    categories = [int(number) for number in re.findall(r"\d+", re.split("category|类别", said, maxsplit=1)[-1])]
    if not method.categories:
        assert "category" not in said and "类别" not in said
    elif len(method.categories) == 15:
        assert categories == [1, 15]
    else:
        assert tuple(categories) == method.categories and f"**{categories[0]}**" in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_row_is_imported_and_calculated(lang: str, tmp_path: Path) -> None:
    head = re.search(r"^```\n(.+)\n```$", PAGES[lang].read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert head is not None
    keys = sorted(all_methods())
    path, data = tmp_path / "hillside.plant", tmp_path / "rows.csv"
    data.write_text("\n".join([head[1], *(row(lang, key) for key in keys)]) + "\n", encoding="utf-8")
    assert main(["new", str(path), "--name", "Hillside", "--country", "CN", "--region", "CN-HE"]) == 0
    assert main(["import", str(path), str(data)]) == 0
    with PlantFile.open(path, read_only=True) as plant:
        inventory = compile_inventory(plant.ledger, choices_of(None, 2024), load_library())
    # A row without its file has findings of the review; that it becomes tonnes is what is asked here.
    assert sorted({line.activity.method for line in inventory.lines}) == keys
    assert {f.rule for f in inventory.findings} & {"not_understood", "no_factor"} == set()


def test_the_numbers_of_the_readme_are_true() -> None:
    root = DOCS.parent
    for page in (root / "README.md", root / "CHANGELOG.md"):
        text = page.read_text(encoding="utf-8")
        assert f"{len(all_methods())} methods" in text
        assert re.search(rf"\b{len(all_rules())} review rules|\b{len(all_rules())} of them", text)
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert f"{len(all_methods())} 种方法" in readme
    assert len(load_library().sets) > 80 and "eighty cited publications" in " ".join(readme.split())
    assert len(all_policies()) == 4 and "Four policies" in readme
