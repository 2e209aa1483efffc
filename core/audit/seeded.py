"""Chance that follows from a recorded word, so that the same seed draws the same records anywhere and at any time.

The random module of Python promises nothing between versions, so this is our own, and short enough to be repeated in a
spreadsheet: block number k of a seed is the SHA-256 of the UTF-8 text ``seed|label|k``, read as a big-endian number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

Value = TypeVar("Value")
BLOCK = 2**256
"""How many numbers one block can be."""


class Seeded:
    """A sequence of whole numbers that follows from a seed and a label.

    Other labels give other sequences of the same seed: one for each emission source, so that what is drawn from one
    does not depend on how many records another has.
    """

    def __init__(self, seed: str, label: str = "") -> None:
        self._begin = f"{seed}|{label}|"
        self._count = 0

    def block(self) -> int:
        """The next number below 2**256.

        Examples
        --------
        >>> hex(Seeded("2024", "Boiler").block())[:18]
        '0x3a926e449f73100b'
        """
        digest = hashlib.sha256(f"{self._begin}{self._count}".encode()).digest()
        self._count += 1
        return int.from_bytes(digest, "big")

    def below(self, limit: int) -> int:
        """A whole number from 0 to ``limit`` - 1, each as likely as any other.

        Parameters
        ----------
        limit
            at least 1. [1]

        Notes
        -----
        A block b that is not below the largest multiple of the limit in 2**256 is thrown away, else small numbers would
        be a little more likely; the number is b mod limit.

        Raises
        ------
        ValueError
            for a limit without numbers below it, or beyond a block.
        """
        if not 0 < limit <= BLOCK:
            raise ValueError(f"no number can be drawn below {limit}")
        fair = BLOCK - BLOCK % limit
        while (found := self.block()) >= fair:
            pass
        return found % limit

    def shuffled(self, values: Sequence[Value]) -> list[Value]:
        """The values in an order of chance, each order as likely as any other.

        Notes
        -----
        Fisher and Yates from the end: place i (from the last down to the second) changes with place ``below(i + 1)``.
        The first n of the result are a simple random sample without replacement, and a larger n keeps them.

        Examples
        --------
        >>> Seeded("2024").shuffled("abcdef")
        ['c', 'd', 'a', 'f', 'e', 'b']
        """
        result = list(values)
        for place in range(len(result) - 1, 0, -1):
            other = self.below(place + 1)
            result[place], result[other] = result[other], result[place]
        return result
