"""Questions over HTTPS: one POST each, with one deadline and a limit on the answer's size."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import NamedTuple

import httpx
import msgspec
import structlog

from trastienda.schemas.outside.outside import Answer, Question
from trastienda.services.outside.questions import COURIER, TAX, VAT, Nonsense, key, kind, understood
from trastienda.settings import Settings, VatCheckUnreachable

LONGEST = 64 * 1024  # bytes of an answer
AT_ONCE = 20  # connections to each service, so that a slow one takes none from the others
TURN = 0.5  # the share of the deadline for which a question waits for a connection
GRACE = 1.0  # seconds after an answer was stored in which the same question is not sent again
REST = 3.0  # seconds for which a service that cannot be reached is not asked

log = structlog.get_logger()
Keep = Callable[[Question, Answer], Awaitable[None]]


class Endpoint(NamedTuple):
    """The URL of a service, and the credentials for it."""

    url: str
    token: str | None


class Connections:
    """The configured services, and the questions that are in progress."""

    def __init__(
        self,
        clients: Mapping[str, httpx.AsyncClient],
        places: Mapping[str, Endpoint],
        settings: Settings,
    ) -> None:
        self.places = places
        self.deadline = settings.outside_deadline
        self.refuses_unchecked = settings.vat_check_unreachable is VatCheckUnreachable.REFUSE
        self.rest, self.grace, self.turn = REST, GRACE, TURN
        self._clients = clients
        self._under_way: dict[bytes, asyncio.Task[None]] = {}
        self._rests_until: dict[str, float] = {}
        self._kept_at: dict[bytes, float] = {}

    async def ask(self, question: Question, keep: Keep) -> None:
        """Ask a question and store its answer; the same question in the meantime shares the answer.

        The request goes on even if the caller leaves. A failure is logged.
        """
        its = key(question)
        if self._just_kept(its):
            return
        task = self._under_way.get(its)
        if task is None:
            task = asyncio.create_task(self._asked(question, keep), name="asking outside")
            self._under_way[its] = task
            task.add_done_callback(lambda done: self._done(its, done))
        await asyncio.shield(task)

    async def settled(self) -> None:
        """Cancel the questions that are in progress."""
        tasks = list(self._under_way.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _just_kept(self, its: bytes) -> bool:
        since = asyncio.get_running_loop().time() - self.grace
        while self._kept_at and next(iter(self._kept_at.values())) <= since:
            self._kept_at.pop(next(iter(self._kept_at)))
        return its in self._kept_at

    def _done(self, its: bytes, task: asyncio.Task[None]) -> None:
        self._under_way.pop(its, None)
        if not task.cancelled():
            task.exception()  # those who wait get the error; there may be nobody left

    async def _asked(self, question: Question, keep: Keep) -> None:
        service = kind(question).service
        now = asyncio.get_running_loop().time()
        if service not in self.places or now < self._rests_until.get(service, now):
            return
        try:
            async with asyncio.timeout(self.deadline):
                answer = understood(question, await self._body(service, question))
        except httpx.PoolTimeout:  # the service is there but busy: the next question may be asked
            log.warning("no turn to ask outside", service=service)
        except (httpx.TransportError, TimeoutError) as error:
            self._rests_until[service] = asyncio.get_running_loop().time() + self.rest
            log.warning("no answer from outside", service=service, reason=type(error).__name__)
        except (httpx.HTTPError, httpx.InvalidURL, Refused, TooLong, Nonsense) as error:
            log.warning("no use in the answer", service=service, reason=type(error).__name__)
        else:
            await keep(question, answer)
            self._kept_at.pop(key(question), None)  # the oldest entries come first
            self._kept_at[key(question)] = asyncio.get_running_loop().time()

    async def _body(self, service: str, question: Question) -> bytes:
        endpoint = self.places[service]
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        headers["Accept-Encoding"] = "identity"  # the limit is on the bytes that arrive
        if endpoint.token:
            headers["Authorization"] = f"Bearer {endpoint.token}"
        timeout = httpx.Timeout(self.deadline, pool=self.deadline * self.turn)
        asked = msgspec.json.encode(question)
        body = bytearray()
        async with self._clients[service].stream(
            "POST", endpoint.url, content=asked, headers=headers, timeout=timeout
        ) as response:
            if response.status_code != httpx.codes.OK:
                raise Refused
            async for part in response.aiter_raw():
                body += part
                if len(body) > LONGEST:
                    raise TooLong
        return bytes(body)


@asynccontextmanager
async def connections(settings: Settings) -> AsyncIterator[Connections]:
    """Open the configured services; proxies and redirects are not followed."""
    named = {
        TAX: (settings.tax_service_url, settings.tax_service_token),
        COURIER: (settings.courier_url, settings.courier_token),
        VAT: (settings.vat_check_url, settings.vat_check_token),
    }
    places = {name: Endpoint(url, token) for name, (url, token) in named.items() if url}
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with AsyncExitStack() as open_while:
        clients = {
            name: await open_while.enter_async_context(
                httpx.AsyncClient(limits=limits, trust_env=False)
            )
            for name in places
        }
        mine = Connections(clients, places, settings)
        try:
            yield mine
        finally:
            await mine.settled()


class Refused(Exception):
    """The service answered with a status other than 200."""


class TooLong(Exception):
    """The answer is too long."""
