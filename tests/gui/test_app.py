from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.i18n import T
from core.ledger import Change, Entry
from core.store import PlantFile
from core.store.publishing import publish
from gui import app, theme
from gui.app import Program
from gui.jobs import Job
from gui.language import language
from gui.page import Page
from gui.reckoning import Reckoning
from gui.session import Session
from gui.settings import Settings
from gui.start import StartWindow
from gui.window import Window

WHEN = datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.fixture
def plant(demo_file: Path, tmp_path: Path) -> Path:
    path = tmp_path / "p.plant"
    path.write_bytes(demo_file.read_bytes())
    return path


def window(program: Program) -> Window:
    assert isinstance(program.window, Window)
    return program.window


def settle(qtbot: QtBot) -> None:
    qtbot.wait(20)


def test_nothing_open_is_the_first_screen_not_an_empty_window(program: Program) -> None:
    assert isinstance(program.window, StartWindow)
    names = [b.accessibleName() for b in program.window.findChildren(QPushButton) if b.accessibleDescription()]
    assert names[:4] == ["Open the demo plant", "New plant", "Open a plant file", "Head office"]


def test_a_plant_is_opened_remembered_and_closed(program: Program, plant: Path, qtbot: QtBot) -> None:
    assert program.open(plant)
    assert isinstance(program.desk, Session)
    assert window(program).place == "overview"
    program.close_file()
    assert isinstance(program.window, StartWindow)
    recent = [b for b in program.window.findChildren(QPushButton) if b.accessibleDescription() == str(plant)]
    assert len(recent) == 1
    assert not plant.with_name("p.plant-wal").exists(), "one single file remains"
    recent[0].click()
    assert isinstance(program.window, Window)


def test_a_report_that_was_signed_when_the_program_ended_gets_its_name(program: Program, plant: Path) -> None:
    change = Change("Li Na", WHEN, T("Signed"), ())

    def killed(file: PlantFile) -> None:
        def confirm(beforehand: Callable[[Entry], None]) -> None:
            file.append(change, beforehand=beforehand)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            publish(plant, b"%PDF signed", plant.with_name("r1.pdf"), confirm)

    with PlantFile.open(plant) as file:
        killed(file)
    assert not plant.with_name("r1.pdf").exists()
    assert program.open(plant)
    assert plant.with_name("r1.pdf").read_bytes() == b"%PDF signed"
    said = window(program).notices.notice
    assert said is not None and said.sentence.startswith("r1.pdf was signed when the program ended")


def test_what_cannot_be_opened_is_said_and_the_window_stays(program: Program, tmp_path: Path) -> None:
    wrong = tmp_path / "x.plant"
    wrong.write_bytes(b"no database")
    assert not program.open(wrong)
    assert isinstance(program.window, StartWindow)
    assert program.window.notices.notice is not None
    assert program.window.notices.notice.level == "bad"


def test_language_and_theme_change_at_run_time_on_the_same_session(program: Program, plant: Path, qtbot: QtBot) -> None:
    program.open(plant)
    desk, first = program.desk, window(program)
    first.go("activity")
    program.switch_language()
    settle(qtbot)
    assert language() == "zh"
    assert program.desk is desk
    assert window(program) is not first
    assert window(program).place == "activity"
    assert program.settings.language == "zh"
    program.switch_theme()
    settle(qtbot)
    assert theme.tokens().dark
    program.switch_language()
    program.switch_theme()
    settle(qtbot)
    assert (language(), theme.tokens().name) == ("en", "light")
    assert isinstance(desk, Session)
    desk.show_year(2023)
    assert window(program).topbar.year.currentText() == "2023"


def test_the_window_is_not_rebuilt_while_work_goes_on(program: Program, plant: Path, qtbot: QtBot) -> None:
    program.open(plant)
    first = window(program)

    def work(progress: object, cancelled: object) -> None:
        while not cancelled():  # type: ignore[operator]
            pass

    job = Job(work)
    job.start()
    program.switch_language()
    settle(qtbot)
    assert window(program) is first
    assert language() == "en"
    with qtbot.waitSignal(job.ended):
        job.cancel()


