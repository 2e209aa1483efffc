"""A file in a watched folder is taken once it rests, and once only."""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from core.group.inbox.watching import NOTHING_SEEN, Stamp, look, stamps

A, B = Path("a.pdf"), Path("b.pdf")


@given(st.lists(st.dictionaries(st.sampled_from([A, B]), st.tuples(st.integers(0, 2), st.integers(0, 2))), max_size=12))
def test_taken_when_and_only_when_two_looks_agree_on_something_new(looks: list[dict[Path, Stamp]]) -> None:
    seen, last = NOTHING_SEEN, dict[Path, Stamp]()
    taken: dict[Path, Stamp] = {}
    for now in looks:
        seen, ready = look(seen, now)
        taken = {path: stamp for path, stamp in taken.items() if path in now}
        assert set(ready) == {p for p in now if last.get(p) == now[p] and taken.get(p) != now[p]}
        taken |= {path: now[path] for path in ready}
        last = now


def test_what_vanishes_is_no_error(tmp_path: Path) -> None:
    here, gone = tmp_path / "here.pdf", tmp_path / "gone.pdf"
    here.write_bytes(b"12345")
    os.utime(here, ns=(7, 7))
    assert stamps([here, gone]) == {here: (5, 7)}
