"""PayPal behind the port: the buyer says yes on PayPal's page, and then the shop takes the money.

Nothing is taken before the shop's own last call, which whoever reads the payment first makes: the
buyer who comes back, a webhook, or the sweep, all under the same key.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import httpx

from trastienda.database.db import utcnow
from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments import return_urls
from trastienda.services.payments.paypal import standings, webhooks
from trastienda.services.payments.paypal.api import UNKNOWN, Api, Refused
from trastienda.services.payments.paypal.certificates import Certificates
from trastienda.services.payments.paypal.records import (
    Authorization,
    Capture,
    Order,
    Refund,
    Taken,
)
from trastienda.services.payments.port import (
    Account,
    Charge,
    CredentialsRefused,
    Notice,
    RefundStanding,
    Standing,
    TokenUnusable,
    Webhook,
)
from trastienda.services.payments.remote.amounts import NOT_PAYABLE, least, major
from trastienda.services.payments.remote.service import Service, in_time

LIVE, SANDBOX = "https://api-m.paypal.com", "https://api-m.sandbox.paypal.com"
CERTIFICATES = ("https://api.paypal.com", LIVE)
SANDBOX_CERTIFICATES = ("https://api.sandbox.paypal.com", SANDBOX)


class PayPal:
    """The provider of one account; it takes no tokens: buyers say yes on PayPal's page."""

    def __init__(
        self,
        account: Account,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], datetime] = utcnow,
    ) -> None:
        address = account.address or (LIVE if account.live else SANDBOX)
        service = Service(account.name, address, transport)
        secrets = account.credentials
        self._client_id = secrets["client_id"]
        self._api = Api(service, secrets["client_id"], secrets["client_secret"])
        usual = CERTIFICATES if account.live else SANDBOX_CERTIFICATES
        places = (account.address,) if account.address else usual
        self._webhook_id = account.options["webhook_id"]
        self._certificates = Certificates(service, places)
        self._clock = clock

    def check(self, token: str | None, return_url: str | None) -> None:  # noqa: ARG002 - its buttons need none
        if token is not None:
            raise TokenUnusable(pointer="/payment/token", known=[])

    def accepts(self, amount: int, currency: str) -> bool:
        return major(amount, currency, standings.DECIMALS) is not None

    def least(self, currency: str) -> int:
        return least(currency, standings.DECIMALS)

    def for_browser(self) -> Mapping[str, str]:
        return {"client_id": self._client_id}

    async def verify(self) -> None:
        try:
            await self._api.verify()
        except Refused as no:
            raise CredentialsRefused from no

    async def close(self) -> None:
        await self._api.close()

    async def authorise(self, charge: Charge) -> Standing:
        """Ask for an order. No money moves with it, so each clear no of PayPal's is one here."""
        asked = _asked(charge)
        if asked is None:
            return Standing(PaymentState.DECLINED, reason=NOT_PAYABLE)
        key = charge.key("authorise")
        async with in_time():
            try:
                order = await self._api.ask("POST", "/v2/checkout/orders", Order, asked, key)
            except Refused as no:
                return Standing(PaymentState.DECLINED, reason=no.word)
            return await self._moved(order, charge)

    async def read(self, charge: Charge) -> Standing | None:
        """Say how a payment stands; money that the buyer has said yes to is taken first.

        Without a reference, the answer to the first call was lost: nobody has been sent to PayPal
        then, and the same call under the same key gives the same order.
        """
        if charge.reference is None:
            return None
        async with in_time():
            order = await self._found(charge.reference)
            return None if order is None else await self._moved(order, charge)

    async def capture(self, charge: Charge, amount: int, key: str) -> Standing:
        async with in_time():
            order = await self._order(charge)
            now = standings.standing(order, charge)
            if standings.pending(order) is not None:
                raise PaymentUnclear
            holds = standings.held(order)
            if now.state is not PaymentState.AUTHORISED or holds is None:
                return now
            value = _money(amount, charge.currency)
            if value is None:
                return now._replace(reason=NOT_PAYABLE)
            holder = await self._honoured(holds, value, key)
            return await self._captured(order, charge, holder, (value, key))

    async def void(self, charge: Charge, key: str) -> Standing:
        async with in_time():
            order = await self._found(charge.reference) if charge.reference else None
            if order is None:  # nobody can say yes to it any more
                return Standing(PaymentState.VOIDED, charge.reference)
            now = await self._moved(order, charge)
            if standings.nothing_yet(order) and now.state is not PaymentState.DECLINED:
                # PayPal cannot be told: but only the shop could take the money, and does not now
                return now._replace(state=PaymentState.VOIDED, next_action=None)
            if now.state is not PaymentState.AUTHORISED:
                return now
            return await self._voided(charge, key)

    async def refund(self, charge: Charge, amount: int, key: str) -> RefundStanding:
        async with in_time():
            order = await self._order(charge)
            known = next((it for it in order.payments.refunds if it.custom_id == key), None)
            if known is not None:
                return standings.refund_standing(known)
            value, captures = _money(amount, charge.currency), standings.taken(order)
            if value is None:
                return RefundStanding(TransferState.REFUSED, reason=NOT_PAYABLE)
            if not captures:
                raise PaymentUnclear
            asked = {"amount": value, "custom_id": key}
            path = f"/v2/payments/captures/{captures[0].id}/refund"
            try:
                return standings.refund_standing(
                    await self._api.ask("POST", path, Refund, asked, key)
                )
            except Refused as no:
                return RefundStanding(TransferState.REFUSED, reason=_said(no))

    async def read_refund(self, charge: Charge, reference: str) -> RefundStanding:  # noqa: ARG002 - the port's signature
        try:
            path = f"/v2/payments/refunds/{reference}"
            return standings.refund_standing(await self._api.ask("GET", path, Refund))
        except Refused as no:
            raise PaymentUnclear from no

    async def notice(self, webhook: Webhook, now: datetime) -> Notice:
        return await webhooks.verified(webhook, now, self._webhook_id, self._certificates)

    async def _found(self, reference: str) -> Order | None:
        """Return an order; None if PayPal has none of that id any more."""
        try:
            return await self._api.ask("GET", f"/v2/checkout/orders/{reference}", Order)
        except Refused as no:
            if no.status == UNKNOWN:
                return None
            raise PaymentUnclear from no

    async def _order(self, charge: Charge) -> Order:
        order = await self._found(charge.reference) if charge.reference else None
        if order is None:
            raise PaymentUnclear
        return order

    async def _moved(self, order: Order, charge: Charge) -> Standing:
        """Say how an order stands, after the last call if the buyer has said yes to it."""
        now = standings.standing(order, charge)
        fits = (now.amount, now.currency) == (charge.amount, charge.currency)
        if order.status != standings.APPROVED or not charge.wanted or not fits:
            return now
        what = "capture" if order.intent == "CAPTURE" else "authorize"
        path = f"/v2/checkout/orders/{order.id}/{what}"
        try:
            answer = await self._api.ask("POST", path, Taken, {}, charge.key(f"take:{order.id}"))
        except Refused as no:
            return await self._not_taken(_said(no), order, charge)
        if not answer.purchase_units:
            raise PaymentUnclear
        order.status, order.purchase_units[0].payments = (
            "COMPLETED",
            answer.purchase_units[0].payments,
        )
        return standings.standing(order, charge)

    async def _not_taken(self, word: str, order: Order, charge: Charge) -> Standing:
        """Say how an order stands whose last call was refused: if it still waits, it is declined.

        The buyer pays anew then; nobody makes the last call for this order again.
        """
        anew = await self._order(charge._replace(reference=order.id))
        now = standings.standing(anew, charge)
        if not standings.nothing_yet(anew):
            return now
        return now._replace(state=PaymentState.DECLINED, reason=word, next_action=None)

    async def _honoured(self, holds: Authorization, value: object, key: str) -> str:
        """Return the id to capture: after the honour period, that of a reauthorisation.

        If PayPal refuses that (too early, too late, or once already), the first one is tried.
        """
        until = standings.honoured_until(holds)
        if until is None or until > self._clock():
            return holds.id
        path = f"/v2/payments/authorizations/{holds.id}/reauthorize"
        try:
            asked = {"amount": value}
            anew = await self._api.ask("POST", path, Authorization, asked, f"{key}:anew")
        except Refused as no:
            _said(no)
            return holds.id
        return anew.id

    async def _captured(
        self, order: Order, charge: Charge, holder: str, asked: tuple[object, str]
    ) -> Standing:
        """Capture so much, under that key, once; the rest is let go."""
        value, key = asked
        path = f"/v2/payments/authorizations/{holder}/capture"
        body = {"amount": value, "final_capture": True}
        try:
            answer = await self._api.ask("POST", path, Capture, body, key)
        except Refused as no:
            word = _said(no)
            return standings.standing(await self._order(charge), charge)._replace(reason=word)
        if answer.status == standings.PENDING:
            raise PaymentUnclear
        order.payments.captures.append(answer)
        now = standings.standing(order, charge)
        if answer.status in standings.TAKEN:
            return now
        return now._replace(reason=answer.status_details.reason or answer.status)

    async def _voided(self, charge: Charge, key: str) -> Standing:
        """Let go of all that is held; the answer says what came of it."""
        order = await self._order(charge)
        while (holds := standings.held(order)) is not None:
            try:
                await self._api.tell(
                    f"/v2/payments/authorizations/{holds.id}/void", f"{key}:{holds.id}"
                )
            except Refused as no:
                _said(no)
            before, order = holds.id, await self._order(charge)
            if (still := standings.held(order)) is not None and still.id == before:
                raise PaymentUnclear
        return standings.standing(order, charge)


def _asked(charge: Charge) -> dict[str, Any] | None:
    """Write a payment down as an order for PayPal; None if it cannot take the amount."""
    value = _money(charge.amount, charge.currency)
    if value is None:
        return None
    page: dict[str, str] = {"user_action": "PAY_NOW", "shipping_preference": "NO_SHIPPING"}
    page["payment_method_preference"] = "IMMEDIATE_PAYMENT_REQUIRED"
    if charge.return_url:
        cancelled = return_urls.after_cancelling(charge.return_url)
        page |= {"return_url": charge.return_url, "cancel_url": cancelled}
    return {
        "intent": "CAPTURE" if charge.capture else "AUTHORIZE",
        "purchase_units": [{"custom_id": str(charge.payment_id), "amount": value}],
        "payment_source": {"paypal": {"experience_context": page}},
    }


def _money(amount: int, currency: str) -> dict[str, str] | None:
    value = major(amount, currency, standings.DECIMALS)
    return None if value is None else {"currency_code": currency, "value": f"{value:f}"}


def _said(no: Refused) -> str:
    """Return PayPal's word for a no to what was asked. Raise PaymentUnclear for any other."""
    if not no.final:
        raise PaymentUnclear from no
    return no.word
