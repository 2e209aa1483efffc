"""What a record may say besides item, quantity and unit: category and parameters, checked for every method alike."""

from __future__ import annotations

from core.errors import UserError
from core.i18n import T
from core.ledger.codec import read_decimal
from core.methods import _former
from core.methods._types import CATEGORIES, Method, Parameter


def check_extras(method: Method, category: int, parameters: tuple[tuple[str, str], ...]) -> None:
    """Whether a method can understand the category and the parameters of a record.

    Raises
    ------
    UserError
        for a category or parameter that the method does not have, and for what :func:`check_parameter` refuses.
    """
    if category and category not in method.categories:
        known = [one for one in method.categories if one in CATEGORIES]
        raise UserError(
            T("{method} has no category {category}.", method=method.title, category=category),
            T("Choose one of: {known}.", known=known) if known else T("Leave the category empty."),
        )
    for key, said in parameters:
        parameter = method.parameter(key)
        if parameter is None and method.key == _former.METHOD and key in _former.PARAMETERS:
            raise UserError(_former.WHAT, _former.REMEDY)
        if parameter is None:
            known_keys = [one.key for one in method.parameters]
            raise UserError(
                T("{method} has no parameter “{parameter}”.", method=method.title, parameter=key),
                T("Choose one of: {known}.", known=known_keys) if known_keys else T("Leave the parameters empty."),
            )
        check_parameter(parameter, said)


def check_parameter(parameter: Parameter, said: str) -> None:
    """Whether a method can understand what a record says about a parameter.

    Raises
    ------
    UserError
        for an unknown choice, something that is no number, and a number out of range.
    """
    if parameter.key == "factor":
        return
    title = parameter.title
    if parameter.choices:
        keys = [key for key, _ in parameter.choices]
        if said not in keys:
            raise UserError(
                T("“{value}” is not a choice for “{parameter}”.", value=said[:40], parameter=title),
                T("Choose one of: {known}.", known=keys),
            )
        return
    try:
        value = read_decimal(said)
    except ValueError:
        raise UserError(
            T("“{value}” in “{parameter}” is not a number.", value=said[:40], parameter=title),
            T("Enter plain digits, like 38.93."),
        ) from None
    low, high = parameter.minimum, parameter.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        raise UserError(
            T("{value} is out of range for “{parameter}”.", value=value, parameter=title),
            T(
                "Enter a number from {low} to {high}.",
                low="…" if low is None else low,
                high="…" if high is None else high,
            ),
        )
