"""The Chinese catalogue of everything the program says.

``update`` collects the sentences of the source into the .po file, keeping what is translated, and compiles it.
``check`` fails where one is missing, untranslated, doubtful, no longer used or has other places than the English
sentence, and where the .mo file is not what the .po file compiles to. Neither file holds dates or line numbers.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from installer.sentences import find, has_words, places

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "zh"
PO = ROOT / "resources" / "locale" / LANGUAGE / "LC_MESSAGES" / "plant_audit.po"
HEADER_COMMENT = "# Simplified Chinese for all that Plant Carbon Audit says."
HEADERS = [
    ("Project-Id-Version", "plant-carbon-audit"),
    ("Language", LANGUAGE),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
]


class _Steady(Catalog):
    """A catalogue whose header says nothing that changes from one day to the next."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return HEADERS


@dataclass(frozen=True, slots=True)
class Entry:
    """A sentence of the .po file."""

    translation: str = ""
    fuzzy: bool = False
    comments: tuple[str, ...] = ()
    """What a translator noted."""


Entries = Mapping[str, Entry]
_NARROW = re.compile(r"\}”?: |: \{")
"""Between what is put in, where Chinese has ``：``."""


def read(data: bytes) -> dict[str, Entry]:
    """The entries of a .po file, with the unused ones that are commented out in it."""
    catalog = read_po(BytesIO(data), locale=LANGUAGE)
    messages = [*catalog, *catalog.obsolete.values()]
    return {
        str(each.id): Entry(str(each.string or ""), each.fuzzy, tuple(each.user_comments))
        for each in messages
        if each.id
    }


def _catalog(entries: Entries) -> Catalog:
    catalog = _Steady(
        locale=LANGUAGE, header_comment="# Chinese (Simplified) sentences of Plant Carbon Audit.", fuzzy=False
    )
    for sentence in sorted(entries):
        entry = entries[sentence]
        flags = ("fuzzy",) if entry.fuzzy else ()
        catalog.add(sentence, entry.translation, flags=flags, user_comments=entry.comments)
    return catalog


def as_po(entries: Entries) -> bytes:
    """The .po file."""
    out = BytesIO()
    write_po(out, _catalog(entries), no_location=True, width=110)
    return out.getvalue()


def as_mo(entries: Entries) -> bytes:
    """The compiled file that the program reads."""
    out = BytesIO()
    write_mo(out, _catalog(entries))
    return out.getvalue()


def merged(entries: Entries, sentences: Iterable[str]) -> dict[str, Entry]:
    """Just the sentences in use, with the translations there are; what has no words needs none but the colon."""
    made = {sentence: entries.get(sentence, Entry()) for sentence in sentences}
    return {
        sentence: Entry(_NARROW.sub(lambda found: found[0].replace(": ", "："), sentence))
        if not entry.translation and not has_words(sentence)
        else entry
        for sentence, entry in made.items()
    }


def complaints(entries: Entries, sentences: frozenset[str]) -> Iterator[str]:
    """What keeps the catalogue from being complete."""
    yield from (f"missing: {sentence!r}" for sentence in sorted(sentences - entries.keys()))
    yield from (f"no longer used: {sentence!r}" for sentence in sorted(entries.keys() - sentences))
    for sentence in sorted(sentences & entries.keys()):
        entry = entries[sentence]
        if not entry.translation:
            yield f"untranslated: {sentence!r}"
        elif entry.fuzzy:
            yield f"fuzzy: {sentence!r}"
        elif not _same_places(sentence, entry.translation):
            yield f"other places than in English: {sentence!r} -> {entry.translation!r}"
        elif _NARROW.search(entry.translation):
            yield f"a colon of the other language: {sentence!r} -> {entry.translation!r}"


def _same_places(sentence: str, translation: str) -> bool:
    try:
        return places(sentence) == places(translation)
    except ValueError:
        return False


def update(root: Path, po: Path) -> int:
    """Write both files; sentences without translation are listed."""
    found = find(root)
    known = read(po.read_bytes()) if po.exists() else {}
    entries = merged(known, found.sentences)
    po.parent.mkdir(parents=True, exist_ok=True)
    po.write_bytes(as_po(entries))
    po.with_suffix(".mo").write_bytes(as_mo(entries))
    for complaint in (*found.complaints, *complaints(entries, found.sentences)):
        print(complaint)
    todo = sum(not entry.translation for entry in entries.values())
    print(f"{len(entries)} sentences, {todo} without translation, {len(known.keys() - entries.keys())} removed")
    return 0


def check(root: Path, po: Path) -> int:
    """Nothing to complain about, or 1."""
    found = find(root)
    data = po.read_bytes()
    entries = read(data)
    wrong = [*found.complaints, *complaints(entries, found.sentences)]
    if not wrong and as_po(entries) != data:
        wrong.append(f"{po.name} is not in its form: run `make catalogue`")
    if po.with_suffix(".mo").read_bytes() != as_mo(entries):
        wrong.append(f"{po.stem}.mo is not what {po.name} compiles to: run `make catalogue`")
    for complaint in wrong:
        print(complaint)
    print(f"{len(found.sentences)} sentences, {len(wrong)} complaints")
    return 1 if wrong else 0


def main(arguments: list[str]) -> int:
    match arguments:
        case ["update"]:
            return update(ROOT, PO)
        case ["check"]:
            return check(ROOT, PO)
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
