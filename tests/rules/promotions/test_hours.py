"""Days and hours of promotions are those of the shop's own time zone."""

from datetime import UTC, datetime, time
from uuid import UUID

import pytest

from trastienda.database.models.promotions.promotion import PromotionKind, Trigger
from trastienda.schemas.promotions.of_carts import PromotionRow
from trastienda.services.promotions.conditions import in_hours

FRIDAY, SATURDAY = 5, 6
NIGHT = (time(22), time(2))


def an_offer(weekdays: list[int], hours: tuple[time | None, time | None]) -> PromotionRow:
    nothing: dict[str, None] = dict.fromkeys(
        ("percent", "buy", "get", "max_quantity", "gift_variant_id", "gift_sku", "stack_group")
    )
    unlimited = dict.fromkeys(("starts_at", "ends_at", "usage_limit", "usage_limit_per_customer"))
    return PromotionRow(
        **nothing,
        **unlimited,
        id=UUID(int=1),
        name="Night",
        kind=PromotionKind.ORDER_PERCENT,
        trigger=Trigger.AUTOMATIC,
        active=True,
        amounts={},
        tiers=[],
        gift_quantity=1,
        product_ids=frozenset(),
        category_ids=frozenset(),
        variant_ids=frozenset(),
        weekdays=weekdays,
        time_from=hours[0],
        time_to=hours[1],
        min_subtotals={},
        min_quantity=0,
        max_discounts={},
        priority=0,
        exclusive=False,
        uses=0,
        customer_uses=0,
        in_channel=True,
        in_group=True,
        first_allowed=True,
    )


@pytest.mark.parametrize(
    ("weekdays", "hours", "utc", "holds"),
    [
        # Madrid is one hour ahead of UTC in November; the 27th of 2026 is a Friday.
        ([], (None, None), datetime(2026, 11, 27, 12, tzinfo=UTC), True),
        ([FRIDAY], (None, None), datetime(2026, 11, 26, 23, tzinfo=UTC), True),
        ([FRIDAY], (None, None), datetime(2026, 11, 26, 22, 59, tzinfo=UTC), False),
        ([], (time(9), time(17)), datetime(2026, 11, 27, 8, tzinfo=UTC), True),
        ([], (time(9), time(17)), datetime(2026, 11, 27, 16, tzinfo=UTC), False),
        ([], (time(9), None), datetime(2026, 11, 27, 7, 59, tzinfo=UTC), False),
        ([], (None, time(9)), datetime(2026, 11, 27, 7, 59, tzinfo=UTC), True),
        ([FRIDAY], NIGHT, datetime(2026, 11, 27, 21, tzinfo=UTC), True),
        ([FRIDAY], NIGHT, datetime(2026, 11, 28, 0, 59, tzinfo=UTC), True),
        ([FRIDAY], NIGHT, datetime(2026, 11, 28, 1, tzinfo=UTC), False),
        ([FRIDAY], NIGHT, datetime(2026, 11, 27, 0, tzinfo=UTC), False),
        ([SATURDAY], NIGHT, datetime(2026, 11, 28, 0, 59, tzinfo=UTC), False),
    ],
)
def test_hours_past_midnight_belong_to_the_day_they_began(
    weekdays: list[int],
    hours: tuple[time | None, time | None],
    utc: datetime,
    holds: bool,  # noqa: FBT001 - a column of the table
) -> None:
    assert in_hours(an_offer(weekdays, hours), "Europe/Madrid", utc) is holds
