"""``--self-test FOLDER``: does the program work on this machine? Every page is drawn on the demo, as it will be seen.

Pictures, the demo and ``self-test.json`` lie in the folder afterwards; what a person has is not touched.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer, qVersion
from PySide6.QtGui import QGuiApplication, QImage, QImageReader

from core.cli.demo import build_plants
from gui.app import Program
from gui.application import application
from gui.garbage import Collector
from gui.jobs import Job
from gui.language import set_language
from gui.settings import Settings
from gui.window import Window

RESULT = "self-test.json"
LIBRARIES = (
    "openpyxl", "pkcs11", "pyhanko.sign", "pypdfium2", "pyqtgraph", "python_calamine", "reportlab.pdfgen.canvas",
    "sqlcipher3", "sqlite_utils", "uharfbuzz",
)  # fmt: skip
"""Those that are only loaded when somebody needs them."""
PICTURES = ("gif", "ico", "jpeg", "png", "svg")
"""What photographs and icons come as."""
STEP_MS, MOST_STEPS = 30, 2_000
"""How often a page is asked whether it is done, and how often at most."""
FEWEST_COLOURS = 12
"""Fewer than a page of words has, with their soft edges."""


@dataclass
class Tried:
    """What was seen."""

    pages: dict[str, list[str]] = field(default_factory=dict)
    """The places of a plant and of head office that were drawn."""
    wrong: list[str] = field(default_factory=list)


def run(words: Sequence[str]) -> int:
    """Draw everything, write what was seen, and quit; 1 when something is wrong."""
    if len(words) != 1:
        print("--self-test FOLDER", file=sys.stderr)
        return 2
    folder = Path(words[0])
    folder.mkdir(parents=True, exist_ok=True)
    app = application([])
    Collector(app)
    tried = Tried(wrong=list(_missing()))
    settings = Settings(folder / "settings.ini")
    settings.language, settings.theme = "en", "light"
    program = Program(app, settings)
    program.guard.begin(program.bug)
    program.guard.broke.connect(lambda report: tried.wrong.append(report.crash.first))
    steps = _steps(program, folder, tried)
    QTimer.singleShot(0, app, lambda: _go_on(steps, tried))
    app.exec()
    program.guard.end()
    seen = {"display": QGuiApplication.platformName(), "qt": qVersion(), "pages": tried.pages, "wrong": tried.wrong}
    (folder / RESULT).write_text(json.dumps(seen, ensure_ascii=False, indent=2), encoding="utf-8")
    for one in tried.wrong:
        print(one, file=sys.stderr)
    return 1 if tried.wrong else 0


def _missing() -> Iterator[str]:
    """Parts that an incomplete installation lacks."""
    for name in LIBRARIES:
        try:
            import_module(name)
        except ImportError as error:
            yield f"{name}: {error}"
    able = {bytes(each.data()).decode() for each in QImageReader.supportedImageFormats()}
    yield from (f"no pictures in {each}" for each in PICTURES if each not in able)
    set_language("zh")
    if QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel":
        yield "Qt's own words are not there in Chinese"
    set_language("en")


def _go_on(steps: Iterator[None], tried: Tried) -> None:
    """One step, and the next when the event loop comes round again."""
    app = QCoreApplication.instance()
    assert app is not None
    try:
        next(steps)
    except StopIteration:
        app.quit()
    except Exception as error:
        tried.wrong.append(f"{type(error).__name__}: {error}")
        app.quit()
    else:
        QTimer.singleShot(STEP_MS, app, lambda: _go_on(steps, tried))


def _steps(program: Program, folder: Path, tried: Tried) -> Iterator[None]:
    """A plant in English, head office in Chinese."""
    demo = build_plants(folder, datetime.now(UTC).replace(microsecond=0))
    program.show()
    yield
    yield from _walked(program, demo.plants[0], folder, tried)
    program.switch_language()
    yield from (None for _turn in range(3))  # the window is made anew when the event loop comes round
    yield from _walked(program, demo.group, folder, tried)
    program.close_file()
    yield


def _walked(program: Program, path: Path, folder: Path, tried: Tried) -> Iterator[None]:
    """Every place of a file, one after the other."""
    if not program.open(path) or not isinstance(program.window, Window):
        tried.wrong.append(f"{path.name} does not open")
        return
    window, pages = program.window, tried.pages.setdefault(path.suffix.removeprefix("."), [])
    for place in window.places:
        window.go(place.info.key)
        yield from _quiet(tried, place.info.key)
        drawn = window.grab().toImage()
        drawn.save(str(folder / f"{path.suffix[1:]}-{place.info.key}.png"))
        if colours(drawn) < FEWEST_COLOURS:
            tried.wrong.append(f"{place.info.key}: empty")
        pages.append(place.info.key)


def _quiet(tried: Tried, key: str) -> Iterator[None]:
    """Until nothing is calculated for the page any more."""
    rests = 0
    for _turn in range(MOST_STEPS):
        yield
        rests = 0 if Job.any_running() else rests + 1
        if rests == 2:
            return
    tried.wrong.append(f"{key}: takes too long")


def colours(drawn: QImage) -> int:
    """How many there are, counted in a small part of the picture's dots."""
    return len({drawn.pixel(x, y) for x in range(0, drawn.width(), 3) for y in range(0, drawn.height(), 3)})
