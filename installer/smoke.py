"""Is the frozen program the program? It is started on this machine and held against the sources.

It counts what it found in itself; builds the demo, signs and verifies with it, and comes to the same inventory as the
sources; draws every page in a window.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from installer.freezing import Frozen
from installer.project import CONSOLE, ROOT, VERSION, WINDOW

PLANT, YEAR = "krosno", "2024"
"""Of the demo: its report is signed without open errors."""
MOST_SECONDS = 900
SOURCE = (sys.executable, str(ROOT / "main.py"))
"""The command line from the sources, by the same interpreter."""


class Failed(Exception):
    """The frozen program does not do what it should; the message says what."""


def complaints(made: Frozen, folder: Path) -> list[str]:
    """Try everything; the first thing that is wrong, or nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    console = (str(made.program(CONSOLE)),)
    try:
        _same_about(console)
        _demo(console, folder / "demo")
        _protection(console, folder / "demo")
        _window(made, folder / "demo")
    except Failed as failed:
        return [str(failed)]
    return []


def _same_about(console: Sequence[str]) -> None:
    """Version, libraries and counts are those of the checkout."""
    frozen, source = (json.loads(_run([*who, "about", "--json"])) for who in (console, SOURCE))
    for key in ("version", "python", "qt", "sqlite", "counts"):
        if frozen[key] != source[key]:
            raise Failed(f"about: {key} is {frozen[key]} in the frozen program and {source[key]} in the sources")
    if frozen["version"] != VERSION or 0 in frozen["counts"].values():
        raise Failed(f"about: {frozen}")


def _demo(console: Sequence[str], folder: Path) -> None:
    """From bills to a verified report and head office; files of strangers are read by processes of their own."""
    _run([*console, "--ui-lang", "en", "demo", str(folder)])
    report, trust = folder / f"{PLANT}-{YEAR}.pdf", folder / "head-office.pem"
    _run([*console, "verify", str(report), "--trust", str(trust)])
    _run([*SOURCE, "verify", str(report), "--trust", str(trust)])
    asked = ["inventory", str(folder / f"{PLANT}.plant"), "--year", YEAR, "--json"]
    frozen, source = (json.loads(_run([*who, *asked])) for who in (console, SOURCE))
    if frozen != source or not frozen:
        raise Failed("inventory: the frozen program and the sources come to different results")
    damaged = folder / "damaged.pdf"
    damaged.write_bytes(report.read_bytes().replace(b"/Contents", b"/Contentx", 1))
    command = [*console, "verify", str(damaged), "--trust", str(trust)]
    if subprocess.run(command, check=False, capture_output=True).returncode == 0:
        raise Failed("verify: takes a report whose bytes were changed")


def _protection(console: Sequence[str], folder: Path) -> None:
    """What the frozen program encrypts, the sources open, and the other way round: SQLCipher and age are in both."""
    word, plant = folder / "word.txt", folder / "secret.plant"
    word.write_text("four cranes over the boiler house\n", encoding="utf-8")
    shutil.copy(folder / f"{PLANT}.plant", plant)
    _run([*console, "protect", "encrypt", str(plant), "--passphrase-file", str(word)])
    report, unlock = folder / f"{PLANT}-{YEAR}.pdf", ["--unlock", str(word)]
    for number, (one, other) in enumerate(((console, SOURCE), (SOURCE, console))):
        if not json.loads(_run([*one, "protect", "status", str(plant), "--json", *unlock]))["encrypted"]:
            raise Failed("protect: the file is not encrypted")
        sent, received = folder / f"{number}.age", folder / f"{number}.pdf"
        _run([*one, "protect", "send", str(report), str(sent), "--passphrase-file", str(word)])
        _run([*other, "protect", "receive", str(sent), str(received), *unlock])
        if received.read_bytes() != report.read_bytes():
            raise Failed("protect: what was received is not what was sent")


def _window(made: Frozen, folder: Path) -> None:
    """Every page is drawn."""
    wanted, (name, environment) = set(_pages()), display()
    _run([str(made.program(WINDOW)), "--self-test", str(folder)], environment)
    seen: dict[str, Any] = json.loads((folder / "self-test.json").read_text(encoding="utf-8"))
    drawn = {page for pages in seen["pages"].values() for page in pages}
    if seen["wrong"] or drawn != wanted or seen["display"] != name:
        raise Failed(f"window on {seen['display']}: {seen['wrong']}, not drawn: {sorted(wanted - drawn)}")
    if len(list(folder.glob("*.png"))) != len(wanted):
        raise Failed("window: pictures are missing")


def display() -> tuple[str, Mapping[str, str]]:
    """Name of Qt's plugin to draw with, and what chooses it; a real display of Linux is tried with the package."""
    if sys.platform.startswith("linux"):
        return "offscreen", {"QT_QPA_PLATFORM": "offscreen"}
    return {"win32": "windows", "darwin": "cocoa"}[sys.platform], {}


def _pages() -> Iterator[str]:
    yield from (path.stem for path in (ROOT / "gui" / "pages").glob("*.py") if not path.name.startswith("_"))


def _run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """What a command says; nothing of the checkout may help it, and no warning may pass unseen."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(
        command, check=False, capture_output=True, encoding="utf-8", errors="replace", timeout=MOST_SECONDS,
        env={**clean, **(environment or {})},
    )  # fmt: skip
    if done.returncode != 0:
        raise Failed(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-1000:]}{done.stderr[-2000:]}")
    return done.stdout
