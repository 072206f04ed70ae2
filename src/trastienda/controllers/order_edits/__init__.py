"""Edits of open orders."""

from trastienda.controllers.order_edits.edit import edit

__all__ = ["edit"]
