"""Print what is seen: a preview of the paper, then the printer or a PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from core.errors import UserError
from core.report.letters.seen import Seen
from gui.jobs import Job
from gui.language import _, language
from gui.pdf.preview import Preview
from gui.plots.saving import write
from gui.plots.tools import file_name
from gui.printing.gathering import gathered, pdf_of, without_repeats
from gui.topbar import headline
from gui.widgets import allow, as_large, button, heading, in_order, label

if TYPE_CHECKING:
    from gui.window import Window

WIDE_FROM = 6
"""Columns of a table from which on the paper lies on its long side by itself."""
ROOM = 520
"""Width that an explanation is laid out in when no inspector is open. [px]"""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be printed."""

    name: str
    seen: Seen | None = None
    """What was on the screen; None: it is a PDF already."""
    pdf: bytes = b""


class PrintDialog(QDialog):
    """What, how the paper lies, preview, printer or file."""

    def __init__(self, things: list[Thing], folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Print"))
        self.setModal(True)
        self._things, self._folder = things, folder
        self._pdf = b""
        self._job: Job | None = None
        self.what = QComboBox()
        self.what.setAccessibleName(_("What is printed"))
        self.what.addItems([thing.name for thing in things])
        self.lies = QComboBox()
        self.lies.setAccessibleName(_("Paper"))
        for key, words in (("upright", _("A4 upright")), ("wide", _("A4 on its long side"))):
            self.lies.addItem(words, key)
        self.preview = Preview(_("Pages to print"))
        self._told = label("", "muted", wrap=True)
        self._told.hide()
        self.print_button = button(_("Print…"), self._print, role="primary", picture="print")
        self.save_button = button(_("Save as PDF…"), self._save, picture="export")
        self.close_button = button(_("Close"), self.reject)
        self._lay_out()
        self.what.activated.connect(lambda _place: self._chosen())
        self.lies.activated.connect(lambda _place: self._make())
        as_large(self, 110, 96)
        self._chosen()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(heading(_("Print")))
        top.addStretch(1)
        top.addWidget(self.what)
        top.addWidget(self.lies)
        column.addLayout(top)
        column.addWidget(self.preview, 1)
        column.addWidget(self._told)
        row = QHBoxLayout()
        row.addStretch(1)
        for one in (self.close_button, self.save_button, self.print_button):
            row.addWidget(one)
        column.addLayout(row)
        in_order(self.what, self.lies, *self.preview.stops(), self.close_button, self.save_button, self.print_button)

    # ------------------------------------------------------------------ pages

    @property
    def thing(self) -> Thing:
        """What is chosen."""
        return self._things[self.what.currentIndex()]

    @property
    def pdf(self) -> bytes:
        """The pages; empty while they are made."""
        return self._pdf

    def _chosen(self) -> None:
        seen = self.thing.seen
        self.lies.setVisible(seen is not None)
        if seen is not None:
            self.lies.setCurrentIndex(self.lies.findData("wide" if seen.widest >= WIDE_FROM else "upright"))
        self._make()

    def _make(self) -> None:
        """Lay out the pages, off the window's thread."""
        seen, pdf, wide = self.thing.seen, self.thing.pdf, self.lies.currentData() == "wide"
        if seen is None:
            self._show(pdf)
            return
        self._pdf = b""
        self._allow()
        self.preview.say_instead(_("The pages are made…"))
        lang, when = language(), datetime.now(UTC).replace(microsecond=0)

        def work(_progress: object, _cancelled: object) -> bytes:
            from core.report.letters.screen import print_seen

            return print_seen(seen, lang, when, wide=wide)

        self._job = job = Job(work)
        job.done.connect(self._show)
        job.failed.connect(self._refused)
        job.start()

    def _show(self, pdf: bytes) -> None:
        self._pdf = pdf
        self.preview.show_pdf(pdf)
        self._allow()

    def _refused(self, error: UserError) -> None:
        self.preview.say_instead(error.text(language()))

    def _allow(self) -> None:
        from gui.printing.paper import printers

        waiting = "" if self._pdf else _("The pages are made…")
        allow(self.save_button, waiting)
        allow(self.print_button, waiting or ("" if printers() else _("This computer has no printer. Save a PDF.")))

    # ------------------------------------------------------------------ out

    def _print(self) -> None:
        from gui.printing.paper import ask_and_print

        self._attempt(lambda: self.accept() if ask_and_print(self._pdf, self.thing.name, self) else None)

    def _save(self) -> None:
        start = str(self._folder / f"{file_name(self.thing.name)}.pdf")
        name, _kind = QFileDialog.getSaveFileName(self, _("Save as PDF"), start, _("PDF files (*.pdf)"))
        if name:
            self._attempt(lambda: self.save(Path(name).with_suffix(".pdf")))

    def save(self, path: Path) -> None:
        """Write the pages to a file.

        Raises
        ------
        UserError
            when the folder or the disk refuses.
        """
        write(path, [self._pdf])
        self._tell(_("Saved {file}.", file=path.name))

    def _attempt(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            self._tell(error.text(language()))

    def _tell(self, words: str) -> None:
        self._told.setText(words)
        self._told.setAccessibleName(words)
        self._told.show()


# ---------------------------------------------------------------------- what a window shows


def things_of(window: Window) -> list[Thing]:
    """What can be printed now: the PDF that is shown, the page, and what the inspector explains."""
    page = window.page(window.place)
    title = page.accessibleName()
    found = [Thing(title, _seen(window, title, page))]
    if (pdf := pdf_of(page)) is not None:
        found.insert(0, Thing(_("{page}: the PDF", page=title), None, pdf))
    explained = _explained(window)
    if explained is not None:
        found.append(Thing(_("{page}: explanation", page=title), explained))
    return found


def _seen(window: Window, title: str, widget: QWidget) -> Seen:
    desk, now = window.desk, datetime.now().astimezone()
    about = _("Year {year} · printed {when}", year=str(desk.year), when=now.strftime("%Y-%m-%d %H:%M"))
    return Seen(title, about, headline(desk)[0], desk.person, without_repeats(gathered(widget)))


def _explained(window: Window) -> Seen | None:
    """What the inspector shows, or would show if it were open."""
    made = window.page(window.place).inspect()
    if made is None:
        return None
    made.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    made.resize(ROOM, made.sizeHint().height())
    made.show()  # laid out, not shown
    try:
        return _seen(window, _("Explanation"), made)
    finally:
        made.hide()
        made.deleteLater()


def show_print(window: Window) -> PrintDialog:
    """Open the dialog about what the window shows."""
    path = getattr(window.desk, "path", None)
    folder = path.parent if isinstance(path, Path) else Path.home()
    dialog = PrintDialog(things_of(window), folder, window)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    return dialog
