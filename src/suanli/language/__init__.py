"""The two languages: bilingual text and the one catalogue of messages, labels and units; imports only YAML."""

from suanli.language.catalogue import entries, pair, say
from suanli.language.ratios import ratio_text, share_text
from suanli.language.system import system_reason
from suanli.language.text import LANGUAGES, Language, Text

__all__ = [
    "LANGUAGES",
    "Language",
    "Text",
    "entries",
    "pair",
    "ratio_text",
    "say",
    "share_text",
    "system_reason",
]
