"""What can be found, as an index of plain values, and looking into it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.i18n import LANGUAGES, Localised, Text
from core.search.matching import fit, folded, typed

NOTHING = Text("")
KNOWN = frozenset({"help", "library", "rule", "point", "question"})
"""Kinds that the program brings along: they come after what the file itself holds."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found, and where it is shown."""

    kind: str
    """Kind of record, ``report``, or one of :data:`KNOWN`."""
    title: Localised
    page: str
    """Key of the page that shows it."""
    subject: str
    """What to show there."""
    beside: Localised = NOTHING
    """What tells it from others of its name; it is shown, and not searched."""
    words: str = ""
    """Under what else it is found, in every language: ids, numbers, notes, aliases."""
    year: int = 0
    """The year that has to be shown to see it; 0: any."""


@dataclass(frozen=True, slots=True)
class Index:
    """Entries with what is searched of each; made once, asked at each key."""

    entries: tuple[Entry, ...] = ()
    sought: tuple[tuple[str, int], ...] = field(default=(), repr=False)
    """Of each entry all its words, and the length of its title among them."""

    @staticmethod
    def of(entries: Iterable[Entry], lang: str = "en") -> Index:
        """The index, whose titles are those of a language; words of every language are found."""
        held = tuple(entries)
        order = (lang, *(one for one in LANGUAGES if one != lang))
        return Index(held, tuple(_sought(one, order) for one in held))

    def plus(self, other: Index) -> Index:
        """Both."""
        return Index(self.entries + other.entries, self.sought + other.sought)

    def find(self, text: str, most: int = 8) -> Found:
        """The entries that contain every word, the best of each kind first.

        Parameters
        ----------
        text
            as typed; nothing finds nothing.
        most
            of each kind that are given; all are counted.
        """
        words = typed(text)
        if not words:
            return Found((), 0)
        hits: dict[str, list[tuple[int, int]]] = {}
        for place, (haystack, title_ends) in enumerate(self.sought):
            if (how := fit(words, haystack, title_ends)) is not None:
                hits.setdefault(self.entries[place].kind, []).append((how, place))
        kinds = [Kind(kind, self._best(own, most), len(own), min(own)[0]) for kind, own in hits.items()]
        # Stable: what fits alike keeps the order of the index.
        kinds.sort(key=lambda one: (one.kind in KNOWN, one.best))
        return Found(tuple(kinds), sum(one.count for one in kinds))

    def _best(self, hits: Sequence[tuple[int, int]], most: int) -> tuple[Entry, ...]:
        return tuple(self.entries[place] for _how, place in sorted(hits)[:most])


@dataclass(frozen=True, slots=True)
class Kind:
    """What was found of one kind."""

    kind: str
    entries: tuple[Entry, ...]
    """The best of them."""
    count: int
    """Of all."""
    best: int
    """How well the first one fits; less is better."""


@dataclass(frozen=True, slots=True)
class Found:
    """An answer."""

    kinds: tuple[Kind, ...]
    count: int


def _sought(one: Entry, order: Sequence[str]) -> tuple[str, int]:
    first, *others = dict.fromkeys(one.title.in_language(lang) for lang in order)
    title = folded(first)
    return "\n".join((title, folded("\n".join((*others, one.words))))), len(title)
