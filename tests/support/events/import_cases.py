"""What is done with files of products, and what it leaves in the events: see `use_cases.py`."""

from uuid import uuid4

from support.background import change
from support.events.use_cases import Act, World, leaves
from support.imports.files import ALL, a_file, checked, send, uploaded
from support.products import a_sku

from trastienda.jobs.imports.importing import work


def rows() -> list[dict[str, str]]:
    return [{"slug": f"file-{uuid4().hex}", "name": "Mug", "sku": a_sku(), "price": "12.50"}]


@leaves("imports.imports.upload", "import.created by key")
async def an_upload(world: World) -> Act:
    content = a_file(rows())
    return lambda: send(world.staff, content)


@leaves("imports.imports._advance", "import.checked by system")
async def a_check(world: World) -> Act:
    record = await uploaded(world.staff, rows())
    return lambda: work(record["id"])


@leaves("imports.imports.start", "import.started by key")
async def a_start(world: World) -> Act:
    address = f"{ALL}/{(await checked(world.staff, rows()))['id']}/start"
    return lambda: world.staff.post(address)


@leaves("imports.imports._advance", "import.finished by system", "product.created by key")
async def an_import(world: World) -> Act:
    record = await checked(world.staff, rows())
    await world.staff.post(f"{ALL}/{record['id']}/start")
    return lambda: work(record["id"])


@leaves("imports.imports.cancel", "import.cancelled by key")
async def a_cancellation(world: World) -> Act:
    address = f"{ALL}/{(await uploaded(world.staff, rows()))['id']}/cancel"
    return lambda: world.staff.post(address)


@leaves("imports.imports._advance", "import.cancelled by system")
async def a_lost_right(world: World) -> Act:
    record = await checked(world.staff, rows())
    await world.staff.post(f"{ALL}/{record['id']}/start")
    await change("UPDATE product_imports SET actor_id = %s WHERE id = %s", uuid4(), record["id"])
    return lambda: work(record["id"])
