"""Every command declared once, and the desk at which all adapters hand in what people do."""
