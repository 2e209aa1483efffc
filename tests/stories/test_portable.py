"""The program on a stick: a working day leaves nothing on the computer, and the stick may get another letter."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WATCHED = """
import os, sys
from pathlib import Path
stick, found = sys.argv[1], []
def inside(path):
    return os.path.realpath(os.fsdecode(path)).startswith((stick, "/dev/", "/proc/"))
def hook(event, args):
    if event == "open" and isinstance(args[0], (str, bytes)):
        if isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and not inside(args[0]):
            found.append(("open", os.fsdecode(args[0])))
    elif event in ("os.mkdir", "os.rename", "os.remove", "os.symlink", "os.chmod") and args[0] and not inside(args[0]):
        found.append((event, os.fsdecode(args[0])))
sys.addaudithook(hook)
"""
DAY = (
    WATCHED
    + """
from PySide6.QtCore import QTimer
from core.running.start import begin
words = begin(["--portable", stick + "/data", *sys.argv[2:]], os.environ)
from gui import app
from gui.window import Window
programs = []
made = app.Program.__init__
def spy(self, *args):
    made(self, *args)
    programs.append(self)
app.Program.__init__ = spy
def work():
    program = programs[0]
    if not isinstance(program.window, Window):
        if not program.settings.recent:
            program.own.about()
            program.own.dialog.close()
            program.files.open_demo()
        else:
            program.open(program.settings.recent[0])
    QTimer.singleShot(50, wait)
def wait():
    program = programs[0]
    if not isinstance(program.window, Window):
        QTimer.singleShot(50, wait)
        return
    from dataclasses import replace
    from core.i18n import T
    from core.limited import ask
    from gui.evidence.copies import copy_of
    session = program.desk
    record = next(one for one in session.ledger.activities if one.quantity)
    session.put(T("Quantity corrected"), replace(record, quantity=record.quantity + 1))
    for proof in session.ledger.evidence[:1]:
        copy_of(proof, session.file.copy_blob)
    assert ask(tuple, (), seconds=60, memory_mb=4000) == []
    for key in ("activity", "report", "sources"):
        program.window.go(key)
    program.guard.heard(KeyError("x"), "window")
    program.settings.theme = "dark"
    QTimer.singleShot(200, finish)
def finish():
    print("opened", programs[0].desk.path)
    programs[0].window.close()
    app.QApplication.instance().quit()
from PySide6.QtWidgets import QApplication
QApplication([])
QTimer.singleShot(0, work)
code = app.run(words)
for one in found:
    print("outside", *one)
sys.exit(code)
"""
)


def day(stick: Path, outside: Path) -> str:
    """Run the program from the stick; every place of the computer that it might write to is watched and empty."""
    names = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME",
             "XDG_STATE_HOME", "TMPDIR", "TEMP", "TMP")  # fmt: skip
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT)}
    for name in names:
        (outside / name).mkdir(parents=True, exist_ok=True)
        environment[name] = str(outside / name)
    done = subprocess.run(
        [sys.executable, "-c", DAY, str(stick.resolve())], capture_output=True, text=True, encoding="utf-8",
        check=False, cwd=outside, env=environment, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    left = [path for path in outside.rglob("*") if not path.is_dir()]
    assert left == [], left
    assert sorted(path.name for path in outside.iterdir()) == sorted(names)
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="the audit of opened files speaks of POSIX here")
def test_a_day_from_the_stick_leaves_nothing_on_the_computer(tmp_path: Path) -> None:
    stick, outside = tmp_path / "E", tmp_path / "computer"
    stick.mkdir()
    said = day(stick, outside)
    assert "outside" not in said
    data = stick / "data"
    assert "theme=dark" in (data / "settings" / "settings.ini").read_text(encoding="utf-8")
    assert str(tmp_path) not in (data / "settings" / "computer.ini").read_text(encoding="utf-8")
    assert (data / "logs" / "plant-audit.log").exists()
    assert len(list((data / "crashes").glob("crash-*.txt"))) == 1
    assert list((data / "crashes").glob("*.trace")) == []
    assert [path for path in (data / "temp").rglob("*") if path.is_file()] == [], "it is gone with the program"
    other = tmp_path / "F"
    shutil.move(stick, other)
    said = day(other, tmp_path / "computer")
    assert f"opened {other}" in said, "what was open last is found under the other letter"
    assert "outside" not in said


FALLS = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from core.running.start import begin
import os
words = begin(["--portable", sys.argv[1]], os.environ)
from gui import app
programs = []
made = app.Program.__init__
def spy(self, *args):
    made(self, *args)
    programs.append(self)
app.Program.__init__ = spy
QApplication([])
def fall():
    import ctypes
    ctypes.string_at(0)
def look():
    notice = programs[0].window.notices.notice
    print("said", notice.sentence if notice else "nothing", notice.action[0] if notice and notice.action else "")
    programs[0].window.close()
    QApplication.quit()
QTimer.singleShot(300, fall if sys.argv[2] == "fall" else look)
sys.exit(app.run(words))
"""


def test_a_hard_end_is_told_at_the_next_start_and_never_again(tmp_path: Path) -> None:
    stick = tmp_path / "stick"

    def run(act: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", FALLS, str(stick), act], capture_output=True, text=True, encoding="utf-8",
            check=False, env={**os.environ, "PYTHONPATH": str(ROOT)}, timeout=300,
        )  # fmt: skip

    assert run("fall").returncode != 0
    assert [path.suffix for path in (stick / "crashes").iterdir()] == [".trace"]
    done = run("look")
    assert done.returncode == 0, done.stderr
    assert "said The program ended unexpectedly last time." in done.stdout
    (report,) = (stick / "crashes").glob("crash-*.txt")
    text = report.read_text(encoding="utf-8")
    assert "What happened: hard" in text and "in fall" in text and "gui.app:" in text
    assert str(tmp_path) not in text and str(ROOT) not in text
    assert "said nothing" in run("look").stdout
