"""How large anything in a received file may be, and decompression that stops there."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

from core.i18n import T
from core.signing.verification.refusal import Refused

MB = 1_000_000
LARGEST_FILE = 100 * MB
MOST_OBJECTS = 200_000
MOST_VALUES = 3_000_000
"""Names, numbers, strings, arrays and dictionaries of the whole file."""
MOST_PAGES = 5_000
MOST_ATTACHMENTS = 2_000
DEEPEST = 24
LONGEST_STRING = 65_536
LARGEST_INFLATED = 200 * MB
"""Of all streams of the file together."""
LARGEST_RATIO = 400
"""Of one stream, once it is larger than ``RATIO_FROM``: text of reports reaches 50."""
RATIO_FROM = MB


@dataclass(slots=True)
class Budget:
    """What may still be decompressed of one file."""

    left: int = field(default_factory=lambda: LARGEST_INFLATED)

    def inflate(self, data: bytes | memoryview) -> bytes:
        """One Flate stream, exactly: nothing missing, nothing behind it, never more than allowed."""
        allowed = min(self.left, max(RATIO_FROM, LARGEST_RATIO * len(data)))
        engine = zlib.decompressobj()
        try:
            plain = engine.decompress(data, allowed + 1)
        except zlib.error as error:
            raise Refused(T("A compressed part of the file is damaged.")) from error
        if len(plain) > allowed:
            raise Refused(T("A compressed part of the file grows beyond every measure."))
        if not engine.eof or engine.unused_data:
            raise Refused(T("A compressed part of the file is damaged."))
        self.left -= len(plain)
        return plain
