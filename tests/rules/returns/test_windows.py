"""Until when a return may be asked for, in the time zone of the shop."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from trastienda.database.models.orders.fulfilment import FulfilmentState
from trastienda.schemas.orders.fulfilment import OrderFulfilment
from trastienda.services.returns import windows

MADRID = ZoneInfo("Europe/Madrid")


def day(number: int, hour: int = 12) -> datetime:
    return datetime(2026, 3, number, hour, tzinfo=UTC)


def a_parcel(status: FulfilmentState, **times: Any) -> OrderFulfilment:  # noqa: ANN401
    return OrderFulfilment(id=uuid4(), number=1, status=status, lines=[], **times)


@pytest.mark.parametrize(
    ("parcels", "begins"),
    [
        ([], None),
        ([a_parcel(FulfilmentState.READY, ready_at=day(1))], None),
        ([a_parcel(FulfilmentState.CANCELLED, ready_at=day(1))], None),
        ([a_parcel(FulfilmentState.SHIPPED, sent_at=day(1))], day(1)),
        ([a_parcel(FulfilmentState.DELIVERED, sent_at=day(1), delivered_at=day(4))], day(4)),
        ([a_parcel(FulfilmentState.COLLECTED, ready_at=day(1), collected_at=day(3))], day(3)),
        (
            [
                a_parcel(FulfilmentState.DELIVERED, sent_at=day(1), delivered_at=day(9)),
                a_parcel(FulfilmentState.SHIPPED, sent_at=day(5)),
            ],
            day(9),
        ),
    ],
)
def test_a_window_begins_with_the_last_parcel_that_came(
    parcels: list[OrderFulfilment], begins: datetime | None
) -> None:
    assert windows.begins(parcels) == begins


def test_a_window_ends_with_its_last_day_where_the_shop_is() -> None:
    """The 28th is the last of the 14 days after the 14th; the clocks change the day after."""
    late = day(13, 23)  # midnight of the 14th in Madrid

    assert windows.ends(late, 14, MADRID) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert windows.ends(late, 15, MADRID) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert windows.ends(late, 14, ZoneInfo("UTC")) == datetime(2026, 3, 28, tzinfo=UTC)
