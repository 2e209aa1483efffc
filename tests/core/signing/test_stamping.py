"""Which addresses of time stamping authorities are asked at all; what receipts say of themselves, read quickly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import UserError
from core.signing.longterm import stated
from core.signing.stamping import stamping_address


@pytest.mark.parametrize("url", ["http://tsa.example", "https://tsa.example/tsr?x=1", "http://[::1]:3161/"])
def test_addresses_are_taken_without_the_blanks_around_them(url: str) -> None:
    assert stamping_address(f" {url}\n") == url


def test_none_is_wanted() -> None:
    assert stamping_address("  ") == ""


@pytest.mark.parametrize("url", ["tsa.example", "ftp://tsa.example", "https://", "http://[tsa", "file:///etc/passwd"])
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(UserError, match="is not the address of a time stamping authority"):
        stamping_address(url)


@given(st.text())
def test_whatever_is_typed_is_an_address_or_refused(text: str) -> None:
    try:
        found = stamping_address(text)
    except UserError:
        return
    assert found == "" or found.lower().startswith(("http://", "https://"))


@given(st.binary(max_size=200))
def test_receipts_that_are_none_say_nothing(kept: bytes) -> None:
    assert stated(kept) is None
    assert stated(b'{"receipts":[' + kept + b'],"schema":"plant-audit-ltv","version":1}') is None
