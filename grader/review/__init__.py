"""`grade review`: a local page on which a person grades what no program should, and overrides what one got wrong."""
