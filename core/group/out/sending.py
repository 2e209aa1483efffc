"""What head office sends to plants, signed: factor sets, requests, benchmarks, disclosure maps, certificates in use,
and that a newer version of the program is there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from core.disclosures.maps import head_cells, question_cells
from core.disclosures.question import DisclosureMap
from core.errors import UserError
from core.exchange.cells import plain_text
from core.exchange.read import load, most_frequent_separator, read_table
from core.group.register.ownership import Ownership
from core.handover.notice_rows import COLUMNS, FEWEST_PLANTS
from core.handover.notices import ENDINGS, LONGEST, MAP, UPDATE, Notice, check_notice, sign_notice, spelled
from core.i18n import T, Text, verbatim
from core.instruments import Serials, joined, parse_serials
from core.ledger import Change, Dispatch, Register, Site, SiteFigure, Step
from core.ledger.codec import read_decimal
from core.library import EXACT
from core.methods import exact_sum, plain
from core.running.about import TITLE
from core.signing import Identity
from core.store import ACCEPTED, HELD, Filed, GroupFile

FACTORS = "factors"
SUBJECTS = ("total", "scope1", "scope2_location", "scope2_market", "scope3")
"""What benchmarks are made of, each per unit of a figure."""
TOTAL = ("scope1", "scope2_location", "scope3")
FIGURES = 6
"""Significant figures of a benchmark; more would say nothing."""
Quantity = tuple[str, str]
"""Name and unit of a key figure."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A signed file and the change that remembers it."""

    data: bytes
    change: Change
    dispatch: Dispatch


def request(
    register: Register, title: str, rows: Sequence[Mapping[str, str]], *, sites: Sequence[str] = (), due: str = "",
    note: str = "",
) -> Notice:  # fmt: skip
    """What is asked of plants.

    Parameters
    ----------
    register
        which knows the group, its plants, and what went out under this title before.
    title
        what it is called.
    rows
        see :data:`core.handover.notice_rows.COLUMNS`.
    sites
        ids of plants; none: all.
    due
        day by which an answer is expected, ISO; empty: none is.

    Raises
    ------
    UserError
        for a row that no plant could use, and for an unknown plant.
    """
    names = tuple(_site(register, key).name for key in sites)
    found = Notice("request", title.strip(), register.group.name, tuple(dict(row) for row in rows), names,
                   edition(register, "request", title), due, note)  # fmt: skip
    check_notice(found)
    return found


def map_notice(register: Register, sent: DisclosureMap, *, sites: Sequence[str] = (), note: str = "") -> Notice:
    """A disclosure map for plants; its key is its title, so that a later edition takes the place of an earlier one.

    Raises
    ------
    UserError
        for a question that no plant could use, and for an unknown plant.
    """
    names = tuple(_site(register, key).name for key in sites)
    found = Notice(MAP, sent.key, register.group.name, tuple(map(question_cells, sent.questions)), names,
                   edition(register, MAP, sent.key), "", note, head_cells(sent))  # fmt: skip
    check_notice(found)
    return found


def update_notice(register: Register, rows: Sequence[Mapping[str, str]], title: str = "", note: str = "") -> Notice:
    """That a newer version of the program is there, for everybody.

    Raises
    ------
    UserError
        when something is missing or wrong in the rows.
    """
    version = next((row["words"].strip() for row in rows if row["what"] == "version"), "")
    named = title.strip() or f"{TITLE} {version}".strip()
    found = Notice(UPDATE, named, register.group.name, tuple(dict(row) for row in rows),
                   edition=edition(register, UPDATE, named), note=note)  # fmt: skip
    check_notice(found)
    return found


def benchmarks(register: Register, reports: Iterable[Filed], year: int, title: str) -> Notice:
    """How the plants of the group do in a year, per unit of what they make, earn or employ.

    Parameters
    ----------
    register
        with figures that head office knows better than the reports.
    reports
        the accepted ones of the year.
    year
        of the reports.
    title
        what it is called.

    Returns
    -------
    Notice
        one row for each figure and scope with at least three plants.

    Notes
    -----
    Ratio of a plant r = t / q with its reported emissions t [t CO2e] and the figure q. Low, median and high are the
    quartiles of the ratios in ascending order r_1 … r_n, at the places h = 1 + (n - 1) p with p = 1/4, 1/2, 3/4,
    between two neighbours in proportion: low and high are in general no plant's own number.

    Raises
    ------
    UserError
        when no figure is known of three plants.

    References
    ----------
    Hyndman & Fan (1996), Sample Quantiles in Statistical Packages, definition 7.
    """
    ratios: dict[tuple[Quantity, str], list[Decimal]] = {}
    for filed, figures in _figures(register, reports, year):
        for quantity, value in figures.items():
            for subject in SUBJECTS:
                ratio = EXACT.divide(_emitted(filed, subject), value)
                ratios.setdefault((quantity, subject), []).append(ratio)
    rows = [_row(*key, values, year) for key, values in sorted(ratios.items()) if len(values) >= FEWEST_PLANTS]
    rows = [row for row in rows if Decimal(row["high"])]
    if not rows:
        raise UserError(
            T("No figure of {year} is known of at least {least} plants.", year=str(year), least=FEWEST_PLANTS),
            T("Enter headcount, revenue or production of the plants, or ask the plants for them."),
        )
    found = Notice("benchmarks", title.strip(), register.group.name, tuple(rows),
                   edition=edition(register, "benchmarks", title))  # fmt: skip
    check_notice(found)
    return found


