"""The pages that explain each problem; the `type` of a refusal leads to them."""

from typing import Any, NamedTuple

import msgspec
from litestar import Request, Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath

from trastienda.database.models.shared.text import Locale
from trastienda.errors import NotFound
from trastienda.handlers.docs import POLICY
from trastienda.handlers.shared.pages import page
from trastienda.middlewares.requests import locale
from trastienda.openapi.problems import catalogue
from trastienda.schemas.shared.problem_kind import ProblemKind, ProblemKinds

HEADERS = {"vary": "Accept, Accept-Language", "content-security-policy": POLICY}
AnyRequest = Request[Any, Any, Any]


class Words(NamedTuple):
    all: str
    status: str
    beside: str


WORDS = {
    Locale.ENGLISH: Words("All problems", "Status", "Facts beside it"),
    Locale.SPANISH: Words("Todos los problemas", "Estado", "Datos que la acompañan"),
}


class NoSuchProblem(NotFound):
    """There is no problem of this name."""


@get(responses={200: ResponseSpec(ProblemKinds, generate_examples=False)}, sync_to_thread=True)
def list_problems(request: AnyRequest) -> Response[bytes]:
    """List all types of problems that the shop answers with, as JSON or as a page for people."""
    language = locale.of(request.scope)
    kinds = catalogue(language)
    if not _is_browser(request):
        return _json(ProblemKinds(list(kinds.values())))
    return _html("problems/list.html", language, kinds=kinds.values())


@get(responses={200: ResponseSpec(ProblemKind, generate_examples=False)}, sync_to_thread=True)
def get_problem(name: FromPath[str], request: AnyRequest) -> Response[bytes]:
    """Explain one type of problem: its title, its status and the facts that come with it."""
    language = locale.of(request.scope)
    kind = catalogue(language).get(name)
    if kind is None:
        raise NoSuchProblem(name=name)
    if not _is_browser(request):
        return _json(kind)
    return _html("problems/kind.html", language, kind=kind)


def _is_browser(request: AnyRequest) -> bool:
    return "text/html" in request.headers.get("accept", "")


def _json(view: ProblemKind | ProblemKinds) -> Response[bytes]:
    return Response(msgspec.json.encode(view), media_type="application/json", headers=HEADERS)


def _html(template: str, language: Locale, **facts: object) -> Response[bytes]:
    body = page(template, language=language.value, words=WORDS[language], **facts).encode()
    return Response(body, media_type="text/html", headers=HEADERS)
