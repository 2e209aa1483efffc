"""Certificates, signing and verification of reports. The only room that knows pyHanko, and it imports it late.

Everything public is listed below and loaded on first use, so that importing the package costs nothing.

>>> from core.signing import role_of
>>> role_of("auditor")
'Auditor'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.signing.bundle import Bundle, Listed, make_bundle, read_bundle, take_bundle
    from core.signing.certificates import (
        Identity,
        Revocation,
        check_period,
        create_authority,
        create_request,
        fingerprint,
        issue,
        load_request,
        make_crl,
    )
    from core.signing.factor_set import SignedSet, sign_set, verify_set
    from core.signing.isolated import verify_isolated
    from core.signing.keys import joined, load_certificate, load_key, load_p12, save_certificate, save_key, save_p12
    from core.signing.layout import (
        AUDITOR,
        BOXES,
        FIELDS,
        GROUP_PACKAGE_NAME,
        PACKAGE_NAME,
        PLANT_MANAGER,
        STRIP,
        missing_signature,
        role_of,
    )
    from core.signing.longterm import Later, extend, preserve, verify_later
    from core.signing.records import SignatureReport, Verification
    from core.signing.renewal import Renewal, make_renewal, read_renewal, renewal_request
    from core.signing.signature import Progress, sign
    from core.signing.statement import StatementSigner, sign_statement, verify_statement
    from core.signing.token_access import TokenCertificate
    from core.signing.token_authority import create_token_authority
    from core.signing.tokens import (
        TokenInfo,
        create_token_request,
        plugged_tokens,
        store_token_certificate,
        token_certificates,
        token_identity,
    )
    from core.signing.trust import Named, Trust, load_trust
    from core.signing.verification.examine import verify

__all__ = [
    "AUDITOR",
    "BOXES",
    "FIELDS",
    "GROUP_PACKAGE_NAME",
    "PACKAGE_NAME",
    "PLANT_MANAGER",
    "STRIP",
    "Bundle",
    "Identity",
    "Later",
    "Listed",
    "Named",
    "Progress",
    "Renewal",
    "Revocation",
    "SignatureReport",
    "SignedSet",
    "StatementSigner",
    "TokenCertificate",
    "TokenInfo",
    "Trust",
    "Verification",
    "check_period",
    "create_authority",
    "create_request",
    "create_token_authority",
    "create_token_request",
    "extend",
    "fingerprint",
    "issue",
    "joined",
    "load_certificate",
    "load_key",
    "load_p12",
    "load_request",
    "load_trust",
    "make_bundle",
    "make_crl",
    "make_renewal",
    "missing_signature",
    "plugged_tokens",
    "preserve",
    "read_bundle",
    "read_renewal",
    "renewal_request",
    "role_of",
    "save_certificate",
    "save_key",
    "save_p12",
    "sign",
    "sign_set",
    "sign_statement",
    "store_token_certificate",
    "take_bundle",
    "token_certificates",
    "token_identity",
    "verify",
    "verify_isolated",
    "verify_later",
    "verify_set",
    "verify_statement",
]

_HOMES = {
    "bundle": "Bundle Listed make_bundle read_bundle take_bundle",
    "certificates": "Identity Revocation check_period create_authority create_request fingerprint issue load_request"
    " make_crl",
    "factor_set": "SignedSet sign_set verify_set",
    "isolated": "verify_isolated",
    "keys": "joined load_certificate load_key load_p12 save_certificate save_key save_p12",
    "layout": "AUDITOR BOXES FIELDS GROUP_PACKAGE_NAME PACKAGE_NAME PLANT_MANAGER STRIP missing_signature role_of",
    "longterm": "Later extend preserve verify_later",
    "records": "SignatureReport Verification",
    "renewal": "Renewal make_renewal read_renewal renewal_request",
    "signature": "Progress sign",
    "statement": "StatementSigner sign_statement verify_statement",
    "token_access": "TokenCertificate",
    "token_authority": "create_token_authority",
    "tokens": "TokenInfo create_token_request plugged_tokens store_token_certificate token_certificates token_identity",
    "trust": "Named Trust load_trust",
    "verification.examine": "verify",
}


def __getattr__(name: str) -> object:
    for home, names in _HOMES.items():
        if name in names.split():
            return getattr(import_module(f"{__name__}.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
