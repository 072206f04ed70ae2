"""The ledger, as the clock works on it."""
