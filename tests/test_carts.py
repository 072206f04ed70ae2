from goods import ADDRESS, a_sku_for_sale
from httpx import AsyncClient


async def test_a_cart_shows_what_was_put_in_with_its_totals(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    sku = await a_sku_for_sale(staff, price=1_250)

    answer = await buyer.post("/v1/carts", json={"lines": [{"sku": sku, "quantity": 2}]})

    cart = answer.json()
    assert answer.status_code == 201
    assert cart["totals"] == {
        "subtotal": 2_500,
        "discount": 0,
        "shipping": 0,
        "tax": 434,
        "tax_included": 434,
        "tax_added": 0,
        "total": 2_500,
    }
