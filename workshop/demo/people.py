"""Invented persons: names as varied as in a real register, numbers from the test series (238 and 239)."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from core.swedish.personal_numbers import ParsedNumber, parse
from participants.enums import Sex

FEMALE = (
    "Amina Anna Birgitta Ebba Elin Fatuma Hodan Ingrid Karin Lena Märta Sofia Åsa Örjana Zahra Svetlana "
    "Nour Linnéa Yasmin Gunilla Maryam Ewa Ylva Thi"
).split()
MALE = (
    "Abdi Bengt Erik Göran Jonas Lars Mikael Mohamed Nils Olle Per Tomasz Åke Östen Hassan José Dragan "
    "Kjell Sven-Åke Ibrahim Örjan Tuan Wahid Zlatko"
).split()
FAMILY = (
    "Ahmed Ali Andersson Bergström Blomqvist Ek Hassan Holm Hägg Lind Lindqvist Lund Mohamud Nowak Nyström "
    "Näslund O’Connor Petrović Sjögren Ström Svensson Virtanen Åkerö Åkesson Ärlig Öberg Östlund Wikström "
    "Nguyễn Al-Khalil Söderbäck Ångström"
).split()
FAMILY.extend(("von der Åkerö", "af Ekenstam", "De la Cruz"))


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    given_name: str
    family_name: str
    sex: Sex
    number: ParsedNumber


class People:
    """Invents persons. One seed always gives one sequence of persons, each with a number of their own."""

    def __init__(self, seed: int, on: date) -> None:
        self.random = random.Random(seed)  # noqa: S311 - invented people, not secrets
        self.on = on
        self._taken: set[str] = set()

    def next(self) -> Person:
        """One more person, 18 to 64 years old."""
        sex = self.random.choice((Sex.FEMALE, Sex.MALE))
        names = FEMALE if sex == Sex.FEMALE else MALE
        return Person(self.random.choice(names), self.random.choice(FAMILY), sex, self._number(sex))

    def _number(self, sex: Sex) -> ParsedNumber:
        while True:
            born = self.on - timedelta(days=self.random.randrange(18 * 365, 64 * 365))
            digits = f"{born:%Y%m%d}{238 if sex == Sex.FEMALE else 239}"
            if digits not in self._taken:
                self._taken.add(digits)
                return parse(digits + _check_digit(digits[2:]), on=self.on)


def _check_digit(nine: str) -> str:
    """The Luhn digit of a ten-digit number's first nine."""
    total = 0
    for place, char in enumerate(nine):
        product = int(char) * (2 if place % 2 == 0 else 1)
        total += product // 10 + product % 10
    return str(-total % 10)
