"""The demonstration shop is complete: languages, currencies, options, pictures."""

from collections import Counter

import pytest
from PIL import Image

from trastienda.demo.content import (
    PICTURE_SIZE,
    PICTURES,
    THUMBNAIL_SIZE,
    Catalogue,
    Product,
    Text,
    catalogue,
)

SHOP: Catalogue = catalogue()
CURRENCIES = {"EUR", "USD", "JPY"}


def by_slug(slug: str) -> Product:
    return next(product for product in SHOP.products if product.slug == slug)


def each(product: Product) -> str:
    return product.slug


def test_there_are_sixty_products_or_so_in_eight_categories() -> None:
    shown = {slug for product in SHOP.products for slug in product.categories}
    names = {category.slug for category in SHOP.categories}

    assert 55 <= len(SHOP.products) <= 70
    assert len(names) == 8
    assert shown == names


def test_categories_are_a_tree_whose_parents_come_first() -> None:
    seen: set[str] = set()
    for category in SHOP.categories:
        assert category.parent is None or category.parent in seen
        assert category.slug not in seen
        seen.add(category.slug)


def test_slugs_and_skus_name_one_thing_each() -> None:
    slugs = Counter(product.slug for product in SHOP.products)
    skus = Counter(variant.sku for product in SHOP.products for variant in product.variants)

    assert max(slugs.values()) == 1
    assert max(skus.values()) == 1


def test_the_blue_mug_of_the_readme_costs_twelve_fifty_and_is_in_stock() -> None:
    mug = by_slug("mug")
    blue = next(variant for variant in mug.variants if variant.sku == "MUG-BLUE")

    assert blue.prices["EUR"] == 1250
    assert blue.stock >= 10
    assert [text.en for text in SHOP.choice(blue)] == ["Blue"]
    assert SHOP.variant_name(mug, blue) == Text("Mug, blue", "Taza, azul")


def test_a_frame_keeps_the_capitals_of_its_paper_size() -> None:
    frame = by_slug("picture-frame")

    assert SHOP.variant_name(frame, frame.variants[0]).en == "Picture frame, oak, A4"


@pytest.mark.parametrize("product", SHOP.products, ids=each)
def test_every_variant_chooses_each_option_once_and_differently(product: Product) -> None:
    chosen = [tuple(variant.options.values()) for variant in product.variants]

    assert {tuple(variant.options) for variant in product.variants} == {tuple(product.options)}
    assert len(set(chosen)) == len(chosen)
    assert all(len(SHOP.choice(variant)) == len(product.options) for variant in product.variants)


@pytest.mark.parametrize("product", SHOP.products, ids=each)
def test_every_variant_has_its_price_in_three_currencies(product: Product) -> None:
    for variant in product.variants:
        assert set(variant.prices) == CURRENCIES
        assert set(variant.compare_at) in (set(), CURRENCIES)
        assert all(variant.compare_at[it] > variant.prices[it] for it in variant.compare_at)


@pytest.mark.parametrize("product", SHOP.products, ids=each)
def test_texts_are_sentences_in_two_languages(product: Product) -> None:
    english, spanish = product.description.en, product.description.es

    assert english != spanish
    for text in (english, spanish):
        assert text.count(".") >= 2
        assert text.endswith(".")
        assert "  " not in text
        assert "\n" not in text
    assert product.alt.en != product.alt.es
    assert set(product.attributes) <= set(SHOP.attributes)


@pytest.mark.parametrize("product", SHOP.products, ids=each)
def test_every_look_has_its_picture_and_thumbnail(product: Product) -> None:
    for picture in SHOP.pictures(product):
        for file, size in ((picture.file, PICTURE_SIZE), (picture.thumbnail, THUMBNAIL_SIZE)):
            with Image.open(file) as image:
                assert (image.format, image.size) == ("WEBP", (size, size))
                assert len(image.convert("RGB").getcolors(size * size) or []) > 500


def test_no_picture_is_left_over_and_all_together_are_small() -> None:
    pictures = [picture for product in SHOP.products for picture in SHOP.pictures(product)]
    kept = {file for picture in pictures for file in (picture.file, picture.thumbnail)}
    files = set(PICTURES.rglob("*.webp"))

    assert files == kept
    assert sum(file.stat().st_size for file in files) < 4_000_000


def test_some_things_are_reduced_some_taxed_less_and_some_sold_out() -> None:
    variants = [variant for product in SHOP.products for variant in product.variants]

    assert any(variant.compare_at for variant in variants)
    assert any(variant.stock == 0 for variant in variants)
    assert any(0 < variant.stock < 5 for variant in variants)
    assert {product.tax_class for product in SHOP.products} == {"standard", "reduced"}
