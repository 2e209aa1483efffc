"""Programmes by which others audit, score, certify or validate a plant or group; their results are kept as stated."""

from __future__ import annotations

from collections.abc import Mapping

from core.i18n import Localised, Name, T

SCHEMES: Mapping[str, Localised] = {
    "sbti": Name("SBTi validation", "SBTi 目标验证"),
    "cdp": Name("CDP score", "CDP 评分"),
    "saq": Name("SAQ (NQC)", "SAQ 自评问卷（NQC）"),
    "ecovadis": Name("EcoVadis rating", "EcoVadis 评级"),
    "rba": Name("RBA VAP audit", "RBA VAP 审核"),
    "iso14001": Name("ISO 14001 certificate", "ISO 14001 证书"),
    "iso50001": Name("ISO 50001 certificate", "ISO 50001 证书"),
    "iso45001": Name("ISO 45001 certificate", "ISO 45001 证书"),
    "iso14064": Name("Verification by ISO 14064", "ISO 14064 核查"),
    "other": T("Other"),
}
"""By key, as a record keeps it."""
