"""Checkout Pro: preferences, as Mercado Pago's reference of /checkout/preferences says.

Fields that it does not know are refused. A page can be paid on as often as somebody wants to, until
it expires: that no buyer pays twice is the shop's to see to.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

Json = dict[str, Any]
OUTCOMES = {
    "card_ok": ("approved", "accredited"),
    "card_no": ("rejected", "cc_rejected_insufficient_amount"),
    "card_3ds": ("pending", "pending_challenge"),
    "card_review": ("in_process", "pending_review_manual"),
}
PAGE = "https://www.mercadopago.com.mx/checkout/v1/redirect?pref_id="
_KNOWN = {
    "auto_return",
    "back_urls",
    "binary_mode",
    "expiration_date_from",
    "expiration_date_to",
    "expires",
    "external_reference",
    "items",
    "payer",
    "payment_methods",
}
_OF_ITEMS = {"title", "quantity", "currency_id", "unit_price"}


class Pages:
    """The part of the books with preferences, and with what buyers do on their pages."""

    currency: str
    live: bool

    def __init__(self) -> None:
        self.preferences: dict[str, Json] = {}
        self.payments: dict[int, Json] = {}
        self.closes = True
        """Whether a page can be closed before its time."""

    def page(self) -> Json:
        """Return the newest preference."""
        return list(self.preferences.values())[-1]

    def is_open(self, page: Json) -> bool:
        return datetime.fromisoformat(page["expiration_date_to"]) > datetime.now(UTC)

    def pay(self, page: Json, card: str = "card_ok") -> Json:
        """Let the buyer pay on a page that is open; return the payment."""
        assert self.is_open(page), "nobody can pay on a page that is closed"
        status, detail = OUTCOMES[card]
        (item,) = page["items"]
        return self.book(page["external_reference"], item["unit_price"], status, detail)

    def book(self, reference: str, amount: object, status: str, detail: str) -> Json:
        """Write a payment down."""
        id_ = 1_300_000_000 + uuid4().int % 10**12
        while self.payments and id_ < max(self.payments):
            id_ += 10**12
        self.payments[id_] = {
            "id": id_,
            "status": status,
            "status_detail": detail,
            "transaction_amount": Decimal(str(amount)),
            "currency_id": self.currency,
            "live_mode": self.live,
            "external_reference": reference,
            "date_created": datetime.now(UTC).isoformat(),
            "three_ds_info": None,
            "wants": True,
        }
        return self.payments[id_]

    def preference(self, method: str, path: list[str], body: Json | None) -> tuple[int, Any]:
        """Answer a request about preferences."""
        if unknown := set(body or {}) - _KNOWN:
            return refused(400, "invalid_parameters", f"unknown: {sorted(unknown)}")
        if method == "POST":
            return self._make(body or {})
        found = self.preferences.get(path[-1])
        if found is None:
            return refused(404, "invalid_id", "preference_id not found")
        if method == "PUT":
            if not self.closes:
                return refused(400, "invalid_expiration_date_to", "expiration_date_to invalid")
            found |= body or {}
        return 200, found

    def _make(self, body: Json) -> tuple[int, Any]:
        (item,) = body["items"]
        if set(item) != _OF_ITEMS or not item["title"] or item["currency_id"] != self.currency:
            return refused(400, "invalid_items", "unit_price invalid")
        if not all(url.startswith("https://") for url in body["back_urls"].values()):
            return refused(400, "invalid_back_urls", "back_urls invalid. Wrong format.")
        if body["auto_return"] == "approved" and "success" not in body["back_urls"]:
            return refused(400, "invalid_auto_return", "back_url.success must be defined")
        assert body["binary_mode"] is True
        left = datetime.fromisoformat(body["expiration_date_to"]) - datetime.now(UTC)
        assert timedelta() < left <= timedelta(hours=1)
        id_ = f"202809963-{uuid4()}"
        self.preferences[id_] = body | {"id": id_, "init_point": PAGE + id_}
        return 201, self.preferences[id_]


def refused(status: int, word: str, message: str) -> tuple[int, Json]:
    return status, {"message": message, "error": word, "status": status, "cause": []}
