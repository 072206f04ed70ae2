"""No regular expression of ours takes time that grows faster than the text it reads."""

import re

import pytest
from support.analysis import expressions
from support.analysis.expressions import Expression
from support.analysis.hostile_strings import Hostile, Parts

pytestmark = pytest.mark.xdist_group("source")
SHORT, LONG, LONGER = 2_000, 10_000, 100_000
TRIES = 3
"""A machine that is busy makes some slower, and never all of them as slow as the square would."""
SUSPECTS = 3
"""How many strings, those that took longest when they were short, are tried long."""
FLOOR = 0.05
"""Seconds of processor time below which nothing is said; a single pass takes about 0.001."""
GROWTH = 30
"""The longer text is 10 times as long; with the square it would take 100 times as long."""


@pytest.fixture(scope="module")
def every() -> list[Expression]:
    return expressions.every()


def written(parts: Parts, length: int) -> str:
    beginning, piece, end = parts
    return beginning + piece * (length // len(piece)) + end


def grows_too_fast(expression: Expression) -> str | None:
    """Return the string on which it takes too long, told by its parts."""

    def seconds(parts: Parts, length: int) -> float:
        return expression.seconds(written(parts, length))

    short = {parts: seconds(parts, SHORT) for parts in Hostile(expression.pattern).all()}
    for parts in sorted(short, key=short.__getitem__, reverse=True)[:SUSPECTS]:
        long = min(seconds(parts, LONG) for _ in range(TRIES))
        most = max(FLOOR, GROWTH * long)
        if long > FLOOR or all(seconds(parts, LONGER) > most for _ in range(TRIES)):
            return repr(parts)
    return None


def test_each_expression_reads_hostile_text_in_a_time_that_grows_with_its_length(
    every: list[Expression],
) -> None:
    slow = {it.where: parts for it in every if (parts := grows_too_fast(it)) is not None}

    assert slow == {}


def test_no_expression_is_overlooked(every: list[Expression]) -> None:
    assert expressions.held() <= {it.pattern for it in every}
    assert len(every) >= 60


@pytest.mark.parametrize(
    ("text", "anchored"),
    [
        (r"\A[^\x00]*[^\s\x00][^\x00]*\Z", False),
        (r'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])', False),
        (r"([!-9;-~]+):[ \t]*([\t -~]*)", True),
        (r"(?:a|b)+ *x+x+y", True),
        (r"\s+$", False),
    ],
)
def test_an_expression_that_is_quadratic_is_found(text: str, *, anchored: bool) -> None:
    assert grows_too_fast(Expression("here", re.compile(text), anchored)) is not None
