"""From one source to what students get: `solutions/<slug>/solution.py` and the hand-out make stub and notebook.

solution.py -- regions --> stub -- parts --+
README.md -- sections ---------------------+--> notebook
"""
