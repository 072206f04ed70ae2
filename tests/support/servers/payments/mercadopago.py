"""Mercado Pago's side: it keeps books, does nothing twice for one key, and uses cards up."""

import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import msgspec
from support.servers.payments.mercadopago_pages import OUTCOMES, Json, Pages
from support.servers.payments.wire import Wire

ACCESS, SECRET, PUBLIC = "APP_USR-8340-0112", "9d5b41f4d20a3f8c6d2f", "APP_USR-b1e6-47aa"
WHOLE = {"CLP", "COP"}


class MercadoBooks(Pages):
    """Answers requests; `transport` is for a client."""

    def __init__(self, currency: str = "MXN") -> None:
        super().__init__()
        self.currency = currency
        self.refunds: dict[int, list[Json]] = {}
        self.answers: dict[str, tuple[str, int, Any]] = {}
        self.used: set[str] = set()
        self.asked: list[tuple[str, str]] = []
        self.bodies: list[bytes] = []
        self.away, self.live = False, True
        self.lost: Callable[[str], bool] = lambda _: False
        """Of which requests the answer is lost, after they were done."""
        self.indexed = True
        """Whether the search finds what is new."""
        self.refund_status = "approved"

    @property
    def transport(self) -> Wire:
        return Wire(self.answer)

    def payment_of(self, payment_id: object) -> Json:
        (found,) = (
            it for it in self.payments.values() if it["external_reference"] == str(payment_id)
        )
        return found

    def decide(self, payment: Json, status: str, detail: str) -> None:
        """Let the bank, the buyer or a reviewer say how a payment ends."""
        assert payment["status"] in {"pending", "in_process"}
        yes = "approved" if payment["wants"] else "authorized"
        payment |= {"status": yes if status == "approved" else status, "status_detail": detail}

    def left(self, payment: Json) -> Decimal:
        given = sum((it["amount"] for it in self.refunds.get(payment["id"], [])), Decimal())
        took = payment["status"] in {"approved", "refunded"}
        return (payment["transaction_amount"] if took else Decimal()) - given

    async def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        self.asked.append((request.method, path))
        if self.away:
            return httpx.Response(502, html="<h1>Bad gateway</h1>")
        if request.headers["authorization"] != f"Bearer {ACCESS}":
            problem = {"message": "invalid access token", "error": "unauthorized", "status": 401}
            return httpx.Response(401, json=problem)
        status, body = self._once(request)
        if self.lost(path):
            raise httpx.ReadTimeout("the answer is lost", request=request)
        return httpx.Response(status, content=_written(body))

    def _once(self, request: httpx.Request) -> tuple[int, Any]:
        path = request.url.path.split("/")[2:]
        if request.method == "GET":
            found = self.preference("GET", path, None) if path[0] == "preferences" else None
            return found or self._read(request)
        key = request.headers["x-idempotency-key"]
        assert len(str(UUID(key))) == len(key) == 36
        digest = f"{request.method} {request.url.path} {request.content!r}"
        if key in self.answers:
            before, status, text = self.answers[key]
            if before != digest:
                return _problem(400, 4_049, "the key was used for something else")
            return status, json.loads(text, parse_float=Decimal)
        self.bodies.append(request.content)
        body = json.loads(request.content, parse_float=Decimal)
        if path[0] == "preferences":
            status, answer = self.preference(request.method, path, body)
        else:
            status, answer = self._act(request, body)
        self.answers[key] = (digest, status, _written(answer))
        return status, answer

    def _read(self, request: httpx.Request) -> tuple[int, Any]:
        path = request.url.path.split("/")[2:]
        if path == ["payment_methods"]:
            return 200, [{"id": "visa"}]
        if path == ["payments", "search"]:
            name = request.url.params["external_reference"]
            found = [it for it in self.payments.values() if it["external_reference"] == name]
            found = sorted(found, key=lambda it: -it["id"])[: int(request.url.params["limit"])]
            return 200, {"paging": {}, "results": found if self.indexed else []}
        payment = self.payments.get(int(path[1]))
        if payment is None:
            return _problem(404, 2_000, "Payment not found")
        if len(path) == 2:
            return 200, payment
        if len(path) == 3:
            return 200, self.refunds.get(payment["id"], [])
        return 200, next(it for it in self.refunds[payment["id"]] if str(it["id"]) == path[3])

    def _act(self, request: httpx.Request, body: Json) -> tuple[int, Any]:
        path = request.url.path.split("/")[2:]
        if path == ["payments"]:
            return self._open(body)
        payment = self.payments.get(int(path[1]))
        if payment is None:
            return _problem(404, 2_000, "Payment not found")
        if len(path) == 3:
            return self._refund(payment, body)
        if body.get("capture"):
            return self._capture(payment, body)
        if payment["status"] not in {"pending", "in_process", "authorized"}:
            return _problem(400, 2_063, "not valid for the current payment state")
        payment |= {"status": "cancelled", "status_detail": "by_collector"}
        return 200, payment

    def _open(self, body: Json) -> tuple[int, Any]:
        amount, token = body["transaction_amount"], body["token"]
        if not _fits(amount, self.currency):
            return _problem(400, 4_037, "Invalid transaction_amount")
        if token in self.used or token.rpartition("-")[0] not in OUTCOMES:
            return _problem(400, 2_006, "Card Token not found")
        self.used.add(token)
        status, detail = OUTCOMES[token.rpartition("-")[0]]
        if status == "approved" and not body["capture"]:
            status, detail = "authorized", "pending_capture"
        payment = self.book(body["external_reference"], amount, status, detail)
        challenge = {"external_resource_url": "https://acs.example/3ds", "creq": "eyJ0"}
        payment["three_ds_info"] = challenge if detail == "pending_challenge" else None
        payment["wants"] = body["capture"]
        return 201, payment

    def _capture(self, payment: Json, body: Json) -> tuple[int, Any]:
        amount = body["transaction_amount"]
        if payment["status"] != "authorized" or amount > payment["transaction_amount"]:
            return _problem(400, 2_063, "not valid for the current payment state")
        payment |= {"status": "approved", "transaction_amount": Decimal(amount)}
        return 200, payment

    def _refund(self, payment: Json, body: Json) -> tuple[int, Any]:
        amount = body["amount"]
        if not _fits(amount, self.currency) or amount > self.left(payment):
            return _problem(400, 2_018, "amount is more than is left")
        kept = self.refunds.setdefault(payment["id"], [])
        made = {"id": payment["id"] * 10 + len(kept), "payment_id": payment["id"]}
        made["date_created"] = datetime.now(UTC).isoformat()
        kept.append(made | {"amount": Decimal(amount), "status": self.refund_status})
        if not self.left(payment):
            payment["status"] = "refunded"
        return 201, kept[-1]


