"""The addresses of all pages of a shop, with somebody and something for each to show."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import psycopg
from inside import Headers, Request, ask
from litestar import Router  # noqa: TID251 - it is not copied
from litestar.routes import HTTPRoute
from plans import CONTACT

from trastienda.routes import pages

JSON = (b"content-type", b"application/json")
LINES = 3
"""Of the cart and the order that are shown."""
PARAMETER = re.compile(r"\{(\w+):\w+\}")
IDS = {
    "order_id": "SELECT id FROM orders ORDER BY placed_at DESC OFFSET 50 LIMIT 1",
    "return_id": "SELECT id FROM returns LIMIT 1",
    "user_id": "SELECT customer_id FROM orders WHERE customer_id IS NOT NULL LIMIT 1",
    "sku": "SELECT sku FROM variants WHERE product_id = (SELECT id FROM products LIMIT 1) LIMIT 1",
    "slug": "SELECT slug FROM products WHERE published ORDER BY md5(slug) LIMIT 1",
    "job_id": "SELECT id FROM procrastinate_jobs LIMIT 1",
    "name": "SELECT 'order_paid'",
    "language": "SELECT 'es'",
}
TABLES = {"media": "media", "settings": "channels"}
"""Of what stands at an address; others are called like it."""
MORE = {
    "/products": ["?q=mug", "?sort=price&min_price=10", "?sort=name"],
    "/admin/orders": ["?q=maria+garcia", "?status=open&payment_status=paid", "?tag=gift"],
    "/admin/products": ["?q=mug"],
    "/admin/customers": ["?q=maria"],
    "/admin/stock": ["?available_below=5"],
    "/admin/reports": ["?kind=taxes", "?kind=payments", "?kind=stock", "?by=product"],
    "/admin/search": ["?q=maria"],
}
"""Other views of a page than the one without filters."""


class Person(NamedTuple):
    """A browser: what it sends with each request."""

    headers: Headers
    token: str = ""


async def logged_in(app: Any, email: str, password: str) -> Person:  # noqa: ANN401 - ASGI
    body = json.dumps({"email": email, "password": password}).encode()
    answer = await ask(app, ("POST", "/v1/session", body), [JSON])
    sent = [text.partition(b";")[0] for name, text in answer.headers if name == b"set-cookie"]
    return Person([(b"accept", b"text/html"), (b"cookie", b"; ".join(sent))])


async def buyer(app: Any, url: str) -> tuple[Person, str]:  # noqa: ANN401 - ASGI
    """Return a guest with a cart, and the address of an order of theirs."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT sku FROM variants JOIN stock ON stock.variant_id = variants.id"
            " WHERE on_hand - reserved > 20 ORDER BY md5(sku) LIMIT 100"
        ).fetchall()
        option = connection.execute("SELECT id FROM shipping_options WHERE active").fetchone()
    lines = [{"sku": sku, "quantity": 1} for (sku,) in rows[:: len(rows) // LINES]]
    carts = [await _told(app, ("POST", "/v1/carts", _json({"lines": lines}))) for _ in range(2)]
    contact = CONTACT | {"shipping_option": str(option[0])}
    for cart in carts:
        await _told(app, ("PUT", f"/v1/carts/{cart['id']}/contact", _json(contact)))
    payment = _json({"payment": {"provider": "manual"}})
    order = await _told(app, ("POST", f"/v1/carts/{carts[1]['id']}/checkout", payment))
    cookie = f"__Host-cart={carts[0]['id']}.{LINES}".encode()
    of_order = f"/orders/{order['id']}?access_token={order['access_token']}"
    return Person([(b"accept", b"text/html"), (b"cookie", cookie)]), of_order


async def _told(app: Any, request: Request) -> Any:  # noqa: ANN401 - JSON
    answer = await ask(app, request, [JSON])
    if answer.status >= 300:  # noqa: PLR2004 - HTTP's first status that is not success
        raise SystemExit(f"{request} → {answer.status} {answer.body[:500]!r}")
    return json.loads(answer.body)


def _json(value: object) -> bytes:
    return json.dumps(value).encode()


def storefront(url: str, order: str) -> Iterator[str]:
    """Give the addresses of the storefront."""
    yield from _filled(url, [pages.common, pages.storefront], {"order": order})


def admin(url: str) -> Iterator[str]:
    yield from _filled(url, [pages.admin], {})


def _filled(url: str, routers: list[Router], known: dict[str, str]) -> Iterator[str]:
    with psycopg.connect(url, autocommit=True) as connection:
        for path in sorted({it for router in routers for it in _paths(router)}):
            if path.startswith("/orders/{") and "order" in known:
                address, _, token = known["order"].partition("?")
                yield f"{path.replace('/orders/{order_id:uuid}', address)}?{token}"
                continue
            wanted = {name: _value(connection, path, name) for name in PARAMETER.findall(path)}
            if all(wanted.values()):
                address = PARAMETER.sub(lambda it, values=wanted: values[it[1]], path)
                yield from (address + it for it in ("", *MORE.get(address, ())))


def _paths(router: Router) -> Iterator[str]:
    for route in router.routes:
        if isinstance(route, HTTPRoute) and "GET" in route.methods and "digest" not in route.path:
            yield route.path


def _value(connection: Any, path: str, name: str) -> str:  # noqa: ANN401 - a connection
    """Return what stands for a part of an address; nothing if the shop has nothing of the kind."""
    kind = path.split("/")[2] if path.count("/") > 1 else ""
    table = TABLES.get(kind, kind.replace("-", "_"))
    sql = IDS.get(name, f"SELECT id FROM {table} LIMIT 1")  # noqa: S608 - our tables
    if path.startswith("/categories"):
        sql = "SELECT slug FROM categories ORDER BY position LIMIT 1"
    try:
        row = connection.execute(sql.encode()).fetchone()
    except psycopg.errors.Error:
        return ""
    return str(row[0]) if row else ""
