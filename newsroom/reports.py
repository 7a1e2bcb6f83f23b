"""What a report of an error may hold: where it broke, and nothing of who asked for what."""

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.debug import ExceptionReporter

from newsroom.logs import WithoutSecrets


class WithoutVisitor(ExceptionReporter):
    """The traceback as a log would have it; while debugging, all that Django shows.

    Django's own report quotes what was posted, the query, the headers, the IP address and the
    variables of every function, and an operator may have it mailed.
    """

    def get_traceback_text(self) -> SafeString:
        if settings.DEBUG:
            return super().get_traceback_text()
        if self.exc_type is None:
            return SafeString()
        raised = (self.exc_type, self.exc_value, self.tb)
        return SafeString(WithoutSecrets().formatException(raised))

    def get_traceback_html(self) -> SafeString:
        if settings.DEBUG:
            return super().get_traceback_html()
        return format_html("<pre>{}</pre>", str(self.get_traceback_text()))
