"""Links and forms are read as a browser reads them."""

from newsroom.leaks.markup import read_page

PAGE = """
<link rel="alternate" href="/feed/"><a href="/one/">1</a><img src="/picture.webp">
<form method="post" action="/send/">
  <input type="hidden" name="token" value="t">
  <textarea name="body" required>
</textarea><textarea name="note">
&lt;b&gt;</textarea>
  <input type="radio" name="reason" value="spam"><input type="radio" name="reason" value="rude">
  <input type="radio" name="kind" value="a"><input type="radio" name="kind" value="b" checked>
  <input type="checkbox" name="agree" value="yes"><input type="file" name="file">
  <input type="checkbox" name="_selected_action" value="7">
  <select name="mode"><option value="">—</option><option value="x" selected>x</option></select>
  <select name="other"><option value="1">1</option><option value="2">2</option></select>
  <button type="submit" name="do" value="approve">Approve</button>
  <input type="submit" name="_save" value="Save"><button type="button" name="no">No</button>
</form>
<form action="/search/"><input name="q"></form>
<select data-ajax--url="/auto/" data-app-label="a" data-model-name="m" data-field-name="f"></select>
"""


def test_what_a_browser_would_follow_and_send_is_read_from_a_page():
    page = read_page(PAGE, "text/html; charset=utf-8")
    form, search = page.forms

    assert page.links == [
        *("/feed/", "/one/", "/picture.webp"),
        "/auto/?term=&app_label=a&model_name=m&field_name=f",
    ]
    assert (form.action, form.method) == ("/send/", "post")
    assert [(each.name, each.value) for each in form.sent()] == [
        *(("token", "t"), ("body", ""), ("note", "<b>"), ("reason", "spam"), ("kind", "b")),
        *(("_selected_action", "7"), ("mode", "x"), ("other", "1")),
    ]
    assert [each.name for each in form.fields if each.is_required] == ["body"]
    assert form.buttons == [("do", "approve"), ("_save", "Save")]
    assert (search.action, search.method, search.names) == ("/search/", "get", frozenset({"q"}))


def test_the_links_of_what_is_no_page_are_its_absolute_addresses():
    page = read_page('{"next": "https://a.example/?cursor=1", "n": 1}', "application/json")

    assert page.links == ["https://a.example/?cursor=1"]
    assert page.forms == []
