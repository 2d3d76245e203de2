"""Text that exists in Chinese and English."""

from dataclasses import dataclass
from typing import ClassVar, Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """A name or sentence in both languages.

    >>> Text(zh="算力", en="Computing power").said("en")
    'Computing power'
    """

    zh: str
    en: str

    # read by pydantic where a schema holds a Text: a third language is a typing mistake
    __pydantic_config__: ClassVar[dict[str, object]] = {"extra": "forbid"}

    def said(self, language: Language) -> str:
        """Return the text in `language`."""
        return self.zh if language == "zh" else self.en
