"""A generated catalogue of any size, for load tests: the same numbers give the same products."""
