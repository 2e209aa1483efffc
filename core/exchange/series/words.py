"""Short texts out of a block of bytes, many at once: gathered side by side and told apart as numbers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Places = NDArray[np.int64]
WORD = 8
"""Bytes of a machine word."""
PAD = 64
"""Bytes before and behind a block, so that words may be read across its ends."""
MOST = 1_000
"""Different texts that are told apart in a block."""
_MASKS = np.array([256**kept - 1 for kept in range(WORD + 1)], dtype=np.uint64)
"""Keep the first 0 to 8 bytes of a word, of which the first is the lowest."""
_SPREAD = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], dtype=np.uint64)
LONGEST = WORD * len(_SPREAD)
"""Bytes of a text that can be gathered."""


def padded(block: bytes) -> Bytes:
    """A block with room on both sides; its first byte is at :data:`PAD`."""
    buffer = np.zeros(len(block) + 2 * PAD, dtype=np.uint8)
    buffer[PAD : PAD + len(block)] = np.frombuffer(block, np.uint8)
    return buffer


def words_at(buffer: Bytes, places: Places) -> NDArray[np.uint64]:
    """The eight bytes that begin at each place, the first one lowest."""
    view: NDArray[np.uint64] = np.ndarray((len(buffer) - WORD + 1,), "<u8", buffer, strides=(1,))
    return view[places]


def gather(buffer: Bytes, starts: Places, widths: Places, longest: int) -> NDArray[np.uint64]:
    """Texts side by side, filled up with zero bytes, as words; shape (texts, words).

    ``longest`` is the width of the longest, at most :data:`LONGEST`.
    """
    count = max(1, -(-longest // WORD))
    view = np.ndarray((len(buffer) - count * WORD + 1,), f"V{count * WORD}", buffer, strides=(1,))
    found: NDArray[np.uint64] = view[starts].view("<u8").reshape(len(starts), count)
    if int(widths.min(initial=count * WORD)) < count * WORD:
        for word in range(count):
            found[:, word] &= _MASKS[np.clip(widths - word * WORD, 0, WORD)]
    return found


def distinct(words: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Which texts are equal.

    Parameters
    ----------
    words
        as :func:`gather` gives them, shape (n, words)

    Returns
    -------
    tuple
        place of the first of each kind, and the kind of each text; None when there are too many kinds.
    """
    first = words[:1]
    if (words == first).all():
        return np.zeros(min(1, len(words)), np.int64), np.zeros(len(words), np.int64)
    keys = words[:, 0] if words.shape[1] == 1 else _hashes(words)
    heads = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))
    _, at, kinds = np.unique(keys[heads], return_index=True, return_inverse=True)
    if len(at) > MOST:
        return None
    places = heads[at]
    kind_of = np.repeat(kinds, np.diff(np.append(heads, len(keys))))
    if words.shape[1] > 1 and not (words == words[places][kind_of]).all():
        return None
    return places, kind_of


def _hashes(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    found: NDArray[np.uint64] = words[:, 0] * _SPREAD[0]
    for place in range(1, words.shape[1]):
        found = (found ^ (found >> np.uint64(29))) + words[:, place] * _SPREAD[place]
    return found
