"""Files that are meant to exhaust whoever opens them."""

from __future__ import annotations

import re
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from core.signing import AUDITOR, Verification
from core.signing.verification import limits
from core.signing.verification.limits import MB, Budget
from core.signing.verification.refusal import Refused
from tests.core.signing import pdfs
from tests.core.signing.conftest import People
from tests.core.signing.forging import force
from tests.counted import LINEAR, calls

Judge = Callable[..., Verification]
EMBEDDED = b"/Type /EmbeddedFile /Subtype /application#2Fjson"


def refused(answer: Verification, reason: str) -> None:
    assert not answer.valid
    assert re.search(reason, str(answer.reason)), str(answer.reason)


@pytest.fixture(scope="module")
def zeros() -> bytes:
    """64 MB that take 64 kB."""
    return bytes(64 * MB)


@pytest.mark.parametrize("where", [pdfs.DATA, pdfs.CONTENT])
def test_a_bomb(where: int, zeros: bytes, people: People, judged: Judge) -> None:
    draft = pdfs.report()
    draft.bodies[where] = pdfs.stream(zeros, EMBEDDED if where == pdfs.DATA else b"")
    signed = force(draft.build(), people.auditor)
    assert len(signed) < MB
    tracemalloc.start()
    try:
        refused(judged(signed, (AUDITOR,)), "grows beyond every measure")
        assert tracemalloc.get_traced_memory()[1] < len(zeros), "it never was there as a whole"
    finally:
        tracemalloc.stop()


def test_a_bomb_inside_a_bomb(zeros: bytes, people: People, judged: Judge) -> None:
    draft = pdfs.report()
    draft.bodies[pdfs.DATA] = pdfs.stream(zlib.compress(zeros), EMBEDDED, b"[ /FlateDecode /FlateDecode ]")
    refused(judged(force(draft.build(), people.auditor), (AUDITOR,)), "more than once")


def test_many_small_bombs_share_one_budget() -> None:
    budget = Budget(left=3 * MB)
    packed = zlib.compress(bytes(MB))
    for _ in range(3):
        budget.inflate(packed)
    with pytest.raises(Refused, match="grows beyond"):
        budget.inflate(packed)


def test_text_compresses_well_without_being_a_bomb() -> None:
    text = b"".join(b'{"line":%d,"kg":"12.5"},' % number for number in range(200_000))
    assert Budget().inflate(zlib.compress(text, 9)) == text


@pytest.mark.parametrize("data", [b"", b"x", b"\x78\x9c", zlib.compress(b"abc")[:-1], zlib.compress(b"abc") + b"x"])
def test_damaged_data(data: bytes) -> None:
    with pytest.raises(Refused, match="damaged"):
        Budget().inflate(data)


def test_a_file_that_is_too_large(judged: Judge, monkeypatch: pytest.MonkeyPatch, approved: bytes) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", len(approved) - 1)
    refused(judged(approved), "larger than")


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [
        ("MOST_VALUES", 100, "more parts"),
        ("MOST_OBJECTS", 8, "more parts"),
        ("MOST_PAGES", 1, "more pages"),
        ("MOST_ATTACHMENTS", 0, "more attachments"),
        ("DEEPEST", 1, "nested too deeply"),
        ("LARGEST_INFLATED", 20, "grows beyond"),
    ],
)
def test_every_limit_is_kept(
    limit: str, value: int, reason: str, approved: bytes, judged: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert judged(approved).valid
    monkeypatch.setattr(limits, limit, value)
    refused(judged(approved), reason)


def test_a_million_small_values_are_read(judged: Judge) -> None:
    refused(judged(with_one_more(b"[" + b"1 " * 1_000_000 + b"]")), "not signed")


def test_twice_as_many_values_are_twice_the_work(judged: Judge) -> None:
    few, many = (with_one_more(b"[" + b"1 " * count + b"]") for count in (20_000, 40_000))
    assert calls(lambda: judged(many)) < LINEAR * calls(lambda: judged(few))


def with_one_more(body: bytes) -> bytes:
    """A report with one more object."""
    draft = pdfs.report()
    draft.add(body)
    return draft.build()


@pytest.mark.parametrize(
    "body",
    [
        b"(" * 50_000,
        b"(" + b"\\" * 50_000,
        b"<" + b"A" * 500_000 + b">",
        b"(" + b"x" * 500_000 + b")",
        b"%" * 300_000,
        b"/" + b"n" * 300_000,
        b"1" * 300_000,
        b"<<" * 300_000,
        b" " * 3_000_000,
        b"1 0 " * 300_000,
    ],
    ids=["brackets", "escapes", "hex", "text", "comment", "name", "number", "nested", "space", "references"],
)
def test_endless_things_are_refused(body: bytes, judged: Judge) -> None:
    """With a reason of our own; and what is twice as long is at most twice the work."""
    once, twice = (with_one_more(body * times) for times in (1, 2))
    answers: list[Verification] = []

    def judge(data: bytes) -> None:
        answers.append(judged(data))

    assert calls(lambda: judge(twice)) < LINEAR * calls(lambda: judge(once))
    assert not any(answer.valid or "could not be examined" in str(answer.reason) for answer in answers)


def test_a_long_list_of_bookmarks_is_fine(people: People, judged: Judge) -> None:
    """They are chained one to the next, deeper than Python's own recursion goes."""
    draft = pdfs.report()
    count, first = 3_000, 13
    draft.bodies[12] = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R >>" % (first, first + count - 1)
    for number in range(first, first + count):
        following = b"/Next %d 0 R" % (number + 1) if number < first + count - 1 else b""
        draft.bodies[number] = b"<< /Title (Line) /Parent 12 0 R /Dest [ 3 0 R /Fit ] %s >>" % following
    draft.replace(pdfs.CATALOG, b"/Lang", b"/Outlines 12 0 R /Lang")
    answer = judged(force(draft.build(), people.auditor), (AUDITOR,))
    assert answer.valid, answer.reason
