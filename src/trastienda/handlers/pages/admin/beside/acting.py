"""What staff do with a record beside changing it: codes, prices, members, balances, checks.

Each is a small form below the form of the record; what is refused is said there.
"""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.params import FromPath

from trastienda.controllers.accounts import customer_groups
from trastienda.controllers.credit import gift_cards
from trastienda.controllers.payments import providers
from trastienda.controllers.prices import lists as price_lists
from trastienda.controllers.promotions import coupons
from trastienda.database.db import reading
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.admin import frames, words
from trastienda.handlers.pages.admin.orders.rows import in_minor_units
from trastienda.handlers.pages.admin.records import writing
from trastienda.handlers.pages.admin.records.pages import NameDiffers
from trastienda.handlers.pages.answers import AnyRequest
from trastienda.handlers.pages.forms import Form
from trastienda.handlers.pages.words import marked
from trastienda.handlers.shared.process import held
from trastienda.middlewares.identity.access import Asking
from trastienda.schemas.accounts.customer_group import Member
from trastienda.schemas.credit.amounts import Adjustment
from trastienda.schemas.credit.gift_card import GiftCardRecipient, GiftCardsIssued, GiftCardsWanted
from trastienda.schemas.prices.list import ListedPricesDraft
from trastienda.schemas.promotions.coupon import CouponDraft, CouponPatch, CouponsWanted, CouponView
from trastienda.schemas.shared.context import Context
from trastienda.schemas.shared.visitor import Visitor
from trastienda.services.channels import channels
from trastienda.services.credit import gift_cards as gift_cards_on_record
from trastienda.services.prices import history
from trastienda.services.prices import lists as lists_on_record
from trastienda.services.promotions import coupons as coupons_on_record

Page = Response[Any]
Work = Callable[[Form, Context], Awaitable[Any]]
WayBack = Callable[[Form, Any], dict[str, str] | None]
"""Returns the fields that take back at the same address what a form did, from its answer."""


async def carried_out(  # noqa: PLR0913 - what is done, and what is said after it
    request: AnyRequest,
    visitor: Visitor,
    back: str,
    work: Work,
    told: str,
    *,
    way_back: WayBack | None = None,
) -> Page:
    """Do what a small form asks for, and lead back to its page, with the way back if any."""
    form = forms.sent(request)
    try:
        answer = await forms.once(work(form, forms.context(request, visitor, form)), Any)
    except forms.Refusal as error:
        refused = frames.refused(request, form, error)
        return frames.shown(request, visitor, "refused.html", refused, back=back)
    fields = way_back(form, answer) if way_back else None
    return frames.done_with_undo(
        request, back, told, (request.scope["path"], fields) if fields else None
    )


def _only(form: Form, *names: str) -> Form:
    """Return a form with these fields alone."""
    return Form([it for it in form.pairs if it[0].partition("/")[0] in names])


@post(status_code=200)
async def add_coupon_by_form(
    request: AnyRequest, visitor: Asking, promotion_id: FromPath[UUID]
) -> Page:
    """Add a code to a promotion."""

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401 - its view
        draft = _only(form, "code", "usage_limit").to(CouponDraft)
        return await coupons.create(promotion_id, draft, context)

    back = f"/admin/promotions/{promotion_id}"
    return await carried_out(request, visitor, back, work, marked("The code was added."))


@post(status_code=200)
async def make_coupons_by_form(
    request: AnyRequest, visitor: Asking, promotion_id: FromPath[UUID]
) -> Page:
    """Generate random codes."""

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401
        wanted = _only(form, "count", "prefix", "length", "usage_limit").to(CouponsWanted)
        return await coupons.generate(promotion_id, wanted, context)

    back = f"/admin/promotions/{promotion_id}"
    return await carried_out(request, visitor, back, work, marked("The codes were made."))


@post(status_code=200)
async def change_coupon_by_form(
    request: AnyRequest, visitor: Asking, promotion_id: FromPath[UUID], coupon_id: FromPath[UUID]
) -> Page:
    """Switch a code on or off, change its limit, or delete it."""

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401
        if form.get("do") == "delete":
            async with reading() as session:
                known = await coupons_on_record.view(session, promotion_id, coupon_id)
            if form.get("name_again").strip() != known.code:
                raise NameDiffers(pointer="/name_again")
            return await coupons.remove(promotion_id, coupon_id, context)
        patch = _only(form, "usage_limit", "active").to(CouponPatch)
        return await coupons.change(promotion_id, coupon_id, patch, context)

    def way_back(form: Form, after: Any) -> dict[str, str] | None:  # noqa: ANN401
        if not isinstance(after, CouponView):
            return None
        active = "false" if form.get("active") == "true" else "true"
        return {"do": "switch", "active": active, "version": str(after.version)}

    back = f"/admin/promotions/{promotion_id}"
    return await carried_out(request, visitor, back, work, marked("Saved."), way_back=way_back)


