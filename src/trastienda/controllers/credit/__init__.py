"""Gift cards and store credit, as staff manage them, and as the clock ends them."""
