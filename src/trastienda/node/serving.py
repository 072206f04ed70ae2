"""The web workers: Granian, over TLS."""

import asyncio
import errno
import gc
import os
import resource
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops, SSLProtocols
from granian.http import HTTP1Settings, HTTP2Settings
from granian.log import LogLevels
from granian.server import MPServer, MTServer, Server

from trastienda.node import doorkeeper, logs
from trastienda.node.connections import Register, noted
from trastienda.node.doorkeeper import Rules
from trastienda.node.draining import LINGER, Draining
from trastienda.node.tls import Material
from trastienda.settings import Settings, Switch, WrongSetting, variable
from trastienda.system.loading import UNUSED, loading
from trastienda.system.processes import die_with, trim

Application = Callable[..., Any]
Create = Callable[..., Any]

APPLICATION = "trastienda.application:create"
FINISH = 20 + LINGER  # seconds that requests in progress have when we stop
UNACKNOWLEDGED = 60_000  # milliseconds
UNSENT = 128 * 1024  # bytes of an answer that the kernel buffers for a client that does not read
HEAD = 64 * 1024  # bytes of a request's head, and of Granian's buffer for an answer
BACKLOG = 4_096  # connections that wait to be accepted
STREAMS = 32  # requests at once over one HTTP/2 connection
SPARE = 256  # file descriptors of a worker that are not connections
SHARES = 16  # clients that together may use all connections of a worker
OVER_HTTP2 = HTTP2Settings(
    max_headers_size=HEAD,
    max_concurrent_streams=STREAMS,
    max_send_buffer_size=HEAD,
    initial_connection_window_size=256 * 1024,
    initial_stream_window_size=128 * 1024,
)
"""Limits on the memory that one HTTP/2 connection can use."""
DESCRIPTORS = Path("/proc/self/fd")
OUR_LOGGING: dict[str, Any] = {"formatters": {}, "handlers": {}, "loggers": {}}
"""Granian's loggers without handlers of their own, so that their lines have our format."""


def probe(settings: Settings, fields: Sequence[str] = ("port", "http_port")) -> None:
    """Refuse ports that we cannot listen on, before anything is started."""
    for field in fields:
        if port := getattr(settings, field):
            _bind(settings.host, port, variable(field))


def address(host: str) -> str:
    """Resolve the host to the one address to listen on."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError:
        raise WrongSetting(f"TRASTIENDA_HOST: {host} is not an address of this machine") from None
    return str(min(found, key=lambda it: it[0] is socket.AF_INET6)[4][0])


def _bind(host: str, port: int, name: str) -> None:
    ip = address(host)
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((ip, port))
        except OSError as error:
            raise WrongSetting(_refusal(error, host, port, name)) from None


def _refusal(error: OSError, host: str, port: int, name: str) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{name}: port {port} on {host} is taken by another program; choose another port"
    if error.errno == errno.EACCES:
        return f"{name}: port {port} needs more rights than we have; choose one above 1023"
    return f"TRASTIENDA_HOST: cannot listen on {host}: {error.strerror}"


WITHOUT = (*UNUSED, "pydantic")
"""The framework loads the last where it is installed; no model of ours needs it, and it takes 8 MB
of each worker."""


def preload() -> None:
    """Start loading the application's code while the database is coming up."""
    threading.Thread(target=_load_code).start()


def _load_code() -> None:
    with loading(without=WITHOUT):
        resolve_name(APPLICATION)


def serve(
    settings: Settings,
    material: Material,
    announce: Callable[[], None],
    *,
    has_worker: bool = False,
) -> None:
    """Serve until told to stop, then finish the requests in progress.

    `announce` is called once the first worker accepts connections. The code is loaded here, once,
    and the workers share its memory, so a new worker starts at once. Without a terminal, SIGHUP
    replaces the workers one by one, and the new ones read renewed certificates.
    """
    ip = address(settings.host)
    connections = _room(settings.connections)
    server = _server(settings, material, ip, connections)
    if sys.stdin.isatty():  # the terminal was closed
        server.on_startup(partial(signal.signal, signal.SIGHUP, server.signal_handler_interrupt))
    watch = threading.Thread(target=_when_open, args=(ip, settings.port, announce), daemon=True)
    server.on_startup(watch.start)
    with loading(without=WITHOUT):
        create: Create = resolve_name(APPLICATION)
        application = create(settings, has_worker=has_worker)
    rules = _rules(settings, connections)
    load = partial(_load, application, application.send_away, os.getpid(), settings, rules)
    gc.collect()
    trim()
    gc.freeze()  # keeps shared memory shared: the workers' garbage collectors ignore it
    server.serve(target_loader=load, wrap_loader=False)