@post(status_code=200)
async def set_price_by_form(request: AnyRequest, visitor: Asking, list_id: FromPath[UUID]) -> Page:
    """Set the price of a SKU in a price list, or take its prices out."""
    sku, locale = forms.sent(request).get("prices/0/sku"), frames.locale(request)
    async with reading() as session:
        currency = (await lists_on_record.view(session, list_id)).currency
        before = await lists_on_record.prices_of(session, list_id, sku)

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401
        if form.get("do") == "delete":
            return await price_lists.remove_prices(list_id, sku, context)
        typed = in_minor_units(_only(form, "prices"), currency, context.locale, "/price")
        return await price_lists.set_prices(list_id, typed.to(ListedPricesDraft), context)

    def way_back(form: Form, _: Any) -> dict[str, str] | None:  # noqa: ANN401
        fields: dict[str, str] = {}
        for number, it in enumerate(before if form.get("do") == "delete" else ()):
            start, price = f"prices/{number}/", writing.amount(it.price, currency, locale)
            row = {"sku": it.sku, "price": price, "min_quantity": str(it.min_quantity)}
            fields |= {f"{start}{name}": text for name, text in row.items()}
        return fields or None

    back = f"/admin/price-lists/{list_id}"
    return await carried_out(request, visitor, back, work, marked("Saved."), way_back=way_back)


@post(status_code=200)
async def change_members_by_form(
    request: AnyRequest, visitor: Asking, group_id: FromPath[UUID]
) -> Page:
    """Put an account into a customer group, or take it out."""

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401
        member = _only(form, "email", "user_id").to(Member)
        if form.get("do") == "leave":
            return await customer_groups.leave(group_id, member, context)
        return await customer_groups.join(group_id, member, context)

    def way_back(form: Form, _: Any) -> dict[str, str] | None:  # noqa: ANN401
        return {"do": "join", "user_id": form.get("user_id")} if form.get("do") == "leave" else None

    back = f"/admin/customer-groups/{group_id}"
    return await carried_out(request, visitor, back, work, marked("Saved."), way_back=way_back)


@post(status_code=200)
async def adjust_gift_card_by_form(
    request: AnyRequest, visitor: Asking, card_id: FromPath[UUID]
) -> Page:
    """Add to the balance of a gift card, or take from it."""
    async with reading() as session:
        context = forms.context(request, visitor)
        currency = (await gift_cards_on_record.view(session, card_id, context.asked_at)).currency

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401
        typed = in_minor_units(_only(form, "amount", "reason"), currency, context.locale, "amount")
        return await gift_cards.adjust(card_id, typed.to(Adjustment), context)

    back = f"/admin/gift-cards/{card_id}"
    return await carried_out(request, visitor, back, work, marked("The balance was changed."))


@post(status_code=200)
async def send_gift_card_by_form(
    request: AnyRequest, visitor: Asking, card_id: FromPath[UUID]
) -> Page:
    """Send a gift card by mail, with a new code."""

    async def work(form: Form, context: Context) -> Any:  # noqa: ANN401
        recipient = _only(form, "email", "locale").to(GiftCardRecipient)
        return await gift_cards.send(card_id, recipient, context)

    back = f"/admin/gift-cards/{card_id}"
    return await carried_out(request, visitor, back, work, marked("The gift card is on its way."))


@get()
async def show_gift_cards_form(request: AnyRequest, visitor: Asking) -> Page:
    """Show the form that issues many gift cards of one amount."""
    return _many(request, visitor, Form(), None)


@post(status_code=200)
async def issue_gift_cards_by_form(request: AnyRequest, visitor: Asking) -> Page:
    """Issue many gift cards, and show their codes this once."""
    form, made = forms.sent(request), None
    try:
        context = forms.context(request, visitor, form)
        currency = form.get("currency") or channels.current().default_currency
        kept = _only(form, "amount", "currency", "count", "note")
        wanted = in_minor_units(kept, currency, context.locale, "amount").to(GiftCardsWanted)
        made = await forms.once(gift_cards.issue_many(wanted, context), GiftCardsIssued)
    except forms.Refusal as error:
        frames.refused(request, form, error)
    return _many(request, visitor, form, made)


def _many(request: AnyRequest, visitor: Visitor, form: Form, made: GiftCardsIssued | None) -> Page:
    currencies = channels.current().currencies
    return frames.shown(
        request, visitor, "records/gift_cards.html", form, made=made, currencies=currencies
    )


@post(status_code=200)
async def check_provider_by_form(
    request: AnyRequest, visitor: Asking, provider_id: FromPath[UUID]
) -> Page:
    """Ask a payment provider whether the saved credentials work."""
    back = f"/admin/payment-providers/{provider_id}"
    try:
        found = await providers.check(provider_id, held(request).providers)
    except forms.Refusal as error:
        refused = frames.refused(request, Form(), error)
        return frames.shown(request, visitor, "refused.html", refused, back=back)
    said = frames.text(request, words.of(found.result, "ProviderCheck"))
    return frames.done(request, back, marked("The provider says: %(answer)s"), answer=said)


@get()
async def show_prices(request: AnyRequest, visitor: Asking, sku: FromPath[str]) -> Page:
    """Show the listed prices of a variant, now and before."""
    context, cursor = forms.context(request, visitor), frames.cursor(request)
    async with reading() as session:
        found = await history.page(
            session, sku[:64], None, context.asked_at, (frames.SHOWN, cursor)
        )
    return frames.shown(
        request,
        visitor,
        "catalogue/prices.html",
        sku=sku,
        found=found,
        following=frames.next_page(request, found.next_cursor),
        first=frames.first_page(request),
    )
