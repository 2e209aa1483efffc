"""Kinds of records and their fields have one name in the whole program, in Chinese too."""

from __future__ import annotations

import tomllib
from importlib.resources import files

import pytest

from core.i18n import Name, catalogue
from core.library.record_words import field_name, kind_name

OTHERS = {
    "kinds.judgement": "the conclusion of a verification is called so",
    "fields.about": "of an analytical procedure it is the object",
    "fields.closed": "of a year; a finding is closed otherwise",
    "fields.data": "a table of a view, not one of data",
    "fields.size": "of a sample; a file has another",
    "fields.subject": "of a statement; a letter has another",
    "fields.use": "of energy; a factor has another",
    "activity.method": "others have methods too",
    "fields.frequency": "how often something occurs, not how often it is written down",
}
"""Where the window uses the same English word for something else."""


def names() -> list[tuple[str, str, str]]:
    words = tomllib.loads((files("resources") / "records.toml").read_text("utf-8"))
    return [(f"{part}.{key}", name["en"], name["zh"]) for part, found in words.items() for key, name in found.items()]


@pytest.mark.parametrize(("place", "en", "zh"), [one for one in names() if one[0] not in OTHERS])
def test_a_name_is_the_one_of_the_window(place: str, en: str, zh: str) -> None:
    said = catalogue("zh").gettext(en)
    assert zh == said or said == en, f"{place}: the window says {said}"


def test_what_differs_does_differ() -> None:
    known = {place: (en, zh) for place, en, zh in names()}
    same = [place for place in OTHERS if catalogue("zh").gettext(known[place][0]) == known[place][1]]
    assert same == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (kind_name("benchmark"), "Benchmarks"),
        (kind_name("plan_item"), "Management plan"),
        (kind_name("test"), "Test sheets"),
        (kind_name("measure"), "Measures"),
        (field_name("sample", "frame"), "SHA-256 of the frame"),
    ],
)
def test_names_that_the_window_has_in_other_words_only(found: Name, words: str) -> None:
    said = catalogue("zh").gettext(words)
    assert said != words and (found.zh in said or said in found.zh)
