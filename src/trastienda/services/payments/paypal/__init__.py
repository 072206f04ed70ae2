"""The provider `paypal`: Orders and Payments of PayPal's REST API, version 2."""
