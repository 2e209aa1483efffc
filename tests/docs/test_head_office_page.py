"""The pages about head office cannot lie: states, reasons and limits are those of the program, in both languages."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.cli.office import importing as words_of_states
from core.cli.office import status as matrix_words
from core.group.inbox import against, importing, longterm, matrix, spark, workers
from core.group.inbox.filing import LARGEST
from core.group.out.sending import FACTORS
from core.group.trust import people
from core.group.year import ranking
from core.group.year.repeats import Repeat
from core.group.year.rollup import rollups
from core.handover import Receipt
from core.handover.notice_rows import FEWEST_PLANTS
from core.handover.notices import KINDS
from core.handover.receive import UNKNOWN_RENDERER
from core.handover.signatures import BOTH
from core.i18n import T, Text
from core.ledger import Group
from core.signing import missing_signature
from tests.docs.test_audit_pages import keyed, said, shape, tables, text_of

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": DOCS / "head-office.md", "zh": DOCS / "head-office.zh.md"}
SCALES = {"en": DOCS / "scale.md", "zh": DOCS / "scale.zh.md"}
LANGUAGES = sorted(PAGES)


def sentences(*places: Callable[..., Any]) -> Iterator[Text]:
    """The sentences that a function can say, read from its text."""
    for place in places:
        nodes = ast.walk(ast.parse(textwrap.dedent(inspect.getsource(place))))
        calls = [one for one in nodes if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "T"]
        for call in sorted(calls, key=lambda one: one.lineno):
            yield T(ast.literal_eval(call.args[0]))


def holding() -> list[Text]:
    """Everything that can hold a report."""
    light = against.Light
    repeated = [one for one in sentences(Repeat.sentence) if "same file" not in one.msgid]
    return [
        *(missing_signature(field) for field in BOTH),
        UNKNOWN_RENDERER,
        *sentences(Receipt.doubts, light._unknown_plant, light._same_time, light._far_from),
        *repeated,
    ]


def shown(sentence: Text, lang: str) -> str:
    """With dots for what differs from report to report, as the page writes it."""
    places = re.findall(r"\{(\w+)\}", sentence.msgid)
    return T(sentence.msgid, **dict.fromkeys(places, "…")).in_language(lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_everything_that_holds_a_report_is_told(lang: str) -> None:
    heads = {"en": "reason", "zh": "原因"}
    (table,) = [found for found in tables(PAGES[lang]) if found[0][0] == heads[lang]]
    told, wanted = [row[0] for row in table[1:]], holding()
    assert len(told) == len(wanted) == 12
    for words, sentence in zip(told, wanted, strict=True):
        own = shown(sentence, lang)
        assert words == own or (lang == "zh" and own == shown(sentence, "en")), sentence


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_state_is_told(lang: str) -> None:
    rows = keyed(PAGES[lang], set(matrix.STATES))
    assert list(rows) == list(matrix.STATES)
    assert all(said(matrix_words.WORDS[state], lang, row[0]) for state, row in rows.items())
    decisions = keyed(PAGES[lang], set(words_of_states.STATES))
    if lang == "zh":
        assert all(said(words_of_states.STATES[state], lang, row[0]) for state, row in decisions.items())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_kind_of_file_for_plants_is_told(lang: str) -> None:
    assert list(keyed(PAGES[lang], {FACTORS, *KINDS}))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_limits_are_those_of_the_program(lang: str) -> None:
    text = " ".join(text_of(PAGES[lang]).split())
    usual = Group("Any")
    alike = (f"{workers.MEMORY_MB:,} MB", f"{LARGEST // 2**20} MB", f"|M| > {ranking.LIMIT}", f"M = {ranking.SCALE} ",
             f"{usual.threshold} %", f"{usual.hold_above} %")  # fmt: skip
    limits = {
        "en": (f"{workers.SECONDS:.0f} seconds", f"at least {ranking.FEWEST} that", f"From {people.DAYS_BEFORE} days",
               f"({people.MONTHS} months)", f"within {longterm.DAYS_BEFORE} days"),
        "zh": (f"{workers.SECONDS:.0f} 秒", f"至少 {ranking.FEWEST} 个工厂", f"{people.DAYS_BEFORE} 天",
               f"{people.MONTHS} 个月", f"{longterm.DAYS_BEFORE} 天内"),
    }  # fmt: skip
    assert [one for one in (*alike, *limits[lang]) if one not in text] == []
    assert FEWEST_PLANTS == 3 and words_of_states.BETWEEN_LOOKS == 2, "said in words"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_said_of_spark_and_sql_is_so(lang: str) -> None:
    text = " ".join(text_of(SCALES[lang]).split())
    for number in (spark.BATCH, f"{spark.BATCH_BYTES // 2**20} MB", f"{spark.MESSAGE_MB} MB"):
        assert re.search(rf"\D{number}\b", text), number
    assert workers.MOST_WORKERS == 8 and importing.ENGINES == ("embedded", "spark")
    assert {name for name in rollups() if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("pages", [PAGES, SCALES], ids=["head office", "scale"])
def test_both_languages_have_the_same_shape(pages: dict[str, Path]) -> None:
    assert shape(pages["en"]) == shape(pages["zh"])


@pytest.mark.parametrize("page", [*PAGES.values(), *SCALES.values()], ids=lambda page: str(page.name))
def test_the_contents_lead_to_every_section(page: Path) -> None:
    text = text_of(page)
    sections = len(re.findall(r"^## ", text, flags=re.MULTILINE))
    assert len(re.findall(r"\]\(#", text.partition("\n## ")[0])) == sections
