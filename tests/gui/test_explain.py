"""What the inspector shows of a number fits the inspector, however long names and digits are."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from gui.explain import Explanation
from gui.inspector import Inspector
from gui.language import say, set_language
from gui.session import Session
from gui.wording import SCOPES
from tests.gui.walk import beyond, clipped


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_long_names_and_all_digits_have_room_beside_each_other(qtbot: QtBot, session: Session, lang: str) -> None:
    set_language(lang)
    shown, inspector = Explanation(session.library), Inspector()
    qtbot.addWidget(inspector)
    shown.pairs([(say(name), "1,105,437.37862607 t CO₂e") for name in SCOPES.values()])
    inspector.show_widget(shown)
    inspector.resize(inspector.minimumSize())
    inspector.show()
    assert clipped(inspector) == [] and beyond(inspector) == []
