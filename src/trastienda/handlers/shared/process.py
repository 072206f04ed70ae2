"""What the process of a request holds open."""

from typing import Any

from litestar import Request

from trastienda.process import Process


def held(request: Request[Any, Any, Any]) -> Process:
    process: Process = request.app.state["process"]
    return process
