"""A part of the trials of ``make faults``, spread over all scenarios and all of their calls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

from tests.faults.campaign import SEED, points, shares
from tests.faults.layer import KILLS, REQUIRED, TROUBLES, missing, preloaded
from tests.faults.scenario import scenarios

Ask: TypeAlias = "Callable[..., dict[str, Any]]"
KILLED = 40
"""In all; ``make faults`` kills twenty-five times as many."""
SHARES = shares({name: one.weight for name, one in scenarios().items()}, KILLED)


@pytest.fixture(scope="session")
def ask() -> Iterator[Ask]:
    """A process with the layer, in which every scenario is prepared at most once."""
    if why := missing():
        assert not os.environ.get(REQUIRED), why
        pytest.skip(why)
    command = [sys.executable, "-m", "tests.faults.campaign", "--answer"]
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=preloaded())

    def question(**asked: object) -> dict[str, Any]:
        assert server.stdin is not None and server.stdout is not None
        server.stdin.write(json.dumps(asked) + "\n")
        server.stdin.flush()
        answered = server.stdout.readline()
        assert answered, "the process with the layer broke off; what it said stands above"
        found: dict[str, Any] = json.loads(answered)
        return found

    yield question
    assert server.stdin is not None and server.stdout is not None
    server.stdin.close()
    server.stdout.close()
    server.wait()


@pytest.mark.parametrize("name", SHARES)
def test_what_is_confirmed_outlives_a_killed_process(name: str, ask: Ask) -> None:
    outcome = ask(name=name, faults=list(KILLS), count=SHARES[name], seed=SEED)
    assert not outcome["problems"], "\n".join(outcome["problems"])
    assert outcome["killed"] == outcome["trials"] == SHARES[name]


@pytest.mark.parametrize("name", SHARES)
def test_whatever_the_disk_refuses_is_said_and_nothing_is_lost(name: str, ask: Ask) -> None:
    outcome = ask(name=name, faults=list(TROUBLES), count=len(TROUBLES), seed=SEED)
    assert not outcome["problems"], "\n".join(outcome["problems"])
    assert outcome["told"], "nobody was told of anything"


def test_trials_are_spread_over_all_calls() -> None:
    from random import Random

    found = list(points(1000, ("before", "halfway"), 20, Random(1)))
    assert [fault for fault, _ in found] == ["before"] * 10 + ["halfway"] * 10
    for first in (0, 10):
        assert [(at - 1) // 100 for _, at in found[first : first + 10]] == list(range(10))


def test_shares_add_up_to_what_was_asked_for() -> None:
    assert sum(SHARES.values()) >= KILLED and min(SHARES.values()) >= 2


def test_a_layer_that_does_nothing_would_be_noticed(ask: Ask) -> None:
    """The calls are really counted, and the process really dies: else all of this could not fail."""
    outcome = ask(name="edits", faults=["before"], count=1, seed=SEED)
    assert outcome["calls"] > 100 and outcome["killed"] == 1
    outcome = ask(name="edits", faults=["full"], count=4, seed=SEED)
    assert outcome["killed"] == 0 and any("no space left" in said for said in outcome["told"])
