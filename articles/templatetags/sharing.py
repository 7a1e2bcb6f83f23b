"""What feeds, sitemaps and the heads of pages say of a page to programs."""

from django import template

from articles.xml import for_xml

register = template.Library()

register.filter("for_xml", for_xml)

_CHINESE = {"zh-hans": "zh-cn", "zh-hant": "zh-tw"}


@register.filter
def language_of_news(code: str) -> str:
    """A language as sitemaps of news name it: without its region, but Chinese by its script."""
    return _CHINESE.get(code, code.partition("-")[0])
