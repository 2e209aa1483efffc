"""What is fed with damaged files: one function, what it starts from, and its limits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from core.errors import UserError
from core.i18n import Text

LONGEST_MESSAGE = 4_000
"""What a person is told of a file, whatever stands in it. [letters]"""
OURS = ("could not be examined", "broke off", "took longer")
"""Reasons that name nothing in the file: a bug of ours, or a limit that was needed."""


@dataclass(frozen=True)
class Target:
    """Something that reads what others made."""

    name: str
    run: Callable[[bytes], object]
    """Takes any bytes. It raises :class:`UserError` or returns; what was accepted it holds against what must be true
    of it, with ``assert``. Anything else is a find."""
    seeds: Callable[[], Iterable[bytes]]
    """Good files to start from, the same bytes on every machine; each must be accepted."""
    longest: int = 30_000
    """Of what is tried. [bytes]"""
    seconds: int = 20
    """For one file; more is a find. [s]"""
    memory_mb: int = 2_000
    """Of the process; more is a find. [MB]"""
    runs: int = 400
    """Files that are tried by ``make fuzz`` without a time, so that it takes about two seconds."""
    words: tuple[str, ...] = ()
    """What such files are made of, for the search to put in."""


def accepted(target: Target, data: bytes) -> bool:
    """Feed a file: whether it was taken; if not, the person was told why in words that can be shown."""
    try:
        target.run(data)
    except UserError as refused:
        shown(refused.message)
        if refused.remedy is not None:
            shown(refused.remedy)
        return False
    return True


def shown(message: Text) -> None:
    """A message that a window can show in both languages, and that is about the file."""
    for language in ("en", "zh"):
        said = message.in_language(language)
        assert said.strip(), "a message without words"
        assert len(said) <= LONGEST_MESSAGE, f"a message of {len(said)} letters: {said[:200]}"
    assert not any(one in str(message) for one in OURS), message
