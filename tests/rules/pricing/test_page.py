"""Every example of docs/pricing.md is asked, and answered as it says."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from trastienda.schemas.pricing.preview import PricingDraft
from trastienda.services.pricing.preview import preview

PAGE = (Path(__file__).parents[3] / "docs" / "pricing.md").read_text()
BLOCKS = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
EXAMPLES = list(zip(BLOCKS[::2], BLOCKS[1::2], strict=True))


def part(whole: Any, of: Any) -> Any:  # noqa: ANN401 - any JSON
    """Leave of a document what another one names; lists are compared whole, entry by entry."""
    if isinstance(of, dict):
        return {name: part(whole[name], value) for name, value in of.items()}
    if isinstance(of, list) and len(whole) == len(of):
        return [part(*both) for both in zip(whole, of, strict=True)]
    return whole


@pytest.mark.parametrize(("asked", "answered"), EXAMPLES)
def test_every_example_is_answered_as_the_page_says(
    asked: dict[str, Any], answered: dict[str, Any]
) -> None:
    told = msgspec.to_builtins(preview(msgspec.convert(asked, PricingDraft)))

    assert part(told, answered) == answered
    assert sum(step["amount"] for step in told["explanation"]) == told["total"]


def test_every_rule_has_an_example() -> None:
    rules = re.split(r"^## \d+\. ", PAGE, flags=re.MULTILINE)[1:]

    assert len(rules) == 12
    assert all(rule.count("```json") >= 2 for rule in rules)
