"""Webhooks as staff run them: who is told what, secrets, the log, tests and replays."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from httpx import AsyncClient
from standardwebhooks import Webhook as Verifier
from support.applications import holding
from support.background import ask, change, relay_all
from support.refusals import changes_once, refusal
from support.servers.webhook_receivers import (
    ALL,
    a_draft,
    a_receiver,
    a_webhook,
    at,
    deliveries,
    happened,
    says,
    send_all,
    told_about,
    tried,
)

from trastienda.application import Application
from trastienda.controllers.jobs import sweeps
from trastienda.database.db import utcnow
from trastienda.services.shared import tokens
from trastienda.services.webhooks import webhooks
from trastienda.services.webhooks.sending import Sender

SECRET_URL = "https://erp.example/hooks/a-token-in-the-path"


@pytest.fixture(autouse=True)
async def sender(shop: Application) -> AsyncIterator[Sender]:
    """Let the shop send to this machine, and begin without endpoints."""
    await relay_all()
    await change("DELETE FROM webhooks")
    sender = Sender(private=True, plain=True)
    with holding(shop, sender=sender):
        yield sender
    await sender.close()
    await change("DELETE FROM webhooks")


async def test_staff_make_change_and_delete_webhooks(staff: AsyncClient) -> None:
    made = await a_webhook(staff, SECRET_URL, description="Orders", ordered=True)
    secret = made.pop("secret")
    shown = (await staff.get(at(made))).json()
    late = await changes_once(staff, at(made), {"types": ["*"], "active": False})

    assert secret.startswith("whsec_")
    assert shown == made
    assert (made["state"], made["version"], made["old_secret_until"]) == ("active", 1, None)
    assert refusal(late)[:2] == (412, "webhook-changed")
    changed = {**made, "types": ["*"], "active": False, "state": "paused", "version": 2}
    assert (await staff.get(at(made))).json() == changed
    assert (await staff.get(ALL)).json()["items"] == [changed]
    assert (await staff.delete(at(made))).status_code == 204
    assert refusal(await staff.get(at(made)))[:2] == (404, "webhook-not-found")


async def test_secrets_are_sealed_and_told_to_nobody_else(staff: AsyncClient) -> None:
    key = {"Idempotency-Key": uuid4().hex}
    first = await staff.post(ALL, json=a_draft(SECRET_URL), headers=key)
    again = await staff.post(ALL, json=a_draft(SECRET_URL), headers=key)
    made = first.json()
    rotated = (await staff.post(f"{at(made)}/rotate")).json()
    await staff.patch(at(made), json={"description": "x"})
    await staff.delete(at(made))

    assert again.json() == {**made, "secret": None}
    assert made["secret"] != rotated["secret"]
    told = await told_about(made["id"])
    assert [type_ for type_, _ in told] == [
        "webhook.created",
        "webhook.rotated",
        "webhook.changed",
        "webhook.deleted",
    ]
    kept = await ask("SELECT answer::text FROM idempotency_keys WHERE key = %s", key.popitem()[1])
    for secret in (made["secret"], rotated["secret"], "a-token-in-the-path"):
        assert secret not in str(told)
    assert made["secret"] not in str(kept)


async def test_a_sealed_secret_opens_for_its_own_endpoint_and_with_our_secret_only(
    shop: Application,
) -> None:
    mine, other = uuid4(), uuid4()
    sealed = webhooks.sealed(mine, "whsec_abc")

    assert b"whsec_abc" not in sealed
    assert tokens.unseal("webhook", sealed, mine.bytes) == "whsec_abc"
    assert tokens.unseal("webhook", sealed, other.bytes) is None
    assert tokens.unseal("other", sealed, mine.bytes) is None
    with replace(shop.process, key=b"another secret of the shop, long enough").in_use():
        assert tokens.unseal("webhook", sealed, mine.bytes) is None


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"types": ["order.*", "order.eaten"]}, (422, "webhook-type-unknown", "/types/1")),
        ({"types": ["or*"]}, (422, "webhook-type-unknown", "/types/0")),
        ({"types": []}, (400, "invalid-request", "/types")),
        ({"owner_email": "nobody"}, (400, "invalid-request", "/owner_email")),
        ({"secret": "whsec_mine"}, (400, "invalid-request", "/secret")),
        ({"url": "ftp://erp.example/"}, (400, "invalid-request", "/url")),
        ({"url": "https://erp.example/ü"}, (400, "invalid-request", "/url")),
        ({"url": "https://erp.example/\r\nX: y"}, (400, "invalid-request", "/url")),
        ({"url": "http://erp.example/"}, (422, "webhook-url-unusable", "/url")),
        ({"url": "http://127.0.0.1/"}, (422, "webhook-url-unusable", "/url")),
        ({"url": "https://user:pass@erp.example/"}, (422, "webhook-url-unusable", "/url")),
        ({"url": "https://erp.example/#part"}, (422, "webhook-url-unusable", "/url")),
        ({"url": "https://erp.example:99999/"}, (422, "webhook-url-unusable", "/url")),
        ({"url": "https:///hook"}, (422, "webhook-url-unusable", "/url")),
        ({"url": "https://[::1"}, (422, "webhook-url-unusable", "/url")),
        ({"url": "https://169.254.169.254/latest"}, (422, "webhook-url-unusable", "/url")),
        ({"url": "https://[::ffff:10.0.0.1]/"}, (422, "webhook-url-unusable", "/url")),
    ],
)
async def test_bad_input_names_its_field(
    staff: AsyncClient,
    more: dict[str, Any],
    expected: tuple[int, str, str],
    sender: Sender,
    shop: Application,
) -> None:
    with holding(shop, sender=Sender(private=False, plain=True)):
        made = await staff.post(ALL, json={**a_draft(SECRET_URL), **more})

    assert refusal(made) == expected
    assert (await staff.get(ALL)).json()["items"] == []


async def test_plain_http_is_for_this_machine_only(staff: AsyncClient) -> None:
    await a_webhook(staff, "http://localhost:9000/hook")
    refused = await staff.post(ALL, json=a_draft("http://10.0.0.1/hook"))

    assert refusal(refused) == (422, "webhook-url-unusable", "/url")


async def test_a_shop_has_a_hundred_webhooks_in_pages(staff: AsyncClient) -> None:
    await change(
        "INSERT INTO webhooks (id, url, types, description, owner_email, secret, created_at,"
        " ordered, active, failures, version) SELECT gen_random_uuid(), 'https://erp.example/',"
        " '{*}', '', 'erp@example.com', '', now(), false, false, 0, 1 FROM generate_series(1, 98)"
    )
    at_once = [staff.post(ALL, json=a_draft(SECRET_URL)) for _ in range(8)]
    answers = await asyncio.gather(*at_once)
    full = await staff.post(ALL, json=a_draft(SECRET_URL))
    first = (await staff.get(ALL, params={"limit": 60})).json()
    rest = (await staff.get(ALL, params={"limit": 60, "cursor": first["next_cursor"]})).json()

    assert sorted(answer.status_code for answer in answers) == [201] * 2 + [409] * 6
    assert refusal(full)[:2] == (409, "webhooks-full")
    assert len({it["id"] for it in first["items"] + rest["items"]}) == 100
    assert rest["next_cursor"] is None


async def test_after_a_rotation_both_secrets_sign_for_a_day(
    staff: AsyncClient, sender: Sender
) -> None:
    async with a_receiver() as receiver:
        made = await a_webhook(staff, receiver.url)
        seen = {"If-Match": '"7"'}
        late = await staff.post(f"{at(made)}/rotate", headers=seen)
        rotated = (await staff.post(f"{at(made)}/rotate")).json()
        await happened("order.placed")
        await send_all(sender, utcnow())
        await happened("order.placed")
        await send_all(sender, utcnow() + timedelta(hours=24, seconds=1))

    assert refusal(late)[:2] == (412, "webhook-changed")
    both, one = receiver.got
    for secret in (made["secret"], rotated["secret"]):
        assert Verifier(secret).verify(both.body, both.headers) == both.event
    assert len(both.headers["webhook-signature"].split()) == 2
    assert len(one.headers["webhook-signature"].split()) == 1


async def test_the_log_says_what_was_asked_and_answered(staff: AsyncClient, sender: Sender) -> None:
    answer = says("500 Oops", body="no\0 " + "x" * 2_000)
    async with a_receiver(answer) as receiver:
        made = await a_webhook(staff, receiver.url)
        await happened("order.placed")
        await send_all(sender, utcnow())
    found = await tried(staff, made)

    (attempt,) = found["tries"]
    assert (found["state"], found["attempts"], found["type"]) == ("pending", 1, "order.placed")
    assert (attempt["number"], attempt["status"], attempt["trouble"]) == (1, 500, "refused")
    assert attempt["answer"] == "no\ufffd " + "x" * 1_020
    assert attempt["request_headers"]["webhook-id"] == found["event_id"]
    assert "webhook-signature" not in attempt["request_headers"]
    assert await deliveries(staff, made, state="delivered") == []
    assert len(await deliveries(staff, made, state="pending")) == 1
    other = await a_webhook(staff, receiver.url)
    stranger = await staff.get(f"{at(other)}/deliveries/{found['id']}")
    assert refusal(stranger)[:2] == (404, "delivery-not-found")
    nowhere = await staff.get(f"{ALL}/{uuid4()}/deliveries")
    assert refusal(nowhere)[:2] == (404, "webhook-not-found")


async def test_deliveries_are_paged_the_newest_first(staff: AsyncClient) -> None:
    made = await a_webhook(staff, SECRET_URL)
    await happened(*["order.placed"] * 3)
    first = await staff.get(f"{at(made)}/deliveries", params={"limit": 2})
    cursor = first.json()["next_cursor"]
    rest = await staff.get(f"{at(made)}/deliveries", params={"limit": 2, "cursor": cursor})
    foreign = await staff.get(
        f"{at(made)}/deliveries", params={"cursor": cursor, "state": "failed"}
    )

    shown = [it["event_id"] for it in first.json()["items"] + rest.json()["items"]]
    events = await ask("SELECT event_id::text FROM webhook_deliveries ORDER BY number DESC")
    assert shown == [event for (event,) in events]
    assert len(shown) == 3
    assert refusal(foreign)[:2] == (400, "cursor-unusable")


async def test_a_test_delivery_answers_with_its_result_and_reaches_nobody_else(
    staff: AsyncClient, sender: Sender
) -> None:
    async with a_receiver() as receiver, a_receiver() as other:
        made = await a_webhook(staff, receiver.url, active=False)
        await a_webhook(staff, other.url, types=["*"])
        good = await staff.post(f"{at(made)}/test")
        receiver.answer = says("500 Oops", body="broken")
        bad = await staff.post(f"{at(made)}/test")
        await happened("order.placed")
        await send_all(sender, utcnow() + timedelta(days=1))
        nowhere = await staff.post(f"{ALL}/{uuid4()}/test")

    assert (good.status_code, good.json()["state"], good.json()["attempts"]) == (
        200,
        "delivered",
        1,
    )
    event = Verifier(made["secret"]).verify(receiver.got[0].body, receiver.got[0].headers)
    assert (event["type"], event["data"]) == ("webhook.test", {"webhook_id": made["id"]})
    assert (bad.json()["state"], bad.json()["tries"][0]["answer"]) == ("failed", "broken")
    assert len(receiver.got) == 2
    assert [it.event["type"] for it in other.got if "webhook" not in it.event["type"]] == [
        "order.placed"
    ]
    assert "webhook.test" not in {it.event["type"] for it in other.got}
    assert refusal(nowhere)[:2] == (404, "webhook-not-found")


async def test_one_delivery_or_a_range_is_sent_again_under_the_same_id(
    staff: AsyncClient, sender: Sender
) -> None:
    order = await happened("order.placed", "order.paid", "stock.changed", "order.fulfilled")
    query = "SELECT position, created_at FROM events WHERE aggregate_id = %s ORDER BY sequence"
    places = await ask(query, order)
    async with a_receiver() as receiver:
        made = await a_webhook(staff, receiver.url, ordered=True)
        again = f"{at(made)}/replay"
        by_place = await staff.post(again, json={"after": places[0][0] - 1, "before": places[3][0]})
        by_time = await staff.post(
            again,
            json={"from": places[0][1].isoformat(), "to": places[3][1].isoformat()}
            | {"types": ["stock.changed"]},
        )
        await send_all(sender, utcnow())
        first = (await deliveries(staff, made))[0]
        one = await staff.post(f"{at(made)}/deliveries/{first['id']}/replay")
        await send_all(sender, utcnow())
    unbounded = await staff.post(again, json={"before": 5})
    unknown = await staff.post(again, json={"after": 0, "types": ["order.eaten"]})
    naive = await staff.post(again, json={"from": "2026-01-01T00:00:00"})

    assert by_place.json() == {"queued": 2, "up_to": places[1][0], "more": False}
    assert by_time.json() == {"queued": 1, "up_to": places[2][0], "more": False}
    assert (one.status_code, one.json()["event_id"]) == (202, first["event_id"])
    assert receiver.sequences() == [1, 2, 3, 1]
    assert receiver.got[3].headers["webhook-id"] == receiver.got[0].headers["webhook-id"]
    assert receiver.got[3].body == receiver.got[0].body
    assert refusal(unbounded) == (422, "replay-unbounded", "/after")
    assert refusal(unknown) == (422, "webhook-type-unknown", "/types/0")
    assert refusal(naive)[:2] == (400, "invalid-request")


async def test_old_deliveries_are_forgotten_and_waiting_ones_kept(
    staff: AsyncClient, sender: Sender
) -> None:
    async with a_receiver() as receiver:
        made, paused = [await a_webhook(staff, receiver.url) for _ in range(2)]
        await happened("order.placed")
        await staff.patch(at(paused), json={"active": False})
        await send_all(sender, utcnow())
        await happened("order.placed")
    await sweeps.sweep(utcnow() + timedelta(days=29))
    assert [it["state"] for it in await deliveries(staff, made)] == ["delivered", "pending"]
    await sweeps.sweep(utcnow() + timedelta(days=31))

    assert [it["state"] for it in await deliveries(staff, made)] == ["pending"]
    assert await deliveries(staff, paused) == []
