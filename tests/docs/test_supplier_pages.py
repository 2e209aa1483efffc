"""The page about suppliers and minerals cannot lie: its commands can be typed in both languages, and its editions,
rules, states and texts are those of the program."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.cli import build_parser, main
from core.disclosures.undertakings import TEXTS
from core.exchange.minerals import all_layouts
from core.exchange.minerals.layouts import RECALLED
from core.i18n import Localised
from core.ledger import MineralDeclaration, Supplier, Undertaking
from core.minerals import LEVELS, STANDING_NAMES, STANDINGS, STATUS_NAMES, STATUSES
from core.minerals.checker import MOST_MONTHS
from core.store import PlantFile
from tests.core.exchange.minerals.forms import ALPHA, SMELTER_HEAD, Form, cmrt
from tests.docs.test_audit_commands import PLANTS, begin
from tests.docs.test_audit_pages import keyed, said, shape, text_of
from tests.docs.test_audit_pages import tables as tables_of
from tests.docs.test_guide_commands import DOCS, plain
from tests.docs.test_plan_commands import called, tables, typed, written

PAGES = {"en": DOCS / "suppliers.md", "zh": DOCS / "suppliers.zh.md"}
LANGUAGES = sorted(PAGES)
CORE = DOCS.parent / "core" / "minerals"
NO = {
    ("supplier undertakings", 1): "two have not signed",
    ("minerals import", 2): "the rules speak against it",
    ("minerals check", 1): "it is rejected",
    ("minerals rollup", 1): "the own declaration contradicts",
    ("minerals status", 1): "Sensor has not answered in a way that counts",
}
"""Where the answer is no, as the page says, by the command and how often it was typed."""
WORKBOOKS = {
    "en": {"weld": "weld-cmrt.xlsx", "sensor": "sensor-cmrt.xlsx", "own": "own-cmrt.xlsx"},
    "zh": {"weld": "焊丝-cmrt.xlsx", "sensor": "传感器-cmrt.xlsx", "own": "本公司-cmrt.xlsx"},
}
COMPANIES = {"en": ("Weld Wire Ltd", "Sensor GmbH"), "zh": ("焊丝公司", "传感器公司")}
REQUEST = {"en": ("request-weld.xlsx", "request-weld-back.xlsx"), "zh": ("请求-焊丝.xlsx", "答复-焊丝.xlsx")}
OWN = {"en": "own.xlsx", "zh": "本公司.xlsx"}
RECENT = datetime.now(UTC).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0) - timedelta(days=40)
"""A day that lets a declaration count whenever this is run."""


def of_sensor(company: str) -> Form:
    """All smelters are said to be known, and one is not."""
    form = cmrt("6.4").with_cells({"D8": company, "D22": RECENT})
    form.smelters = SMELTER_HEAD | ALPHA | {
        "A6": "CID000400", "B6": "Tin", "C6": "Delta Tin", "D6": "Delta Tin", "E6": "Peru", "F6": "CID000400",
        "B7": "Tin", "C7": "Smelter Not Yet Identified", "D7": "Unknown", "E7": "China",
    }  # fmt: skip
    return form


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with the plant, its bills, the tables of the page, a letter and workbooks."""
    monkeypatch.chdir(tmp_path)
    found = str(request.param)
    for name, rows in tables(PAGES[found]):
        Path(name).write_text(rows, encoding="utf-8")
    weld, sensor = COMPANIES[found]
    names = WORKBOOKS[found]
    Path(names["weld"]).write_bytes(cmrt().with_cells({"D8": weld, "D22": RECENT}).saved())
    Path(names["sensor"]).write_bytes(of_sensor(sensor).saved())
    mine = cmrt().with_cells({"D8": "Hillside", "D22": RECENT, "D27": "No", "D33": None})
    mine.smelters = dict(SMELTER_HEAD)
    Path(names["own"]).write_bytes(mine.saved())
    for words in typed(PAGES[found]):
        if "--add" in words:
            name = words[words.index("--add") + 1]
            Path(name).write_bytes(f"%PDF-1.7 {name}".encode())
    begin(found)
    return found


def came_back(lang: str) -> None:
    """The supplier fills in its workbook."""
    out, back = REQUEST[lang]
    book = load_workbook(out)
    sheet = book.worksheets[0]
    row = next(row for row in sheet.iter_rows() if row[0].value == 1 and row[3].value)
    row[4].value, row[5].value = 1920, "Cradle to our gate"
    book.save(back)


def test_the_page_can_be_typed_from_top_to_bottom(lang: str, capsys: pytest.CaptureFixture[str]) -> None:
    answers: dict[str, list[str]] = {}
    before: Counter[str] = Counter()
    for words in typed(PAGES[lang]):
        name = called(words)
        before[name] += 1
        if name == "supplier answer":
            came_back(lang)
        capsys.readouterr()
        code = main(["--ui-lang", lang, *words])
        told = capsys.readouterr()
        assert code == int((name, before[name]) in NO), f"{' '.join(words)}\n{told.out}\n{told.err}"
        answers.setdefault(name, []).append(told.out)
    assert {key for key in NO if before[key[0]] < key[1]} == set()
    assert "md00002 CMRT 6.4" in answers["minerals check"][0]
    with PlantFile.open(Path(PLANTS[lang]), read_only=True) as plant:
        assert plant.health.sound
        held = {one.id: one for one in plant.ledger.held(MineralDeclaration)}
        assert [held[key].verdict for key in ("md00001", "md00002", "md00003")] == ["accepted", "sent_back", ""]
        assert tuple(one.name for one in plant.ledger.held(Supplier))[:2] == COMPANIES[lang]
        kept = plant.ledger.records
        assert len(kept["undertaking"]) == len(kept["data_request"]) == len(kept["smelter_list"]) == 1
        paper = kept["undertaking"]["un00001"]
        assert isinstance(paper, Undertaking) and paper.evidence == ("e00002",)
        assert [one.category for one in plant.ledger.activities if one.method == "supplier_specific"] == [1]
    own = load_workbook(OWN[lang], read_only=True)
    assert len(own.worksheets) == 5
    own.close()


