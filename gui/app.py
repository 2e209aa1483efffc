"""Start, open, switch language and theme: what outlives a window."""

from __future__ import annotations

import getpass
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from core.errors import UserError
from core.i18n import Text
from core.passphrase import LockedError
from core.running.log import LOG
from core.running.places import places
from core.store import forget
from core.store.trouble import of_the_disk
from gui import fonts, theme
from gui.application import application, open_on_request
from gui.commands import Command
from gui.file_commands import FileCommands
from gui.garbage import Collector
from gui.jobs import Job
from gui.language import _, language, say, set_language, system_language
from gui.notices import Notice, of_error
from gui.pages import discover
from gui.protection.acts import ProtectionCommands
from gui.recent.part import RecentPart
from gui.recent.program import go_back, recent_commands, remember
from gui.running.commands import OwnCommands
from gui.running.guard import Guard, Report
from gui.session import Session
from gui.settings import Settings
from gui.start import StartWindow
from gui.topbar import Desk
from gui.window import Window


class Program(QObject):
    """Holds what is open and the one window about it."""

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__()
        self._app, self.settings = app, settings
        self.desk: Desk | None = None
        self.window: Window | StartWindow | None = None
        self.guard = Guard(settings.where, self)
        self.guard.broke.connect(self._broke)
        self.files = FileCommands(self)
        self.own = OwnCommands(self)
        self.protection = ProtectionCommands(self)
        self._dress()
        app.styleHints().colorSchemeChanged.connect(self._system_changed)

    # ------------------------------------------------------------------ windows

    def show(self, place: str = "", *, empty: bool = False) -> Window | StartWindow:
        """Make the window anew: for another file, language or theme; an empty one gets its page when it was painted."""
        old = self.window
        geometry = old.saveGeometry() if isinstance(old, Window) else self.settings.geometry
        self.window = self._window(place, empty=empty) if self.desk is not None else self._start_window()
        self.own.watch(self.window)
        if isinstance(self.window, Window) and not geometry.isEmpty():
            self.window.restoreGeometry(geometry)
        self.window.show()
        if old is not None:
            old.hide()
            old.setParent(None)
            old.deleteLater()
        return self.window

    def _window(self, place: str, *, empty: bool) -> Window:
        assert self.desk is not None
        mode = "plant" if isinstance(self.desk, Session) else "office"
        window = Window(self.desk, self.settings, discover(mode), self._commands(), place, empty=empty)
        window.closing.connect(self._closing)
        window.dropped.connect(self.open)
        window.painted.connect(lambda: self._fill(window))
        return window

    def _start_window(self) -> StartWindow:
        recent = RecentPart(self.settings, self.open)
        return StartWindow(self.files.beginnings(), recent, self.open, self._commands(), self._closing)

    def _commands(self) -> list[Command]:
        dark = theme.tokens().dark
        return [
            *self.files.commands(),
            Command(_("Switch to Chinese") if language() == "en" else _("Switch to English"), self.switch_language,
                    "Ctrl+Shift+L", "language", "view"),
            Command(_("Light colours") if dark else _("Dark colours"), self.switch_theme, "Ctrl+Shift+D", "theme",
                    "view"),
            Command(_("Colours of the system"), lambda: self._choose_theme("system"), "", "", "view", None,
                    lambda: self.settings.theme == "system"),
            *recent_commands(self.settings, self.open, None if self.desk is None else self.desk.file.path),
            *self.protection.commands(),
            *self.own.commands(),
        ]  # fmt: skip

    # ------------------------------------------------------------------ opening

    def open(self, path: Path, *, at_start: bool = False) -> bool:
        """Open a plant or group file; when it cannot be, say why and stay.

        ``at_start``: the window is painted before what its first page shows is loaded and calculated.
        """
        began = time.monotonic()
        try:
            desk = self._desk(path)
            if isinstance(desk, Session) and not at_start:
                desk.reckon()
        except LockedError:
            self.protection.ask(path)
            return False
        except UserError as error:
            self._refused(path, error)
            return False
        self._leave(path)
        self.desk = desk
        self.protection.lock.watch(desk)
        LOG.note("opened", kind=type(desk), mb=_size_mb(path), seconds=time.monotonic() - began)
        self.settings.opened(path)
        self.show(go_back(self.settings, desk), empty=at_start)
        self._tell_state()
        return True

    def _fill(self, window: Window) -> None:
        """The first page of a window that was painted without one."""
        try:
            window.go(window.place)
        except UserError as error:
            path = window.desk.file.path
            self.close_file()
            self._refused(path, error)

    def _refused(self, path: Path, error: UserError) -> None:
        LOG.note("refused-to-open", "warning", mb=_size_mb(path), why=error)
        self.tell(of_error(error))

    def _desk(self, path: Path) -> Desk:
        if path.suffix.lower() == ".group":
            from core.store import GroupFile
            from gui.office.office import Office

            return Office(GroupFile.open(path), self.person)
        from core.store import PlantFile

        return Session(PlantFile.open(path), self.person)

    def close_file(self) -> None:
        """Back to the first screen."""
        self._leave()
        self.show()

    def _leave(self, other: Path | None = None) -> None:
        """Close what is open, and forget every key but that of a file that is opened instead."""
        self.protection.lock.watch(None)
        if self.desk is not None:
            Job.cancel_all()
            if isinstance(self.window, Window):
                remember(self.settings, self.desk, self.window.place)
            self._close_desk(self.desk)
            self.desk = None
            forget(but=other)

    def _close_desk(self, desk: Desk) -> None:
        """Close a file; where its disk went away or is full, the person is told what to keep together."""
        try:
            desk.close()
        except UserError as error:
            QMessageBox.warning(self.window, "Plant Carbon Audit", error.text(language()))

    # ------------------------------------------------------------------ telling

    def tell(self, notice: Notice) -> None:
        """Into the line of the window that is shown."""
        if self.window is not None:
            self.window.notices.tell(notice)

    def _tell_state(self) -> None:
        """What was found wrong with the file, or that it can only be read."""
        if not isinstance(self.desk, Session):
            return
        problems: list[Text] = list(self.desk.file.health.problems())
        finished = self._finish_signing(self.desk)
        if problems:
            details = "\n".join(say(one) for one in problems)
            self.tell(Notice("bad", say(problems[0]), details=details))
        elif not self.desk.writable:
            self.tell(Notice("warning", self.desk.file.why_read_only().text(language())))
        elif finished is not None:
            self.tell(finished)
        elif self.desk.file.backup is not None:
            name = self.desk.file.backup.name
            self.tell(Notice("info", _("The file was of an older version. A copy was kept as {name}.", name=name)))
        elif (last := self.desk.file.changed_after(datetime.now(UTC))) is not None:
            words = _(
                "The clock of this computer is behind: the last change was made at {moment} UTC. Nothing is lost, but"
                " set the clock, or signatures will be refused.",
                moment=f"{last:%Y-%m-%d %H:%M}",
            )
            self.tell(Notice("warning", words))

    def _finish_signing(self, session: Session) -> Notice | None:
        """A report that was signed when the program ended gets its name."""
        from core.store.publishing import finish

        try:
            found = finish(session.file)
        except UserError as error:
            return Notice("warning", error.text(language()))
        if not found:
            return None
        words = _("{file} was signed when the program ended; it stands beside the plant now.", file=found[-1].name)
        return Notice("info", words)

    # ------------------------------------------------------------------ choices of the person

    @property
    def person(self) -> str:
        """Under which name changes are journalled."""
        if self.settings.person:
            return self.settings.person
        try:
            return getpass.getuser()
        except (OSError, KeyError):
            return "?"

    def act_as(self, name: str) -> None:
        """Under another name from now on, in the open file too."""
        self.settings.person = name
        if isinstance(self.desk, Session):
            self.desk.act_as(name)
        elif self.desk is not None:
            self.desk.person = name

    def switch_language(self) -> None:
        """The other language, now."""
        self.settings.language = "en" if language() == "zh" else "zh"
        self._again()

    def switch_theme(self) -> None:
        """From light to dark or back."""
        self._choose_theme("light" if theme.tokens().dark else "dark")

    def _choose_theme(self, choice: str) -> None:
        self.settings.theme = choice
        self._again()

    def _again(self) -> None:
        """Rebuild the window on the same session; not while a job works for one of its pages."""
        if self.protection.lock.locked:
            return
        if Job.any_to_wait_for():
            self.tell(Notice("warning", _("Wait until the work is done, or cancel it.")))
            return
        place = self.window.place if isinstance(self.window, Window) else ""
        self._dress()
        QTimer.singleShot(0, self, lambda: self.show(place))  # the button that asked is still busy

    def _dress(self) -> None:
        chosen = self.settings.language
        set_language(system_language() if chosen == "system" else chosen)
        fonts.prepare(self._app)
        theme.apply(self._app, self.settings.theme)

    def _system_changed(self) -> None:
        if self.settings.theme == "system" and theme.system_is_dark() != theme.tokens().dark:
            self._again()

    def _closing(self) -> None:
        if isinstance(self.window, Window):
            self.settings.geometry = self.window.saveGeometry()
        self._leave()
        self.settings.sync()

    def bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Something of ours went wrong on the window's thread: it is said, kept as a report, and the window goes on."""
        if not isinstance(error, Exception):  # Ctrl+C in a terminal
            sys.__excepthook__(kind, error, trace)
            return
        if (told := of_the_disk(error)) is not None:
            self.tell(of_error(told))
            return
        text = "".join(traceback.format_exception(kind, error, trace))
        print(text, file=sys.stderr)
        self.guard.heard(error, "window")
        words = _("Something went wrong inside the program: {what}", what=str(error))
        self.tell(Notice("bad", words, self.own.to_read(), details=text))

    def _broke(self, report: Report) -> None:
        """Somewhere something of ours went wrong: the person may read what is known of it."""
        self.own.report = report
        words = _("Something went wrong inside the program. What you confirmed is kept.")
        if report.crash.kind == "hard":
            words = _("The program ended unexpectedly last time. What you had confirmed is kept.")
        self.tell(Notice("bad", words, self.own.to_read()))


def _size_mb(path: Path) -> float:
    try:
        return path.stat().st_size / 1_000_000
    except OSError:
        return 0.0


def run(words: Sequence[str], settings: Settings | None = None) -> int:
    """Open the window: on a file, on the demo (``--demo``), or on the first screen."""
    app = application(words)
    Collector(app)
    program = Program(app, settings or own_settings())
    program.guard.begin(program.bug)
    open_on_request(app, program.open)
    path = Path(words[0]) if words and words[0] != "--demo" else None
    if path is None or not program.open(path, at_start=True):
        program.show()
        if words[:1] == ["--demo"]:
            program.files.open_demo()
    if isinstance(program.window, Window):
        program.window.painted.connect(program.own.look_around)
    else:
        QTimer.singleShot(0, program, program.own.look_around)
    try:
        return app.exec()
    finally:
        program.guard.end()


def own_settings() -> Settings:
    """Those of the person, with what an earlier version kept elsewhere."""
    from gui.moved import move_in, old_file

    where = places()
    if where.portable is None:
        move_in(where, old_file())
    return Settings(where=where)
