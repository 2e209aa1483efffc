"""A file that came from outside, kept once, in a plant or at head office."""

from __future__ import annotations

from core.exchange.ids import next_ids
from core.ledger import Evidence, Step
from core.ledger.filing import Records

KIND = "other"
"""Of the evidence: it proves the record that names it."""


def kept_file(
    records: Records, name: str, sha256: str, size: int, media_type: str
) -> tuple[str, tuple[Step, ...]]:  # fmt: skip
    """The id under which a file is kept, and the step that keeps it unless it is there."""
    held = next((one for one in records.held(Evidence) if (one.sha256, one.kind) == (sha256, KIND)), None)
    if held is not None:
        return held.id, ()
    key = next_ids(records, 1, "evidence")[0]
    return key, (Step("evidence", key, None, Evidence(key, name, KIND, sha256, size, media_type)),)
