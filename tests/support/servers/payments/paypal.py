"""PayPal's side: it keeps books, does nothing twice for one key, and takes no more than is held.

It checks what PayPal checks of a request: the token, decimals, states, and bounds.
"""

import base64
import json
import re
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import uuid4

import httpx
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from support.servers.payments.wire import Wire

Json = dict[str, Any]
CLIENT, SECRET = "AfVc7Qn0hQ2pWd4e", "EGnHDxD_qRPdaLdZ"
WEBHOOK = "4JH86294D6297924G"
SANDBOX, PATH = "https://api.sandbox.paypal.com", "/v1/notifications/certs/CERT-360caa42-fca2a594"
CERTIFICATE = f"{SANDBOX}{PATH}"
WHOLE = {"HUF", "JPY", "TWD"}


class No(Exception):
    def __init__(self, status: int, name: str) -> None:
        super().__init__(name)
        self.status, self.name = status, name


class PayPalBooks:
    """Answers requests; `transport` is for a client."""

    def __init__(self) -> None:
        self.orders: dict[str, Json] = {}
        self.answers: dict[str, tuple[str, int, Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.keys: list[str] = []
        self.tokens = 0
        self.valid: set[str] = set()
        self.away = False
        self.lost: Callable[[str], bool] = lambda _: False
        """Of which requests the answer is lost, after they were done."""
        self.instrument = "COMPLETED"
        """What becomes of the next capture: a state, or the issue of a refusal."""
        self.refunds = "COMPLETED"
        self.now = datetime.now(UTC)

    @property
    def transport(self) -> Wire:
        return Wire(self.answer)

    def order_of(self, payment_id: object) -> Json:
        (found,) = (it for it in self.orders.values() if _unit(it)["custom_id"] == str(payment_id))
        return found

    def approve(self, order_id: str) -> None:
        """Let the buyer say yes on PayPal's page."""
        order = self.orders[order_id]
        assert order["status"] in {"PAYER_ACTION_REQUIRED", "APPROVED"}
        order |= {"status": "APPROVED", "links": order["links"][:1]}

    def taken(self, order_id: str) -> Decimal:
        """Return what was captured, less what was given back."""
        captures = [it for it in _of(self.orders[order_id], "captures") if _came(it)]
        refunds = [it for it in _of(self.orders[order_id], "refunds") if it["status"] != "FAILED"]
        return sum(map(_value, captures), Decimal()) - sum(map(_value, refunds), Decimal())

    async def answer(self, request: httpx.Request) -> httpx.Response:
        path, key = request.url.path, request.headers.get("paypal-request-id", "")
        self.asked.append((request.method, path))
        self.keys += [key] if key else []
        if self.away:
            return httpx.Response(503, html="<h1>Service unavailable</h1>")
        try:
            status, body = self._once(request, key)
        except No as no:
            details = [{"issue": no.name}]
            body = {"name": "UNPROCESSABLE_ENTITY", "details": details, "debug_id": "f1"}
            status = no.status
        if self.lost(path):
            raise httpx.ReadTimeout("the answer is lost", request=request)
        if isinstance(body, bytes):
            return httpx.Response(status, content=body)
        return httpx.Response(status, json=body) if body is not None else httpx.Response(status)

    def _once(self, request: httpx.Request, key: str) -> tuple[int, Any]:
        path = request.url.path
        if path.startswith("/v1/notifications/certs/"):
            if path != PATH:
                raise No(404, "RESOURCE_NOT_FOUND")
            return 200, certificate()
        if path == "/v1/oauth2/token":
            return self._token(request)
        if request.headers["authorization"].removeprefix("Bearer ") not in self.valid:
            return 401, {"error": "invalid_token"}
        if request.method == "GET":
            return 200, self._read(path)
        assert key, "each call that changes something has a key"
        digest = f"{path} {request.content!r}"
        if key in self.answers:
            before, status, body = self.answers[key]
            if before != digest:
                raise No(422, "DUPLICATE_REQUEST_ID")
            return status, body
        try:
            status, body = self._act(path, json.loads(request.content))
        except No as no:
            status, body = no.status, {"name": "NO", "details": [{"issue": no.name}]}
        self.answers[key] = (digest, status, json.loads(json.dumps(body)))
        return status, body

    def _token(self, request: httpx.Request) -> tuple[int, Json]:
        pair = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers["authorization"] != f"Basic {pair}":
            return 401, {"error": "invalid_client"}
        assert request.content == b"grant_type=client_credentials"
        self.tokens += 1
        self.valid.add(f"A21-{self.tokens}")
        return 200, {"access_token": f"A21-{self.tokens}", "expires_in": 32_400}

    def _read(self, path: str) -> Json:
        if found := re.fullmatch(r"/v2/checkout/orders/(\w+)", path):
            if found[1] not in self.orders:
                raise No(404, "INVALID_RESOURCE_ID")
            return self.orders[found[1]]
        name = path.removeprefix("/v2/payments/refunds/")
        return next(
            it for order in self.orders.values() for it in _of(order, "refunds") if it["id"] == name
        )

    def _act(self, path: str, body: Json) -> tuple[int, Any]:
        if path == "/v2/checkout/orders":
            return 201, self._open(body)
        *_, subject, id_, what = path.split("/")
        order = next(it for it in self.orders.values() if _has(it, subject, id_))
        if subject == "orders":
            return 201, self._take(order, what)
        if subject == "authorizations":
            held = next(it for it in _of(order, "authorizations") if it["id"] == id_)
            acts = {"capture": self._capture, "void": self._void, "reauthorize": self._anew}
            return acts[what](order, held, body)
        return 201, self._refund(order, id_, body)

    def _open(self, body: Json) -> Json:
        (unit,) = body["purchase_units"]
        _check(unit["amount"])
        page = body["payment_source"]["paypal"]["experience_context"]
        assert page["cancel_url"] == page["return_url"] + "?cancelled=1"
        id_ = uuid4().hex[:17].upper()
        self.orders[id_] = {
            "id": id_,
            "status": "PAYER_ACTION_REQUIRED",
            "intent": body["intent"],
            "purchase_units": [unit | {"payments": {}}],
            "links": [
                {"rel": "self", "href": f"https://api-m.sandbox.paypal.com/v2/{id_}"},
                {"rel": "payer-action", "href": f"https://www.sandbox.paypal.com/pay?token={id_}"},
            ],
        }
        return self.orders[id_]

    def _take(self, order: Json, what: str) -> Json:
        if order["status"] == "COMPLETED":
            raise No(422, f"ORDER_ALREADY_{'CAPTURED' if what == 'capture' else 'AUTHORIZED'}")
        if order["status"] != "APPROVED":
            raise No(422, "ORDER_NOT_APPROVED")
        assert what == {"CAPTURE": "capture", "AUTHORIZE": "authorize"}[order["intent"]]
        if what == "capture":
            self._book(order, _unit(order)["amount"])
        else:
            self._hold(order)
        order["status"] = "COMPLETED"
        return {"id": order["id"], "purchase_units": [{"payments": _unit(order)["payments"]}]}

    def _book(self, order: Json, amount: Json) -> Json:
        state = self.instrument
        if state not in {"COMPLETED", "PENDING", "DECLINED"}:
            raise No(422, state)
        captures = _unit(order)["payments"].setdefault("captures", [])
        reason = {"PENDING": "PENDING_REVIEW", "DECLINED": "DECLINED_BY_RISK"}.get(state)
        captures.append(
            {
                "id": f"C{order['id']}{len(captures)}",
                "status": state,
                "amount": amount,
                "status_details": {"reason": reason},
            }
        )
        return dict(captures[-1])

    def _hold(self, order: Json) -> Json:
        held = _unit(order)["payments"].setdefault("authorizations", [])
        held.append(
            {
                "id": f"A{order['id']}{len(held)}",
                "status": "CREATED",
                "create_time": f"{self.now:%Y-%m-%dT%H:%M:%SZ}",
                "expiration_time": f"{self.now + timedelta(days=29):%Y-%m-%dT%H:%M:%SZ}",
            }
        )
        return dict(held[-1])

    def _capture(self, order: Json, held: Json, body: Json) -> tuple[int, Json]:
        _check(body["amount"])
        if held["status"] != "CREATED":
            raise No(422, f"AUTHORIZATION_{held['status']}")
        if _value(body) > _value(_unit(order)):
            raise No(422, "MAX_CAPTURE_AMOUNT_EXCEEDED")
        assert body["final_capture"] is True
        captured = self._book(order, body["amount"])
        if captured["status"] != "DECLINED":
            held["status"] = "CAPTURED"
        return 201, captured

    def _void(self, _order: Json, held: Json, _body: Json) -> tuple[int, None]:
        if held["status"] != "CREATED":
            raise No(422, f"PREVIOUSLY_{held['status']}")
        held["status"] = "VOIDED"
        return 204, None

    def _anew(self, order: Json, held: Json, _body: Json) -> tuple[int, Json]:
        created = datetime.fromisoformat(held["create_time"])
        if not timedelta(days=3) <= self.now - created <= timedelta(days=29):
            raise No(422, "REAUTHORIZATION_TOO_SOON")
        held["status"] = "VOIDED"
        return 201, self._hold(order)

    def _refund(self, order: Json, capture: str, body: Json) -> Json:
        _check(body["amount"])
        if _value(body) > self.taken(order["id"]):
            raise No(422, "REFUND_AMOUNT_EXCEEDED")
        refunds = _unit(order)["payments"].setdefault("refunds", [])
        refunds.append(
            {
                "id": f"R{order['id']}{len(refunds)}",
                "status": self.refunds,
                "amount": body["amount"],
                "custom_id": body["custom_id"],
            }
        )
        state = "PARTIALLY_REFUNDED" if self.taken(order["id"]) else "REFUNDED"
        next(it for it in _of(order, "captures") if it["id"] == capture)["status"] = state
        return dict(refunds[-1])


def webhook(
    kind: str, order_id: str, now: datetime, *, transmission: str, place: str = SANDBOX
) -> tuple[bytes, dict[str, str]]:
    """Write and sign a webhook, as PayPal does; its certificate is at that place."""
    resource: Json = {"id": order_id}
    if not kind.startswith("CHECKOUT.ORDER."):
        related = {"related_ids": {"order_id": order_id}}
        resource = {"id": "something", "supplementary_data": related}
    event = {"id": f"WH-{transmission}", "event_type": kind, "resource": resource}
    body, at = json.dumps(event).encode(), now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return body, signed(body, at, transmission) | {"paypal-cert-url": f"{place}{PATH}"}


def signed(body: bytes, at: str, transmission: str, webhook_id: str = WEBHOOK) -> dict[str, str]:
    """Return the headers that PayPal sends with a body."""
    message = f"{transmission}|{at}|{webhook_id}|{zlib.crc32(body)}".encode()
    signature = _key().sign(message, padding.PKCS1v15(), SHA256())
    return {
        "paypal-transmission-id": transmission,
        "paypal-transmission-time": at,
        "paypal-transmission-sig": base64.b64encode(signature).decode(),
        "paypal-cert-url": CERTIFICATE,
        "paypal-auth-algo": "SHA256withRSA",
        "content-type": "application/json",
    }


@cache
def certificate(name: str = "messageverificationcerts.sandbox.paypal.com", days: int = 30) -> bytes:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject)
    builder = builder.public_key(_key().public_key()).serial_number(1)
    builder = builder.not_valid_before(now - timedelta(days=60))
    made = builder.not_valid_after(now + timedelta(days=days)).sign(_key(), SHA256())
    return made.public_bytes(Encoding.PEM)


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65_537, 2_048)


def _check(amount: Json) -> None:
    """Refuse an amount as PayPal does: not a text, or with decimals that the currency lacks."""
    currency, value = amount["currency_code"], amount["value"]
    pattern = r"[0-9]+" if currency in WHOLE else r"[0-9]+\.[0-9]{2}"
    if not re.fullmatch(pattern, value):
        raise No(422, "DECIMALS_NOT_SUPPORTED")
    if Decimal(value) <= 0:
        raise No(422, "CANNOT_BE_ZERO_OR_NEGATIVE")


def _has(order: Json, subject: str, id_: str) -> bool:
    if subject == "orders":
        return bool(order["id"] == id_)
    return any(it["id"] == id_ for it in _of(order, subject))


def _unit(order: Json) -> Json:
    found: Json = order["purchase_units"][0]
    return found


def _of(order: Json, what: str) -> list[Json]:
    found: list[Json] = _unit(order)["payments"].get(what, [])
    return found


def _came(capture: Json) -> bool:
    return capture["status"] in {"COMPLETED", "PARTIALLY_REFUNDED", "REFUNDED"}


def _value(it: Json) -> Decimal:
    return Decimal(it["amount"]["value"])
