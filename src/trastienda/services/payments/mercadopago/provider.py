"""Mercado Pago behind the port: cards by its widget, or its own page for who has no token."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid5

import httpx
import structlog

from trastienda.database.models.payments.payment import PaymentState, PaymentUnclear
from trastienda.database.models.payments.refund import TransferState
from trastienda.services.payments.mercadopago import cards, preferences, signatures, standings
from trastienda.services.payments.mercadopago.api import Api, Refused
from trastienda.services.payments.mercadopago.records import (
    Found,
    MercadoPayment,
    MercadoRefund,
)
from trastienda.services.payments.port import (
    Account,
    Charge,
    CredentialsRefused,
    Notice,
    PaidAgain,
    RefundStanding,
    ReturnUrlMissing,
    Standing,
    Webhook,
)
from trastienda.services.payments.remote.amounts import NOT_PAYABLE, least, major
from trastienda.services.payments.remote.service import Service, in_time

log = structlog.get_logger()
ADDRESS = "https://api.mercadopago.com"
PAYMENTS = "/v1/payments"
MOST_TRIES = 50
"""Payments on one page that are looked at: who is refused there may try again."""


class MercadoPago:
    """The provider of one account, which has one country and its currency."""

    def __init__(self, account: Account, transport: httpx.AsyncBaseTransport | None = None) -> None:
        secrets = account.credentials
        service = Service(account.name, account.address or ADDRESS, transport)
        self._api = Api(service, secrets["access_token"])
        self._secret = secrets["webhook_secret"]
        self._public_key = account.options["public_key"]
        self._live = account.live
        self._currency = standings.CURRENCIES[account.options["country"]]
        self._pages = preferences.Preferences(self._api, self._currency)

    def check(self, token: str | None, return_url: str | None) -> None:
        if token is not None:
            cards.card(token)
        elif return_url is None:
            raise ReturnUrlMissing(pointer="/payment/return_url")

    def accepts(self, amount: int, currency: str) -> bool:
        return self._value(amount, currency) is not None

    def least(self, currency: str) -> int:
        return least(currency, standings.DECIMALS)

    def for_browser(self) -> Mapping[str, str]:
        return {"public_key": self._public_key}

    async def verify(self) -> None:
        """Ask for something that changes nothing, and needs the access token."""
        try:
            await self._api.ask("GET", "/v1/payment_methods", list[Any])
        except Refused as no:
            raise CredentialsRefused from no

    async def close(self) -> None:
        await self._api.close()

    async def authorise(self, charge: Charge) -> Standing:
        value = self._value(charge.amount, charge.currency)
        if value is None:
            return Standing(PaymentState.DECLINED, reason=NOT_PAYABLE)
        if charge.token is None:
            async with in_time():
                return await self._pages.open_(charge, value)
        asked = cards.asked(charge, value)
        async with in_time():
            try:
                made = await self._changed("POST", PAYMENTS, charge, asked, charge.key("authorise"))
            except Refused as no:
                word = _said(no)
                # its card is used up if the answer to an earlier call was lost: look before a no
                found = await self._search(charge)
                return found or Standing(PaymentState.DECLINED, reason=word)
            return self._standing(made, charge)

    async def read(self, charge: Charge) -> Standing | None:
        if charge.reference is None:
            return await self._search(charge)
        if preferences.is_page(charge.reference):
            async with in_time():
                return await self._of_page(charge, charge.reference)
        try:
            found = await self._api.ask("GET", f"{PAYMENTS}/{charge.reference}", MercadoPayment)
        except Refused as no:
            raise PaymentUnclear from no
        again: tuple[PaidAgain, ...] = ()
        if charge.return_url and found.status == "approved":  # maybe on a page, in two tabs
            again = await self._give_back(charge, await self._all_of(charge), found)
        return self._standing(found, charge)._replace(paid_again=again)

    async def capture(self, charge: Charge, amount: int, key: str) -> Standing:
        value = self._value(amount, charge.currency)
        if value is None:
            return (await self._now(charge))._replace(reason=NOT_PAYABLE)
        return await self._moved(charge, {"capture": True, "transaction_amount": value}, key)

    async def void(self, charge: Charge, key: str) -> Standing:
        if charge.reference and preferences.is_page(charge.reference):
            async with in_time():
                return await self._closed(charge, charge.reference, key)
        if charge.reference is None:
            found = await self._search(charge)
            if found is None:  # its card was never asked
                return Standing(PaymentState.VOIDED)
            charge = charge._replace(reference=found.reference)
        return await self._moved(charge, {"status": "cancelled"}, key)

    async def refund(self, charge: Charge, amount: int, key: str) -> RefundStanding:
        value = self._value(amount, charge.currency)
        if value is None:
            return RefundStanding(TransferState.REFUSED, reason=NOT_PAYABLE)
        path, once = f"{PAYMENTS}/{charge.reference}/refunds", uuid5(charge.payment_id, key)
        if found := await self._lost(charge, path, value):
            return standings.refund_standing(found)
        try:
            made = await self._api.ask("POST", path, MercadoRefund, {"amount": value}, once)
        except Refused as no:
            return RefundStanding(TransferState.REFUSED, reason=_said(no))
        return standings.refund_standing(made)

    async def read_refund(self, charge: Charge, reference: str) -> RefundStanding:
        path = f"{PAYMENTS}/{charge.reference}/refunds/{reference}"
        try:
            return standings.refund_standing(await self._api.ask("GET", path, MercadoRefund))
        except Refused as no:
            raise PaymentUnclear from no

    async def notice(self, webhook: Webhook, now: datetime) -> Notice:
        return signatures.verified(self._secret, webhook, now)

    async def trace(self, reference: str) -> UUID | None:
        try:
            found = await self._api.ask("GET", f"{PAYMENTS}/{reference}", MercadoPayment)
        except Refused as no:
            if no.unknown:
                return None
            raise PaymentUnclear from no
        try:
            return UUID(found.external_reference or "")
        except ValueError:
            return None

    async def _of_page(self, charge: Charge, page: str) -> Standing | None:
        """Say how a page stands, or the payment that was made on it.

        Once it was paid it is closed, and what was paid a second time is given back.
        """
        found = await self._all_of(charge)
        paid = standings.paid_first(found, charge)
        if paid is not None:
            with suppress(PaymentUnclear):  # it closes by itself in the end
                await self._pages.close(charge, page, charge.key("paid"))
            again = await self._give_back(charge, found, paid)
            return self._standing(paid, charge)._replace(page=page, paid_again=again)
        if standings.undecided(found):
            return Standing(PaymentState.PROCESSING, page, page=page)
        return await self._pages.read(charge, page)

    async def _closed(self, charge: Charge, page: str, key: str) -> Standing:
        """Close a page, and cancel what was begun on it; what was paid in time stays paid."""
        await self._pages.close(charge, page, f"{key}:page")
        for begun in standings.undecided(await self._all_of(charge)):
            await self._moved(
                charge._replace(reference=str(begun.id)), {"status": "cancelled"}, key
            )
        now = await self._of_page(charge, page)
        if now is None or now.state is PaymentState.REQUIRES_ACTION:
            return Standing(PaymentState.VOIDED, page, page=page)
        return now

    async def _give_back(
        self, charge: Charge, found: list[MercadoPayment], counts: MercadoPayment
    ) -> tuple[PaidAgain, ...]:
        """Pay back what was paid a second time on one page; who is not answered tries again.

        Return what was paid back by now, also by an earlier call.
        """
        done = []
        for twice in standings.paid_again(found, counts, charge):
            if twice.status == standings.GIVEN_BACK:
                done.append(PaidAgain(str(twice.id), charge.amount))
                continue
            log.warning("paid twice", payment=str(charge.payment_id), given_back=twice.id)
            path = f"{PAYMENTS}/{twice.id}/refunds"
            once = uuid5(charge.payment_id, f"twice:{twice.id}")
            try:
                value = {"amount": twice.transaction_amount}
                await self._api.ask("POST", path, MercadoRefund, value, once)
            except (Refused, PaymentUnclear) as no:
                kind = type(no).__name__
                log.warning("not given back yet", payment=str(charge.payment_id), reason=kind)
            else:
                done.append(PaidAgain(str(twice.id), charge.amount))
        return tuple(done)

    async def _lost(self, charge: Charge, path: str, value: Decimal) -> MercadoRefund | None:
        """Look for a refund that may have been paid: how long its key lasts is not known."""
        if charge.lost_refund is None:
            return None
        try:
            listed = await self._api.ask("GET", path, list[MercadoRefund])
        except Refused as no:
            raise PaymentUnclear from no
        return standings.lost_refund(listed, value, charge.lost_refund)

    def _value(self, amount: int, currency: str) -> Decimal | None:
        """Write an amount as Mercado Pago does; None if this account cannot take it."""
        if currency != self._currency:
            return None
        return major(amount, currency, standings.DECIMALS)

    def _standing(self, payment: MercadoPayment, charge: Charge) -> Standing:
        return standings.standing(payment, charge, live=self._live)

    async def _changed(
        self, method: str, path: str, charge: Charge, body: object, key: str
    ) -> MercadoPayment:
        once = uuid5(charge.payment_id, key)  # the shop's own keys are too long
        return await self._api.ask(method, path, MercadoPayment, body, once)

    async def _moved(self, charge: Charge, body: object, key: str) -> Standing:
        """Ask for a change of a payment; after a no, say how it stands, and why."""
        path = f"{PAYMENTS}/{charge.reference}"
        async with in_time():
            try:
                return self._standing(await self._changed("PUT", path, charge, body, key), charge)
            except Refused as no:
                word = _said(no)
                now = await self._now(charge)
                return now._replace(reason=now.reason or word)

    async def _now(self, charge: Charge) -> Standing:
        """Say how a payment stands that there is. Raise PaymentUnclear if there is none."""
        now = await self.read(charge)
        if now is None:
            raise PaymentUnclear
        return now

    async def _search(self, charge: Charge) -> Standing | None:
        """Look for a payment by our own id of it; None: Mercado Pago knows none (yet)."""
        payment = standings.newest(await self._all_of(charge))
        return self._standing(payment, charge) if payment else None

    async def _all_of(self, charge: Charge) -> list[MercadoPayment]:
        """Return the payments that carry our own id of a payment, the newest first."""
        wanted = {"external_reference": str(charge.payment_id), "limit": MOST_TRIES}
        query = urlencode({**wanted, "sort": "date_created", "criteria": "desc"})
        try:
            return (await self._api.ask("GET", f"{PAYMENTS}/search?{query}", Found)).results
        except Refused as no:
            raise PaymentUnclear from no


def _said(no: Refused) -> str:
    """Return its word for a no to what was asked. Raise PaymentUnclear for any other."""
    if not no.final:
        raise PaymentUnclear from no
    return no.word
