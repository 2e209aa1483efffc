"""Maps: strict reading, the same map back from what was written, and what a file's own records add."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.disclosures.catalogue import all_points
from core.disclosures.maps import STATUSES, all_maps, maps_of, read_map, unread_maps, write_map
from core.disclosures.point import LEVELS
from core.disclosures.question import REQUIREMENTS, DisclosureMap, Question
from core.errors import UserError
from core.i18n import Name
from core.ledger import Ledger, MapFile, OwnQuestion, Record

HEAD = "# framework: Customer X\n# edition: 2026\n# title_en: Questionnaire of X\n# title_zh: X 的问卷\n"
HEADINGS = "id,name_en,name_zh,points,unit,kind,level,requirement,status,note_en,note_zh\n"
ROW = "1.1,Direct emissions,直接排放,ghg.s1;ghg.s1_gas,tCO2e,number,both,must,USER,,\n"
GOOD = HEAD + HEADINGS + ROW

words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=40).map(
    lambda text: " ".join(text.split())
).filter(lambda text: bool(text) and text.isprintable())  # fmt: skip
names = st.builds(Name, words, words)


@st.composite
def questions(draw: st.DrawFn, key: str) -> Question:
    points = draw(st.lists(st.sampled_from(sorted(all_points())), max_size=4, unique=True))
    units = sorted({all_points()[one].unit for one in points} - {""})
    kind = draw(st.sampled_from(["number", "text", "choice", "date", "table", "evidence"]))
    return Question(
        key, draw(names), tuple(points), draw(st.sampled_from(["", "; ".join(units)])), kind,
        draw(st.sampled_from(LEVELS)), draw(st.sampled_from(REQUIREMENTS)), draw(st.sampled_from(STATUSES)),
        draw(st.none() | names),
    )  # fmt: skip


@st.composite
def maps(draw: st.DrawFn) -> DisclosureMap:
    ids = draw(st.lists(words, min_size=1, max_size=6, unique=True))
    return DisclosureMap(
        draw(st.from_regex(r"[a-z0-9][a-z0-9_]{0,30}", fullmatch=True)), draw(words), draw(words), draw(names),
        tuple(draw(questions(one)) for one in ids), draw(st.just("") | st.dates().map(str)), draw(st.none() | names),
    )  # fmt: skip


@given(maps())
def test_what_is_written_is_read_as_the_same_map(one: DisclosureMap) -> None:
    assert read_map(write_map(one), "another name.csv") == one


def test_the_key_is_the_name_of_the_file_where_the_head_says_none() -> None:
    one = read_map(GOOD, "customer_x.csv")
    assert (one.key, one.framework, one.edition, one.published, one.note) == (
        "customer_x",
        "Customer X",
        "2026",
        "",
        None,
    )
    assert one.question("1.1") == Question(
        "1.1", Name("Direct emissions", "直接排放"), ("ghg.s1", "ghg.s1_gas"), "tCO2e", "number", "both", "must", "USER"
    )  # fmt: skip
    assert one.question("1.2") is None


def test_without_chinese_the_english_name_stands_in_both_languages() -> None:
    assert read_map(GOOD.replace("直接排放", ""), "x.csv").questions[0].name == Name(
        "Direct emissions", "Direct emissions"
    )


@pytest.mark.parametrize(
    ("before", "after", "column", "reason"),
    [
        ("1.1,", ",", "id", "empty"),
        ("1.1,", "x" * 41 + ",", "id", "40 characters"),
        ("Direct emissions", "", "name_en", "empty"),
        ("Direct emissions", "word " * 25, "name_en", "own words"),
        ("ghg.s1;", "ghg.s9;", "points", "“ghg.s9”"),
        ("ghg.s1;", "ghg.s1_gas;", "points", "twice"),
        ("tCO2e", "furlong", "unit", "furlong"),
        ("tCO2e", "MWh", "unit", "MWh"),
        ("tCO2e", "tCO2e; MWh", "unit", "MWh"),
        ("tCO2e,number", "tCO2e,percent", "unit", "%"),
        (",number,", ",numeral,", "kind", "“numeral”"),
        (",both,", ",moon,", "level", "“moon”"),
        (",must,", ",may,", "requirement", "“may”"),
        ("USER", "SURE", "status", "“SURE”"),
        ("USER,,", "USER,,备注", "note_en", "empty"),
    ],
)
def test_a_wrong_cell_is_named_with_its_remedy(before: str, after: str, column: str, reason: str) -> None:
    with pytest.raises(UserError) as caught:
        read_map(HEAD + HEADINGS + ROW.replace(before, after, 1), "x.csv")
    said = caught.value.text("en")
    assert said.startswith(f"x.csv, row 6, column {column}: ") and reason in said
    assert caught.value.remedy is not None


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        (GOOD + ROW, "x.csv", "row 7, column id"),
        (HEAD + HEADINGS, "x.csv", "no question"),
        (GOOD, "Final (2).csv", "column key"),
        (GOOD.replace("# edition: 2026\n", ""), "x.csv", "column edition"),
        (GOOD.replace("# title_en: Questionnaire of X\n", ""), "x.csv", "column title_en"),
        ("# published: 2026-2-1\n" + GOOD, "x.csv", "column published"),
        ("# published: soon\n" + GOOD, "x.csv", "column published"),
    ],
)
def test_a_wrong_head_is_named(text: str, name: str, said: str) -> None:
    with pytest.raises(UserError, match=said) as caught:
        read_map(text, name)
    assert caught.value.remedy is not None


def brought(one: DisclosureMap, signer: str = "") -> tuple[MapFile, dict[str, bytes]]:
    data = write_map(one).encode()
    digest = hashlib.sha256(data).hexdigest()
    return MapFile(one.key, f"{one.key}.csv", digest, len(data), one.framework, one.edition, signer), {digest: data}


def held(*records: Record, blobs: dict[str, bytes] | None = None) -> dict[str, DisclosureMap]:
    return dict(maps_of(Ledger.of(records), (blobs or {}).__getitem__))


def test_without_records_the_shipped_maps_stand() -> None:
    assert held() == dict(all_maps())


def test_a_map_file_stands_beside_the_shipped_ones_or_in_the_place_of_one() -> None:
    new = replace(all_maps()["cdp_2025"], key="cdp_2026", edition="2026")
    other = replace(all_maps()["saq_5_0"], questions=all_maps()["saq_5_0"].questions[:3])
    (one, blobs), (two, more) = brought(new, "Head office"), brought(other, "Head office")
    found = held(one, two, blobs=blobs | more)
    assert found["cdp_2026"] == replace(new, signer="Head office")
    assert found["cdp_2025"] == all_maps()["cdp_2025"], "editions live side by side"
    assert len(found["saq_5_0"].questions) == 3


def test_a_map_file_of_a_newer_program_is_left_out_and_named() -> None:
    data = GOOD.replace("ghg.s1;", "ghg.s99;").encode()
    digest = hashlib.sha256(data).hexdigest()
    one = MapFile("x_1", "x_1.csv", digest, len(data), "X", "1")
    assert held(one, blobs={digest: data}) == dict(all_maps())
    (said,) = unread_maps(Ledger.of([one]), {digest: data}.__getitem__)
    assert "ghg.s99" in str(said) and "x_1.csv" in str(said)
    assert unread_maps(Ledger.of([]), lambda _: b"") == ()


def test_own_questions_come_after_the_others_of_their_map() -> None:
    own = OwnQuestion(
        "q1", "ecovadis_2025", "ENV9999", "Water target", ("water.withdraw", "gone.point"), "cond", "of 2026"
    )
    found = held(own)["ecovadis_2025"]
    assert found.questions[:-1] == all_maps()["ecovadis_2025"].questions
    assert found.questions[-1] == Question(
        "ENV9999", Name("Water target", "Water target"), ("water.withdraw",), "", "table", "both", "cond", "USER",
        Name("of 2026", "of 2026"),
    )  # fmt: skip


def test_a_question_linked_by_hand_takes_the_place_of_that_of_the_map() -> None:
    found = held(OwnQuestion("q1", "ecovadis_2025", "GEN300", "What we joined", ("gov.member", "gov.report")))
    before, after = all_maps()["ecovadis_2025"].question("GEN300"), found["ecovadis_2025"].question("GEN300")
    assert before is not None and after is not None
    assert (after.points, after.status, after.kind) == (("gov.member", "gov.report"), "USER", before.kind)
    assert len(found["ecovadis_2025"].questions) == len(all_maps()["ecovadis_2025"].questions)


def test_questions_of_a_questionnaire_that_no_map_knows_make_a_map_of_their_own() -> None:
    own = [
        OwnQuestion("q1", "customer_x", "1", "Name", ("org.name",)),
        OwnQuestion("q2", "customer_x", "2", "Free", ()),
    ]
    found = held(*own)["customer_x"]
    assert [(one.id, one.kind, one.points) for one in found.questions] == [
        ("1", "text", ("org.name",)),
        ("2", "text", ()),
    ]
