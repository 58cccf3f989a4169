"""The school list of a municipality from a table: read > recognise columns > parse > check > preview > apply.

`columns` finds the headings, `rows` parses and checks each line by itself, `comparing` decides what a line does to the
organisations that are there, `applying` does it. The preview compares anew each time it is shown and the application
compares once more by the same code, so what was seen is what happens. A second import of the same file changes nothing.
"""
