from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from conftest import problems
from httpx import AsyncClient
from litestar import Litestar, Router, get
from litestar.di import Provide
from litestar.types import ASGIApp
from people import a_browser, a_customer, a_member_of_staff, a_program, visitor
from typer.testing import CliRunner

from trastienda.application import leave
from trastienda.commands.keys import keys as keys_commands
from trastienda.commands.staff import staff as staff_commands
from trastienda.controllers import keys
from trastienda.database.db import reading, transaction, utcnow
from trastienda.database.models.user import SCOPES, SCOPES_OF, Role
from trastienda.errors import Invalid, NotFound
from trastienda.middlewares import access, sightings
from trastienda.services.keys import every
