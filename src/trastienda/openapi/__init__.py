"""The description of the whole API, made from its routes."""

from trastienda.openapi import asyncapi
from trastienda.openapi.document import config, document

__all__ = ["asyncapi", "config", "document"]
