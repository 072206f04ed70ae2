"""The provider that docs/payments.md prints takes payments, as it stands there."""

import hmac
import json
import re
import sys
import time
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import httpx
import pytest
from httpx import AsyncClient, Request, Response
from support.background import change
from support.payments.accounts import WHERE, connected, knowing
from support.payments.books import channel, rows, sweep
from support.products import a_cart_to_order, a_sku_for_sale, check_out

from trastienda.application import Application
from trastienda.services.payments.providers.kinds import Field, Kind

PAGE = Path(__file__).parents[2] / "docs" / "payments.md"
SECRET = b"a secret of the bank"
TOTAL = 1_740


class Service:
    """The bank's side: it does nothing twice for one key, and may be away."""

    def __init__(self) -> None:
        self.payments: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, dict[str, Any]] = {}
        self.away = False

    def answer(self, request: Request) -> Response:
        if self.away:
            return Response(502, text="away")
        key = request.headers.get("idempotency-key", "")
        if not key or key not in self.answers:
            body = json.loads(request.content) if request.content else {}
            self.answers[key] = self.act(request.url.path, body)
        return Response(200, json=self.answers.pop(key) if not key else self.answers[key])

    def act(self, path: str, body: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        if path == "/account":
            return {"status": "open"}
        if path == "/payments":
            return self.open_(body)
        if path.startswith("/payments/by-id/"):
            return self.payments.get(path.rpartition("/")[2], {"status": "unknown"})
        _, _, reference, what = path.split("/")
        payment = self.payments[reference.removeprefix("pay_")]
        if what == "refunds":
            fits = body["amount"] <= payment["captured"]
            return {"status": "paid" if fits else "refused", "reference": f"re_{reference}"}
        payment |= {"capture": {"status": "paid", "captured": body.get("amount")}}.get(
            what, {"status": "released"}
        )
        return dict(payment)

    def open_(self, body: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        status = {"card_no": "refused", "card_3ds": "waiting"}.get(
            body["card"], "paid" if body["capture"] else "held"
        )
        payment = {
            "status": status,
            "reference": f"pay_{body['id']}",
            "captured": body["amount"] if status == "paid" else 0,
            "amount": body["amount"],
            "currency": body["currency"],
            "url": "https://bank.example/3ds" if status == "waiting" else None,
        }
        self.payments[body["id"]] = payment
        return dict(payment)


@pytest.fixture
async def bank(
    shop: Application, staff: AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Service]:
    """Let the shop have the printed kind of provider, and return the service behind it."""
    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    ((printed, entry),) = zip(blocks[::2], blocks[1::2], strict=True)
    service = Service()
    module: Any = ModuleType("trastienda.services.payments.bank")
    exec(compile(printed, "bank.py", "exec"), module.__dict__)  # noqa: S102 - what the page prints
    module.httpx = SimpleNamespace(
        AsyncClient=partial(httpx.AsyncClient, transport=httpx.MockTransport(service.answer)),
        HTTPError=httpx.HTTPError,
    )
    monkeypatch.setitem(sys.modules, module.__name__, module)
    names: dict[str, Any] = {"Kinds": Any, "Kind": Kind, "Field": Field, "re": re}
    exec(compile(entry, "kinds.py", "exec"), names)  # noqa: S102 - what the page prints
    credentials = {"key": "0123456789abcdef0123", "webhook_secret": SECRET.decode()}
    async with knowing(shop, names["KINDS"]):
        await connected(staff, "bank", name="bank", credentials=credentials)
        yield service


async def pay(staff: AsyncClient, buyer: AsyncClient, token: str) -> tuple[str, Response]:
    cart: str = (await a_cart_to_order(buyer, **{await a_sku_for_sale(staff): 1}))["id"]
    return cart, await check_out(buyer, cart, "bank", token=token)


async def test_it_says_whether_its_key_works(bank: Service, staff: AsyncClient) -> None:
    (row,) = (await staff.get(WHERE)).json()["items"]
    works = await staff.post(f"{WHERE}/{row['id']}/check")
    bank.away = True
    unknown = await staff.post(f"{WHERE}/{row['id']}/check")

    assert [it.json()["result"] for it in (works, unknown)] == ["works", "unknown"]


async def test_it_takes_money_and_refuses(
    bank: Service, staff: AsyncClient, buyer: AsyncClient
) -> None:
    _, paid = await pay(staff, buyer, "card_ok")
    _, declined = await pay(staff, buyer, "card_no")
    _, unusable = await pay(staff, buyer, "cash")

    assert (paid.status_code, paid.json()["payment_status"]) == (201, "paid")
    assert (declined.status_code, unusable.status_code) == (402, 422)


async def test_it_holds_money_and_captures_a_part(
    bank: Service, staff: AsyncClient, buyer: AsyncClient
) -> None:
    async with channel(staff, capture="manual"):
        _, held = await pay(staff, buyer, "card_ok")
    captured = await staff.post(
        f"/v1/admin/orders/{held.json()['id']}/capture", json={"amount": 1_000}
    )

    assert held.json()["payment_status"] == "authorised"
    assert captured.json()["captured"] == 1_000


async def test_its_webhook_makes_the_order_of_who_was_at_the_bank(
    bank: Service, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, waiting = await pay(staff, buyer, "card_3ds")
    (payment,) = await rows("SELECT * FROM payment_attempts WHERE cart_id = %s", cart)
    bank.payments[str(payment["id"])] |= {"status": "paid", "captured": TOTAL, "url": None}
    event = {"id": "e1", "type": "paid", "payment": payment["reference"], "at": time.time()}
    body = json.dumps(event).encode()
    signature = hmac.digest(SECRET, body, "sha256").hex()
    address = "/v1/payments/bank/webhook"
    taken = await buyer.post(address, content=body, headers={"x-bank": signature})
    forged = await buyer.post(address, content=body, headers={"x-bank": signature[1:]})

    assert waiting.json()["payment"]["next_action"]["url"] == "https://bank.example/3ds"
    assert (taken.status_code, forged.status_code) == (200, 403)
    assert (await rows("SELECT payment_status FROM orders WHERE cart_id = %s", cart)) == [
        {"payment_status": "paid"}
    ]


async def test_while_it_is_away_nothing_is_lost(
    bank: Service, shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    cart, _ = await pay(staff, buyer, "card_3ds")
    bank.away = True
    await change(
        "UPDATE payment_attempts SET check_at = now(), held_until = now() WHERE cart_id = %s", cart
    )
    await sweep(shop)
    (before,) = await rows("SELECT * FROM payment_attempts WHERE cart_id = %s", cart)
    bank.away = False
    await change("UPDATE payment_attempts SET check_at = now() WHERE cart_id = %s", cart)
    await sweep(shop)
    (after,) = await rows("SELECT * FROM payment_attempts WHERE cart_id = %s", cart)

    assert (before["state"], before["operation"]) == ("requires_action", "void")
    assert (after["state"], after["operation"]) == ("expired", None)
