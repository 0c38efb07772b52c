"""Names and words in the scripts of people who live in Sweden, and signs that no document should stumble on."""

SCRIPTS = {
    "Latin": "Åsa Ærø Łukasz Yıldız Áŋŋe",
    "Vietnamese": "Nguyễn Thị Hương Đặng Ngữ Ởn",
    "Greek": "Γεώργιος Ἀθήνη",
    "Cyrillic": "Наталія Їжакевич Ғалым Ђорђе",
    "Arabic": "محمد عبد الله پیمان ڕۆژ ټپه",
    "Hebrew": "שָׁלוֹם אברהם",
    "Armenian": "Արմեն Ծաղիկ",
    "Georgian": "გიორგი ნინო",
    "Ge'ez": "ሰላም ገብረ ትግርኛ",
    "Devanagari": "नमस्ते क्षत्रिय लक्ष्मी",
    "Bengali": "বাংলা শ্রী ক্ষমা",
    "Gurmukhi": "ਗੁਰਮੁਖੀ ਸਿੰਘ",
    "Tamil": "தமிழ் ஸ்ரீ கொடி",
    "Thai": "สวัสดี น้ำ",
    "Han": "李小龍 王芳 陈 龘",
    "Kana": "さくら カタカナ ゔ",
    "Hangul": "김민준 뷁",
    "Syriac": "ܫܠܡܐ ܣܘܪܝܝܐ",
    "emoji": "😀👍🏽 👨‍👩‍👧 🇸🇪 ❤️ ✅ ☎ 1️⃣",
}
# Signs of no typeface, control signs, turned directions, marks without a letter and blanks.
HOSTILE = (
    "a\ue000b\U000fffffc\u0378d \x07\x0b\x1be \u202ef\u202cg\u2066h\u2069 \u0301\u0301 \ufeffi\ufffej\ufffak "
    "\u2028l\u2029 m\u00adn\u200bo \u3000p\u1680 \U000110bdq \U0001bca0r \U00011fc0s <b>&amp;</b> ﷽ "
    + "z\u0335\u0336"
    * 20
)
EVERYTHING = " ".join(SCRIPTS.values())
UNBROKEN = "https://example.se/" + "a" * 300
