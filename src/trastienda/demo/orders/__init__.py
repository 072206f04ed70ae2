"""Generated orders of any number, for load tests: of what the shop sells, with money and books."""
