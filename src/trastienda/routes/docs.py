from litestar import Router

from trastienda.handlers.docs import go_to_docs, read_asset, read_asyncapi, read_docs, read_openapi

docs = [
    Router("/", route_handlers=[go_to_docs], include_in_schema=False),
    Router("/openapi.json", route_handlers=[read_openapi], include_in_schema=False),
    Router("/asyncapi.json", route_handlers=[read_asyncapi], include_in_schema=False),
    Router("/docs", route_handlers=[read_docs], include_in_schema=False),
    Router("/docs/{name:str}", route_handlers=[read_asset], include_in_schema=False),
]