def serials_in_use(group: GroupFile, title: str) -> Notice:
    """Which certificates accepted and held reports use, so that each plant can see it before it uses one again.

    Raises
    ------
    UserError
        when no report names any.
    """
    found: dict[tuple[str, int], list[Serials]] = {}
    owned = Ownership.of(group.register)
    reports = {one.sha256: one for one in group.all() if one.state in (ACCEPTED, HELD)}
    for marking, sha256 in group.marked("certificate"):
        if (filed := reports.get(sha256)) is not None:
            site = owned.site_of(filed)
            holder = (filed.plant if site is None else site.name, filed.year)
            found.setdefault(holder, []).extend(parse_serials(marking.value))
    rows = [
        {"serials": words, "holder": holder, "year": str(year)}
        for (holder, year), ranges in sorted(found.items())
        for words in _lines_of(joined(ranges))
    ]
    if not rows:
        raise UserError(
            T("No report names certificates."), T("Plants enter them on the page “Renewables”, then sign again.")
        )
    made = Notice("serials", title.strip(), group.register.group.name, tuple(rows),
                  edition=edition(group.register, "serials", title))  # fmt: skip
    check_notice(made)
    return made


def _lines_of(ranges: Iterable[Serials]) -> Iterator[str]:
    """As many ranges in a row as fit."""
    line = ""
    for one in ranges:
        longer = f"{line}; {one.text}" if line else one.text
        if len(longer) > LONGEST:
            yield line
            longer = one.text
        line = longer
    if line:
        yield line


def too_few(register: Register, reports: Iterable[Filed], year: int) -> tuple[tuple[Quantity, int], ...]:
    """Key figures that are known of some plants but of too few for a benchmark, each with how many they are."""
    counts: dict[Quantity, int] = {}
    for _, figures in _figures(register, reports, year):
        for quantity in figures:
            counts[quantity] = counts.get(quantity, 0) + 1
    return tuple((quantity, count) for quantity, count in sorted(counts.items()) if count < FEWEST_PLANTS)


def quartile(ratios: Sequence[Decimal], place: Decimal) -> Decimal:
    """A quantile of numbers in ascending order.

    Parameters
    ----------
    ratios
        ascending, at least one.
    place
        between 0 and 1, e.g. 0.25. [-]

    Notes
    -----
    With h = (n - 1) p from 0: r_⌊h⌋ + (h - ⌊h⌋) (r_⌊h⌋+1 - r_⌊h⌋).

    References
    ----------
    Hyndman & Fan (1996), definition 7.

    Examples
    --------
    >>> str(quartile([Decimal(1), Decimal(2), Decimal(4)], Decimal("0.25")))
    '1.50'
    """
    height = EXACT.multiply(Decimal(len(ratios) - 1), place)
    below = int(height)
    above = min(below + 1, len(ratios) - 1)
    step = EXACT.multiply(EXACT.subtract(height, Decimal(below)), EXACT.subtract(ratios[above], ratios[below]))
    return EXACT.add(ratios[below], step)


def edition(register: Register, kind: str, title: str) -> int:
    """Number of the next file of this kind and title."""
    return 1 + sum(one.kind == kind and spelled(one.title) == spelled(title) for one in register.held(Dispatch))


def sending(
    register: Register, notice: Notice, signer: Identity, who: str, when: datetime, *, name: str = ""
) -> Outgoing:
    """Sign a notice and make the change that remembers it.

    Raises
    ------
    UserError
        when the signer may not sign for head office.
    """
    data = sign_notice(notice, signer, when)
    ids = tuple(site.id for site in register.held(Site) if site.name in notice.sites)
    return dispatching(register, notice.kind, notice.title, data, name or file_name(notice), who, when, ids, notice.due)


