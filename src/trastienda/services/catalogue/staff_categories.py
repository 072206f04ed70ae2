"""Categories as staff write them. Changes of the tree happen one after the other."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from trastienda.database.db import Reading, Row, Session, prepared
from trastienda.database.models.catalogue.category import Category
from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict, NotFound, Stale
from trastienda.schemas.catalogue.category_draft import CategoryMove, StaffCategoryView
from trastienda.services.catalogue.category_tree import CategoryTree, positions
from trastienda.services.shared import advisory_locks
from trastienda.services.shared.records import Records, Refusal, expect_version
from trastienda.services.shared.text import fold, sort_key

_LOCK = 0x6361_7465_676F_7279  # "category": the advisory lock for changes of the tree
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
    INSERT INTO category_texts (category_id, locale, name, sort_key, search_text)
    SELECT %(category)s, locale, name, sort_key, search_text
    FROM unnest(%(locales)s::text[], %(names)s::text[], %(sort_keys)s::text[],
            %(search_texts)s::text[])
        AS given (locale, name, sort_key, search_text)
    ON CONFLICT (category_id, locale) DO UPDATE
        SET name = excluded.name, sort_key = excluded.sort_key,
            search_text = excluded.search_text
""")
_PLACE = prepared("""
    UPDATE categories SET position = given.position, version = version + 1,
        parent_id = CASE WHEN categories.id = %(moved)s THEN %(parent)s::uuid ELSE parent_id END
    FROM unnest(%(categories)s::uuid[], %(positions)s::int[]) AS given (id, position)
    WHERE categories.id = given.id
""")
_PRODUCTS_SQL = "SELECT product_id FROM product_categories WHERE category_id = ANY (%(categories)s)"
_PRODUCTS = prepared(f"SELECT DISTINCT product_id FROM ({_PRODUCTS_SQL}) AS products")
_LOCK_PRODUCTS = prepared(f"""
    SELECT id FROM products WHERE id IN ({_PRODUCTS_SQL}) ORDER BY id FOR NO KEY UPDATE
""")
_LOCK_CATEGORIES = prepared("""
    SELECT id FROM categories WHERE id = ANY (%(categories)s) ORDER BY id FOR UPDATE
""")


async def every(session: Reading, locale: Locale) -> list[StaffCategoryView]:
    """Return all categories; siblings are in the order in which the shop shows them."""
    return [_view(row) for row in await _LIST.rows(session, locale=locale.value)]


async def view(session: Reading, category_id: UUID) -> StaffCategoryView:
    """Return a category with its names in every language. Raise CategoryNotFound."""
    if row := await _VIEW.row(session, category=category_id):
        return _view(row)
    raise CategoryNotFound


async def lock_tree(session: Session) -> CategoryTree:
    """Lock the tree of categories until the transaction ends, and return it.

    Locks on rows would not do: two moves that are each allowed could form a circle together.
    """
    await advisory_locks.take(session, _LOCK)
    return CategoryTree(await _ALL.rows(session))


async def claim(session: Session, category_id: UUID, seen: int | None) -> Category:
    """Return a category for a change. Its row is not locked, as the caller has locked the tree.

    Raise CategoryNotFound or CategoryChanged.
    """
    category = await _RECORDS.by_id(session, category_id)
    expect_version(category.version, seen, CategoryChanged)
    return category


async def save(session: Session, category: Category, names: Mapping[Locale, str]) -> None:
    """Save a category with its names. Raise CategorySlugTaken."""
    await _RECORDS.save(session, category)
    await _SET_NAMES(
        session,
        category=category.id,
        locales=[locale.value for locale in names],
        names=list(names.values()),
        sort_keys=[sort_key(name, locale) for locale, name in names.items()],
        search_texts=[fold(name) for name in names.values()],
    )


def arranged(
    categories: Sequence[StaffCategoryView], moved: UUID, to: CategoryMove
) -> dict[UUID, int]:
    """Return the positions that change when a category goes where `to` says.

    Raise CategoryNotBeside if what it is to stand before is not there.
    """
    siblings = [it for it in categories if it.parent == to.parent and it.id != moved]
    slugs = [it.slug for it in siblings]
    if to.before is not None and to.before not in slugs:
        raise CategoryNotBeside(pointer="/before")
    index = len(slugs) if to.before is None else slugs.index(to.before)
    return positions([(it.id, it.position) for it in siblings], moved, index)


async def place(
    session: Session, positions: Mapping[UUID, int], moved: UUID, parent_id: UUID | None
) -> None:
    """Give categories their new positions, and `moved` its parent. One statement."""
    await _PLACE(
        session,
        categories=list(positions),
        positions=list(positions.values()),
        moved=moved,
        parent=parent_id,
    )


async def lock_products(session: Session, categories: Collection[UUID]) -> list[UUID]:
    """Lock the products in these categories, and the categories; return the products' ids.

    Until the transaction ends, no product enters or leaves them. Products are locked before
    categories, as a change of a product does, and read again for those that came meanwhile.
    """
    ids = list(categories)
    await _LOCK_PRODUCTS(session, categories=ids)
    await _LOCK_CATEGORIES(session, categories=ids)
    return [product_id for (product_id,) in await _PRODUCTS.rows(session, categories=ids)]


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


class CategoryNotBeside(Conflict):
    """The category that it is to stand before is not in this parent, or no longer."""


class CategorySlugTaken(Conflict):
    """Another category has this slug."""


class CategoryNotEmpty(Conflict):
    """Other categories stand inside this one; move or delete them first."""


_RECORDS = Records(
    Category,
    missing=CategoryNotFound,
    changed=CategoryChanged,
    on_save={"uq_categories_slug": Refusal(CategorySlugTaken, pointer="/slug", tells="slug")},
    on_remove={"fk_categories_parent_id": Refusal(CategoryNotEmpty)},
)
remove = _RECORDS.remove
