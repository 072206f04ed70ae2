"""What rows would do to the shop as it is now. Asked for many products at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.catalogue.product import Product
from trastienda.database.models.imports.product_import import RowOutcome
from trastienda.database.models.shared.text import Locale
from trastienda.database.models.stock.stock import StockPromised
from trastienda.database.models.taxes.tax import TaxClassUnknown
from trastienda.errors import Conflict, Invalid
from trastienda.schemas.catalogue.product_draft import ProductDraft
from trastienda.schemas.imports.product_import import SheetRow
from trastienda.services.catalogue import staff_product_view, staff_products
from trastienda.services.catalogue.product_writing import compose, draft_of
from trastienda.services.catalogue.staff_products import (
    CategoryUnknown,
    SkuTaken,
    SlugTaken,
    VariantsAlike,
)
from trastienda.services.channels import channels
from trastienda.services.imports import drafting
from trastienda.services.imports.columns import Column, Field
from trastienda.services.imports.drafting import Count, Drafted
from trastienda.services.prices import listed as listed_prices
from trastienda.services.stock.counting import StockMoved

_SLUG, _SKU = Column(Field.SLUG).name, Column(Field.SKU).name
_STOCK = f"{Field.STOCK}_"
# Stock is locked before products, as buyers lock it: what is counted does not move any more.
_LEVELS = """
    SELECT variants.sku, locations.code, stock.on_hand, stock.reserved
    FROM stock JOIN variants ON variants.id = stock.variant_id
        JOIN locations ON locations.id = stock.location_id
    WHERE variants.product_id = ANY (%(products)s) ORDER BY stock.id
