"""From a cart to an order, and what happens to it then."""

from trastienda.controllers.orders.decide import cancel, capture
from trastienda.controllers.orders.fulfil import fulfil
from trastienda.controllers.orders.place import place
from trastienda.controllers.orders.settle import settle, settle_abandoned

__all__ = ["cancel", "capture", "fulfil", "place", "settle", "settle_abandoned"]
