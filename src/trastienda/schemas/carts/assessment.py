from msgspec import Struct

from trastienda.schemas.carts.cart import CartRow
from trastienda.schemas.pricing.pricing import Priced, PricingBasis
from trastienda.schemas.promotions.of_carts import AssessedPromotion, PromotionUsed
from trastienda.schemas.shared.problem import CartProblem
from trastienda.schemas.taxes.of_carts import Taxation


class Assessment(Struct, frozen=True, kw_only=True):
    """A cart with its prices, promotions, taxes and problems, at one time and in one language.

    It is made once per request; the cart's view, its order and its explanation read it.
    """

    cart: CartRow
    promotions: list[AssessedPromotion]
    """The promotions that may apply, and why the others do not, in the order of their ids."""
    shipping_price: int | None
    """In minor units, before foreign taxes; None if no shipping option is chosen or available."""
    taxation: Taxation
    basis: PricingBasis
    """The input from which the totals were computed."""
    priced: Priced
    problems: list[CartProblem]
    """Why the cart cannot be ordered yet."""
    used: list[PromotionUsed]
    """The promotions and coupons that an order of the cart would use."""
