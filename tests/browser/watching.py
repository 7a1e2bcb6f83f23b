"""What no page may do in a browser, whatever a test does with it."""

from playwright.sync_api import BrowserContext, ConsoleMessage, Request

_OWN_SCHEMES = ("data:", "blob:", "about:", "chrome-error:")


def watch(context: BrowserContext, site_url: str, *, refusals: bool = False) -> list[str]:
    """A list that grows by each breach of a page's content security policy, and by each request
    for another host; with `refusals` by the latter alone."""
    found: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            page = message.page.url if message.page else ""
            found.append(f"{page}: {message.text}")

    def see(request: Request) -> None:
        if not request.url.startswith((f"{site_url}/", *_OWN_SCHEMES)):
            found.append(request.url)

    if not refusals:
        context.on("console", hear)
    context.on("request", see)
    return found
