"""What a token refuses, as a sentence with a way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from core.errors import UserError
from core.i18n import T, Text

if TYPE_CHECKING:
    import pkcs11

_GONE = "DeviceError DeviceRemoved ObjectHandleInvalid SessionClosed SessionHandleInvalid TokenNotPresent"
_WRONG = "PinIncorrect PinInvalid PinLenRange"


@contextmanager
def refused_politely(token: pkcs11.Token | None = None, *, signing: bool = False) -> Iterator[None]:
    """Turn errors of the token inside the block into :class:`UserError`.

    Parameters
    ----------
    token
        that is being opened, for it knows how many tries of the PIN are left.
    signing
        whether it was asked for a signature: one that is gone then has signed nothing.
    """
    import pkcs11

    try:
        yield
    except pkcs11.PKCS11Error as error:
        raise _explained(error, token, signing) from error


def _explained(error: pkcs11.PKCS11Error, token: pkcs11.Token | None, signing: bool) -> UserError:
    kind = type(error).__name__
    if kind in _WRONG.split():
        return UserError(T("The PIN is wrong."), _tries(token))
    if kind == "PinLocked":
        return UserError(
            T("The PIN of the token is locked after too many wrong tries."),
            T("Whoever gave the token out can unlock it."),
        )
    if kind in ("PinExpired", "UserPinNotInitialized"):
        return UserError(T("The token has no PIN yet."), T("Set one with the program that came with the token."))
    if kind in _GONE.split() or (signing and kind in ("GeneralError", "UserNotLoggedIn")):
        what = (
            T("The token was removed while it signed; nothing was signed.") if signing else T("The token was removed.")
        )
        return UserError(what, T("Plug the token in and try again."))
    if kind in ("TokenWriteProtected", "SessionReadOnly"):
        return UserError(T("The token is protected against writing."), T("Use another token."))
    if kind in ("MechanismInvalid", "KeyTypeInconsistent", "FunctionNotSupported", "DomainParamsInvalid"):
        return UserError(
            T("The token cannot sign with keys of the kind P-256."), T("Use a token that knows ECDSA with P-256.")
        )
    return UserError(
        T("The token refused ({what}).", what=kind), T("Unplug the token, plug it in again and try once more.")
    )


def _tries(token: pkcs11.Token | None) -> Text:
    """How much care the next try needs, as far as the token tells."""
    import pkcs11

    try:
        flags = pkcs11.TokenFlag(0) if token is None else token.slot.get_token().flags
    except pkcs11.PKCS11Error:
        flags = pkcs11.TokenFlag(0)
    if flags & pkcs11.TokenFlag.USER_PIN_LOCKED:
        return T("It is locked now; whoever gave the token out can unlock it.")
    if flags & pkcs11.TokenFlag.USER_PIN_FINAL_TRY:
        return T("One try is left, then the token locks itself.")
    if flags & pkcs11.TokenFlag.USER_PIN_COUNT_LOW:
        return T("Only a few tries are left, then the token locks itself.")
    return T("Type it again.")
