"""What is done with the storefront, and what each leaves in the events: see `use_cases.py`."""

from support.events.use_cases import Act, World, leaves

LEGAL = "/v1/admin/legal-pages/imprint"
TEXTS = {"texts": {"en": {"title": "Imprint", "text": "Azulejos SL"}}}


@leaves("storefront.settings.change", "storefront.changed by key")
async def colours(world: World) -> Act:
    return lambda: world.staff.patch("/v1/admin/storefront", json={"brand_colour": "#0b5d57"})


@leaves("storefront.legal_pages.put", "legal_page.created by key")
async def a_new_legal_page(world: World) -> Act:
    await world.staff.delete(LEGAL)
    return lambda: world.staff.put(LEGAL, json=TEXTS)


@leaves("storefront.legal_pages.put", "legal_page.changed by key")
async def another_legal_text(world: World) -> Act:
    assert (await world.staff.put(LEGAL, json=TEXTS)).status_code == 200
    return lambda: world.staff.put(LEGAL, json=TEXTS)


@leaves("storefront.legal_pages.remove", "legal_page.deleted by key")
async def no_legal_page(world: World) -> Act:
    assert (await world.staff.put(LEGAL, json=TEXTS)).status_code == 200
    return lambda: world.staff.delete(LEGAL)
