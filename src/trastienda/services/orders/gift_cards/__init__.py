"""Gift cards that orders sell: issued when the order is paid, taken back when it is refunded."""
