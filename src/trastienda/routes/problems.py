from litestar import Router

from trastienda.handlers.problems import get_problem, list_problems

problems = [
    Router("/problems", route_handlers=[list_problems]),
    Router("/problems/{name:str}", route_handlers=[get_problem]),
]