def dispatching(
    register: Register, kind: str, title: str, data: bytes, name: str, who: str, when: datetime,
    sites: tuple[str, ...] = (), due: str = "",
) -> Outgoing:  # fmt: skip
    """The change that remembers a signed file, also one that was made elsewhere, such as a factor set."""
    digest = hashlib.sha256(data).hexdigest()
    sent = Dispatch(_next_id(register), kind, title, sites, when.date(), digest, len(data), name, due)
    change = Change(who, when, _why(sent, register), (Step("dispatch", sent.id, None, sent),))
    return Outgoing(data, change, sent)


def file_name(notice: Notice) -> str:
    """How the file is called: title, edition, kind."""
    kept = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in notice.title).strip("_")
    return f"{kept[:60] or notice.kind}-{notice.edition}{ENDINGS[notice.kind]}"


def read_rows(source: Path | bytes, kind: str = "request") -> tuple[dict[str, str], ...]:
    """The rows of a request, or of another kind, from csv or xlsx with its columns in the first row.

    Raises
    ------
    UserError
        when the file cannot be read or lacks a column.
    """
    wanted = COLUMNS[kind]
    rows = read_table(load(source), guess=most_frequent_separator).rows
    heads = [plain_text(cell).strip().casefold() for cell in rows[0][1]] if rows else []
    if lacking := [name for name in wanted if name not in heads]:
        raise UserError(
            T("The file lacks the column “{column}”.", column=lacking[0]),
            T("Give the columns these headings: {columns}.", columns=list(wanted)),
        )
    places = {name: heads.index(name) for name in wanted}
    return tuple({name: plain_text(cells[at]).strip() for name, at in places.items()} for _, cells in rows[1:])


def _site(register: Register, key: str) -> Site:
    found = register.get("site", key)
    if not isinstance(found, Site):
        raise UserError(T("There is no plant with the id {id}.", id=key[:40]), T("Look at the list of plants."))
    return found


def _figures(
    register: Register, reports: Iterable[Filed], year: int
) -> Iterable[tuple[Filed, dict[Quantity, Decimal]]]:
    """Each report of the year with its figures; what head office knows takes the place of what the report says."""
    known: dict[str, dict[Quantity, Decimal]] = {}
    for one in register.held(SiteFigure):
        if one.year == year:
            known.setdefault(one.site, {})[one.name, one.unit] = one.quantity
    owners = Ownership.of(register)
    for filed in reports:
        site = owners.site_of(filed)
        figures = {(name, unit): read_decimal(text) for name, unit, text in filed.figures}
        for key, quantity in (known.get(site.id, {}) if site is not None else {}).items():
            figures = {held: value for held, value in figures.items() if held[0] != key[0]}
            figures[key] = quantity
        yield filed, {key: value for key, value in figures.items() if value > 0}


def _emitted(filed: Filed, subject: str) -> Decimal:
    totals = filed.totals or {}
    scopes = TOTAL if subject == "total" else (subject,)
    return exact_sum(totals.get(scope, Decimal(0)) for scope in scopes)


def _row(quantity: Quantity, subject: str, ratios: Sequence[Decimal], year: int) -> dict[str, str]:
    ordered = sorted(ratios)
    low, median, high = (_short(quartile(ordered, Decimal(place) / 4)) for place in (1, 2, 3))
    name, unit = quantity
    return {"figure": name, "subject": subject, "unit": f"t/{unit}", "low": low, "median": median, "high": high,
            "plants": str(len(ordered)), "year": str(year)}  # fmt: skip


def _short(value: Decimal) -> str:
    """With six significant figures, as plain digits; rounding keeps the order of numbers."""
    if not value:
        return "0"
    return plain(value.quantize(Decimal(1).scaleb(value.adjusted() - FIGURES + 1)))


def _next_id(register: Register) -> str:
    numbers = [int(one.id[1:]) for one in register.held(Dispatch) if one.id[1:].isdecimal()]
    return f"d{max(numbers, default=0) + 1:04d}"


def _why(sent: Dispatch, register: Register) -> Text:
    kinds = {
        FACTORS: T("Factor set"),
        "request": T("Request"),
        "benchmarks": T("Benchmarks"),
        MAP: T("Disclosure map"),
        "serials": T("Certificates in use"),
        UPDATE: T("Update notice"),
    }
    names = [_site(register, key).name for key in sent.sites]
    to = names or T("all plants")
    return T("Signed for plants: {kind} “{title}” for {plants}", kind=kinds[sent.kind], title=verbatim(sent.title),
             plants=to)  # fmt: skip
