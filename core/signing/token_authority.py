"""A root on a token: its key is made there and never leaves it; its certificate lies beside it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from cryptography import x509

from core.signing.certificates import authority_certificate
from core.signing.token_access import opened, opened_library, single_token
from core.signing.tokens import new_key, store_token_certificate


def create_token_authority(
    module: Path, pin: str, *, common_name: str, organisation: str, when: datetime, token: str = ""
) -> tuple[str, x509.Certificate]:
    """Make the root of a group on a token, as :func:`core.signing.create_authority` makes it in memory.

    It is opened again with :func:`core.signing.token_identity`, and then issues and revokes like any other root.

    Parameters
    ----------
    module, pin, token
        as for :func:`core.signing.token_identity`.
    common_name, organisation, when
        as for :func:`core.signing.create_authority`.

    Returns
    -------
    str and certificate
        ID of key and certificate in hexadecimal, and the root's certificate.

    Raises
    ------
    UserError
        when the token makes no such key, and as for :func:`core.signing.token_identity`.
    """
    made: list[x509.Certificate] = []
    with opened_library(module) as library, opened(single_token(library, token), pin, writing=True) as session:
        new_key(session, lambda key: made.append(authority_certificate(key, common_name, organisation, when)))
    return store_token_certificate(module, pin, made[0], token=token), made[0]
