"""Gift cards that a cart buys."""
