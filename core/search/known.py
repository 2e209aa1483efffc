"""What the program itself knows, as it is found: published factors, rules of the review, data points."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from core.checks import all_rules
from core.disclosures.catalogue import CHECK, all_points
from core.i18n import Localised, T, show_number, verbatim
from core.library import Factor, Library
from core.library.places import countries, regions
from core.search.entries import Entry
from core.store import Filed


def factors_of(library: Library) -> Iterator[Entry]:
    """Every published factor, by its item, area, use, publisher and key."""
    names: dict[str, tuple[Localised, str]] = {}
    for one in library.factors:
        if one.item not in names:
            item = library.items.get(one.item)
            title: Localised = verbatim(one.item) if item is None else item.name
            words = "" if item is None else " ".join((item.name.en, item.name.zh, *item.aliases))
            names[one.item] = title, words
        yield _factor(one, *names[one.item])


def _factor(one: Factor, name: Localised, words: str) -> Entry:
    title = one.name if one.name is not None and not words else name
    number = f"{show_number(one.headline)} {one.unit}".removesuffix(" 1")
    beside = verbatim(" · ".join(filter(None, (one.region, str(one.data_year or ""), number, one.set.publisher))))
    area = regions().get(one.region) or countries().get(one.region)
    more = (
        one.key,
        words,
        str(beside),
        one.set.title.en,
        one.set.title.zh,
        *((area.en, area.zh) if area is not None else ()),
    )
    return Entry("library", title, "library", one.key, beside, "\n".join(more))


def rules() -> Iterator[Entry]:
    """Every rule of the review."""
    for key, rule in all_rules().items():
        yield Entry("rule", rule.title, "findings", f"rule:{key}", words=key)


def points(page: str, questions: str) -> Iterator[Entry]:
    """Every data point that somebody may ask for, and the questions of the checklist.

    Parameters
    ----------
    page, questions
        the pages that show them, of a plant or of head office.
    """
    for key, point in all_points().items():
        if key.startswith(CHECK):
            code = key.removeprefix(CHECK)
            yield Entry("question", point.name, questions, code, verbatim(code), key)
        else:
            yield Entry("point", point.name, page, key, verbatim(key), key)


def reports(filed: Iterable[Filed]) -> Iterator[Entry]:
    """Reports that head office received."""
    for one in filed:
        title = T("{plant}, {year}", plant=one.plant, year=str(one.year)) if one.plant else verbatim(one.name)
        words = "\n".join((one.name, one.audit_id, one.country, one.region, one.organisation, *one.signed_by))
        yield Entry("report", title, "inbox", one.sha256, verbatim(one.name), words)
