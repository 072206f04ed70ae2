"""The files of invoices, as they are sent: what was written once."""

from typing import Any

from litestar import Request, Response

from trastienda.services.invoices.invoices import StoredFile

PDF, XML = "application/pdf", "application/xml"


def sent(file: StoredFile, media_type: str, request: Request[Any, Any, Any]) -> Response[bytes]:
    """Answer with a file to be saved; its SHA-256 is the ETag."""
    tag = f'"{file.sha256.hex()}"'
    headers = {
        "etag": tag,
        "content-disposition": f'attachment; filename="{file.name}"',
        "cache-control": "private, no-cache",
    }
    if tag in request.headers.get("if-none-match", ""):
        return Response(b"", status_code=304, headers=headers)
    return Response(file.content, media_type=media_type, headers=headers)
