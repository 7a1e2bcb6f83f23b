"""Headers of every answer that neither Django nor django-csp writes, or should not."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from newsroom.requests import is_of_the_desk

Handler = Callable[[HttpRequest], HttpResponse]

# No page asks a reader's device for any of these, nor may anything that gets into a page.
_REFUSED = (
    *("accelerometer", "browsing-topics", "camera", "display-capture"),
    *("geolocation", "gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi"),
    *("payment", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
)
_POLICY = ", ".join(f"{power}=()" for power in _REFUSED)


def permissions_policy(get_response: Handler) -> Handler:
    """The middleware that writes the same `Permissions-Policy` on every answer."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = _POLICY
        return response

    return handle


def no_cookies_for_readers(get_response: Handler) -> Handler:
    """The middleware by which the desk alone has cookies.

    Django answers a cookie that is broken with a new one, wherever it was sent.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not is_of_the_desk(request):
            response.cookies.clear()
        return response

    return handle
