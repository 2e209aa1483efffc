"""The strategies of hypothesis in ``structured``, with what they draw decided by the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tests.fuzz.structured import STRUCTURED, Structured, fed
from tests.fuzz.target import Target


def _feeding(one: Structured) -> Callable[[bytes], object]:
    found: Callable[[bytes], object] = fed(one).hypothesis.fuzz_one_input
    return found


def _choices() -> Iterable[bytes]:
    """Bytes that decide: always what was named first, and something of everything."""
    return [bytes(400), bytes(range(256)) * 4, b"\x01\x03\x07" * 200]


TARGETS = tuple(Target(name, _feeding(one), _choices, longest=2_000, runs=60) for name, one in STRUCTURED.items())
