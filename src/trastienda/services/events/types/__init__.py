"""The catalogue: every type of event, and the shape of its data, by subject."""

from trastienda.services.events.types.accounts import *
from trastienda.services.events.types.carts import *
from trastienda.services.events.types.catalogue import *
from trastienda.services.events.types.credit import *
from trastienda.services.events.types.invoices import *
from trastienda.services.events.types.kinds import *
from trastienda.services.events.types.mail import *
from trastienda.services.events.types.media import *
from trastienda.services.events.types.orders import *
from trastienda.services.events.types.payments import *
from trastienda.services.events.types.prices import *
from trastienda.services.events.types.returns import *
from trastienda.services.events.types.shop import *
from trastienda.services.events.types.webhooks import *
