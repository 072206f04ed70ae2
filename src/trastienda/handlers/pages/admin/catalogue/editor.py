"""The editor of a product: texts side by side, variants with their prices, categories, pictures."""

from uuid import UUID

from msgspec import structs

from trastienda.controllers.catalogue import products
from trastienda.database.db import Reading
from trastienda.database.models.shared.text import Locale
from trastienda.handlers.pages.admin.kinds.listing import category_choices, tax_class_choices
from trastienda.handlers.pages.admin.records.fields import Choices, Field, Section
from trastienda.handlers.pages.admin.records.record import Record
from trastienda.handlers.pages.words import marked
from trastienda.schemas.catalogue.product_draft import ProductDraft, ProductPatch
from trastienda.schemas.pages.product_row import ProductOnForm, VariantOnForm
from trastienda.schemas.shared.context import Context
from trastienda.services.catalogue import product_writing, staff_product_view, staff_products
from trastienda.services.channels import channels
from trastienda.services.media import media

MOST_PICTURES = 50
"""Of the newest that may be chosen, beside those that the product has."""
OPTION = (
    Field("name", marked("Option"), hint=marked("Such as Colour")),
    Field("values", marked("Values"), hint=marked("One a line")),
)
TRANSLATED = (
    Field("name", marked("Name")),
    Field("description", marked("Description")),
    Field("options", marked("Options"), columns=OPTION),
)
PICTURE = (
    Field("id", marked("Picture"), choices="pictures", is_key=True),
    Field("alt", marked("What it shows"), in_all_languages=True),
)
VARIANT = (
    Field("sku", marked("SKU")),
    Field("options", marked("Options"), hint=marked("Colour = Blue, one a line")),
    Field("prices", marked("Price")),
    Field("stock", marked("First stock"), hint=marked("Only of a new variant")),
    Field("name", marked("Name of its own"), is_rare=True),
    Field("compare_at_prices", marked("Price before"), is_rare=True),
    Field("cost_prices", marked("What it costs you"), is_rare=True),
    Field("tax_class", marked("Tax class"), choices="tax_classes", is_rare=True),
    Field("weight_grams", marked("Weight in grams"), is_rare=True),
    Field("length_mm", marked("Length in mm"), is_rare=True),
    Field("width_mm", marked("Width in mm"), is_rare=True),
    Field("height_mm", marked("Height in mm"), is_rare=True),
    Field(
        "media",
        marked("Picture of its own"),
        hint=marked("One of the product's"),
        choices="pictures",
        among_chosen=True,
        is_rare=True,
    ),
)


async def choices(session: Reading, context: Context) -> dict[str, Choices]:
    """Return what may be chosen for a product and its variants."""
    recent = await media.page(session, MOST_PICTURES, None, None, None)
    return {
        "categories": await category_choices(session, context),
        "tax_classes": await tax_class_choices(session),
        "pictures": [("", "—"), *((str(it.id), it.name) for it in recent.items)],
    }


def completed(view: ProductOnForm | VariantOnForm, known: dict[str, Choices]) -> dict[str, Choices]:
    """Return the choices with the pictures that a product has, however old they are."""
    names = dict(known["pictures"])
    first = Locale(channels.current().locale)
    own = {str(it.id): names.get(str(it.id)) or it.alt.get(first) for it in view.product.media}
    names |= {key: text or key[:8] for key, text in own.items()}
    return {**known, "pictures": list(names.items())}


async def _read(session: Reading, product_id: UUID, _: Context) -> ProductOnForm:
    product = await staff_products.by_id(session, product_id)
    slugs = await staff_product_view.category_slugs(session, product)
    draft = product_writing.draft_of(product, slugs, Locale(channels.current().locale))
    return ProductOnForm(
        **structs.asdict(draft),
        id=product.id,
        version=product.version,
        product=await staff_product_view.view(session, product),
    )


PRODUCTS = Record(
    path="products",
    title=marked("Products"),
    one=marked("Product"),
    new=marked("New product"),
    write="catalogue.write",
    sections=(
        Section(
            marked("Texts"),
            (
                Field("name", marked("Name")),
                Field("description", marked("Description")),
                Field("translations", marked("In other languages"), columns=TRANSLATED),
            ),
        ),
        Section(
            marked("In the shop"),
            (
                Field("published", marked("Buyers see it")),
                Field("slug", marked("Address"), hint=marked("Empty: made from the name.")),
                Field("categories", marked("Categories"), choices="categories"),
                Field(
                    "gift_card",
                    marked("Its variants are gift cards"),
                    hint=marked("It never changes."),
                ),
            ),
        ),
        Section(
            marked("Pictures"),
            (
                Field(
                    "media",
                    marked("Pictures"),
                    hint=marked("The first is shown in lists. Upload them under Pictures."),
                    columns=PICTURE,
                ),
            ),
        ),
        Section(
            marked("Variants"),
            (
                Field("options", marked("Options"), columns=OPTION),
                Field(
                    "variants",
                    marked("Variants"),
                    hint=marked("The rest of a variant stands on its own page, below."),
                    columns=VARIANT,
                    whole_rows=3,
                ),
            ),
        ),
        Section(
            marked("Attributes"),
            (Field("attributes", marked("Attributes"), hint=marked("name = value, one a line")),),
            folded=True,
        ),
    ),
    read=_read,
    draft=ProductDraft,
    patch=ProductPatch,
    create=lambda _, draft, context: products.create(draft, context),
    change=lambda _, product_id, patch, context: products.change(product_id, patch, context),
    remove=lambda _, product_id, context: products.remove(product_id, context),
    choices=choices,
    completed=completed,
    beside="admin/records/beside/product.html",
    stays={"variants": "sku"},
)
