"""The pages about renewable electricity and targets cannot lie: rules, numbers, sources, judgements and places are
those of the program, in both languages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from core.actions import choosing
from core.actions.areas import all_areas
from core.exchange.instruments import all_layouts
from core.exchange.tables import Field
from core.instruments import explain_rules
from core.instruments.kinds import KINDS
from core.library.rulebook import Ruling, rulebook
from core.renewables import ORDERS, explain_claim_rules
from core.renewables.shares import VIEWS, shown_percent
from core.targets.neutrality import neutrality_rules
from core.targets.pathway import linear, minimum_reduction
from core.targets.rulesets import all_rulesets, ruleset_named
from tests.docs.test_audit_pages import keyed, said, shape, tables, text_of
from tests.docs.test_energy_pages import PLACE, numbers, value_at
from tests.docs.test_plan_commands import RENEWABLES, TARGETS

ROOT = Path(__file__).parents[2]
LANGUAGES = sorted(RENEWABLES)
PAGES = {**{f"renewables {lang}": page for lang, page in RENEWABLES.items()},
         **{f"targets {lang}": page for lang, page in TARGETS.items()}}  # fmt: skip
LEVELS = {
    "en": {"stop": "stop", "warning": "warning", "info": "note"},
    "zh": {"stop": "阻止", "warning": "警告", "info": "提示"},
}
STANDING = {
    "en": {"VERIFIED": "verified", "VERIFIED_SECONDARY": "at second hand", "WEAK": "weak", "USER": "own"},
    "zh": {"VERIFIED": "已核实", "VERIFIED_SECONDARY": "间接核实", "WEAK": "依据较弱", "USER": "自定"},
}
KIND_WORDS = {
    "en": {"ppa_physical": "PPA with delivery", "ppa_virtual": "virtual PPA", "green_tariff": "green tariff",
           "direct_line": "direct line", "certificate": "certificates", "on_site": "own generation"},
    "zh": {"ppa_physical": "实物购电协议", "ppa_virtual": "虚拟购电协议", "green_tariff": "绿色电价",
           "direct_line": "直连线路", "certificate": "证书", "on_site": "自发电"},
}  # fmt: skip
ALL = {"en": "all", "zh": "全部"}
UNKNOWN = {"en": "not known", "zh": "未知"}
STATES = {
    "en": {"committed": "committed", "on_path": "on the path", "claimed": "claimed"},
    "zh": {"committed": "已承诺", "on_path": "在路径上", "claimed": "已声明"},
}
HAND = {"en": "At second hand", "zh": "间接核实"}


def joined(words: Iterable[str], lang: str) -> str:
    return (", " if lang == "en" else "、").join(words)


def sourced(source: str, edition: str, lang: str) -> str:
    if not edition:
        return source
    return f"{source} ({edition})" if lang == "en" else f"{source}（{edition}）"


def shown(one: Ruling, lang: str) -> str:
    return f"{one.value} {one.unit}".strip() if one.known else UNKNOWN[lang]


def parameters(keys: Iterable[Ruling]) -> str:
    return " ".join(f"`{one.key.split('.')[1]}`" for one in keys) or "–"


# ---------------------------------------------------------------------- rules of instruments and of claims


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_of_instruments_stands_there_as_it_is(lang: str) -> None:
    rules = {one.rule: one for one in explain_rules(rulebook())}
    rows = keyed(RENEWABLES[lang], set(rules))
    assert list(rows) == list(rules)
    for key, one in rules.items():
        title, levels, kinds, source, asked = rows[key][1:]
        assert said(one.title, lang, title) and levels == joined((LEVELS[lang][level] for level in one.levels), lang)
        assert kinds == (joined((KIND_WORDS[lang][kind] for kind in one.kinds), lang) or ALL[lang])
        assert source == sourced(one.source, one.edition, lang)
        assert asked == parameters(one.parameters)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_rule_of_claims_stands_there_as_it_is(lang: str) -> None:
    rules = {one.rule: one for one in explain_claim_rules(rulebook())}
    rows = keyed(RENEWABLES[lang], set(rules))
    assert list(rows) == list(rules)
    for key, one in rules.items():
        title, levels, source, asked = rows[key][1:]
        assert said(one.title, lang, title) and levels == joined((LEVELS[lang][level] for level in one.levels), lang)
        assert source == sourced(one.source, one.edition, lang)
        assert asked == parameters(one.parameters)


def dotted(page: Path) -> dict[str, list[str]]:
    """Rows whose first cell is the whole key of a parameter."""
    found: dict[str, list[str]] = {}
    for table in tables(page):
        for row in table[1:]:
            key = re.fullmatch(r"`(\w+\.\w+)`", row[0])
            if key is not None:
                assert key[1] not in found, f"{key[1]} is told twice"
                found[key[1]] = row[1:]
    return found


WHERE = {"renewables": RENEWABLES, "claims": RENEWABLES, "zero_carbon": RENEWABLES, "scope2_revision": RENEWABLES,
         "sbti_nz_1_3": TARGETS, "sbti_nz_2_0": TARGETS, "own": TARGETS, "national_cn": TARGETS,
         "iso_14068": TARGETS}  # fmt: skip
"""On which page the numbers of a file stand."""
BY_MATRIX = ("sbti_nz_1_3", "sbti_nz_2_0", "own", "national_cn")
"""What these mean stands in the table of rule sets; their sources only where the number is known."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_stands_there_with_its_source(lang: str) -> None:
    told = {**dotted(RENEWABLES[lang]), **dotted(TARGETS[lang])}
    wanted = {
        key: one for key, one in rulebook().items() if one.known or key.partition(".")[0] not in BY_MATRIX
    }  # fmt: skip
    assert set(told) == set(wanted)
    for key, one in wanted.items():
        file = key.partition(".")[0]
        assert key in dotted(WHERE[file][lang])
        title, value, source, standing = told[key] if file not in BY_MATRIX else ["", *told[key]]
        assert file in BY_MATRIX or title == one.title.in_language(lang)
        assert (value, source, standing) == (
            shown(one, lang), sourced(one.source, one.edition, lang), STANDING[lang][one.status],
        )  # fmt: skip


