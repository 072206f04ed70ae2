"""A program that opens connections and asks for nothing: `strangers.py PORT COUNT KIND…`.

It keeps `COUNT` of each kind open from many addresses of this machine, and opens another one for
each that the shop ends. Each time that all have been opened, it says how many there are.
"""

import resource
import select
import socket
import ssl
import sys
import time
from itertools import count

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0"  # and empty settings
KINDS = {
    "silent": b"",
    "tls": b"",
    "head": b"GET /v1/products HTTP/1.1\r\nHost: localhost\r\nX-Unfinished: ",
    "body": b"POST /v1/carts HTTP/1.1\r\nHost: localhost:%d\r\nContent-Type: application/json\r\n"
    b'Content-Length: 1000\r\n\r\n{"lines": ',
    "h2": PREFACE,
}
OFTEN = 0.5  # seconds


def trusting(kind: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_alpn_protocols(["h2"] if kind == "h2" else ["http/1.1"])
    return context


def stranger(kind: str, port: int, address: str, context: ssl.SSLContext) -> socket.socket:
    """Connect from an address of this machine, say what is said, and fall silent."""
    plain = socket.create_connection(("127.0.0.1", port), 60, (address, 0))
    if kind == "silent":
        return plain
    encrypted = context.wrap_socket(plain)
    said = KINDS[kind]
    encrypted.sendall(said % port if b"%d" in said else said)
    return encrypted


def hung_up(visit: socket.socket) -> bool:
    """Say whether the shop has hung up; what it has said is thrown away."""
    try:
        visit.settimeout(0)
        while visit.recv(65_536):
            pass
    except (ssl.SSLWantReadError, BlockingIOError):
        return False
    except OSError:
        return True
    return True


class Crowd:
    """All who are there."""

    def __init__(self, port: int) -> None:
        """Begin with nobody."""
        self._port, self._numbers, self._poll = port, count(), select.poll()
        self._here: dict[int, tuple[str, socket.socket]] = {}

    def __len__(self) -> int:
        """Count them."""
        return len(self._here)

    def come(self, kind: str, context: ssl.SSLContext) -> None:
        number = next(self._numbers)
        address = f"127.1.{number // 250 % 250}.{number % 250 + 1}"
        try:
            visit = stranger(kind, self._port, address, context)
        except OSError:  # the shop hung up at once
            return
        self._here[visit.fileno()] = kind, visit
        self._poll.register(visit, select.POLLIN)

    def left(self) -> list[str]:
        """Forget those whom the shop has hung up on, and return their kinds."""
        kinds = []
        for number, _ in self._poll.poll(0):
            kind, visit = self._here[number]
            if hung_up(visit):
                self._poll.unregister(number)
                visit.close()
                del self._here[number]
                kinds.append(kind)
        return kinds


def main(port: int, each: int, kinds: list[str]) -> None:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    contexts = {kind: trusting(kind) for kind in kinds}
    crowd, missing = Crowd(port), [kind for _ in range(each) for kind in kinds]
    while True:
        for kind in missing:
            crowd.come(kind, contexts[kind])
        print(len(crowd), flush=True)  # noqa: T201 - the test waits for it
        missing = crowd.left()
        time.sleep(OFTEN)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
