"""Pages as a browser without scripts sees them: their forms, which are sent as it would."""

from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin

from httpx import AsyncClient, Response
from litestar.types import ASGIApp
from support.people import HERE, PASSWORD, a_browser, a_customer, an_address

BARE = frozenset({"br", "hr", "img", "input", "link", "meta"})


class FormOnPage(NamedTuple):
    action: str
    method: str
    fields: list[tuple[str, str]]


class _Reader(HTMLParser):
    """Collects the forms of a page with what is filled into them, and its visible text."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self.text: list[str] = []
        self._into: list[tuple[str, str]] | None = None
        self._select, self._area, self._silent = "", "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: text or "" for name, text in attrs}
        if tag in {"script", "style", "template"}:
            self._silent += 1
        if tag == "form":
            form = FormOnPage(known.get("action", ""), known.get("method", "get"), [])
            self.forms.append(form)
            self._into = form.fields
        if self._into is None:
            return
        name = known.get("name", "")
        ticks = known.get("type") in {"checkbox", "radio"}
        unticked = ticks and "checked" not in known
        if tag == "input" and name and not unticked:
            self._into.append((name, known.get("value", "on" if ticks else "")))
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            self._into.append((name, ""))
        elif tag == "option" and self._select:
            chosen = [it for it in self._into if it[0] == self._select]
            if "selected" in known and chosen:
                self._into.remove(chosen[0])
            if "selected" in known or not chosen:
                self._into.append((self._select, known.get("value", "")))

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style", "template"}:
            self._silent -= 1
        elif tag == "form":
            self._into = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and self._into:
            name, text = self._into.pop()
            self._into.append((name, text + data.removeprefix("\n")))
        elif not self._silent:
            self.text.append(data)


def read(page: Response) -> _Reader:
    reader = _Reader()
    reader.feed(page.text)
    return reader


def words(page: Response) -> str:
    """Return what a page says, without its tags, with single blanks."""
    return " ".join(" ".join(read(page).text).split())


def form_of(page: Response, action: str) -> FormOnPage:
    """Return the first form of a page with this action."""
    return next(it for it in read(page).forms if it.action.partition("?")[0] == action)


def beside(page: Response, what: str) -> str:
    """Return where the first form leads that stands in the row about something."""
    _, _, row = page.text.partition(f">{what}<")
    return row.split('action="')[1].split('"')[0]


async def send(
    browser: AsyncClient, page: Response, action: str, *more: tuple[str, str], **fields: str
) -> Response:
    """Send a form of a page, with these fields instead of its own, and do not follow."""
    form = form_of(page, action)
    changed = {**fields, **dict(more)}
    kept = [pair for pair in form.fields if pair[0] not in changed]
    data: dict[str, list[str]] = {}
    for name, text in [*kept, *changed.items()]:
        data.setdefault(name, []).append(text)
    address = urljoin(str(page.url), form.action)
    return await browser.post(address, data=data, headers={"origin": HERE})


async def undo(browser: AsyncClient, page: Response) -> Response:
    """Press *Undo* in what a page says once, and do not follow."""
    _, _, toast = page.text.partition('<div class="toast done">')
    form = read(Response(200, text=toast)).forms[0]
    address = urljoin(str(page.url), form.action)
    return await browser.post(address, data=dict(form.fields), headers={"origin": HERE})


async def follow(browser: AsyncClient, answer: Response) -> Response:
    """Go where a form leads after it was sent."""
    assert answer.status_code == 303, answer.text
    return await browser.get(answer.headers["location"])


def a_visitor(shop: ASGIApp, **headers: str) -> AsyncClient:
    """Open a browser that asks for pages, in English."""
    return a_browser(shop, **{"Accept": "text/html", "Accept-Language": "en", **headers})


async def a_customer_at_pages(shop: ASGIApp, email: str | None = None) -> AsyncClient:
    """Log in by the form, as a customer who has just confirmed their address."""
    email = email or an_address()
    await a_customer(shop, email)
    browser = a_visitor(shop)
    page = await browser.get("/login")
    answer = await send(browser, page, "/login", email=email, password=PASSWORD)
    assert answer.status_code == 303, answer.text
    return browser
