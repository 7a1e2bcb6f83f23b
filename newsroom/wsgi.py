"""The newsroom as a WSGI application."""

import gc
import os
import signal
import threading
import time
from multiprocessing import connection, parent_process

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

from newsroom.readable import with_readable_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")


def end_with_parent() -> None:
    """Stop this worker when the process that started it says so, or is gone, however it went.

    Without this, a killed server would leave workers that hold its port and the database.
    """
    parent = parent_process()
    if parent is None:
        return
    # Ctrl-C is for the server: a worker that gets two signals at once may lose both.
    os.setpgid(0, 0)
    # The handler from before the fork is the server's: it would swallow what ends this one.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)

    def wait_and_end() -> None:
        connection.wait([parent.sentinel])
        while True:
            os.kill(os.getpid(), signal.SIGTERM)
            time.sleep(1)

    threading.Thread(target=wait_and_end, name="end-with-parent", daemon=True).start()


end_with_parent()
# Only a proxy named in TRUSTED_PROXIES may say by which scheme a request came.
application = wrap_wsgi_with_proxy_headers(
    with_readable_headers(get_wsgi_application()), trusted_hosts=settings.TRUSTED_PROXIES
)
# What is loaded by now stays loaded; and a page makes thousands of objects that live as long as
# it does: looking for cycles among them at each 700th would take a tenth of its time.
gc.freeze()
gc.set_threshold(20_000, 50, 100)
