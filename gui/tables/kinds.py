"""Files that hold a table, as they are dropped on a page or asked for."""

from __future__ import annotations

from pathlib import Path

from gui.language import _

TABLES = (".csv", ".xlsx", ".xlsm")
"""Endings of their names."""


def is_table(path: Path) -> bool:
    """Whether a file is one, by its name."""
    return path.suffix.casefold() in TABLES


def table_kinds() -> str:
    """What a file dialog offers."""
    return f"{_('Excel and CSV files')} ({' '.join('*' + suffix for suffix in TABLES)})"
