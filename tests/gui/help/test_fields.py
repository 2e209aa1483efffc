"""Shift+F1 says what people ask about a field, by its title in either language."""

from __future__ import annotations

import re

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from core.library.record_words import field_name
from gui.fields import Field, text_field
from gui.help.fields import field_help, fields
from gui.language import set_language


@pytest.mark.parametrize("title", list(fields()))
def test_every_field_is_explained_in_both_languages(title: str) -> None:
    said = fields()[title]
    assert set(said) == {"en", "zh"}
    assert len(said["en"]) > 30 and said["en"].endswith(".")
    assert said["zh"].endswith("。") and not re.search(r"[\u4e00-\u9fff][,;:?!]", said["zh"])


def test_it_is_found_with_its_unit_and_in_the_language_of_the_window() -> None:
    assert field_help("Materiality of nothing") == ""
    assert field_help("Materiality [%]").startswith("From which error")
    assert field_help("Degradation (% a year)").startswith("What the modules lose")
    set_language("zh")
    name = field_name("meter", "multiplier").zh
    assert field_help(name).startswith("读数要乘的倍率")


def test_a_field_says_its_hint_and_the_help_once(qtbot: QtBot) -> None:
    field = text_field("Seed", hint="A number.")
    qtbot.addWidget(field)
    said = field.editor.whatsThis()
    assert "<b>Seed</b>" in said and "A number." in said and "same sample" in said
    plain = Field("Name & number", QLineEdit())
    qtbot.addWidget(plain)
    assert plain.editor.whatsThis() == ""
    hinted = Field("Name & number", QLineEdit(), "As on <the> plate.")
    qtbot.addWidget(hinted)
    assert "Name &amp; number" in hinted.editor.whatsThis() and "&lt;the&gt;" in hinted.editor.whatsThis()
