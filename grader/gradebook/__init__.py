"""The record of a class: every attempt and every result, from which marks are derived and a later run goes on."""
