"""Products as staff see them."""

import re
from collections.abc import Sequence
from uuid import UUID

from trastienda.database.db import Reading, prepared
from trastienda.database.models.catalogue.product import Product
from trastienda.database.models.catalogue.variant import Variant
from trastienda.database.models.shared.text import Locale
from trastienda.schemas.catalogue.product_draft import (
    OptionDraft,
    StaffPictureView,
    StaffProductCard,
    StaffProductPage,
    StaffProductView,
    StaffText,
    StaffVariantView,
)
from trastienda.services.catalogue import pictures
from trastienda.services.shared import cursors
from trastienda.services.shared.text import fold

# Converted prices are read here: a statement writes them, and loaded objects do not know them.
_LEVELS = prepared("""
    SELECT variants.sku, coalesce(sum(on_hand), 0)::bigint, coalesce(sum(reserved), 0)::bigint,
        (SELECT coalesce(json_object_agg(currency, amount ORDER BY currency), '{}')
            FROM prices WHERE prices.variant_id = variants.id AND prices.converted)
    FROM variants LEFT JOIN stock ON stock.variant_id = variants.id
    WHERE variants.product_id = ANY (%(products)s) GROUP BY variants.id
""")
_CATEGORIES = prepared("""
    SELECT product_categories.product_id, categories.slug FROM product_categories
    JOIN categories ON categories.id = product_categories.category_id
    WHERE product_categories.product_id = ANY (%(products)s)
    ORDER BY product_categories.position, categories.slug
""")
# Names and SKUs are read once each. To look at the variants of one product after the other takes
# three times as long where nothing is found.
MATCHES_SQL = """(%(like)s::text IS NULL OR products.id IN (
            SELECT product_id FROM product_texts
            WHERE locale = %(locale)s AND sort_key LIKE %(like)s
            UNION ALL SELECT product_id FROM variants WHERE lower(sku) LIKE %(like)s))"""
_PAGE = prepared(f"""
    SELECT products.id, products.slug, texts.name, products.published, products.version,
        products.updated_at, products.created_at
    FROM products
    JOIN product_texts AS texts ON texts.product_id = products.id AND texts.locale = %(locale)s
    WHERE {MATCHES_SQL}
        AND (%(created_at)s::timestamptz IS NULL
            OR (products.created_at, products.id) < (%(created_at)s, %(id)s::uuid))
    ORDER BY products.created_at DESC, products.id DESC LIMIT %(limit)s + 1
""")
Levels = dict[str, tuple[int, int, dict[str, int]]]


async def category_slugs(session: Reading, product: Product) -> list[str]:
    """Return the slugs of a product's categories, in the product's order."""
    return (await category_slugs_of(session, [product.id]))[product.id]


async def category_slugs_of(session: Reading, products: Sequence[UUID]) -> dict[UUID, list[str]]:
    """Do what `category_slugs` does for several products, by their ids."""
    slugs: dict[UUID, list[str]] = {it: [] for it in products}
    for product_id, slug in await _CATEGORIES.rows(session, products=list(products)):
        slugs[product_id].append(slug)
    return slugs


async def page(
    session: Reading, locale: Locale, limit: int, cursor: str | None, q: str | None
) -> StaffProductPage:
    """List products, newest first; `q` matches part of a name or SKU. Raise CursorUnusable."""
    shape = ["staff", locale.value, q or ""]
    created_at, id_ = cursors.read(cursor, shape, cursors.moment) if cursor else (None, None)
    names = {**matching(locale, q), "limit": limit}
    rows = await _PAGE.rows(session, **names, created_at=created_at, id=id_)
    items = [StaffProductCard(*row[:6]) for row in rows[:limit]]
    if len(rows) <= limit:
        return StaffProductPage(items, None)
    return StaffProductPage(
        items, cursors.after(shape, rows[limit - 1][6].isoformat(), items[-1].id)
    )


def matching(locale: Locale, q: str | None) -> dict[str, str | None]:
    """Return the values of `MATCHES_SQL` for part of a name or SKU."""
    return {"locale": locale.value, "like": f"%{_escaped(fold(q))}%" if q else None}


async def view(session: Reading, product: Product) -> StaffProductView:
    """Return a product with all its texts, prices (in minor units) and stock levels."""
    [found] = await views(session, [product])
    return found


async def views(session: Reading, products: Sequence[Product]) -> list[StaffProductView]:
    """Return `view` of each of these products, by as many statements as for one."""
    ids = [it.id for it in products]
    rows = await _LEVELS.rows(session, products=ids)
    levels: Levels = {row[0]: (row[1], row[2], row[3]) for row in rows}
    categories = await category_slugs_of(session, ids)
    return [_view(it, levels, categories[it.id], await _pictures(session, it)) for it in products]


def _view(
    product: Product, levels: Levels, categories: list[str], media: list[StaffPictureView]
) -> StaffProductView:
    pictures_by_row = {it.id: it.name for it in product.media}
    return StaffProductView(
        id=product.id,
        slug=product.slug,
        version=product.version,
        published=product.published,
        texts={
            text.locale: StaffText(
                text.name,
                text.description,
                [OptionDraft(option["name"], option["values"]) for option in text.options],
            )
            for text in product.texts
        },
        categories=categories,
        attributes=product.attributes,
        gift_card=product.gift_card,
        variants=[_variant(variant, levels, pictures_by_row) for variant in product.variants],
        media=media,
        created_at=product.created_at,
        updated_at=product.updated_at,
    )


def _escaped(text: str) -> str:
    return re.sub(r"([%_\\])", r"\\\1", text)


async def _pictures(session: Reading, product: Product) -> list[StaffPictureView]:
    states = await pictures.states(session, product)
    return [
        StaffPictureView(
            id=it.name,
            alt={Locale(locale): text for locale, text in it.alt.items()},
            state=states[it.name],
            thumbnail=it.thumbnail_url,
        )
        for it in product.media
    ]


def _variant(
    variant: Variant, levels: Levels, pictures_by_row: dict[UUID, UUID]
) -> StaffVariantView:
    on_hand, reserved, converted = levels[variant.sku]
    prices = [price for price in variant.prices if not price.converted]
    return StaffVariantView(
        id=variant.id,
        sku=variant.sku,
        names={text.locale: text.name for text in variant.texts},
        options=variant.options,
        prices={price.currency: price.amount for price in prices},
        compare_at_prices={
            price.currency: price.compare_at for price in prices if price.compare_at
        },
        cost_prices={price.currency: price.cost for price in prices if price.cost is not None},
        converted_prices=converted,
        weight_grams=variant.weight_grams,
        length_mm=variant.length_mm,
        width_mm=variant.width_mm,
        height_mm=variant.height_mm,
        tax_class=variant.tax_class,
        media=pictures_by_row.get(variant.picture_id) if variant.picture_id else None,
        on_hand=on_hand,
        reserved=reserved,
        available=on_hand - reserved,
    )
