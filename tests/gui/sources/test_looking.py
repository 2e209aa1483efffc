"""What one series lacks stays seen among others."""

from __future__ import annotations

from gui.sources.looking import together


def test_what_one_series_lacks_is_not_hidden_by_another() -> None:
    assert together(["full", "hole"]) == together(["full", "part"]) == "part"
    assert together(["none", "none"]) == "none"
    assert together(["outside", "outside"]) == "outside"
