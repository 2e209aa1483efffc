"""What is found in the values of a meter is found once for all tests of its page."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

import pytest

from core.inventory.period import Period
from core.ledger import Meter
from core.series.problems import Problem
from gui.meters import examiner
from gui.meters.examiner import key_of, question
from gui.session import Session

Problems = tuple[Problem, ...]
KNOWN: dict[Hashable, Problems] = {}
"""By everything that an answer follows from, as the page itself remembers it."""


def asked(session: Session, meter: Meter, period: Period) -> Callable[[], Problems]:
    """The work about one meter, which is little when it was done before."""
    key, work = key_of(session.metered, meter, period), question(session, meter, period)

    def remembered() -> Problems:
        if key not in KNOWN:
            KNOWN[key] = work()
        return KNOWN[key]

    return remembered


@pytest.fixture(scope="module", autouse=True)
def examined_once() -> Iterator[None]:
    """That the page says what is found is held by a test that asks anew."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(examiner, "question", asked)
        yield