def signed(
    payment_id: object,
    at: datetime,
    *,
    request: str = "req-1",
    milliseconds: bool = False,
    secret: str = SECRET,
) -> dict[str, str]:
    """Return the headers that Mercado Pago sends about a payment."""
    seconds = at.timestamp()
    ts = str(int(seconds * 1_000) if milliseconds else int(seconds))
    manifest = f"id:{payment_id};request-id:{request};ts:{ts};".encode()
    v1 = hmac.digest(secret.encode(), manifest, "sha256").hex()
    return {"x-signature": f"ts={ts},v1={v1}", "x-request-id": request}


def event(payment_id: object, kind: str = "payment") -> bytes:
    """Write the body of a webhook."""
    told = {"id": 12_345, "type": kind, "action": f"{kind}.updated", "data": {"id": payment_id}}
    return json.dumps(told).encode()


def _fits(amount: object, currency: str) -> bool:
    """Say whether an amount is a JSON number, more than nothing, with no more decimals than fit."""
    if isinstance(amount, bool) or not isinstance(amount, int | Decimal) or amount <= 0:
        return False
    digits = 0 if currency in WHOLE else 2
    return Decimal(amount) == round(Decimal(amount), digits)


def _problem(status: int, code: int, message: str) -> tuple[int, Json]:
    cause = [{"code": code, "description": message}]
    return status, {"message": message, "error": "bad_request", "status": status, "cause": cause}


def _written(body: Any) -> bytes:  # noqa: ANN401 - any JSON
    return msgspec.json.Encoder(decimal_format="number").encode(body)
