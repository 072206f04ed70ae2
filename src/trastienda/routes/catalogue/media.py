from trastienda.handlers.catalogue.media import show_picture, show_thumbnail
from trastienda.handlers.shared.tables import Router

media = [
    Router("/media/demo/{name:str}", route_handlers=[show_picture], include_in_schema=False),
    Router(
        "/media/demo/thumbnails/{name:str}",
        route_handlers=[show_thumbnail],
        include_in_schema=False,
    ),
]
