"""Payment providers as rows: their kinds, credentials, clients, and who is offered which."""
