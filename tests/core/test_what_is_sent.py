"""What no browser of ours sends is answered in words, and nothing breaks."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from core.operation import uploads

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quiet")]


@pytest.mark.parametrize("charset", ["utf-16", "utf-7", "latin-1", "utf-8"])
@pytest.mark.parametrize("path", ["/deltagare/", "/logga-in/", "/utkast/spara/"])
def test_another_character_set_is_read_as_our_own(client, world, log_in, charset, path) -> None:
    for someone in (client, log_in(world.case_worker)):
        kind = f"application/x-www-form-urlencoded; charset={charset}"
        answer = someone.generic("POST", f"{path}?q=%E5", data=b"q=\xe5\xe4", content_type=kind)
        assert answer.status_code in (200, 302, 403)


@override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000)
def test_too_much_is_refused_in_swedish(world, log_in) -> None:
    answer = log_in(world.case_worker).post("/deltagare/", {"q": "x" * 2000})
    assert answer.status_code == 400
    assert "Inget har sparats" in answer.content.decode()


def test_files_that_no_form_takes_are_refused_before_they_are_read(world, log_in, monkeypatch) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 1000)
    client, address = log_in(world.case_worker), reverse("paper_create", args=[world.enrolment.public_id])
    small, large = (SimpleUploadedFile("a.pdf", b"x" * size) for size in (200, 2000))
    assert client.post(address, {"paper": small}).status_code == 200
    answer = client.post(address, {"paper": large})
    assert answer.status_code == 400
    assert "Inget har sparats" in answer.content.decode()


@pytest.mark.parametrize("method", ["OPTIONS", "TRACE", "PUT", "PATCH", "DELETE"])
def test_no_page_answers_other_methods_as_if_it_were_opened(world, log_in, method) -> None:
    answer = log_in(world.case_worker).generic(method, world.enrolment.get_absolute_url())
    assert answer.status_code == 405
    assert world.enrolment.participant.identity.family_name not in answer.content.decode()
