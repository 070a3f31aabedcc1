"""The report of a release: one HTML page that shows what is in it and what was left out.

Reads a finished release, writes nothing, decides nothing.  The page is self-contained: no
script, no font, no picture and no address outside itself, so that it works offline and from an
archive.  `facts` and `samples` read tables, the other modules turn values into HTML.
"""
