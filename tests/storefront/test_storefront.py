"""The logo, colours and texts of the storefront, and its legal pages, over the API."""

from asyncio import gather
from collections.abc import AsyncIterator
from typing import Any

import pytest
from httpx import AsyncClient
from support.background import ask
from support.media.pictures import a_ready_picture, uploaded
from support.people import a_member_of_staff
from support.refusals import changes_once, refusal

from trastienda.application import Application
from trastienda.database.models.accounts.user import Role

SETTINGS, LEGAL = "/v1/admin/storefront", "/v1/admin/legal-pages"
NOTHING: dict[str, Any] = {
    "logo": None,
    "brand_colour": None,
    "dark_brand_colour": None,
    "accent_colour": None,
    "texts": {},
}
TERMS = {
    "en": {"title": "Terms", "text": "We sell.\r\n\r\nYou buy."},
    "es": {"title": "Condiciones", "text": "Vendemos."},
}


@pytest.fixture(autouse=True)
async def _as_before(staff: AsyncClient) -> AsyncIterator[None]:
    """Take back what all tests share, before and after."""
    await _reset(staff)
    yield
    await _reset(staff)


async def _reset(staff: AsyncClient) -> None:
    assert (await staff.patch(SETTINGS, json=NOTHING)).status_code == 200
    for page in (await staff.get(LEGAL)).json()["items"]:
        assert (await staff.delete(f"{LEGAL}/{page['kind']}")).status_code == 204


