"""The Python client with a shop in trouble: what it repeats, what it raises, what it sends."""

from collections.abc import Callable
from uuid import uuid4

import httpx
import pytest

from trastienda_client import AsyncShop, Form, NoAnswer, Refusal, Shop, staff, store
from trastienda_client.problems import CartNotFound, KeyInUse, TooOften, TotalChanged
from trastienda_client.schemas import (
    CartDraft,
    CategoryPatch,
    Checkout,
    Credentials,
    OrderStatus,
    PaymentChoice,
)

pytestmark = pytest.mark.once
URL = "https://shop.example"
CUT = httpx.ReadError("the connection was cut")
Given = httpx.Response | Exception


class Asked(httpx.MockTransport):
    """A shop that answers with these, one after the other, and keeps what it was asked."""

    def __init__(self, *given: Given) -> None:
        super().__init__(self._answer)
        self.given, self.requests = list(given), list[httpx.Request]()

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.given.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def sent(self, header: str) -> list[str | None]:
        return [it.headers.get(header) for it in self.requests]


def problem(kind: str, status: int, retry_after: int | None = None, **facts: object) -> Given:
    headers = {"Content-Type": "application/problem+json"}
    if retry_after is not None:
        headers["Retry-After"] = str(retry_after)
    body = {"type": f"/problems/{kind}", "title": "No.", "status": status, "instance": "1"} | facts
    return httpx.Response(status, json=body, headers=headers)


def a_cart() -> httpx.Response:
    totals = dict.fromkeys(
        ("subtotal", "discount", "shipping", "tax", "tax_included", "tax_added", "total"), 0
    )
    empty = dict.fromkeys(("email", "shipping_address", "billing_address", "shipping_option"))
    lists: dict[str, object] = {"lines": [], "coupons": [], "problems": []}
    known = {"id": "c", "version": 1, "currency": "EUR", "totals": totals, "new_in_2030": 1}
    return httpx.Response(201, json=known | empty | lists)


def test_all_tries_of_a_call_have_one_key() -> None:
    asked = Asked(problem("key-in-use", 409, 0), problem("database-away", 503, 0), a_cart())
    with Shop(URL, transport=asked) as shop:
        cart = shop.send(store.open_cart(CartDraft()))
        asked.given += [a_cart()]
        shop.send(store.open_cart(CartDraft()), idempotency_key="of-the-buyer's-action")

    first, *again, other = asked.sent("Idempotency-Key")
    assert again == [first, first]
    assert len(first or "") >= 22
    assert other == "of-the-buyer's-action"
    assert (cart.id, cart.amount_due, cart.gift_cards) == ("c", 0, [])


async def test_asynchronously_it_is_the_same() -> None:
    asked = Asked(problem("too-many-at-once", 503, 0), a_cart())
    async with AsyncShop(URL, transport=asked) as shop:
        cart = await shop.send(store.open_cart(CartDraft()))

    assert cart.id == "c"
    assert len(set(asked.sent("Idempotency-Key"))) == 1


@pytest.mark.parametrize(
    ("given", "expected", "tries"),
    [
        ([CUT] * 3, NoAnswer, 3),
        ([httpx.Response(502, headers={"Retry-After": "0"})] * 3, NoAnswer, 3),
        ([httpx.Response(413)], NoAnswer, 1),
        ([httpx.Response(201, text="<html>")] * 3, NoAnswer, 3),
        ([problem("key-in-use", 409, 0)] * 3, KeyInUse, 3),
        ([problem("too-often", 429, 3_600)], TooOften, 1),
        ([problem("of-a-newer-shop", 409)], Refusal, 1),
        ([problem("internal-error", 500, 0)], Refusal, 1),
    ],
)
def test_it_gives_up_when_another_try_is_of_no_use(
    given: list[Given], expected: type[Exception], tries: int
) -> None:
    asked = Asked(*given)
    shop = Shop(URL, transport=asked, tries=3, first_pause=0)

    with shop, pytest.raises(expected) as raised:
        shop.send(store.open_cart(CartDraft()))

    assert type(raised.value) is expected
    assert len(asked.requests) == tries


def test_what_takes_no_key_is_sent_once() -> None:
    asked = Asked(CUT)
    login = store.log_in(Credentials(email="ana@example.com", password="a secret of hers"))

    with Shop(URL, transport=asked) as shop, pytest.raises(NoAnswer) as raised:
        shop.send(login)

    assert raised.value.__cause__ is CUT
    assert asked.sent("Idempotency-Key") == [None]


