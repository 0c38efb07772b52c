"""The program that the requests are sent to is the one that `make run` starts."""


def test_somebody_of_the_demo_logs_in_and_sees_the_own_list(site):
    page = site.as_("hanna").get("/deltagare/")
    assert page.status == 200
    assert [link for link in page.links if link.startswith("/inskrivningar/")]


def test_nobody_else_gets_in(site):
    page = site.visitor().get("/deltagare/", follow=False)
    assert page.status == 302
    assert page.headers["Location"].startswith("/logga-in/")
