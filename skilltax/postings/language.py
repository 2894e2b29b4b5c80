"""The language of a posting, told by its function words: en, de, fr, es or other.

Function words stand in every sentence and hardly ever in the names of technologies, so that a German posting full of English
names is German. Only words that tell a language from its neighbours are listed; those of Portuguese, Italian, Dutch and others
are there to be recognised as other.
"""

from __future__ import annotations

LOOKED_AT = 3000  # characters: enough for a few dozen function words
FEW = 2  # words that decide nothing
LATIN = 0.7  # of the letters at least, in a text in Latin letters; names of technologies are Latin everywhere

WORDS = {
    "en": """the and of with you your are our this that will have from for their they we be who what by it as on is has
        been through these those which such other about into more all any while them where when should would could""",
    "de": """und der die das mit für wir ist sind bei ein eine einen einem einer zu zur zum im auf den dem nicht auch sowie oder
        du dein deine deinen sie ihr ihre ihren unser unsere unseren unserem wird werden haben über durch von als nach""",
    "fr": """et les des une du au aux nous vous votre vos notre nos est sont dans pour avec sur qui que par ou ce cette ces
        leur leurs ainsi être avez sera chez afin tout toute toutes tu ton ta tes en""",
    "es": """y el los las del una con para por que nuestro nuestra nuestros se es son tu tus como más en al sus su esta este
        estamos somos serás tendrás buscamos experiencia conocimientos trabajo equipo también ser nosotros""",
    "pt": """e o os as do da dos das com para por que uma em no na nos nas você seu sua não são é mais como nossa nosso
        ao às ser também experiência conhecimento trabalho equipe equipa""",
    "it": """e il lo gli le della dei delle del di con per che una un nel nella sono è più come nostro nostra anche si ai alla
        alle dal esperienza conoscenza lavoro siamo cerchiamo""",
    "nl": """en het een de van met voor wij je jouw jij ons onze zijn bij op naar ook niet of worden wordt hebt heb als aan
        uit deze dit te om kan""",
    "sv": """och att det som för med är av på en ett du din vi vår våra inom till har eller kan vara samt hos dig""",
    "da": """og at det som for med er af på en et du din vi vores inden til har eller kan være samt hos dig i""",
    "pl": """i w z na do oraz się nie jest są dla od jako przy lub po praca doświadczenie znajomość""",
}
SETS = {language: frozenset(words.split()) for language, words in WORDS.items()}
WEIGHT = {language: len(known) ** -0.5 for language, known in SETS.items()}
EVERY = frozenset().union(*SETS.values())
TOLD = frozenset({"en", "de", "fr", "es"})


def language_of(text: str) -> str:
    """The language of a text: ``en``, ``de``, ``fr``, ``es`` or ``other``.

    Distinct function words are counted, each language's own. A text with next to none is ``en`` where it is in Latin
    letters, since a line of English names has none, and ``other`` where it is not.

    >>> language_of("You know Kubernetes and the Linux kernel"), language_of("Wir suchen dich für unser Team und den Kernel")
    ('en', 'de')
    """
    begin = text[:LOOKED_AT]
    words = EVERY.intersection(begin.lower().split())
    best = max(SETS, key=lambda language: len(words & SETS[language]) * WEIGHT[language])
    if len(words & SETS[best]) < FEW:
        return "en" if begin.isascii() or _latin(begin) else "other"
    return best if best in TOLD else "other"


def _latin(text: str) -> bool:
    letters = [char for char in text if char.isalpha()]
    return sum(char < "\u0250" for char in letters) >= LATIN * len(letters)
