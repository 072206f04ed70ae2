"""What a price was: what the law wants to be shown beside a reduction."""

from datetime import timedelta
from typing import Any

from httpx import AsyncClient
from support.background import ask, change
from support.products import a_product, a_sku
from support.sales import a_sale, end, shown


async def reprice(staff: AsyncClient, product: dict[str, Any], price: int, **more: Any) -> None:  # noqa: ANN401
    draft = {"sku": product["variants"][0]["sku"], "prices": {"EUR": price}, **more}
    answer = await staff.patch(f"/v1/admin/products/{product['id']}", json={"variants": [draft]})
    assert answer.status_code == 200, answer.text


async def age(product: dict[str, Any], days: int) -> None:
    """Let days go by: all that happened to a product's prices was so much earlier."""
    by, variant = timedelta(days=days), product["variants"][0]["id"]
    await change(
        "UPDATE past_prices SET ended_at = ended_at - %s WHERE variant_id = %s", by, variant
    )
    await change(
        "UPDATE prices SET reduced_at = reduced_at - %s WHERE variant_id = %s", by, variant
    )
    await change(
        "UPDATE products SET created_at = created_at - %s WHERE id = %s", by, product["id"]
    )


async def past(product: dict[str, Any]) -> list[int]:
    rows = await ask(
        "SELECT amount FROM past_prices WHERE variant_id = %s ORDER BY ended_at, id",
        product["variants"][0]["id"],
    )
    return [amount for (amount,) in rows]


async def test_a_price_that_never_changed_has_no_history(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_250)
    await reprice(staff, product, 1_250)
    await staff.patch(f"/v1/admin/products/{product['id']}", json={"name": "Cup"})

    assert await shown(buyer, product) == {"price": 1_250}
    assert await past(product) == []


async def test_without_a_reduction_the_lowest_of_the_last_30_days_is_shown(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    await reprice(staff, product, 1_250)
    risen = await shown(buyer, product)
    await reprice(staff, product, 900)
    fallen = await shown(buyer, product)
    await age(product, 31)

    assert risen == {"price": 1_250, "lowest_price_30_days": 1_000}
    assert fallen == {"price": 900, "lowest_price_30_days": 900}
    assert await past(product) == [1_000, 1_250]
    assert await shown(buyer, product) == {"price": 900}


async def test_a_reduction_shows_the_lowest_price_of_the_30_days_before_it_began(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=700)
    await age(product, 31)
    await reprice(staff, product, 800)
    await age(product, 31)
    await reprice(staff, product, 1_250)
    await age(product, 10)

    await a_sale(product)

    first = {"price": 1_000, "compare_at_price": 1_250, "lowest_price_30_days": 800}
    assert await shown(buyer, product) == first

    await age(product, 40)  # the sale still goes on: what was before it began still counts

    assert await shown(buyer, product) == first


async def test_a_reduction_that_grows_is_still_the_same_one(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    await a_sale(product, percent=10)
    await age(product, 1)
    await a_sale(product, percent=30)

    reduced = {"price": 700, "compare_at_price": 1_000, "lowest_price_30_days": 1_000}
    assert await shown(buyer, product) == reduced


async def test_a_reduction_right_after_another_counts_the_price_of_the_first(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    await end(await a_sale(product, percent=30))
    await age(product, 1)

    await a_sale(product, percent=10)

    reduced = {"price": 900, "compare_at_price": 1_000, "lowest_price_30_days": 700}
    assert await shown(buyer, product) == reduced


async def test_a_price_that_is_said_to_be_reduced_and_is_not_counts_itself(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_000)
    await age(product, 5)

    await reprice(staff, product, 1_000, compare_at_prices={"EUR": 2_000})

    claimed = {"price": 1_000, "compare_at_price": 2_000, "lowest_price_30_days": 1_000}
    assert await shown(buyer, product) == claimed


async def test_staff_lower_a_price_and_show_the_one_before(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    product = await a_product(staff, price=1_500)

    await reprice(staff, product, 1_200, compare_at_prices={"EUR": 1_500})

    reduced = {"price": 1_200, "compare_at_price": 1_500, "lowest_price_30_days": 1_500}
    assert await shown(buyer, product) == reduced


async def test_what_never_cost_anything_else_has_no_lowest_price(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    variant = {"sku": a_sku(), "prices": {"EUR": 900}, "compare_at_prices": {"EUR": 1_200}}
    product = await a_product(staff, variants=[variant])

    assert await shown(buyer, product) == {"price": 900, "compare_at_price": 1_200}


async def test_what_the_shop_pays_stays_with_staff(staff: AsyncClient, buyer: AsyncClient) -> None:
    variant = {"sku": a_sku(), "prices": {"EUR": 900}, "cost_prices": {"EUR": 654}}
    product = await a_product(staff, variants=[variant])
    await staff.patch(f"/v1/admin/products/{product['id']}", json={"name": "Cup"})

    kept = (await staff.get(f"/v1/admin/products/{product['id']}")).json()
    page = await buyer.get(f"/v1/products/{product['slug']}")

    assert kept["variants"][0]["cost_prices"] == {"EUR": 654}
    assert "cost" not in page.text
