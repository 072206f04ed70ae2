from trastienda.handlers.docs import read_asset, read_asyncapi, read_docs, read_openapi
from trastienda.handlers.shared.tables import Router

docs = [
    Router("/openapi.json", route_handlers=[read_openapi], include_in_schema=False),
    Router("/asyncapi.json", route_handlers=[read_asyncapi], include_in_schema=False),
    Router("/docs", route_handlers=[read_docs], include_in_schema=False),
    Router("/docs/{name:str}", route_handlers=[read_asset], include_in_schema=False),
]
