"""The web workers: Granian, over TLS."""

import asyncio
import errno
import gc
import os
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
from types import FrameType
from typing import Any

from granian.constants import HTTPModes, Interfaces, Loops, SSLProtocols
from granian.http import HTTP1Settings, HTTP2Settings
from granian.log import LogLevels
from granian.server import Server

from trastienda import logs
from trastienda.processes import die_with
from trastienda.settings import Settings, WrongSetting, variable
from trastienda.tls import Material

Application = Callable[..., Any]
Create = Callable[[Settings], Application]

APPLICATION = "trastienda.application:create"
SEND_AWAY = "trastienda.services.news:close"
FINISH = 20  # seconds that requests in flight have when we stop
VANISHED = 60_000  # milliseconds
DESCRIPTORS = Path("/proc/self/fd")
OUR_LOGGING: dict[str, Any] = {"formatters": {}, "handlers": {}, "loggers": {}}
"""Granian's loggers without handlers of their own: their lines go the way of ours."""


def probe(settings: Settings, fields: Sequence[str] = ("port", "http_port")) -> None:
    """Refuse ports that are not ours to take, before anything is started."""
    for field in fields:
        if port := getattr(settings, field):
            _bind(settings.host, port, variable(field))


def address(host: str) -> str:
    """Resolve the host to the one address that we listen on."""
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


def preload() -> None:
    """Begin to load the application's code, while somebody else waits for the database."""
    threading.Thread(target=resolve_name, args=(APPLICATION,)).start()


def serve(settings: Settings, material: Material, announce: Callable[[], None]) -> None:
    """Serve until we are told to stop, then finish what is in flight.

    `announce` is called once the first worker takes connections. The code is loaded here, once:
    the workers share its memory, and a new one is there at once. Without a terminal, SIGHUP
    replaces the workers one by one, and the new ones read renewed certificates.
    """
    ip = address(settings.host)
    server = Server(
        APPLICATION,
        address=ip,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        loop=Loops.uvloop,
        http=HTTPModes.auto,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        http2_settings=HTTP2Settings(max_headers_size=64 * 1024),
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=OUR_LOGGING,
        ssl_cert=material.certificate,
        ssl_key=material.key,
        ssl_protocol_min=SSLProtocols.tls12,
        respawn_failed_workers=True,
        workers_kill_timeout=FINISH,
    )
    if sys.stdin.isatty():  # the terminal was closed
        server.on_startup(partial(signal.signal, signal.SIGHUP, server.signal_handler_interrupt))
    watch = threading.Thread(target=_when_open, args=(ip, settings.port, announce), daemon=True)
    server.on_startup(watch.start)
    create: Create = resolve_name(APPLICATION)
    load = partial(_load, create(settings), os.getpid(), settings)
    gc.freeze()  # what is shared stays so: the workers' collector does not touch it
    server.serve(target_loader=load, wrap_loader=False)


def _load(application: Application, parent: int, settings: Settings) -> Application:
    """Make a worker of this process; the application was put together before it was forked."""
    die_with(parent)
    os.setpgrp()  # Ctrl-C is for the parent, who stops us in its turn
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_DFL)
    logs.configure(settings)
    return attended(application, settings.port)


def attended(application: Application, port: int) -> Application:
    """Send those away who wait for events as soon as we are to stop, and give up who has vanished.

    Granian tells the application only when every request has been answered. It listens in each
    worker, once the application has started: the first request finds it listening.
    """
    first = True

    async def serve(scope: Any, receive: Any, send: Any) -> None:  # noqa: ANN401 - ASGI
        nonlocal first
        if scope["type"] == "lifespan":
            _hear(asyncio.get_running_loop())
        elif first:
            first = False
            give_up_the_vanished(port)
        await application(scope, receive, send)

    return serve


def give_up_the_vanished(port: int) -> None:
    """Hang up on whoever leaves what we send unacknowledged for so long (RFC 5482), on Linux.

    A machine that lost its network says nothing; TCP alone would believe in it for a quarter of an
    hour. Connections inherit this from the socket that this process listens on.
    """
    if sys.platform == "linux":
        for each in list(DESCRIPTORS.iterdir()):
            with suppress(OSError):  # it is closed by now
                if each.is_socket():
                    _give_up_after(VANISHED, int(each.name), port)


def _give_up_after(milliseconds: int, number: int, port: int) -> None:
    with socket.socket(fileno=os.dup(number)) as copy:
        ours = copy.family in {socket.AF_INET, socket.AF_INET6} and copy.getsockname()[1] == port
        if ours and copy.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
            copy.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, milliseconds)


def _hear(loop: asyncio.AbstractEventLoop) -> None:
    """Hear SIGTERM beside the loop's own handler, which it is told of by a file descriptor."""
    before: Any = signal.getsignal(signal.SIGTERM)
    send_away = resolve_name(SEND_AWAY)

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(send_away)
        if callable(before):
            before(number, frame)

    signal.signal(signal.SIGTERM, stop)


def _when_open(ip: str, port: int, announce: Callable[[], None]) -> None:
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    while True:
        with socket.socket(family) as visitor:
            if visitor.connect_ex((ip, port)) == 0:
                break
        time.sleep(0.05)
    announce()
