"""Pages of the desk that stand in a frame of another one. No other page of the site may."""

from collections.abc import Callable

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http.response import HttpResponseBase
from django.views.decorators.clickjacking import xframe_options_sameorigin

View = Callable[..., HttpResponseBase]


def framed_by_the_desk(view: View) -> View:
    """Let this site's own pages, and no others, show the page in a frame."""
    return xframe_options_sameorigin(csp_replace({"frame-ancestors": [SELF]})(view))
