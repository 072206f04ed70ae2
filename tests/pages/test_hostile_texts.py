"""Whatever somebody writes into a product, an address or a search is text on every page."""

from html.parser import HTMLParser
from urllib.parse import quote

from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.pages.readers import a_visitor, follow, send
from support.products import a_product, a_shipping_option, a_sku

PAYLOADS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</title></textarea><iframe srcdoc=x>",
    "javascript:alert(1)",
    "{{ 7*7 }}${7*7}",
    "</script><script>alert(1)//",
    '" autofocus onfocus=alert(1) x="',
    "&lt;script&gt;alert(1)&lt;/script&gt;",
]
HOSTILE = " ".join(PAYLOADS)
OURS = {"a", "address", "aside", "article", "b", "body", "br", "button", "code", "dd", "details", "dialog", "div", "dl", "dt", "fieldset", "footer", "form", "h1", "h2", "h3", "head", "header", "html", "img", "input", "label", "legend", "li", "link", "main", "meta", "nav", "noscript", "ol", "option", "p", "s", "script", "section", "select", "span", "summary", "svg", "template", "textarea", "time", "title", "ul", "use"}  # fmt: skip  # noqa: E501


class _Judge(HTMLParser):
    """Collects the tags and attributes that no template of ours writes."""

    def __init__(self) -> None:
        super().__init__()
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OURS:
            self.strange.append(tag)
        for name, text in attrs:
            value = (text or "").strip().lower()
            if name.startswith("on") or name in {"style", "srcdoc"} or value == "x":
                self.strange.append(f"{tag} {name}={text}")
            if name in {"href", "src", "action", "formaction"} and not value.startswith(
                ("/", "#", "https://localhost:8443/", "?")
            ):
                self.strange.append(f"{tag} {name}={text}")
        if tag == "script" and not dict(attrs).keys() & {"src", "type"}:
            self.strange.append("script inside the page")


def strange(page: Response) -> list[str]:
    judge = _Judge()
    judge.feed(page.text)
    return judge.strange


async def test_hostile_texts_stay_texts(shop: ASGIApp, staff: AsyncClient) -> None:
    visitor, option = a_visitor(shop), await a_shipping_option(490)
    name = HOSTILE[:180]
    variant = {
        "sku": a_sku(),
        "prices": {"EUR": 100},
        "options": {name[:60]: name[:60]},
        "stock": 5,
    }
    product = await a_product(
        staff,
        name=name,
        description=HOSTILE,
        options=[{"name": name[:60], "values": [name[:60]]}],
        variants=[variant],
        attributes={"Care": HOSTILE},
    )
    address = {
        "email": "ada@example.com",
        "shipping_address/name": name,
        "shipping_address/line1": name,
        "shipping_address/city": name,
        "shipping_address/country": "ES",
        "shipping_option": option,
    }

    seen = [await visitor.get("/"), await visitor.get(f"/products?q={quote(name)}")]
    seen.append(await visitor.get(f"/products?min_price={quote(name)}&sort={quote(name)}"))
    seen.append(await visitor.get(f"/{quote(name, safe='')}"))
    seen.append(await visitor.get(f"/login?next={quote(name)}"))
    seen.append(await visitor.get(f"/verify?token={quote(name)}"))
    seen.append(await visitor.get(f"/products/{product['slug']}"))
    seen.append(await follow(visitor, await send(visitor, seen[-1], "/cart")))
    seen.append(await send(visitor, seen[-1], "/cart/codes", code=name[:60]))
    page = await visitor.get("/checkout")
    seen.append(await send(visitor, page, "/checkout", ("do", "pay"), **{**address, "email": name}))
    page = await follow(
        visitor, await send(visitor, page, "/checkout", ("do", "update"), **address)
    )
    placed = await send(visitor, page, "/checkout", ("do", "pay"), **{"payment/provider": "manual"})
    seen.append(await follow(visitor, placed))
    seen.append(await visitor.get(str(seen[-1].url), headers={"accept-language": "es"}))

    assert {str(it.url): strange(it) for it in seen} == {str(it.url): [] for it in seen}
