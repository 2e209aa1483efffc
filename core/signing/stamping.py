"""Addresses of time stamping authorities: what is one, asked before anything is signed and without loading pyHanko."""

from __future__ import annotations

from urllib.parse import urlsplit

from core.errors import UserError
from core.i18n import T, verbatim


def stamping_address(text: str) -> str:
    """The address somebody wrote, without the blanks around it; empty: no time stamp is wanted.

    Raises
    ------
    UserError
        when it is no address that can be asked.
    """
    url = text.strip()
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # brackets without an address in them
        good = False
    if url and not good:
        raise UserError(
            T("“{url}” is not the address of a time stamping authority.", url=verbatim(url)),
            T("It begins with http:// or https://."),
        )
    return url
