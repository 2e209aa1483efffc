"""Whether two names mean the same company, as registries and people write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_WORDS = re.compile(r"[^\W_]+")
_LEGAL = frozenset(
    _WORDS.findall(
        "ab ag as asa bhd bv co company corp corporation cv gmbh inc incorporated kft kg kgaa limited llc llp lp ltd "
        "ltda mbh nv oo oy plc pte pty pvt s r sa sarl sas sdn se sp spa spzoo srl sro the z o"
    )
)
_LEGAL_ZH = re.compile("(股份有限公司|有限责任公司|有限公司|公司)")
_LEAST, _LEAST_ZH = 3, 2
"""Letters that a name needs before another may be seen to contain it."""


def likeness(said: str, names: Iterable[str]) -> str:
    """How a name stands to those of a plant: ``same``, ``similar`` or ``other``.

    Letters, digits and their order count; width, capitals, spaces and signs do not. Names are similar when they are the
    same but for the legal form, or one contains the other.

    >>> likeness("ACME Brakes (Zhangjiakou) Co Ltd", ("Acme Brakes（Zhangjiakou）Co., Ltd.",))
    'same'
    >>> likeness("ACME Brakes GmbH", ("Acme Brakes s.r.o.", "Cheb plant"))
    'similar'
    """
    return _likeness(said, tuple(name for name in names if name.strip()))


@lru_cache(maxsize=256)  # thousands of certificates name the same few beneficiaries
def _likeness(said: str, known: tuple[str, ...]) -> str:
    if any(_letters(said) == _letters(name) for name in known):
        return "same"
    return "similar" if any(_alike(_core(said), _core(name)) for name in known) else "other"


def _alike(first: str, second: str) -> bool:
    short, long = sorted((first, second), key=len)
    if not short.isascii():  # without spaces between the words
        return len(short) >= _LEAST_ZH and short in long
    return len(short) >= _LEAST and f" {short} " in f" {long} "


def _letters(name: str) -> str:
    return "".join(_words(name))


def _core(name: str) -> str:
    """Words without the legal form."""
    return _LEGAL_ZH.sub("", " ".join(word for word in _words(name) if word not in _LEGAL)).strip()


def _words(name: str) -> list[str]:
    return _WORDS.findall(unicodedata.normalize("NFKC", name).casefold())
