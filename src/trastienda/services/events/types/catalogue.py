"""Events about products and categories, and about files of products."""

from trastienda.schemas.catalogue.category_draft import StaffCategoryView
from trastienda.schemas.catalogue.product_draft import StaffProductView
from trastienda.schemas.imports.product_import import ImportView
from trastienda.services.events.types.kinds import kind, resource

PRODUCT = resource("product", "a product", StaffProductView)
CATEGORY = resource("category", "a category", StaffCategoryView)
IMPORT_CREATED = kind("import.created", "Staff uploaded a file of products.", ImportView)
IMPORT_CHECKED = kind(
    "import.checked", "A file of products was compared with the shop; nothing changed.", ImportView
)
IMPORT_STARTED = kind(
    "import.started", "Products are created and changed from a file, from now on.", ImportView
)
IMPORT_FINISHED = kind(
    "import.finished", "All rows of a file were imported, or left out.", ImportView
)
IMPORT_CANCELLED = kind(
    "import.cancelled", "Staff cancelled an import; what was imported stays.", ImportView
)
