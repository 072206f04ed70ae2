"""What is done with pictures, and what each leaves in the events: see `use_cases.py`."""

from uuid import UUID

from support.events.use_cases import Act, World, leaves
from support.media.pictures import ALL, a_picture, render, upload, uploaded


@leaves("media.media._record", "media.created by key")
async def an_upload(world: World) -> Act:
    content = a_picture()
    return lambda: upload(world.staff, content)


@leaves("media.media._record")
async def an_upload_of_the_same_bytes(world: World) -> Act:
    content = a_picture()
    await uploaded(world.staff, content)
    return lambda: upload(world.staff, content)


@leaves("media.media.finish", "media.ready by system")
async def a_rendering(world: World) -> Act:
    picture = await uploaded(world.staff)
    return lambda: render(world.shop, picture)


@leaves("media.media.finish", "media.failed by system")
async def a_rendering_without_the_upload(world: World) -> Act:
    picture = await uploaded(world.staff)
    await world.shop.process.media.discard_original(UUID(picture["id"]))
    return lambda: render(world.shop, picture)


@leaves("media.media.change", "media.changed by key")
async def new_texts(world: World) -> Act:
    address = f"{ALL}/{(await uploaded(world.staff))['id']}"
    return lambda: world.staff.patch(address, json={"alt": {"en": "A mug"}})


@leaves("media.media.remove", "media.deleted by key")
async def a_deletion(world: World) -> Act:
    address = f"{ALL}/{(await uploaded(world.staff))['id']}"
    return lambda: world.staff.delete(address)
