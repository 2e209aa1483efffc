"""Whatever a file does to the process that judges it, there is an answer, in order, and nothing is left behind."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from core.group import judge, judge_all, judge_limited, order
from core.group.inbox import workers as room
from core.group.inbox.judging import Order
from core.group.inbox.workers import from_wire, to_wire
from core.signing import Identity, Trust
from tests.core.handover.conftest import NOW, auditor, authority, signed, trust

__all__ = ["auditor", "authority", "signed", "trust"]


@pytest.fixture(scope="module")
def good(signed: bytes, trust: Trust) -> Order:
    return order("good.pdf", signed, trust, NOW)


def junk(name: str, data: bytes) -> Order:
    return Order(name, data, (), (), NOW)


def test_the_same_judgement_as_in_this_process(good: Order) -> None:
    assert judge_limited(good) == judge(good)
    assert judge(good).filed.state == "accepted"
    assert set(judge(good).parts) >= {"lines"}


def test_what_comes_back_is_what_was_sent(good: Order) -> None:
    judged = judge(good)
    assert from_wire(to_wire(judged), good) == judged


@pytest.mark.parametrize("messages", [[], [b""], [b"[]"], [b"{}"], [b'{"state":"accepted","facts":"{}"}']])
def test_nonsense_is_no_answer(messages: list[bytes], good: Order) -> None:
    with pytest.raises((ValueError, KeyError, TypeError, IndexError)):
        from_wire(messages, good)


def test_an_answer_about_another_file_is_no_answer(good: Order) -> None:
    with pytest.raises(ValueError, match="another file"):
        from_wire(to_wire(judge(good)), replace(good, data=b"other"))


def test_results_come_in_the_order_of_the_files(good: Order) -> None:
    orders = [junk("a", b"a"), good, junk("b", b"b"), junk("c", b"c"), junk("d", b"d")]
    found = list(judge_all(orders, workers=3))
    assert [one.filed.name for one in found] == [one.name for one in orders]
    assert [one.filed.state for one in found] == ["rejected", "accepted", "rejected", "rejected", "rejected"]


def test_files_are_read_when_their_turn_comes(good: Order) -> None:
    read: list[int] = []

    def orders() -> Iterator[Order]:
        for number in range(12):
            read.append(number)
            yield junk(str(number), b"%d" % number)

    for given, _ in enumerate(judge_all(orders(), workers=2), 1):
        assert len(read) <= given - 1 + 2 * 2, "twice as many as workers are known, no more"
    assert len(read) == 12


def test_too_slow_and_too_large_have_their_reason(good: Order) -> None:
    slow = judge_limited(good, seconds=0.02)
    assert (slow.filed.state, slow.filed.sha256) == ("rejected", good.sha256)
    assert "longer than" in str(slow.filed.reasons[0])


def test_a_process_that_is_killed_takes_only_its_own_file(good: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "answer", _dies_on_junk)
    found = list(judge_all([junk("bad", b"junk"), good], workers=2))
    assert [one.filed.state for one in found] == ["rejected", "accepted"]
    assert "broke off" in str(found[0].filed.reasons[0])


def _dies_on_junk(asked: Order) -> Sequence[bytes]:
    import os
    import signal

    if asked.data == b"junk":
        os.kill(os.getpid(), signal.SIGTERM)
    return to_wire(judge(asked))


def test_cancelling_stops_at_once(monkeypatch: pytest.MonkeyPatch, good: Order) -> None:
    judge_limited(junk("a", b"a"))  # the server stands
    monkeypatch.setattr(room, "answer", _never)
    asked = 0

    def cancelled() -> bool:
        nonlocal asked
        asked += 1
        return asked > 2

    assert list(judge_all([good] * 4, workers=2, cancelled=cancelled)) == []
    assert asked == 3, "and nobody was waited for"
    assert not multiprocessing.active_children()


def _never(asked: Order) -> Sequence[bytes]:
    time.sleep(60)
    return to_wire(judge(asked))


def test_who_wants_no_more_leaves_nobody_at_work(good: Order) -> None:
    results = judge_all([junk("a", b"a"), good, good, good], workers=2)
    next(results)
    results.close()  # type: ignore[attr-defined]
    assert not multiprocessing.active_children()


def test_nothing_is_judged_of_nothing() -> None:
    assert list(judge_all(())) == []


def test_the_rehearsal_of_the_server_is_a_good_report(tmp_path: Path, auditor: Identity) -> None:
    from core.group.inbox.warm import rehearse

    assert rehearse().filed.state == "accepted"
