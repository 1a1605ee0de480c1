"""The manuscript: a Markdown template, filled from the study file and the estimates.

A template has two layers. ``[[ ]]`` and ``[% %]`` hold what the study file says (`vocabulary`,
`render`); ``{{ key | format }}`` holds a number, bound to a row of the estimates table (`bind`).
A number typed by hand into the results is an error (`lint`).
"""
