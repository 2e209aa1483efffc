"""Rests of Python's search for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collection() -> Iterator[None]:
    """Nothing of an inventory is garbage while it grows, but looking for some doubles the time.

    What has grown is kept, so it goes straight to the old generation: freezing and thawing move whole lists there,
    while the first search among the young would look at every single value.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.unfreeze()
        if running:
            gc.enable()
