from trastienda.schemas.pricing.explanation import ExplanationContext
from trastienda.schemas.pricing.pricing import PricingBasis


class KeptOrder(ExplanationContext, frozen=True, kw_only=True):
    """What an order kept of how its totals were computed."""

    pricing: PricingBasis | None
