"""Serve this folder over HTTPS: `python examples/storefront/serve.py`.

It uses the certificate that the shop has made for localhost. Only the standard library is needed.
"""

import argparse
import ssl
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SHOP = "https://localhost:8443"
SHOWN = {".css", ".js"}


class Handler(SimpleHTTPRequestHandler):
    """Serves styles and scripts as they are, and the page with the address of the shop."""

    def __init__(self, *connection: object, shop: str) -> None:
        self.shop = shop
        super().__init__(*connection, directory=str(HERE))  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/":
            self._send_page()
        elif Path(path).suffix in SHOWN:
            super().do_GET()
        else:
            self.send_error(404)

    def _send_page(self) -> None:
        page = (HERE / "index.html").read_text("utf-8").replace(SHOP, self.shop).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def end_headers(self) -> None:
        """Let the page load and call nothing but itself and the shop."""
        policy = f"default-src 'self'; connect-src {self.shop}; img-src data: {self.shop}"
        self.send_header("Content-Security-Policy", policy)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing of each request."""


class Server(ThreadingHTTPServer):
    """A server to which it is no error if a browser breaks off."""

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401
        """Report anything else."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def server(tls: Path, port: int, shop: str = SHOP) -> ThreadingHTTPServer:
    """Return a server that listens on this machine alone; `tls` has `server.pem` and its key."""
    made = Server(("127.0.0.1", port), partial(Handler, shop=shop))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls / "server.pem", tls / "server.key")
    made.socket = context.wrap_socket(made.socket, server_side=True, do_handshake_on_connect=False)
    return made


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--shop", default=SHOP, help="the address of the shop")
    asked.add_argument("--port", default=5173, type=int)
    asked.add_argument("--tls", default=Path(".trastienda/tls"), type=Path)
    given = asked.parse_args()
    print(f"https://localhost:{given.port}/ shows the goods of {given.shop}; Ctrl-C ends it")
    try:
        server(given.tls, given.port, given.shop).serve_forever()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
