"""A real PostgreSQL, a real application, and a client that speaks HTTP to it."""
