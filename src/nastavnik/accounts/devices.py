"""What a browser calls itself, in two words a person understands. A guess for the person's own list, never for a decision."""

# The first word found wins: each browser also names those it wants to be taken for.
BROWSERS = (
    ("YaBrowser", "Яндекс Браузер"), ("Edg", "Edge"), ("OPR", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chromium", "Chromium"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"), ("Linux", "Linux"),
)  # fmt: skip


def device_words(user_agent: str) -> str:
    """«Firefox, Windows»; "" when neither is known."""
    found = (next((words for sign, words in signs if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS))
    return ", ".join(part for part in found if part)


def coarse_address(address: str) -> str:
    """Enough to recognise one's own network, not the one seat in it: «10.0.0.x», «2001:db8:1::»."""
    if address.count(".") == 3:
        return address.rpartition(".")[0] + ".x"
    parts = [part for part in address.split(":") if part]
    return ":".join(parts[:3]) + "::" if ":" in address else ""
