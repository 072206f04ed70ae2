"""A form's fields as the struct that a controller takes, and what is wrong with them."""

import pytest

from trastienda.database.models.shared.text import Locale
from trastienda.errors import Conflict
from trastienda.handlers.pages import forms
from trastienda.handlers.pages.answers import local
from trastienda.handlers.pages.forms import AmountUnreadable, Form, FormIncomplete
from trastienda.schemas.carts.cart import Contact, LineDraft
from trastienda.schemas.orders.order import Checkout
from trastienda.schemas.promotions.promotion import PromotionPatch
from trastienda.schemas.returns.order_return import ReturnDraft

ADDRESS = {"name": "Ada", "line1": "Calle Mayor 1", "city": "Madrid", "country": "ES"}


def a_contact(**more: str) -> Form:
    fields = {f"shipping_address/{name}": text for name, text in ADDRESS.items()}
    return Form(email="ada@example.com", **fields, **more)


def test_names_of_fields_are_places_in_the_struct() -> None:
    contact = a_contact(**{"shipping_address/line2": "", "billing_address/name": " "}).to(Contact)

    assert (contact.email, contact.shipping_address.city) == ("ada@example.com", "Madrid")
    assert contact.shipping_address.line2 is None
    assert contact.billing_address is None


def test_rows_become_a_list_in_the_order_of_their_numbers() -> None:
    ids = [f"00000000-0000-0000-0000-00000000000{n}" for n in (1, 2)]
    pairs = [("reason", "changed_mind"), ("lines/10/line_id", ids[1]), ("lines/10/quantity", "2")]
    pairs += [("lines/2/line_id", ids[0]), ("lines/2/quantity", "1")]

    draft = Form(pairs).to(ReturnDraft)

    assert [(str(it.line_id), it.quantity) for it in draft.lines] == [(ids[0], 1), (ids[1], 2)]


def test_every_fault_is_found_at_once_and_stands_beside_its_field() -> None:
    form = Form(
        email="nobody", **{"shipping_address/name": "Ada", "shipping_address/country": "es"}
    )

    with pytest.raises(FormIncomplete) as refused:
        form.to(Contact)
    form.refuse(refused.value, Locale.SPANISH)

    assert set(form.errors) == {
        "email",
        "shipping_address/line1",
        "shipping_address/city",
        "shipping_address/country",
    }
    assert form.error("shipping_address/city") == "Este dato es obligatorio."
    assert form.status == 422
    assert form.get("email") == "nobody"


def test_a_form_fills_only_what_the_struct_has() -> None:
    """Fields that somebody adds to a form have no way into a controller."""
    form = Form(sku="MUG", quantity="2", price="1", key="k", csrf_token="t")

    assert form.to(LineDraft) == LineDraft("MUG", 2)


def test_an_empty_field_of_a_patch_clears_what_may_be_empty() -> None:
    assert Form(**{"payment/provider": "manual", "payment/token": ""}).to(Checkout).payment
    assert Form(name="").to(PromotionPatch) == PromotionPatch()


def test_what_is_refused_without_a_field_stands_above_the_form() -> None:
    form = Form().refuse(Conflict(), Locale.ENGLISH)

    assert (form.errors, form.status) == ({}, 409)
    assert form.refusal == "The request was fine; the state of the shop does not allow it."


@pytest.mark.parametrize(
    ("text", "currency", "locale", "amount"),
    [
        ("12.50", "EUR", Locale.ENGLISH, 1_250),
        ("1,234.5", "EUR", Locale.ENGLISH, 123_450),
        ("12,50", "EUR", Locale.SPANISH, 1_250),
        ("12.50", "EUR", Locale.SPANISH, 1_250),
        ("1.234,50", "EUR", Locale.SPANISH, 123_450),
        ("1.234", "EUR", Locale.SPANISH, 123_400),
        ("1200", "JPY", Locale.ENGLISH, 1_200),
        (" 3 ", "KWD", Locale.ENGLISH, 3_000),
    ],
)
def test_amounts_are_read_as_people_write_them(
    text: str, currency: str, locale: Locale, amount: int
) -> None:
    assert forms.amount(text, currency, locale, pointer="/price") == amount


@pytest.mark.parametrize("text", ["", "12,5,0", "1.234", "12 EUR", "NaN", "1e5", "12.345", "١٢"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(AmountUnreadable):
        forms.amount(text, "EUR", Locale.ENGLISH, pointer="/price")


@pytest.mark.parametrize(
    "address",
    ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "", "/a\nb"],
)
def test_a_page_leads_nowhere_else(address: str) -> None:
    assert local(address) == "/"


def test_a_page_leads_to_its_own_addresses() -> None:
    assert local("/admin/orders?status=open#x") == "/admin/orders?status=open#x"
