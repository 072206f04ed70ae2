"""Clients that ask for much over HTTP/2 and read nothing of it."""

import socket
import ssl

from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.settings import SettingCodes


def closed_window(port: int, path: str, requests: int, trust: ssl.SSLContext) -> ssl.SSLSocket:
    """Ask for a path many times over one connection, and give no leave to send any of it."""
    plain = socket.create_connection(("127.0.0.1", port), 60)
    encrypted = trust.wrap_socket(plain, server_hostname="localhost")
    h2 = H2Connection(H2Configuration(client_side=True))
    h2.local_settings.update({SettingCodes.INITIAL_WINDOW_SIZE: 0})
    h2.initiate_connection()
    for number in range(requests):
        headers = [
            (":method", "GET"),
            (":scheme", "https"),
            (":authority", f"localhost:{port}"),
            (":path", path),
        ]
        h2.send_headers(2 * number + 1, headers, end_stream=True)
    encrypted.sendall(h2.data_to_send())
    return encrypted
