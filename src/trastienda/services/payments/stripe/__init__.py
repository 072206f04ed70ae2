"""Stripe, by its official SDK; only its own modules import that."""
