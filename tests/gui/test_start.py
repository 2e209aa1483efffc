"""The first screen: tiles with a title and a sentence."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.start import Beginning, Tile


def test_title_and_sentence_of_a_high_tile_stay_together(qtbot: QtBot) -> None:
    tile = Tile(Beginning("open", "Open a plant file", "One file holds everything.", lambda: None))
    qtbot.addWidget(tile)
    tile.resize(400, 3 * tile.sizeHint().height())
    tile.show()
    title, sentence = (one for one in tile.findChildren(QLabel) if one.text())
    assert title.height() == title.sizeHint().height() and sentence.y() - title.geometry().bottom() < 5
