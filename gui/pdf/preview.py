"""A PDF inside the window: a strip of pages at the left, the pages to read at the right; only what is seen is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.jobs import Job, Progress
from gui.language import _
from gui.pdf.pages import Picture, Source, page_sizes, pictures
from gui.theme import colour
from gui.widgets import label, tool

GAP = 12
ZOOMS = (0.5, 0.67, 0.8, 1.0, 1.25, 1.5, 2.0, 3.0)
"""1.0 is the width of the space."""
WIDEST = 120
"""Letters of the window's font: no page is drawn wider than this before somebody enlarges it."""
KEPT = 24
"""Pictures of pages that are kept."""
Sizes = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pictures, and of what."""

    pdf: Source
    width: int
    pictures: tuple[Picture, ...]


class Sheets(QAbstractScrollArea):
    """Pages one below the other, as wide as the space times ``zoom``."""

    page_changed = Signal(int)
    picked = Signal(int)
    zoom_asked = Signal(int)
    """One step larger or smaller."""

    def __init__(self, name: str, *, strip: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().setSingleStep(40)
        self._strip = strip
        self._pdf: Source = b""
        self._sizes: Sizes = ()
        self._tops = [GAP]
        """Upper edge of each page in the whole document."""
        self._zoom = 1.0
        self._page = 0
        self._images: dict[int, QImage] = {}
        self._job: Job | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(20)
        self._soon.timeout.connect(self._draw_missing)

    def show_pdf(self, pdf: Source, sizes: Sizes) -> None:
        """Another document; the place in it is kept if it has so many pages."""
        self._pdf, self._sizes = pdf, sizes
        self._images.clear()
        self._arrange()
        self.go(min(self._page, max(0, len(sizes) - 1)), quiet=True)

    @property
    def source(self) -> Source:
        """What is shown."""
        return self._pdf

    @property
    def page(self) -> int:
        """The page one reads, from 0."""
        return self._page

    @property
    def zoom(self) -> float:
        """Page width in widths of the space."""
        return self._zoom

    def set_zoom(self, zoom: float) -> None:
        """Larger or smaller, keeping the page."""
        page = self._page
        self._zoom = zoom
        self._images.clear()
        self._arrange()
        self.go(page, quiet=True)

    def go(self, page: int, *, quiet: bool = False) -> None:
        """Bring the top of a page into view; a strip only as far as needed."""
        if not 0 <= page < len(self._sizes):
            return
        self._page = page
        rect = self._rect(page)
        bar = self.verticalScrollBar()
        if not self._strip or rect.top() < bar.value():
            bar.setValue(rect.top() - GAP)
        elif rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(rect.bottom() + GAP - self.viewport().height())
        self._page = page
        self._describe()
        if not quiet:
            self.page_changed.emit(page)
        self._soon.start()
        self.viewport().update()

    def pending(self) -> bool:
        """Whether a visible page is still to be drawn."""
        return bool(self._missing())

    # ------------------------------------------------------------------ geometry

    def _width(self) -> int:
        comfortable = self.fontMetrics().horizontalAdvance("0") * WIDEST
        return max(40, round(min(comfortable, self.viewport().width() - 2 * GAP) * self._zoom))

    def _height(self, page: int) -> int:
        wide, high = self._sizes[page]
        return round(self._width() * high / wide)

    def _rect(self, page: int) -> QRect:
        """Of a page in the whole document."""
        left = max(GAP, (self.viewport().width() - self._width()) // 2)
        return QRect(left, self._tops[page], self._width(), self._height(page))

    def _label_height(self) -> int:
        return self.fontMetrics().height() + 4 if self._strip else 0

    def _arrange(self) -> None:
        self._tops = [GAP]
        for page in range(len(self._sizes)):
            self._tops.append(self._tops[-1] + self._height(page) + self._label_height() + GAP)
        last = len(self._sizes) - 1
        high = self._tops[-1] if last >= 0 else 0
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(0, high - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        across.setRange(0, max(0, self._width() + 2 * GAP - self.viewport().width()))
        across.setPageStep(self.viewport().width())

    def _seen(self) -> list[int]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        rects = [(page, self._rect(page)) for page in range(len(self._sizes))]
        return [page for page, rect in rects if rect.bottom() >= top and rect.top() <= bottom]

    # ------------------------------------------------------------------ pictures

    def _missing(self) -> list[int]:
        return [page for page in self._seen() if page not in self._images]

    def _draw_missing(self) -> None:
        missing = self._missing()
        if self._job is not None or not missing or not self.isVisible():
            return
        pdf, width = self._pdf, round(self._width() * self.devicePixelRatioF())
        pages = tuple(missing[:6])

        def work(_progress: Progress, _cancelled: object) -> Drawn:
            return Drawn(pdf, width, pictures(pdf, pages, width))

        self._job = job = Job(work)
        job.done.connect(self._keep)
        job.ended.connect(self._drawn)
        job.start()

    def _keep(self, drawn: Drawn) -> None:
        if drawn.pdf is not self._pdf or drawn.width != round(self._width() * self.devicePixelRatioF()):
            return
        for picture in drawn.pictures:
            image = picture.image()
            image.setDevicePixelRatio(self.devicePixelRatioF())
            self._images[picture.page] = image
        if not self._strip:
            seen = set(self._seen())
            for page in [p for p in self._images if p not in seen][: max(0, len(self._images) - KEPT)]:
                del self._images[page]

    def _drawn(self) -> None:
        self._job = None
        self.viewport().update()
        if self._missing():
            self._soon.start()

    # ------------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        letters = self.fontMetrics().horizontalAdvance("0")
        return QSize(letters * (18 if self._strip else 60), self.fontMetrics().height() * 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), colour("sunken"))
        moved = QPoint(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        for page in self._seen():
            rect = self._rect(page).translated(-moved)
            image = self._images.get(page)
            if image is None:
                painter.fillRect(rect, Qt.GlobalColor.white)
            else:
                painter.drawImage(rect.topLeft(), image)  # as drawn: stretched by a pixel it would lose a line
            chosen = self._strip and page == self._page
            painter.setPen(QPen(colour("accent" if chosen else "line"), 2 if chosen else 1))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
            if self._strip:
                painter.setPen(colour("text" if chosen else "muted"))
                below = QRect(rect.left(), rect.bottom() + 3, rect.width(), self._label_height())
                painter.drawText(below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, str(page + 1))
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._images.clear()
            page = self._page
            self._arrange()
            self.go(page, quiet=True)
        else:
            self._arrange()
        self._soon.start()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        if not self._strip and self._sizes:
            middle = self.verticalScrollBar().value() + self.viewport().height() // 3
            page = max((p for p in range(len(self._sizes)) if self._rect(p).top() <= middle), default=0)
            if page != self._page:
                self._page = page
                self._describe()
                self.page_changed.emit(page)
        self._soon.start()
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._strip:
            at = event.position().toPoint() + QPoint(0, self.verticalScrollBar().value())
            for page in self._seen():
                if self._rect(page).adjusted(-GAP, 0, GAP, self._label_height()).contains(at):
                    self.picked.emit(page)
                    return
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self._strip:
            self.zoom_asked.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if control and event.key() in (keys.Key_Plus, keys.Key_Equal):
            self.zoom_asked.emit(1)
        elif control and event.key() == keys.Key_Minus:
            self.zoom_asked.emit(-1)
        elif event.key() == keys.Key_Home:
            self.picked.emit(0)
        elif event.key() == keys.Key_End:
            self.picked.emit(len(self._sizes) - 1)
        elif self._strip and event.key() in (keys.Key_Down, keys.Key_Up):
            self.picked.emit(self._page + (1 if event.key() == keys.Key_Down else -1))
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().event(event)

    def _describe(self) -> None:
        words = _("Page {page} of {pages}", page=self._page + 1, pages=len(self._sizes)) if self._sizes else ""
        self.setAccessibleDescription(words)


class Preview(QWidget):
    """Strip, pages, zoom; a sentence in their place while there is nothing to show."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.sheets = Sheets(name or _("Pages of the report"))
        self.strip = Sheets(_("Overview of the pages"), strip=True)
        self.place = label("", "muted")
        self._smaller = tool("zoom-out", _("Smaller"), lambda: self._step(-1), keys="Ctrl+-")
        self._larger = tool("zoom-in", _("Larger"), lambda: self._step(1), keys="Ctrl++")
        self._percent = label("100 %", "muted")
        self._words = label("", "muted", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._build()
        self.sheets.page_changed.connect(self._follow)
        self.sheets.zoom_asked.connect(self._step)
        self.sheets.picked.connect(self.sheets.go)
        self.strip.picked.connect(self._pick)
        self._pages = 0
        self._tools: list[QWidget] = []
        self.say_instead("")

    def _build(self) -> None:
        self.bar = QHBoxLayout()
        self.bar.setSpacing(6)
        self.bar.addWidget(self.place)
        self.bar.addStretch(1)
        for widget in (self._smaller, self._percent, self._larger):
            self.bar.addWidget(widget)
        self.strip.setFixedWidth(self.fontMetrics().horizontalAdvance("0") * 17)
        pages = QWidget()
        row = QHBoxLayout(pages)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.strip)
        row.addWidget(self.sheets, 1)
        self._stack.addWidget(self._words)
        self._stack.addWidget(pages)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(self.bar)
        whole.addWidget(self._stack, 1)

    def add_tool(self, widget: QWidget) -> None:
        """Put a button at the right end of the bar."""
        self.bar.addWidget(widget)
        self._tools.append(widget)

    def stops(self) -> list[QWidget]:
        """What the keyboard goes through, in the order of reading."""
        return [self._smaller, self._larger, *self._tools, self.strip, self.sheets]

    @property
    def showing(self) -> bool:
        """Whether pages are shown, and not words."""
        return self._stack.currentIndex() == 1

    @property
    def document(self) -> bytes | None:
        """The whole PDF that is shown; None for words."""
        source = self.sheets.source
        return None if not self.showing else source.read_bytes() if isinstance(source, Path) else source

    def say_instead(self, sentence: str) -> None:
        """Show words and no pages."""
        self._words.setText(sentence)
        self._stack.setCurrentIndex(0)
        for widget in (self.place, self._smaller, self._percent, self._larger):
            widget.setVisible(False)

    def show_pdf(self, pdf: Source, sizes: Sizes | None = None) -> None:
        """Show a document; ``sizes`` of its pages, where they are known already.

        Raises
        ------
        RuntimeError
            when it is no PDF, or one that is locked.
        """
        sizes = page_sizes(pdf) if sizes is None else sizes
        self._stack.setCurrentIndex(1)
        for widget in (self.place, self._smaller, self._percent, self._larger):
            widget.setVisible(True)
        for view in (self.sheets, self.strip):
            view.show_pdf(pdf, sizes)
        self._pages = len(sizes)
        self._follow(self.sheets.page)

    def _pick(self, page: int) -> None:
        self.sheets.go(page)
        self._follow(self.sheets.page)

    def _follow(self, page: int) -> None:
        self.place.setText(_("Page {page} of {pages}", page=page + 1, pages=self._pages))
        self.strip.go(page, quiet=True)

    def _step(self, by: int) -> None:
        place = min(range(len(ZOOMS)), key=lambda i: abs(ZOOMS[i] - self.sheets.zoom)) + by
        if 0 <= place < len(ZOOMS):
            self.sheets.set_zoom(ZOOMS[place])
            self._percent.setText(f"{ZOOMS[place]:.0%}".replace("%", " %"))
