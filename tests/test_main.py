from __future__ import annotations

from collections.abc import Mapping

import pytest

import main


@pytest.mark.parametrize(
    ("called", "words", "commands"),
    [
        ("main", [], False),
        ("plant-carbon-audit", ["--demo"], False),
        ("plant-carbon-audit", ["--self-test", "out"], False),
        ("plant-carbon-audit", ["/home/li/华北 plant.PLANT"], False),
        ("plant-carbon-audit", ["group.group"], False),
        ("plant-carbon-audit", ["about"], True),
        ("main", ["verify", "report.pdf"], True),
        ("main", ["--ui-lang", "zh"], True),
        ("plant-audit", [], True),
        ("plant-audit", ["hillside.plant"], True),
    ],
)
def test_window_or_command_line(called: str, words: list[str], commands: bool) -> None:
    assert main.wants_commands(called, words) is commands


@pytest.mark.parametrize(
    ("platform", "environment", "display"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"QT_QPA_PLATFORM": "offscreen"}, True),
    ],
)
def test_where_a_window_can_open(platform: str, environment: Mapping[str, str], display: bool) -> None:
    assert main.has_display(platform, environment) is display
