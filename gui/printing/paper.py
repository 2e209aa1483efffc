"""A PDF on paper: drawn by our own view of PDFs, page by page, at the resolution of the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.i18n import T
from gui.language import _
from gui.pdf.pages import page_sizes, pictures

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

FINEST = 300
"""More dots nobody sees, and they take their time. [dots per inch]"""
POINTS = 72
"""To the inch."""


def printers() -> list[str]:
    """Names of the printers of this computer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return list(QPrinterInfo.availablePrinterNames())


def ask_and_print(pdf: bytes, title: str, parent: QWidget) -> bool:
    """Ask which printer and which pages, and print; False when the person thinks better of it.

    Raises
    ------
    UserError
        when the printer takes nothing.
    """
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(_("Print"))
    dialog.setMinMax(1, len(page_sizes(pdf)))
    agreed = bool(dialog.exec())
    dialog.deleteLater()
    if agreed:
        print_pdf(pdf, printer)
    return agreed


def print_pdf(pdf: bytes, printer: QPrinter) -> None:
    """Every page, or those that were asked for, as large as the paper allows.

    Raises
    ------
    UserError
        when the printer takes nothing.
    """
    sizes = page_sizes(pdf)
    first = max(1, printer.fromPage()) - 1
    last = min(printer.toPage() or len(sizes), len(sizes))
    _lay(printer, sizes[first])
    painter = QPainter()
    if not painter.begin(printer):
        raise UserError(T("The printer takes nothing."), T("Look whether it is switched on, or save a PDF."))
    try:
        for number in range(first, last):
            if number > first:
                _lay(printer, sizes[number])
                printer.newPage()
            _draw(painter, printer, pdf, number)
    finally:
        painter.end()


def _lay(printer: QPrinter, size: tuple[float, float]) -> None:
    """The paper lies as the page does, without a margin of its own: the page has one."""
    lies = QPageLayout.Orientation.Landscape if size[0] > size[1] else QPageLayout.Orientation.Portrait
    paper = QPageSize(QSizeF(min(size), max(size)), QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch)
    printer.setPageLayout(QPageLayout(paper, lies, QMarginsF()))
    printer.setFullPage(True)


def _draw(painter: QPainter, printer: QPrinter, pdf: bytes, number: int) -> None:
    paper = printer.paperRect(type(printer).Unit.DevicePixel)
    dots = min(printer.resolution(), FINEST)
    wide = round(paper.width() * dots / printer.resolution())
    image = pictures(pdf, (number,), max(100, wide))[0].image()
    size = image.size().scaled(paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
    painter.drawImage(QRectF((paper.width() - size.width()) / 2, 0, size.width(), size.height()), image)
