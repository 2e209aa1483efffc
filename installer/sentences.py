"""Find the sentences for people in the source: every call of ``T("...")`` and ``_("...")``.

Read from the syntax tree, so that a sentence put together at run time, which no catalogue could hold, is a complaint
with its place instead of a silent gap.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

MARKS = ("T", "_")
PASS_ON = {"core/i18n.py", "gui/language.py"}
"""The two files that define the marks, where a sentence may be a variable."""


@dataclass(frozen=True, slots=True)
class Found:
    """The sentences of some files and what is wrong with them."""

    sentences: frozenset[str]
    complaints: tuple[str, ...]


def places(sentence: str) -> frozenset[str]:
    """The named places of a sentence; raises ValueError where braces do not match."""
    return frozenset(name for _, name, _, _ in Formatter().parse(sentence) if name is not None)


def has_words(sentence: str) -> bool:
    """Whether there is anything to translate beside places, figures and signs, as in ``{share} %``."""
    try:
        return any(letter.isalpha() for text, _, _, _ in Formatter().parse(sentence) for letter in text)
    except ValueError:
        return True


def source_files(root: Path) -> list[Path]:
    """All files in which sentences may stand."""
    found = [path for folder in ("core", "gui") for path in (root / folder).rglob("*.py")]
    return sorted(path for path in [*found, root / "main.py"] if path.exists())


def find(root: Path) -> Found:
    """All sentences of the project."""
    sentences: set[str] = set()
    complaints: list[str] = []
    for path in source_files(root):
        place = path.relative_to(root).as_posix()
        if place in PASS_ON:
            continue
        one = find_in(path.read_text(encoding="utf-8"), place)
        sentences |= one.sentences
        complaints += one.complaints
    return Found(frozenset(sentences), tuple(complaints))


def find_in(source: str, place: str) -> Found:
    """The sentences of one file."""
    sentences: set[str] = set()
    complaints: list[str] = []
    for call in _marked_calls(ast.parse(source, place)):
        sentence = call.args[0] if call.args else None
        if not (isinstance(sentence, ast.Constant) and isinstance(sentence.value, str) and sentence.value):
            complaints.append(f"{place}:{call.lineno}: the sentence must be one literal string")
            continue
        sentences.add(sentence.value)
        complaints += (f"{place}:{call.lineno}: {wrong}" for wrong in _wrong_places(sentence.value, call.keywords))
    return Found(frozenset(sentences), tuple(complaints))


def _marked_calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            yield node


def _wrong_places(sentence: str, keywords: Iterable[ast.keyword]) -> Iterator[str]:
    try:
        named = places(sentence)
    except ValueError as error:
        yield f"{error}: {sentence!r}"
        return
    given = {keyword.arg for keyword in keywords}
    if None not in given and named != given:
        yield f"places {sorted(named)} but values {sorted(name for name in given if name)}: {sentence!r}"
