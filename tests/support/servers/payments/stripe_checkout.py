"""Stripe's own page: sessions of Checkout, as docs.stripe.com/api/checkout/sessions says.

A session has no payment intent before the buyer has tried to pay in it. Parameters that Stripe does
not know are refused, and so is a page that would be open for less than 30 minutes.
"""

import re
import time
from typing import Any
from uuid import uuid4

Body = dict[str, Any]
FIRST = {
    "pm_ok": "succeeded",
    "ctoken_ok": "succeeded",
    "pm_challenge": "requires_action",
    "pm_redirect": "requires_action",
    "pm_later": "processing",
    "pm_no": "requires_payment_method",
}
CAPTURE_BEFORE = 1_900_000_000
PAGE = "https://checkout.stripe.example/c/pay/"
_LINE = r"line_items\[0\]\[(quantity|price_data\]\[(currency|unit_amount|product_data\]\[name))\]"
_KNOWN = re.compile(
    rf"mode|success_url|cancel_url|expires_at|locale|customer|customer_email|{_LINE}"
    r"|adaptive_pricing\[enabled\]|expand\[\d\]|metadata\[\w+\]"
    r"|payment_intent_data\[(capture_method|setup_future_usage|metadata\]\[\w+)\]"
)
_LOCALES = {"auto", "en", "es"}


class Refused(Exception):
    """Stripe's own no."""

    def __init__(self, status: int, code: str, intent: Body | None = None) -> None:
        super().__init__(code)
        kind = "card_error" if status == 402 else "invalid_request_error"
        self.status = status
        self.error: Body = {"type": kind, "code": code, "message": code}
        if intent:
            self.error["payment_intent"] = intent
        if status == 402:
            self.error["decline_code"] = "insufficient_funds"


class CheckoutStub:
    """The part of the stub with its sessions."""

    intents: dict[str, Body]

    def __init__(self) -> None:
        self.sessions: dict[str, Body] = {}

    def _open(self, fields: Body) -> Body:
        if unknown := [name for name in fields if not _KNOWN.fullmatch(name)]:
            raise Refused(400, f"parameter_unknown: {unknown}")
        if "customer" in fields and "customer_email" in fields:
            raise Refused(400, "customer_or_customer_email")
        ends = int(fields["expires_at"])
        if not time.time() + 1_800 <= ends <= time.time() + 86_400:
            raise Refused(400, "expires_at_invalid")
        if fields["mode"] != "payment" or fields["locale"] not in _LOCALES:
            raise Refused(400, "parameter_invalid")
        if not fields["success_url"].startswith("https://"):
            raise Refused(400, "url_invalid")
        price = "line_items[0][price_data]"
        if not fields[f"{price}[product_data][name]"]:
            raise Refused(400, "parameter_invalid_empty")
        amount = int(fields[f"{price}[unit_amount]"]) * int(fields["line_items[0][quantity]"])
        if amount < 50:
            raise Refused(400, "amount_too_small")
        id_ = f"cs_test_{uuid4().hex}"
        self.sessions[id_] = {
            "id": id_,
            "object": "checkout.session",
            "status": "open",
            "payment_status": "unpaid",
            "amount_total": amount,
            "currency": fields[f"{price}[currency]"],
            "livemode": False,
            "metadata": metadata(fields),
            "url": f"{PAGE}{id_}",
            "payment_intent": None,
            "asked": fields,
        }
        return self._shown(self.sessions[id_], fields)

    def _read_session(self, id_: str, fields: Body) -> Body:
        if id_ not in self.sessions:
            raise Refused(404, "resource_missing")
        return self._shown(self.sessions[id_], fields)

    def _expire(self, id_: str, fields: Body) -> Body:
        session = self.sessions[id_]
        if session["status"] != "open":
            raise Refused(400, "session_not_open")
        self.end(session)
        return self._shown(session, fields)

    def end(self, session: Body) -> None:
        """Close a page that nobody has paid on."""
        session |= {"status": "expired", "url": None}
        if session["payment_intent"]:
            self.intents[session["payment_intent"]]["status"] = "canceled"
        self._event("checkout.session.expired", session)

    def session(self) -> Body:
        """Return the newest session."""
        return list(self.sessions.values())[-1]

    def pay(self, session: Body, method: str = "pm_ok") -> Body:
        """Let the buyer try to pay on the page; return the intent. Only an open page can be used.

        Who is declined stays on the page, and may try again there.
        """
        assert session["status"] == "open", "nobody can pay on a page that is closed"
        intent = self.intents.get(session["payment_intent"]) or self._begun(session)
        intent["status"] = FIRST[method]
        if intent["manual"] and intent["status"] == "succeeded":
            intent["status"] = "requires_capture"
        intent["amount_received"] = intent["amount"] * (intent["status"] == "succeeded")
        failed = intent["status"] == "requires_payment_method"
        intent["last_payment_error"] = {"code": "card_declined"} if failed else None
        self._say(intent)
        if not failed:
            paid = "unpaid" if intent["status"] == "processing" else "paid"
            session |= {"status": "complete", "payment_status": paid, "url": None}
            self._event("checkout.session.completed", session)
        return intent

    def arrive(self, session: Body, *, yes: bool) -> None:
        """Let the money of a payment that takes days come, or fail to."""
        intent = self.intents[session["payment_intent"]]
        intent["status"] = "succeeded" if yes else "requires_payment_method"
        intent["amount_received"] = intent["amount"] * yes
        self._say(intent)
        word = "succeeded" if yes else "failed"
        self._event(f"checkout.session.async_payment_{word}", session)

    def _begun(self, session: Body) -> Body:
        fields = session["asked"]
        intent = an_intent(
            session["amount_total"],
            session["currency"],
            metadata(fields, "payment_intent_data[metadata]"),
            manual=fields["payment_intent_data[capture_method]"] == "manual",
        )
        self.intents[intent["id"]] = intent
        session["payment_intent"] = intent["id"]
        return intent

    def _shown(self, session: Body, fields: Body) -> Body:
        """Show a session; its intent is in it only if somebody asked for that."""
        shown = {name: value for name, value in session.items() if name != "asked"}
        wants = "payment_intent.latest_charge" in fields.values()
        if wants and session["payment_intent"]:
            shown["payment_intent"] = self.intents[session["payment_intent"]]
        return shown

    def _say(self, intent: Body) -> None:
        raise NotImplementedError

    def _event(self, kind: str, about: Body) -> None:
        raise NotImplementedError


def an_intent(amount: int, currency: str, names: dict[str, str], *, manual: bool) -> Body:
    """Make an intent that nobody has paid yet."""
    return {
        "id": f"pi_{uuid4().hex}",
        "object": "payment_intent",
        "status": "requires_payment_method",
        "amount": amount,
        "amount_received": 0,
        "currency": currency,
        "livemode": False,
        "metadata": names,
        "client_secret": f"pi_secret_{uuid4().hex}",
        "next_action": None,
        "latest_charge": {
            "id": "ch_1",
            "payment_method_details": {"card": {"capture_before": CAPTURE_BEFORE}},
        },
        "manual": manual,
    }


def metadata(fields: Body, name: str = "metadata") -> dict[str, str]:
    """Return the metadata among the fields of a form."""
    start = f"{name}["
    return {it[len(start) : -1]: text for it, text in fields.items() if it.startswith(start)}
