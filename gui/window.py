"""The window: places, stack of pages, inspector, notice line. What the pages show is none of its business."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from core.errors import UserError
from core.i18n import Text
from gui import correcting, panes
from gui.commands import Command
from gui.inspector import Inspector
from gui.language import _, say
from gui.menus import fill, own_commands
from gui.notices import Notice, NoticeBar, of_error
from gui.page import Page
from gui.pages import Place
from gui.palette.opening import Finder
from gui.recent.program import to_open
from gui.session import Session
from gui.settings import Settings
from gui.sidebar import Sidebar
from gui.theme import dress
from gui.topbar import Desk, TopBar, headline

SHOWN = ("undo", "redo", "inspector", "search", "lock", "help")
"""Commands that have a button at the top, by their pictures."""


class Window(QMainWindow):
    """One open plant or group; made anew when language or theme change."""

    closing = Signal()
    """The person closes the window."""
    dropped = Signal(Path)
    """A plant or group file was dropped, to be opened in place of this one."""
    painted = Signal()
    """Seen for the first time, without a page: whoever made it empty may show one now."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        places: Sequence[Place],
        commands: Sequence[Command] = (),
        place: str = "",
        *,
        empty: bool = False,
    ) -> None:
        """``place`` is shown first, without one the first of all; ``empty``: not before somebody says :meth:`go`."""
        super().__init__()
        dress(self)
        self.desk, self.settings = desk, settings
        self._places = {place.info.key: place for place in places}
        self._pages: dict[str, Page] = {}
        self._fresh: set[str] = set()
        self._given = tuple(commands)
        self.place = place if place in self._places else next(iter(self._places))
        self.more_panes: list[panes.Pane] = []
        """Beside the inspector, like help."""
        self._entries = desk.file.entries
        self.notices = NoticeBar()
        self.inspector = Inspector()
        self.inspector.hide()
        self.inspector.closed.connect(lambda: self.show_inspector(False))
        self._stack = panes.Stack()
        self._lay_out(places)
        self.finder = Finder(self)
        self.commands = [*self._given, *own_commands(self)]
        fill(self, self.commands)
        self.topbar.show_tools([c for c in self.commands if c.icon in SHOWN])
        self.desk.changed.connect(self._changed)
        if self.session is not None:
            self.session.waiting.connect(self._waits)
        self.setAcceptDrops(True)
        self.resize(1280, 800)
        self._title()
        self.sidebar.choose(self.place)
        self._awaited = empty
        if not empty:
            self.go(self.place)

    # ------------------------------------------------------------------ parts

    def _lay_out(self, places: Sequence[Place]) -> None:
        self.sidebar = Sidebar(places, [c for c in self._given if c.icon in ("language", "theme")])
        self.sidebar.chosen.connect(self.go)
        self.topbar = TopBar(self.desk, self.settings)
        top = correcting.under(self.topbar, self.desk, self.go)
        self.setCentralWidget(panes.frame(self.sidebar, top, panes.Beside(self._stack, self.inspector), self.notices))

    # ------------------------------------------------------------------ places

    @property
    def places(self) -> list[Place]:
        """All places, in the order of the side list."""
        return list(self._places.values())

    @property
    def session(self) -> Session | None:
        """The open plant; None at head office."""
        return self.desk if isinstance(self.desk, Session) else None

    def go(self, key: str, subject: object = None) -> None:
        """Show a place, and there a subject."""
        if key not in self._places:
            return
        page = self.page(key)
        self.sidebar.choose(key)
        if self.place != key or self._stack.currentWidget() is not page:
            self.place = key
            self._stack.setCurrentWidget(page)
            self.inspector.show_widget(page.inspect() if self.inspector.isVisible() else None)
        self._refresh()
        if subject is not None:
            page.show_subject(subject)

    def come(self, key: str, subject: object = None) -> None:
        """Go and take the keyboard along: to the subject, else to where it was on that page or where one works."""
        if key not in self._places:
            return
        page = self.page(key)
        last = page.focusWidget()
        self.go(key, subject)
        if subject is None:
            panes.enter(page, last, page.main())

    def page(self, key: str) -> Page:
        """The page of a place, made at its first use."""
        if key not in self._pages:
            page = self._places[key].create(self.desk, self.settings)
            page.setAccessibleName(say(self._places[key].info.title))
            page.told.connect(self.notices.tell)
            page.working.connect(self.notices.follow)
            page.inspected.connect(self._inspect)
            page.selected.connect(self._inspect_again)
            page.inspector_wanted.connect(lambda: self.show_inspector(True))
            page.wanted.connect(self.come)
            self._stack.addWidget(page)
            self._pages[key] = page
        return self._pages[key]

    def _changed(self) -> None:
        if self._entries != self.desk.file.entries:
            self._entries = self.desk.file.entries
            self.notices.outdate()
        self._fresh.clear()
        self.topbar.refresh()
        self._title()
        self._refresh()

    def _waits(self, words: Text) -> None:
        self.notices.tell(Notice("warning", say(words), (_("Compare"), lambda: self.go("compare"))))

    def _refresh(self) -> None:
        """Only what is seen is brought up to date; the others when they are shown."""
        if self.place not in self._fresh:
            self._fresh.add(self.place)
            self.page(self.place).refresh()

    def _title(self) -> None:
        self.setWindowTitle(f"{headline(self.desk)[0]} – Plant Carbon Audit")

    # ------------------------------------------------------------------ commands

    def undo(self) -> None:
        """Take the last change back."""
        self._step("undo")

    def redo(self) -> None:
        """Bring back what was undone."""
        self._step("redo")

    def _step(self, what: str) -> None:
        try:
            entry = self.desk.undo() if what == "undo" else self.desk.redo()
        except UserError as error:
            self.notices.tell(of_error(error))
            return
        waits = self.session is not None and self.session.waits(entry) is not None
        if entry is not None and not waits:
            self.notices.tell(Notice("info", say(entry.change.why)))

    def toggle_inspector(self) -> None:
        """Open or close the inspector."""
        self.show_inspector(not self.inspector.isVisible())

    def show_inspector(self, visible: bool) -> None:
        """Open it on what is selected, or close it."""
        self.inspector.setVisible(visible)
        if visible:
            self.inspector.show_widget(self.page(self.place).inspect())

    def _inspect_again(self) -> None:
        if self.inspector.isVisible() and self.sender() is self.page(self.place):
            self.inspector.show_widget(self.page(self.place).inspect())

    def _inspect(self, widget: QWidget | None) -> None:
        if self.sender() is self.page(self.place) and self.inspector.isVisible():
            self.inspector.show_widget(widget)
        elif widget is not None:
            widget.deleteLater()

    def show_palette(self) -> None:
        """Everything that can be done, by typing."""
        self.finder.open()

    def search(self) -> None:
        """Everything that can be found, by typing."""
        self.finder.open(everything=True)

    def cycle(self) -> None:
        """The keyboard goes from the places to the page, the inspector, the top and back."""
        page = self.page(self.place)
        order: list[panes.Pane] = [
            (self.sidebar, self.sidebar.focus_chosen),
            (self.topbar, self.topbar.year.setFocus),
            (page, lambda: panes.enter(page, page.focusWidget(), page.main())),
            (self.inspector, self.inspector.focus),
            *self.more_panes,
        ]
        panes.cycle(order, self.focusWidget())

    # ------------------------------------------------------------------ files dropped, end

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = panes.dropped(event)
        if to_open(paths) is not None or self._taker(paths):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = panes.dropped(event)
        if (other := to_open(paths)) is not None:
            event.acceptProposedAction()
            QTimer.singleShot(0, self, lambda: self.dropped.emit(other))  # the window goes, but not amid its own event
        elif key := self._taker(paths):
            event.acceptProposedAction()
            self.go(key)
            page, before = self.page(key), self.notices.notice
            own = [path for path in paths if page.takes(path)]
            page.take(own)
            if len(own) < len(paths) and self.notices.notice is before:
                names = ", ".join(path.name for path in paths if path not in own)
                self.notices.tell(Notice("warning", _("Left aside, for it does not belong here: {files}", files=names)))

    def _taker(self, paths: list[Path]) -> str:
        """The place that takes these files: the one shown, else the first that takes all, else one that takes some."""
        keys = [self.place, *self._places]
        for enough in (all, any):
            for key in keys:
                if paths and enough(self.page(key).takes(path) for path in paths):
                    return key
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._awaited:
            self._awaited = False
            QTimer.singleShot(0, self, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)
