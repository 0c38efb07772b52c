"""Files that somebody sends: pages are taken, all else is refused by name."""

import io

import pikepdf
import pytest
from PIL import Image

from core.pdf.received import MOST_PAGES, NotTakenError, Refusal, document_of

SECRET = b"Kungsgatan 1"


def picture(kind="JPEG", size=(60, 80), mode="RGB", **how) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, "grey" if mode == "RGB" else 0).save(target, kind, **how)
    return target.getvalue()


def document(pages=1, change=lambda pdf: None, **how) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page()
        change(pdf)
        pdf.save(target, **how)
    return target.getvalue()


def fault_of(*files) -> Refusal:
    with pytest.raises(NotTakenError) as refused:
        document_of(files)
    return refused.value.why


def opened(*files) -> pikepdf.Pdf:
    content, pages = document_of(files)
    pdf = pikepdf.open(io.BytesIO(content))
    assert len(pdf.pages) == pages
    return pdf


def test_a_document_is_kept_as_it_was_sent():
    """Somebody's electronic signature in it holds."""
    sent = document(3)
    assert document_of([sent]) == (sent, 3)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_pictures_become_pages_that_fit_on_an_a4(kind):
    with opened(picture(kind, (3000, 4000)), picture(kind, (4000, 3000)), picture(kind)) as pdf:
        sizes = [[float(side) for side in page.mediabox[2:]] for page in pdf.pages]
    assert sizes[0] == pytest.approx([595, 794], abs=2)
    assert sizes[1] == pytest.approx([794, 595], abs=2)
    assert max(sizes[2]) < 40


def test_a_picture_is_drawn_anew_without_what_the_camera_wrote():
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    sent = picture(exif=exif)
    assert SECRET in sent
    content, _ = document_of([sent + b"PK\x03\x04" + SECRET])
    assert SECRET not in content
    assert b"PK\x03\x04" not in content


def test_a_picture_that_lies_on_its_side_is_stood_up():
    exif = Image.Exif()
    exif[0x0112] = 6
    with opened(picture(size=(80, 60), exif=exif)) as pdf:
        _, _, width, height = pdf.pages[0].mediabox
    assert width < height


def test_what_can_be_seen_through_is_white():
    with opened(picture("PNG", mode="RGBA")) as pdf:
        ((_, drawn),) = pdf.pages[0].get_images().items()
        assert pikepdf.PdfImage(drawn).as_pil_image().convert("RGB").getpixel((5, 5)) == (255, 255, 255)


def _script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    pdf.pages[0].AA = pikepdf.Dictionary(O=action)


def _attached(pdf):
    pdf.attachments["bild.exe"] = b"MZ"


def _form(pdf):
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA="<x/>", Fields=pikepdf.Array([]))


def _submits(pdf):
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(A=pikepdf.Dictionary(S=pikepdf.Name.SubmitForm))])


def _hidden(pdf):
    inner = pikepdf.Dictionary(A=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe"))
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Parent=inner)])


@pytest.mark.parametrize("change", [_script, _launch, _attached, _form, _submits, _hidden])
@pytest.mark.parametrize("modes", [pikepdf.ObjectStreamMode.disable, pikepdf.ObjectStreamMode.generate])
def test_a_document_that_does_something_or_carries_something_is_refused(change, modes):
    """Packed in streams, too, where its bytes don't show it."""
    assert fault_of(document(1, change, object_stream_mode=modes)) is Refusal.ACTIVE


def test_a_link_and_a_place_to_open_at_are_no_acts():
    def change(pdf):
        page = pdf.pages[0]
        link = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.se")
        page.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=link)])
        pdf.Root.OpenAction = pikepdf.Array([page.obj, pikepdf.Name.Fit])

    assert document_of([document(1, change)])[1] == 1


def test_one_that_is_nested_without_an_end_is_refused():
    def change(pdf):
        inner = pikepdf.Dictionary()
        for _ in range(60):
            inner = pikepdf.Dictionary(Inner=inner)
        pdf.Root.Odd = inner

    assert fault_of(document(1, change)) is Refusal.ACTIVE


def test_a_locked_document_is_refused():
    assert fault_of(document(encryption=pikepdf.Encryption(user="x", owner="y"))) is Refusal.LOCKED


@pytest.mark.parametrize("pages", [0, MOST_PAGES + 1])
def test_as_many_pages_as_a_paper_has(pages):
    assert fault_of(document(pages)) is Refusal.PAGES


def test_one_with_something_behind_it_is_refused():
    assert fault_of(document() + b"PK\x03\x04" * 400) is Refusal.DAMAGED


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%%EOF", document()[:100] + b"%%EOF", picture()[:300]])
def test_a_broken_file_is_refused(content):
    assert fault_of(content) is Refusal.DAMAGED


@pytest.mark.parametrize("content", [b"", b"hej", b"<svg/>", picture("GIF"), picture("BMP"), b"PK\x03\x04", b"MZ"])
def test_other_kinds_are_refused(content):
    assert fault_of(content) is Refusal.KIND


def test_a_picture_that_is_larger_than_a_camera_takes_is_refused_before_it_is_drawn():
    assert fault_of(picture("PNG", (9000, 9000), "1")) is Refusal.PIXELS


def test_a_document_stands_alone():
    assert fault_of(document(), picture()) is Refusal.MIXED
    assert fault_of(picture(), document()) is Refusal.MIXED
