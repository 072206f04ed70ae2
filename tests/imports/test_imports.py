"""Products from a file: checked, started, imported, cancelled."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest
from httpx import AsyncClient
from litestar.types import ASGIApp
from support.background import ask, change, jobs_about
from support.events.readers import everything, the_end
from support.imports.files import (
    ALL,
    a_file,
    checked,
    imported,
    numbers,
    problems,
    rows_of,
    send,
    state,
    uploaded,
)
from support.people import a_member_of_staff, a_program
from support.products import a_product, a_sku, stock_of
from support.refusals import refusal, somebody_waits

from trastienda.controllers.imports import imports
from trastienda.controllers.jobs import sweeps
from trastienda.database.db import transaction, utcnow
from trastienda.database.models.accounts.user import Role
from trastienda.jobs.imports.importing import work
from trastienda.schemas.shared.context import Context
from trastienda.services.channels.channels import Storefronts, storefronts_in_use
from trastienda.services.imports import imports as imports_on_record
from trastienda.services.imports import planning, writing
from trastienda.services.imports.sheets import LARGEST


def a_slug() -> str:
    return f"import-{uuid4().hex}"


def a_row(slug: str, **cells: str) -> dict[str, str]:
    return {"slug": slug, "name": "Mug", "sku": a_sku(), "price": "12.50", **cells}


async def product_of(staff: AsyncClient, sku: str) -> dict[str, Any]:
    [card] = (await staff.get("/v1/admin/products", params={"q": sku})).json()["items"]
    product: dict[str, Any] = (await staff.get(f"/v1/admin/products/{card['id']}")).json()
    return product


async def test_a_product_with_two_variants_is_checked_then_made(staff: AsyncClient) -> None:
    slug, start = a_slug(), await the_end(staff)
    blue = {
        **a_row(slug, name_es="Taza", description="Holds tea.", published="yes"),
        "option_1_name": "Colour",
        "option_1_name_es": "Color",
        "option_1_value": "Blue",
        "option_1_value_es": "Azul",
        "stock": "7",
        "weight_grams": "300",
    }
    red = {"slug": slug, "sku": a_sku(), "price": "13", "option_1_value": "Red", "stock": "0"}
    seen = await checked(staff, [blue, red])
    before = (await staff.get("/v1/admin/products", params={"q": blue["sku"]})).json()["items"]
    started = await staff.post(f"{ALL}/{seen['id']}/start")
    await work(seen["id"])
    done = await state(staff, seen)
    product = await product_of(staff, blue["sku"])
    await the_end(staff)
    told = await everything(staff, start, types="import.*,product.*")

    assert (seen["state"], seen["done"], numbers(seen)) == ("checked", 2, (2, 0, 0, 0))
    assert before == []
    assert (started.json()["state"], started.json()["done"]) == ("running", 0)
    assert (done["state"], numbers(done)) == ("finished", (2, 0, 0, 0))
    assert (product["slug"], product["published"]) == (slug, True)
    assert product["texts"]["es"]["name"] == "Taza"
    assert product["texts"]["es"]["description"] == "Holds tea."
    assert product["texts"]["es"]["options"] == [{"name": "Color", "values": ["Azul", "Red"]}]
    assert [it["prices"] for it in product["variants"]] == [{"EUR": 1250}, {"EUR": 1300}]
    assert [it["on_hand"] for it in product["variants"]] == [7, 0]
    assert product["variants"][0]["weight_grams"] == 300
    assert [(it["type"], it["actor"]["type"]) for it in told] == [
        ("import.created", "key"),
        ("import.checked", "system"),
        ("import.started", "key"),
        ("product.created", "key"),
        ("import.finished", "system"),
    ]


async def test_only_what_is_written_changes(staff: AsyncClient) -> None:
    product = await a_product(
        staff,
        name="Mug",
        description="Holds tea.",
        price=1_250,
        translations={"es": {"name": "Taza"}},
    )
    sku = product["variants"][0]["sku"]
    done = await imported(
        staff, [{"sku": sku, "price": "9,90", "compare_at_price": "", "stock": "3"}]
    )
    changed = await product_of(staff, sku)
    gone = await imported(staff, [{"slug": product["slug"], "stock": "0", "old_stock": "3"}])
    emptied = await imported(staff, [{"sku": sku, "description": "[empty]", "name_es": "[Empty]"}])
    bare = await product_of(staff, sku)

    assert numbers(done) == numbers(gone) == numbers(emptied) == (0, 1, 0, 0)
    assert changed["variants"][0]["prices"] == {"EUR": 990}
    assert changed["texts"] == product["texts"]
    assert changed["version"] == product["version"] + 1
    assert changed["variants"][0]["on_hand"] == 3
    assert (await stock_of(staff, sku))["on_hand"] == 0
    assert [bare["texts"][it]["name"] for it in ("en", "es")] == ["Mug", "Mug"]
    assert bare["texts"]["en"]["description"] == ""


async def test_a_file_that_says_what_is_there_changes_nothing(staff: AsyncClient) -> None:
    product = await a_product(staff, price=1_250, stock=4)
    row = {"sku": product["variants"][0]["sku"], "price": "12.5", "stock": "4", "name": "Mug"}
    done = await imported(staff, [row])

    assert numbers(done) == (0, 0, 1, 0)
    assert await product_of(staff, row["sku"]) == product


async def test_a_product_with_a_problem_is_left_out_and_the_others_are_not(
    staff: AsyncClient,
) -> None:
    good, bad, other = a_slug(), a_slug(), await a_product(staff)
    rows = [
        a_row(good),
        a_row(bad, price="1.234,50", categories="none-such"),
        {**a_row(bad), "name": "", "tax_class": "none-such", "weight_grams": "-1"},
        {"slug": a_slug(), "sku": a_sku(), "price": "1"},
        a_row(a_slug(), sku=other["variants"][0]["sku"]),
        a_row(a_slug(), price=""),
        a_row(good, option_1_value="Blue"),
    ]
    seen = await checked(staff, rows)
    said = await problems(staff, seen)
    spanish = (await staff.get(f"{ALL}/{seen['id']}/rows?outcome=failed&locale=es")).json()
    done = await imported(staff, [*rows[:6], {**rows[6], "option_1_value": "", "slug": a_slug()}])
    left = rows_of(await staff.get(f"{ALL}/{done['id']}/failed.csv"))

    assert numbers(seen) == (0, 0, 0, 7)
    assert said == [
        (3, "price_EUR", "price-unreadable"),
        (4, "weight_grams", "number-unreadable"),
        (5, "name", "name-needed"),
        (6, "sku", "sku-taken"),
        (7, "prices", "price-missing"),
        (8, "option_1_value", "options-do-not-fit"),
    ]
    assert spanish["items"][1]["problems"][0]["title"].startswith("Esto no es un precio")
    assert numbers(done) == (2, 0, 0, 5)
    assert [it["sku"] for it in left] == [it["sku"] for it in rows[1:6]]
    assert left[0]["problem"].startswith("price_EUR: This is no price")
    assert (await product_of(staff, rows[0]["sku"]))["slug"] == good


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "sheet-empty"),
        (b"slug,name\r\n", "sheet-empty"),
        (b"slug,name\r\n,\r\n", "sheet-empty"),
        (b"slug,name\r\n\xff,x\r\n", "sheet-unreadable"),
        (b"slug,name\r\na,\0\r\n", "sheet-unreadable"),
        (b'slug,name\r\na,"x\r\n', "sheet-unreadable"),
        (b"slug,name\r\na,b,c\r\n", "sheet-unreadable"),
        (b"colour,size\r\nblue,1\r\n", "columns-missing"),
        (b"sku\r\nA\r\n", "columns-missing"),
        (b"sku,price,price_eur\r\nA,1,1\r\n", "column-twice"),
        (b"sku,stock_nowhere\r\nA,1\r\n", "column-unknown"),
        (b"sku,price_zzz\r\nA,1\r\n", "column-unknown"),
        (b"sku,name\r\n" + b"A,b\r\n" * 25_001, "too-many-rows"),
        (bytes(LARGEST + 1), "sheet-too-large"),
    ],
)
async def test_what_is_no_table_of_products_is_refused(
    staff: AsyncClient, content: bytes, problem: str
) -> None:
    (before,) = await ask("SELECT count(*) FROM product_imports")

    assert refusal(await send(staff, content))[:2] == (422, problem)
    assert await ask("SELECT count(*) FROM product_imports") == [before]


async def test_an_upload_is_one_file_in_a_form(staff: AsyncClient) -> None:
    as_json = await staff.post(ALL, json={})
    unnamed = await staff.post(ALL, files={"other": ("a.csv", b"sku,price\r\nA,1\r\n")})

    assert refusal(as_json)[:2] == (415, "import-unclear")
    assert refusal(unnamed)[:2] == (400, "import-form-malformed")


async def test_a_key_makes_an_upload_one_upload(staff: AsyncClient) -> None:
    content, key = a_file([a_row(a_slug())]), uuid4().hex
    first = await send(staff, content, **{"Idempotency-Key": key})
    again = await send(staff, content, **{"Idempotency-Key": key})
    other = await send(staff, content + b"\r\n", **{"Idempotency-Key": key})

    assert (first.status_code, again.json()) == (201, first.json())
    assert refusal(other)[1] == "key-reused"


async def test_an_import_starts_once_and_ends_once(staff: AsyncClient) -> None:
    row = a_row(a_slug())
    record = await uploaded(staff, [row])
    one = f"{ALL}/{record['id']}"
    early = await staff.post(f"{one}/start")
    await work(record["id"])
    starts = await asyncio.gather(*(staff.post(f"{one}/start") for _ in range(2)))
    stale = await staff.post(f"{one}/cancel", headers={"If-Match": '"1"'})
    cancelled = await staff.post(f"{one}/cancel")
    await work(record["id"])
    late = await staff.post(f"{one}/cancel")
    left = (await staff.get("/v1/admin/products", params={"q": row["sku"]})).json()["items"]

    assert refusal(early)[:2] == (409, "import-not-checked")
    assert sorted(it.status_code for it in starts) == [200, 409]
    assert refusal(stale)[:2] == (412, "import-changed")
    assert cancelled.json()["state"] == "cancelled"
    assert cancelled.json()["cancel_reason"] == "requested"
    assert refusal(late)[:2] == (409, "import-ended")
    assert left == []
    assert refusal(await staff.post(f"{ALL}/{uuid4()}/start"))[:2] == (404, "import-not-found")


async def test_stock_needs_the_right_to_change_it(shop: ASGIApp, staff: AsyncClient) -> None:
    editor = await a_program(shop, None, "catalogue.read", "catalogue.write")
    reader = await a_program(shop, None, "catalogue.read")
    rows = [a_row(a_slug(), stock="1")]
    record = await checked(staff, rows)
    unread = await send(editor, a_file(rows))

    assert (unread.status_code, unread.json()["ignored_columns"]) == (201, ["stock"])
    assert refusal(await editor.post(f"{ALL}/{record['id']}/start"))[:2] == (
        403,
        "stock-not-allowed",
    )
    assert refusal(await send(reader, a_file(rows)))[:2] == (403, "not-allowed")
    assert refusal(await reader.post(f"{ALL}/{record['id']}/cancel"))[1] == "not-allowed"
    assert (await reader.get(f"{ALL}/{record['id']}")).json() == record


async def started(starter: AsyncClient, rows: list[dict[str, str]]) -> dict[str, Any]:
    record = await checked(starter, rows)
    answer = await starter.post(f"{ALL}/{record['id']}/start")
    assert answer.status_code == 200, answer.text
    return record


LOST = {
    "a key is revoked": "UPDATE api_keys SET revoked_at = now() WHERE id = %s",
    "a key has expired": "UPDATE api_keys SET expires_at = now() WHERE id = %s",
    "a key reads only": "UPDATE api_keys SET scopes = '{catalogue.read,stock.write}' WHERE id = %s",
    "a key counts no more": "UPDATE api_keys SET scopes = '{catalogue.write}' WHERE id = %s",
    "a member is suspended": "UPDATE users SET suspended_at = now() WHERE id = %s",
    "a member is demoted": "UPDATE users SET role = 'support' WHERE id = %s",
    "a member is removed": "UPDATE users SET role = NULL WHERE id = %s",
}


@pytest.mark.parametrize("way", LOST)
async def test_an_import_ends_with_the_rights_of_whoever_started_it(
    shop: ASGIApp, staff: AsyncClient, way: str
) -> None:
    if way.startswith("a key"):
        starter = await a_program(shop, None, "catalogue.read", "catalogue.write", "stock.write")
    else:
        starter = await a_member_of_staff(shop, Role.MANAGER)
    row, start = a_row(a_slug(), stock="1"), await the_end(staff)
    record = await started(starter, [row])
    await the_end(staff)
    [told] = await everything(staff, start, types="import.started")
    await change(LOST[way], UUID(told["actor"]["id"]))
    await work(record["id"])
    done = await state(staff, record)
    await the_end(staff)
    [cancelled] = await everything(staff, start, types="import.cancelled")
    left = (await staff.get("/v1/admin/products", params={"q": row["sku"]})).json()["items"]

    assert (done["state"], done["cancel_reason"], done["done"]) == ("cancelled", "not_allowed", 0)
    assert cancelled["actor"]["type"] == "system"
    assert cancelled["data"] == done
    assert left == []


async def test_what_an_import_had_written_stays_when_its_rights_end(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    rows = [a_row(a_slug()) for _ in range(imports_on_record.AT_ONCE + 1)]
    starter, start = await a_program(shop, Role.MANAGER), await the_end(staff)
    record = await started(starter, rows)
    await imports.advance(UUID(record["id"]), hand_on=False)
    await the_end(staff)
    [told] = await everything(staff, start, types="import.started")
    await change(LOST["a key is revoked"], UUID(told["actor"]["id"]))
    await work(record["id"])
    done = await state(staff, record)

    assert (done["state"], done["cancel_reason"]) == ("cancelled", "not_allowed")
    assert (done["done"], done["new"]) == (imports_on_record.AT_ONCE, imports_on_record.AT_ONCE)
    assert (await product_of(staff, rows[0]["sku"]))["slug"] == rows[0]["slug"]


async def test_a_batch_under_way_is_finished_when_its_starter_is_suspended(
    shop: ASGIApp, staff: AsyncClient
) -> None:
    product = await a_product(staff)
    known = {"sku": product["variants"][0]["sku"], "price": "9.90"}
    rows = [known, *(a_row(a_slug()) for _ in range(imports_on_record.AT_ONCE))]
    member, start = await a_member_of_staff(shop, Role.MANAGER), await the_end(staff)
    record = await started(member, rows)
    await the_end(staff)
    [told] = await everything(staff, start, types="import.started")
    async with transaction() as session:
        await session.driver.execute(
            "SELECT FROM products WHERE id = %s FOR UPDATE", [product["id"]]
        )
        batch = asyncio.create_task(imports.advance(UUID(record["id"]), hand_on=False))
        await somebody_waits(session)
        suspended = await staff.post(f"/v1/admin/staff/{told['actor']['id']}/suspend")
    more = await batch
    await work(record["id"])
    done = await state(staff, record)

    assert (suspended.status_code, more) == (200, True)
    assert (done["state"], done["cancel_reason"]) == ("cancelled", "not_allowed")
    assert numbers(done) == (imports_on_record.AT_ONCE - 1, 1, 0, 0)


async def test_what_was_sold_since_the_export_is_not_counted_again(staff: AsyncClient) -> None:
    sku = (await a_product(staff, stock=10))["variants"][0]["sku"]
    untouched = {"sku": sku, "name": "Mug", "stock": "10", "old_stock": "10"}
    await staff.post(f"/v1/admin/stock/{sku}/movements", json={"quantity": -1, "reason": "damaged"})
    done = await imported(staff, [untouched])
    seen = await checked(staff, [{**untouched, "stock": "12"}])

    assert numbers(done) == (0, 0, 1, 0)
    assert (await stock_of(staff, sku))["on_hand"] == 9
    assert await problems(staff, seen) == [(2, "stock_main", "stock-moved")]


async def test_what_is_violated_at_the_last_moment_leaves_out_one_product(
    staff: AsyncClient,
) -> None:
    rows = [a_row(a_slug(), name=f"Mug {number}") for number in range(3)]
    rows[1] |= {"slug": "", "name": f"Taken {uuid4().hex}"}
    rows.append({**rows[1], "sku": a_sku(), "name": rows[1]["name"].upper()})  # the same slug
    record = await checked(staff, [it for it in rows if it is not rows[3]])
    await change(
        "UPDATE product_import_rows SET cells = cells || jsonb_build_object('slug', 'Not a slug')"
        " WHERE import_id = %s AND number = 2",
        record["id"],
    )
    await staff.post(f"{ALL}/{record['id']}/start")
    await a_product(staff, name="Other", slug=rows[1]["name"].lower().replace(" ", "-"))
    await work(record["id"])

    assert numbers(await state(staff, record)) == (1, 0, 0, 2)
    assert await problems(staff, record) == [
        (2, "slug", "slug-unreadable"),
        (3, "slug", "slug-taken"),
    ]


async def test_a_batch_is_done_once_however_many_do_it(staff: AsyncClient) -> None:
    rows = [a_row(a_slug()) for _ in range(3)]
    record = await checked(staff, rows)
    await staff.post(f"{ALL}/{record['id']}/start")
    id_ = record["id"]
    await asyncio.gather(*(work(id_) for _ in range(3)))

    assert numbers(await state(staff, record)) == (3, 0, 0, 0)
    assert await imports.advance(UUID(id_), hand_on=False) is False


async def test_what_a_colleague_changes_meanwhile_is_kept(staff: AsyncClient) -> None:
    product = await a_product(staff, description="Holds tea.")
    sku = product["variants"][0]["sku"]
    record = await checked(staff, [{"sku": sku, "price": "9.90", "stock": "3"}])
    await staff.post(f"{ALL}/{record['id']}/start")
    patch = staff.patch(f"/v1/admin/products/{product['id']}", json={"description": "New."})
    move = {"quantity": 5, "reason": "received"}
    await asyncio.gather(
        work(record["id"]), patch, staff.post(f"/v1/admin/stock/{sku}/movements", json=move)
    )
    after = await product_of(staff, sku)

    assert numbers(await state(staff, record)) == (0, 1, 0, 0)
    assert after["texts"]["en"]["description"] == "New."
    assert after["variants"][0]["prices"] == {"EUR": 990}
    assert after["variants"][0]["on_hand"] in {3, 8}
    assert after["version"] == product["version"] + 2


async def test_a_job_that_is_killed_is_taken_up_where_it_was(staff: AsyncClient) -> None:
    start = await the_end(staff)
    rows = [a_row(a_slug()) for _ in range(3)]
    record = await checked(staff, rows)
    await staff.post(f"{ALL}/{record['id']}/start")
    id_ = UUID(record["id"])
    with pytest.raises(RuntimeError):
        await one_batch_and_no_commit(id_)
    none = await state(staff, record)
    queued = len(await jobs_about(id_))
    another_process = storefronts_in_use.set(Storefronts())
    handed = await imports.advance(id_, hand_on=True)
    await work(record["id"])
    storefronts_in_use.reset(another_process)
    await the_end(staff)
    made = await everything(staff, start, types="product.created")

    assert numbers(none) == (0, 0, 0, 0)
    assert (handed, len(await jobs_about(id_)) - queued) == (False, 1)
    assert numbers(await state(staff, record)) == (3, 0, 0, 0)
    assert sorted(it["data"]["variants"][0]["sku"] for it in made) == sorted(
        it["sku"] for it in rows
    )


async def one_batch_and_no_commit(import_id: UUID) -> None:
    """Do a batch as the job does, and die before the commit."""
    async with transaction() as session:
        record = await imports_on_record.under_way(session, import_id)
        assert record is not None
        rows = await imports_on_record.following(session, record, 200)
        plans = await planning.compared(session, rows, utcnow(), lock=True)
        await writing.write(session, plans, Context(utcnow()))
        raise RuntimeError


async def test_files_are_forgotten_two_weeks_after_the_last_that_happened(
    staff: AsyncClient,
) -> None:
    old, new = await checked(staff, [a_row(a_slug())]), await checked(staff, [a_row(a_slug())])
    await change(
        "UPDATE product_imports SET updated_at = now() - interval '14 days' WHERE id = %s",
        old["id"],
    )
    await sweeps.sweep(utcnow())

    assert refusal(await staff.get(f"{ALL}/{old['id']}"))[:2] == (404, "import-not-found")
    assert await ask(
        "SELECT count(*) FROM product_import_rows WHERE import_id = %s", old["id"]
    ) == [(0,)]
    assert await state(staff, new) == new


async def test_many_products_take_as_many_statements_as_few(
    staff: AsyncClient, statements: list[str]
) -> None:
    counts = []
    for many in (2, 6):
        rows = [a_row(a_slug(), stock="1") for _ in range(many)]
        await imported(staff, rows)
        changed = await checked(staff, [{**it, "price": "13", "stock": "2"} for it in rows])
        await staff.post(f"{ALL}/{changed['id']}/start")
        statements.clear()
        await work(changed["id"])
        counts.append(len(statements))
        assert numbers(await state(staff, changed)) == (0, many, 0, 0)

    assert counts[0] == counts[1]