def test_a_second_program_reads_only_and_says_so(program: Program, plant: Path) -> None:
    with PlantFile.open(plant):
        program.open(plant)
        notice = window(program).notices.notice
        assert notice is not None
        assert notice.level == "warning"
        assert program.desk is not None
        assert not program.desk.writable
        program.close_file()


def test_a_bug_is_said_with_its_details(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise ZeroDivisionError("by zero")
    except ZeroDivisionError as error:
        program.bug(type(error), error, error.__traceback__)
    assert program.window is not None
    notice = program.window.notices.notice
    assert notice is not None
    assert "by zero" in notice.sentence
    assert "ZeroDivisionError" in notice.details
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_where_the_window_was_is_remembered(program: Program, plant: Path) -> None:
    assert program.window is not None
    program.window.close()
    assert program.settings.geometry.isEmpty(), "the first screen has its own size"
    program.open(plant)
    program.window.close()
    assert not program.settings.geometry.isEmpty()


def test_run_opens_what_is_named(
    dressed: QApplication, settings: Settings, plant: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Program] = []
    original = Program.__init__

    def spy(self: Program, *args: object) -> None:
        original(self, *args)  # type: ignore[arg-type]
        seen.append(self)

    monkeypatch.setattr(Program, "__init__", spy)
    monkeypatch.setattr(QApplication, "exec", lambda *_a: 0)
    monkeypatch.setattr("sys.excepthook", None)
    assert app.run([str(plant)], settings) == 0
    assert isinstance(seen[0].desk, Session)
    assert seen[0].window is not None
    seen[0].window.close()


def test_at_the_start_the_window_stands_before_its_first_page(program: Program, plant: Path, qtbot: QtBot) -> None:
    assert program.open(plant, at_start=True)
    assert not window(program).findChildren(Page)
    qtbot.waitUntil(lambda: len(window(program).findChildren(Page)) == 1)
    assert window(program).place == "overview"


def test_what_cannot_be_calculated_is_said_also_after_the_window_stood(
    program: Program, plant: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def refuse(*_asked: object) -> None:
        raise UserError(T("The factors are damaged."), T("Ask for them again."))

    monkeypatch.setattr(Reckoning, "show", refuse)
    for at_start in (False, True):
        assert program.open(plant, at_start=at_start) is at_start
        qtbot.waitUntil(lambda: isinstance(program.window, StartWindow))
        assert program.desk is None
        assert program.window is not None and program.window.notices.notice is not None
        assert "The factors are damaged." in program.window.notices.notice.sentence


def started(plant: Path, tmp_path: Path, said: str) -> str:
    """What a fresh process says of itself when its window stands and no page is made yet."""
    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from gui.app import Program\n"
        "from gui.application import application\n"
        "from gui.settings import Settings\n"
        "program = Program(application([]), Settings(Path(sys.argv[2])))\n"
        "assert program.open(Path(sys.argv[1]), at_start=True)\n"
        f"{said}"
    )
    words = [sys.executable, "-c", code, str(plant), str(tmp_path / "settings.ini")]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_window_stands_without_what_its_pages_need(plant: Path, tmp_path: Path) -> None:
    """All of it together takes longer to load than everything else until then."""
    late = {
        "core.audit.gate", "core.checks", "core.inventory", "core.library.load", "core.methods", "core.renewables",
        "core.search.records", "core.upcoming.plant", "gui.overview.page", "gui.tables.table", "multiprocessing",
        "numpy", "pyqtgraph", "reportlab", "sqlite_utils",
    }  # fmt: skip
    assert started(plant, tmp_path, f"print(sorted({late} & set(sys.modules)))") == "[]"


def test_qt_does_not_read_the_source_of_what_is_imported(plant: Path, tmp_path: Path) -> None:
    """Each module would cost the time of reading it, and stay in memory as text."""
    said = "import linecache\nprint([name for name in linecache.cache if Path(name).parts[-2:-1] == ('gui',)])"
    assert started(plant, tmp_path, said) == "[]"
