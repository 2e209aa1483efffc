"""How well words that somebody typed fit: plain parts of words for many entries, beginnings of words for few commands.

Nothing is guessed for records: what is shown contains every word that was typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

EXACT, BEGINNING, WORD, TITLE, ELSEWHERE = 0, 1, 2, 3, 4
"""How well an entry fits, best first."""
_ACCENTS = re.compile("[\u0300-\u036f]")
LOOSE = 9
"""Letters stand in a title in their order, with others between them."""


def folded(text: str) -> str:
    """How words are compared: full-width forms as plain ones, without accents, whatever the case.

    Examples
    --------
    >>> folded("Kroß Ｎo.7"), folded("CO₂ Éclair")
    ('kross no.7', 'co2 eclair')
    """
    if text.isascii():
        return text.casefold().strip()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text)).casefold().strip()


def typed(text: str) -> tuple[str, ...]:
    """The words that were typed.

    Examples
    --------
    >>> typed("  Boiler 2024 ")
    ('boiler', '2024')
    """
    return tuple(folded(text).split())


def fit(words: Sequence[str], haystack: str, title_ends: int) -> int | None:
    """How well an entry fits; None where a word is missing.

    Parameters
    ----------
    words
        folded.
    haystack
        everything under which the entry is found, folded, its title first.
    title_ends
        length of the title in it.

    Examples
    --------
    >>> fit(("boiler",), "boiler house\\na12", 12), fit(("house",), "boiler house\\na12", 12)
    (1, 2)
    >>> fit(("a12",), "boiler house\\na12", 12), fit(("tram",), "boiler house\\na12", 12) is None
    (4, True)
    """
    worst = EXACT
    for word in words:
        place = haystack.find(word)
        if place < 0:
            return None
        worst = max(worst, _of_place(haystack, word, place, title_ends))
    return worst


def _of_place(haystack: str, word: str, place: int, title_ends: int) -> int:
    if place >= title_ends:
        return ELSEWHERE
    if place == 0:
        return EXACT if len(word) == title_ends else BEGINNING
    return TITLE if haystack[place - 1].isalnum() and haystack[place].isascii() else WORD


def loose_fit(text: str, names: Iterable[str]) -> int | None:
    """How well a command fits, under any of its names: whole words, beginnings of words, or its letters in order.

    Parameters
    ----------
    text
        as typed.
    names
        what the command is called, in every language.

    Examples
    --------
    >>> loose_fit("plant", ["Open a plant file", "打开工厂文件"]), loose_fit("工厂", ["Open", "打开工厂文件"])
    (2, 2)
    >>> loose_fit("opf", ["Open a plant file"]) is not None, loose_fit("xyz", ["Open a plant file"])
    (True, None)
    """
    words = typed(text)
    found = [one for name in names if (one := _loose(words, folded(name))) is not None]
    return min(found, default=None)


def _loose(words: Sequence[str], name: str) -> int | None:
    if (found := fit(words, name, len(name))) is not None:
        return found
    letters = "".join(words)
    parts = "".join(sign if sign.isalnum() else " " for sign in name).split()
    if begins(letters, parts):
        return TITLE + 1
    return LOOSE if len(letters) > 2 and in_order(letters, name) else None


def begins(letters: str, words: Sequence[str]) -> bool:
    """Whether letters are beginnings of words that follow each other, some left out: an acronym, or more of it.

    Examples
    --------
    >>> begins("npl", ["new", "plant"]), begins("gt", ["go", "to", "targets"]), begins("gx", ["go", "to"])
    (True, True, False)
    """
    if not letters:
        return True
    for place, word in enumerate(words):
        for length in range(1, min(len(word), len(letters)) + 1):
            if not word.startswith(letters[:length]):
                break
            if begins(letters[length:], words[place + 1 :]):
                return True
    return False


def in_order(letters: str, text: str) -> bool:
    """Whether all letters stand in a text, one after the other.

    Examples
    --------
    >>> in_order("rfrnt", "refrigerant"), in_order("tr", "rt")
    (True, False)
    """
    rest = iter(text)
    return all(letter in rest for letter in letters)
