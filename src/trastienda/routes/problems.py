from trastienda.handlers.problems import get_problem, list_problems
from trastienda.handlers.shared.tables import Router

problems = [
    Router("/problems", route_handlers=[list_problems]),
    Router("/problems/{name:str}", route_handlers=[get_problem]),
]
