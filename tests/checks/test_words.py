"""A text that is long enough is never found short, in whichever language it is."""

from __future__ import annotations

import pytest

from grader.checks.words import Words, count_words

ENGLISH = "The larger network fits the training points better, but not the test points - it overfits."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", Words(0, 0)),
        (" \n - -- … ", Words(0, 0)),
        ("one two\nthree", Words(3, 3)),
        ("Word word WORD, (word)", Words(4, 1)),
        ("loss\u2014then—test", Words(3, 3)),
        ("don't over-fit", Words(2, 2)),
        ("lr=0.1 10 %", Words(2, 2)),
        ("größere Übung", Words(2, 2)),
        ("gro\u0308ßer größer", Words(2, 1)),  # one letter, written in two ways
        ("зачем нужна сеть", Words(3, 3)),
        (ENGLISH, Words(15, 12)),
    ],
)
def test_words_between_spaces(text: str, words: Words) -> None:
    """A word holds a letter or a digit, and stands between spaces or long dashes; case and marks are nothing."""
    assert count_words(text) == words


@pytest.mark.parametrize(("text", "least"), [("模型容量" * 5, 13), ("ネットワークは" * 4, 13), ("ความจุ" * 5, 5)])
def test_scripts_without_spaces_are_counted_by_letters(text: str, least: int) -> None:
    """Chinese, Japanese and Thai set no spaces: letters stand for words."""
    assert least <= count_words(text).total <= len(text)


def test_a_long_chinese_text_is_as_long_as_an_english_one() -> None:
    """150 characters are a hundred words, as the task's limit has it."""
    assert count_words("容" * 150).total == 100
