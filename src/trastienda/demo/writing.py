from collections.abc import Callable
from datetime import datetime, timedelta

from trastienda.database.db import Session, reading, transaction, use_case
from trastienda.database.models.accounts.user import Role
from trastienda.demo import basics, drafts
from trastienda.demo.content import Catalogue
from trastienda.schemas.accounts.event import Appointed
from trastienda.schemas.shared.context import Context
from trastienda.services.accounts import passwords, users
from trastienda.services.catalogue import staff_products
from trastienda.services.catalogue.product_writing import compose
from trastienda.services.catalogue.staff_product_view import view
from trastienda.services.events import events
from trastienda.services.events import types as event_types
from trastienda.services.prices import sales

NAME = "Trastienda"
OWNER = "Demonstration"
Login = tuple[str, str]
"""E-mail address and password."""


@use_case
async def load(shop: Callable[[], Catalogue], login: Callable[[], Login], now: datetime) -> bool:
    """Fill an empty shop and give it an owner; do nothing and return False if it is not empty.

    `shop` and `login` are called only if they are needed.
    """
    async with reading() as session:
        if not await basics.is_empty(session):
            return False
    content, (email, password) = shop(), login()
    async with passwords.hashing_slot():
        password_hash = await passwords.hashed(password)
    async with transaction() as session:
        await basics.lock_part(session)
        if not await basics.is_empty(session):
            return False
        await _add_basics(session, content, Context(now))
        await _add_products(session, content, Context(now))
        account = (users.normalised(email), OWNER, password_hash)
        user_id = await users.appoint(session, account, Role.OWNER, now)
        type_ = event_types.USER_APPOINTED
        await events.append(session, type_, user_id, Appointed(Role.OWNER), Context(now))
    return True


async def _add_basics(session: Session, content: Catalogue, context: Context) -> None:
    await basics.rename_channel(session, NAME)
    await basics.add_currencies(session, ["EUR", "USD", "JPY"])
    await basics.record_settings(session, context)
    for position, option in enumerate(drafts.SHIPPING):
        await basics.add_shipping_option(session, option, position, context)
    await basics.add_categories(session, drafts.categories(content), context)


async def _add_products(session: Session, content: Catalogue, context: Context) -> None:
    """Add the products, each a minute older than the one before, so that lists keep their order."""
    for index, product in enumerate(content.products):
        draft = drafts.draft(content, product)
        row = compose(draft, product.slug, context.asked_at - timedelta(minutes=index))
        drafts.illustrate(row, content, product)
        await staff_products.save(session, row)
        await staff_products.set_categories(session, row, draft.categories)
        await staff_products.add_initial_stock(session, row, draft.variants, context)
        await sales.refresh(session, [row.id], row.created_at)
        data = await view(session, row)
        await events.append(session, event_types.PRODUCT.created, row.id, data, context)


async def login_works(email: str, password: str) -> bool:
    """Return whether an account with this e-mail address and password exists."""
    async with reading() as session:
        account = await users.by_email(session, users.normalised(email))
    if account is None or account.password_hash is None:
        return False
    async with passwords.hashing_slot():
        return await passwords.matches(account.password_hash, password)