def test_both_languages_type_the_same() -> None:
    ours, theirs = (written(PAGES[lang]) for lang in ("en", "zh"))
    assert len(ours) > 15
    assert [plain(words) for words in ours] == [plain(words) for words in theirs]
    assert [called(words) for words in typed(PAGES["en"])] == [called(words) for words in typed(PAGES["zh"])]
    for one, other in zip(tables(PAGES["en"]), tables(PAGES["zh"]), strict=True):
        assert len(one[1].splitlines()) == len(other[1].splitlines())


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
@pytest.mark.parametrize("group", ["supplier", "minerals"])
def test_every_command_is_listed(lang_of_page: str, group: str) -> None:
    listed = text_of(PAGES[lang_of_page]).partition({"en": "\n## Commands\n", "zh": "\n## 命令\n"}[lang_of_page])[2]
    (choices,) = (action.choices for action in build_parser("en")._actions if isinstance(action.choices, dict))
    (below,) = (a.choices for a in choices[group]._actions if isinstance(a.choices, dict))
    for name in below:
        assert re.search(rf"`(?:{group} )?{name}`", listed), name


# ---------------------------------------------------------------------- tables


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_every_edition_is_told_with_what_is_not_sure(lang_of_page: str) -> None:
    table = next(one for one in tables_of(PAGES[lang_of_page]) if one[1][0] == "CMRT")
    told = {(row[0], tuple(row[1].replace("、", ", ").split(", "))): row[2] for row in table[1:]}
    layouts = all_layouts().values()
    assert set(told) == {(one.template, one.editions) for one in layouts}
    words = {"en": {"head": "head", "smelters": "list of smelters"}, "zh": {"head": "表头", "smelters": "冶炼厂清单"}}
    for one in layouts:
        cell = told[one.template, one.editions]
        unsure = [part for part, sure in one.sure.items() if sure == RECALLED]
        for part, word in words[lang_of_page].items():
            assert (word in cell) == (part in unsure), (one.key, part)
        assert set(unsure) <= set(words[lang_of_page]), one.key


def rules() -> dict[str, set[str]]:
    """Every rule of the code with the states it may give."""
    found: dict[str, set[str]] = {}
    for path in CORE.glob("*.py"):
        for rule, level in rules_in(ast.parse(path.read_text(encoding="utf-8"))):
            if level in LEVELS:
                found.setdefault(rule, set()).add(level)
    return found


def rules_in(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Calls that say a rule and a state; where the state is worked out just before, both of them."""
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
            continue
        what, args = call.func.id, call.args
        if what == "Problem" and len(args) > 1 and isinstance(args[1], ast.Constant):
            level = ast.unparse(args[0]).lower()
            yield from ((str(args[1].value), one) for one in (("rejected", "review") if level == "level" else (level,)))
        elif what == "_Rows":
            yield str(ast.literal_eval(args[0])), "incomplete"
        elif what == "_about" and len(args) > 1:
            yield str(ast.literal_eval(args[1])), "review"
        elif what == "_answers" and len(args) > 4 and isinstance(args[2], ast.Name):
            yield f"contradiction_{ast.unparse(args[1]).lower()}", ast.unparse(args[2]).lower()


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_every_rule_is_told_with_its_state(lang_of_page: str) -> None:
    code = rules()
    told = keyed(PAGES[lang_of_page], set(code))
    names = {key: key if lang_of_page == "en" else STATUS_NAMES[key].in_language("zh") for key in LEVELS}
    for rule, levels in code.items():
        cell = told[rule][1]
        assert {key for key in LEVELS if names[key] in cell} == levels, (rule, cell)


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
@pytest.mark.parametrize(
    ("order", "titles"),
    [(tuple(reversed(STATUSES)), STATUS_NAMES), (STANDINGS, STANDING_NAMES), (tuple(TEXTS), TEXTS)],
    ids=["states", "standings", "texts"],
)
def test_states_standings_and_texts_are_those_of_the_program(
    lang_of_page: str, order: tuple[str, ...], titles: dict[str, Localised]
) -> None:
    rows = keyed(PAGES[lang_of_page], set(order))
    assert list(rows) == list(order)
    for key in order:
        assert said(titles[key], lang_of_page, rows[key][1]), key


def test_how_long_a_declaration_counts_is_what_the_page_says() -> None:
    assert MOST_MONTHS == 12
    assert "twelve months" in text_of(PAGES["en"]) and "12 个月" in text_of(PAGES["zh"])


# ---------------------------------------------------------------------- shape


def test_both_languages_have_the_same_shape() -> None:
    assert shape(PAGES["en"]) == shape(PAGES["zh"])


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


def test_json_of_a_check_names_the_rules_of_the_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["new", "x.plant", "--name", "X", "--country", "CN"]) == 0
    Path("sensor.xlsx").write_bytes(of_sensor("Sensor GmbH").saved())
    capsys.readouterr()
    assert main(["minerals", "import", "x.plant", "sensor.xlsx", "--new-supplier", "--json", "--person", "Li Na"]) == 1
    found = json.loads(capsys.readouterr().out)["declaration"]
    assert found["status"] == "rejected"
    assert {one["rule"] for one in found["problems"]} <= set(rules())
