"""What one unit in a cart costs at a moment: the expression that reading a cart asks for."""

SQL = "prices.amount"
"""Minor units, for the line of `cart_lines`, `variants`, `prices` and `carts`, at `%(now)s`."""
