"""What a cart would cost, before anything of it is real."""

from litestar import post
from litestar.params import JSONBody

from trastienda.schemas.pricing_preview import PricingDraft, PricingView
from trastienda.services.pricing.preview import preview


@post(status_code=200)
async def preview_pricing(data: JSONBody[PricingDraft]) -> PricingView:
    """Compute what a cart would cost, with the function that prices carts; nothing is touched.

    Try a promotion before it goes live, or check the arithmetic: the explanation says where every
    cent comes from. Sending it again is safe.
    """
    return preview(data)
