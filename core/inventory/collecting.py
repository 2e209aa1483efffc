"""Rests of Python's search for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def put_away() -> None:
    """Take all there is for old: freezing and thawing move whole lists, a search would look at every single value."""
    gc.freeze()
    gc.unfreeze()


@contextmanager
def without_collection() -> Iterator[None]:
    """Nothing of an inventory is garbage while it grows, but looking for some doubles the time.

    What has grown is kept, so it is put away at once.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        put_away()
        if running:
            gc.enable()
