"""`cloudlark doctor`: what keeps an installation from working, found before anybody notices."""
