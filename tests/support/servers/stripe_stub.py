"""A small Stripe for what localstripe lacks: keys that hold, bounds that hold, and all its events.

It answers as docs.stripe.com says. `lost` names calls whose answer does not arrive, though they are
carried out; `away`, calls that are not.
"""

import hmac
import json
import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from aiohttp import web
from support.servers.payments.stripe_checkout import (
    CAPTURE_BEFORE,
    FIRST,
    Body,
    CheckoutStub,
    Refused,
    an_intent,
    metadata,
)

KEY = "sk_test_0123456789"
SECRET = "whsec_0123456789abcdef"
CREDENTIALS = {
    "secret_key": KEY,
    "publishable_key": "pk_test_0123456789",
    "webhook_secret": SECRET,
}
_CALLS = [
    ("POST", r"/v1/payment_intents", "create"),
    ("GET", r"/v1/payment_intents/search", "search"),
    ("GET", r"/v1/payment_intents", "list"),
    ("GET", r"/v1/payment_intents/(\w+)", "read"),
    ("POST", r"/v1/payment_intents/(\w+)/capture", "capture"),
    ("POST", r"/v1/payment_intents/(\w+)/cancel", "cancel"),
    ("POST", r"/v1/customers", "customer"),
    ("GET", r"/v1/refunds", "refunds"),
    ("POST", r"/v1/refunds", "refund"),
    ("GET", r"/v1/refunds/(\w+)", "read_refund"),
    ("GET", r"/v1/disputes/(\w+)", "read_dispute"),
    ("POST", r"/v1/checkout/sessions", "open"),
    ("GET", r"/v1/checkout/sessions/(\w+)", "read_session"),
    ("POST", r"/v1/checkout/sessions/(\w+)/expire", "expire"),
]