async def test_colours_and_texts_are_shown_as_soon_as_they_are_saved(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    texts = {"en": {"welcome": "Tiles", "footer": "  "}, "es": {"welcome": "Azulejos"}}
    patch: dict[str, object] = {
        "brand_colour": "#FFDD00",
        "accent_colour": "#102030",
        "texts": texts,
    }

    late = await changes_once(staff, SETTINGS, patch)
    saved = await staff.get(SETTINGS)
    seen = (await buyer.get("/v1/storefront?locale=es")).json()

    assert refusal(late)[:2] == (412, "storefront-changed")
    assert saved.json()["brand_colour"] == "#ffdd00"
    assert seen["texts"] == {
        "announcement": None,
        "welcome": "Azulejos",
        "introduction": None,
        "footer": None,
    }
    assert seen["palette"]["light"] | {"link": ""} == {
        "brand": "#ffdd00",
        "on_brand": "#000000",
        "link": "",
    }
    assert (seen["palette"]["accent"], seen["palette"]["on_accent"]) == ("#102030", "#ffffff")
    assert seen["currencies"][0] == "EUR"


@pytest.mark.parametrize(
    ("patch", "status", "pointer"),
    [
        ({"brand_colour": "red"}, 400, "/brand_colour"),
        ({"texts": {"en": {"welcome": "a" * 201}}}, 400, "/texts"),
        ({"logo": "019ab3f2-5c1e-7d3a-9f00-2f6d1c0a7b11"}, 422, "/logo"),
    ],
)
async def test_what_cannot_be_used_is_refused_and_changes_nothing(
    staff: AsyncClient, patch: dict[str, object], status: int, pointer: str
) -> None:
    before = (await staff.get(SETTINGS)).json()

    answer = await staff.patch(SETTINGS, json={"accent_colour": "#000000", **patch})

    assert (refusal(answer)[0], refusal(answer)[2]) == (status, pointer)
    assert (await staff.get(SETTINGS)).json() == before


async def test_the_logo_is_a_picture_that_is_ready_and_cannot_be_deleted_meanwhile(
    shop: Application, staff: AsyncClient, buyer: AsyncClient
) -> None:
    waiting, ready = await uploaded(staff), await a_ready_picture(shop, staff)

    early = await staff.patch(SETTINGS, json={"logo": waiting["id"]})
    set_ = await staff.patch(SETTINGS, json={"logo": ready["id"]})
    logo = (await buyer.get("/v1/storefront")).json()["logo"]
    kept = await staff.delete(f"/v1/admin/media/{ready['id']}")
    await staff.patch(SETTINGS, json={"logo": None})
    gone = await staff.delete(f"/v1/admin/media/{ready['id']}")

    assert refusal(early) == (422, "logo-not-ready", "/logo")
    assert set_.status_code == 200, set_.text
    assert (logo["width"], logo["height"]) == (8, 6)
    assert logo["url"].startswith(f"/media/{ready['id']}/")
    assert refusal(kept)[:2] == (409, "media-is-logo")
    assert gone.status_code == 204


async def test_a_legal_page_is_written_read_in_each_language_and_taken_away(
    staff: AsyncClient, buyer: AsyncClient
) -> None:
    seen = {"If-Match": '"1"'}

    before = await buyer.get("/v1/legal-pages/terms")
    too_early = await staff.put(f"{LEGAL}/terms", json={"texts": TERMS}, headers=seen)
    new = await staff.put(f"{LEGAL}/terms", json={"texts": TERMS})
    spanish = (await buyer.get("/v1/legal-pages/terms?locale=es")).json()
    only_english = {"texts": {"en": TERMS["en"], "es": {"title": "", "text": " "}}}
    changed = await staff.put(f"{LEGAL}/terms", json=only_english, headers=seen)
    late = await staff.put(f"{LEGAL}/terms", json={"texts": TERMS}, headers=seen)
    instead = (await buyer.get("/v1/legal-pages/terms?locale=es")).json()
    linked = (await buyer.get("/v1/storefront")).json()["legal_pages"]
    gone = await staff.delete(f"{LEGAL}/terms", headers={"If-Match": '"2"'})

    assert refusal(before)[:2] == (404, "legal-page-not-found")
    assert refusal(too_early)[:2] == (412, "legal-page-changed")
    assert new.json()["texts"]["en"] == {"title": "Terms", "text": "We sell.\n\nYou buy."}
    assert (spanish["locale"], spanish["title"]) == ("es", "Condiciones")
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert refusal(late)[:2] == (412, "legal-page-changed")
    assert (instead["locale"], instead["title"]) == ("en", "Terms")
    assert linked == [{"kind": "terms", "title": "Terms"}]
    assert gone.status_code == 204
    assert (await buyer.get("/v1/storefront")).json()["legal_pages"] == []


async def test_two_who_write_the_first_page_at_once_write_one(staff: AsyncClient) -> None:
    drafts = [{"texts": {"en": {"title": "Terms", "text": text}}} for text in ("One", "Two")]

    answers = await gather(*(staff.put(f"{LEGAL}/terms", json=it) for it in drafts))

    query = """
        SELECT type FROM events JOIN legal_pages ON legal_pages.id = aggregate_id
        WHERE kind = 'terms' ORDER BY sequence
    """
    told = await ask(query)
    outcomes = sorted(it.status_code for it in answers)
    assert (outcomes, len(told)) in [([200, 200], 2), ([200, 412], 1)]
    assert told[0] == ("legal_page.created",)
    assert ("legal_page.created",) not in told[1:]


async def test_a_legal_page_needs_a_text_with_a_title(staff: AsyncClient) -> None:
    address = f"{LEGAL}/privacy"

    empty = await staff.put(address, json={"texts": {"en": {"title": "Privacy", "text": ""}}})
    untitled = await staff.put(address, json={"texts": {"en": {"text": "We keep nothing."}}})
    other = await staff.put(f"{LEGAL}/jokes", json={"texts": TERMS})

    assert refusal(empty) == (422, "legal-text-missing", "/texts")
    assert refusal(untitled) == (422, "legal-title-missing", "/texts/en/title")
    assert other.status_code in {400, 404, 422}
    assert (await staff.get(LEGAL)).json()["items"] == []


async def test_who_may_not_write_settings_writes_neither(shop: Application) -> None:
    editor = await a_member_of_staff(shop, Role.EDITOR)

    read = await editor.get(SETTINGS)
    settings = await editor.patch(SETTINGS, json={"brand_colour": "#000000"})
    page = await editor.put(f"{LEGAL}/terms", json={"texts": TERMS})

    assert read.status_code == 200
    assert {refusal(settings)[0], refusal(page)[0]} == {403}
