"""The help as files: ``resources/help/<page>.<language>.md``, which can be read as documents, too."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from core.running.manual import matching, plain


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
    """Pages that hold every one of the words, those first whose title says most of them."""
    pages = (held for key in keys if (held := help_of(key, language)) is not None)
    return [Hit(held, near) for held, near in matching(((held, held.title, held.plain) for held in pages), words)]
