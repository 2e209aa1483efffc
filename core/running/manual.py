"""The manual: chapters that travel with the program and are read in it, in both languages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

One = TypeVar("One")
CHAPTERS = (
    "tutorial", "guide", "import", "interval-data", "audit", "renewables", "targets", "disclosures", "suppliers",
    "products", "head-office", "factors", "methods", "method", "energy", "audit-method", "signed-file", "protection",
    "running", "installing", "security", "accessibility", "scale", "glossary",
)  # fmt: skip
"""In the order in which somebody who is new reads them."""
OF_BOTH = frozenset({"glossary"})
"""Say everything in both languages."""
AROUND = 60
"""Of a finding, before and behind the word. [characters]"""
_CODE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#{1,4}) (.+)$", re.MULTILINE)
_MARKS = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|[*`\[\]#|]")
_KEPT = ("L", "M", "Nd", "Pc")
"""Categories of characters that stay in an anchor, beside hyphens."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of the manual in one language."""

    key: str
    language: str
    title: str
    markdown: str


@dataclass(frozen=True, slots=True)
class Part:
    """What stands below one heading."""

    heading: str
    level: int
    """1 for the title of the chapter."""
    anchor: str
    plain: str
    """The words alone, with those of the heading."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that speaks of what was looked for."""

    chapter: Chapter
    part: Part
    words: str
    """Some words around it."""


def folder() -> Path:
    """Where the chapters lie: beside the resources, in a checkout as in an installed program."""
    return Path(str(files("resources"))).parent / "docs"


@cache
def chapter(key: str, language: str) -> Chapter | None:
    """A chapter; None where it did not come with the program."""
    file = folder() / f"{key}.md" if language == "en" or key in OF_BOTH else folder() / f"{key}.{language}.md"
    try:
        text = file.read_text(encoding="utf-8")
    except OSError:
        return None
    return Chapter(key, language, text.partition("\n")[0].removeprefix("#").strip(), text)


def chapters(language: str) -> tuple[Chapter, ...]:
    """All that are there, in order."""
    return tuple(found for key in CHAPTERS if (found := chapter(key, language)) is not None)


def named(file: str) -> tuple[str, str] | None:
    """Key and language of the chapter in a file of the manual; None for any other file.

    Examples
    --------
    >>> named("guide.zh.md"), named("glossary.md"), named("../core/blob.py")
    (('guide', 'zh'), ('glossary', 'en'), None)
    """
    found = re.fullmatch(r"([a-z-]+)(\.zh)?\.md", file)
    if found is None or found[1] not in CHAPTERS:
        return None
    return found[1], "zh" if found[2] else "en"


def anchor(heading: str) -> str:
    """By which a link finds a heading: lower case, hyphens for spaces, no signs.

    Examples
    --------
    >>> anchor("What's `next`, 2027?")
    'whats-next-2027'
    """
    text = heading.strip().lower().replace(" ", "-")
    return "".join(sign for sign in text if sign == "-" or unicodedata.category(sign).startswith(_KEPT))


@cache
def parts(one: Chapter) -> tuple[Part, ...]:
    """A chapter by its headings, in order; headings in examples are none."""
    hidden = _CODE.sub(lambda code: re.sub(r"^#", " ", code[0], flags=re.MULTILINE), one.markdown)
    found = list(_HEADING.finditer(hidden))
    ends = [*(heading.start() for heading in found[1:]), len(hidden)]
    return tuple(
        Part(plain(heading[2]), len(heading[1]), anchor(heading[2]), plain(hidden[heading.start() : end]))
        for heading, end in zip(found, ends, strict=True)
    )


def plain(markdown: str) -> str:
    """The words alone.

    Examples
    --------
    >>> plain("## See [the **guide**](guide.md)")
    'See the guide'
    """
    return " ".join(_MARKS.sub(" ", markdown).split())


def around(words: str, place: int) -> str:
    """Some of the words before and behind a place."""
    return f"… {words[max(0, place - AROUND) : place + AROUND]} …"


def matching(texts: Iterable[tuple[One, str, str]], words: str) -> list[tuple[One, str]]:
    """What holds every one of the words, with some words around the first; those in front whose heading says most.

    Parameters
    ----------
    texts
        what may be found, each with its heading and all of its words; not asked for where nothing is looked for.
    words
        as typed.

    Examples
    --------
    >>> matching([(1, "Meters", "Meters of gas"), (2, "Gas meters", "Gas meters"), (3, "Sun", "Sun")], "gas METERS")
    [(2, '… Gas meters …'), (1, '… Meters of gas …')]
    """
    asked = words.casefold().split()
    found: list[tuple[int, tuple[One, str]]] = []
    for one, heading, said in texts if asked else ():
        low, head = said.casefold(), heading.casefold()
        if all(word in low for word in asked):
            found.append((sum(word in head for word in asked), (one, around(said, low.find(asked[0])))))
    return [hit for _told, hit in sorted(found, key=lambda pair: -pair[0])]


def search(words: str, language: str) -> list[Hit]:
    """Parts that hold every one of the words, those first whose heading says most of them."""
    said = (((one, part), part.heading, part.plain) for one in chapters(language) for part in parts(one))
    return [Hit(one, part, near) for (one, part), near in matching(said, words)]
