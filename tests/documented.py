"""Examples in docstrings, tried without asking the disk about every file whose lines were ever read.

Before each docstring doctest makes its debugger ready, and that looks at all files ``linecache`` knows: late in a run
of all tests this is most of the work. No source changes while tests run.
"""

from __future__ import annotations

import doctest
import linecache
from types import ModuleType
from unittest.mock import patch


def run_examples(module: ModuleType) -> doctest.TestResults:
    """What became of the examples of a module."""
    with patch.object(linecache, "checkcache"):
        return doctest.testmod(module)