# ---------------------------------------------------------------------- the rest about renewable electricity


@pytest.mark.parametrize("lang", LANGUAGES)
def test_kinds_orders_shares_and_layouts_are_those_of_the_program(lang: str) -> None:
    page = RENEWABLES[lang]
    assert set(keyed(page, set(KINDS))) == set(KINDS)
    assert list(keyed(page, set(ORDERS))) == list(ORDERS)
    assert list(keyed(page, set(VIEWS))) == list(VIEWS)
    layouts = set(all_layouts())
    rows = keyed(page, layouts)
    if lang == "en":
        alone = {one.key for one in all_layouts().values() if "alone" in one.seen}
        assert {key for key, row in rows.items() if "descriptions alone" in row[5]} == alone


def test_the_table_of_layouts_names_headings_that_are_read() -> None:
    rows = keyed(RENEWABLES["en"], set(all_layouts()))
    for layout in all_layouts().values():
        known = {plain_words(word) for field in layout.fields for word in names_of(field)}
        named = [word for part in re.split("[;,] ", rows[layout.key][2]) for word in headings(part)]
        assert [word for word in named if plain_words(word) not in known] == [], layout.key
        assert len(named) >= 3


def names_of(field: Field) -> tuple[str, ...]:
    return field.name.en, field.name.zh, *field.aliases


def headings(said: str) -> Iterator[str]:
    """``Start/End Certificate No.`` names two."""
    words = re.sub(r" \(.*?\)| \[.*?\]| with its unit|^or ", "", said.strip())
    for one in words.split(" or "):
        first, *others = one.strip().split("/")
        if re.search(r"[\u4e00-\u9fff]", one):
            yield from (first + other[2:] for other in others) if others else (first,)
            yield from others
        elif not others:
            yield first
        else:
            *start, kept = first.split(" ")
            last, *end = others[-1].split(" ")
            yield from (" ".join([*start, word, *end]) for word in (kept, *others[:-1], last))


