"""Products from a file, and into one."""

from collections.abc import AsyncIterator
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, get, post
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from msgspec import structs

from trastienda.controllers.imports import imports
from trastienda.database.db import reading
from trastienda.database.models.imports.product_import import ImportState, RowOutcome
from trastienda.handlers.imports import uploads
from trastienda.handlers.shared.answers import versioned
from trastienda.handlers.shared.context import RequestContext
from trastienda.handlers.shared.lists import Cursor, Limit, next_link
from trastienda.middlewares.identity.access import Asking
from trastienda.middlewares.requests import locale
from trastienda.middlewares.requests.validation import STREAMED, JsonRequest
from trastienda.schemas.imports.product_import import (
    ImportPage,
    ImportRowPage,
    ImportRowsWanted,
    ImportView,
)
from trastienda.services.imports import exporting
from trastienda.services.imports import imports as imports_on_record

State = Annotated[ImportState | None, QueryParameter(name="state", description="Only these.")]
Outcome = Annotated[RowOutcome | None, QueryParameter(name="outcome", description="Only these.")]
Search = Annotated[str | None, QueryParameter(min_length=1, max_length=200)]


@post(status_code=201, opt={STREAMED: True})
async def upload_import(
    request: JsonRequest, context: RequestContext, visitor: Asking
) -> Response[ImportView]:
    """Upload products as a form with a `file`: CSV in UTF-8, with commas or semicolons.

    At most 10 MB and 25,000 rows, one for each variant. The answer is `checking`: a job compares
    the rows with the shop, changes nothing, and tells of it with the event `import.checked`.
    Without the scope `stock.write`, columns of stock are not read.
    """
    upload = await uploads.read(request, visitor)
    if context.once is not None:
        context = structs.replace(context, once=context.once.covering(upload.sha256))
    made = await imports.upload(upload.sheet, upload.name, upload.size, context)
    return versioned(made, 201)


@get()
async def list_imports(
    request: Request[Any, Any, Any], limit: Limit = 24, cursor: Cursor = None, only: State = None
) -> Response[ImportPage]:
    """List imports, the newest first. Two weeks after the last that happened they are deleted."""
    async with reading() as session:
        page = await imports_on_record.page(session, limit, cursor, only)
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get()
async def get_import(import_id: FromPath[UUID]) -> Response[ImportView]:
    """Read an import: its state, and how far it is."""
    async with reading() as session:
        return versioned(await imports_on_record.by_id(session, import_id))


@post(status_code=200)
async def start_import(
    context: RequestContext, import_id: FromPath[UUID], visitor: Asking
) -> Response[ImportView]:
    """Create and change the products of a file that was checked.

    Rows are compared with the shop once more: a product with a problem is left out, and all others
    are imported. Columns of stock need the scope `stock.write`, too.
    """
    may_count = imports_on_record.MAY_COUNT in visitor.scopes
    return versioned(await imports.start(import_id, context, may_count=may_count))


@post(status_code=200)
async def cancel_import(context: RequestContext, import_id: FromPath[UUID]) -> Response[ImportView]:
    """Cancel an import. Products that it has created or changed stay as they are."""
    return versioned(await imports.cancel(import_id, context))


@get()
async def list_import_rows(
    request: Request[Any, Any, Any],
    import_id: FromPath[UUID],
    limit: Limit = 24,
    cursor: Cursor = None,
    outcome: Outcome = None,
) -> Response[ImportRowPage]:
    """List the rows of a file, what became of each, and why not."""
    wanted = ImportRowsWanted(limit=limit, cursor=cursor, outcome=outcome)
    async with reading() as session:
        await imports_on_record.by_id(session, import_id)
        page = await imports_on_record.rows(session, import_id, wanted, locale.of(request.scope))
    return Response(page, headers=next_link(request.scope, page.next_cursor))


@get(media_type="text/csv")
async def export_failed_rows(
    request: Request[Any, Any, Any], import_id: FromPath[UUID]
) -> Response[str]:
    """Give the rows that were left out as CSV, with their problems, to mend and upload again."""
    async with reading() as session:
        record = await imports_on_record.by_id(session, import_id)
        rows = await imports_on_record.failed(session, import_id, locale.of(request.scope))
    return _file(exporting.failed(record.columns, rows), "failed-rows")


@get(media_type="text/csv")
async def export_import_template() -> Response[str]:
    """Give a file with all columns of this shop, and an example, to fill in and upload."""
    async with reading() as session:
        sheet = await exporting.header(session)
    return _file(exporting.template(sheet), "template")


@get(media_type="text/csv")
async def export_products(request: Request[Any, Any, Any], q: Search = None) -> Stream:
    """Give products as CSV, in the columns that an import takes, one row for each variant.

    All of them, the oldest first, or those of which `q` matches part of a name or SKU. Unchanged,
    the file changes nothing when it is imported.
    """
    wanted = exporting.Wanted(locale.of(request.scope), q)

    async def pieces() -> AsyncIterator[bytes]:
        async with reading() as session:
            sheet = await exporting.header(session)
        yield exporting.start(sheet)
        after: UUID | None = None
        more = True
        while more:  # no connection is held while a piece is on its way
            async with reading() as session:
                text, after = await exporting.piece(session, sheet, wanted, after)
            more = after is not None
            yield text

    return Stream(pieces, media_type="text/csv", headers=_named("products"))


def _file(text: str, name: str) -> Response[str]:
    return Response(text, media_type="text/csv", headers=_named(name))


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}.csv"'}
