"""Opening carts and putting goods into them."""
