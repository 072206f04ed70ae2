"""The pricing preview: what a cart would cost, without a cart."""

from litestar import post
from litestar.params import JSONBody

from trastienda.schemas.pricing.preview import PricingDraft, PricingView
from trastienda.services.pricing.preview import preview


@post(status_code=200)
async def preview_pricing(data: JSONBody[PricingDraft]) -> PricingView:
    """Compute what a cart would cost, with the function that prices carts; nothing is stored.

    Try a promotion before it goes live, or check the arithmetic: the explanation shows where every
    cent comes from. It is safe to repeat the request.
    """
    return preview(data)
