"""What signing and verification agree on: fields, their places, and the fixed parts of what a signature writes."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from core.errors import UserError
from core.i18n import Name, T, Text
from core.signature_strip import AUDITOR as _AUDITOR
from core.signature_strip import PLANT_MANAGER as _PLANT_MANAGER
from core.signature_strip import SIGNATURE_FIELDS, SIGNATURE_STRIP

Box = tuple[float, float, float, float]

AUDITOR = _AUDITOR.name
PLANT_MANAGER = _PLANT_MANAGER.name
FIELDS = tuple(field.name for field in SIGNATURE_FIELDS)
"""From left to right. Whoever signs first certifies the report, the other one approves it."""

STRIP: Box = SIGNATURE_STRIP
"""The only part of page 1 in which anything may appear after the report was rendered."""

BOXES: Mapping[str, Box] = MappingProxyType({field.name: field.rectangle for field in SIGNATURE_FIELDS})

WIDTH = round(_AUDITOR.right - _AUDITOR.left, 2)
HEIGHT = round(_AUDITOR.top - _AUDITOR.bottom, 2)
"""Of a stamp; all fields have this size."""

LABELS: Mapping[str, Name] = {
    AUDITOR: Name("Audited by", "审核"),
    PLANT_MANAGER: Name("Approved for the plant by", "工厂批准"),
}
"""What a stamp declares: true in either order of signing and whatever the auditor's opinion is."""

EARLIER_LABELS: Mapping[str, tuple[Name, ...]] = {AUDITOR: (Name("Audited and certified by", "审核并认证"),)}
"""Of stamps in reports that are signed already."""

ROLE_NAMES: Mapping[str, Name] = {
    AUDITOR: Name("Auditor", "审核员"),
    PLANT_MANAGER: Name("Plant manager", "工厂负责人"),
}

GROUP_LABELS: Mapping[str, Name] = {
    AUDITOR: Name("Prepared for the group by", "集团编制"),
    PLANT_MANAGER: Name("Approved for the group by", "集团批准"),
}
"""The same two fields in a report of the group: who made it at head office, and who answers for it."""

GROUP_ROLE_NAMES: Mapping[str, Name] = {
    AUDITOR: Name("Head office", "总部"),
    PLANT_MANAGER: Name("Management", "管理层"),
}

PACKAGE_NAME = "audit.json"
"""The attachment that head office calculates again."""

GROUP_PACKAGE_NAME = "group.json"
"""The attachment of a report of the group; it carries no other, and no report of a plant carries it."""

CONTENTS_DIGITS = 8192
"""Hexadecimal digits kept free for a signature; a fixed number, so that there is one right form of it."""

STAMPED_DIGITS = 32768
"""The same for a signature with a time stamp, whose own signature and certificates need up to 12,000 bytes."""

WIDGET_FLAGS = 132
"""Print, locked: a signature is on paper too and nobody moves it by accident."""

P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


_MISSING: Mapping[str, Text] = {
    AUDITOR: T("The signature of the auditor is missing."),
    PLANT_MANAGER: T("The signature of the plant manager is missing."),
}


def missing_signature(field: str) -> Text:
    """Why a report without this signature is refused; ``field`` may be a stranger's word."""
    return _MISSING.get(field) or T("The signature “{field}” is missing.", field=field[:80])


def role_of(text: str) -> str:
    """``plant-manager``, ``Plant manager`` and ``PlantManager`` are the same role.

    >>> role_of("plant-manager")
    'PlantManager'
    """
    wanted = "".join(letter for letter in text.lower() if letter.isalpha())
    for role in FIELDS:
        if role.lower() == wanted:
            return role
    raise UserError(
        T("There is no role “{role}” for a signature.", role=text),
        T("The roles are auditor and plant-manager."),
    )
