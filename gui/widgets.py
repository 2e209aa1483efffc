"""Small pieces that look the same on every page: headings, captions, cards, buttons."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from core.i18n import labelled
from gui.fonts import figures, scaled
from gui.icons import icon, pixmap
from gui.language import language
from gui.theme import dress, tokens

SCREEN_SHARE = 0.94
"""Of the screen that a dialog may take."""


def letters(widget: QWidget, count: int) -> int:
    """The width of so many digits, for sizes that follow the font. [px]"""
    return widget.fontMetrics().horizontalAdvance("0") * count


def as_large(dialog: QWidget, wide: int, high: int) -> None:
    """So many digits wide and high, but never larger than the screen, so that its buttons can be reached."""
    room = dialog.screen().availableSize() * SCREEN_SHARE
    dialog.resize(QSize(letters(dialog, wide), letters(dialog, high)).boundedTo(room))


def label(text: str, role: str = "", *, size: float = 1.0, strong: bool = False, wrap: bool = False) -> QLabel:
    """Plain words; ``role`` is ``muted``, ``good``, ``warning``, ``bad`` or nothing."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if size != 1.0 or strong:
        made.setFont(scaled(made.font(), size, strong=strong))
    if wrap:
        made.setWordWrap(True)
    return made


def on_top(words: QLabel, *, right: bool = False) -> QLabel:
    """Words at the top of their cell. Were it the grid that put them there, it would give them one line's height."""
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    words.setAlignment(side | Qt.AlignmentFlag.AlignTop)
    return words


def heading(text: str) -> QLabel:
    """The title of a page."""
    return label(text, size=1.35, strong=True)


def subheading(text: str, *, wrap: bool = False) -> QLabel:
    """The title of a part of a page."""
    return label(text, strong=True, wrap=wrap)


def number(text: str, *, size: float = 1.0, strong: bool = False) -> QLabel:
    """A figure one may select and copy, with digits of one width."""
    made = label(text, size=size, strong=strong)
    made.setFont(figures(made.font()))
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


def card() -> tuple[QFrame, QVBoxLayout]:
    """A sheet of paper with its layout."""
    frame = QFrame()
    frame.setObjectName("card")
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(16, 12, 16, 14)
    inside.setSpacing(6)
    return frame, inside


def number_card(
    title: str, text: str, unit: str, *, size: float, spacing: int = 2, role: str = "muted", said: str = ""
) -> tuple[QFrame, QVBoxLayout]:
    """A card that begins with a title and one large number; the layout takes what belongs below.

    ``said`` is what screen readers say in place of title, number and unit.
    """
    frame, inside = card()
    frame.setAccessibleName(said or labelled(title, f"{text} {unit}".rstrip(), language()))
    inside.setSpacing(spacing)
    inside.addWidget(label(title, role, wrap=True))
    row = QHBoxLayout()
    row.setSpacing(5)
    row.addWidget(number(text, size=size, strong=True), 0, Qt.AlignmentFlag.AlignBaseline)
    if unit:
        row.addWidget(label(unit, "muted"), 0, Qt.AlignmentFlag.AlignBaseline)
    row.addStretch(1)
    inside.addLayout(row)
    return frame, inside


