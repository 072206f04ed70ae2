"""The pictures of products and variants."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from trastienda.database.db import Reading, Session, prepared
from trastienda.database.models.catalogue.product import Product, ProductMedia
from trastienda.database.models.media.media import Media, MediaState
from trastienda.errors import Invalid
from trastienda.schemas.catalogue.product_draft import PictureDraft, ProductDraft
from trastienda.services.catalogue import cards
from trastienda.services.media.media import alt_texts

_UNSHOWN = prepared("""
    SELECT DISTINCT product_id FROM product_media WHERE media_id = %(media)s AND url IS NULL
    ORDER BY product_id LIMIT %(most)s
""")
_SHOW = prepared(f"""
    UPDATE product_media SET url = media.url, thumbnail_url = media.thumbnail,
        width = media.width, height = media.height, sources = media.sources
    FROM media
    WHERE media.id = %(media)s AND media.state = '{MediaState.READY}'
        AND product_media.media_id = media.id AND product_media.product_id = ANY (%(products)s)
""")
_THUMBNAILS = prepared("""
    UPDATE products SET thumbnail = (
        SELECT thumbnail_url FROM product_media
        WHERE product_media.product_id = products.id AND url IS NOT NULL
        ORDER BY position, product_media.id LIMIT 1)
    WHERE id = ANY (%(products)s)
""")
_VARIANT_THUMBNAILS = prepared("""
    UPDATE variants SET thumbnail = product_media.thumbnail_url FROM product_media
    WHERE product_media.id = variants.picture_id AND product_media.media_id = %(media)s
        AND product_media.product_id = ANY (%(products)s)
""")
_STATES = prepared("""
    SELECT media_id, media.state FROM product_media JOIN media ON media.id = product_media.media_id
    WHERE product_id = %(product)s AND product_media.url IS NULL
""")
AT_ONCE = 100
"""Products that begin to show a picture in one transaction."""


async def arrange(session: Session, product: Product, draft: ProductDraft) -> None:
    """Give a product and its variants the pictures of a draft, in its order.

    New ones stay locked until the commit, so that none becomes ready unnoticed meanwhile. Raise
    PictureTwice, PictureUnknown, PictureFailed or VariantPictureUnknown.
    """
    known = {it.name: it for it in product.media}
    _expect_each_once(draft.media)
    found = await _locked(session, [it.id for it in draft.media if it.id not in known])
    for position, wanted in enumerate(draft.media):
        if wanted.id not in known:
            known[wanted.id] = _shown(_usable(found.get(wanted.id), position), position)
        picture = known[wanted.id]
        picture.position = position
        if wanted.alt is not None:
            picture.alt = alt_texts(wanted.alt)
    pictures = [known[it.id] for it in draft.media]
    product.media = pictures
    product.thumbnail = next((it.thumbnail_url for it in pictures if it.thumbnail_url), None)
    _give_to_variants(product, draft, {it.name: it for it in pictures})


def _expect_each_once(drafts: Sequence[PictureDraft]) -> None:
    seen: set[UUID] = set()
    for index, draft in enumerate(drafts):
        if draft.id in seen:
            raise PictureTwice(pointer=f"/media/{index}/id")
        seen.add(draft.id)


async def _locked(session: Session, ids: list[UUID]) -> dict[UUID, Media]:
    if not ids:
        return {}
    query = select(Media).where(Media.id.in_(ids)).order_by(Media.id)
    found = await session.orm.scalars(query.with_for_update(read=True))
    return {it.id: it for it in found}


def _usable(media: Media | None, index: int) -> Media:
    if media is None:
        raise PictureUnknown(pointer=f"/media/{index}/id")
    if media.state is MediaState.FAILED:
        raise PictureFailed(pointer=f"/media/{index}/id")
    return media


def _shown(media: Media, position: int) -> ProductMedia:
    return ProductMedia(
        position=position,
        alt=media.alt,
        media_id=media.id,
        url=media.url,
        thumbnail_url=media.thumbnail,
        width=media.width,
        height=media.height,
        sources=media.sources,
    )


def _give_to_variants(
    product: Product, draft: ProductDraft, pictures: dict[UUID, ProductMedia]
) -> None:
    wanted = {it.sku: (index, it.media) for index, it in enumerate(draft.variants)}
    for variant in product.variants:
        index, media_id = wanted[variant.sku]
        if media_id is not None and media_id not in pictures:
            raise VariantPictureUnknown(pointer=f"/variants/{index}/media")
        picture = pictures[media_id] if media_id is not None else None
        variant.picture = picture
        variant.thumbnail = picture.thumbnail_url if picture else None


async def show(session: Session, media_id: UUID) -> bool:
    """Let AT_ONCE products show a picture that is ready; say whether there may be more of them."""
    rows = await _UNSHOWN.rows(session, media=media_id, most=AT_ONCE)
    products = await cards.lock_products(session, [id_ for (id_,) in rows])
    if not products or not await _SHOW(session, media=media_id, products=products):
        return False
    await _THUMBNAILS(session, products=products)
    await _VARIANT_THUMBNAILS(session, media=media_id, products=products)
    await cards.reprice(session, products)
    return len(products) == AT_ONCE


async def states(session: Reading, product: Product) -> dict[UUID, MediaState]:
    """Return the states of a product's pictures, by the ids that staff know them by."""
    found = dict.fromkeys((it.name for it in product.media), MediaState.READY)
    if any(it.url is None for it in product.media):
        rows = await _STATES.rows(session, product=product.id)
        found |= {media_id: MediaState(state) for media_id, state in rows}
    return found


class PictureTwice(Invalid):
    """A product shows a picture only once."""


class PictureUnknown(Invalid):
    """There is no such picture."""


class PictureFailed(Invalid):
    """No files could be made of this picture."""


class VariantPictureUnknown(Invalid):
    """A variant's own picture must be one of the product's."""
