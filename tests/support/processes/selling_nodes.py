"""A running node with something to buy."""

import ssl
from uuid import uuid4

from httpx import AsyncClient, Timeout
from support.processes.nodes import Node, run

PLENTY = 100_000


class Shop:
    """A running node with one thing to buy."""

    def __init__(self, node: Node) -> None:
        self.node = node
        key = run("keys", "create", "--name", "test", "--role", "owner", TRASTIENDA_DATA=node.data)
        assert key.returncode == 0, key.stderr
        self.key = {"Authorization": f"Bearer {key.stdout.strip()}"}

    def client(self) -> AsyncClient:
        trust = ssl.create_default_context(cafile=self.node.data / "tls/ca.pem")
        url = f"https://localhost:{self.node.port}"
        return AsyncClient(base_url=url, verify=trust, timeout=Timeout(60))

    async def stocked(self) -> tuple[str, str]:
        """Put a product on sale; return its SKU and a way to ship it."""
        async with self.client() as staff:
            sku = f"LAMP-{uuid4().hex}"
            variant = {"sku": sku, "prices": {"EUR": 1_000}, "stock": PLENTY}
            product = {"name": "Lamp", "variants": [variant]}
            option = {"name": "Post", "prices": {"EUR": 490}}
            for address, draft in (("products", product), ("shipping-options", option)):
                answer = await staff.post(f"/v1/admin/{address}", json=draft, headers=self.key)
                assert answer.status_code == 201, answer.text
            return sku, answer.json()["id"]
