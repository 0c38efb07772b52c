"""Cleaning of typed and pasted text: signs that nobody sees are dropped. For forms and for registers."""

import re
import unicodedata

# Word's soft line break and page break, and the separators that Unicode has for lines and paragraphs.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Blanks of other widths, and those at which no line may be broken, are blanks; the unbreakable hyphen is a hyphen.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        "\u2011": "-",
        # Bullets and ticks of Word's symbol fonts, which have no such sign elsewhere.
        **dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf076\uf0a8\uf02d", "\u2022"),
        "\uf0fc": "\u2713",
        "\uf0e0": "\u2192",
    }
)
# Control signs, soft hyphens, signs without width and those that turn the direction of what follows. Joiners stay:
# Persian and the scripts of India are spelt with them, and pictures are put together by them. So do marks of direction.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb]"
    "|[\u202a-\u202e\u2066-\u2069]|[\U000e0000-\U000e007f]"
)


def clean_text(typed: str) -> str:
    """A text of lines: NFC, lines that end in one way, nothing unseen, no blanks around it."""
    if typed.isascii() and typed.isprintable():
        return typed.strip()
    plain = _LINE_ENDS.sub("\n", typed).translate(_PLAIN)
    return unicodedata.normalize("NFC", _UNSEEN.sub("", plain)).strip()


def clean_line(typed: str) -> str:
    """A text of one line: as `clean_text`, and what parts its words is one blank."""
    return " ".join(clean_text(typed).split())


def clean_name(typed: str) -> str:
    """A name: as `clean_line`, and without marks of direction. A text may need them; in a name they can make it look
    like another on a screen."""
    return clean_line(re.sub("[\u200e\u200f]", "", typed))


def clean_code(typed: str) -> str:
    """A line without words, such as a number, a day or an address: as `clean_name`, and without joiners. They come
    along from where it was copied, and nobody sees them."""
    return clean_name(re.sub("[\u200c\u200d]", "", typed))
