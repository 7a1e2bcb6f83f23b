"""The readers' pages as their tests read them."""

from html.parser import HTMLParser

from django.http import HttpResponse


class _Text(HTMLParser):
    read = ""

    def handle_data(self, data: str) -> None:
        self.read += data


def text_of(response: HttpResponse) -> str:
    """What the page's content says, in order, on one line."""
    parser = _Text()
    parser.feed(response.content.decode().partition("<main")[2].partition("</main>")[0])
    return " ".join(parser.read.partition(">")[2].split())
