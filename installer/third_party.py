"""``resources/third_party.csv`` and ``THIRD_PARTY.md``: what of others the program uses, in which version, under which
licence.

``make licences`` writes both from the lock and from what is installed; a test holds them to the lock. The texts of the
licences travel with the packages themselves, see :mod:`core.running.third_party`.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import astuple, fields
from importlib import metadata
from pathlib import Path

from core.running.third_party import TABLE, Component
from installer.licences import expression
from installer.owners import PYPI, Owner

ROOT = Path(__file__).resolve().parent.parent
LOCK, PAGE = ROOT / "requirements.lock", ROOT / "THIRD_PARTY.md"
ALLOWED = {
    "0BSD": "as good as public domain",
    "Apache-2.0": "ours; keeps notices, grants patents",
    "BSD-2-Clause": "keeps the notice",
    "BSD-3-Clause": "keeps the notice",
    "CC0-1.0": "public domain",
    "LGPL-3.0-only": "a library of its own in the program's folder, unmodified, that anybody may replace",
    "MIT": "keeps the notice",
    "MIT-0": "asks for nothing",
    "MIT-CMU": "keeps the notice",
    "MPL-2.0": "binds its own files alone, and they are unmodified",
    "OFL-1.1": "fonts inside documents and programs; a changed one has another name",
    "PSF-2.0": "that of Python itself",
    "Zlib": "keeps the notice",
    "blessing": "SQLite's public domain",
}
"""SPDX names of licences, with the reason why the program may be handed out together with what is under them."""
BESIDE = (
    Component("CPython", "", "PSF-2.0", "https://www.python.org", "the interpreter inside installers"),
    Component("Qt", "", "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only", "https://www.qt.io",
              "inside pyside6-essentials"),
    Component("SQLCipher", "", "BSD-3-Clause", "https://www.zetetic.net/sqlcipher", "inside sqlcipher3"),
    Component("OpenSSL", "", "Apache-2.0", "https://www.openssl.org", "inside cryptography and sqlcipher3"),
    Component("SQLite", "", "blessing", "https://www.sqlite.org", "inside CPython and sqlcipher3"),
    Component("PDFium", "", "BSD-3-Clause AND Apache-2.0", "https://pdfium.googlesource.com/pdfium",
              "inside pypdfium2"),
    Component("HarfBuzz", "", "MIT", "https://harfbuzz.github.io", "inside uharfbuzz and Qt"),
    Component("Noto Sans SC", "", "OFL-1.1", "https://github.com/notofonts/noto-cjk",
              "resources/fonts, modified as said there"),
    Component("Source Sans 3", "", "OFL-1.1", "https://github.com/adobe-fonts/source-sans", "resources/fonts"),
)  # fmt: skip
"""What comes inside packages or with the program itself."""
_PINNED = re.compile(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", re.MULTILINE)
HEAD = """# Software and fonts of others

Written by `make licences`; a test holds it to `requirements.lock`. Licences are SPDX names. Installers carry the text
of each licence in the folder `licences`; `plant-audit about --licences NAME` shows it. Figures of factor sets name
their publisher and licence in their first lines; see also `NOTICE`.

**Qt and PySide6** are used under the LGPL version 3, unmodified, as libraries of their own: in an installed program
they lie in the folder `PySide6` and may be replaced by a build of the same version (copy the files over); from source,
`pip install` puts another version in their place. Their source is at <https://download.qt.io/official_releases/>.

"""


def pinned(lock: str) -> dict[str, list[str]]:
    """Versions by package; several where they depend on the interpreter or the system."""
    found: dict[str, list[str]] = {}
    for name, version in _PINNED.findall(lock):
        found.setdefault(name, []).append(version)
    return found


def components() -> Iterator[Component]:
    """Every package of the lock as it is installed here, then what comes beside.

    Raises
    ------
    SystemExit
        for a package that is not installed, or of which nobody says under which licence it stands.
    """
    for name, versions in sorted(pinned(LOCK.read_text(encoding="utf-8")).items()):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            raise SystemExit(f"{name} is not installed: make setup") from None
        licence = expression(Owner(PYPI, about["Name"]))
        if not licence:
            raise SystemExit(f"{name} does not say its licence: read it and name it in installer/licences.py")
        yield Component(name, " / ".join(versions), licence, _home(about.get_all("Project-URL") or [], about), "")
    yield from BESIDE


def _home(urls: list[str], about: metadata.PackageMetadata) -> str:
    """Where the source is."""
    said = {label.strip().lower(): url.strip() for label, _, url in (one.partition(",") for one in urls)}
    named = ("source", "source code", "repository", "code", "github", "homepage", "home")
    return next((said[one] for one in named if one in said), about["Home-page"] or next(iter(said.values()), ""))


def unallowed(licence: str) -> str:
    """What of an SPDX expression is not allowed; empty: all of it is, by one of its choices."""
    for part in licence.split(" AND "):
        choices = [one.strip(" ()") for one in part.split(" OR ")]
        if not ALLOWED.keys() & set(choices):
            return part
    return ""


def table(rows: list[Component]) -> str:
    """As ``resources/third_party.csv``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([one.name for one in fields(Component)])
    writer.writerows(map(astuple, rows))
    return out.getvalue()


def page(rows: list[Component]) -> str:
    """As ``THIRD_PARTY.md``."""
    lines = ["| name | version | licence | where |", "|---|---|---|---|"]
    lines += [f"| {one.name} | {one.version} | {one.licence} | {one.note or f'<{one.home}>'} |" for one in rows]
    return HEAD + "\n".join(lines) + "\n"


def main() -> int:
    rows = list(components())
    refused = [f"{one.name}: {part}" for one in rows if (part := unallowed(one.licence))]
    if refused:
        print("Not on the list of licences in installer/third_party.py:", *refused, sep="\n  ")
        return 1
    (ROOT / "resources" / TABLE).write_text(table(rows), encoding="utf-8")
    PAGE.write_text(page(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
