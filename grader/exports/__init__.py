"""Marks and feedback on their way back to where the submissions came from: one file a format.

gradebook -> marks -> students with the platform's ids -> a format -> one file to upload, and who is not in it
"""
