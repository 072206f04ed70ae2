"""The provider `stripe`: payment intents that are created and confirmed in one call."""

import asyncio
import time
from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta
from typing import Any, TypeVar

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
    Standing,
    TokenUnusable,
    Webhook,
)
from trastienda.services.payments.stripe import amounts, reading, webhooks
from trastienda.services.payments.stripe.reading import PAYMENT, REFUND, Intent

log = structlog.get_logger()
T = TypeVar("T")
DEADLINE = 10.0  # seconds for each call: two of them are shorter than the lease of a payment
KEY_HOLDS = timedelta(hours=23)
"""Stripe forgets an idempotency key after 24 hours: then the same key would charge again."""
PAGES = 10  # of 100 payments, that are looked through for one whose answer was lost
_TOKENS = ("pm_", "ctoken_")
_OURS = (stripe.AuthenticationError, stripe.PermissionError, stripe.IdempotencyError)
"""Errors that are the merchant's or the shop's to mend; what became of the call is not known."""
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

    def check(self, token: str | None) -> None:
        prefix, _, rest = (token or "").partition("_")
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
        """Create an intent and confirm it. A 4xx is Stripe's no: it has made none, or declined.

        A payment that is too old for its key is not asked for again, as it might be charged twice:
        `read` has just said that there is none.
        """
        units = amounts.to_stripe(charge.amount, charge.currency)
        if units is None or _age(charge) > KEY_HOLDS:
            return Standing(PaymentState.DECLINED, reason="expired" if units else "amount")
        key = charge.key("authorise")
        params = await self._intent(charge, units)
        try:
            made = await self._ask(
                self._client.payment_intents.create_async(params, {"idempotency_key": key})
            )
        except stripe.CardError as no:
            return self._refused(charge, no)
        except stripe.InvalidRequestError as no:
            log.warning("Stripe refuses a payment", payment=str(charge.payment_id), code=no.code)
            return self._refused(charge, no)
        return self._standing(charge, reading.intent(made))

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
        except (stripe.CardError, stripe.InvalidRequestError) as no:
            return RefundStanding(TransferState.REFUSED, reason=no.code or "refused")
        return reading.refund_standing(reading.refund(made))

    async def read(self, charge: Charge) -> Standing | None:
        if charge.reference is None:
            found = await self._find(charge)
            return None if found is None else self._standing(charge, found)
        params: Any = {"expand": _EXPAND}
        asked = self._client.payment_intents.retrieve_async(charge.reference, params)
        try:
            return self._standing(charge, reading.intent(await self._ask(asked)))
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

    async def notice(self, webhook: Webhook, now: datetime) -> Notice:
        secret, live = self._account.credentials["webhook_secret"], self._account.live
        return webhooks.notice(webhook.headers, webhook.body, secret, now, live=live)

    async def _intent(self, charge: Charge, units: int) -> Any:  # noqa: ANN401 - the SDK's parameters
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
        }
        if charge.return_url is None:
            methods["allow_redirects"] = "never"
        else:
            params["return_url"] = charge.return_url
        if usage := self._account.options.get("setup_future_usage"):
            params |= {"setup_future_usage": usage, "customer": await self._customer(charge)}
        return params

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
        except (stripe.CardError, stripe.InvalidRequestError) as unusable:
            raise PaymentUnclear from unusable

    async def _moved(self, charge: Charge, asked: Awaitable[Any]) -> Standing:
        """Say what came of a capture or a cancellation; what was refused is read back."""
        try:
            return self._standing(charge, reading.intent(await self._ask(asked)))
        except (stripe.CardError, stripe.InvalidRequestError) as no:
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
            return self._standing(charge, reading.intent(carried))
        reason = (error.decline_code if error else None) or no.code or "refused"
        reference = carried.id if carried is not None else None
        return Standing(PaymentState.DECLINED, reference, reason=reason)

    def _standing(self, charge: Charge, found: Intent) -> Standing:
        """Say how an intent stands, if it is of this payment and mode. Raise PaymentUnclear."""
        mine = found.metadata.get(PAYMENT) == str(charge.payment_id)
        if not mine or found.livemode is not self._account.live:
            log.error("an intent is of another payment or mode", payment=str(charge.payment_id))
            raise PaymentUnclear
        return reading.standing(found)

    async def _find(self, charge: Charge) -> Intent | None:
        """Look for the intent of a payment whose answer was lost.

        The search is a minute late, and not to be had everywhere; the key protects for 23 hours.
        """
        query = f"metadata['{PAYMENT}']:'{charge.payment_id}'"
        params: Any = {"query": query, "expand": ["data.latest_charge"]}
        try:
            found = await self._ask(self._client.payment_intents.search_async(params))
        except stripe.InvalidRequestError:
            return await self._look_through(charge)
        return reading.intent(found.data[0]) if found.data else None

    async def _look_through(self, charge: Charge) -> Intent | None:
        """Look through all intents since the payment began. Raise PaymentUnclear for too many."""
        since = int(_began(charge)) - 300
        params: Any = {"created": {"gte": since}, "limit": 100, "expand": ["data.latest_charge"]}
        for _ in range(PAGES):
            try:
                page = await self._ask(self._client.payment_intents.list_async(params))
            except stripe.InvalidRequestError as unusable:
                raise PaymentUnclear from unusable
            for found in map(reading.intent, page.data):
                if found.metadata.get(PAYMENT) == str(charge.payment_id):
                    return found
            if not page.has_more:
                return None
            params["starting_after"] = page.data[-1].id
        raise PaymentUnclear

    def _id(self, charge: Charge) -> str:
        if charge.reference is None:
            raise PaymentUnclear
        return charge.reference

    async def _ask(self, call: Awaitable[T]) -> T:
        """Wait for an answer. Raise CardError or InvalidRequestError: Stripe's no.

        Raise PaymentUnclear for all else: it is not known what came of it.
        """
        try:
            async with asyncio.timeout(DEADLINE):
                return await call
        except (stripe.CardError, stripe.InvalidRequestError):
            raise
        except _OURS as ours:
            kind = type(ours).__name__
            log.error("Stripe refuses the shop", provider=self._account.name, reason=kind)  # noqa: TRY400 - nothing of ours went wrong
            raise PaymentUnclear from ours
        except (stripe.StripeError, TimeoutError) as silence:
            kind = type(silence).__name__
            log.warning("no answer of Stripe", provider=self._account.name, reason=kind)
            raise PaymentUnclear from silence


def _began(charge: Charge) -> float:
    """Return when a payment began, in seconds: its id is a UUIDv7, which holds the time."""
    return (charge.payment_id.int >> 80) / 1_000


def _age(charge: Charge) -> timedelta:
    return timedelta(seconds=time.time() - _began(charge))
