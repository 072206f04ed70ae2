"""The limit: what Granian, psycopg and one prepared statement can do, with nothing around them.

Two routes, `/products/{slug}` and `/products?after={id}` (a list of 24), whose answers have the
shape of the shop's own. The SQL stands here and in `schema.sql`, and nowhere else.
"""

from collections.abc import Awaitable, Callable
from os import environ
from typing import Any, LiteralString

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]

LIST: LiteralString = """
SELECT '{"items":[' || string_agg(document, ',' ORDER BY product_id)
    || '],"currency":"EUR","next_cursor":"' || max(product_id::text) || '"}'
FROM (SELECT * FROM cards WHERE product_id > %(after)s::uuid ORDER BY product_id LIMIT 24) page
"""
PAGE: LiteralString = """
SELECT json_build_object('id', p.id, 'slug', p.slug, 'name', p.name, 'description', p.description,
    'currency', 'EUR',
    'categories', (SELECT json_agg(json_build_object('slug', c.slug, 'name', c.name))
        FROM product_categories pc JOIN categories c ON c.id = pc.category_id
        WHERE pc.product_id = p.id),
    'options', p.options,
    'variants', (SELECT json_agg(json_build_object('id', v.id, 'sku', v.sku, 'name', v.name,
        'options', v.options, 'price', v.price, 'in_stock', v.available > 0,
        'available', v.available) ORDER BY v.id) FROM variants v WHERE v.product_id = p.id),
    'media', (SELECT json_agg(json_build_object('url', m.url, 'alt', m.alt, 'width', m.width,
        'height', m.height) ORDER BY m.position) FROM media m WHERE m.product_id = p.id),
    'attributes', p.attributes)
FROM products p WHERE p.slug = %(slug)s
"""
FIRST = "00000000-0000-0000-0000-000000000000"
HEADERS = [(b"content-type", b"application/json")]

pool = AsyncConnectionPool(
    environ["DATABASE_URL"], min_size=2, max_size=10, open=False, kwargs={"autocommit": True}
)


async def document(
    connection: AsyncConnection[Any], sql: LiteralString, value: dict[str, str]
) -> bytes:
    result = (await connection.execute(sql, value, prepare=True, binary=True)).pgresult
    return (result and result.ntuples and result.get_value(0, 0)) or b""


async def live(receive: Receive, send: Send) -> None:
    await receive()
    await pool.open(wait=True)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await pool.close()
    await send({"type": "lifespan.shutdown.complete"})


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        return await live(receive, send)
    slug = scope["path"][10:]
    connection = await pool.getconn()
    try:
        if slug:
            body = await document(connection, PAGE, {"slug": slug})
        else:
            after = scope["query_string"].decode()[6:] or FIRST
            body = await document(connection, LIST, {"after": after})
    finally:
        await pool.putconn(connection)
    status = 200 if body else 404
    await send({"type": "http.response.start", "status": status, "headers": HEADERS})
    return await send({"type": "http.response.body", "body": body})
