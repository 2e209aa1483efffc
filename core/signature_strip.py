"""Where the two signatures stand on page 1 of a report.

The report leaves the strip free and draws the captions above it, signing puts its fields into it, verification accepts
no field outside it. The three rooms do not know each other, so the rectangles live below them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignatureField:
    """One signature field, in points from the lower left corner of an A4 page (595.28 x 841.89)."""

    name: str
    """Name of the PDF form field."""
    left: float
    bottom: float
    right: float
    top: float

    @property
    def rectangle(self) -> tuple[float, float, float, float]:
        """As PDF writes it: left, bottom, right, top."""
        return self.left, self.bottom, self.right, self.top


AUDITOR = SignatureField("Auditor", 56.7, 62.0, 283.5, 132.0)
PLANT_MANAGER = SignatureField("PlantManager", 311.8, 62.0, 538.6, 132.0)
SIGNATURE_FIELDS = (AUDITOR, PLANT_MANAGER)
"""From left to right; they are signed in any order."""
SIGNATURE_STRIP = (AUDITOR.left, AUDITOR.bottom, PLANT_MANAGER.right, PLANT_MANAGER.top)
"""The rectangle of page 1 around both fields. The cover prints nothing inside it."""
