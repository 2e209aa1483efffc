"""Words of workbooks in any of their languages: yes and no, shares, minerals, and what a standing is called.

The tables are data in ``resources/minerals``: our own translations of plain words. A workbook may be answered in any of
them whatever its own language, so all are asked at once.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files

from core.i18n import Localised, Name, verbatim

LANGUAGES = ("en", "zh", "ja", "ko", "fr", "de", "es", "pt", "it", "tr")
YES, NO, UNKNOWN = "yes", "no", "unknown"
SHARES = ("100", "over_90", "over_75", "over_50", "to_50", "none")
"""Bands of a share, from all to none."""
NOT_LISTED, NOT_IDENTIFIED, RECYCLED, OTHER_MINERAL = (
    "smelter_not_listed", "smelter_unknown", "recycled", "other_mineral",
)  # fmt: skip
CONFORMANT, ACTIVE, OTHER, NOT_CONFORMANT = "conformant", "active", "other", "not_conformant"
NOT_UNDERSTOOD = "?"
"""Before an answer that none of the words is; what was written follows."""
_PLACES = {"drc_only": "drc", "india_madagascar_only": "madagascar"}
"""Answers that name the only place of origin, and their mark."""
_OPENING = ("not_applicable", "not_declaring", "not_surveyed")
"""Answers that may go on after the words."""
REMEMBERED = 20_000
"""Texts whose plain form is remembered: names of smelters and minerals come again in every declaration."""
_NOISE = re.compile(r"[^\w%<>≤≥=]+")
_PERCENT = re.compile(r"(\d) +%|% +(?=\d)")
_NUMBER = re.compile(r"\d+")


@lru_cache(REMEMBERED)
def plain(text: str) -> str:
    """A text as it is compared: no capitals, accents and punctuation, one space between words.

    Examples
    --------
    >>> plain("  Sí, con la SEC ")
    'si con la sec'
    >>> plain("Plus de 90 %")
    'plus de 90%'
    """
    whole = unicodedata.normalize("NFKC", text).casefold().replace("ı", "i")
    bare = "".join(one for one in unicodedata.normalize("NFKD", whole) if not unicodedata.combining(one))
    words = " ".join(_NOISE.sub(" ", unicodedata.normalize("NFC", bare)).replace("_", " ").split())
    return _PERCENT.sub(lambda match: f"{match[1]}%" if match[1] else "%", words)


@cache
def _table(name: str) -> tuple[Mapping[str, str], ...]:
    text = (files("resources") / "minerals" / name).read_text("utf-8")
    return tuple(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))


def _spellings(cell: str) -> Iterator[str]:
    return (plain(one) for one in cell.split("|") if one.strip())


# ---------------------------------------------------------------------- minerals


@cache
def _minerals() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for row in _table("minerals.csv"):
        for lang in LANGUAGES:
            for one in _spellings(row[lang]):
                found.setdefault(one, row["key"])
        for one in (row["symbol"], row["key"]):
            if one:
                found.setdefault(plain(one), row["key"])
    return found


@cache
def known_minerals() -> tuple[str, ...]:
    """The keys of all minerals that have a name here."""
    return tuple(row["key"] for row in _table("minerals.csv"))


@lru_cache(REMEMBERED)
def mineral_of(text: str) -> str:
    """The key of a mineral; one that has no name here is its own key, in small letters.

    A mark of a required field and what stands in brackets do not count.

    Examples
    --------
    >>> mineral_of("Gold (*)"), mineral_of("钨"), mineral_of("Osmium")
    ('gold', 'tungsten', 'osmium')
    """
    known = _minerals()
    whole = plain(text)
    bare = plain(re.sub(r"[(（\[].*$", "", text))
    return known.get(whole) or known.get(bare) or bare


def mineral_name(key: str) -> Localised:
    """What a mineral is called; one that has no name here as it was written."""
    row = next((one for one in _table("minerals.csv") if one["key"] == key), None)
    return verbatim(key) if row is None else Name(row["en"].split("|")[0], row["zh"].split("|")[0])


# ---------------------------------------------------------------------- answers


@cache
def _answers() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Spellings by key and language."""
    return {row["key"]: {lang: tuple(_spellings(row[lang])) for lang in LANGUAGES} for row in _table("answers.csv")}


@cache
def _marks() -> Mapping[str, tuple[str, ...]]:
    return {row["key"]: tuple(_spellings(row["words"])) for row in _table("marks.csv")}


def answer_of(text: str, possible: Collection[str]) -> str:
    """The key of an answer in any language; with a question mark before it as it was written, where none is.

    Parameters
    ----------
    text
        as the workbook has it; an Excel number ``1`` stands for all.
    possible
        keys that may be meant.

    Examples
    --------
    >>> answer_of("Oui", ("yes", "no")), answer_of("Plus de 75 %", ("100", "over_75"))
    ('yes', 'over_75')
    >>> answer_of("perhaps", ("yes", "no"))
    '?perhaps'
    """
    said = plain(text)
    if not said:
        return ""
    found = _exactly(said, possible) or _share(said, possible) or _longer(said, possible)
    return found or f"{NOT_UNDERSTOOD}{text.strip()}"


