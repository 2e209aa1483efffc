"""Laws of the claim check, whatever the claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from core.ledger import Claim
from core.library import load_library
from core.solar.claims import ClaimCheck, check_to_plain, judge, published_claims
from core.solar.claims._forecast import lasting
from core.solar.claims._numbers import over, published, readable, rounded, years_between
from core.solar.claims.model import VERDICTS

LIBRARY = load_library()
numbers = st.decimals(Decimal("0.5"), Decimal(10**7), places=2)
maybe = st.none() | numbers


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Any claim with at least one number."""
    names = ("power", "area", "yearly", "total", "yearly_tonnes", "total_tonnes")
    drawn: dict[str, Any] = {name: draw(maybe) for name in names}
    years = draw(st.none() | st.decimals(Decimal(1), Decimal(40), places=1))
    if years is None and not any(drawn.values()):
        drawn["power"] = Decimal(100)
    country, region = draw(st.sampled_from([("CN", "CN-BJ"), ("CN", ""), ("PL", ""), ("TV", ""), ("", "")]))
    drawn["since"] = draw(st.sampled_from(["", "2019", "2019-05", "2019-05-01"]))
    drawn["gas"] = draw(st.sampled_from(["", "CO2", "CO2e"]))
    drawn["attributes"] = draw(st.sampled_from(["", "plant", "other"]))
    return Claim("c", "x", "", date(2023, 12, 31), "", country, region, years=years, **drawn)


@given(claims())
def test_any_claim_is_judged_and_can_be_said(claim: Claim) -> None:
    check = judge(claim, LIBRARY, others=tuple(one.claim for one in published_claims()))
    assert check.verdict in VERDICTS and check.questions
    assert check_to_plain(check) == check_to_plain(
        judge(claim, LIBRARY, others=tuple(one.claim for one in published_claims()))
    )
    for step in check.steps:
        assert step.sentence.in_language("zh") and step.sentence.in_language("en")
        for one in step.quantities:
            assert one.low is None or one.low <= one.value
            assert one.high is None or one.value <= one.high


def constants(check: ClaimCheck) -> list[Decimal]:
    return [one.value for step in check.steps for one in step.quantities if one.key.startswith("constant")]


@given(numbers, numbers, numbers, st.integers(1, 40), st.sampled_from([Decimal(10), Decimal(1000), Decimal("0.1")]))
def test_the_constant_does_not_know_how_large_the_system_is(
    yearly: Decimal, tonnes: Decimal, total: Decimal, years: int, scale: Decimal
) -> None:
    one = Claim("c", "x", "", date(2024, 1, 1), country="CN", yearly=yearly, yearly_tonnes=tonnes, total_tonnes=total,
                years=Decimal(years))  # fmt: skip
    other = replace(one, yearly=yearly * scale, yearly_tonnes=tonnes * scale, total_tonnes=total * scale)
    before, after = constants(judge(one, LIBRARY)), constants(judge(other, LIBRARY))
    assert len(before) == 2 and before == after
    assert before[0] == over(tonnes * 1000, yearly)


@given(st.decimals(Decimal("0.001"), Decimal(10**12), places=3), st.integers(1, 6))
def test_rounding_holds_the_number_itself_and_more_digits_leave_less(value: Decimal, digits: int) -> None:
    span, closer = published(value, digits), published(value, digits + 1)
    assert span.low < span.value < span.high and span.low > 0
    assert span.low <= closer.low and closer.high <= span.high


@given(numbers, numbers, numbers)
def test_a_quotient_holds_every_quotient_of_its_parts(one: Decimal, other: Decimal, third: Decimal) -> None:
    above, below = published(one, 2), published(other, 2)
    ratio = above.over(below)
    for a in (above.low, above.value, above.high):
        for b in (below.low, below.value, below.high):
            assert ratio.holds(over(a, b))
    product = above.times(published(third, 2))
    assert product.low <= product.value <= product.high


@given(st.decimals(Decimal("0.5"), Decimal(1), places=4), st.integers(0, 60), st.decimals(0, Decimal("0.99"), places=2))
def test_years_are_worth_the_geometric_sum(ratio: Decimal, whole: int, part: Decimal) -> None:
    worth = lasting(ratio, whole + part)
    powers = [ratio**n for n in range(whole + 1)]
    assert abs(worth - (sum(powers[:whole], Decimal(0)) + part * powers[whole])) < Decimal("1e-20")
    assert worth <= whole + part


@given(st.decimals(0, 5, places=2), st.decimals(0, 5, places=2))
def test_faster_degradation_never_avoids_more(one: Decimal, other: Decimal) -> None:
    from core.solar.claims import Assumptions

    slow, fast = sorted((one, other))
    fangshan = next(p.claim for p in published_claims() if p.claim.id == "claim-fangshan")

    def tonnes(degradation: Decimal) -> list[Decimal]:
        step = judge(fangshan, LIBRARY, assumptions=Assumptions(degradation=degradation)).step("forecast")
        assert step is not None
        return [scenario.tonnes for scenario in step.scenarios]

    assert all(less <= more for less, more in zip(tonnes(fast), tonnes(slow), strict=True))


def test_numbers_for_reading() -> None:
    assert published(Decimal("18000"), 2).low == 17_500
    assert published(Decimal("1200"), 2).high == 1250
    assert published(Decimal("2000000"), 2).high == 2_050_000, "two digits at least"
    assert published(Decimal("39.39"), 2).low == Decimal("39.385")
    assert published(Decimal("1200.0"), 2).low == Decimal("1199.95"), "digits behind the point are meant"
    assert (readable(Decimal("0.6")), readable(Decimal(27701)), readable(Decimal("0.05"))) == (
        "0.600",
        "27,701",
        "0.0500",
    )
    assert rounded(Decimal(11718), 2) == 12_000 and rounded(Decimal("0.05249"), 2) == Decimal("0.052")
    assert readable(years_between(date(2019, 1, 1), date(2019, 12, 31)), 4) == "0.9993"
