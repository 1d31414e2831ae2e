"""How easily Spanish is read, by the two formulas in use for hand-outs; both count syllables and sentences.

Fernández Huerta J. Medidas sencillas de lecturabilidad. Consigna 1959;214:29-32, as corrected by Law (2011): words per
sentence, not sentences. 80 to 90 is easy, above that very easy.

Szigriszt Pazos F. Sistemas predictivos de legibilidad del mensaje escrito: fórmula de perspicuidad. Thesis, 1993; read
by the INFLESZ scale (Barrio-Cantalejo IM et al., An Sist Sanit Navar 2008;31(2):135-152): 65 to 80 is quite easy, above
that very easy.
"""

from __future__ import annotations

import re

EASY = 80
QUITE_EASY = 65

_WORD = re.compile(r"[a-záéíóúüñ]+", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"[.!?;]+(?:\s|$)")
_SILENT_U = re.compile(r"(?<=[qg])u(?=[eiéí])")
_RUN = re.compile(r"[aeiouáéíóúü]+")
_OWN = re.compile(r"[aeoáéíóú]")


def syllables(word: str) -> int:
    """In each run of vowels every open or stressed one is a syllable; i and u alone glide."""
    spelled = re.sub(r"y$", "i", _SILENT_U.sub("", word.lower()))
    return max(1, sum(max(1, len(_OWN.findall(run))) for run in _RUN.findall(spelled)))


def ease(text: str) -> tuple[float, float]:
    """Fernández Huerta's ease of reading, and Szigriszt-Pazos's perspicuity."""
    sentences = [each for each in _SENTENCE_ENDS.split(text) if _WORD.search(each)]
    words = [word for each in sentences for word in _WORD.findall(each)]
    per_word, pace = sum(map(syllables, words)) / len(words), len(words) / len(sentences)
    return 206.84 - 60 * per_word - 1.02 * pace, 206.835 - 62.3 * per_word - pace
