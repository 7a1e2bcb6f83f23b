"""The articles' part of the REST API: what is asked, what is answered, page by page."""