def bar(share: float, colour: str = "", *, track: bool = False) -> QWidget:
    """A bar that fills its share of the width; the number stands beside it in words. With ``track`` the rest is seen
    too: for shares of a whole."""
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    full = QFrame()
    full.setStyleSheet(f"background: {colour or tokens().series[0]}; border-radius: 2px;")
    full.setFixedHeight(max(8, made.fontMetrics().height() // 2))
    parts = round(max(0.0, min(1.0, share)) * 1000)
    if parts:
        row.addWidget(full, parts)
    if parts < 1000 and track:
        rest = QFrame()
        rest.setStyleSheet(f"background: {tokens().line}; border-radius: 2px;")
        rest.setFixedHeight(full.height())
        row.addWidget(rest, 1000 - parts)
    elif parts < 1000:
        row.addStretch(1000 - parts)
    return made


def rule() -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setObjectName("rule")
    return line


def marked(level_icon: str, token: str, text: str) -> QWidget:
    """An icon with words beside it, so that colour is never alone."""
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    sign = QLabel()
    sign.setPixmap(pixmap(level_icon, token, 16))
    sign.setContentsMargins(0, 2, 0, 0)
    line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(text, wrap=True), 1)
    return made


def button(text: str, act: Callable[[], object], *, role: str = "", picture: str = "", tip: str = "") -> QPushButton:
    """A push button; ``role`` is ``primary``, ``link``, ``tile`` or nothing."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    if role:
        made.setProperty("role", role)
    if picture:
        made.setIcon(icon(picture, "on_accent" if role == "primary" else "text"))
    if tip:
        made.setToolTip(tip)
    made.clicked.connect(lambda _checked=False: act())
    return made


def tool(picture: str, name: str, act: Callable[[], object], *, keys: str = "") -> QToolButton:
    """A button that is only an icon; its name is the tooltip and what screen readers say."""
    made = QToolButton()
    made.setIcon(icon(picture))
    made.setAccessibleName(name)
    made.setToolTip(f"{name} ({keys})" if keys else name)
    made.clicked.connect(lambda _checked=False: act())
    return made


def as_search(line: QLineEdit, hint: str, name: str = "") -> None:
    """A line that looks for what is typed; ``name`` is for screen readers where it says more than the hint."""
    line.setPlaceholderText(hint)
    line.setAccessibleName(name or hint)
    line.setClearButtonEnabled(True)
    line.addAction(icon("search", "muted"), QLineEdit.ActionPosition.LeadingPosition)


def suggest(completer: QCompleter) -> None:
    """In a list below the line, whatever holds what was typed."""
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    if (below := completer.popup()) is not None:
        dress(below)  # the one window that hangs over no other


def scrolled(content: QWidget) -> QScrollArea:
    """Content that may be taller than the window, never wider."""
    area = QScrollArea()
    as_scrolled(area, content)
    return area


def as_scrolled(area: QScrollArea, content: QWidget) -> None:
    """Put content into an area that scrolls."""
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    content.setObjectName("page")
    area.setWidget(content)


def divided(*parts: QWidget, upright: bool = False) -> QSplitter:
    """Parts beside each other, or one below the other; lines between them can be dragged, and none can be closed."""
    made = QSplitter(Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal)
    as_divided(made, *parts)
    return made


def as_divided(split: QSplitter, *parts: QWidget) -> None:
    """Put parts into a splitter that closes none of them."""
    split.setHandleWidth(1)
    split.setChildrenCollapsible(False)
    for part in parts:
        split.addWidget(part)


def with_air(*parts: QWidget, above: int = 10) -> QWidget:
    """Parts with some room above them, as below the names of tabs; the last takes what is left. ``above`` in pixels."""
    made = QWidget()
    inside = QVBoxLayout(made)
    inside.setContentsMargins(0, above, 0, 0)
    inside.setSpacing(10)
    for part in parts:
        inside.addWidget(part, int(part is parts[-1]))
    return made


def empty_state(picture: str, title: str, sentence: str, *buttons: QPushButton) -> QWidget:
    """What an empty page shows: what belongs there, and the buttons that begin it."""
    made = QWidget()
    column = QVBoxLayout(made)
    column.setSpacing(8)
    sign = QLabel()
    sign.setPixmap(pixmap(picture, "muted", 40))
    sign.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    title_label = label(title, size=1.2, strong=True)
    words = label(sentence, "muted", wrap=True)
    row = QHBoxLayout()
    row.addStretch(1)
    for one in buttons:
        row.addWidget(one)
    row.addStretch(1)
    column.addStretch(2)
    column.addWidget(sign)
    for text in (title_label, words):
        text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(text)
    column.addSpacing(8)
    column.addLayout(row)
    column.addStretch(3)
    return made


def allow(one: QPushButton, why_not: str) -> None:
    """A button that says why it cannot be pressed, and else what it said at first."""
    if one.property("tip") is None:
        one.setProperty("tip", one.toolTip())
    one.setEnabled(not why_not)
    one.setToolTip(why_not or str(one.property("tip")))
    one.setAccessibleDescription(why_not)


def in_order(*stops: QWidget) -> None:
    """The keyboard goes through these one after the other; what is made anew would come last otherwise."""
    for one, other in pairwise(stops):
        QWidget.setTabOrder(one, other)


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and of the layouts in it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
