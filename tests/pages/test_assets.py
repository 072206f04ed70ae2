import re
from hashlib import sha256

from litestar.types import ASGIApp
from support.probes import SETTINGS, a_client

from trastienda.application import guarded
from trastienda.application import shop as routed
from trastienda.handlers.pages.assets import VIEWS, Assets

VENDOR = VIEWS / "vendor"


def test_the_files_of_others_are_as_their_packages_bring_them() -> None:
    told = dict(
        re.findall(
            r"^\| `([\w.]+)` .* \| `([0-9a-f]{64})` \|$",
            (VENDOR / "README.md").read_text(),
            re.MULTILINE,
        )
    )

    assert set(told) == {it.name for it in VENDOR.iterdir() if it.suffix in {".js", ".css"}}
    assert {name: sha256((VENDOR / name).read_bytes()).hexdigest() for name in told} == told
    assert {it.name for it in VENDOR.glob("*LICENSE*")} >= {
        "htmx.LICENSE.txt",
        "lucide.LICENSE.txt",
        "uplot.LICENSE.txt",
    }


async def test_a_file_is_kept_for_good_under_the_address_of_its_content() -> None:
    address = Assets().address("base.css")
    async with a_client(guarded(routed(SETTINGS), SETTINGS)) as client:
        now = await client.get(address)
        before = await client.get("/assets/0123456789abcdef/base.css")
        plain = await client.get(address, headers={"accept-encoding": "identity"})
        none = await client.get("/assets/0123456789abcdef/nothing.css")

    assert now.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert now.headers["content-encoding"] == "gzip"
    assert now.headers["content-type"] == "text/css; charset=utf-8"
    assert (before.status_code, before.headers["cache-control"]) == (200, "no-cache")
    assert plain.content == now.content
    assert none.status_code == 404


def test_a_page_and_its_files_are_small() -> None:
    packed = {name: len(it.packed or it.body) for name, it in Assets().files.items()}
    of_staff = {it for it in packed if it.startswith(("admin", "uPlot"))}

    assert sum(size for name, size in packed.items() if name not in of_staff) <= 60_000
    assert sum(packed.values()) <= 120_000


async def test_the_page_of_components_renders_in_every_language(shop: ASGIApp) -> None:
    async with a_client(shop) as client:
        pages = [await client.get(f"/components?locale={it}") for it in ("en", "es")]

    assert [it.status_code for it in pages] == [200, 200]
    assert "Deshacer" in pages[1].text
