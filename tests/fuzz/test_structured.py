"""Well-formed files with odd contents: each is taken, or refused in words."""

from __future__ import annotations

import pytest

from tests.fuzz.structured import STRUCTURED, fed


@pytest.mark.parametrize("name", STRUCTURED)
def test_odd_contents_are_taken_or_refused(name: str) -> None:
    fed(STRUCTURED[name])()
