"""The clients in clients/, and those that others' generators make from /openapi.json."""

import json
import os
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from support.analysis.descriptions import DOCUMENT
from support.processes.nodes import PATIENCE, Node, nodes
from tools.clients.document import STAFF, read
from tools.clients.generate import ROOT, generated

from trastienda_client import AsyncShop, Shop, staff, store
from trastienda_client.problems import SkuUnknown, TotalChanged
from trastienda_client.schemas import (
    Address,
    CartDraft,
    Checkout,
    Contact,
    Credentials,
    CustomerGroupDraft,
    LineDraft,
    OrderView,
    PaymentChoice,
    PaymentStatus,
)

TESTS = Path(__file__).parents[1]
NODE = TESTS / "node"
MODULES = NODE / "node_modules"
CLIENTS = Path(sys.prefix) / "clients/bin"
SHIPPED = TESTS.parent / "clients"
THANKS = r"Thank you for your order \d+"
TSC = "--strict --noUncheckedIndexedAccess --skipLibCheck --module nodenext --target es2022"
BOUGHT = {
    "bought": [["MUG-BLUE", 1, 1250]],
    "shipping": 490,
    "paid": ["paid", 1740, "EUR"],
}
FILE = "application/octet-stream"
PLAIN = {
    "post_hooks": [],  # its formatting takes 6 s
    "content_type_overrides": {"application/pdf": FILE, "application/xml": FILE},
}
"""It knows no files but those."""
ASKED_AGAIN = "The total is not the one you expected. 1740\n"

HOME = Address(name="Ada Lovelace", line1="Calle Mayor 1", city="Madrid", country="ES")

pytestmark = [pytest.mark.xdist_group("generated"), pytest.mark.once]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    with nodes(1, "--demo", TRASTIENDA_WORKERS=1) as [it]:
        yield it


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the description of the API, as `trastienda openapi` prints it."""
    path = tmp_path_factory.mktemp("openapi") / "openapi.json"
    path.write_text(json.dumps(DOCUMENT))
    return path


def run(place: Path, node: Node, *command: str | Path) -> "subprocess.CompletedProcess[str]":
    """Run a tool of the front-end's developer, who trusts the shop's authority."""
    authority = str(node.data / "tls/ca.pem")
    trust = dict.fromkeys(("CA", "SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS"), authority)
    login = (node.data / "demo-login.json").read_text()
    done = subprocess.run(  # noqa: S603 - ours
        command,
        cwd=place,
        env=os.environ | trust | {"SHOP": address(node), "LOGIN": login},
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def address(node: Node) -> str:
    return f"https://localhost:{node.port}"


def printed(client: str, language: str, node: Node) -> str:
    """Return the programs that the README of a client shows, for this shop."""
    page = (SHIPPED / client / "README.md").read_text("utf-8")
    found = re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    return "\n".join(found).replace("https://localhost:8443", address(node))


@pytest.fixture(scope="module")
def compiled(node: Node, document: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Compile both programs in TypeScript at once: to start the compiler takes most of the time."""
    if not (shutil.which("node") and (MODULES / "openapi-typescript").exists()):
        pytest.skip("`make .venv/.node` installs what Node needs")
    place = tmp_path_factory.mktemp("typescript")
    (place / "node_modules").symlink_to(MODULES)
    (place / "package.json").write_text('{"type": "module"}')
    shutil.copytree(SHIPPED / "typescript/src", place / "client")
    programs = ("buy_a_mug.ts", "use_the_client.ts", "readme.ts")
    for program in programs[:2]:
        shutil.copy(NODE / program, place)
    shown = printed("typescript", "ts", node).replace('"trastienda-client"', '"./client/index.js"')
    (place / "readme.ts").write_text(shown)
    tools = MODULES / ".bin"
    run(place, node, tools / "openapi-typescript", document, "-o", "shop.d.ts")
    run(place, node, tools / "tsc", *TSC.split(), *programs)
    return place


def test_a_typescript_front_end_buys_a_mug(node: Node, compiled: Path) -> None:
    done = run(compiled, node, "node", "buy_a_mug.js")

    assert json.loads(done.stdout) == BOUGHT
    assert done.stderr == ASKED_AGAIN


def test_the_typescript_client_does_what_it_says(node: Node, compiled: Path) -> None:
    done = run(compiled, node, "node", "use_the_client.js")

    assert json.loads(done.stdout) == {
        "pages": [True, "mug"],
        "unknown": "/problems/sku-unknown",
        "keys": [3, 2],  # the refusal, and two tries of the order
        "paid": ["paid", 1740, "EUR"],
        "stranger": 404,
        "made": True,
        "visitor": "owner@trastienda.example",
        "key": "/problems/wrong-key",
        "busy": [3, 1],
        "later": ["/problems/too-often", 1],
        "once": [True, 1],
        "never": [True, 3],
        "large": 413,
        "aborted": "AbortError",
        "dots": True,
    }


