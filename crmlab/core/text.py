"""Words in English and simplified Chinese from one place.

Every sentence the kit shows is a :class:`Text` with both languages; which one a reader sees is decided once, by
:func:`use_language`, in the second cell of each notebook.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
#: What JupyterLab and web pages call them.
LOCALES: dict[Language, str] = {"en": "en", "zh": "zh_CN"}

_language: Language = "en"


def language() -> Language:
    """Return the language in use, ``"en"`` or ``"zh"``.

    >>> language()
    'en'
    """
    return _language


def use_language(lang: str) -> None:
    """Show everything from here on in English (``"en"``) or simplified Chinese (``"zh"``).

    Raises
    ------
    ValueError
        ``lang`` is another word; the message names it.

    >>> use_language("fr")
    Traceback (most recent call last):
    ...
    ValueError: use_language got 'fr'; allowed are 'en' (English) and 'zh' (simplified Chinese).
    """
    global _language
    if lang not in LANGUAGES:
        raise ValueError(f"use_language got {lang!r}; allowed are 'en' (English) and 'zh' (simplified Chinese).")
    _language = lang


@dataclass(frozen=True)
class Text:
    """One sentence in both languages; ``str()`` gives it in the language in use.

    >>> str(Text(en="price", zh="价格"))
    'price'
    """

    en: str
    zh: str

    def __str__(self) -> str:
        return self.zh if _language == "zh" else self.en

    def format(self, **values: Any) -> Text:
        """Fill ``{name}`` places in both languages.

        >>> str(Text(en="{n} salons", zh="{n} 家美发店").format(n=3))
        '3 salons'
        """
        return Text(en=self.en.format(**values), zh=self.zh.format(**values))


def say(*, en: str, zh: str) -> str:
    """Return one of two wordings, the one in the language in use.

    >>> say(en="the hour costs 12", zh="一小时值 12")
    'the hour costs 12'
    """
    return str(Text(en=en, zh=zh))
