from collections.abc import Callable
from datetime import datetime, timedelta

from trastienda.database.db import Session, reading, transaction, use_case
from trastienda.database.models.user import Role
from trastienda.demo import drafts
from trastienda.demo.content import Catalogue
from trastienda.schemas.event import Appointed
from trastienda.schemas.terms import Terms
from trastienda.services import (
    event_types,
    events,
    furnishing,
    passwords,
    sales,
    staff_products,
    users,
)
from trastienda.services.product_writing import compose
from trastienda.services.staff_product_view import view

NAME = "Trastienda"
OWNER = "Demonstration"
Login = tuple[str, str]
"""E-mail address and password."""


@use_case
async def load(shop: Callable[[], Catalogue], login: Callable[[], Login], now: datetime) -> bool:
    """Fill an empty shop and give it an owner; return False, and do nothing, when it is not empty.

    `shop` and `login` are asked only if there is a use for them.
    """
    async with reading() as session:
        if not await furnishing.empty(session):
            return False
    content, (email, password) = shop(), login()
    async with passwords.turn():
        password_hash = await passwords.hashed(password)
    async with transaction() as session:
        await furnishing.turn(session)
        if not await furnishing.empty(session):
            return False
        await _furnish(session, content, Terms(now))
        await _put_on_sale(session, content, Terms(now))
        account = (users.normalised(email), OWNER, password_hash)
        user_id = await users.appoint(session, account, Role.OWNER, now)
        what = event_types.USER_APPOINTED
        await events.append(session, what, user_id, Appointed(Role.OWNER), Terms(now))
    return True


async def _furnish(session: Session, content: Catalogue, terms: Terms) -> None:
    await furnishing.rename(session, NAME)
    await furnishing.take(session, ["EUR", "USD", "JPY"])
    await furnishing.tell_settings(session, terms)
    for position, way in enumerate(drafts.SHIPPING):
        await furnishing.ship(session, way, position, terms)
    await furnishing.shelve(session, drafts.shelves(content), terms)


async def _put_on_sale(session: Session, content: Catalogue, terms: Terms) -> None:
    """Each product is a minute older than the one before it, so that the list keeps their order."""
    for place, product in enumerate(content.products):
        draft = drafts.draft(content, product)
        row = compose(draft, product.slug, terms.asked_at - timedelta(minutes=place))
        drafts.illustrate(row, content, product)
        await staff_products.save(session, row)
        await staff_products.shelve(session, row, draft.categories)
        await staff_products.stock_up(session, row, draft.variants, terms)
        await sales.renew(session, [row.id], row.created_at)
        seen = await view(session, row)
        await events.append(session, event_types.PRODUCT.created, row.id, seen, terms)


async def opens(email: str, password: str) -> bool:
    """Say whether this login works."""
    async with reading() as session:
        account = await users.by_email(session, users.normalised(email))
    if account is None or account.password_hash is None:
        return False
    async with passwords.turn():
        return await passwords.matches(account.password_hash, password)
