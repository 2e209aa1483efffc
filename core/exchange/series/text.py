"""A csv from its first block to its last: the lean reader where it can, row by row where it must, several at a time."""

from __future__ import annotations

import csv
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from io import StringIO
from itertools import chain

from core.exchange.series.blocks import Reader
from core.exchange.series.csv_fast import LINE, count_of, read_block
from core.exchange.series.plan import Plan
from core.exchange.series.raw import Block
from core.exchange.series.rows import blocks_of, csv_rows

AHEAD = 2
"""Blocks that each worker may be ahead of the one that is taken."""
Told = Callable[[], None]


@dataclass(slots=True)
class _Job:
    """A block that is being read."""

    text: bytes
    first: int
    """Number of its first row."""
    result: Future[Block | None]


def read_csv(reader: Reader, separator: str, plan: Plan, told: Told, *, fast: bool = True) -> Iterator[Block]:
    """All rows behind the headings.

    Parameters
    ----------
    reader
        of the file.
    separator
        one character.
    plan
        what the columns mean.
    told
        called after each block; it may raise to stop.
    fast
        False: everything row by row, which gives the same.

    Raises
    ------
    UserError
        when the file cannot be read as a whole.
    """
    texts = _after_headings(reader.blocks(), separator, plan.mapping.rows)
    first = plan.mapping.rows + 1
    if not fast:
        yield from _slowly(texts, separator, plan, first, told)
        return
    workers = min(4, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers, thread_name_prefix="csv") as pool:
        try:
            yield from _fast(texts, separator, plan, first, told, pool, workers * AHEAD)
        finally:
            pool.shutdown(cancel_futures=True)


def _fast(
    texts: Iterator[bytes], separator: str, plan: Plan, first: int, told: Told, pool: ThreadPoolExecutor, ahead: int
) -> Iterator[Block]:
    waiting: deque[_Job] = deque()
    while True:
        while len(waiting) < ahead and (text := next(texts, None)) is not None:
            waiting.append(_Job(text, first, pool.submit(read_block, text, first, separator, plan)))
            first += count_of(text, LINE)
        if not waiting:
            return
        job = waiting.popleft()
        block = job.result.result()
        if block is not None:
            yield block
        elif b'"' in job.text or b"\r" in job.text.replace(b"\r\n", b""):
            # Rows may go on behind the end of the block, or end where no line feed is.
            rest = chain([job.text], (other.text for other in waiting), texts)
            yield from _slowly(rest, separator, plan, job.first, told)
            return
        else:
            yield from _slowly([job.text], separator, plan, job.first, told)
        told()


def _slowly(
    texts: Iterator[bytes] | chain[bytes] | list[bytes], separator: str, plan: Plan, first: int, told: Told
) -> Iterator[Block]:
    def decoded() -> Iterator[str]:
        for text in texts:
            yield text.decode()
            told()

    yield from blocks_of(csv_rows(decoded(), separator, first), plan)


def _after_headings(texts: Iterator[bytes], separator: str, rows: int) -> Iterator[bytes]:
    """Without the first rows, of which quoted ones may have several lines."""
    begun = next(texts, None)
    if begun is not None:
        yield begun[_length_of(begun, separator, rows) :]
        yield from texts


def _length_of(block: bytes, separator: str, rows: int) -> int:
    """Bytes of the first rows."""
    if not rows:
        return 0
    lines = _Counted(block.decode())
    reader = csv.reader(lines, delimiter=separator)
    for _ in range(rows):
        try:
            if next(reader, None) is None:
                break
        except csv.Error:
            continue
    return lines.read


class _Counted:
    """Lines of a text, and how many bytes of it were taken."""

    def __init__(self, text: str) -> None:
        self._lines = StringIO(text, newline="")
        self.read = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.read += len(line.encode())
        return line
