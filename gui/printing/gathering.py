"""What a person sees on a page, as parts in the order of reading: words, cards, tables with all their rows, plots.

No page knows that it can be printed. Whoever reads it here sees what a person sees, also what one must scroll to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import groupby
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableView,
    QTabWidget,
    QTextEdit,
    QTreeView,
    QWidget,
)

from core.report.letters.seen import Figure, Grid, Part, Shot, Words
from gui.language import _
from gui.pdf.preview import Preview
from gui.plots.tools import Plot
from gui.printing.plots import shot_of
from gui.tables.table import Table

MOST_ON_CARD = 8
"""Words of a card that is set as a figure; one with more is read like any other part."""
HEADING = 1.05
"""Words so much larger than those of the window, or bold, are a heading."""
LONGEST = 60
"""Of a heading. [characters]"""
BETWEEN = "\u00a0\u00a0\u00a0 "
"""Words that stand beside each other on the screen."""
_NUMBER = re.compile(r"[\W_]*\d[\d.,\u00a0 ]*\W*")
LEAST_TOLD, WIDE_SIGNS = 18, 0x2E7F
"""Cells of a link that says something, like the name of a record; Chinese signs take two."""
MOST_ROWS = 20_000
"""Of a table that are printed; nobody reads more on paper."""
_FIGURES = re.compile(r"\W*\d[\d.,%\u00a0 ]*\W*")
"""Nothing but a number, which is no heading however large it is."""
_OF_FIGURE = (2, 3, 4)
"""Lines that are a number with its name and what belongs to it."""
_TAG = re.compile(r"<[^>]+>")


def gathered(widget: QWidget) -> tuple[Part, ...]:
    """The parts of a page or of what the inspector shows."""
    return tuple(_parts(widget, widget))


def _parts(widget: QWidget, root: QWidget) -> Iterator[Part]:
    """Of one widget, which may hold others."""
    if not widget.isVisibleTo(root) or isinstance(widget, Preview):
        return
    own = _own(widget)
    if own is not None:
        yield from own
        return
    if isinstance(widget, QFrame) and widget.objectName() == "card" and (card := _card(widget, root)) is not None:
        yield card
        return
    if isinstance(widget, QTabWidget):
        yield Words(_plain(widget.tabText(widget.currentIndex())), heading=True)
        yield from _parts(widget.currentWidget(), root)
        return
    inner = list(_lines(widget, root))
    texts = [part.text for part in inner if isinstance(part, Words) and not part.heading]
    if len(texts) == len(inner) and len(texts) in _OF_FIGURE and _NUMBER.match(texts[1]):
        yield Figure(texts[0], "\n".join(texts[1:]))
    else:
        yield from inner


def _own(widget: QWidget) -> list[Part] | None:
    """Of a widget that is read as a whole; None where what it holds is read."""
    if isinstance(widget, Table):
        return [of_table(widget)]
    if isinstance(widget, Plot):
        shot = shot_of(widget)
        return [] if shot is None else [shot]
    if isinstance(widget, QTreeView):
        return [_of_model(widget, widget.model(), widget.header())]
    if isinstance(widget, QTableView):
        return [_of_model(widget, widget.model(), widget.horizontalHeader())]
    if isinstance(widget, QListView):
        return [Words(text) for text in _list(widget)]
    words = _words(widget)
    return None if words is None else [words] if words.text else []


def _lines(widget: QWidget, root: QWidget) -> Iterator[Part]:
    """What a widget holds, row by row; rows of as many short words each become a small table."""
    open_rows: list[list[Words]] = []
    for row in _rows(widget, root):
        found = [list(_parts(one, root)) for one in row]
        cells = [parts[0] for parts in found if parts and isinstance(parts[0], Words)]
        if len(cells) > 1 and all(len(parts) == 1 for parts in found if parts) and len(cells) == sum(map(bool, found)):
            if open_rows and len(open_rows[0]) != len(cells):
                yield from _closed(open_rows)
                open_rows = []
            open_rows.append(cells)
            continue
        yield from _closed(open_rows)
        open_rows = []
        for parts in found:
            yield from parts
    yield from _closed(open_rows)


def _closed(rows: list[list[Words]]) -> Iterator[Part]:
    """One row of words as a line, several below each other as a table without headings."""
    if len(rows) == 1:
        yield Words(BETWEEN.join(cell.text for cell in rows[0]), heading=all(cell.heading for cell in rows[0]))
    elif rows:
        longest = [max(len(row[place].text) for row in rows) for place in range(len(rows[0]))]
        widths = tuple(float(min(max(one, 8), 60)) for one in longest)
        yield Grid("", ("",) * len(widths), [[cell.text for cell in row] for row in rows], widths)


def _rows(widget: QWidget, root: QWidget) -> Iterator[list[QWidget]]:
    """What a widget holds, from top to bottom and from left to right."""
    found = [one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow()]
    seen = [one for one in found if one.isVisibleTo(root) and one.width() > 0 and one.height() > 0]

    def place(one: QWidget) -> QPoint:
        return one.mapTo(root, QPoint(0, 0))

    middle = {id(one): place(one).y() + min(one.height(), 40) // 2 for one in seen}
    seen.sort(key=lambda one: (place(one).y(), place(one).x()))
    rows: list[list[QWidget]] = []
    for one in seen:
        if rows and place(one).y() <= middle[id(rows[-1][0])]:
            rows[-1].append(one)
        else:
            rows.append([one])
    for row in rows:
        yield sorted(row, key=lambda one: place(one).x())


def _card(frame: QFrame, root: QWidget) -> Figure | None:
    """A card that holds a few words and nothing else."""
    inner = list(_lines(frame, root))
    texts = [part.text for part in inner if isinstance(part, Words)]
    if len(texts) < len(inner) or not 2 <= len(texts) <= MOST_ON_CARD:
        return None
    return Figure(texts[0], "\n".join(texts[1:]))


# ---------------------------------------------------------------------- words


def _words(widget: QWidget) -> Words | None:
    """What a widget says in words; None for one that is not made of words."""
    if isinstance(widget, QLabel):
        text, large = _plain(widget.text()), widget.window().font().pointSizeF() * HEADING
        strong = widget.font().bold() or widget.font().pointSizeF() > large
        return Words(text, heading=strong and len(text) < LONGEST and not _FIGURES.fullmatch(text))
    if isinstance(widget, QLineEdit):
        return Words("" if widget.echoMode() != QLineEdit.EchoMode.Normal else widget.text().strip())
    if isinstance(widget, QComboBox):
        return Words(widget.currentText().strip())
    if isinstance(widget, QAbstractSpinBox):
        return Words(widget.text())
    if isinstance(widget, (QPlainTextEdit, QTextEdit)):
        return Words(widget.toPlainText().strip())
    if isinstance(widget, QPushButton):
        return Words(_told_by(widget))
    if isinstance(widget, (QCheckBox, QRadioButton)):
        return Words(_plain(widget.text())) if widget.isChecked() else Words("")
    return None


def _told_by(link: QPushButton) -> str:
    """What a link says; on paper nobody follows one that only says where it leads."""
    text = _plain(link.text())
    cells = sum(2 if ord(sign) > WIDE_SIGNS else 1 for sign in text)
    return text if link.property("role") in ("link", "tile") and cells > LEAST_TOLD else ""


def _plain(text: str) -> str:
    """Without the marks of rich text, of shortcuts and of places where a word may break."""
    words = unescape(_TAG.sub(" ", text)) if "<" in text and ">" in text else text
    return re.sub(r"[ \t\u00a0]+", " ", re.sub(r"[\u200b\u2060]|&(?=\w)", "", words)).strip()


# ---------------------------------------------------------------------- tables


def of_table(table: Table[Any]) -> Grid:
    """Rows as they are filtered and sorted, columns as they were chosen."""
    view, model = table.view, table.model
    head = view.horizontalHeader()
    order = sorted(range(len(model.columns)), key=head.visualIndex)
    shown = [place for place in order if not view.isColumnHidden(place)]
    columns = [model.columns[place] for place in shown]
    seen, total = len(model.visible), len(model.records)
    note = _("Filtered by “{words}”: {seen} of {total} rows.", words=table.search.text().strip(),
             seen=f"{seen:,}", total=f"{total:,}") if model.filtered else ""  # fmt: skip
    if seen > MOST_ROWS:
        note = " ".join(
            (note, _("The first {count} rows are printed; export the table for all.", count=f"{MOST_ROWS:,}"))
        )
    return Grid(
        view.accessibleName(),
        tuple(column.heading for column in columns),
        [[column.text(record) for column in columns] for record in model.visible[:MOST_ROWS]],
        tuple(float(max(view.columnWidth(place), 24)) for place in shown),
        frozenset(place for place, column in enumerate(columns) if column.align == "right"),
        note,
    )


def _of_model(view: QAbstractItemView, model: QAbstractItemModel, head: QHeaderView) -> Grid:
    """Any other table or tree: rows that are open, a step in for each level."""
    shown = [place for place in range(model.columnCount()) if not head.isSectionHidden(place)]
    texts = [str(model.headerData(place, Qt.Orientation.Horizontal) or "") for place in shown]
    rows: list[list[str]] = []

    def below(parent: QModelIndex, depth: int) -> None:
        for row in range(model.rowCount(parent)):
            cells = [str(model.index(row, place, parent).data() or "") for place in shown]
            rows.append(["\u00a0" * 4 * depth + cells[0], *cells[1:]] if cells else cells)
            first = model.index(row, 0, parent)
            if isinstance(view, QTreeView) and view.isExpanded(first):
                below(first, depth + 1)

    below(QModelIndex(), 0)
    right = frozenset(place for place, column in enumerate(shown) if _is_right(model, column))
    widths = tuple(float(max(head.sectionSize(place), 24)) for place in shown)
    return Grid(view.accessibleName(), tuple(texts), rows, widths, right)


def _is_right(model: QAbstractItemModel, column: int) -> bool:
    align = model.index(0, column).data(int(Qt.ItemDataRole.TextAlignmentRole))
    return align is not None and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)


def _list(view: QListView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount()):
        if text := str(model.index(row, 0).data() or "").strip():
            yield text


def pdf_of(widget: QWidget) -> bytes | None:
    """The PDF that a page shows, if it shows one."""
    found = (one.document for one in widget.findChildren(Preview) if one.isVisibleTo(widget) and one.showing)
    return next((pdf for pdf in found if pdf is not None), None)


def without_repeats(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Words that say the same as those before them are said once; so is the name of a table or plot below such a
    heading."""
    once = [part for part, _same in groupby(parts)]
    found: list[Part] = []
    for part in once:
        before = found[-1] if found else None
        heading = before.text if isinstance(before, Words) and before.heading else None
        if isinstance(part, Grid | Shot) and heading is not None and part.name in heading:
            found.append(replace(part, name=""))
        else:
            found.append(part)
    return tuple(found)


__all__ = ["Figure", "Grid", "Part", "Shot", "Words", "gathered", "of_table", "pdf_of", "without_repeats"]
