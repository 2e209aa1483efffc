"""The seeds are what the program itself made."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="module")
def soon_opened() -> None:
    """Key files are as dear as the program makes them."""
