"""The reflection is too short.

Write at least 100 words: say which runs underfitted, which overfitted, and by what you saw it.
"""

LOSES = ("check_reflection_length",)


reflection = "The small network underfits, as its loss stays high, and the large one overfits."
