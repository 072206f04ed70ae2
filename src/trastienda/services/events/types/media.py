"""Events about pictures."""

from trastienda.schemas.media.media import StaffMediaView
from trastienda.services.events.types.kinds import kind, resource

MEDIA = resource("media", "a picture", StaffMediaView)
MEDIA_READY = kind(
    "media.ready", "The files of a picture are made: products begin to show it.", StaffMediaView
)
MEDIA_FAILED = kind("media.failed", "No files can be made of a picture.", StaffMediaView)
