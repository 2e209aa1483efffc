"""The three shares and what electricity is made of, in words."""

from __future__ import annotations

from core.i18n import T, Text
from core.renewables.parts import CONTRACTS, LINE, NUCLEAR, OWN_PART, UNCOVERED, UNTITLED
from core.renewables.shares import CERTIFIED, OWN_SHARE, TRACED

VIEWS: dict[str, Text] = {
    CERTIFIED: T("With certificates"),
    TRACED: T("Physically traced"),
    OWN_SHARE: T("Own generation"),
}
MEANT: dict[str, Text] = {
    CERTIFIED: T("Certificates and contracts that count, and own generation"),
    TRACED: T("Direct lines and own generation; certificates do not count"),
    OWN_SHARE: T("Generated on site and used there"),
}
"""What each share counts."""
PARTS: dict[str, Text] = {
    OWN_PART: T("Own generation"),
    LINE: T("Direct line"),
    CONTRACTS: T("Certificates and contracts"),
    NUCLEAR: T("Nuclear, not renewable"),
    UNTITLED: T("Own generation, attributes not known"),
    UNCOVERED: T("Not covered"),
}
