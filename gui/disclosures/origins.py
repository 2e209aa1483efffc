"""Where a value comes from, as links: one record at once, several unfold into a list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.disclosures.value import Origin
from gui.disclosures.links import link
from gui.language import _, say
from gui.widgets import label

MOST = 12
"""Records that an unfolded list names."""
INDENT = 14
"""Of such a list. [px]"""
Named = Sequence[tuple[str, str]]
"""Id and words of records."""


class OriginList(QWidget):
    """The origins of one value."""

    def __init__(
        self,
        origins: Iterable[Origin],
        named: Callable[[Origin], Named],
        go: Callable[[Origin, str], object],
    ) -> None:
        """``named`` gives the records of an origin as people call them, ``go`` opens one."""
        super().__init__()
        self._named, self._go = named, go
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        for one in origins:
            self._add(one)

    def _add(self, one: Origin) -> None:
        if len(one.ids) == 1:
            self._column.addWidget(link(say(one.words), lambda: self._go(one, one.ids[0])))
            return
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(2)
        inside.hide()
        self._column.addWidget(link(say(one.words), lambda: self._unfold(one, inside)))
        self._column.addWidget(inside)

    def _unfold(self, one: Origin, inside: QWidget) -> None:
        column = inside.layout()
        assert isinstance(column, QVBoxLayout)
        if not column.count():
            for key, words in self._named(one)[:MOST]:
                column.addWidget(link(words, lambda key=key: self._go(one, key), indent=INDENT))  # type: ignore[misc]
            if len(one.ids) > MOST:
                rest = label(_("and {count} more", count=len(one.ids) - MOST), "muted", size=0.92)
                rest.setContentsMargins(INDENT, 0, 0, 0)
                column.addWidget(rest)
        inside.setVisible(inside.isHidden())