def _server(
    settings: Settings, material: Material, ip: str, connections: int
) -> MPServer | MTServer:
    """Configure Granian: its address, protocols and limits."""
    return Server(
        APPLICATION,
        address=ip,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        loop=Loops.uvloop,
        http=HTTPModes.auto,
        backlog=BACKLOG,
        backpressure=connections,
        http1_settings=HTTP1Settings(
            header_read_timeout=settings.client_deadline * 1_000, max_buffer_size=HEAD
        ),
        http2_settings=OVER_HTTP2,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=OUR_LOGGING,
        ssl_cert=material.certificate,
        ssl_key=material.key,
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        workers_kill_timeout=int(FINISH),
    )


def _room(wanted: int) -> int:
    """Raise this process's limit of file descriptors; return the connections that it allows.

    Connections in a TLS handshake come on top of those that Granian counts.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = 2 * wanted + SPARE
    if hard != resource.RLIM_INFINITY:
        needed = min(needed, hard)
    if soft != resource.RLIM_INFINITY and soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
    return min(wanted, max(1, (needed - SPARE) // 2))


def _rules(settings: Settings, connections: int) -> Rules:
    return Rules(
        deadline=settings.client_deadline,
        keep_alive=settings.keep_alive,
        room=connections * 3 // 4,
        share=None if settings.behind_proxy is Switch.ON else connections // SHARES,
    )


def _load(
    application: Application,
    leave: Callable[[], None],
    parent: int,
    settings: Settings,
    rules: Rules,
) -> Application:
    """Load a worker in this process; the application was created before it was forked."""
    die_with(parent)
    os.setpgrp()  # Ctrl-C reaches only the parent, which then stops its workers
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    logs.configure(settings)
    register: Register = {}
    doorkeeper.keep(register, settings.port, rules)
    return with_draining(noted(application, register), settings.port, leave)


def with_draining(application: Application, port: int, leave: Callable[[], None]) -> Application:
    """Tell clients to close their connections when we stop, and drop clients that have vanished.

    `leave` ends the requests that wait for events: Granian tells the application to stop only when
    every request is answered. It is registered in each worker once the application has started,
    before the first request.
    """
    first, draining = True, Draining()

    async def serve(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        nonlocal first
        if scope["type"] == "lifespan":
            draining.hear(asyncio.get_running_loop(), leave)
        else:
            send = draining.answered(scope, send)
        if first and scope["type"] != "lifespan":
            first = False
            drop_vanished_clients(port)
        await application(scope, receive, send)

    return serve


def drop_vanished_clients(port: int) -> None:
    """Close connections whose client acknowledges nothing for so long (RFC 5482), on Linux.

    A machine that lost its network sends nothing, and TCP alone would keep the connection for a
    quarter of an hour. Connections inherit this option from the listening socket.
    """
    if sys.platform == "linux":
        for descriptor in list(DESCRIPTORS.iterdir()):
            with suppress(OSError):  # it is closed by now
                if descriptor.is_socket():
                    _give_up_after(UNACKNOWLEDGED, int(descriptor.name), port)


def _give_up_after(milliseconds: int, number: int, port: int) -> None:
    with socket.socket(fileno=os.dup(number)) as copy:
        ours = copy.family in {socket.AF_INET, socket.AF_INET6} and copy.getsockname()[1] == port
        if ours and copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            copy.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)
            copy.setsockopt(socket.IPPROTO_TCP, socket.TCP_NOTSENT_LOWAT, UNSENT)


def _when_open(ip: str, port: int, announce: Callable[[], None]) -> None:
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    while True:
        with socket.socket(family) as visitor:
            if visitor.connect_ex((ip, port)) == 0:
                break
        time.sleep(0.05)
    announce()
