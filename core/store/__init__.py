"""Files that keep everything: a plant's ledger and journal (``*.plant``), head office's group (``*.group``).

One SQLite file each, in WAL mode while open and one single file when closed; under a passphrase one of SQLCipher. The
only room that knows sqlite-utils and SQLCipher.
"""

from typing import TYPE_CHECKING

from core.blob import FileBlob
from core.later import later
from core.store.blobs import BlobReader
from core.store.health import Health
from core.store.plant_file import PlantFile

if TYPE_CHECKING:
    from core.store.filed import ACCEPTED, HELD, REJECTED, SUPERSEDED, Filed, Marking
    from core.store.group_file import GroupFile
    from core.store.lending import together
    from core.store.merge import Found, look, merging
    from core.store.protecting import copy_under, plain_beside, protect
    from core.store.unlocking import forget, is_locked, unlock
    from core.store.verifying import Unsound, verify_blobs
else:
    __getattr__ = later(
        __name__,
        {
            "filed": ("ACCEPTED", "HELD", "REJECTED", "SUPERSEDED", "Filed", "Marking"),
            "group_file": ("GroupFile",),
            "lending": ("together",),
            "merge": ("Found", "look", "merging"),
            "protecting": ("copy_under", "plain_beside", "protect"),
            "unlocking": ("forget", "is_locked", "unlock"),
            "verifying": ("Unsound", "verify_blobs"),
        },
    )

__all__ = [
    "ACCEPTED",
    "HELD",
    "REJECTED",
    "SUPERSEDED",
    "BlobReader",
    "FileBlob",
    "Filed",
    "Found",
    "GroupFile",
    "Health",
    "Marking",
    "PlantFile",
    "Unsound",
    "copy_under",
    "forget",
    "is_locked",
    "look",
    "merging",
    "plain_beside",
    "protect",
    "together",
    "unlock",
    "verify_blobs",
]
