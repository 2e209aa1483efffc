"""The help as files: ``resources/help/<page>.<language>.md``, which can be read as documents, too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from core.running.manual import around, plain


@dataclass(frozen=True, slots=True)
class Help:
    """The help of one page in one language."""

    key: str
    title: str
    markdown: str

    @property
    def plain(self) -> str:
        """The words alone."""
        return plain(self.markdown)


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that speaks of what was looked for."""

    help: Help
    words: str
    """Some words around the place."""


def folder() -> Traversable:
    """Where the files lie."""
    return files("resources") / "help"


@cache
def help_of(key: str, language: str) -> Help | None:
    """The help of a page; None for a page without one."""
    file = folder() / f"{key}.{language}.md"
    if not file.is_file():
        return None
    text = file.read_text(encoding="utf-8")
    first = text.partition("\n")[0]
    return Help(key, first.removeprefix("#").strip(), text)


def search(words: str, keys: tuple[str, ...], language: str) -> list[Hit]:
    """Pages that hold every one of the words, those that are called so first."""
    asked = words.casefold().split()
    found: list[tuple[bool, Hit]] = []
    for key in keys:
        held = help_of(key, language)
        if held is None or not asked:
            continue
        said = held.plain
        low = said.casefold()
        if all(word in low for word in asked):
            place = low.find(asked[0])
            found.append((asked[0] not in held.title.casefold(), Hit(held, around(said, place))))
    return [hit for _later, hit in sorted(found, key=lambda pair: pair[0])]
