"""A card processor that is only simulated: `ok` is paid, `decline` is refused."""

from uuid import UUID

from trastienda.errors import Invalid
from trastienda.services.payments.port import Outcome, Paid, Refused

_OUTCOMES: dict[str, Outcome] = {"ok": Paid(), "decline": Refused("card_declined")}


class SimulatedCards:
    """It needs no memory: the token alone decides, so asking again answers the same."""

    def check(self, token: str | None) -> None:
        if token not in _OUTCOMES:
            raise TokenUnusable(pointer="/payment/token", known=sorted(_OUTCOMES))

    async def pay(self, key: UUID, amount: int, currency: str, token: str | None) -> Outcome:  # noqa: ARG002 - the port's signature
        return _OUTCOMES[token or ""]


class TokenUnusable(Invalid):
    """This payment token cannot be used."""
