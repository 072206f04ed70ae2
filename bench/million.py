"""What an order and each list of staff cost in a shop with a million orders, and in one with few.

Three shops with the same catalogue are databases of one PostgreSQL: one has no orders, one a few,
which fill a page of each list, and one many. They take turns. What is counted is processor time: of
the web server, and of the connections of its database. See README.md.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from pathlib import Path
from shutil import rmtree
from statistics import median
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg
from contestants import HERE, Contestant, environment, running
from machine import facts, processor_seconds
from plans import CONTACT

from trastienda.postgres import embedded

FEW = 5_000
PRODUCTS = 1_000
ORDER, MOST_LIST, MOST_ORDER = "one order", 1.5, 1.2
PROGRAM = [sys.executable, "-m", "trastienda"]
BACKENDS = """
    SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'
"""
KNOWN = """
    SELECT orders.id, number, email, sku, shipping_address ->> 'name', orders.total,
        to_char(placed_at, 'YYYY-MM-DD'), to_char(placed_at + interval '2 days', 'YYYY-MM-DD')
    FROM orders JOIN order_lines ON order_id = orders.id
    WHERE fulfilment_status = 'fulfilled' ORDER BY placed_at DESC, position OFFSET 1000 LIMIT 1
"""
"""What is looked for: it is there in both shops that have orders."""
Costs = dict[str, dict[str, list[tuple[float, float]]]]


@dataclass
class Shop:
    """One shop and its web server, which is asked on one connection."""

    name: str
    one: Contestant
    superuser_url: str
    key: str
    skus: list[str] = field(default_factory=list)
    option: str = ""
    placed: int = 0
    paths: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None

    def ask(self, method: str, path: str, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Ask; anything but success ends the whole run."""
        if self.connection is None:
            self.connection = self.one.connection()
        sent = json.dumps(body) if body is not None else None
        headers = {"Content-Type": "application/json"} if sent else {}
        if path.startswith("/v1/admin"):
            headers["Authorization"] = f"Bearer {self.key}"
        self.connection.request(method, path, sent, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status >= 300:  # noqa: PLR2004 - HTTP's first status that is not success
            raise SystemExit(f"{self.name}: {method} {path} → {answer.status} {text[:300]!r}")
        return json.loads(text)

    def order(self) -> None:
        """Order two things, as a buyer does: four calls."""
        self.placed += 1
        first, second = (self.skus[(self.placed * 2 + it) % len(self.skus)] for it in (0, 1))
        lines = [{"sku": first, "quantity": 1}]
        cart = self.ask("POST", "/v1/carts", {"lines": lines})["id"]
        self.ask("POST", f"/v1/carts/{cart}/lines", {"sku": second, "quantity": 2})
        self.ask("PUT", f"/v1/carts/{cart}/contact", CONTACT | {"shipping_option": self.option})
        self.ask("POST", f"/v1/carts/{cart}/checkout", {"payment": {"provider": "manual"}})

    def spent(self) -> dict[str, float]:
        """Return seconds of processor time, of the server and of each of its connections."""
        with psycopg.connect(self.superuser_url) as watching:
            name = urlsplit(self.one.database).path[1:]
            pids = [row[0] for row in watching.execute(BACKENDS, [name])]
        seconds = {str(pid): processor_seconds(pid) for pid in pids}
        return seconds | {"server": processor_seconds(self.one.pid)}

    def cost(self, act: Callable[[], object], times: int) -> tuple[float, float]:
        """Return the µs of server and PostgreSQL for each time, on a connection of its own."""
        self.connection = None  # the server closes one that has been quiet
        act()
        before = self.spent()
        for _ in range(times):
            act()
        after = {name: it - before.get(name, 0.0) for name, it in self.spent().items()}
        server = after.pop("server")
        return server * 1e6 / times, sum(after.values()) * 1e6 / times


def lists(shop: Shop) -> Iterator[tuple[str, str]]:
    """Give the address of each list, with what is looked for in this shop."""
    with psycopg.connect(shop.one.database) as connection:
        id_, number, email, sku, name, total, day, later = connection.execute(KNOWN).fetchall()[0]
    orders = "/v1/admin/orders"
    wanted: dict[str, dict[str, object]] = {
        "newest": {},
        "oldest": {"sort": "oldest"},
        "largest": {"sort": "-total", "currency": "EUR"},
        "by number": {"number": number},
        "by email": {"email": email},
        "by name": {"name": name},
        "by SKU": {"sku": sku},
        "by tag": {"tag": "gift"},
        "of two days": {"placed_from": f"{day}T00:00:00Z", "placed_until": f"{later}T00:00:00Z"},
        "by total": {"currency": "EUR", "total_min": total, "total_max": total + 2_000},
        "cancelled": {"status": "cancelled"},
        "paid, not sent": {"payment_status": "paid", "fulfilment_status": "unfulfilled"},
        "partly sent, of which there are none": {"fulfilment_status": "partially_fulfilled"},
        "refunded, with a tag": {"payment_status": "refunded", "tag": "vip"},
        "searched by number": {"q": number},
        "searched by email": {"q": email},
    }
    for what, query in wanted.items():
        yield f"orders, {what}", f"{orders}?{urlencode(query)}"
    page = shop.ask("GET", f"{orders}?limit=100")
    yield "orders, a later page", f"{orders}?{urlencode({'cursor': page['next_cursor']})}"
    for part in ("", "/timeline", "/payments", "/refunds", "/edits"):
        yield f"an order{part and ': ' + part[1:]}", f"{orders}/{id_}{part}"
    for what in ("returns", "draft-orders", "invoices", "gift-cards", "mail"):
        yield what, f"/v1/admin/{what}"


def made(given: argparse.Namespace, server: embedded.Embedded) -> Iterator[Shop]:
    """Make the shops, or go on with what an earlier run has kept."""
    work, url = given.work, server.url
    settings = partial(
        environment,
        TRASTIENDA_DATA=str(work / "shop"),
        TRASTIENDA_HTTP_PORT="0",
        TRASTIENDA_WORKERS="1",
        TRASTIENDA_RATE_LIMITS="off",
        TRASTIENDA_LOG_LEVEL="warning",
    )
    key = work / "key"
    if not key.exists():
        key.write_text(catalogue(settings(DATABASE_URL=url)))
    copies = {"none": 0, "few": FEW, "many": given.orders}
    for place, (name, orders) in enumerate(copies.items()):
        copy(server.superuser_url, urlsplit(url).path[1:], name)
        own, port = urlunsplit(urlsplit(url)._replace(path=f"/{name}")), given.port + place
        told = settings(DATABASE_URL=own, TRASTIENDA_PORT=str(port))
        if orders > present(own):
            called(told, f"seed --orders {orders}")
        authority = work / "shop/tls/ca.pem"
        address, serve = f"https://localhost:{port}", [*PROGRAM, "serve"]
        one = Contestant(name, address, own, serve, HERE, told, authority)
        yield Shop(name, one, server.superuser_url, key.read_text())


def catalogue(told: dict[str, str]) -> str:
    """Make what the shops have in common; return a key to them."""
    called(told, "migrate")
    called(told, f"seed --products {PRODUCTS}")
    return called(told, "keys create --name bench --role owner")


def called(told: dict[str, str], command: str) -> str:
    """Run a command of ours; return what it wrote."""
    done = subprocess.run(  # noqa: S603 - ours
        [*PROGRAM, *command.split()], env=told, check=True, stdout=subprocess.PIPE, text=True
    )
    return done.stdout.strip()


def present(url: str) -> int:
    """Count the orders of a shop."""
    with psycopg.connect(url) as connection:
        return int(connection.execute("SELECT count(*) FROM orders").fetchall()[0][0])


def copy(superuser_url: str, base: str, name: str) -> None:
    """Copy a database, unless there is one of that name."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if not found.fetchall():
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{base}"'.encode())


def measured(shops: dict[str, Shop], given: argparse.Namespace) -> Costs:
    """Take turns: every measure, every shop, then again from another one on."""
    costs: Costs = {}
    asked = dict.fromkeys(shops["many"].paths, ("few", "many")) | {ORDER: ("none", "many")}
    for turn in range(-1, given.rounds):  # the first one warms up
        for what, names in asked.items():
            for name in names[:: 1 if turn % 2 else -1]:
                shop = shops[name]
                act = partial(shop.ask, "GET", shop.paths.get(what, ""))
                times = given.times
                spent = shop.cost(shop.order if what == ORDER else act, times)
                if turn >= 0:
                    costs.setdefault(what, {}).setdefault(name, []).append(spent)
        print(f"turn {turn + 1} of {given.rounds}", file=sys.stderr, flush=True)
    return costs


def table(costs: Costs) -> Iterator[str]:
    yield "| processor µs: server + PostgreSQL | few orders | many | many ÷ few | |"
    yield "|---|--:|--:|--:|---|"
    for what, by in costs.items():
        most, few = (MOST_ORDER, "none") if what == ORDER else (MOST_LIST, "few")
        ratio = whole(by["many"]) / whole(by[few])
        cells = [what, split(by[few]), split(by["many"]), f"{ratio:.2f}"]
        yield f"| {' | '.join(cells)} | {'' if ratio <= most else f'more than {most}'} |"


def whole(turns: list[tuple[float, float]]) -> float:
    return median(sum(it) for it in turns)


def split(turns: list[tuple[float, float]]) -> str:
    return " + ".join(f"{median(column):,.0f}" for column in zip(*turns, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--times", type=int, default=60, help="for each measure and turn")
    parser.add_argument("--port", type=int, default=4411, help="the first of three")
    parser.add_argument("--work", type=Path, default=HERE / ".work" / "million")
    parser.add_argument("--keep", action="store_true", help="the data, for the next run")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    known = facts()
    try:
        with ExitStack() as stack:
            server = stack.enter_context(embedded.running(given.work))
            shops = {shop.name: shop for shop in made(given, server)}
            for name, shop in shops.items():
                stack.enter_context(running(shop.one, given.work / f"{name}.log"))
                with psycopg.connect(shop.one.database) as connection:
                    rows = connection.execute("SELECT sku FROM variants ORDER BY md5(sku)")
                    shop.skus = [row[0] for row in rows]
                    rows = connection.execute("SELECT id::text FROM shipping_options LIMIT 1")
                    shop.option = rows.fetchall()[0][0]
                if name != "none":
                    shop.paths = dict(lists(shop))
            costs = measured(shops, given)
    finally:
        if not given.keep:
            rmtree(given.work, ignore_errors=True)
    print("\n".join(table(costs)))
    print(f"\n{', '.join(f'{name}: {it}' for name, it in known.items())}; {given.orders:,} orders")


if __name__ == "__main__":
    main()
