"""What is calculated of the same PV system, from the same meters, is calculated once for all tests of its page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

import pytest

from core.ledger import Ledger
from gui.solar import asking, performance
from gui.solar.work import expected_in, look_at, years_of

KEPT = 8
"""Answers that are kept of each question: that of the plant as it is, and few of those that a test has changed."""
Asked = TypeVar("Asked", bound=Hashable)
Found = TypeVar("Found")
Blob = Callable[[str], bytes]


def once(work: Callable[[Asked, Ledger, Blob], Found]) -> Callable[[Asked, Ledger, Blob], Found]:
    """A question of the page that is answered from memory when it was asked before, as the page itself does."""
    known: OrderedDict[Asked, Found] = OrderedDict()

    def remembered(asked: Asked, ledger: Ledger, blob: Blob) -> Found:
        if (found := known.get(asked)) is None:
            found = work(asked, ledger, blob)
        known[asked] = found
        known.move_to_end(asked)
        while len(known) > KEPT:
            known.popitem(last=False)
        return found

    return remembered


QUESTIONS = (
    (asking, "look_at", once(look_at)),
    (asking, "expected_in", once(expected_in)),
    (performance, "years_of", once(years_of)),
)


@pytest.fixture(scope="module", autouse=True)
def asked_once() -> Iterator[None]:
    """For the pages of this room; how each question is answered is held where it is asked without a page."""
    with pytest.MonkeyPatch.context() as patch:
        for module, name, remembered in QUESTIONS:
            patch.setattr(module, name, remembered)
        yield
