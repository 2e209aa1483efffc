"""The page about footprints of products cannot lie: its commands can be typed in both languages, and its tables, places
and numbers are those of the program."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.cli import build_parser, main
from core.exchange import catena_x, pact, stated_footprints
from core.products import GATE, KEY_TITLES, STAGE_TITLES, UNIT_TITLES
from core.store import PlantFile
from gui.products.declaring import WRITTEN
from tests.docs.test_audit_commands import PLANTS, begin
from tests.docs.test_audit_pages import keyed, said, shape, text_of
from tests.docs.test_energy_pages import PLACE, value_at
from tests.docs.test_guide_commands import DOCS, plain
from tests.docs.test_plan_commands import called, tables, typed, written

PAGES = {"en": DOCS / "products.md", "zh": DOCS / "products.zh.md"}
LANGUAGES = sorted(PAGES)
ENDS = {("product list", 1): 1, ("product export", 1): 2}
"""Where the answer is no, or the form refuses, as the page says; by the command and how often it was typed."""
OUT = {"en": ("strut.json", "footprints.xlsx"), "zh": ("支柱.json", "碳足迹.xlsx")}


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with the plant, its bills and the table of the page."""
    monkeypatch.chdir(tmp_path)
    found = str(request.param)
    for name, rows in tables(PAGES[found]):
        Path(name).write_text(rows, encoding="utf-8")
    begin(found)
    return found


def test_the_page_can_be_typed_from_top_to_bottom(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers: dict[str, list[str]] = {}
    before: Counter[str] = Counter()
    for words in typed(PAGES[lang]):
        name = called(words)
        before[name] += 1
        capsys.readouterr()
        code = main(["--ui-lang", lang, *words])
        told = capsys.readouterr()
        assert code == ENDS.get((name, before[name]), 0), f"{' '.join(words)}\n{told.out}\n{told.err}"
        answers.setdefault(name, []).append(told.out + told.err)
    first, inventory = answers["product list"][1], answers["product footprint"][0]
    for number in ("13.963", "60.9"):
        assert number in first and number in inventory and number in text_of(PAGES[lang])
    assert "13.963" not in answers["product footprint"][1] and "0.5777" in answers["product footprint"][1]
    assert {"en": "companyIds: ", "zh": "companyIds："}[lang] in answers["product export"][0]
    written_files(lang)


def written_files(lang: str) -> None:
    aspect, workbook = OUT[lang]
    assert len(json.loads(Path("pact.json").read_text("utf-8"))["data"]) == 2
    assert "pcfMethodology" in Path(aspect).read_text("utf-8")
    assert len(load_workbook(workbook, read_only=True).worksheets) == 4
    with PlantFile.open(Path(PLANTS[lang]), read_only=True) as plant:
        kinds = ("product", "output", "component", "leg", "allocation_key")
        assert [len(plant.ledger.records[kind]) for kind in kinds] == [2, 2, 4, 2, 2]


def test_both_languages_type_the_same() -> None:
    ours, theirs = (written(PAGES[lang]) for lang in ("en", "zh"))
    assert len(ours) > 15
    assert [plain(words) for words in ours] == [plain(words) for words in theirs]
    acts = [[called(words) for words in typed(PAGES[lang]) if words[0] == "product"] for lang in ("en", "zh")]
    assert acts[0] == acts[1]


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_every_command_is_listed_and_every_kind_is_entered(lang_of_page: str) -> None:
    text = text_of(PAGES[lang_of_page])
    listed = text.partition({"en": "\n## Commands\n", "zh": "\n## 命令\n"}[lang_of_page])[2]
    (choices,) = (action.choices for action in build_parser("en")._actions if isinstance(action.choices, dict))
    (below,) = (a.choices for a in choices["product"]._actions if isinstance(a.choices, dict))
    for name in below:
        assert f"`{name}`" in listed, name
    acts = {" ".join(words[:3]) for words in typed(PAGES[lang_of_page])}
    assert {"product product add", "product output add", "product component import", "product leg add",
            "product key add"} <= acts  # fmt: skip


# ---------------------------------------------------------------------- tables


def cells(lang: str, keys: set[str]) -> dict[str, list[str]]:
    """Rows of the table with these keys, which may hold spaces."""
    rows = {
        found[1]: [cell.strip() for cell in line.strip("|").split("|")]
        for line in text_of(PAGES[lang]).splitlines()
        if (found := re.match(r"\| `([\w ]+)` \|", line)) is not None and found[1] in keys
    }
    assert set(rows) == keys
    return rows


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_units_keys_and_stages_are_those_of_the_program(lang_of_page: str) -> None:
    units = cells(lang_of_page, set(UNIT_TITLES))
    assert list(units) == list(UNIT_TITLES)
    for key, title in UNIT_TITLES.items():
        assert said(title, lang_of_page, units[key][1])
    assert list(keyed(PAGES[lang_of_page], set(KEY_TITLES))) == list(KEY_TITLES)
    stages = keyed(PAGES[lang_of_page], set(STAGE_TITLES))
    assert list(stages) == list(STAGE_TITLES)
    yes = {"en": "yes", "zh": "是"}[lang_of_page]
    for key, title in STAGE_TITLES.items():
        assert said(title, lang_of_page, stages[key][1]) and (stages[key][2] == yes) == (key in GATE)


def asked() -> set[str]:
    """Fields that the formats may refuse, read from their text."""
    found: set[str] = set()
    for module in (stated_footprints, pact, catena_x):
        text = Path(str(module.__file__)).read_text("utf-8")
        found |= set(re.findall(r"needs\.(?:need|refuse)\(\s*\"(\w+)\"", text))
    return found | {"companyIds", "productIds", "productClassifications", "technologicalDQR", "temporalDQR",
                    "geographicalDQR"}  # fmt: skip


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_every_field_that_may_be_refused_says_where_it_comes_from(lang_of_page: str) -> None:
    rows = keyed(PAGES[lang_of_page], asked())
    assert len(rows) > 18
    word = {"en": "declared", "zh": "声明"}[lang_of_page]
    for field in WRITTEN:  # what the window asks for is declared, or made with the declared domain
        told = rows[field][1]
        assert word in told or field == "productClassifications", field


# ---------------------------------------------------------------------- places, shape


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_every_place_in_the_code_is_there(lang_of_page: str) -> None:
    places = PLACE.findall(text_of(PAGES[lang_of_page]))
    assert len(set(places)) == 7
    for module, name in places:
        assert value_at(module, name) is not None


def test_both_languages_have_the_same_shape_and_places() -> None:
    ours, theirs = PAGES["en"], PAGES["zh"]
    assert shape(ours) == shape(theirs)
    assert PLACE.findall(text_of(ours)) == PLACE.findall(text_of(theirs))


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_the_contents_lead_to_every_section(lang_of_page: str) -> None:
    text = text_of(PAGES[lang_of_page])
    sections = len(re.findall(r"^## ", text, flags=re.MULTILINE))
    assert len(re.findall(r"\]\(#", text.partition("\n## ")[0])) == sections


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_other_pages_lead_here(lang_of_page: str) -> None:
    name = PAGES[lang_of_page].name
    guide = DOCS / ("guide.md" if lang_of_page == "en" else "guide.zh.md")
    assert f"({name})" in text_of(guide) and f"(docs/{name})" in text_of(DOCS.parent / "README.md")
