"""The reflection says few words many times over.

Write at least 100 words of your own on what over- and underfitting looked like in your runs.
"""

LOSES = ("check_reflection_length",)


reflection = 20 * "The small network underfits and the large one overfits. "
