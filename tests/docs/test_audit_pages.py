"""The pages about the audit cannot lie: tables, keys, places and limits are those of the code, in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.audit.analytics import PROCEDURES as ANALYTICS
from core.audit.areas import AREAS, DATA
from core.audit.checklist import questions
from core.audit.opinion import kinds_for
from core.audit.plan import MISSING
from core.audit.procedures import PROCEDURES, conclusive
from core.audit.risk import DETECTION, LEVELS, detection_risk, matrix
from core.audit.risk_rules import RULES, limits_of
from core.audit.roles import AUDITOR, EVERYBODY, PLANT_MANAGER, PREPARER, REVIEWER, ROLES, TEAM_LEAD
from core.audit.sampling import METHODS
from core.audit.statement import OPINIONS
from core.audit.states import STATES
from core.checks import all_rules
from core.i18n import Localised
from core.ledger import TestSheet as Sheet
from tests.docs.test_energy_pages import NUMBER, PLACE, numbers, value_at

ROOT = Path(__file__).parents[2]
AUDITS = {"en": ROOT / "docs" / "audit.md", "zh": ROOT / "docs" / "audit.zh.md"}
METHOD_PAGES = {"en": ROOT / "docs" / "audit-method.md", "zh": ROOT / "docs" / "audit-method.zh.md"}
LANGUAGES = sorted(AUDITS)
LETTERS = {"P": PREPARER, "M": PLANT_MANAGER, "A": AUDITOR, "L": TEAM_LEAD, "R": REVIEWER}
ALL, BECAUSE, NEEDED = {"all", "全部"}, {"because", "因发现"}, {"needed", "必填"}
PAIRS = ((AUDITS["en"], AUDITS["zh"]), (METHOD_PAGES["en"], METHOD_PAGES["zh"]))


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def tables(page: Path) -> Iterator[list[list[str]]]:
    """Cells of each table, without the line below the head."""
    found: list[list[str]] = []
    for line in [*text_of(page).splitlines(), ""]:
        if line.startswith("|"):
            found.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])])
        elif found:
            yield [found[0], *found[2:]]
            found = []


def keyed(page: Path, keys: set[str]) -> dict[str, list[str]]:
    """The rows of the table whose first cells are these keys, each once."""
    for table in tables(page):
        rows = {key: row for row in table[1:] if (key := key_of(row[0])) in keys}
        if len(rows) == len(table) - 1 == len(keys):
            return rows
    raise AssertionError(f"{page.name} has no table of {sorted(keys)}")


def key_of(cell: str) -> str:
    found = re.match(r"`(\w+)`", cell)
    return "" if found is None else found[1]


def roles_of(cell: str) -> frozenset[str]:
    words = cell.split()
    if ALL & set(words):
        return EVERYBODY
    return frozenset(LETTERS[word] for word in words if word in LETTERS)


def said(title: Localised, lang: str, cell: str) -> bool:
    """Whether a cell has a title; one that nobody has translated yet is not asked for in Chinese."""
    words = title.in_language(lang)
    return words in cell or (lang == "zh" and words == title.in_language("en"))


# ---------------------------------------------------------------------- states


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_move_is_that_of_the_states(lang: str) -> None:
    table = next(found for found in tables(AUDITS[lang]) if key_of(found[1][0]) in STATES and len(found[0]) == 5)
    told = [(key_of(row[0]), key_of(row[1]), roles_of(row[3]), bool(NEEDED & {row[4]})) for row in table[1:]]
    moves = [(state, move) for state, held in STATES.items() for move in held.next]
    assert told == [(state, move.to, move.roles, move.reason) for state, move in moves]
    for (_, move), row in zip(moves, table[1:], strict=True):
        assert said(move.title, lang, row[2]), row
    named = {key_of(row[0]): row[0] for row in reversed(table[1:])}
    assert all(said(held.title, lang, named[state]) for state, held in STATES.items())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_may_change_what_is_that_of_the_states(lang: str) -> None:
    head, *rows = next(found for found in tables(AUDITS[lang]) if len(found[0]) == len(STATES) + 1)
    assert [key_of(cell) for cell in head[1:]] == list(STATES)
    assert {key_of(row[0]) for row in rows} == set(AREAS)
    for row in rows:
        area = key_of(row[0])
        for state, cell in zip(STATES.values(), row[1:], strict=True):
            assert roles_of(cell) == state.allowed.get(area, frozenset()), (area, cell)
            assert bool(BECAUSE & set(cell.split())) == (state.because and area == DATA), (area, cell)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_role_and_its_letter_are_told(lang: str) -> None:
    text = text_of(AUDITS[lang])
    for letter, role in LETTERS.items():
        named = re.search(rf"\*\*{letter}\*\* ([^,，.。]+)", text)
        assert named is not None
        titles = (ROLES[role].in_language(lang).lower(), ROLES[role].in_language("en").lower())
        assert named[1].lower() in titles or lang == "zh"


# ---------------------------------------------------------------------- every key has its place


def of_settings(name: str) -> Mapping[str, Any]:
    return tomllib.loads((ROOT / "resources" / "audit" / f"{name}.toml").read_text(encoding="utf-8"))


KEYS: Mapping[str, set[str]] = {
    "methods of sampling": set(METHODS),
    "procedures": set(PROCEDURES),
    "rules of risk": {rule.key for rule in RULES},
    "analytical procedures": set(ANALYTICS),
    "rules for missing values": set(MISSING),
    "questions": {one.key for one in questions()},
    "opinions": set(OPINIONS),
    "required evidence": {row["key"] for row in of_settings("evidence")["require"]},
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", sorted(KEYS))
def test_every_key_has_its_place(what: str, lang: str) -> None:
    assert list(keyed(METHOD_PAGES[lang], KEYS[what]))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_title_of_a_choice_is_told_to_people(lang: str) -> None:
    """On the page for people by what the screen calls them."""
    first = [row[0] for table in tables(AUDITS[lang]) for row in table[1:]]
    for title in (*METHODS.values(), *PROCEDURES.values(), *OPINIONS.values()):
        words = title.in_language(lang)
        told = words in first or words.removesuffix(" opinion") in first
        assert told or (lang == "zh" and words == title.in_language("en")), words


def test_what_the_page_says_of_choices_is_so() -> None:
    for procedure in PROCEDURES:
        sheet = Sheet("te00001", 2024, "a00001", procedure, "agrees", "pe00001", date(2025, 1, 1))
        assert conclusive(sheet) == (procedure != "interview")
    assert kinds_for("agreed_procedures") == ("findings_only",)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_counts_in_words_are_true(lang: str) -> None:
    text = text_of(AUDITS[lang])
    plans = [key for key in all_rules() if key.startswith("plan_")]
    words = {
        "en": ("twelve questions", "six rules", "seven states"),
        "zh": ("十二个问题", "六条规则", "七种状态"),
    }
    assert (len(questions()), len(plans), len(STATES)) == (12, 6, 7)
    assert [word for word in words[lang] if word not in text] == []


# ---------------------------------------------------------------------- numbers


@pytest.mark.parametrize("lang", LANGUAGES)
def test_limits_of_risk_are_those_of_the_settings(lang: str) -> None:
    for rule, row in keyed(METHOD_PAGES[lang], KEYS["rules of risk"]).items():
        limits = limits_of(rule)
        assert [cell.replace("–", "") for cell in row[3:5]] == [str(limits.get(one, "")) for one in ("medium", "high")]
        (made,) = [one for one in RULES if one.key == rule]
        assert row[1] in {"inherent": ("inherent", "固有"), "control": ("control", "控制")}[made.of]
    text, small = text_of(METHOD_PAGES[lang]), limits_of("small")
    (line,) = [line for line in text.splitlines() if "`small`" in line]
    after = text[text.index(line) :][:400]
    assert f"{small['low']}" in after and f"{small['medium']} " in after.replace("低于 1 倍", "1 ")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_matrix_is_that_of_the_settings(lang: str) -> None:
    head, *rows = next(found for found in tables(METHOD_PAGES[lang]) if "↓" in found[0][0])
    names = list(LEVELS)
    for row, inherent in zip(rows, names, strict=True):
        for cell, control in zip(row[1:], names, strict=True):
            shown = [float(number) for number in NUMBER.findall(cell)]
            for number, assurance in zip(shown, ("reasonable", "limited"), strict=True):
                wanted = detection_risk(inherent, control, assurance)
                assert wanted is not None and number == round(float(wanted), 1)
            assert said(DETECTION[matrix()[inherent, control]], lang, cell.lower())
    assert len(head) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_weights_steps_and_shares_are_those_of_the_settings(lang: str) -> None:
    text, risk, ladder = text_of(METHOD_PAGES[lang]), of_settings("risk"), of_settings("escalation")
    comma = "、" if lang == "zh" else ", "
    assert f"{comma.join(risk['weights'][level] for level in LEVELS)} %" in text
    lines = [line for line in text.splitlines() if "resources/audit/risk.toml`" in line and line.startswith("|")]
    for assurance, line in zip(("reasonable", "limited"), lines[1:3], strict=True):
        assert f"| {risk['audit_risk'][assurance]} % |" in line
    steps = [str(step) for step in ladder["steps"]]
    joined = "、".join(steps) if lang == "zh" else f"{', '.join(steps[:-1])} and {steps[-1]}"
    assert f"{joined} %" in text and re.search(rf"(below|低于) {ladder['sampled_below']} %", text)
    pervasive = of_settings("review")["opinion"]["pervasive"]
    for kind in ("adverse", "disclaimed"):
        assert re.search(rf"\b{pervasive} (times|倍)", keyed(METHOD_PAGES[lang], KEYS["opinions"])[kind][1])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_required_evidence_is_that_of_the_settings(lang: str) -> None:
    rows = keyed(METHOD_PAGES[lang], KEYS["required evidence"])
    for wanted in of_settings("evidence")["require"]:
        row = rows[wanted["key"]]
        assert re.findall(r"`(\w+)`", row[2]) == wanted["kinds"]
        assert row[3] == f"{wanted['share']} %"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_limit_is_that_of_the_code(lang: str) -> None:
    looked = 0
    for line in text_of(METHOD_PAGES[lang]).splitlines():
        for module, name in PLACE.findall(line):
            if not line.startswith("|") or not name.isupper():
                continue
            row = PLACE.sub("", line).replace("−", "-").replace(",000", "000")
            shown = {float(one) for one in NUMBER.findall(row)}
            for number in numbers(value_at(module, name)):
                assert {round(number, 9), round(100 * number, 9)} & shown, f"{name} is {number}: {line}"
                looked += 1
    assert looked > 35


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_place_in_the_code_is_there(lang: str) -> None:
    places = PLACE.findall(text_of(METHOD_PAGES[lang]))
    assert len(set(places)) > 60
    for module, name in places:
        assert value_at(module, name) is not None


# ---------------------------------------------------------------------- alike


def shape(page: Path) -> list[str]:
    """Headings by their depth, tables by the width of their rows, blocks by their lines, items of lists, pictures."""
    found, inside = [], False
    for line in text_of(page).splitlines():
        if line.startswith("```"):
            inside = not inside
        if inside or line.startswith("```"):
            found.append("code")
        elif line.startswith("#"):
            found.append(line.partition(" ")[0])
        elif line.startswith("|"):
            found.append(f"row {line.count('|')}")
        elif line.startswith(("- ", "1. ", "2. ", "3. ", "4. ")):
            found.append("item")
        elif line.startswith("!["):
            found.append(re.sub(r".*pictures/([\w-]+)-(en|zh)-(\w+)\.png\)", r"\1 \3", line))
    return found


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: str(pair[0].name))
def test_both_languages_have_the_same_shape_and_places(pair: tuple[Path, Path]) -> None:
    ours, theirs = pair
    assert shape(ours) == shape(theirs)
    assert PLACE.findall(text_of(ours)) == PLACE.findall(text_of(theirs))


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: str(pair[0].name))
def test_the_contents_lead_to_every_section(pair: tuple[Path, Path]) -> None:
    for page in pair:
        text = text_of(page)
        sections = len(re.findall(r"^## ", text, flags=re.MULTILINE))
        assert len(re.findall(r"\]\(#", text.partition("\n## ")[0])) == sections
