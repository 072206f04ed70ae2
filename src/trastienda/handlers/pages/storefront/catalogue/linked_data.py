"""Products as search engines read them: JSON-LD, in the words of schema.org."""

from decimal import Decimal
from typing import Any

from trastienda.handlers.pages.answers import Frame
from trastienda.schemas.catalogue.product import ProductView, VariantView
from trastienda.services.shared import currencies

SCHEMA = "https://schema.org"


def of_product(product: ProductView, frame: Frame) -> dict[str, Any]:
    return {
        "@context": SCHEMA,
        "@type": "Product",
        "name": product.name,
        "description": product.description,
        "url": frame.canonical,
        "image": [frame.absolute(it.url) for it in product.media],
        "offers": [_offer(it, product, frame) for it in product.variants],
    }


def _offer(variant: VariantView, product: ProductView, frame: Frame) -> dict[str, Any]:
    price = Decimal(variant.price).scaleb(-currencies.digits(product.currency))
    stock = "InStock" if variant.in_stock else "OutOfStock"
    return {
        "@type": "Offer",
        "sku": variant.sku,
        "price": f"{price:f}",
        "priceCurrency": product.currency,
        "availability": f"{SCHEMA}/{stock}",
        "url": frame.canonical,
    }
