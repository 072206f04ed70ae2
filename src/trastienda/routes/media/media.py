from trastienda.handlers.media.files import show_media
from trastienda.handlers.media.media import (
    change_media,
    delete_media,
    get_media,
    list_media,
    upload_media,
)
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires
from trastienda.middlewares.requests.rates import UPLOADS, limited

READ, WRITE = requires("media.read"), requires("media.write")
ONE = "/media/{media_id:uuid}"

media = [
    Router("/media", route_handlers=[list_media], guards=[READ]),
    Router("/media", route_handlers=[upload_media], guards=[WRITE, limited(UPLOADS)]),
    Router(ONE, route_handlers=[get_media], guards=[READ]),
    Router(ONE, route_handlers=[change_media, delete_media], guards=[WRITE]),
]
files = [
    Router(f"{ONE}/{{name:str}}", route_handlers=[show_media], include_in_schema=False),
]