def test_a_problem_has_its_facts() -> None:
    changed = problem("total-changed", 409, expected_total=1, total=2990)
    body = Checkout(payment=PaymentChoice(provider="test", token="ok"), expected_total=1)

    with Shop(URL, transport=Asked(changed)) as shop, pytest.raises(TotalChanged) as raised:
        shop.send(store.checkout("c", body))

    assert (raised.value.total, raised.value.title, raised.value.errors) == (2990, "No.", [])


def session(client: str, token: str) -> Callable[..., httpx.Response]:
    cookies = [("Set-Cookie", f"__Host-{client}={token}; Path=/; Secure")]
    return lambda: httpx.Response(200, json={"visitor": None, "csrf_token": token}, headers=cookies)


def test_a_stale_csrf_token_is_asked_for_again_once() -> None:
    wrong = [problem("csrf-token-wrong", 403) for _ in range(2)]
    logged_in, renewed = session("session", "old"), session("session", "new")
    asked = Asked(logged_in(), wrong[0], renewed(), a_cart())
    with Shop(URL, transport=asked) as shop:
        shop.send(store.log_in(Credentials(email="ana@example.com", password="a secret of hers")))
        shop.send(store.open_cart(CartDraft()))

        assert asked.sent("X-CSRF-Token") == [None, "old", None, "new"]
        assert asked.sent("Idempotency-Key")[1] == asked.sent("Idempotency-Key")[3]

        asked.given += [wrong[0], renewed(), wrong[1]]
        with pytest.raises(Refusal):
            shop.send(store.open_cart(CartDraft()))
        assert asked.given == []


def test_a_key_goes_without_cookies_and_token() -> None:
    asked = Asked(session("session", "s")(), a_cart())
    with Shop(URL, key="tk_1", transport=asked, locale="es") as shop:
        shop.send(store.show_session())
        shop.send(store.open_cart(CartDraft()))

    assert asked.sent("Authorization") == ["Bearer tk_1"] * 2
    assert asked.sent("X-CSRF-Token") == [None, None]
    assert asked.sent("Accept-Language") == ["es"] * 2


@pytest.mark.parametrize("segment", ["", ".", ".."])
def test_a_parameter_leads_to_no_other_address(segment: str) -> None:
    with pytest.raises(ValueError, match="cart_id"):
        store.get_cart(segment)
    assert store.get_cart("a/../b?c").path == "/v1/carts/a%2F..%2Fb%3Fc"


def test_parameters_are_texts_and_may_be_repeated() -> None:
    asked = Asked(problem("filter-unusable", 422))
    call = store.list_products(q="two words", filter=["Colour=Blue", "Size=L"], in_stock=True)

    with Shop(URL, transport=asked) as shop, pytest.raises(Refusal):
        shop.send(call)

    (request,) = asked.requests
    assert request.url.params.multi_items() == [
        ("q", "two words"),
        ("in_stock", "true"),
        ("filter", "Colour=Blue"),
        ("filter", "Size=L"),
    ]


def test_a_cart_that_is_not_there() -> None:
    asked = Asked(problem("cart-not-found", 404))
    with Shop(URL, transport=asked) as shop, pytest.raises(CartNotFound):
        shop.send(store.get_cart("gone"))


def test_a_change_tells_null_from_what_it_leaves_out() -> None:
    category = uuid4()
    call = staff.change_category(category, CategoryPatch(parent=None), if_match=7)
    asked = Asked(problem("category-not-found", 404))

    with Shop(URL, key="tk_1", transport=asked) as shop, pytest.raises(Refusal):
        shop.send(call)

    (request,) = asked.requests
    assert request.content == b'{"parent":null}'
    assert request.headers["If-Match"] == '"7"'


def test_a_form_has_the_same_bytes_in_each_try() -> None:
    form = Form(b"\x89PNG", "mug.png", {"alt": '{"en": "A mug"}'})
    asked = Asked(problem("key-in-use", 409, 0), problem("picture-empty", 422))

    with Shop(URL, key="tk_1", transport=asked) as shop, pytest.raises(Refusal):
        shop.send(staff.upload_media(form))

    first, second = asked.requests
    assert first.content == second.content
    assert b'name="alt"\r\n\r\n{"en": "A mug"}' in first.content
    assert first.headers["Content-Type"].startswith("multipart/form-data; boundary=")


def test_a_word_of_a_newer_shop_is_kept() -> None:
    newer = OrderStatus("paused")

    assert newer == "paused"
    assert newer is not OrderStatus.OPEN
    assert OrderStatus("open") is OrderStatus.OPEN
