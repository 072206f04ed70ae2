"""The search finds products by SKU, option value and category, and ranks names first."""

import unicodedata
from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

BATCH = 1_000  # products

NEXT = sa.text("""
    SELECT id FROM products WHERE CAST(:after AS uuid) IS NULL OR id > CAST(:after AS uuid)
    ORDER BY id LIMIT :batch
""")
WORDS = sa.text("""
    SELECT texts.product_id, texts.locale, texts.name, variants.sku, named.name, named.options
    FROM product_texts AS texts
    JOIN variants ON variants.product_id = texts.product_id
    JOIN variant_texts AS named
        ON named.variant_id = variants.id AND named.locale = texts.locale
    WHERE texts.product_id = ANY (CAST(:products AS uuid[]))
    ORDER BY texts.product_id, texts.locale, variants.position
""")
WRITE = sa.text("""
    UPDATE product_texts SET search_name = given.search_name, search_terms = given.search_terms
    FROM unnest(CAST(:products AS uuid[]), CAST(:locales AS text[]), CAST(:names AS text[]),
            CAST(:terms AS text[])) AS given (product_id, locale, search_name, search_terms)
    WHERE product_texts.product_id = given.product_id AND product_texts.locale = given.locale
""")
CARDS = sa.text("""
    UPDATE cards SET search = fresh.search
    FROM (
        SELECT texts.product_id, texts.locale,
            setweight(to_tsvector(language.name, texts.search_name), 'A')
                || setweight(to_tsvector(language.name, texts.search_terms), 'B')
                || setweight(to_tsvector(language.name, coalesce((
                    SELECT string_agg(category_texts.search_text, ' ' ORDER BY category_texts.category_id)
                    FROM category_texts
                    WHERE category_texts.locale = texts.locale
                        AND category_texts.category_id IN (
                            SELECT unnest(shown.category_ids) FROM cards AS shown
                            WHERE shown.product_id = texts.product_id)), '')), 'C')
                || to_tsvector(language.name, texts.search_text)
                || array_to_tsvector(string_to_array(texts.search_terms, ' ')) AS search
        FROM product_texts AS texts
        CROSS JOIN LATERAL (
            SELECT CASE texts.locale WHEN 'es' THEN 'spanish' ELSE 'english' END::regconfig AS name
        ) AS language
        WHERE texts.product_id = ANY (CAST(:products AS uuid[]))
    ) AS fresh
    WHERE cards.product_id = fresh.product_id AND cards.locale = fresh.locale
""")


def upgrade() -> None:
    for table, column in (
        ("category_texts", "search_text"),
        ("product_texts", "search_name"),
        ("product_texts", "search_terms"),
    ):
        op.add_column(table, sa.Column(column, sa.String(), server_default="", nullable=False))
    _fill_categories()
    after = None
    while products := list(op.get_bind().scalars(NEXT, {"after": after, "batch": BATCH})):
        _fill_products(products)
        op.get_bind().execute(CARDS, {"products": products})
        after = products[-1]


def _fill_categories() -> None:
    rows = op.get_bind().execute(sa.text("SELECT category_id, locale, name FROM category_texts"))
    write = sa.text(
        "UPDATE category_texts SET search_text = :words"
        " WHERE category_id = :category AND locale = :locale"
    )
    for category, locale, name in rows.all():
        given = {"category": category, "locale": locale, "words": _fold(name)}
        op.get_bind().execute(write, given)


def _fill_products(products: list[object]) -> None:
    words: dict[tuple[object, str, str], list[str]] = {}
    for id_, locale, name, sku, variant, options in op.get_bind().execute(
        WORDS, {"products": products}
    ):
        own = "" if variant == name or variant.startswith(f"{name}, ") else variant
        words.setdefault((id_, locale, name), []).extend((sku, *options.values(), own))
    given = {
        "products": [id_ for id_, _, _ in words],
        "locales": [locale for _, locale, _ in words],
        "names": [_fold(name) for _, _, name in words],
        "terms": [_terms(each) for each in words.values()],
    }
    op.get_bind().execute(WRITE, given)


def _fold(text: str) -> str:
    """Remove case and accents as `services.text.fold` did at the time of this migration."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _terms(words: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(_fold(" ".join(words)).split()))


def downgrade() -> None:
    op.drop_column("product_texts", "search_terms")
    op.drop_column("product_texts", "search_name")
    op.drop_column("category_texts", "search_text")