@pytest.mark.skipif(
    not CLIENTS.exists(), reason="`make .venv/clients/.ready` installs the generator"
)
def test_a_python_program_buys_a_mug(node: Node, tmp_path: Path) -> None:
    """The whole document takes this generator 17 s: `make fuzz` gives it what is for staff, too."""
    paths = DOCUMENT["paths"].items()
    shown = {path: it for path, it in paths if not path.startswith(STAFF) or "FUZZ" in os.environ}
    (tmp_path / "openapi.json").write_text(json.dumps(DOCUMENT | {"paths": shown}))
    (tmp_path / "plain.json").write_text(json.dumps(PLAIN))
    shutil.copy(TESTS / "clients/buy_a_mug.py", tmp_path)
    made = ("--meta", "none", "--output-path", "generated_client")
    strict = ("--strict", "--follow-imports", "silent", "--cache-dir", os.devnull)

    said = run(
        tmp_path,
        node,
        CLIENTS / "openapi-python-client",
        "generate",
        "--fail-on-warning",
        "--config",
        "plain.json",
        *("--path", "openapi.json"),
        *made,
    ).stdout
    run(
        tmp_path,
        node,
        *(sys.executable, "-m", "mypy", *strict),
        *("--python-executable", CLIENTS / "python", "buy_a_mug.py"),
    )
    done = run(tmp_path, node, CLIENTS / "python", "buy_a_mug.py")

    assert said == "Generating generated_client\n"
    assert json.loads(done.stdout) == BOUGHT
    assert done.stderr == ASKED_AGAIN


def test_the_clients_in_git_are_those_of_this_api() -> None:
    """`make clients` writes them."""
    made = generated(read(DOCUMENT))

    assert [name for name, text in made.items() if text != (ROOT / name).read_text("utf-8")] == []


def test_the_python_client_buys_as_a_guest_and_manages_as_staff(node: Node) -> None:
    trust = ssl.create_default_context(cafile=node.data / "tls/ca.pem")
    with Shop(address(node), verify=trust, locale="en") as shop:
        slugs = [it.slug for it in shop.each(store.list_products(limit=20))]
        with pytest.raises(SkuUnknown) as unknown:
            shop.send(store.open_cart(CartDraft(lines=[LineDraft(sku="NO", quantity=1)])))
        cart = shop.send(store.open_cart(CartDraft(lines=[LineDraft(sku="MUG-BLUE", quantity=1)])))
        option = shop.send(store.list_shipping_options(cart.id)).items[0].id
        contact = Contact(email="ada@example.com", shipping_address=HOME, shipping_option=option)
        cart = shop.send(store.set_contact(cart.id, contact, if_match=cart.version))
        payment = PaymentChoice(provider="test", token="ok")
        with pytest.raises(TotalChanged) as changed:
            shop.send(store.checkout(cart.id, Checkout(payment=payment, expected_total=1)))
        total = changed.value.total
        order = shop.send(store.checkout(cart.id, Checkout(payment=payment, expected_total=total)))
        assert isinstance(order, OrderView)

        login = msgspec.json.decode((node.data / "demo-login.json").read_bytes(), type=Credentials)
        shop.send(store.log_in(login))
        group = shop.send(staff.create_customer_group(CustomerGroupDraft(code="vip", name="VIP")))
        shop.send(staff.delete_customer_group(group.id))
        shop.send(store.log_out())
        visitor = shop.send(store.show_session()).visitor

    assert len(slugs) == len(set(slugs)) > 20
    assert unknown.value.sku == "NO"
    assert (order.payment_status, order.totals.total) == (PaymentStatus.PAID, 1740)
    assert visitor is None


async def test_the_python_client_asks_asynchronously(node: Node) -> None:
    trust = ssl.create_default_context(cafile=node.data / "tls/ca.pem")
    async with AsyncShop(address(node), verify=trust) as shop:
        slugs = [it.slug async for it in shop.each(store.list_products(limit=50))]
        page = await shop.send(store.get_product(slugs[0]))

    assert page.slug == slugs[0]


def test_what_the_readmes_show_buys_a_mug(node: Node, compiled: Path) -> None:
    path = os.pathsep.join([str(SHIPPED / "python/src"), *sys.path])
    program = printed("python", "python", node)

    python = run(compiled, node, "env", f"PYTHONPATH={path}", sys.executable, "-c", program)
    typescript = run(compiled, node, "node", "readme.js")

    assert re.search(THANKS, python.stdout)
    assert re.search(THANKS, typescript.stdout)
