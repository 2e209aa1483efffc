"""Ask a time stamping authority (RFC 3161) when a signature existed. Imported late: it brings pyHanko.

Nothing but the SHA-256 of the signature leaves this computer, and only when somebody named an address.
"""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from http.client import HTTPException

from asn1crypto import cms, tsp
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

from core.errors import UserError
from core.i18n import T, Text, verbatim
from core.signing.stamping import stamping_address

SECONDS = 30.0
"""How long an authority may take."""
_LARGEST = 100_000
_ASKS, _ANSWERS = "application/timestamp-query", "application/timestamp-reply"
_WITHOUT = T("Sign without a time stamp, or try again later.")


class TimeStampsAt(TimeStamper):
    """The authority at an address. pyHanko makes the request, and holds the answer against it."""

    def __init__(self, url: str) -> None:
        """Raises :class:`UserError` for what is no address of one."""
        self.url = stamping_address(url)
        super().__init__()

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        answer = await asyncio.to_thread(self._ask, req.dump())
        return tsp.TimeStampResp.load(answer, strict=True)

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """The token; whatever goes wrong is the person's to know."""
        try:
            token = await super().async_timestamp(message_digest, md_algorithm)
            info = token["content"]["encap_content_info"]["content"].parsed
            if info["message_imprint"]["hashed_message"].native != message_digest:
                raise ValueError("imprint")
        except (TimestampRequestError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise self._failed(T("it gave no time stamp")) from error
        return token

    def _ask(self, query: bytes) -> bytes:
        asking = urllib.request.Request(self.url, data=query, headers={"Content-Type": _ASKS, "Accept": _ANSWERS})
        try:
            with urllib.request.urlopen(asking, timeout=SECONDS) as answer:
                data: bytes = answer.read(_LARGEST + 1)
        except (OSError, ValueError, HTTPException) as error:  # of the network, and of what is no answer of HTTP
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            reason = getattr(error, "reason", None) or error
            raise self._failed(verbatim(str(reason)[:200])) from error
        if len(data) > _LARGEST:
            raise self._failed(T("its answer is too large"))
        return data

    def _failed(self, why: Text) -> UserError:
        return UserError(T("The time stamping authority {url} did not help: {why}.", url=self.url, why=why), _WITHOUT)
