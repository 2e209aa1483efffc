"""Sentences that know how to appear in Chinese and in English.

The core never prints a string for people: it makes a :class:`Text` with :func:`T`, and whoever shows it
(screen, command line, report) says in which language. The English sentence is the key of the catalogue
``resources/locale/zh/LC_MESSAGES/plant_audit.po``; ``make catalogue`` collects and compiles it.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Protocol, TypeAlias

DOMAIN = "plant_audit"
LANGUAGES = ("en", "zh")


class Localised(Protocol):
    """Anything that can say itself in a language: a Text, a name carried by a data file."""

    def in_language(self, lang: str) -> str: ...


Value: TypeAlias = "str | int | Decimal | date | Localised | Sequence[Value]"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence with named places; ``args`` may themselves be texts, numbers and dates."""

    msgid: str
    args: Mapping[str, Value] = field(default_factory=dict)

    def in_language(self, lang: str) -> str:
        """The sentence in ``lang`` ("en" or "zh")."""
        sentence = catalogue(lang).gettext(self.msgid) if self.msgid else ""
        if not self.args:
            return sentence
        return sentence.format_map({name: show(value, lang) for name, value in self.args.items()})

    def __str__(self) -> str:
        return self.in_language("en")

    def __hash__(self) -> int:
        return hash((self.msgid, str(self)))


@dataclass(frozen=True, slots=True)
class Name:
    """A name in both languages, as data files carry it."""

    en: str
    zh: str

    def in_language(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en

    def __str__(self) -> str:
        return self.en


@dataclass(frozen=True, slots=True)
class Rounded:
    """A number of a sentence that is read with fewer decimals than it has."""

    exact: Decimal
    places: int

    def in_language(self, lang: str) -> str:
        return show_number(self.exact, self.places)

    def __str__(self) -> str:
        return self.in_language("en")


def T(msgid: str, **args: Value) -> Text:  # noqa: N802 - the short name every sentence is marked with
    """Mark a sentence for the catalogue and bind its values."""
    return Text(msgid, args) if args else Text(msgid)


def exact_words(text: Text) -> str:
    """A sentence in English with every number whole, for whoever compares what was said then with what is said now."""
    return Text(text.msgid, {name: _exact(value) for name, value in text.args.items()}).in_language("en")


def _exact(value: Value) -> Value:
    if isinstance(value, Rounded):
        return value.exact
    if isinstance(value, Text):
        return exact_words(value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_exact(one) for one in value]
    return value


def verbatim(text: str) -> Text:
    """What a person typed, shown as it is in every language."""
    return Text("{text}", {"text": text})


def show(value: Value, lang: str) -> str:
    """One value inside a sentence: numbers grouped by thousands, dates and lists as the language writes them."""
    if isinstance(value, Decimal):
        return show_number(value)
    if isinstance(value, date):
        return show_date(value, lang)
    if isinstance(value, (str, int)):
        return str(value)
    if isinstance(value, Sequence):
        return ("、" if lang == "zh" else ", ").join(show(one, lang) for one in value)
    return value.in_language(lang)


def show_number(value: Decimal, places: int | None = None) -> str:
    """``1234567.5`` -> ``1,234,567.5``; the same in both languages. ``places`` rounds for reading."""
    if places is not None:
        return f"{value:,.{places}f}"
    text = f"{value:,f}"  # not normalize(), which would round in whatever decimal context is current
    return text.rstrip("0").rstrip(".") if "." in text else text


def labelled(what: str, value: str, lang: str) -> str:
    """What something is and what it says, with the colon of the language."""
    return f"{what}：{value}" if lang == "zh" else f"{what}: {value}"


def places_read(value: Decimal) -> int:
    """Decimals with which a figure such as tonnes is read: one, and more of what is small."""
    size = abs(value)
    return (1 if size >= 100 else 2 if size >= 1 else 4) if value else 0


def show_date(value: date, lang: str) -> str:
    """``2026年3月5日`` or ``2026-03-05``."""
    return f"{value.year}年{value.month}月{value.day}日" if lang == "zh" else value.isoformat()


def show_month(value: date, lang: str) -> str:
    """``2026年3月`` or ``2026-03``."""
    return f"{value.year}年{value.month}月" if lang == "zh" else f"{value:%Y-%m}"


@cache
def catalogue(lang: str) -> gettext.NullTranslations:
    """The compiled catalogue of a language; English needs none."""
    if lang == "en":
        return gettext.NullTranslations()
    compiled = files("resources") / "locale" / lang / "LC_MESSAGES" / f"{DOMAIN}.mo"
    with compiled.open("rb") as stream:
        return gettext.GNUTranslations(stream)
