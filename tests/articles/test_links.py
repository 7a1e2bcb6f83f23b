"""The addresses of the site's own pages."""

from articles.links import link


def test_an_address_holds_the_letters_of_its_slug_as_browsers_send_them():
    assert link("category", "محليات") == "/category/%D9%85%D8%AD%D9%84%D9%8A%D8%A7%D8%AA/"
    assert link("tag", "water-2024") == "/tag/water-2024/"
