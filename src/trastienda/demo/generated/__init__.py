"""A generated catalogue of any size, for load tests; the same seed gives the same products."""
