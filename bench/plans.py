"""What is asked of each contestant: files of requests for `lua/requests.lua`, and checkouts.

All spread over many products, in an order that is the same in every run.
"""

import json
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from contestants import Contestant

PAGES = 40  # of 24 products
SLUGS = 2_000
SKUS = 20_000
JSON = "Content-Type: application/json"
ID = re.compile(rb'"id"\s*:\s*"([^"]+)"')
LINES = 3  # of a cart that is filled; each is added to twice
BLOCK = 60  # carts filled side by side, so that no two requests at once want the same one
OPENERS = 8

CONTACT = {
    "email": "buyer@example.com",
    "shipping_address": {
        "name": "Ana Buyer",
        "line1": "Calle Mayor 1",
        "city": "Madrid",
        "postal_code": "28013",
        "country": "ES",
    },
}


def column(one: Contestant, sql: LiteralString) -> list[Any]:
    """Read one column of a contestant's database."""
    with psycopg.connect(one.database) as connection:
        return [row[0] for row in connection.execute(sql)]


def gets(paths: Sequence[str]) -> str:
    return "".join(f"GET\t{path}\t\t\n" for path in paths)


def lists(one: Contestant) -> str:
    """Ask for forty pages of the list, by each contestant's own way of paging."""
    if one.name == "yardstick":
        return gets([f"/products?limit=24&count=0&page={n}" for n in range(1, PAGES + 1)])
    return gets(list(_pages(one)))


def _pages(one: Contestant) -> Iterator[str]:
    first, mark = ("/v1/products?limit=24", "&cursor=")
    if one.name == "limit":
        first, mark = ("/products", "?after=")
    path = first
    for _ in range(PAGES):
        yield path
        path = first + mark + json.loads(one.ask("GET", path))["next_cursor"]


def product_pages(one: Contestant) -> str:
    base = "/v1/products" if one.name in {"ours", "before"} else "/products"
    slugs = column(one, "SELECT slug FROM products ORDER BY md5(slug)")
    return gets([f"{base}/{slug}" for slug in slugs[:SLUGS]])


def goods(one: Contestant) -> list[Any]:
    """Return what a line is added by: the shop's SKUs, the yardstick's numbers of variants."""
    if one.name == "yardstick":
        return column(one, "SELECT id FROM variants ORDER BY md5(sku)")[:SKUS]
    return column(one, "SELECT sku FROM variants ORDER BY md5(sku)")[:SKUS]


def additions(one: Contestant, carts: int) -> str:
    """Fill new carts: half of the requests make a line, half add to one."""
    wanted, key, lines = goods(one), "sku", "lines"
    prefix = "/v1/carts"
    if one.name == "yardstick":
        prefix, key, lines = "/carts", "variantId", "items"
    ids = _open(one, prefix, carts)
    requests = []
    for start in range(0, carts, BLOCK):
        for turn in range(2 * LINES):
            for n in range(start, min(start + BLOCK, carts)):
                thing = wanted[(n * LINES + turn % LINES) % len(wanted)]
                body = json.dumps({key: thing, "quantity": 1})
                requests.append(f"POST\t{prefix}/{ids[n]}/{lines}\t{JSON}\t{body}\n")
    return "".join(requests)


def _open(one: Contestant, path: str, carts: int) -> list[str]:
    def several(count: int) -> list[str]:
        connection, ids = one.connection(), []
        for _ in range(count):
            connection.request("POST", path, "{}", {"Content-Type": "application/json"})
            if found := ID.search(connection.getresponse().read()):
                ids.append(found[1].decode())
        connection.close()
        return ids

    with ThreadPoolExecutor(OPENERS) as pool:
        opened = list(chain.from_iterable(pool.map(several, [-(-carts // OPENERS)] * OPENERS)))
    if len(opened) < carts:
        raise SystemExit(f"{one.name}: {len(opened)} of {carts} carts could be opened")
    return opened


def checkout(one: Contestant) -> str:
    """Write the plan of a whole checkout for `lua/checkout.lua`: four calls, two lines."""
    steps = _their_steps() if one.name == "yardstick" else _our_steps(one)
    wanted = ",".join(json.dumps(thing) for thing in goods(one))
    calls = ",\n  ".join("{" + ", ".join(f"[=[{part}]=]" for part in step) + "}" for step in steps)
    return f"return {{skus = {{{wanted}}}, steps = {{\n  {calls}\n}}}}\n"


def _our_steps(one: Contestant) -> list[tuple[str, str, str]]:
    cart = json.loads(one.ask("POST", "/v1/carts", "{}"))["id"]
    contact = dict(CONTACT)
    one.ask("PUT", f"/v1/carts/{cart}/contact", json.dumps(contact))
    options = json.loads(one.ask("GET", f"/v1/carts/{cart}/shipping-options"))["items"]
    contact["shipping_option"] = options[0]["id"]
    return [
        ("POST", "/v1/carts", '{"lines": [{"sku": "$a", "quantity": 1}]}'),
        ("POST", "/v1/carts/$cart/lines", '{"sku": "$b", "quantity": 1}'),
        ("PUT", "/v1/carts/$cart/contact", json.dumps(contact)),
        ("POST", "/v1/carts/$cart/checkout", '{"payment": {"provider": "manual"}}'),
    ]


def _their_steps() -> list[tuple[str, str, str]]:
    who = {"email": CONTACT["email"], "shippingAddress": CONTACT["shipping_address"]}
    return [
        ("POST", "/carts", "{}"),
        ("POST", "/carts/$cart/items", '{"variantId": $a, "quantity": 1}'),
        ("POST", "/carts/$cart/items", '{"variantId": $b, "quantity": 1}'),
        ("POST", "/carts/$cart/checkout", json.dumps(who)),
    ]


def written(path: Path, text: str) -> Path:
    path.write_text(text)
    return path
