"""Two carts of a customer become one."""
