"""What buyers hear of their parcels."""

import re
from email.message import EmailMessage

from httpx import AsyncClient
from support.background import body, mails_about
from support.orders.parcels import READY, TRACKING, URL, an_order_to_pick_up, packed, step, units
from support.products import an_order

from trastienda.settings import Settings


def page(letter: EmailMessage) -> str:
    part = letter.get_body(("html",))
    assert part is not None
    html: str = part.get_content()
    return html


async def test_a_buyer_hears_which_parcel_has_what(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    await packed(staff, order, lines=units(order, 1), **TRACKING)
    await packed(staff, order)
    _, first, second = await mails_about(order["id"], settings)

    assert (
        "\n\nMug: 1 of 2\n\n"
        "Parcel 1 · Correos · PK1\n1 × Mug\nTrack it: " + URL + "\n\n"
        "See your order: "
    ) in body(first)
    assert (
        "\n\nMug: 2 of 2\n\n"
        "Parcel 1 · Correos · PK1\n1 × Mug\nTrack it: " + URL + "\n\n"
        "Parcel 2\n1 × Mug\n\n"
        "See your order: "
    ) in body(second)
    assert f'<a href="{URL}"' in page(second)


async def test_what_staff_write_on_a_parcel_is_shown_and_becomes_no_link(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order(staff, buyer)
    await packed(
        staff, order, carrier="<b>evil.example</b>", tracking_number="\u202ehttps://evil.example/"
    )
    letter = (await mails_about(order["id"], settings))[-1]

    assert "evil.example" not in body(letter)  # it is divided, so that nothing is a link
    assert "evil" in body(letter)
    assert "\u202e" not in body(letter)
    assert "<b>evil" not in page(letter)
    assert "&lt;b&gt;evil" in page(letter)


async def test_a_buyer_hears_that_a_parcel_can_be_picked_up_and_where(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order_to_pick_up(staff, buyer)
    parcel = await packed(staff, order, lines=units(order, 1), **READY)
    (letter,) = await mails_about(parcel["id"], settings)

    number = order["number"]
    assert letter["Subject"] == f"Your order {number} is ready to be picked up"
    assert (
        re.sub("access_token=.*", "access_token=…", body(letter))
        == f"""\
It is ready for you

Your order {number} waits for you at the pick-up point below. This is what is in the parcel:

1 × Mug

See your order: https://localhost:8443/orders/{order["id"]}?access_token=…

Pick-up point:
The shop
Plaza Mayor 2
Madrid
Spain

Billing address:
Ada Lovelace
Calle Mayor 1
Madrid
Spain
"""
    )


async def test_who_has_picked_a_parcel_up_or_received_it_gets_no_letter_about_it(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    order = await an_order_to_pick_up(staff, buyer)
    fetched = await packed(staff, order, lines=units(order, 1), **READY)
    await step(staff, fetched, "collected")
    sent = await packed(staff, order)
    await step(staff, sent, "delivered")

    subjects = [it["Subject"] for it in await mails_about(order["id"], settings)]
    assert subjects == [
        f"Your order {order['number']}",
        f"Your order {order['number']} is on its way",
    ]
    (ready,) = await mails_about(fetched["id"], settings)
    assert "ready to be picked up" in ready["Subject"]
    assert await mails_about(sent["id"], settings) == []
