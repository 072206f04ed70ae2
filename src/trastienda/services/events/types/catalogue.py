"""Events about products and categories."""

from trastienda.schemas.catalogue.category_draft import StaffCategoryView
from trastienda.schemas.catalogue.product_draft import StaffProductView
from trastienda.services.events.types.kinds import resource

PRODUCT = resource("product", "a product", StaffProductView)
CATEGORY = resource("category", "a category", StaffCategoryView)