def is_word(text: str, key: str) -> bool:
    """Whether a text says one of the words of a key, e.g. that a smelter is not listed."""
    said = plain(text)
    return any(said in spelled for spelled in _answers()[key].values())


def _exactly(said: str, possible: Collection[str]) -> str:
    known = _answers()
    return next((key for key in possible if key in known and any(said in own for own in known[key].values())), "")


def _share(said: str, possible: Collection[str]) -> str:
    """A band by its number, and where two bands have the same one, by the words beside it."""
    numbers = set(_NUMBER.findall(said))
    if "over_90" not in possible or len(numbers) != 1:
        return ""
    number = numbers.pop()
    if number in ("100", "90", "75"):
        return number if number == "100" else f"over_{number}"
    if number != "50":
        return ""
    if _marked(said, "not_more"):
        return "to_50"
    return "over_50" if _marked(said, "more") else ""


def _longer(said: str, possible: Collection[str]) -> str:
    """An answer that begins with a plain word and says more."""
    known = _answers()
    for key in _OPENING:
        if key in possible and any(said.startswith(one) for own in known[key].values() for one in own):
            return key
    named = next((key for key, mark in _PLACES.items() if key in possible and _marked(said, mark)), "")
    if named or not _begins(said, YES):
        return named
    if "yes_sec" in possible:
        return {(True, True): "yes_sec_eu", (True, False): "yes_sec", (False, True): "yes_eu"}.get(
            (_marked(said, "sec"), _marked(said, "eu")), ""
        )
    if "yes_standard" in possible:
        return "yes_standard" if _marked(said, "standard") else "yes_other"
    return "yes_later" if "yes_later" in possible else ""


def _begins(said: str, key: str) -> bool:
    """Whether the first word is one of a key; Chinese and Japanese have no spaces."""
    first = said.partition(" ")[0]
    words = {one for own in _answers()[key].values() for one in own}
    return first in words or any(said.startswith(one) for one in words if not one.isascii())


def _marked(said: str, mark: str) -> bool:
    return any(
        re.search(rf"(?<![a-z]){re.escape(one)}(?![a-z])", said) if one.isascii() and one.isalpha() else one in said
        for one in _marks()[mark]
    )


def scope_of(text: str) -> str:
    """``A``, ``B`` or ``C`` by the letter with which the choice begins in every language; else nothing.

    Examples
    --------
    >>> scope_of("B. Product (or List of Products)"), scope_of("Company")
    ('B', '')
    """
    match = re.match(r"\s*([ABC])\s*(?:[.．、):）]|$)", unicodedata.normalize("NFKC", text).upper())
    return match[1] if match else ""


def language_of(text: str) -> str:
    """The language that a workbook says it is in; nothing where it says none that is known.

    Examples
    --------
    >>> language_of("中文 Chinese")
    'zh'
    """
    said = plain(text)
    if not said:
        return ""
    return next((row["key"] for row in _table("languages.csv") if any(one in said for one in _spellings(row["words"]))),
                "")  # fmt: skip


def language_spoken(texts: Collection[str]) -> str:
    """The language in which most of these answers are words; English where several are equally likely, or none."""
    counts = dict.fromkeys(LANGUAGES, 0)
    for said in map(plain, texts):
        for lang in LANGUAGES:
            counts[lang] += any(said in own[lang] for own in _answers().values())
    return max(LANGUAGES, key=lambda lang: (counts[lang], lang == "en")) if texts else ""


# ---------------------------------------------------------------------- standings and countries


@cache
def _standings() -> Mapping[str, str]:
    return {plain(row["written"]): row["standing"] for row in _table("standings.csv")}


def standing_word(text: str) -> str:
    """What a published standing means; ``other`` for words that are not known here, nothing for none.

    Examples
    --------
    >>> standing_word("Conformant"), standing_word("Eligible")
    ('conformant', 'other')
    """
    said = plain(text)
    return _standings().get(said, OTHER) if said else ""


@cache
def _covered() -> frozenset[str]:
    return frozenset(one for row in _table("covered_countries.csv") for one in (*_spellings(row["written"]),
                                                                               plain(row["code"])))  # fmt: skip


def covered_countries(text: str) -> tuple[str, ...]:
    """The covered countries that a cell names, as they were written.

    Examples
    --------
    >>> covered_countries("Brazil; Rwanda / DRC")
    ('Rwanda', 'DRC')
    """
    parts = (one.strip() for one in re.split(r"[;,/、；，\n]| and ", text))
    whole = (text.strip(),) if plain(text) in _covered() else ()
    return whole or tuple(one for one in parts if plain(one) in _covered())