"""
_READ_LEVELS = prepared(_LEVELS)
_LOCK_LEVELS = prepared(f"{_LEVELS} FOR UPDATE OF stock")
_OF_SKUS = prepared("SELECT sku, product_id FROM variants WHERE sku = ANY (%(skus)s)")
_OF_SLUGS = prepared("SELECT slug, id FROM products WHERE slug = ANY (%(slugs)s)")
_CATEGORIES = prepared("SELECT slug FROM categories WHERE slug = ANY (%(slugs)s)")
_TAX_CLASSES = prepared("SELECT code FROM tax_classes WHERE code = ANY (%(codes)s)")
Levels = Mapping[tuple[str, str], tuple[int, int]]
"""Units on hand and reserved, by SKU and location."""


@dataclass
class Plan:
    """What is to happen with a product, or why nothing can."""

    drafted: Drafted
    product: Product | None = None
    """None if it is new."""
    known: ProductDraft | None = None
    counts: Sequence[Count] = ()

    @property
    def is_changed(self) -> bool:
        """Whether the product itself is new, or another one than before."""
        return not self.drafted.problems and self.drafted.draft != self.known

    def outcomes(self) -> dict[int, RowOutcome]:
        """Return what becomes of each row, by its number."""
        if self.drafted.problems:
            return dict.fromkeys((it.number for it in self.drafted.rows), RowOutcome.FAILED)
        before = {it.sku: it for it in self.known.variants} if self.known else {}
        after = {it.sku: it for it in self.drafted.draft.variants} if self.drafted.draft else {}
        added, counted = after.keys() - before.keys(), {it.number for it in self.counts}
        found = {}
        for row in self.drafted.rows:
            sku = self.drafted.skus.get(row.number, "")
            differs = before.get(sku) != after.get(sku) or row.number in counted
            is_first = row is self.drafted.rows[0] and self.is_changed and self._differs()
            outcome = RowOutcome.CHANGED if differs or is_first else RowOutcome.UNCHANGED
            found[row.number] = RowOutcome.NEW if sku in added else outcome
        return found

    def _differs(self) -> bool:
        """Say whether it is another product than before, variants aside."""
        draft, known = self.drafted.draft, self.known
        return draft is not None and known is not None and _bare(draft) != _bare(known)


class _Shop(NamedTuple):
    """What is there of what rows name."""

    by_slug: Mapping[str, UUID]
    by_sku: Mapping[str, UUID]
    products: Mapping[UUID, Product]
    drafts: Mapping[UUID, ProductDraft]
    levels: Levels


async def compared(
    session: Reading, rows: Sequence[SheetRow], now: datetime, *, lock: bool
) -> list[Plan]:
    """Compare rows with the shop; with `lock`, nobody else changes meanwhile what they change."""
    if lock and isinstance(session, Session):
        await listed_prices.lock_rules_shared(session)
    shop = await _shop(session, rows, lock=lock)
    plans: list[Plan] = []
    for product_id, group in _groups(rows, shop):
        known = shop.drafts.get(product_id) if product_id else None
        found = drafting.drafted(group, known)
        product = shop.products.get(product_id) if product_id else None
        plans.append(Plan(found, product, known))
    await _expect_known(session, plans)
    for it in plans:
        _expect_free(it, shop)
        _expect_rules(it, now)
        _count(it, shop.levels)
    return plans


async def _shop(session: Reading, rows: Sequence[SheetRow], *, lock: bool) -> _Shop:
    slugs = {it.cells[_SLUG].strip() for it in rows if _SLUG in it.cells}
    skus = {it.cells[_SKU].strip() for it in rows if _SKU in it.cells}
    by_slug: dict[str, UUID] = dict(await _OF_SLUGS.rows(session, slugs=list(slugs)))
    by_sku: dict[str, UUID] = dict(await _OF_SKUS.rows(session, skus=list(skus)))
    ids = {*by_slug.values(), *by_sku.values()}
    levels: dict[tuple[str, str], tuple[int, int]] = {}
    if any(name.startswith(_STOCK) for it in rows for name in it.cells):
        statement = _LOCK_LEVELS if lock else _READ_LEVELS
        found = await statement.rows(session, products=list(ids))
        levels = {(row[0], row[1]): (row[2], row[3]) for row in found}
    products = await staff_products.whole(session, ids, lock=lock) if ids else []
    categories = await staff_product_view.category_slugs_of(session, [it.id for it in products])
    base = Locale(channels.current().locale)
    drafts = {it.id: draft_of(it, categories[it.id], base) for it in products}
    return _Shop(by_slug, by_sku, {it.id: it for it in products}, drafts, levels)


def _groups(rows: Sequence[SheetRow], shop: _Shop) -> Iterable[tuple[UUID | None, list[SheetRow]]]:
    """Return the rows of each product, with its id if it is there."""
    groups: dict[UUID | int, list[SheetRow]] = {}
    of: dict[int, UUID | int] = {}
    for row in rows:
        slug, sku = row.cells.get(_SLUG, "").strip(), row.cells.get(_SKU, "").strip()
        found = shop.by_slug.get(slug) if slug else shop.by_sku.get(sku)
        key = of.setdefault(row.product, found or row.product)
        groups.setdefault(key, []).append(row)
    return [(key if isinstance(key, UUID) else None, group) for key, group in groups.items()]


async def _expect_known(session: Reading, plans: Sequence[Plan]) -> None:
    """Note the categories and tax classes that are not there, and slugs that others have."""
    drafts = [it.drafted.draft for it in plans if it.drafted.draft and it.is_changed]
    slugs = {slug for it in drafts for slug in it.categories}
    codes = {variant.tax_class for it in drafts for variant in it.variants}
    categories = {slug for (slug,) in await _CATEGORIES.rows(session, slugs=list(slugs))}
    classes = {code for (code,) in await _TAX_CLASSES.rows(session, codes=list(codes))}
    new = {it.drafted.draft.slug for it in plans if it.drafted.draft and it.known is None}
    taken = {slug for slug, _ in await _OF_SLUGS.rows(session, slugs=[it or "" for it in new])}
    for it in plans:
        draft = it.drafted.draft
        if draft is None or not it.is_changed:
            continue
        if it.known is None and draft.slug in taken:
            it.drafted.refuse(
                it.drafted.rows[0].number, Column(Field.SLUG), SlugTaken(slug=draft.slug)
            )
        if it.known is None:
            taken.add(draft.slug)
        if unknown := [slug for slug in draft.categories if slug not in categories]:
            problem = CategoryUnknown(category=unknown[0])
            it.drafted.refuse(it.drafted.rows[0].number, Column(Field.CATEGORIES), problem)
        for variant in draft.variants:
            if variant.tax_class not in classes:
                number = it.drafted.row_of(variant.sku)
                it.drafted.refuse(number, Column(Field.TAX_CLASS), TaxClassUnknown(slug=draft.slug))


def _expect_free(it: Plan, shop: _Shop) -> None:
    """Note the SKUs that other products have, and variants with the same options."""
    own, draft = it.product.id if it.product else None, it.drafted.draft
    slug = draft.slug if draft else None
    for number, sku in it.drafted.skus.items():
        if shop.by_sku.get(sku, own) != own:
            it.drafted.refuse(number, Column(Field.SKU), SkuTaken(slug=slug))
    seen: set[frozenset[tuple[str, str]]] = set()
    for variant in draft.variants if draft else ():
        options = frozenset(variant.options.items())
        if options in seen:
            number = it.drafted.row_of(variant.sku)
            it.drafted.refuse(
                number, Column(Field.OPTION_VALUE, number=1), VariantsAlike(slug=slug)
            )
        seen.add(options)


def _expect_rules(it: Plan, now: datetime) -> None:
    """Note what the rules of products refuse."""
    draft = it.drafted.draft
    if draft is None or not it.is_changed:
        return
    try:
        compose(draft, draft.slug or "", now)
    except Invalid as error:
        drafting.refuse(it.drafted, error, [variant.sku for variant in draft.variants])


def _count(it: Plan, levels: Levels) -> None:
    """Note what is to be counted, and the counts that are impossible."""
    counts, draft = [], it.drafted.draft
    for count in it.drafted.counts:
        on_hand, reserved = levels.get((count.sku, count.location), (0, 0))
        problem: Conflict | Invalid | None = None
        if count.counted == on_hand:
            continue
        if draft and draft.gift_card:
            problem = GiftCardCounted()
        elif count.expected not in {None, on_hand}:
            problem = StockMoved(on_hand=on_hand)
        elif count.counted < reserved:
            problem = StockPromised()
        if problem:
            it.drafted.refuse(count.number, Column(Field.STOCK, of=count.location), problem)
        counts.append(count)
    it.counts = counts


def _bare(draft: ProductDraft) -> tuple[object, ...]:
    return (
        draft.name,
        draft.slug,
        draft.description,
        draft.categories,
        draft.options,
        draft.published,
        draft.translations,
    )


class GiftCardCounted(Invalid):
    """Gift cards have no stock."""
