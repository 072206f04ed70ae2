from litestar import get


@get(media_type="application/json")
async def live() -> dict[str, str]:
    return {"status": "live"}
