"""Answers in any language edition."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from core.minerals.words import (
    LANGUAGES,
    NOT_LISTED,
    SHARES,
    answer_of,
    covered_countries,
    is_word,
    known_minerals,
    language_of,
    language_spoken,
    mineral_name,
    mineral_of,
    scope_of,
    standing_word,
)

OPEN = ("yes", "no", "unknown")


@pytest.mark.parametrize(
    ("yes", "no", "unknown"),
    [
        ("Yes", "No", "Unknown"),
        ("是", "否", "未知"),
        ("はい", "いいえ", "不明"),
        ("예", "아니요", "알 수 없음"),
        ("Oui", "Non", "Inconnu"),
        ("Ja", "Nein", "Unbekannt"),
        ("Sí", "No", "Desconocido"),
        ("Sim", "Não", "Desconhecido"),
        ("Sì", "No", "Sconosciuto"),
        ("Evet", "Hayır", "Bilinmiyor"),
    ],
)
def test_yes_and_no_in_ten_languages(yes: str, no: str, unknown: str) -> None:
    assert [answer_of(one, OPEN) for one in (yes, no, unknown)] == ["yes", "no", "unknown"]
    assert [answer_of(one.upper(), OPEN) for one in (yes, no, unknown)] == ["yes", "no", "unknown"]


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("1", "100"), ("100%", "100"), ("100 %", "100"), ("Greater than 90%", "over_90"), ("大于90%", "over_90"),
        ("75%超", "over_75"), ("Plus de 75 %", "over_75"), ("Mehr als 50 %", "over_50"), ("50% 초과", "over_50"),
        ("50% or less", "to_50"), ("50% 이하", "to_50"), ("%50 veya daha az", "to_50"), ("50 % o menos", "to_50"),
        ("%50'den fazla", "over_50"), ("None", "none"), ("無し", "none"), ("Keine", "none"), ("0", "none"),
    ],
)  # fmt: skip
def test_bands_of_a_share(written: str, key: str) -> None:
    assert answer_of(written, SHARES) == key


@pytest.mark.parametrize("written", ["50%", "60%", "between 50% and 75%", "perhaps", "-"])
def test_what_is_no_band_stays_as_written(written: str) -> None:
    found = answer_of(written, SHARES)
    assert found in (f"?{written}", "")
    assert (found == "") == (written == "-")


@pytest.mark.parametrize(
    ("written", "possible", "key"),
    [
        ("Yes, in conformance with IPC1755 (e.g., CMRT)", ("yes_standard", "yes_other", "no"), "yes_standard"),
        ("Ja, anderes Format", ("yes_standard", "yes_other", "no"), "yes_other"),
        ("Yes, with the SEC", ("yes_sec", "yes_eu", "yes_sec_eu", "no"), "yes_sec"),
        ("是，向SEC和欧盟", ("yes_sec", "yes_eu", "yes_sec_eu", "no"), "yes_sec_eu"),
        ("Oui, auprès de l'UE", ("yes_sec", "yes_eu", "yes_sec_eu", "no"), "yes_eu"),
        ("Yes, somewhere secret", ("yes_sec", "yes_eu", "yes_sec_eu", "no"), "?Yes, somewhere secret"),
        ("Yes, when more processors are validated", ("yes", "yes_later", "no"), "yes_later"),
        ("DRC only", (*OPEN, "drc_only"), "drc_only"),
        ("DRC only", OPEN, "?DRC only"),
        ("India and/or Madagascar only", (*OPEN, "india_madagascar_only"), "india_madagascar_only"),
        ("Not applicable for this declaration", (*OPEN, "not_applicable"), "not_applicable"),
        ("Nothing", OPEN, "?Nothing"),
        ("None", OPEN, "?None"),
    ],
)
def test_longer_answers(written: str, possible: tuple[str, ...], key: str) -> None:
    assert answer_of(written, possible) == key


def test_minerals_by_name_and_symbol() -> None:
    assert [mineral_of(one) for one in ("Gold (*)", "Étain", "ZINN", "텅스텐", "W", "Aluminum", "稀土元素")] == [
        "gold", "tin", "tin", "tungsten", "tungsten", "aluminium", "rare_earths",
    ]  # fmt: skip
    assert mineral_of("Vibranium (rare)") == "vibranium"
    assert mineral_name("vibranium").in_language("zh") == "vibranium"
    assert mineral_name("tin").in_language("zh") == "锡"
    assert all(mineral_of(one) == one for one in known_minerals())


def test_no_spelling_of_a_mineral_belongs_to_two() -> None:
    text = Path("resources/minerals/minerals.csv").read_text("utf-8")
    rows = list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
    for row in rows:
        for lang in LANGUAGES:
            assert {mineral_of(one) for one in row[lang].split("|")} == {row["key"]}, (row["key"], lang)


def test_scope_language_standing_and_countries() -> None:
    assert [scope_of(one) for one in ("A. Company", "b. 产品", "C．自定义", "Company", "")] == ["A", "B", "C", "", ""]
    assert [language_of(one) for one in ("English", "日本語 Japanese", "Türkçe", "")] == ["en", "ja", "tr", ""]
    assert language_spoken(["Ja", "Nein", "Nein"]) == "de"
    assert language_spoken(["No"]) == "en"
    assert language_spoken([]) == ""
    assert [standing_word(one) for one in ("Conformant", "合格", "Active", "Eligible", "Non-Conformant", "")] == [
        "conformant", "conformant", "active", "other", "not_conformant", "",
    ]  # fmt: skip
    assert covered_countries("Brazil; Rwanda / DRC") == ("Rwanda", "DRC")
    assert covered_countries("China") == ()
    assert is_word("Smelter Not Listed", NOT_LISTED)
    assert is_word("冶炼厂未列出", NOT_LISTED)
    assert not is_word("Smelter", NOT_LISTED)
