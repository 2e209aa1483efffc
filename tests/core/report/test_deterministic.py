"""The same package gives the same bytes: from here, from another process, elsewhere in the world."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

from core.report import render
from tests.core.report.sample import package

_CHILD = """
import hashlib
from tests.core.report.sample import package
from core.report import render
print(hashlib.sha256(render(package("both"))).hexdigest())
"""


@pytest.fixture(scope="module")
def here() -> str:
    return hashlib.sha256(render(package("both"))).hexdigest()


def test_again_in_the_same_process(here: str) -> None:
    render(package("en"))
    assert hashlib.sha256(render(package("both"))).hexdigest() == here


@pytest.mark.parametrize(
    "surroundings",
    [
        {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"},
        {"TZ": "America/Mexico_City", "PYTHONHASHSEED": "4711", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1234567890"},
        {"PYTHONHASHSEED": "0", "RL_invariant": "0", "RL_useA85": "1", "RL_pageCompression": "0", "RL_verbose": "1"},
    ],
)
def test_in_another_process_with_other_surroundings(here: str, surroundings: dict[str, str]) -> None:
    environment = {**os.environ, **surroundings}
    done = subprocess.run(
        [sys.executable, "-c", _CHILD], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split()[-1] == here


def test_other_data_give_other_bytes(here: str) -> None:
    assert hashlib.sha256(render(package("both", evidence=2))).hexdigest() != here