def plain_words(word: str) -> str:
    return re.sub(r"[\W_]+", "", word).casefold()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_share_is_shown_as_the_page_says(lang: str) -> None:
    text = text_of(RENEWABLES[lang])
    assert shown_percent(Decimal("9996"), Decimal(10_000)) == Decimal("99.9")
    assert shown_percent(Decimal(5_080_000), Decimal(5_080_800)) == Decimal("99.9")
    assert round(100 * 5_080_000 / 5_080_800, 2) == 99.98 and "99.98 %" in text


# ---------------------------------------------------------------------- targets


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rule_sets_stand_there_as_they_are(lang: str) -> None:
    sets = all_rulesets()
    rows = keyed(TARGETS[lang], set(sets))
    for key, one in sets.items():
        assert rows[key][1:] == [
            one.title.in_language(lang), one.version or "–", sourced(one.source, one.edition, lang),
            STANDING[lang][one.status],
        ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_number_of_a_rule_set_is_told_or_called_unknown(lang: str) -> None:
    sets = all_rulesets()
    names = {name for one in sets.values() for name in one.parameters}
    assert any([cell.strip("`") for cell in table[0][1:]] == list(sets) for table in tables(TARGETS[lang]))
    rows = keyed(TARGETS[lang], names)
    for name, row in rows.items():
        cells = [shown(one.parameters[name], lang) if name in one.parameters else "" for one in sets.values()]
        assert row[1:] == cells, name
        titles = [one.parameters[name].title.in_language(lang) for one in sets.values() if name in one.parameters]
        assert any(title in row[0] for title in titles)
    assert UNKNOWN[lang] in rows["rate_scope12"][2], "nobody has read V2.0"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rules_of_neutrality_stand_there_as_they_are(lang: str) -> None:
    rules = neutrality_rules()
    rows = keyed(TARGETS[lang], set(rules))
    assert list(rows) == list(rules)
    for key, one in rules.items():
        assert rows[key][1:] == [
            one.title.in_language(lang), STATES[lang][one.forbids], one.source, STANDING[lang][one.status],
        ]  # fmt: skip


def judged_in(*files: str) -> dict[str, set[str]]:
    """Rules that some files can speak of, with the levels that stand beside them; read from their text."""
    found: dict[str, set[str]] = {}
    for file in files:
        tree = ast.parse((ROOT / "core" / "targets" / file).read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            for key, level in spoken(call):
                found.setdefault(key, set()).update(level)
    return found


def spoken(call: ast.Call) -> Iterator[tuple[str, set[str]]]:
    name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    prefix, place = {"said": ("target_", 0), "_said": ("credit_", 1), "Judged": ("", 0)}.get(name, ("", -1))
    if place < 0 or len(call.args) < place + 2:
        return
    said_key = call.args[place]
    if isinstance(said_key, ast.JoinedStr):
        said_key = said_key.values[0]
        assert isinstance(said_key, ast.Constant)
        said_key = ast.Constant(str(said_key.value).rstrip("_"))
    if isinstance(said_key, ast.Constant) and isinstance(said_key.value, str):
        yield f"{prefix}{said_key.value}", level_of(call.args[place + 1])


def level_of(said_level: ast.expr) -> set[str]:
    """Empty: it is worked out before."""
    if isinstance(said_level, ast.Constant):
        return {str(said_level.value)}
    names = {"STOP": "stop", "WARNING": "warning", "INFO": "info"}
    return {names[said_level.id]} if isinstance(said_level, ast.Name) and said_level.id in names else set()


SPEAK = {
    "targets": ("own_rules.py", "ruled.py"),
    "base year": ("base_year.py",),
    "credits": ("credits.py",),
}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("what", sorted(SPEAK))
def test_everything_that_can_be_said_is_told_with_its_level(what: str, lang: str) -> None:
    rules = {key: levels for key, levels in judged_in(*SPEAK[what]).items() if key not in ("target_", "credit")}
    assert len(rules) > 5
    rows = keyed(TARGETS[lang], set(rules))
    for key, levels in rules.items():
        told = {level for level, word in LEVELS[lang].items() if word in re.split(", |、", rows[key][1])}
        assert told and levels <= told, (key, levels, told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_trap_is_told_in_true_numbers(lang: str) -> None:
    text = text_of(TARGETS[lang])
    left = linear(Decimal(100), Decimal("0.042"), 2020, 2030)
    assert left == Fraction(58) and "**58.0 %**" in text
    compound = round(100 * (1 - 0.042) ** 10, 1)
    assert f"**{compound} %**" in text and round(compound - 58) == 7
    least = minimum_reduction(ruleset_named("sbti_nz_1_3"), "scope12", 2023, 2030)
    assert least == Decimal("0.42") and " 42 %" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_area_of_action_is_named(lang: str) -> None:
    text = text_of(TARGETS[lang]).replace("\n", " ").lower()
    areas = all_areas()
    assert len(areas) == 8
    assert [one.name.in_language(lang) for one in areas if one.name.in_language(lang).lower() not in text] == []


def test_limits_in_words_are_those_of_the_program() -> None:
    assert (choosing.MOST, choosing.STEPS) == (60, 200_000)
    for page in TARGETS.values():
        assert "200,000" in text_of(page)


# ---------------------------------------------------------------------- alike


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_place_in_the_code_is_there(page: str) -> None:
    places = PLACE.findall(text_of(PAGES[page]))
    assert len(set(places)) > 8
    for module, name in places:
        assert value_at(module, name) is not None


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_limit_is_that_of_the_code(page: str) -> None:
    for line in text_of(PAGES[page]).splitlines():
        for module, name in PLACE.findall(line):
            if line.startswith("|") and name.isupper():
                shown_numbers = {float(one) for one in re.findall(r"\d+(?:\.\d+)?", line.replace(",", ""))}
                assert set(numbers(value_at(module, name))) <= shown_numbers, line


@pytest.mark.parametrize("pages", [RENEWABLES, TARGETS], ids=["renewables", "targets"])
def test_both_languages_have_the_same_shape_and_places(pages: dict[str, Path]) -> None:
    assert shape(pages["en"]) == shape(pages["zh"])
    assert PLACE.findall(text_of(pages["en"])) == PLACE.findall(text_of(pages["zh"]))


@pytest.mark.parametrize("page", sorted(PAGES))
def test_the_contents_lead_to_every_section(page: str) -> None:
    text = text_of(PAGES[page])
    sections = len(re.findall(r"^## ", text, flags=re.MULTILINE))
    assert len(re.findall(r"\]\(#", text.partition("\n## ")[0])) == sections


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_page_says_that_a_target_is_aligned(lang: str) -> None:
    words = {"en": r"\b(?:is|are) (?:SBTi-)?aligned\b", "zh": "符合某项标准"}
    found = re.findall(words[lang], text_of(TARGETS[lang]))
    assert len(found) == 1, "the sentence that says that nothing says so"


def test_the_numbers_of_the_readme_are_true() -> None:
    readme, changes = text_of(ROOT / "README.md"), text_of(ROOT / "CHANGELOG.md")
    rules, claims = len(explain_rules(rulebook())), len(explain_claim_rules(rulebook()))
    assert f"{rules} rules with" in readme and f"{rules} rules with" in changes and f"{rules} 条规则" in readme
    assert f"{claims} more for claims" in readme and f"{claims} rules for claims" in changes
    assert f"{claims} 条声明规则" in readme
    registries = set(all_layouts()) - {"own"}
    assert len(registries) == 6 and "six registries" in readme and "六种登记机构格式" in readme
