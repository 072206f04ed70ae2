"""The description of the whole API, made from its routes."""

from trastienda.openapi.document import config, document

__all__ = ["config", "document"]
