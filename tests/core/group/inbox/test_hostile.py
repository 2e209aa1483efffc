"""Hostile reports through the one function that judges: each refused with its reason, within the limits."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator

import pytest

from core.group import judge, judge_all, order
from core.group.inbox.judging import Judged
from core.ledger import canonical
from core.signing import Identity, Trust
from tests.core.group.hostile import HUGE, Plain, damaged, disturbed, places, put, sealed, signed_with
from tests.core.handover.conftest import auditor, authority, draft_of, ledger, signed, trust
from tests.core.signing.conftest import LATER
from tests.core.signing.forging import certified
from tests.fuzz.target import OURS

__all__ = ["auditor", "authority", "signed", "trust"]
TRIED = 16
"""Files of each kind that go through processes with limits; ``make fuzz`` searches for longer, and without them."""


@pytest.fixture(scope="module")
def package() -> bytes:
    """True data of a true report."""
    return canonical(draft_of(ledger()).package)


def judged(data: bytes, trust: Trust) -> Judged:
    return judge(order("hostile.pdf", data, trust, LATER))


def reason_of(found: Judged) -> str:
    assert found.filed.state == "rejected", found.filed
    assert not found.parts
    assert not found.markings
    reason = str(found.filed.reasons[0])
    assert not any(one in reason for one in OURS), reason
    return reason


def activity(field: str, value: object) -> Callable[[Plain], object]:
    return lambda plain: plain["ledger"]["activity"][0].update({field: value})


def everywhere(old: str, new: str) -> Callable[[Plain], object]:
    """The same exchange wherever it stands, so that nothing contradicts it."""

    def change(plain: Plain) -> None:
        for path in list(places(plain)):
            where: object = plain
            for key in path:
                where = where[key]  # type: ignore[index]
            if where == old:
                put(plain, path, new)

    return change


LIES: dict[str, tuple[Callable[[Plain], object], str]] = {
    "a huge exponent": (activity("quantity", "1E+999999"), "wrong value in"),
    "a tiny exponent": (activity("quantity", "1E-999999"), "wrong value in"),
    "no number": (activity("quantity", "NaN"), "wrong value in"),
    "endless": (activity("quantity", "Infinity"), "wrong value in"),
    "too many digits": (activity("quantity", HUGE), ""),
    "digits of another script": (activity("quantity", "١٢"), "wrong value in"),
    "a number where a text belongs": (activity("quantity", 5), "wrong value in"),
    "all of history": (lambda p: (activity("start", "0001-01-01")(p), activity("end", "9999-12-31")(p)), ""),
    "a day that is none": (activity("start", "2024-02-30"), "wrong value in"),
    "a field that nobody knows": (activity("__class__", "x"), ""),
    "a kind of record that nobody knows": (lambda p: p["ledger"].update(evil=[{"id": "1"}]), ""),
    "an endless name": (everywhere("Main meter", random.Random(1).randbytes(1_500_000).hex()), "too long"),
    "another schema": (lambda p: p["schema"].update(name="other"), "not an audit package"),
    "a reader of the future": (lambda p: p["schema"].update(min_reader="99.0"), "version 99.0"),
    "a total from nowhere": (
        lambda p: p["inventory"]["totals_tco2e"].update(scope1="0.000000001"),
        "differ from the recalculation",
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_signed_data_that_do_harm(name: str, package: bytes, auditor: Identity, trust: Trust) -> None:
    change, why = LIES[name]
    plain = json.loads(package)
    change(plain)
    assert why in reason_of(judged(signed_with(sealed(plain), auditor), trust))


RAW: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "a key twice": (lambda data: data.replace(b'{"audit":', b'{"audit":{},"audit":', 1), "duplicate key"),
    "a float": (lambda data: data.replace(b'"revision":1', b'"revision":1.0', 1), "is not an integer"),
    "an endless number": (lambda data: data.replace(b'"revision":1', b'"revision":1e999', 1), "is not an integer"),
    "a huge whole number": (lambda data: data.replace(b'"revision":1', b'"revision":' + b"9" * 5_000, 1), "canonical"),
    "nesting without end": (lambda _: b'{"a":' * 50_000 + b"1" + b"}" * 50_000, "canonical"),
    "lists without end": (lambda _: b"[" * 1_000_000, "canonical"),
    "white space": (lambda data: data.replace(b",", b", ", 1), "canonical"),
    "another order": (lambda data: canonical(json.loads(data))[:-1] + b',"a":1}', "canonical"),
    "half a letter": (lambda data: data.replace(b"Main meter", b"Main \xc3eter", 1), "canonical"),
    "nothing": (lambda _: b"", "canonical"),
    "a list": (lambda _: b"[]", "not an audit package"),
    "a binary": (lambda _: bytes(range(256)) * 1000, "canonical"),
}


@pytest.mark.parametrize("name", RAW)
def test_signed_bytes_that_are_no_data(name: str, package: bytes, auditor: Identity, trust: Trust) -> None:
    change, why = RAW[name]
    changed = change(package)
    assert changed != package
    assert why in reason_of(judged(signed_with(changed, auditor), trust))


def test_true_data_under_pages_that_show_something_else(package: bytes, auditor: Identity, trust: Trust) -> None:
    """Whoever has a good key may sign what looks good; rendered again, it looks otherwise."""
    assert reason_of(judged(signed_with(package, auditor), trust)) == "The pages do not show what the data say."


def test_a_certificate_for_web_servers(package: bytes, authority: Identity, trust: Trust) -> None:
    from cryptography.x509.oid import ExtendedKeyUsageOID

    server = certified(authority, purposes=[ExtendedKeyUsageOID.SERVER_AUTH])
    assert "not made for signing reports" in reason_of(judged(signed_with(package, server), trust))


# ---------------------------------------------------------------------- by chance, in processes with limits


def found(make: Callable[[random.Random], bytes], trust: Trust) -> Iterator[tuple[int, Judged]]:
    """Judge what chance makes, on every processor; the number gives it again."""
    orders = [order(f"{number}.pdf", make(random.Random(number)), trust, LATER) for number in range(TRIED)]
    yield from enumerate(judge_all(orders, seconds=30))


def test_whatever_is_done_to_a_signed_report_it_is_refused(signed: bytes, trust: Trust) -> None:
    answers = {number: reason_of(one) for number, one in found(lambda chance: damaged(signed, chance), trust)}
    assert len(answers) == TRIED


def test_whatever_is_signed_has_a_reason_of_its_own(package: bytes, auditor: Identity, trust: Trust) -> None:
    answers = {
        number: reason_of(one)
        for number, one in found(lambda chance: signed_with(disturbed(package, chance), auditor), trust)
    }
    assert len(answers) == TRIED


def test_chance_makes_the_same_again(signed: bytes, package: bytes) -> None:
    for make, data in ((damaged, signed), (disturbed, package)):
        assert make(data, random.Random(7)) == make(data, random.Random(7)) != make(data, random.Random(8))
