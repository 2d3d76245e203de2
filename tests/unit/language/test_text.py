from suanli.language import LANGUAGES, Text


def test_said():
    text = Text("算力", "Computing power")
    assert [text.said(language) for language in LANGUAGES] == ["算力", "Computing power"]
