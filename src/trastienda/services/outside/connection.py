"""Asking over HTTPS: one POST, a deadline for all of it, an answer that is not too long."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from typing import NamedTuple

import httpx
import msgspec
import structlog

from trastienda.schemas.outside import Answer, Question
from trastienda.services.outside.questions import COURIER, TAX, VAT, Nonsense, key, kind, understood
from trastienda.settings import Settings, VatCheckUnreachable

LONGEST = 64 * 1024  # bytes of an answer
AT_ONCE = 20  # connections to each service: one that is slow takes none from the others
TURN = 0.5  # of the deadline, for which a question waits for one of them
GRACE = 1.0  # seconds in which who had looked before an answer was kept does not ask again
REST = 3.0  # seconds for which a service that cannot be reached is left alone

log = structlog.get_logger()
Keep = Callable[[Question, Answer], Awaitable[None]]


class Place(NamedTuple):
    """Where a service is, and what it knows us by."""

    url: str
    token: str | None


class Connections:
    """The services that there are, and the questions that are under way."""

    def __init__(
        self,
        clients: Mapping[str, httpx.AsyncClient],
        places: Mapping[str, Place],
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
        """Have the answer kept, if there is one; who asks the same meanwhile waits for the same.

        The question goes on when who asked has gone. An answer that does not come is logged.
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
        """Stop what is under way."""
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
            task.exception()  # whoever still waits is told; nobody may be left

    async def _asked(self, question: Question, keep: Keep) -> None:
        service = kind(question).service
        now = asyncio.get_running_loop().time()
        if service not in self.places or now < self._rests_until.get(service, now):
            return
        try:
            async with asyncio.timeout(self.deadline):
                answer = understood(question, await self._body(service, question))
        except httpx.PoolTimeout:  # it is there, and has much to do: whoever is next may ask it
            log.warning("no turn to ask outside", service=service)
        except (httpx.TransportError, TimeoutError) as error:
            self._rests_until[service] = asyncio.get_running_loop().time() + self.rest
            log.warning("no answer from outside", service=service, reason=type(error).__name__)
        except (httpx.HTTPError, httpx.InvalidURL, Refused, TooLong, Nonsense) as error:
            log.warning("no use in the answer", service=service, reason=type(error).__name__)
        else:
            await keep(question, answer)
            self._kept_at.pop(key(question), None)  # the oldest stand first
            self._kept_at[key(question)] = asyncio.get_running_loop().time()

    async def _body(self, service: str, question: Question) -> bytes:
        place = self.places[service]
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        headers["Accept-Encoding"] = "identity"  # what is small on the way stays small here
        if place.token:
            headers["Authorization"] = f"Bearer {place.token}"
        timeout = httpx.Timeout(self.deadline, pool=self.deadline * self.turn)
        asked = msgspec.json.encode(question)
        body = bytearray()
        async with self._clients[service].stream(
            "POST", place.url, content=asked, headers=headers, timeout=timeout
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
    """Open what the settings name, if anything; a proxy or a redirect is nobody we know."""
    named = {
        TAX: (settings.tax_service_url, settings.tax_service_token),
        COURIER: (settings.courier_url, settings.courier_token),
        VAT: (settings.vat_check_url, settings.vat_check_token),
    }
    places = {name: Place(url, token) for name, (url, token) in named.items() if url}
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
    """The service says anything but 200."""


class TooLong(Exception):
    """The answer is longer than any answer is."""
