"""Small inputs that went wrong once, kept beside the checkout: run where that folder is present, never copied here."""
