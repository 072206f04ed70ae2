"""The provider `stripe`: a token is charged in one call, and who has none pays on Stripe's page."""

import time
from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import stripe
import structlog

from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments.port import (
    Account,
    Charge,
    CredentialsRefused,
    DisputeStanding,
    Notice,
    RefundStanding,
    ReturnUrlMissing,
    Standing,
    TokenUnusable,
    Webhook,
)
from trastienda.services.payments.stripe import amounts, finding, reading, sessions, webhooks
from trastienda.services.payments.stripe.asking import DEADLINE, NO, Asking
from trastienda.services.payments.stripe.reading import PAYMENT, REFUND, Intent

log = structlog.get_logger()
KEY_HOLDS = timedelta(hours=23)
"""Stripe forgets an idempotency key after 24 hours: then the same key would charge again."""
_TOKENS = ("pm_", "ctoken_")
_EXPAND = ["latest_charge"]


class Stripe:
    """An account at Stripe."""

    accepts = staticmethod(amounts.chargeable)
    least = staticmethod(amounts.least)

    def __init__(self, account: Account) -> None:
        self._account = account
        self._http = stripe.HTTPXClient(timeout=DEADLINE)
        self._client = stripe.StripeClient(
            account.credentials["secret_key"],
            base_addresses={"api": account.address} if account.address else {},
            max_network_retries=0,
            http_client=self._http,
        ).v1
        self._ask = Asking(account.name)
        pages = self._client.checkout.sessions
        self._sessions = sessions.Sessions(pages, self._ask, live=account.live)

    def check(self, token: str | None, return_url: str | None) -> None:
        if token is None:
            if return_url is None:
                raise ReturnUrlMissing(pointer="/payment/return_url")
            return
        prefix, _, rest = token.partition("_")
        if f"{prefix}_" not in _TOKENS or not rest.replace("_", "a").isalnum():
            raise TokenUnusable(pointer="/payment/token", known=[f"{it}…" for it in _TOKENS])

    def for_browser(self) -> Mapping[str, str]:
        return {"publishable_key": self._account.credentials["publishable_key"]}

    async def verify(self) -> None:
        try:
            await self._ask(self._client.payment_intents.list_async({"limit": 1}))
        except PaymentUnclear as unclear:
            if isinstance(unclear.__cause__, stripe.AuthenticationError | stripe.PermissionError):
                raise CredentialsRefused from unclear
            raise

    async def close(self) -> None:
        await self._http.close_async()  # type: ignore[no-untyped-call]

    async def authorise(self, charge: Charge) -> Standing:
        """Create an intent and confirm it, or without a token ask for a page to pay on.

        A 4xx is Stripe's no: it has made no intent, or declined it.

        A payment that is too old for its key is not asked for again, as it might be charged twice:
        `read` has just said that there is none.
        """
        units = amounts.to_stripe(charge.amount, charge.currency)
        if units is None or _age(charge) > KEY_HOLDS:
            return Standing(PaymentState.DECLINED, reason="expired" if units else "amount")
        usage = await self._usage(charge)
        if charge.token is None:
            return await self._sessions.open_(charge, units, usage)
        key, params = charge.key("authorise"), _intent(charge, units, usage)
        try:
            made = await self._ask(
                self._client.payment_intents.create_async(params, {"idempotency_key": key})
            )
        except stripe.CardError as no:
            return self._refused(charge, no)
        except stripe.InvalidRequestError as no:
            log.warning("Stripe refuses a payment", payment=str(charge.payment_id), code=no.code)
            return self._refused(charge, no)
        return self._standing(charge, made)

    async def capture(self, charge: Charge, amount: int, key: str) -> Standing:
        units = amounts.to_stripe(amount, charge.currency)
        if units is None:
            return await self._as_it_is(charge)
        params: Any = {"amount_to_capture": units, "expand": _EXPAND}
        asked = self._client.payment_intents.capture_async(
            self._id(charge), params, {"idempotency_key": key}
        )
        return await self._moved(charge, asked)

    async def void(self, charge: Charge, key: str) -> Standing:
        """Cancel an intent, or close a page; what was begun on that in time is cancelled too.

        Money that is held by then stays held if the shop still waits for it.
        """
        page = self._id(charge)
        if not sessions.is_page(page):
            return await self._cancelled(charge, key)
        now = await self._sessions.close(charge, page, f"{key}:page")
        held = now.state is PaymentState.AUTHORISED
        if now.reference == page or now.state not in sessions.ENDABLE or (held and charge.wanted):
            return now
        charge = charge._replace(reference=now.reference)
        return (await self._cancelled(charge, key))._replace(page=page)

    async def _cancelled(self, charge: Charge, key: str) -> Standing:
        asked = self._client.payment_intents.cancel_async(
            self._id(charge), {}, {"idempotency_key": key}
        )
        return await self._moved(charge, asked)

    async def refund(self, charge: Charge, amount: int, key: str) -> RefundStanding:
        """Give money back; a refund of this key that is there already is only read."""
        reference, units = self._id(charge), amounts.to_stripe(amount, charge.currency)
        if units is None:
            return RefundStanding(TransferState.REFUSED, reason="amount")
        wanted: Any = {"payment_intent": reference, "limit": 100}
        listed = await self._ask(self._client.refunds.list_async(wanted))
        for known in map(reading.refund, listed.data):
            if known.metadata.get(REFUND) == key:
                return reading.refund_standing(known)
        if listed.has_more:
            raise PaymentUnclear
        params: Any = {"payment_intent": reference, "amount": units, "metadata": {REFUND: key}}
        try:
            made = await self._ask(
                self._client.refunds.create_async(params, {"idempotency_key": key})
            )
        except NO as no:
            return RefundStanding(TransferState.REFUSED, reason=no.code or "refused")
        return reading.refund_standing(reading.refund(made))

    async def read(self, charge: Charge) -> Standing | None:
        if charge.reference is None:
            if charge.token is None and charge.wanted:  # nobody was sent to a page of it yet
                return None
            found = await finding.find(self._client.payment_intents, self._ask, charge)
            return None if found is None else self._known(charge, found)
        if sessions.is_page(charge.reference):
            return await self._sessions.read(charge, charge.reference)
        params: Any = {"expand": _EXPAND}
        asked = self._client.payment_intents.retrieve_async(charge.reference, params)
        try:
            return self._standing(charge, await self._ask(asked))
        except stripe.InvalidRequestError:
            return None

    async def read_refund(self, charge: Charge, reference: str) -> RefundStanding:  # noqa: ARG002 - the port's signature
        try:
            found = await self._ask(self._client.refunds.retrieve_async(reference))
        except stripe.InvalidRequestError as unknown:
            raise PaymentUnclear from unknown
        return reading.refund_standing(reading.refund(found))

    async def read_dispute(self, charge: Charge, reference: str) -> DisputeStanding:
        try:
            asked = await self._ask(self._client.disputes.retrieve_async(reference))
        except stripe.InvalidRequestError as unknown:
            raise PaymentUnclear from unknown
        found = reading.dispute(asked)
        if found.payment_intent != charge.reference or found.livemode is not self._account.live:
            raise PaymentUnclear
        return reading.dispute_standing(found)

    async def trace(self, reference: str) -> UUID | None:
        asked: Awaitable[Any] = (
            self._client.checkout.sessions.retrieve_async(reference)
            if sessions.is_page(reference)
            else self._client.payment_intents.retrieve_async(reference)
        )
        try:
            return reading.named(await self._ask(asked), live=self._account.live)
        except stripe.InvalidRequestError:  # of another account, or gone
            return None

    async def notice(self, webhook: Webhook, now: datetime) -> Notice:
        secret, live = self._account.credentials["webhook_secret"], self._account.live
        return webhooks.notice(webhook.headers, webhook.body, secret, now, live=live)

    async def _usage(self, charge: Charge) -> dict[str, str]:
        """Say what a card is kept for, and with which customer, where the merchant wants that."""
        usage = self._account.options.get("setup_future_usage")
        if usage is None:
            return {}
        return {"setup_future_usage": usage, "customer": await self._customer(charge)}

    async def _customer(self, charge: Charge) -> str:
        """Make the customer that a card is kept with, once for each payment."""
        params: Any = {"metadata": {PAYMENT: str(charge.payment_id)}}
        if charge.email:
            params["email"] = charge.email
        made = self._client.customers.create_async(
            params, {"idempotency_key": charge.key("customer")}
        )
        try:
            return (await self._ask(made)).id
        except NO as unusable:
            raise PaymentUnclear from unusable

    async def _moved(self, charge: Charge, asked: Awaitable[Any]) -> Standing:
        """Say what came of a capture or a cancellation; what was refused is read back."""
        try:
            return self._standing(charge, await self._ask(asked))
        except NO as no:
            log.info("Stripe refuses an operation", payment=str(charge.payment_id), code=no.code)
        return await self._as_it_is(charge)

    async def _as_it_is(self, charge: Charge) -> Standing:
        standing = await self.read(charge)
        if standing is None:
            raise PaymentUnclear
        return standing

    def _refused(
        self, charge: Charge, no: stripe.CardError | stripe.InvalidRequestError
    ) -> Standing:
        """Say what came of a refused payment: it may carry an intent, as it is now."""
        error = no.error
        carried = error.payment_intent if error else None
        if carried is not None and carried.to_dict().get("status") != "requires_payment_method":
            return self._standing(charge, carried)
        reason = (error.decline_code if error else None) or no.code or "refused"
        reference = carried.id if carried is not None else None
        return Standing(PaymentState.DECLINED, reference, reason=reason)

    def _standing(self, charge: Charge, found: Any) -> Standing:  # noqa: ANN401 - the SDK's object
        return self._known(charge, reading.intent(found))

    def _known(self, charge: Charge, found: Intent) -> Standing:
        """Say how an intent stands, if it is of this payment and mode. Raise PaymentUnclear."""
        reading.expect_ours(found, charge, live=self._account.live)
        return reading.standing(found)

    def _id(self, charge: Charge) -> str:
        if charge.reference is None:
            raise PaymentUnclear
        return charge.reference


def _age(charge: Charge) -> timedelta:
    return timedelta(seconds=time.time() - reading.began(charge))


def _intent(charge: Charge, units: int, usage: dict[str, str]) -> Any:  # noqa: ANN401 - the SDK's
    """Say what to ask for: the same each time, since the key is the same."""
    token = charge.token or ""
    with_token = "confirmation_token" if token.startswith("ctoken_") else "payment_method"
    methods: dict[str, Any] = {"enabled": True}
    params: dict[str, Any] = {
        "amount": units,
        "currency": charge.currency.lower(),
        "capture_method": "automatic" if charge.capture else "manual",
        "confirm": True,
        with_token: token,
        "automatic_payment_methods": methods,
        "metadata": {PAYMENT: str(charge.payment_id)},
        "expand": _EXPAND,
        **usage,
    }
    if charge.return_url is None:
        methods["allow_redirects"] = "never"
    else:
        params["return_url"] = charge.return_url
    return params
