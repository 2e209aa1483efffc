"""The page about those who ask cannot lie: its commands can be typed in both languages, and its tables of frameworks,
states, topics, events and programmes are those of the program."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from core.cli import build_parser, main
from core.disclosures.calendar import KINDS
from core.disclosures.catalogue import AREAS, all_points, checklist
from core.disclosures.external import SCHEMES
from core.disclosures.maps import all_maps
from core.disclosures.point import FOLDS
from core.disclosures.readiness import STATES
from core.ledger import Answer, ExternalAudit
from core.store import PlantFile
from gui.pages import discover
from tests.docs.test_audit_commands import PLANTS, begin
from tests.docs.test_audit_pages import keyed, said, shape, text_of
from tests.docs.test_energy_pages import PLACE, value_at
from tests.docs.test_guide_commands import DOCS, plain
from tests.docs.test_plan_commands import called, typed, written

PAGES = {"en": DOCS / "disclosures.md", "zh": DOCS / "disclosures.zh.md"}
LANGUAGES = sorted(PAGES)
ENDS = {("disclosure readiness", 1), ("disclosure readiness", 2), ("disclosure points", 1), ("checklist status", 1),
        ("supplier calendar", 1), ("checklist status", 2)}  # fmt: skip
"""Where the answer is no, as the page says; by the command and how often it was typed."""
QUESTIONNAIRE = {"en": "questionnaire.xlsx", "zh": "问卷.xlsx"}
PAPERS = {"en": ("policy.pdf", "letter.pdf", "certificate.pdf"), "zh": ("方针.pdf", "任命书.pdf", "证书.pdf")}
WORKBOOK = {"en": "saq.xlsx", "zh": "自评.xlsx"}
GROUPS = ("disclosure", "checklist")
"""Commands of the terminal that the page lists wholly."""
YES = {"en": "yes", "zh": "是"}


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A folder with the plant, its bills, its papers and the questionnaire that it received."""
    monkeypatch.chdir(tmp_path)
    found = str(request.param)
    for name in PAPERS[found]:
        Path(name).write_bytes(f"%PDF-1.7 {name}".encode())
    book = Workbook()
    for row in (("Code", "Question"), ("ENV640", "Of the received form"), ("ENV999", "Of this customer")):
        book.active.append(row)  # type: ignore[union-attr]
    book.save(QUESTIONNAIRE[found])
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
        assert code == ((name, before[name]) in ENDS), f"{' '.join(words)}\n{told.out}\n{told.err}"
        answers.setdefault(name, []).append(told.out + told.err)
    assert {one for one in ENDS if before[one[0]] < one[1]} == set()
    assert "site.nace" in answers["disclosure compare"][0], "what came after the submission is new"
    assert "ENV999" in answers["disclosure link"][0]
    left(lang)


def left(lang: str) -> None:
    """What the commands have left in the plant and beside it."""
    assert load_workbook(WORKBOOK[lang], read_only=True).sheetnames
    with PlantFile.open(Path(PLANTS[lang]), read_only=True) as plant:
        kinds = ("answer", "question_decision", "own_question", "submission", "external_audit")
        assert [len(plant.ledger.records[kind]) for kind in kinds] == [5, 3, 1, 1, 1]
        proven = {one.id for one in plant.ledger.held(Answer) if one.evidence}
        assert proven == {"2024 policy.env", "2024 check.G1"}
        (audit,) = plant.ledger.held(ExternalAudit)
        assert len(audit.findings) == 2 and audit.evidence


def test_both_languages_type_the_same() -> None:
    ours, theirs = (written(PAGES[lang]) for lang in ("en", "zh"))
    assert len(ours) > 20
    assert [plain(words) for words in ours] == [plain(words) for words in theirs]
    acts = [[called(words) for words in typed(PAGES[lang]) if words[0] in GROUPS] for lang in ("en", "zh")]
    assert acts[0] == acts[1]


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_every_command_is_listed(lang_of_page: str, group: str) -> None:
    listed = text_of(PAGES[lang_of_page]).partition({"en": "\n## Commands\n", "zh": "\n## 命令\n"}[lang_of_page])[2]
    (choices,) = (action.choices for action in build_parser("en")._actions if isinstance(action.choices, dict))
    (below,) = (a.choices for a in choices[group]._actions if isinstance(a.choices, dict))
    for name in below:
        assert re.search(rf"`(?:{group} )?{name}`", listed), name


# ---------------------------------------------------------------------- tables


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_every_framework_stands_there_with_its_edition_and_how_sure_its_numbers_are(lang_of_page: str) -> None:
    rows = keyed(PAGES[lang_of_page], set(all_maps()))
    assert list(rows) == list(all_maps())
    for key, one in all_maps().items():
        known = Counter(question.status for question in one.questions)
        _key, title, edition, plants, groups, conditional, *sure = rows[key]
        assert said(one.title, lang_of_page, title) and edition == one.edition
        assert int(plants) == sum(question.level in ("plant", "both") for question in one.questions)
        assert int(groups) == sum(question.level in ("group", "both") for question in one.questions)
        assert int(conditional) == sum(question.requirement == "cond" for question in one.questions)
        assert list(map(int, sure)) == [known["VERIFIED"], known["VERIFIED_2024"], known["RECALLED"]]
        assert sum(map(int, sure)) == len(one.questions), "no other state of a number is shipped"


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_every_state_says_whether_it_counts(lang_of_page: str) -> None:
    rows = keyed(PAGES[lang_of_page], set(STATES))
    assert list(rows) == list(STATES)
    for key, title in STATES.items():
        assert said(title, lang_of_page, rows[key][0])
        assert (rows[key][2] == YES[lang_of_page]) == (key not in ("not_applicable", "optional_open"))


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_topics_events_programmes_and_ways_are_those_of_the_program(lang_of_page: str) -> None:
    page = PAGES[lang_of_page]
    topics = keyed(page, set(AREAS))
    assert list(topics) == list(AREAS)
    for key, title in AREAS.items():
        codes = [one.code for one in checklist() if one.area == key]
        assert said(title, lang_of_page, topics[key][1])
        assert topics[key][2:] == [str(len(codes)), f"{codes[0]} – {codes[-1]}"]
    assert f"{len(checklist())} " in text_of(page)
    for titles in (KINDS, SCHEMES):
        rows = keyed(page, set(titles))
        assert list(rows) == list(titles)
        assert all(said(title, lang_of_page, rows[key][1]) for key, title in titles.items())
    assert list(keyed(page, set(FOLDS))) == list(FOLDS)
    assert {one.fold for one in all_points().values()} == set(FOLDS)


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_lines_of_the_calendar_open_pages_that_there_are(lang_of_page: str) -> None:
    named = {place.info.title.in_language(lang_of_page) for place in discover("plant")}
    english = {place.info.title.in_language("en") for place in discover("plant")}
    for row in keyed(PAGES[lang_of_page], set(KINDS)).values():
        for page in re.split(", |、", row[2]):
            assert page in named or (lang_of_page == "zh" and named & english), page


# ---------------------------------------------------------------------- places, shape


@pytest.mark.parametrize("lang_of_page", LANGUAGES)
def test_every_place_in_the_code_is_there(lang_of_page: str) -> None:
    places = PLACE.findall(text_of(PAGES[lang_of_page]))
    assert len(set(places)) == 6
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
