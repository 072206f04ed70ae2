"""Gift cards in the hands of staff: issued, found, changed, adjusted, sent and expired."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, body, change, mails_about
from support.payments.books import channel
from support.payments.credit import CARDS, a_gift_card, card_now
from support.people import a_program, an_address
from support.refunds import expect_balanced_books
from support.refusals import refusal

from trastienda.controllers.credit.expire import expire_gift_cards
from trastienda.database.db import utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.schemas.shared.context import Context
from trastienda.settings import Settings

CODE = re.compile(r"([A-HJKMNP-Z2-9]{4}-){3}[A-HJKMNP-Z2-9]{4}")


async def told_of(card: dict[str, Any]) -> list[str]:
    query = "SELECT type FROM events WHERE aggregate_id = %s ORDER BY sequence"
    return [name for (name,) in await ask(query, card["id"])]


async def test_a_code_is_shown_once_and_stored_nowhere(
    staff: AsyncClient, settings: Settings
) -> None:
    once = {"Idempotency-Key": uuid4().hex}
    draft = {"amount": 5_000, "note": "Raffle"}
    answer = await staff.post(CARDS, json=draft, headers=once)
    again = await staff.post(CARDS, json=draft, headers=once)
    card = answer.json()
    read = await card_now(staff, card)

    assert (answer.status_code, answer.headers["etag"]) == (201, '"1"')
    assert CODE.fullmatch(card["code"])
    assert again.json() == card | {"code": None}
    assert "code" not in read
    assert (read["status"], read["balance"], read["held"]) == ("active", 5_000, 0)
    assert (read["last_characters"], read["note"]) == (card["code"][-4:], "Raffle")
    assert [(it["kind"], it["amount"]) for it in read["movements"]] == [("issued", 5_000)]
    assert read["movements"][0]["by"] == {"type": "key", "id": read["issued_by"]}
    for spelled in (card["code"], card["code"].replace("-", "")):
        for table in ("events", "credit_accounts", "credit_movements", "idempotency_keys"):
            query: Any = f"SELECT FROM {table} AS it WHERE it::text LIKE '%%' || %s || '%%'"
            assert await ask(query, spelled) == [], table
    assert await told_of(card) == ["gift_card.issued"]
    await expect_balanced_books()


async def test_many_are_issued_at_once_each_with_a_code_of_its_own(staff: AsyncClient) -> None:
    answer = await staff.post(
        f"{CARDS}/bulk", json={"amount": 1_000, "count": 3, "currency": "EUR"}
    )
    cards = answer.json()["items"]

    assert answer.status_code == 201
    assert len({card["code"] for card in cards}) == 3
    for card in cards:
        assert (await card_now(staff, card))["last_characters"] == card["code"][-4:]
        assert await told_of(card) == ["gift_card.issued"]
    await expect_balanced_books()


@pytest.mark.parametrize(
    ("draft", "status", "kind"),
    [
        ({"amount": 0}, 400, "invalid-request"),
        ({"amount": 10**15}, 400, "invalid-request"),
        ({"amount": 1, "balance": 7}, 400, "invalid-request"),
        ({"amount": 1, "currency": "JPY"}, 422, "currency-unknown"),
        ({"amount": 1, "country": "XX"}, 422, "country-unknown"),
        (
            {"amount": 1, "expires_at": "2001-01-01T00:00:00Z"},
            422,
            "gift-card-expiry-unusable",
        ),
        ({"amount": 1, "recipient": {"email": "a@example..com"}}, 400, "invalid-request"),
    ],
)
async def test_what_cannot_be_issued_is_refused(
    staff: AsyncClient, draft: dict[str, Any], status: int, kind: str
) -> None:
    answer = await staff.post(CARDS, json=draft)

    assert refusal(answer)[:2] == (status, kind)


async def test_it_expires_after_the_months_that_the_merchant_set_for_the_country(
    staff: AsyncClient,
) -> None:
    async with channel(staff, gift_card_months={"DE": 36}):
        german = await a_gift_card(staff, country="DE")
        spanish = await a_gift_card(staff, country="ES")
        named = await a_gift_card(staff, country="DE", expires_at=None)
        wrong = await staff.patch("/v1/admin/channel", json={"gift_card_months": {"XX": 1}})

    ends = datetime.fromisoformat(german["expires_at"])
    assert timedelta(days=1_095) <= ends - utcnow() <= timedelta(days=1_097)
    assert (spanish["expires_at"], named["expires_at"]) == (None, None)
    assert wrong.status_code == 422


async def test_staff_find_it_by_the_end_of_its_code_its_recipient_and_page_by_page(
    staff: AsyncClient,
) -> None:
    email = an_address()
    cards = [await a_gift_card(staff, recipient={"email": email.upper()}) for _ in range(3)]
    shown = await a_gift_card(staff)
    first = (await staff.get(CARDS, params={"email": email, "limit": 2})).json()
    after = {"email": email, "limit": 2, "cursor": first["next_cursor"]}
    second = (await staff.get(CARDS, params=after)).json()
    last = {"last_characters": shown["code"][-4:].lower()}
    found = (await staff.get(CARDS, params=last)).json()["items"]
    other = await staff.get(CARDS, params={"cursor": first["next_cursor"]})

    listed = [it["id"] for it in (*first["items"], *second["items"])]
    assert listed == [card["id"] for card in reversed(cards)]
    assert second["next_cursor"] is None
    assert shown["id"] in {it["id"] for it in found}
    assert refusal(other)[:2] == (400, "cursor-unusable")


async def test_it_is_adjusted_with_a_reason_and_never_below_nothing(staff: AsyncClient) -> None:
    card = await a_gift_card(staff, 1_000)
    adjust = f"{CARDS}/{card['id']}/adjustments"
    less = await staff.post(adjust, json={"amount": -400, "reason": "Misprint"})
    more = await staff.post(adjust, json={"amount": 100, "reason": "Sorry"})
    too_much = await staff.post(adjust, json={"amount": -701, "reason": "All"})
    nothing = await staff.post(adjust, json={"amount": 0, "reason": "None"})
    stale = await staff.post(
        adjust, json={"amount": 1, "reason": "Late"}, headers={"If-Match": '"1"'}
    )
    now = await card_now(staff, card)

    assert (less.json()["balance"], more.json()["balance"]) == (600, 700)
    assert refusal(too_much)[:2] == (409, "balance-too-low")
    assert refusal(nothing)[:2] == (422, "nothing-adjusted")
    assert refusal(stale)[:2] == (412, "gift-card-changed")
    assert [(it["amount"], it["reason"]) for it in now["movements"]] == [
        (100, "Sorry"),
        (-400, "Misprint"),
        (1_000, None),
    ]
    await expect_balanced_books()


async def test_the_database_refuses_a_balance_that_nothing_moved(staff: AsyncClient) -> None:
    card = await a_gift_card(staff)

    with pytest.raises(psycopg.errors.CheckViolation, match="is not what moved it"):
        await change("UPDATE credit_accounts SET balance = 9999 WHERE id = %s", card["id"])
    with pytest.raises(psycopg.errors.CheckViolation, match="is not what moved it"):
        await change(
            "INSERT INTO credit_movements (account_id, kind, amount, at, actor)"
            " VALUES (%s, 'adjusted', 1, now(), 'staff')",
            card["id"],
        )
    with pytest.raises(psycopg.errors.RestrictViolation):
        await change("DELETE FROM credit_movements WHERE account_id = %s", card["id"])
    assert (await card_now(staff, card))["balance"] == 5_000


async def test_what_is_left_expires_once_and_is_there_again_if_the_time_is_extended(
    staff: AsyncClient,
) -> None:
    card = await a_gift_card(staff, expires_at=(utcnow() + timedelta(days=30)).isoformat())
    later = Context(utcnow() + timedelta(days=31))
    while await expire_gift_cards(later):
        pass
    expired = await card_now(staff, card)
    extended = await staff.patch(f"{CARDS}/{card['id']}", json={"expires_at": None})
    again = await staff.patch(f"{CARDS}/{card['id']}", json={"expires_at": None})
    now = await card_now(staff, card)

    assert expired["balance"] == 0
    assert extended.json()["balance"] == again.json()["balance"] == 5_000
    kinds = [it["kind"] for it in now["movements"]]
    assert kinds == ["reinstated", "expired", "issued"]
    assert "gift_card.expired" in await told_of(card)
    await expect_balanced_books()


async def test_the_code_is_in_the_email_to_its_recipient_alone(
    staff: AsyncClient, settings: Settings
) -> None:
    email = an_address()
    card = await a_gift_card(staff, recipient={"email": email, "locale": "es"})
    (mail,) = await mails_about(card["id"], settings)
    found = CODE.search(body(mail))
    log = (await staff.get("/v1/admin/mail", params={"recipient": email})).text

    assert card["code"] is None
    assert mail["To"] == email
    assert found is not None
    assert "50,00" in str(mail["Subject"])
    assert found[0] not in log
    now = await card_now(staff, card)
    assert now["last_characters"] == found[0][-4:]
    for table in ("events", "letters_sent", "procrastinate_jobs"):
        query: Any = f"SELECT FROM {table} AS it WHERE it::text LIKE '%%' || %s || '%%'"
        assert await ask(query, found[0]) == [], table


async def test_a_card_that_is_sent_again_has_a_new_code_and_the_old_one_opens_nothing(
    staff: AsyncClient, buyer: AsyncClient, settings: Settings
) -> None:
    card, email = await a_gift_card(staff), an_address()
    send = f"{CARDS}/{card['id']}/send"
    sent = await staff.post(send, json={"email": email})
    newer = await staff.post(send, json={"email": email})
    mails = await mails_about(card["id"], settings)  # only the newest is written
    cart = (await buyer.post("/v1/carts", json={})).json()
    codes = [card["code"], *(CODE.findall(body(mails[0])) and [CODE.search(body(mails[0]))[0]])]  # type: ignore[index]
    old, new = [
        await buyer.post(f"/v1/carts/{cart['id']}/gift-cards", json={"code": code})
        for code in codes
    ]

    assert (sent.status_code, newer.status_code, len(mails)) == (202, 202, 1)
    assert refusal(old)[:2] == (422, "gift-card-unknown")
    assert new.json()["gift_cards"][0]["id"] == card["id"]
    await staff.patch(f"{CARDS}/{card['id']}", json={"disabled": True})
    refused = await staff.post(send, json={"email": email})
    assert refusal(refused)[:2] == (409, "gift-card-disabled")


async def test_who_may_read_gift_cards_may_not_issue_them(
    shop: ASGIApp, staff: AsyncClient, buyer: AsyncClient
) -> None:
    card = await a_gift_card(staff)
    async with await a_program(shop, Role.SUPPORT) as support:
        read = await support.get(f"{CARDS}/{card['id']}")
        refused = [
            await support.post(CARDS, json={"amount": 1}),
            await support.patch(f"{CARDS}/{card['id']}", json={"disabled": True}),
            await support.post(f"{CARDS}/{card['id']}/send", json={"email": "a@example.com"}),
        ]
    stranger = await buyer.get(f"{CARDS}/{card['id']}")

    assert read.status_code == 200
    assert {answer.status_code for answer in refused} == {403}
    assert stranger.status_code in {401, 403}
