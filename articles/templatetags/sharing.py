"""What feeds, sitemaps and the heads of pages say of a page to programs."""

from django import template

from articles.xml import for_xml

register = template.Library()

register.filter("for_xml", for_xml)
