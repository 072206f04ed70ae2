"""The provider `mercadopago`: card payments by the Payments API of Mercado Pago."""