class StripeStub(CheckoutStub):
    """Its books, and how it misbehaves."""

    def __init__(self) -> None:
        super().__init__()
        self.intents: dict[str, Body] = {}
        self.made: dict[str, Body] = {}
        """Refunds by id."""
        self.asked: list[tuple[str, Body]] = []
        self.disputes: dict[str, Body] = {}
        self.events: list[Body] = []
        self.lost: set[str] = set()
        self.away: set[str] = set()
        self.refund_status = "succeeded"
        self._kept: dict[str, tuple[Any, int, Body]] = {}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        call, found = next(
            (name, match)
            for method, path, name in _CALLS
            if request.method == method and (match := re.fullmatch(path, request.path))
        )
        fields: Body = {**request.query, **await request.post()}
        self.asked.append((call, fields))
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return web.json_response({"error": {"message": "Invalid API Key"}}, status=401)
        if call in self.away:
            return web.Response(status=503, text="away")
        key = request.headers.get("idempotency-key", "")
        status, body = self._once(key, call, found.groups(), fields)
        if call in self.lost:
            return web.Response(status=502, text="<html>")
        return web.json_response(body, status=status)

    def _once(self, key: str, call: str, ids: tuple[str, ...], fields: Body) -> tuple[int, Body]:
        if key in self._kept:
            before, status, body = self._kept[key]
            if before != (call, ids, fields):
                return 400, {"error": {"type": "idempotency_error", "message": "other parameters"}}
            return status, body
        try:
            work: Callable[..., Body] = getattr(self, f"_{call}")
            status, body = 200, json.loads(json.dumps(work(*ids, fields)))
        except Refused as no:
            status, body = no.status, json.loads(json.dumps({"error": no.error}))
        if key and status != 404:
            self._kept[key] = (call, ids, fields), status, body
        return status, body

    def _create(self, fields: Body) -> Body:
        token = fields.get("payment_method") or fields["confirmation_token"]
        if token not in FIRST:
            raise Refused(404, "resource_missing")
        amount, status = int(fields["amount"]), FIRST[token]
        if amount < 50:
            raise Refused(400, "amount_too_small")
        manual = fields["capture_method"] == "manual"
        if status == "succeeded" and manual:
            status = "requires_capture"
        intent = an_intent(amount, fields["currency"], metadata(fields), manual=manual)
        intent |= {"status": status, "amount_received": amount * (status == "succeeded")}
        self.intents[intent["id"]] = intent
        if token == "pm_challenge":
            intent["next_action"] = {"type": "use_stripe_sdk", "use_stripe_sdk": {}}
        if token == "pm_redirect":
            url = {"url": "https://hooks.stripe.example/3ds", "return_url": fields["return_url"]}
            intent["next_action"] = {"type": "redirect_to_url", "redirect_to_url": url}
        self._say(intent)
        if token == "pm_no":
            intent["last_payment_error"] = {"code": "card_declined"}
            raise Refused(402, "card_declined", intent)
        return intent

    def _capture(self, id_: str, fields: Body) -> Body:
        intent, amount = self.intents[id_], int(fields["amount_to_capture"])
        if intent["status"] != "requires_capture":
            raise Refused(400, "payment_intent_unexpected_state", intent)
        if amount > intent["amount"]:
            raise Refused(400, "amount_too_large")
        return self._move(intent, "succeeded", amount)

    def _cancel(self, id_: str, _: Body) -> Body:
        intent = self.intents[id_]
        if intent["status"] in {"succeeded", "canceled", "processing"}:
            raise Refused(400, "payment_intent_unexpected_state", intent)
        return self._move(intent, "canceled", 0)

    def _read(self, id_: str, _: Body) -> Body:
        if id_ not in self.intents:
            raise Refused(404, "resource_missing")
        return self.intents[id_]

    def _search(self, fields: Body) -> Body:
        known = re.findall(r"'([^']*)'", fields["query"])
        name, value = known
        return _list([it for it in self.intents.values() if it["metadata"].get(name) == value])

    def _list(self, _: Body) -> Body:
        return _list(list(self.intents.values()))

    def _customer(self, fields: Body) -> Body:
        return {"id": f"cus_{uuid4().hex}", "object": "customer", "email": fields.get("email")}

    def _refund(self, fields: Body) -> Body:
        intent, amount = self.intents[fields["payment_intent"]], int(fields["amount"])
        given = [it for it in self.made.values() if it["payment_intent"] == intent["id"]]
        gone = sum(it["amount"] for it in given if it["status"] != "failed")
        if amount + gone > intent["amount_received"]:
            raise Refused(400, "charge_already_refunded")
        refund = {
            "id": f"re_{uuid4().hex}",
            "object": "refund",
            "amount": amount,
            "payment_intent": intent["id"],
            "status": self.refund_status,
            "metadata": metadata(fields),
        }
        self.made[refund["id"]] = refund
        self._event("refund.created", refund)
        return refund

    def _refunds(self, fields: Body) -> Body:
        of = fields["payment_intent"]
        return _list([it for it in self.made.values() if it["payment_intent"] == of])

    def _read_refund(self, id_: str, _: Body) -> Body:
        return self.made[id_]

    def _read_dispute(self, id_: str, _: Body) -> Body:
        return self.disputes[id_]

    def dispute(self, intent: Body, **facts: object) -> Body:
        """Let the buyer's bank demand the money of a payment back: at first it only asks."""
        opened: Body = {
            "id": f"dp_{uuid4().hex}",
            "object": "dispute",
            "amount": intent["amount_received"],
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "reason": "fraudulent",
            "status": "warning_needs_response",
            "livemode": False,
            "balance_transactions": [],
            "evidence_details": {"due_by": CAPTURE_BEFORE},
        } | facts
        self.disputes[opened["id"]] = opened
        self._event("charge.dispute.created", opened)
        return opened

    def move_dispute(self, dispute: Body, status: str, *moved: int) -> None:
        """Let a dispute go on, and move money on the account's balance."""
        dispute["balance_transactions"] += [{"amount": amount} for amount in moved]
        dispute["status"] = status
        self._event("charge.dispute.updated", dispute)

    def only(self) -> Body:
        """Return the one intent that there is."""
        (intent,) = self.intents.values()
        return intent

    def authenticate(self, intent: Body, *, yes: bool) -> None:
        """Let the buyer answer the challenge."""
        if not yes:
            intent["last_payment_error"] = {"code": "payment_intent_authentication_failure"}
            self._move(intent, "requires_payment_method", 0)
        elif intent["manual"]:
            self._move(intent, "requires_capture", 0)
        else:
            self._move(intent, "succeeded", intent["amount"])

    def return_refund(self, refund: Body) -> None:
        """Let the buyer's bank send a refund back."""
        refund |= {"status": "failed", "failure_reason": "lost_or_stolen_card"}
        self._event("refund.failed", refund)

    def _move(self, intent: Body, status: str, received: int) -> Body:
        intent |= {"status": status, "amount_received": received, "next_action": None}
        self._say(intent)
        return intent

    def _say(self, intent: Body) -> None:
        told = {
            "requires_payment_method": "payment_failed",
            "requires_capture": "amount_capturable_updated",
        }
        self._event(f"payment_intent.{told.get(intent['status'], intent['status'])}", intent)

    def _event(self, kind: str, about: Body) -> None:
        self.events.append(
            {
                "id": f"evt_{uuid4().hex}",
                "object": "event",
                "type": kind,
                "livemode": False,
                "data": {"object": json.loads(json.dumps(about))},
            }
        )


def signed(event: Body, secret: str = SECRET, at: float | None = None) -> tuple[bytes, str]:
    """Return a webhook's body and the header with its signature."""
    body, when = json.dumps(event).encode(), int(time.time() if at is None else at)
    signature = hmac.digest(secret.encode(), f"{when}.".encode() + body, "sha256").hex()
    return body, f"t={when},v1={signature}"


@asynccontextmanager
async def listening(app: web.Application) -> AsyncIterator[str]:
    """Serve on a free port of this machine, and return the address."""
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def a_stripe() -> AsyncIterator[tuple[str, StripeStub]]:
    """Serve a stub, and return its address with it."""
    stub, app = StripeStub(), web.Application()
    handler: Callable[[web.Request], Awaitable[web.StreamResponse]] = stub.answer
    app.router.add_route("*", "/{rest:.*}", handler)
    async with listening(app) as address:
        yield address, stub


def _list(items: list[Body]) -> Body:
    return {"object": "list", "data": items, "has_more": False, "url": "/v1/x"}
