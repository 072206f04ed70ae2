from trastienda.handlers.jobs.jobs import cancel_job, get_job, list_jobs, retry_job
from trastienda.handlers.shared.tables import Router
from trastienda.middlewares.identity.access import requires

READ, WRITE = [requires("jobs.read")], [requires("jobs.write")]
ALL, ONE = "/jobs", "/jobs/{job_id:int}"

jobs = [
    Router(ALL, route_handlers=[list_jobs], guards=READ),
    Router(ONE, route_handlers=[get_job], guards=READ),
    Router(ONE, route_handlers=[cancel_job], guards=WRITE),
    Router(f"{ONE}/retry", route_handlers=[retry_job], guards=WRITE),
]
