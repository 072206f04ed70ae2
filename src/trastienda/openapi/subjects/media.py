"""The examples of pictures: a blue mug, uploaded, made ready, and shown by a product."""

from typing import Any

_ID = "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"
_AT = f"/media/{_ID}"
_ALT = {"en": "A blue mug on a wooden table", "es": "Una taza azul en una mesa de madera"}
_WIDTHS = (320, 800, 1600)
_READY = {
    "url": f"{_AT}/1600.jpg",
    "thumbnail": f"{_AT}/320.webp",
    "width": 1600,
    "height": 1200,
    "sources": [
        {
            "type": f"image/{ending}",
            "srcset": ", ".join(f"{_AT}/{width}.{ending} {width}w" for width in _WIDTHS),
        }
        for ending in ("avif", "webp")
    ],
}
_NEW = {**dict.fromkeys(_READY), "state": "processing", "version": 1}
MOMENTS: dict[str, dict[str, Any]] = {
    "upload_media": _NEW,
    "media.created": _NEW,
    "media.failed": _NEW | {"state": "failed", "failure": "animated", "version": 2},
}
"""How the picture in the example of an operation or an event differs from one that is ready."""
FORM = "UploadForm"
FORMS: dict[str, Any] = {
    FORM: {
        "title": FORM,
        "type": "object",
        "properties": {
            "file": {
                "type": "string",
                "format": "binary",
                "description": "The picture. Its name is kept for staff; its type is not believed.",
            },
            "alt": {
                "type": "string",
                "contentMediaType": "application/json",
                "description": "What it shows, by language, as JSON.",
            },
        },
        "required": ["file"],
        "additionalProperties": False,
    }
}
"""The schemas of bodies that are no JSON."""
BODIES: dict[str, Any] = {
    "upload_media": {
        "required": True,
        "content": {
            "multipart/form-data": {"schema": {"$ref": f"#/components/schemas/{FORM}"}},
            "application/json": {"schema": {"$ref": "#/components/schemas/MediaDraft"}},
        },
    }
}
"""The bodies of operations whose handlers read them themselves."""
MEDIA: dict[str, Any] = {
    f"{FORM}.file": "…",
    f"{FORM}.alt": '{"en": "A blue mug on a wooden table"}',
    "MediaDraft.url": "https://supplier.example/mug-blue.jpg",
    "MediaDraft.alt": _ALT,
    "MediaPatch.alt": _ALT,
    "PictureDraft.alt": _ALT,
    "StaffPictureView.alt": _ALT,
    "StaffPictureView.state": "ready",
    "StaffPictureView.thumbnail": _READY["thumbnail"],
    "StaffMediaView.name": "mug-blue.jpg",
    "StaffMediaView.state": "ready",
    "StaffMediaView.failure": None,
    "StaffMediaView.bytes": 482_113,
    "StaffMediaView.alt": _ALT,
    "StaffMediaView.version": 2,
    **{f"StaffMediaView.{name}": value for name, value in _READY.items()},
    **{f"MediaView.{name}": value for name, value in _READY.items() if name != "thumbnail"},
    "ProductCard.thumbnail": _READY["thumbnail"],
    "VariantDraft.media": _ID,
    "VariantPatch.media": _ID,
    "fact.products": ["mug"],
    "fact.trouble": "timeout",
    "query.state": "ready",
}


def at(moment: str, shown: dict[str, Any]) -> dict[str, Any]:
    """Return the example of a picture as it is after an operation or an event."""
    return shown | MOMENTS[moment]
