"""A typed client for shops that run on Trastienda: see the README."""

from trastienda_client.calls import Call, Form
from trastienda_client.refusals import NoAnswer, Refusal
from trastienda_client.shop import AsyncShop, Shop

__all__ = ["AsyncShop", "Call", "Form", "NoAnswer", "Refusal", "Shop"]
