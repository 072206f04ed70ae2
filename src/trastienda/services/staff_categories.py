"""Categories as staff write them. All who change the tree wait for each other."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.failures import violated
from trastienda.database.models.category import Category
from trastienda.database.models.text import Locale
from trastienda.errors import Conflict, NotFound, Stale
from trastienda.schemas.category_draft import StaffCategoryView
from trastienda.services.category_tree import CategoryTree
from trastienda.services.text import sort_key

_LOCK = 0x6361_7465_676F_7279  # "category": the advisory lock of whoever changes the tree
_LOCK_TREE = prepared("SELECT pg_advisory_xact_lock(%(lock)s)")
_ALL = prepared("SELECT id, slug, parent_id FROM categories")
_VIEW_SQL = """
    SELECT categories.id, categories.slug, parents.slug, (
            SELECT json_object_agg(locale, name ORDER BY locale) FROM category_texts
            WHERE category_texts.category_id = categories.id),
        categories.position, categories.version
    FROM categories LEFT JOIN categories AS parents ON parents.id = categories.parent_id
"""
_VIEW = prepared(f"{_VIEW_SQL} WHERE categories.id = %(category)s")
_LIST = prepared(f"""
    {_VIEW_SQL} JOIN category_texts AS texts
        ON texts.category_id = categories.id AND texts.locale = %(locale)s
    ORDER BY categories.position, texts.sort_key, categories.id
""")
_SET_NAMES = prepared("""
    INSERT INTO category_texts (category_id, locale, name, sort_key)
    SELECT %(category)s, locale, name, sort_key
    FROM unnest(%(locales)s::text[], %(names)s::text[], %(sort_keys)s::text[])
        AS given (locale, name, sort_key)
    ON CONFLICT (category_id, locale) DO UPDATE
        SET name = excluded.name, sort_key = excluded.sort_key
""")
_BELOW_SQL = "SELECT product_id FROM product_categories WHERE category_id = ANY (%(categories)s)"
_BELOW = prepared(f"SELECT DISTINCT product_id FROM ({_BELOW_SQL}) AS below")
_HOLD_PRODUCTS = prepared(f"""
    SELECT id FROM products WHERE id IN ({_BELOW_SQL}) ORDER BY id FOR NO KEY UPDATE
""")
_HOLD_CATEGORIES = prepared("""
    SELECT id FROM categories WHERE id = ANY (%(categories)s) ORDER BY id FOR UPDATE
""")


async def every(session: Reading, locale: Locale) -> list[StaffCategoryView]:
    """Return all categories, siblings in the order in which the shop shows them."""
    return [_view(row) for row in await _LIST.rows(session, locale=locale.value)]


async def view(session: Reading, category_id: UUID) -> StaffCategoryView:
    """Return one category. Raise CategoryNotFound."""
    if row := await _VIEW.row(session, category=category_id):
        return _view(row)
    raise CategoryNotFound


async def lock_tree(session: Session) -> CategoryTree:
    """Let nobody else change the tree until the transaction ends; return it as it is now.

    Two moves that each look harmless could close a ring together, hence not only rows are locked.
    """
    await _LOCK_TREE(session, lock=_LOCK)
    return CategoryTree(await _ALL.rows(session))


async def claim(session: Session, category_id: UUID, seen: int | None) -> Category:
    """Return a category for a change, the tree being locked, which is why its row need not be.

    Raise CategoryNotFound or CategoryChanged.
    """
    category = await session.orm.scalar(select(Category).where(Category.id == category_id))
    if category is None:
        raise CategoryNotFound
    if seen not in {None, category.version}:
        raise CategoryChanged(version=category.version)
    return category


async def save(session: Session, category: Category, names: Mapping[Locale, str]) -> None:
    """Write it with its names; the constraint decides. Raise CategorySlugTaken."""
    session.orm.add(category)
    slug = category.slug  # unreadable once a flush has failed
    try:
        await session.orm.flush()
    except IntegrityError as taken:  # uq_categories_slug: the only one that input can break
        raise CategorySlugTaken(slug=slug, pointer="/slug") from taken
    await _SET_NAMES(
        session,
        category=category.id,
        locales=[locale.value for locale in names],
        names=list(names.values()),
        sort_keys=[sort_key(name, locale) for locale, name in names.items()],
    )


async def remove(session: Session, category: Category) -> None:
    """Delete it; its products stand in one category less. Raise CategoryNotEmpty."""
    await session.orm.delete(category)
    try:
        await session.orm.flush()
    except IntegrityError as refusal:
        if violated(refusal) != "fk_categories_parent_id":
            raise
        raise CategoryNotEmpty from refusal


async def hold_products(session: Session, categories: Collection[UUID]) -> list[UUID]:
    """Return the products in these categories, and let none come or go until the end.

    Whoever changes a product locks it first and its categories next: so do we, and look again
    afterwards for those that came meanwhile.
    """
    held = list(categories)
    await _HOLD_PRODUCTS(session, categories=held)
    await _HOLD_CATEGORIES(session, categories=held)
    return [product_id for (product_id,) in await _BELOW.rows(session, categories=held)]


def _view(row: Row) -> StaffCategoryView:
    id_, slug, parent, names, position, version = row
    return StaffCategoryView(
        id=id_,
        slug=slug,
        parent=parent,
        names={Locale(locale): name for locale, name in names.items()},
        position=position,
        version=version,
    )


class CategoryNotFound(NotFound):
    """There is no such category."""


class CategoryChanged(Stale):
    """The category has changed since you read it."""


class CategorySlugTaken(Conflict):
    """Another category has this slug."""


class CategoryNotEmpty(Conflict):
    """Other categories stand inside this one; move or delete them first."""
