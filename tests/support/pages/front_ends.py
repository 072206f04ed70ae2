"""examples/storefront, served on an origin of its own."""

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
from examples.storefront import serve
from playwright.async_api import Page
from support.processes.nodes import Node, eventually, free_port

from trastienda_client import Shop
from trastienda_client.schemas import ChannelPatch, Credentials
from trastienda_client.staff import change_channel
from trastienda_client.store import log_in

WITHOUT_TOKEN = """async (shop) => {
  const options = { method: "DELETE", credentials: "include" };
  return (await fetch(`${shop}/v1/session`, options)).status;
}"""
"""Tries to log out without the CSRF token, and returns the status."""
AS_A_STRANGER = """async (shop) => {
  const form = { method: "POST", mode: "no-cors", body: "{}" };
  const read = ["/v1/session", "/v1/products", "/v1/orders"].map((path) => [path, {}]);
  const asked = [...read, ["/v1/carts", form]];
  const options = { credentials: "include" };
  const told = asked.map(([path, more]) => fetch(shop + path, { ...options, ...more }));
  const names = told.map((it) => it.then((answer) => answer.status, (error) => error.name));
  return Promise.all(names);
}"""
"""Reads and writes, as a page that the shop does not know would like to; returns what it learns."""


@contextmanager
def front_end(node: Node) -> Iterator[str]:
    """Serve the example for this shop, and return its origin."""
    server = serve.server(node.data / "tls", free_port(), f"https://localhost:{node.port}")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"https://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def login(node: Node) -> dict[str, str]:
    """Return the email and password of the demonstration's owner."""
    found: dict[str, str] = json.loads((node.data / "demo-login.json").read_text())
    return found


def allow(node: Node, origin: str) -> None:
    """List an origin in the channel, and wait until the worker knows."""
    shop = f"https://localhost:{node.port}"
    trust = ssl.create_default_context(cafile=node.data / "tls/ca.pem")
    with Shop(shop, verify=trust) as client:
        client.send(log_in(Credentials(**login(node))))
        client.send(change_channel(ChannelPatch(origins=[origin])))
    with httpx.Client(verify=trust, headers={"Origin": origin}) as page:
        allowed = "access-control-allow-origin"
        eventually(lambda: allowed in page.get(f"{shop}/v1/session").headers, "a known origin")


async def to_payment(page: Page) -> None:
    """Find a mug, put two into the cart, and give an address."""
    await page.get_by_label("What are you looking for?").fill("blue mug")
    await page.keyboard.press("Enter")
    await page.get_by_role("link", name="Mug").first.click()
    await page.get_by_label("Quantity").fill("2")
    await page.get_by_role("button", name="Add to cart").click()
    await page.get_by_role("link", name="Check out").click()
    for label, text in {
        "E-mail": "ada@example.com",
        "Name": "Ada Lovelace",
        "Street and number": "Calle Mayor 1",
        "Postal code": "28013",
        "City": "Madrid",
    }.items():
        await page.get_by_label(label).fill(text)
    await page.get_by_role("button", name="Continue").click()


async def pay(page: Page, card: str) -> None:
    """Pay with one of the test cards."""
    await page.get_by_label("Card").select_option(card)
    await page.get_by_role("button", name="Order and pay").click()


async def log_in_there(page: Page, node: Node) -> None:
    """Log in as the owner, on the page of the account."""
    owner = login(node)
    await page.get_by_role("link", name="Account").click()
    await page.get_by_label("E-mail").fill(owner["email"])
    await page.get_by_label("Password").fill(owner["password"])
    await page.get_by_role("button", name="Log in").click()
    await page.get_by_role("heading", name=owner["email"]).wait_for()
